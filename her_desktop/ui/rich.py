"""What the three telling rows draw: the words heard, the rules considered, the reply by origin. Pure.

Everything comes from the one entry that is drawn; the results are plain lists and mappings that QML reads.
"""

from __future__ import annotations

import difflib
from typing import Any

from her_desktop import events
from her_desktop.dialogue.rules import ACTS_PLAIN, PLAIN
from her_desktop.dialogue.techniques import techniques
from her_desktop.events import Alternative, Entry, Reply, Span
from her_desktop.trace.distance import distance

ORIGINS = {
    "mirrored": "your words",
    "remembered": "remembered",
    "computed": "computed",
    "author": "written beforehand",
}
"""Origins in the order of the legend, with what a person calls them."""

CLASSES = {"N": "neutral craft", "I": "builds intimacy", "M": "manipulative", "P": "protective"}
"""What the classes of the taxonomy are called."""

SHOWN_LOSERS = 6
"""So many losers are drawn below a decision, the closest first; the data of the row has them all."""

Rich = dict[str, Any]


def rich(entry: Entry) -> Rich:
    """What to draw below the row of this entry; empty where the line says it all."""
    match entry:
        case events.FinalTranscript():
            return _heard(entry)
        case events.Decision():
            return _considered(entry)
        case events.Reply():
            return _said(entry)
        case events.Timing():
            return {"ms": entry.ms}
        case _:
            return {}


def _heard(entry: events.FinalTranscript) -> Rich:
    best = entry.alternatives[0] if entry.alternatives else Alternative(entry.text)
    plain = [{"text": word, "confidence": best.confidence} for word in entry.text.split()]
    words = [{"text": word.text, "confidence": _sure(word.confidence)} for word in best.words]
    others = [_other(entry.text, rank, other) for rank, other in enumerate(entry.alternatives[1:], 2)]
    return {"note": entry.recognizer, "words": words or plain, "others": others}


def _sure(confidence: float | None) -> float:
    """A confidence for drawing: -1 where the recognizer gave none."""
    return -1.0 if confidence is None else confidence


def _other(best: str, rank: int, other: Alternative) -> Rich:
    """Another reading, with the words that differ from the best one marked."""
    old, new = best.split(), other.text.split()
    blocks = difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_matching_blocks()
    same = {at for block in blocks for at in range(block.b, block.b + block.size)}
    words = [{"text": word, "differs": at not in same} for at, word in enumerate(new)]
    return {"rank": rank, "confidence": other.confidence, "words": words}


def _considered(entry: events.Decision) -> Rich:
    order = " · ".join(f"{field} {_plain(value)}" for field, value in entry.order)
    winner = {"won": True, "rule": entry.rule, "reason": order}
    losers = [{"won": False, "rule": loser.rule, "reason": loser.reason} for loser in entry.losers[:SHOWN_LOSERS]]
    conditions = [
        {"text": condition.text, "holds": condition.value, "names": _names(condition.names)}
        for condition in entry.conditions
    ]
    more = max(0, len(entry.losers) - SHOWN_LOSERS)
    return {"note": entry.template, "rules": [winner, *losers], "more": more, "conditions": conditions}


def _plain(value: Any) -> str:
    return "(" + ", ".join(map(_plain, value)) + ")" if isinstance(value, list | tuple) else str(value)


def _names(names: dict[str, Any]) -> str:
    return ", ".join(f"{name} = {_plain(value)}" for name, value in names.items())


def _said(entry: events.Reply) -> Rich:
    labels = [_label(technique) for technique in entry.techniques]
    return {"note": wording(entry), "pieces": pieces(entry.spans), "shares": shares(entry), "techniques": labels}


def wording(reply: Reply) -> str:
    """Which wording of its rule a reply is, and by what chance."""
    if reply.variant == ACTS_PLAIN:
        return "the plain wording of its act"
    if reply.variant == PLAIN:
        return "the plain wording"
    if len(reply.choice) < 2:
        return f"wording {reply.variant + 1} of {reply.of} · the only one that could be said"
    if reply.draws:
        best = next((one.value for one in reply.draws if one.variant == reply.variant), 0.0)
        return f"wording {reply.variant + 1} of {reply.of} · drew {best:.2f}, the highest lot"
    return f"wording {reply.variant + 1} of {reply.of} · die {reply.die:.2f}"


def _label(technique: str) -> Rich:
    """A technique as its label: `T09 reciprocal self-disclosure · intimacy`, and its definition."""
    known = techniques().get(technique)
    if not known:
        return {"text": technique, "definition": ""}
    classes = " or ".join(CLASSES[letter] for letter in known.classes)
    return {"text": f"{technique} {known.name} · {classes}", "definition": known.definition}


def pieces(spans: tuple[Span, ...]) -> list[Rich]:
    """The words of a reply, each with its origin. A piece is `glued` where no space stands before it."""
    found: list[Rich] = []
    open_end = False
    for span in spans:
        for at, word in enumerate(span.text.split()):
            glued = at == 0 and open_end and not span.text[:1].isspace()
            found.append({"text": word, "origin": span.origin, "source": span.source, "glued": glued})
        if span.text:
            open_end = not span.text[-1:].isspace()
    return found


def shares(reply: Reply) -> list[Rich]:
    """The distance of a reply: the share of its words that each origin has, 0 to 1."""
    found = distance(reply)
    each: dict[str, float] = {
        "mirrored": found.mirrored_share, "remembered": found.remembered_share,
        "computed": found.computed_share, "author": found.author_share,
    }  # fmt: skip
    return [{"origin": origin, "label": ORIGINS[origin], "share": share} for origin, share in each.items() if share]
