"""What came of a change, as the page draws it: both replies word by word, and what is otherwise between them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

from her_desktop.dialogue.techniques import techniques
from her_desktop.events import Reply
from her_desktop.trace import distance
from her_desktop.trace.alterations import (
    AllOn,
    Alteration,
    Bare,
    ConditionIs,
    FactGone,
    OtherAlternative,
    OtherDie,
    OtherWords,
    RuleOff,
    TechniqueOff,
    TechniqueOn,
    WordsLeftOut,
)
from her_desktop.trace.what_if import WhatIf
from her_desktop.ui.pages.page import Told
from her_desktop.ui.rich import pieces, shares

_SHOWS: dict[type[Alteration], str] = {
    OtherWords: "To her these words and yours come to the same.",
    WordsLeftOut: "Her reply did not hang on that: she would have answered without it.",
    OtherAlternative: "Whichever reading she takes, she says this.",
    FactGone: "She did not lean on this fact here.",
    TechniqueOff: "No word of this reply hung on it.",
    TechniqueOn: "That it was switched off took nothing from this reply.",
    AllOn: "That they were switched off took nothing from this reply.",
    Bare: "There was no charm in it that can be switched off: this is the bare program already.",
    RuleOff: "Another rule says the very same words.",
    OtherDie: "The die decided nothing here.",
    ConditionIs: "Her reply did not hang on this condition.",
}


def outcome(found: WhatIf) -> Told:
    """What came of a change.

    Returns:
        `change` in words; `was` and `now`, each a reply as `side` draws it; `differs`; `shows`, what it shows where
        nothing is otherwise; `rule`, `techniques` and `words`, what is otherwise in each; the `paragraph`.
    """
    now = found.now
    return {
        "change": found.change.told, "differs": found.differs, "trouble": found.trouble,
        "was": side(found.was, now), "now": side(now, found.was) if now else {},
        "text": now.text if now else "",
        "shows": "" if found.differs else _SHOWS.get(type(found.change), "Her reply did not hang on that."),
        "rule": _rule(found), "techniques": _techniques(found.was, now) if now else "",
        "paragraph": found.paragraph,
    }  # fmt: skip


def side(reply: Reply, other: Reply | None) -> Told:
    """One reply of two: its words, each with `other` where the other reply has not got it; rule and distance."""
    drawn = pieces(reply.spans)
    ours, theirs = _words(drawn), _words(pieces(other.spans)) if other else []
    apart = _apart(ours, theirs) if other else frozenset[int]()
    at = -1
    for piece in drawn:
        at += not piece["glued"] or at < 0
        piece["other"] = at in apart
    different = [ours[word] for word in sorted(apart)]
    count = f"{len(different)} of {len(ours)} words differ: {' '.join(different)}" if different else ""
    return {
        "text": reply.text, "pieces": drawn, "rule": reply.rule, "shares": shares(reply),
        "distance": distance.told(distance.distance(reply)), "differences": count,
    }  # fmt: skip


def _words(drawn: Iterable[Told]) -> list[str]:
    words: list[str] = []
    for piece in drawn:
        if piece["glued"] and words:
            words[-1] += piece["text"]
        else:
            words.append(piece["text"])
    return words


def _apart(ours: list[str], theirs: list[str]) -> frozenset[int]:
    """Which of our words the other side has not got there."""
    same = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    shared = {at for block in same for at in range(block.a, block.a + block.size)}
    return frozenset(range(len(ours))) - shared


def _rule(found: WhatIf) -> str:
    if not found.now:
        return ""
    if found.now.rule == found.was.rule:
        wording = "the same wording" if found.now.variant == found.was.variant else "another wording"
        return f"the same rule, {wording}"
    return f"another rule: {found.now.rule} instead of {found.was.rule}"


def _techniques(was: Reply, now: Reply) -> str:
    gone = [name for name in was.techniques if name not in now.techniques]
    come = [name for name in now.techniques if name not in was.techniques]
    parts = ([f"gone: {_named(gone)}"] if gone else []) + ([f"new: {_named(come)}"] if come else [])
    if not parts:
        return f"the same: {_named(now.techniques)}" if now.techniques else "none in either"
    kept = [name for name in now.techniques if name in was.techniques]
    return "; ".join(parts) + (f"; still there: {_named(kept)}" if kept else "")


def _named(names: Iterable[str]) -> str:
    known = techniques()
    return ", ".join(f"{name} {known[name].name}" if name in known else name for name in names)
