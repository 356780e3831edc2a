"""`memory forget`: takes something back, out of the whole record and off the disk."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from difflib import get_close_matches

import click
import msgspec

from her_desktop import paths
from her_desktop.cli.common import Options, global_options
from her_desktop.cli.memory_session import MemorySession, facts_of, here, recording
from her_desktop.dialogue.packs import load_language
from her_desktop.events import Recorded, TurnsMarked
from her_desktop.memory.facts import Fact, Facts, forgotten, statement
from her_desktop.memory.words import Words
from her_desktop.trace.lines import printable
from her_desktop.trouble import Trouble


@click.command()
@click.argument("names", nargs=-1, metavar="NAME…")
@click.option("--all", "everything", is_flag=True, help="Everything that she knows.")
@click.option("--about", metavar="WORD", multiple=True, help="Everything in which this word stands; may repeat.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@global_options
def forget(options: Options, names: Sequence[str], everything: bool, about: Sequence[str], yes: bool) -> None:
    """Forget something, by its NAME as `memory show` has it: the fact, its history, and its words in every turn.

    The words are taken out of the record and off the disk. Turns that had to do with it are marked.
    """
    if not (names or everything or about):
        raise click.UsageError("name what to forget, or give --all or --about WORD")
    if everything and (names or about):
        raise click.UsageError(f"--all forgets more than {', '.join((*names, *about))}: give one or the other")
    with here(options) as journal:
        if not (found := _chosen(facts_of(journal) if journal else {}, names, everything, about)):
            return _say_nothing(options)
    _agree(found, yes)
    with recording(options) as session:
        marked = _forget(session, found)
    return _report(options, found, marked, session)


def _chosen(facts: Facts, names: Sequence[str], everything: bool, about: Sequence[str]) -> list[Fact]:
    wanted = {".".join(statement(name)): name for name in names}
    for full, name in wanted.items():
        if full not in facts:
            near = get_close_matches(full, facts, 3, 0.75) or sorted(facts)[:5]
            raise Trouble(name, "she knows nothing of that name", f"she knows {', '.join(near) or 'nothing yet'}")
    words = [Words.of([word]) for word in about]
    return [
        fact for name, fact in sorted(facts.items())
        if everything or name in wanted or any(_is_about(fact, one) for one in words)
    ]  # fmt: skip


def _is_about(fact: Fact, words: Words) -> bool:
    texts = [text for one in (fact, *fact.earlier) for text in (one.object, one.words)]
    return any(words.mentioned(text) for text in (fact.subject, fact.predicate, *texts))


def _say_nothing(options: Options) -> None:
    if options.json:
        return click.echo(msgspec.json.encode({"forgotten": [], "turns": []}).decode())
    return click.echo("She knows nothing of that.")


def _agree(found: Iterable[Fact], yes: bool) -> None:
    lines = [f"{printable(fact.name)}: {printable(fact.object)} (“{printable(fact.words)}”)" for fact in found]
    if yes:
        return
    if not sys.stdin.isatty():
        raise Trouble("memory forget", "nobody is there to be asked", "add --yes")
    click.echo("\n".join(lines), err=True)
    if not click.confirm("Forget this, and take its words out of every turn? It cannot be undone", err=True):
        raise click.Abort


def _forget(session: MemorySession, found: Sequence[Fact]) -> tuple[Recorded, ...]:
    told = (forgotten(fact, "command") for fact in found)
    language = load_language(paths.resources() / "dialogue" / session.started.language)
    session.journal.begin_session()
    common, first = language.common | language.determiners, (session.started, *told)
    return session.journal.forget(found, 0, session.now, common=common, first=first)


def _report(options: Options, found: Sequence[Fact], marked: Iterable[Recorded], session: MemorySession) -> None:
    turns = {one.turn for recorded in marked if isinstance(recorded.entry, TurnsMarked) for one in recorded.entry.turns}
    names, size = [fact.name for fact in found], session.journal.path.stat().st_size
    if options.json:
        return click.echo(msgspec.json.encode({"forgotten": names, "turns": sorted(turns), "bytes": size}).decode())
    turn = "1 turn is" if len(turns) == 1 else f"{len(turns)} turns are"
    return click.echo(f"{', '.join(names)}: forgotten. {turn} cleared; the journal has {size:,} bytes now.")
