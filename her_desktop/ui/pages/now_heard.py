"""What was heard in a turn, word by word, and what else it could have been. Pure: entries in, what QML draws out."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import Any

from her_desktop import events as ev
from her_desktop.events import Alternative, Entry, FinalTranscript
from her_desktop.trace.summaries import overlooked
from her_desktop.ui.pages.now_words import Part, parts, taken, unused

Told = dict[str, Any]

MOST_WORDS = 300
"""So many words are drawn; of a longer utterance the rest stands in the record."""

_BEGAN = {"voice": "… a voice is heard", "key": "… the talk key is down"}
_ENDED = {
    "silence": "taken as ended after {ms} ms of silence",
    "key_released": "ended when the talk key was released",
    "too_long": "cut off, for it went on too long",
    "end_of_recording": "ended with the recording",
    "interrupted": "cut short",
}


def heard(entries: Sequence[Entry]) -> Told:
    """The part HEARD: words with confidence, what the winner did not use, the other readings, what was overlooked."""
    spoken = utterance(entries)
    final, partial = first(entries, FinalTranscript), last(spoken, ev.PartialTranscript)
    told = {**_EMPTY, "note": _note(final, spoken), "discarded": _discarded(spoken)}
    if final:
        return told | _final(final, entries)
    if partial:
        return told | {"partial": f"{partial.text} …"}
    if started := first(spoken, ev.SpeechStarted):
        return told | {"partial": _BEGAN.get(started.cause, "…")}
    discarded = _discarded(entries)
    return {**_EMPTY, "discarded": discarded} if discarded else {}


def utterance(entries: Sequence[Entry]) -> Sequence[Entry]:
    """From where the speech began that was answered, or that is under way; of what was typed, from the text on."""
    answered = next((at for at, entry in enumerate(entries) if isinstance(entry, FinalTranscript)), None)
    if answered is not None and first(entries, FinalTranscript).recognizer == "typed":
        return entries[answered:]
    begins = 0
    for at, entry in enumerate(entries[:answered]):
        if isinstance(entry, ev.SpeechStarted | ev.SpeechDiscarded):
            begins = at + isinstance(entry, ev.SpeechDiscarded)
    return entries[begins:]


_EMPTY: Told = {
    "note": "", "partial": "", "reading": "", "words": [], "others": [], "overlooked": [], "left_over": "", "more": "",
    "discarded": "",
}  # fmt: skip


def first(entries: Sequence[Entry], kind: type[Any]) -> Any:
    """The first entry of a kind, or None."""
    return next((entry for entry in entries if isinstance(entry, kind)), None)


def last(entries: Sequence[Entry], kind: type[Any]) -> Any:
    """The last entry of a kind, or None."""
    return first(entries[::-1], kind)


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th."""
    ending = "th" if 10 < number % 100 < 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _final(final: FinalTranscript, entries: Sequence[Entry]) -> Told:
    decision, read = first(entries, ev.Decision), first(entries, ev.Interpreted)
    which = taken(final, decision)
    readings = final.alternatives or (Alternative(final.text),)
    found = parts(readings[which])
    left = unused(found, read, decision)
    others = [_other(found, rank, one) for rank, one in enumerate(readings) if rank != which]
    return {
        "reading": f"{ordinal(which + 1)} of {len(readings)} readings: the winner fits this one" if which else "",
        "words": [_word(part, left) for part in found[:MOST_WORDS]],
        "more": more_words(len(found)),
        "others": others,
        "overlooked": [f"overlooked to make it fit: {overlooked(one)}" for one in decision.repairs] if decision else [],
        "left_over": _left_over(found, left),
    }


def more_words(count: int) -> str:
    """What is said of the words that are not drawn."""
    return f"… and {count - MOST_WORDS:,} more words, which stand in the record" if count > MOST_WORDS else ""


def _word(part: Part, left: frozenset[int]) -> Told:
    used = not part.indices or not left.issuperset(part.indices)
    sure = -1.0 if part.confidence is None else part.confidence
    return {"text": part.text, "confidence": sure, "used": used, "indices": list(part.indices)}


def _left_over(found: Sequence[Part], left: frozenset[int]) -> str:
    words = sum(len(part.indices) for part in found)
    if not left:
        return ""
    if len(left) == words:
        return "The winner used none of these words." if words > 1 else "The winner did not use this word."
    return f"Struck through: {'the word' if len(left) == 1 else f'{len(left)} words'} that the winner did not use."


def _other(best: Sequence[Part], rank: int, other: Alternative) -> Told:
    """Another reading, with the words that differ from the one above marked."""
    old, new = [part.text for part in best], other.text.split()
    blocks = difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_matching_blocks()
    same = {at for block in blocks for at in range(block.b, block.b + block.size)}
    words = [{"text": word, "differs": at not in same} for at, word in enumerate(new)]
    return {"rank": rank + 1, "label": ordinal(rank + 1), "confidence": other.confidence, "words": words}


def _note(final: FinalTranscript | None, entries: Sequence[Entry]) -> str:
    return " · ".join(_notes(final, entries))


def _notes(final: FinalTranscript | None, entries: Sequence[Entry]) -> Iterator[str]:
    if final:
        yield final.recognizer
    for entry in entries:
        if isinstance(entry, ev.Timing) and entry.stage == "recognized":
            yield f"{entry.ms:,.0f} ms"
    if ended := last(entries, ev.SpeechEnded):
        yield _ENDED.get(ended.cause, ended.cause.replace("_", " ")).format(ms=f"{ended.waited_ms:,}")
    elif not final and entries:
        yield "you are speaking"


def _discarded(entries: Sequence[Entry]) -> str:
    one = last(entries, ev.SpeechDiscarded)
    return f"not answered: {one.why}" + (f" · “{one.text}”" if one.text else "") if one else ""
