"""Receives a performance. Emits what did not hold, for a person: she said, why not what was expected, and the trace."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from her_desktop.conversation import Conversation
from her_desktop.events import (
    PartialTranscript,
    PlaybackFinished,
    PlaybackStarted,
    SessionStarted,
    StateChanged,
    Timing,
    VoiceSynthesized,
    WordSpoken,
)
from her_desktop.screenplay.performance import Fault, Performance, Played
from her_desktop.screenplay.script import Screenplay
from her_desktop.trace.lines import as_line, printable
from her_desktop.trace.rule_names import unknown
from her_desktop.trace.why_not import why_not

_UNTOLD = (
    PartialTranscript, PlaybackFinished, PlaybackStarted, SessionStarted, StateChanged, Timing, VoiceSynthesized,
    WordSpoken,
)  # fmt: skip
"""Entries that say nothing of how the reply was made."""

_WIDTH = 110


def told(performance: Performance, conversation: Conversation) -> Iterator[str]:
    """Everything that did not hold, in lines: where, what was expected, what there was, why, and the trace."""
    for played in performance.played:
        if played.faults:
            yield from _beat(played, performance.screenplay, conversation)
            yield ""


def at(screenplay: Screenplay, fault: Fault) -> str:
    """A fault in one line, `FILE:LINE: expected …, got …`."""
    return printable(f"{screenplay.path}:{fault.line}: expected {fault.expected}, got {fault.got}")


def _beat(played: Played, screenplay: Screenplay, conversation: Conversation) -> Iterator[str]:
    yield from (at(screenplay, fault) for fault in played.faults)
    if played.heard:
        yield from _told("he said", " | ".join(f"“{one.text}”" for one in played.heard.alternatives))
    if reply := played.reply:
        which = f"wording {reply.variant + 1} of {reply.of}" if reply.variant >= 0 else "the plain wording"
        yield from _told("she said", f"“{reply.text}” ({reply.rule}, {which})")
    for rule in dict.fromkeys(_missed(played)):
        yield from _told(f"why not {rule}", _why_not(played, rule, conversation))
    yield "    trace"
    yield from (f"      {as_line(one)}" for one in played.entries if not isinstance(one.entry, _UNTOLD))


def _missed(played: Played) -> Iterator[str]:
    """The rules that were expected to answer and did not."""
    expected = {fault.expected for fault in played.faults}
    for one in played.beat.hers.expectations if played.beat.hers else ():
        if one.check == "rule" and not one.negated and one.text in expected:
            yield from (rule for rule in one.wanted if "*" not in rule)


def _why_not(played: Played, rule: str, conversation: Conversation) -> str:
    if rule not in conversation.book.rules:
        return unknown(conversation.book, rule).line
    if not played.heard:
        return "nothing was heard"
    return why_not(conversation, played.before, played.heard, played.now, rule).paragraph


def _told(head: str, text: str) -> Iterator[str]:
    first, *rest = textwrap.wrap(printable(text), _WIDTH) or [""]
    yield f"    {head}: {first}"
    yield from (f"      {line}" for line in rest)
