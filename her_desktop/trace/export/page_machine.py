"""The right side of the page, "this is programming": how a reply came about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from her_desktop import events
from her_desktop.dialogue.techniques import techniques
from her_desktop.events import Decision, Recorded, Reply, Seen, Suppressed
from her_desktop.trace.export.page_considered import brought_up, lost, won
from her_desktop.trace.export.page_heard import heard
from her_desktop.trace.export.page_time import stages, took
from her_desktop.trace.export.page_words import anatomy, measured, plain_anatomy, word_by_word
from her_desktop.trace.export.tags import Html, said, tag
from her_desktop.trace.export.turns import TurnTold
from her_desktop.trace.export.words import CLASSES, place
from her_desktop.trace.summaries import summary

_MEMORY = (
    events.FactLearned, events.FactUsed, events.FactForgotten, events.SkillCalled, events.FollowUpPlanned,
    events.QuestionOpened, events.QuestionClosed, events.CommandHeld, events.CommandResumed, events.WordingRewarded,
)  # fmt: skip
"""What a turn took from before, and left for later."""

_RUNS = {"partial_transcript", "word_spoken"}


def machine(turn: TurnTold, there: frozenset[int] = frozenset()) -> Html:
    """All that the record says of a turn: what matters most in the open, the rest folded.

    Args:
        turn: which one.
        there: numbers of the turns that the page has, to which it can lead.
    """
    folds = tag("div", *_folded(turn), class_="folds")
    inside = (*_open(turn), *_memory(turn, there), *took(turn), folds)
    return tag("section", *inside, class_="machine", aria_label=f"how turn {turn.number} came about")


def _open(turn: TurnTold) -> Iterator[Html]:
    for reply in turn.all(Reply):
        yield tag("h3", tag("span", "said, by the rule", class_="label"), " ", tag("code", reply.rule))
        yield anatomy(reply)
        yield measured(reply)
        yield from _techniques(reply)
    yield from map(_suppressed, turn.all(Suppressed))


def _techniques(reply: Reply) -> Iterator[Html]:
    names = dict.fromkeys([*reply.techniques, *(one.technique for one in reply.seen)])
    if names:
        yield tag("ul", *(_technique(name, reply) for name in names), class_="techniques")


def _technique(name: str, reply: Reply) -> Html:
    known = techniques().get(name)
    title = tag("a", f"{name} {known.name}", href=f"#{place(name)}") if known else tag("b", said(name))
    classes = " or ".join(CLASSES[letter] for letter in known.classes) if known else "not in the taxonomy"
    seen = [one for one in reply.seen if one.technique == name]
    where = (tag("span", _where(one), title=f"seen by: {one.cue}") for one in seen)
    return tag("li", title, " ", tag("small", classes), *(part for one in where for part in (" ", one)))


def _where(seen: Seen) -> Html | str:
    return tag("q", said(seen.words)) if seen.words else said(f"in the whole of it: {seen.cue}", "why")


def _suppressed(entry: Suppressed) -> Html:
    off = ", ".join(entry.techniques)
    head = tag("h3", tag("span", f"not said, since {off} is switched off", class_="label"))
    return tag("div", head, plain_anatomy(entry.spans), class_="suppressed")


def _memory(turn: TurnTold, there: frozenset[int]) -> Iterator[Html]:
    kept = [record for record in turn.records if isinstance(record.entry, _MEMORY)]
    rows = [tag("li", _label(record.kind), " ", said(summary(record.entry)), *_from(record, there)) for record in kept]
    if rows:
        yield tag("ul", *rows, class_="memory")


def _label(kind: str) -> Html:
    return tag("span", kind.replace("_", " "), class_="label")


def _from(record: Recorded, there: frozenset[int]) -> Iterator[Html | str]:
    """A way to the turn that taught a fact, where the page has it."""
    if isinstance(record.entry, events.FactUsed) and record.entry.source_turn in there - {record.turn}:
        yield " "
        yield tag("a", "go there", href=f"#turn-{record.entry.source_turn}", aria_label=_to(record.entry.source_turn))


def _to(turn: int) -> str:
    return f"go to turn {turn}, which taught it"


def _folded(turn: TurnTold) -> Iterator[Html]:
    reply, decisions = turn.first(Reply), turn.all(Decision)
    yield from _fold("how it was heard", heard(turn))
    yield from _fold("why this rule", (line for decision in decisions for line in _decided(decision)))
    others = sum(len(decision.losers) for decision in decisions)
    yield from _fold(f"and not {others} other{'' if others == 1 else 's'}", lost(turn))
    yield from _fold("what she brought up by herself", brought_up(turn))
    if reply:
        yield from _fold("word by word", [*_dice(reply), word_by_word(reply)])
    if rows := list(stages(turn)):
        yield from _fold("how long it took", [tag("dl", *rows)])
    yield from _fold(f"all {len(turn.records)} entries", [tag("ol", *_entries(turn), class_="entries")])


def _fold(name: str, inside: Iterable[Html]) -> Iterator[Html]:
    if found := list(inside):
        yield tag("details", tag("summary", name), tag("div", *found), class_="fold")


def _decided(decision: Decision) -> Iterator[Html]:
    yield tag("h4", tag("code", decision.rule), " held back until he says that it was meant" if decision.held else "")
    yield from won(decision)


def _dice(reply: Reply) -> Iterator[Html]:
    among = ", ".join(str(at + 1) for at in reply.choice)
    yield tag("p", f"{reply.act} · {reply.tone} · wording {reply.variant + 1} of {reply.of}, among {among or 'none'} · "
              f"die {reply.die:.3f}", class_="note")  # fmt: skip
    if reply.draws:
        rows = [
            tag("li", f"wording {one.variant + 1} drew {one.value:.3f} (liked {one.liked}, not liked {one.not_liked})")
            for one in reply.draws
        ]
        yield tag("ul", *rows)


def _entries(turn: TurnTold) -> Iterator[Html]:
    """One row an entry; runs of partial words and of spoken words are one row."""
    for kind, group in groupby(turn.records, key=lambda record: record.kind):
        run = list(group)
        for record in run[-1:] if kind in _RUNS else run:
            since = (record.at - turn.at).total_seconds() * 1000
            times = f" × {len(run)}" if kind in _RUNS and len(run) > 1 else ""
            name = tag("span", f"{since:,.0f} ms  {kind.replace('_', ' ')}{times}", class_="label")
            yield tag("li", name, " ", said(summary(record.entry)))
