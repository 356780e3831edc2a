"""The left side of the page: what was said, as it was said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from her_desktop import events
from her_desktop.events import FinalTranscript, Reply
from her_desktop.trace.export.tags import Html, joined, said, tag
from her_desktop.trace.export.turns import TurnTold
from her_desktop.trace.export.words import FORGOTTEN, HOW
from her_desktop.trace.summaries import summary

_ASIDES = {
    events.SpeechDiscarded: "not answered",
    events.PlaybackInterrupted: "she was cut off",
    events.PartLost: "lost",
    events.Failure: "failed",
    events.PacksChanged: "rules read again",
    events.TechniqueSwitched: "technique",
    events.FactForgotten: "forgotten",
    events.SessionEnded: "the end",
}
"""Entries that are told among the words, and what stands before them."""


def talk(turn: TurnTold, language: str) -> Html:
    """What was said in a turn, and what got in between."""
    return tag("div", _name(turn), *_lines(turn, language), *_removed(turn), class_="talk")


def _name(turn: TurnTold) -> Html:
    name = f"turn {turn.number}" if turn.spoke else "beside the turns"
    clock = tag("time", f"{turn.at:%H:%M:%S}", datetime=turn.at.isoformat())
    return tag("h2", tag("span", name), " ", clock, id=f"name-{turn.records[0].seq}")


def _lines(turn: TurnTold, language: str) -> Iterator[Html]:
    for record in turn.records:
        match record.entry:
            case FinalTranscript(text=text):
                yield _line("you", "You", joined([said(text, "words", lang=language)]))
            case Reply() as reply:
                yield _line("her", "Her", _hers(reply, turn.sounded, language))
            case entry if type(entry) in _ASIDES:
                yield tag("p", tag("b", _ASIDES[type(entry)]), " ", said(summary(entry)), class_="aside")


def _line(class_: str, who: str, words: Html) -> Html:
    return tag("p", tag("span", who, class_="who"), " ", words, class_=class_)


def _hers(reply: Reply, sounded: int | None, language: str) -> Html:
    if sounded is None:
        return said(reply.text, "words", lang=language)
    places = list(re.finditer(r"\S+", reply.text))
    cut = places[sounded].start() if sounded < len(places) else len(reply.text)
    unsaid = tag("span", reply.text[cut:], class_="unsaid", title="she was cut off before this")
    return tag("bdi", reply.text[:cut], unsaid, class_="words", dir="auto", lang=language)


def _removed(turn: TurnTold) -> Iterator[Html]:
    for fact, mark in turn.marks:
        yield tag("p", tag("b", "removed"), " ", FORGOTTEN.format(fact=fact), " ", HOW[mark.how], class_="aside marked")
