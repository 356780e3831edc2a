"""Receives an exchange. Emits the notes of it: what is arranged before it, what is expected of her, and remarks."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from her_desktop import events
from her_desktop.events import FactForgotten, FactLearned, FactUsed, Origin, Reply, StateChanged, TechniqueSwitched
from her_desktop.screenplay.reading.notes import read_note
from her_desktop.screenplay.reading.trouble import Misread
from her_desktop.screenplay.writing.exchanges import ByHand, Exchange
from her_desktop.screenplay.writing.text import value
from her_desktop.trace.export.words import FORGOTTEN, HOW
from her_desktop.trace.summaries import summary

_TOLD = (
    events.PacksChanged, events.Failure, events.PartLost, events.SpeechDiscarded, events.Rehearsed,
)  # fmt: skip
"""Entries that decide no reply and are told in a remark, as the record tells them."""

_FROM: dict[Origin, str] = {"mirrored": "your own", "remembered": "remembered", "computed": "worked out"}

_SHOWN = 60
"""So many letters of a text a remark has room for."""

_MOST = 3
"""So many of her words are told where they come from."""


class Note(msgspec.Struct, frozen=True):
    """Something that is arranged or expected: `rule: clock.time`."""

    check: str
    value: str = ""
    name: str = ""
    """What stands before `=`."""

    @property
    def text(self) -> str:
        """The note without brackets and quotation marks, as an expectation tells it."""
        return self._with(self.value)

    @property
    def shown(self) -> str:
        """The note as it stands in a screenplay."""
        return f"[[{self._with(value(self.value) if self.value else '')}]]"

    def _with(self, worth: str) -> str:
        named = f"{self.name} = {worth}" if self.name and worth else self.name or worth
        return self.check + (f": {named}" if named else "")

    @property
    def means_something(self) -> bool:
        """Whether a reader of screenplays understands it: a technique may be gone by now, a name be anything."""
        try:
            return read_note(self.shown.removeprefix("[[").removesuffix("]]"), 1) is not None
        except Misread:
            return False


def arranged(by_hand: ByHand) -> Note | None:
    """What he did by hand, as it is arranged; None where it cannot be."""
    match by_hand:
        case TechniqueSwitched(technique=technique, on=on):
            found = Note("on" if on else "off", technique)
        case FactLearned():
            found = Note("given fact", by_hand.object, _name(by_hand))
        case FactForgotten():
            found = Note("forget", _name(by_hand))
    return found if found.means_something else None


def expected(exchange: Exchange) -> tuple[Note, ...]:
    """What is expected of her besides her words; of a turn from which words were removed, the rule alone."""
    reply = exchange.reply
    if reply is None:
        return ()
    notes = dict.fromkeys(one for one in _notes(exchange, reply) if one.check == "rule" or not exchange.marks)
    return tuple(one for one in notes if one.means_something)


def _notes(exchange: Exchange, reply: Reply) -> Iterator[Note]:
    yield Note("rule", reply.rule)
    if reply.of > 1 or reply.variant < 0:
        yield Note("wording", "plain" if reply.variant < 0 else str(reply.variant + 1))
    yield from (Note("technique", one) for one in sorted(reply.techniques))
    for left_out in exchange.every(events.Suppressed):
        yield from (Note("suppresses", one) for one in sorted(left_out.techniques))
    for learned in exchange.every(FactLearned):
        yield Note("learns", learned.object, _name(learned))
    yield from (Note("uses", name=_name(one)) for one in exchange.every(FactUsed))
    yield from (Note("forgets", name=_name(one)) for one in exchange.every(FactForgotten))
    yield from (Note("plans", one.rule) for one in exchange.every(events.FollowUpPlanned))
    yield from (Note("brings up", one.rule) for one in exchange.every(events.Volunteered))
    if any(isinstance(one, StateChanged) and one.state == "asleep" for one in exchange.after):
        yield Note("state", "asleep")


def _name(fact: FactLearned | FactUsed | FactForgotten) -> str:
    return f"{fact.subject}.{fact.predicate}"


def remarks(exchange: Exchange) -> Iterator[str]:
    """What a person may like to know: why she said it, whose words they are, and what else happened."""
    if exchange.reply:
        yield from _why(exchange, exchange.reply)
    for left_out in exchange.every(events.Suppressed):
        yield f"not said, for {', '.join(sorted(left_out.techniques))} is off: “{short(left_out.text)}”"
    yield from (f"{FORGOTTEN.format(fact=fact)} {HOW[mark.how]}" for fact, mark in exchange.marks)
    for one in exchange.asides:
        if isinstance(one, _TOLD):
            yield f"{events.kind_of(one).replace('_', ' ')}: {summary(one)}"


def _why(exchange: Exchange, reply: Reply) -> Iterator[str]:
    decisions = exchange.every(events.Decision)
    fits = [f"fits “{short(decisions[-1].template)}”"] if decisions else []
    spans = [span for span in reply.spans if span.origin in _FROM and span.text.strip()]
    worth = dict.fromkeys(f"“{short(span.text.strip())}” is {_FROM[span.origin]}" for span in spans)
    if fits or worth:
        yield "; ".join([*fits, *[*worth][:_MOST]])


def short(text: str) -> str:
    """A text as a remark has room for it."""
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()}…"
