"""`trace search`: finds what was said, by you and by her."""

from __future__ import annotations

from collections.abc import Sequence

import click
import msgspec

from her_desktop.cli.common import NUMBER, Options, global_options
from her_desktop.cli.record import open_journal
from her_desktop.memory.search import Hit
from her_desktop.trace.lines import printable


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="WORDS…")
@click.option("--session", type=NUMBER, help="Only in this session.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="At most so many.")
@global_options
def search(options: Options, words: Sequence[str], session: int | None, limit: int) -> None:
    """Find what was said that holds all of these WORDS, the newest first.

    Words in one pair of quotes stand side by side; `begin*` is how a word begins. With --json: one object a line, where
    `found` is begin and end of each stretch in characters.
    """
    with open_journal(options) as journal:
        hits = journal.search(" ".join(map(_quoted, words)), limit, session)
    for hit in hits:
        click.echo(msgspec.json.encode(hit).decode() if options.json else _line(hit))
    if not hits and not options.json:
        click.echo("nothing of that was said", err=True)


def _quoted(word: str) -> str:
    """Words that the shell was given in quotes stand side by side."""
    return f'"{word}"' if any(map(str.isspace, word)) and '"' not in word else word


def _line(hit: Hit) -> str:
    pieces, at = [], 0
    for begin, end in hit.found:
        pieces += [_shown(hit.text[at:begin]), click.style(_shown(hit.text[begin:end]), bold=True, underline=True)]
        at = end
    text = "".join([*pieces, _shown(hit.text[at:])])
    return f"{hit.at:%Y-%m-%d %H:%M}  turn {hit.turn:<5}  {hit.who}  {text}"


def _shown(text: str) -> str:
    return printable("".join(" " if character.isspace() else character for character in text))
