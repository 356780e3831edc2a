"""`trace export`: a session as a page to read, JSON lines, a screenplay, captions or a timeline."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click
import msgspec

from her_desktop import paths
from her_desktop.cli.common import NUMBER, Options, global_options
from her_desktop.cli.record import last_talk
from her_desktop.events import Recorded, Reply, TurnsMarked
from her_desktop.memory.journal import Journal
from her_desktop.screenplay.writing import export as writing_export
from her_desktop.trace.export.formats import ENDINGS, EXPORTERS, FORMS, SCREENPLAY
from her_desktop.trouble import Trouble, missing


@click.command("export")
@click.option("--session", type=NUMBER, metavar="N", help="Which session; the last one if not named.")
@click.option("--format", "--as", "form", type=click.Choice(FORMS), help="If not named, by the ending of FILE.")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write it there, not to standard output.")
@global_options
def export(options: Options, session: int | None, form: str | None, out: Path | None) -> None:
    """Give a session away as a file that other programs open.

    html: a page to read or print, with all that is known of each reply. jsonl: every entry, one JSON object a line.
    fountain: a screenplay that passes when it is performed; what she knew before stands in a file beside it.
    vtt: captions. chrome: a timeline for Perfetto or chrome://tracing.
    """
    form = form or _format(out, options)
    home = options.home or paths.default_home()
    with _journal(home) as journal:
        entries = _entries(journal, session)
        files = _files(journal, entries, form, out)
    main, *beside = files
    if out is None:
        sys.stdout.buffer.write(files[main])
        sys.stdout.buffer.flush()
    else:
        for path in (*beside, main):
            _write(path, files[path], home, out.parent)
    _tell(entries, form, out, beside, options)


def _format(out: Path | None, options: Options) -> str:
    if out is None:
        return "jsonl" if options.json else "html"
    if out.suffix.lower() not in ENDINGS:
        raise Trouble(str(out), "its ending names no format", f"end it in {', '.join(ENDINGS)}, or name a --format")
    return ENDINGS[out.suffix.lower()]


def _journal(home: Path) -> Journal:
    if not (home / "journal.sqlite").is_file():
        raise Trouble("trace", f"{home} holds no journal yet", "talk with her first: her-desktop chat")
    return Journal(home, read_only=True)


def _entries(journal: Journal, session: int | None) -> list[Recorded]:
    entries = list(journal.entries(last_talk(journal) if session is None else session))
    if not entries:
        what = "trace" if session is None else f"session {session}"
        raise Trouble(what, "nothing is recorded of it", "see: her-desktop trace list")
    return entries


def _files(journal: Journal, entries: list[Recorded], form: str, out: Path | None) -> dict[Path, bytes]:
    """What is to be written where, the file that was asked for first."""
    path = out or Path(f"session-{entries[0].session}.{form}")
    if form == SCREENPLAY:
        written = writing_export.export(journal, entries[0].session, path.stem)
        beside = {path.parent / name: content for name, content in written.beside.items()}
        return {path: written.text.encode(), **beside}
    marks = [one.entry for one in journal.entries(kinds=[TurnsMarked]) if isinstance(one.entry, TurnsMarked)]
    return {path: EXPORTERS[form](entries, marks).encode()}


def _write(out: Path, text: bytes, home: Path, folder: Path) -> None:
    """Write a file that only its owner can read: it holds what was said."""
    if out.resolve() == (home / "journal.sqlite").resolve():
        raise Trouble(str(out), "this is the journal itself", "name another file with --out")
    try:
        if folder.is_dir():  # packs lie in a folder of their own
            out.parent.mkdir(parents=True, exist_ok=True)
        with open(out, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(text)
    except OSError as error:
        raise missing(str(out), str(error.strerror or error), "name another file with --out") from error


def _tell(entries: list[Recorded], form: str, out: Path | None, beside: list[Path], options: Options) -> None:
    """Say what was written where; on standard error, so that it mixes with nothing."""
    turns = sum(isinstance(one.entry, Reply) for one in entries)
    number = entries[0].session
    if out and options.json:
        row = {"file": str(out), "format": form, "session": number, "turns": turns, "entries": len(entries)}
        click.echo(msgspec.json.encode(row | ({"beside": list(map(str, beside))} if beside else {})).decode())
    elif out:
        click.echo(f"{out}: session {number}, {turns} turn{'' if turns == 1 else 's'}, as {form}", err=True)
        for path in beside:
            click.echo(f"{path}: belongs to it, with all that was known before that session", err=True)
    elif beside:
        names = ", ".join(map(str, beside))
        click.echo(f"It leans on what was before it: {names}, written beside it where --out names a file.", err=True)
    if not turns:
        click.echo(f"She answered nothing in session {number}; it is exported as it is.", err=True)
