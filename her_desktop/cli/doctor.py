"""`doctor`: what works here, what does not, and what to do."""

from __future__ import annotations

import importlib
import shutil
from collections.abc import Callable, Iterator

import click
import msgspec

from her_desktop import paths
from her_desktop import settings as settings_file
from her_desktop.cli.common import Options, builder, global_options
from her_desktop.settings import Settings
from her_desktop.trouble import Exit, Trouble


class Finding(msgspec.Struct, frozen=True):
    """One thing that was looked at."""

    part: str
    works: bool
    detail: str
    todo: str = ""


@click.command()
@global_options
def doctor(options: Options) -> int:
    """Look at every part: what works here, what does not, and what to do."""
    findings = list(_findings(options))
    for finding in findings:
        click.echo(msgspec.json.encode(finding).decode() if options.json else _line(finding))
    return int(Exit.DONE if all(finding.works for finding in findings) else Exit.MISSING)


def _line(finding: Finding) -> str:
    mark = click.style("ok     ", fg="green") if finding.works else click.style("missing", fg="red")
    todo = f"\n{'':<22}{finding.todo}" if finding.todo else ""
    return f"{mark}  {finding.part:<12} {finding.detail}{todo}"


def _findings(options: Options) -> Iterator[Finding]:
    yield _look("profile", lambda: str(builder().home(options)))
    yield _look("settings", lambda: _settings(options))
    yield _look("rules", lambda: _rules(options))
    yield _look("recognizer", lambda: _recognizer(options))
    yield _look("voice", lambda: _voice(options))
    yield _look("microphone", lambda: _device("input", _set(options).microphone))
    yield _look("speaker", lambda: _device("output", _set(options).speaker))
    yield _look("window", _window)
    yield Finding("models", True, f"mvn {'is' if shutil.which('mvn') else 'is not'} here as a further source of models")


def _look(part: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(part, True, look())
    except Trouble as trouble:
        what = "" if trouble.what == part else f"{trouble.what}: "
        return Finding(part, False, f"{what}{trouble.why}", trouble.todo)
    except (ImportError, OSError) as error:
        return Finding(part, False, str(error), "run make run once more, or pip install 'her-desktop[all]'")


def _settings(options: Options) -> str:
    home = options.home or paths.default_home()
    _set(options)
    return f"{home / 'settings.toml'} {'is read' if (home / 'settings.toml').is_file() else 'is not there: defaults'}"


def _set(options: Options) -> Settings:
    return settings_file.load(options.home or paths.default_home())


def _rules(options: Options) -> str:
    book = builder().rules(options)
    if book.quarantined:
        raise Trouble("rules", book.quarantined[0].line, f"{len(book.quarantined)} left out; all others work")
    return f"{len(book.rules)} rules from {len(book.hashes)} files"


def _recognizer(options: Options) -> str:
    load = importlib.import_module("her_desktop.asr.load")
    settings = _set(options)
    language = options.language or settings.language
    return str(load.load_recognizer(paths.models_dirs(options.home), settings.recognizer, language).name)


def _voice(options: Options) -> str:
    voice = builder().voice(options)
    try:
        return f"{voice.name}, {voice.synthesize('Hello.').sound.ms} ms of sound for “Hello.”"
    finally:
        voice.close()


def _device(direction: str, wanted: str) -> str:
    devices = importlib.import_module("her_desktop.audio.devices")
    return str(devices.choose(direction, wanted).label)


def _window() -> str:
    builder().check_window()
    return "a display is here, and Qt can be loaded"
