"""The session as a Fountain screenplay: the dialogue as it was said, and in notes how each reply came about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby

from her_desktop import events
from her_desktop.dialogue.techniques import techniques
from her_desktop.events import Recorded, Reply, TurnsMarked
from her_desktop.trace.export.screenplay_text import note, one_line, speech
from her_desktop.trace.export.turns import TurnTold, told
from her_desktop.trace.export.words import FORGOTTEN, HOW, ORIGINS, daytime, value
from her_desktop.trace.summaries import summary

_NOTED = (
    events.WordingRewarded, events.CommandHeld, events.CommandResumed, events.FollowUpPlanned, events.Volunteered,
    events.SkillCalled, events.FactLearned, events.FactUsed, events.FactForgotten, events.TechniqueSwitched,
    events.PacksChanged, events.Failure, events.PartLost, events.SpeechDiscarded,
)  # fmt: skip
"""Entries that are told in a note of their own, as the record tells them."""


def export_fountain(session: Sequence[Recorded], marks: Iterable[TurnsMarked] = ()) -> str:
    """The screenplay of a session; `marks` say from which of its turns words were removed later."""
    if not session:
        return "Title: Nothing\nCredit: as it was recorded by\nAuthor: Her Desktop\n\n[[Nothing was recorded.]]\n"
    blocks = ["\n".join(_title(session))]
    for _, day in groupby(told(session, marks), key=lambda turn: turn.at.date()):
        turns = list(day)
        blocks.append(_heading(session[0].session, turns[0].at))
        if not any(turn.spoke for turn in turns):
            blocks.append("Nobody says anything.")
        for turn in turns:
            blocks += _blocks(turn)
    return "\n\n".join(blocks) + "\n"


def _title(session: Sequence[Recorded]) -> Iterator[str]:
    first = session[0]
    yield f"Title: Session {first.session}"
    yield "Credit: as it was recorded by"
    yield "Author: Her Desktop"
    yield f"Draft date: {first.at:%Y-%m-%d}"
    if isinstance(first.entry, events.SessionStarted):
        yield one_line(f"Notes: version {first.entry.version}, {first.entry.language}, seed {first.entry.seed}")


def _heading(session: int, at: datetime) -> str:
    return f"INT. HER DESKTOP - {at:%A, %d %B %Y} - {daytime(at)} #{session}-{at:%Y-%m-%d}#".upper()


def _blocks(turn: TurnTold) -> Iterator[str]:
    notes: list[str] = [_removed(fact, mark) for fact, mark in turn.marks]
    for record in turn.records:
        match record.entry:
            case events.FinalTranscript(text=text, recognizer=recognizer) if text:
                yield _cue("YOU", text, "typing" if recognizer == "typed" else "")
            case Reply(text=text) as reply if text:
                voiced = turn.first(events.VoiceSynthesized)
                yield _cue("HER (V.O.)" if voiced else "HER", text, "" if reply.tone == "neutral" else reply.tone)
        notes += _notes(record)
    if notes:
        yield "\n".join(notes)
    yield from _actions(turn)


def _cue(who: str, text: str, how: str) -> str:
    return f"{who}\n" + (f"({one_line(how)})\n" if how else "") + speech(text)


def _actions(turn: TurnTold) -> Iterator[str]:
    if turn.sounded is not None:
        words = turn.first(Reply)
        yield f"She is cut off after {turn.sounded} of {len(words.text.split()) if words else 0} words."
    if turn.first(events.SessionEnded):
        yield "> FADE OUT."


def _notes(record: Recorded) -> Iterator[str]:
    match record.entry:
        case events.Decision() as entry:
            order = ", ".join(f"{field} {value(what)}" for field, what in entry.order)
            yield note(f"rule {entry.rule}: your words fit “{entry.template}”; {order}")
        case events.Suppressed() as entry:
            yield note(f"not said, for {', '.join(entry.techniques)} is switched off: “{entry.text}”")
        case Reply() as entry:
            yield note(f"{entry.act}, wording {entry.variant + 1} of {entry.of}, die {entry.die:.2f}")
            yield from (note(f"technique {_technique(one, entry)}") for one in entry.techniques)
            yield from (
                note(f"“{span.text}” {ORIGINS[span.origin]}: {span.source}") for span in entry.spans if span.text
            )
        case entry if isinstance(entry, _NOTED):
            yield note(f"{record.kind.replace('_', ' ')}: {summary(entry)}")


def _technique(name: str, reply: Reply) -> str:
    known = techniques().get(name)
    words = ", ".join(f"“{one.words}”" for one in reply.seen if one.technique == name and one.words)
    return f"{name} {known.name if known else ''}".strip() + (f": seen in {words}" if words else "")


def _removed(fact: str, mark: events.MarkedTurn) -> str:
    return note(FORGOTTEN.format(fact=fact) + " " + HOW[mark.how])
