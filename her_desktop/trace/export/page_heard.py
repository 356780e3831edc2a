"""How it was heard: each word with its confidence, the other readings, what each rule made of them."""

from __future__ import annotations

from collections.abc import Iterator

from her_desktop import events
from her_desktop.events import Alternative, Candidate, FinalTranscript, Interpreted
from her_desktop.trace.export.tags import Html, said, tag
from her_desktop.trace.export.turns import TurnTold
from her_desktop.trace.summaries import summary


def heard(turn: TurnTold) -> Iterator[Html]:
    """What was heard in a turn, and how; nothing where it was typed, for there was nothing to mishear."""
    for entry in turn.all(events.SpeechEnded):
        yield tag("p", summary(entry), class_="note")
    for final in turn.all(FinalTranscript):
        yield from _final(final)


def _final(final: FinalTranscript) -> Iterator[Html]:
    if final.recognizer == "typed":
        return
    yield tag("p", "by ", said(final.recognizer), class_="note")
    best = final.alternatives[0] if final.alternatives else Alternative(final.text)
    if best.words:
        yield tag("p", *(_word(word.text, word.confidence) for word in best.words), class_="heard")
    others = [
        tag("li", said(other.text, "words"), " ", tag("small", _sure(other.confidence)))
        for other in final.alternatives[1:]
    ]
    if others:
        yield tag("p", "It could also have been", class_="note")
        yield tag("ol", *others, start="2")


def _word(text: str, confidence: float | None) -> Html:
    if confidence is None:
        return tag("span", said(text, "words"), class_="w")
    line = tag("i", style=f"--v:{confidence:.3f}", aria_hidden="true")
    return tag("span", said(text, "words"), line, tag("small", _sure(confidence)), class_="w")


def _sure(confidence: float) -> str:
    return f"{confidence:.2f}"


def missed(read: Interpreted, known: set[str]) -> Iterator[Html]:
    """The rules that came close and gave up at a word; those in `known` are told elsewhere."""
    for candidate in read.candidates:
        if not candidate.matched and candidate.rule not in known:
            yield tag("li", tag("code", candidate.rule), " ", tag("span", *_gave_up(candidate), class_="why"))


def _gave_up(candidate: Candidate) -> Iterator[Html | str]:
    yield "gave up at "
    yield said(f"“{candidate.failed_at}”") if candidate.failed_at else "the end"
    if candidate.wanted:
        yield ": it wanted "
        yield said(" or ".join(candidate.wanted[:6]) + (" …" if len(candidate.wanted) > 6 else ""))
