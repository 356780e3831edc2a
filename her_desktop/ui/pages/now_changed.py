"""What a turn changed, and what it looked up: one plain line for each entry. Pure: entries in, what QML draws out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from her_desktop import events as ev
from her_desktop.dialogue.techniques import techniques
from her_desktop.events import Entry, Recorded
from her_desktop.ui.pages.now_heard import Told

Line = tuple[str, str, tuple[str, str]]
"""What happened in a word, the line, and where it leads."""

_YOU = {
    "his words": "you asked for it", "he went on": "you went on", "he answered warmly": "you answered warmly",
    "he said little": "you said little", "he left": "you left", "answered": "you answered it",
}  # fmt: skip


def changed(recorded: Sequence[Recorded]) -> Told:
    """The part CHANGED: a line for every entry that changed her state, or was looked up."""
    rows = [_row(one) for one in recorded if type(one.entry) in _LINES]
    return {"rows": rows} if rows else {}


def you(cause: str) -> str:
    """A cause of the record, said to him."""
    return _YOU.get(cause, cause)


def technique(name: str) -> str:
    """A technique by its number and name."""
    return f"{name} {techniques()[name].name}" if name in techniques() else name


def _row(one: Recorded) -> Told:
    what, text, jump = _LINES[type(one.entry)](one.entry)
    return {"what": what, "text": text, "seq": one.seq, "jump": list(jump if jump[1] else ("record", str(one.seq)))}


def _fact(entry: ev.FactLearned | ev.FactUsed | ev.FactForgotten) -> str:
    return f"{entry.subject}.{entry.predicate}"


def _learned(entry: ev.FactLearned) -> Line:
    instead = f", instead of {entry.replaces}" if entry.replaces else ""
    return "learned", f"{_fact(entry)} is “{entry.object}”{instead}, from “{entry.words}”", ("memory", _fact(entry))


def _used(entry: ev.FactUsed) -> Line:
    when = f"told in turn {entry.source_turn}" if entry.source_turn else "written by hand, or imported"
    return "used", f"{_fact(entry)}, “{entry.object}”, {when}", ("memory", _fact(entry))


def _forgotten(entry: ev.FactForgotten) -> Line:
    why = f": {you(entry.why)}" if entry.why else ""
    return "forgot", f"{_fact(entry)}, told in turn {entry.source_turn}{why}", ("", "")


def _marked(entry: ev.TurnsMarked) -> Line:
    turns = ", ".join(str(mark.turn) for mark in entry.turns)
    return "erased", f"the words of {entry.fact} from turn{'s' * (len(entry.turns) != 1)} {turns or 'none'}", ("", "")


def _opened(entry: ev.QuestionOpened) -> Line:
    return "asks", f"she waits for an answer to {entry.rule}", ("rules", entry.rule)


def _closed(entry: ev.QuestionClosed) -> Line:
    turn, _, rule = entry.reply.partition(":")
    return "closed", f"her question {rule} of turn {turn}: {you(entry.cause)}", ("rules", rule)


def _planned(entry: ev.FollowUpPlanned) -> Line:
    due = f"{entry.due:%a} {entry.due.day} {entry.due:%b %Y, %H:%M}"
    leans = f", while she still knows {', '.join(entry.facts)}" if entry.facts else ""
    return "plans", f"to bring up {entry.rule} from {due} on{leans}", ("rules", entry.rule)


def _rewarded(entry: ev.WordingRewarded) -> Line:
    liked = "well received" if entry.reward else "not well received"
    wording = f"wording {entry.variant + 1}" if entry.variant >= 0 else "the plain wording"
    return "counted", f"{wording} of {entry.rule} as {liked}: {you(entry.why)}", ("rules", entry.rule)


def _switched(entry: ev.TechniqueSwitched) -> Line:
    why = f": {you(entry.why)}" if entry.why else ""
    return "switched", f"{technique(entry.technique)} {'on' if entry.on else 'off'}{why}", ("ledger", entry.technique)


def _lights(entry: ev.LightsSwitched) -> Line:
    return "lights", f"{'on again' if entry.on else 'out'}: {you(entry.cause)}", ("", "")


def _held(entry: ev.CommandHeld) -> Line:
    return "held", f"{entry.rule} is not done before you say that you meant “{entry.text}”", ("rules", entry.rule)


def _resumed(entry: ev.CommandResumed) -> Line:
    return "resumed", f"you meant “{entry.text}”", ("rules", entry.rule)


def _asked(entry: ev.SkillCalled) -> Line:
    read = f", from the record of turn {', '.join(map(str, entry.turns))}" if entry.turns else ""
    answer = f"“{entry.output}”" if entry.output else "nothing"
    return "looked up", f"{entry.skill}({entry.input}) gave {answer}{read}", ("", "")


_LINES: dict[type[Entry], Callable[[Any], Line]] = {
    ev.FactLearned: _learned, ev.FactUsed: _used, ev.FactForgotten: _forgotten, ev.TurnsMarked: _marked,
    ev.QuestionOpened: _opened, ev.QuestionClosed: _closed, ev.FollowUpPlanned: _planned,
    ev.WordingRewarded: _rewarded, ev.TechniqueSwitched: _switched, ev.LightsSwitched: _lights,
    ev.CommandHeld: _held, ev.CommandResumed: _resumed, ev.SkillCalled: _asked,
}  # fmt: skip

KINDS: tuple[type[Entry], ...] = tuple(_LINES)
"""The kinds of entries that have a line here."""
