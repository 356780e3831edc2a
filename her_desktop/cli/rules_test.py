"""`rules test` and `rules why-not`: how rules stand on a sentence, and why one of them did not answer it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from textwrap import fill

import click
import msgspec

from her_desktop.cli.common import Options, global_options
from her_desktop.cli.rules_moment import about_a_sentence, moment
from her_desktop.conversation import respond, weigh
from her_desktop.dialogue.policy import Standing, outranked, unmatched
from her_desktop.events import Decision, Entry, FinalTranscript, Interpreted, Reply, kind_of
from her_desktop.nlu.interpret import interpreted
from her_desktop.trace.changes import Moment
from her_desktop.trace.lines import printable
from her_desktop.trace.summaries import overlooked, summary
from her_desktop.trace.why_not import why_not as explain

_WIDTH = 120


@click.command()
@about_a_sentence
@global_options
def test(options: Options, sentence: str, heard: tuple[str, ...], after: tuple[str, ...]) -> None:
    """Show how the rules stand on SENTENCE: the whole order, who wins, and why each other one does not.

    With --json: the entries of the turn as `chat --json` prints them, without seq, session, turn and at.
    """
    asked = moment(options, sentence, heard, after)
    lines = _as_json(asked, options.seed or 0) if options.json else _as_text(asked, options.seed or 0)
    for line in lines:
        click.echo(line)


def _as_json(asked: Moment, seed: int) -> Iterator[str]:
    for entry in _entries(asked, seed):
        yield msgspec.json.encode(entry).decode()


def _entries(asked: Moment, seed: int) -> tuple[Entry, ...]:
    """The turn; where no rule may speak, only what was heard and considered."""
    standings = asked.standings()
    if standings and not standings[0].barred:
        return respond(asked.conversation, asked.state, asked.heard, asked.now, seed).entries
    found, _ = weigh(asked.conversation, asked.heard_state, asked.heard, asked.now)
    return asked.heard, interpreted(found, asked.conversation.grammar)


def _as_text(asked: Moment, seed: int) -> Iterator[str]:
    standings, entries = asked.standings(), _entries(asked, seed)
    found = next(entry for entry in entries if isinstance(entry, Interpreted))
    yield from _heard(asked.heard, found)
    yield from _order(standings)
    yield from _near(found, {standing.rule.id for standing in standings})
    yield from _answer(standings, entries)


def _heard(heard: FinalTranscript, found: Interpreted) -> Iterator[str]:
    for rank, (alternative, tokens) in enumerate(zip(heard.alternatives, found.tokens, strict=True)):
        yield f"heard{f' {rank}' if len(found.tokens) > 1 else ''}  “{printable(alternative.text)}”"
        yield f"  words: {printable(' '.join(tokens))}"


def _order(standings: Sequence[Standing]) -> Iterator[str]:
    """The order as a table; under each rule what was repaired, and under each loser what decided."""
    rows = [[str(value) for _, value in standing.order] for standing in standings]
    heads = [field for field, _ in standings[0].order] if standings else []
    widths = [max(len(row[at]) for row in [heads, *rows]) for at in range(len(heads))]
    yield f"\n{_count(len(standings), 'rule')} {'fits' if len(standings) == 1 else 'fit'} the words, in their order"
    yield from ["      " + _row(heads, widths)] if heads else []
    for place, (standing, row) in enumerate(zip(standings, rows, strict=True), 1):
        yield f"{'–' if standing.barred else place:>4}  {_row(row, widths)}"
        yield from (f"        {overlooked(repair)}" for repair in standing.candidate.repairs)
        if standing.barred or place > 1:
            yield _wrapped(standing.barred or outranked(standings[0], standing))


def _row(cells: Iterable[str], widths: Sequence[int]) -> str:
    aligned = (
        cell.rjust(w) if cell.lstrip("-").isdigit() else cell.ljust(w) for cell, w in zip(cells, widths, strict=True)
    )
    return "  ".join(aligned).rstrip()


def _wrapped(text: str) -> str:
    return fill(text, _WIDTH, initial_indent=" " * 8, subsequent_indent=" " * 10, break_long_words=False)


def _near(found: Interpreted, fitting: Set[str]) -> Iterator[str]:
    """Rules whose words nearly fit, with the first one that failed."""
    near = [candidate for candidate in found.candidates if not candidate.matched and candidate.rule not in fitting]
    if near:
        yield f"\n{_count(len(near), 'rule')} came near"
        width = max(len(candidate.rule) for candidate in near)
        yield from (f"      {candidate.rule:<{width}}  {unmatched(candidate)}" for candidate in near)


def _answer(standings: Sequence[Standing], entries: Sequence[Entry]) -> Iterator[str]:
    decision = next((entry for entry in entries if isinstance(entry, Decision)), None)
    if not decision:
        yield "\nno rule may answer: the packs lack one of tier: fallback that hears “*”"
        return
    winner = standings[0]
    yield f"\n{winner.rule.id} answers, at {winner.rule.place}"
    yield f"  template  {decision.template}"
    for name, words in decision.slots.items():
        value = decision.values.get(name, "")
        yield f"  slot      {{{name}}} = “{printable(words)}”" + (f", which is {value}" if value else "")
    for condition in decision.conditions:
        names = ", ".join(f"{name} = {value}" for name, value in condition.names.items())
        yield f"  needs     {condition.text}: true ({names})"
    for entry in entries[entries.index(decision) + 1 :]:
        if not isinstance(entry, Reply):
            yield f"  then      {kind_of(entry)}: {printable(summary(entry))}"
    yield from (f"  she says  {entry.text}" for entry in entries if isinstance(entry, Reply))


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


@click.command("why-not")
@click.argument("rule")
@about_a_sentence
@global_options
def why_not(options: Options, rule: str, sentence: str, heard: tuple[str, ...], after: tuple[str, ...]) -> None:
    """Say why RULE does not answer SENTENCE, and the smallest change that would let it.

    Each change that is named was made and tried. With --json: the finding as one object.
    """
    asked = moment(options, sentence, heard, after)
    found = explain(asked.conversation, asked.state, asked.heard, asked.now, rule)
    click.echo(msgspec.json.encode(found).decode() if options.json else printable(found.paragraph))
