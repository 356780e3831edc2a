"""`perform`: screenplays as tests."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import click
import msgspec

from her_desktop.cli.common import Options, builder, global_options
from her_desktop.cli.perform_more import Wanted, after
from her_desktop.screenplay import report
from her_desktop.screenplay.perform import TYPED
from her_desktop.screenplay.perform import perform as performed
from her_desktop.screenplay.performance import Performance
from her_desktop.screenplay.read import read
from her_desktop.screenplay.script import Screenplay, Title
from her_desktop.screenplay.theatre import Theatre
from her_desktop.screenplay.whole import whole
from her_desktop.trace.lines import printable
from her_desktop.trouble import Exit, Trouble

SUFFIX = ".fountain"

_FILE = click.Path(path_type=Path, dir_okay=False)

_ENDS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
"""What ends a program from outside."""


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILES...", type=click.Path(path_type=Path))
@click.option("--spoken", is_flag=True, help="Voice his lines, and have the real recognizer hear them.")
@click.option("--update", is_flag=True, help="Rewrite what did not hold, and print what was rewritten, for review.")
@click.option("--step", is_flag=True, help="Perform one screenplay in the window, a line at a time.")
@click.option("--coverage", is_flag=True, help="Which rules, wordings, conditions and rejoinders were reached.")
@click.option("--html", type=_FILE, metavar="FILE", help="The same as a page.")
@click.option("--lcov", type=_FILE, metavar="FILE", help="The same as an LCOV file.")
@click.option("--cobertura", type=_FILE, metavar="FILE", help="The same as a Cobertura file.")
@click.option("--mutate", metavar="N", help="Change the rules in N ways, or in `all`, and see which nothing notices.")
@global_options
def perform(options: Options, /, files: tuple[Path, ...], *, spoken: bool, step: bool, **more: Any) -> int:
    """Perform screenplays and tell what did not hold. A folder stands for every *.fountain below it.

    Each is performed in a profile of its own, which is thrown away. docs/screenplays.md tells the form.

    What stands on a title page wins over the command line: --language, --packs, --seed and --now give what it leaves
    open. With --mutate, --seed also chooses among the changes.
    """
    for sign in _ENDS if threading.current_thread() is threading.main_thread() else ():
        signal.signal(sign, lambda number, _frame: sys.exit(128 + number))  # the profile on stage is cleared away
    try:
        return _perform(options, files, spoken=spoken, step=step, **more)
    except KeyboardInterrupt:
        raise Trouble("perform", "you stopped it", "", Exit.CHECK_FAILED) from None


def _perform(options: Options, files: tuple[Path, ...], *, spoken: bool, step: bool, **more: Any) -> int:
    wanted = Wanted(**more, seed=options.seed or 0)
    wanted.check(spoken=spoken, step=step)
    screenplays = [_with(read(path), options) for path in found(files)]
    if step:
        return _step(options, screenplays)
    with _theatre(options, screenplays) if spoken else nullcontext(TYPED) as theatre:
        performances = list(_performed(screenplays, theatre, json=options.json))
    _sum(performances, json=options.json)
    return int(after(performances, wanted, json=options.json))


def found(files: Iterable[Path]) -> list[Path]:
    """The screenplays that are meant: files as they are named, and all in a folder, in the order of their names.

    Raises:
        Trouble: there is none.
    """
    meant: dict[Path, None] = {}
    for path in files:
        inside = sorted(one for one in path.rglob(f"*{SUFFIX}") if one.is_file()) if path.is_dir() else [path]
        if not inside:
            raise Trouble(str(path), f"there is no *{SUFFIX} in it", "name a screenplay, or a folder that holds some")
        meant |= dict.fromkeys(inside)
    return list(meant)


def _with(screenplay: Screenplay, options: Options) -> Screenplay:
    """The screenplay, with what the command line says where its title page says nothing; English and 0 are nothing."""
    title, nothing = screenplay.title, Title()
    open_language, open_seed = title.language == nothing.language, title.seed == nothing.seed
    title = msgspec.structs.replace(
        title,
        language=(open_language and options.language) or title.language,
        packs=title.packs or options.packs,
        seed=(open_seed and options.seed) or title.seed,
        begins=title.begins or options.now,
    )
    return msgspec.structs.replace(screenplay, title=title)


@contextmanager
def _theatre(options: Options, screenplays: Iterable[Screenplay]) -> Iterator[Theatre]:
    """The theatre where he is really heard; what is missing is told before anything is performed."""
    from her_desktop.screenplay.spoken.voices import spoken_theatre  # noqa: PLC0415 -- a recognizer is half a second

    theatre = spoken_theatre(options.home)
    try:
        for screenplay in screenplays:
            theatre.ready(screenplay)
        yield theatre
    finally:
        theatre.close()


def _step(options: Options, screenplays: list[Screenplay]) -> int:
    if len(screenplays) != 1:
        raise click.UsageError(f"--step takes one screenplay, and these are {len(screenplays)}")
    return builder().step(options, screenplays[0])


def _performed(screenplays: Iterable[Screenplay], theatre: Theatre, *, json: bool) -> Iterator[Performance]:
    for screenplay in screenplays:
        try:
            done = performed(screenplay, whole, theatre=theatre)
        except Trouble as trouble:
            raise Trouble(
                f"{screenplay.path}: {trouble.what}", trouble.why, trouble.todo, trouble.exit_code
            ) from trouble
        _print(done, json=json)
        yield done


def _print(done: Performance, *, json: bool) -> None:
    if json:
        click.echo(msgspec.json.encode(_told(done)).decode())
        return
    lines = f"{done.screenplay.lines} lines, {done.took_s:.2f} s"
    verdict = click.style("holds", fg="green") if done.holds else click.style("does not hold", fg="red", bold=True)
    click.echo(f"{printable(str(done.screenplay.path))}: {verdict}, {lines}")
    if not done.holds:
        click.echo()
        for line in report.told(done, whole(done.screenplay.title)):
            click.echo(f"  {line}" if line else "")


def _told(done: Performance) -> dict[str, object]:
    faults = [msgspec.to_builtins(fault) for fault in done.faults]
    return {
        "file": str(done.screenplay.path), "title": done.screenplay.title.title, "lines": done.screenplay.lines,
        "holds": done.holds, "took_s": round(done.took_s, 3), "faults": faults,
    }  # fmt: skip


def _sum(performances: list[Performance], *, json: bool) -> None:
    if json or len(performances) < 2:
        return
    lines = sum(one.screenplay.lines for one in performances)
    took_s = sum(one.took_s for one in performances)
    held = sum(one.holds for one in performances)
    rest = f", {len(performances) - held} do not" if held < len(performances) else ""
    click.echo(f"{len(performances)} screenplays, {lines:,} lines: {held} hold{rest}, in {took_s:.1f} s")
