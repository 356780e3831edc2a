"""Her reply, word by word, each with where it comes from and what leads there. Pure: entries in, what QML draws out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from her_desktop import events as ev
from her_desktop.events import Alternative, Decision, FinalTranscript, Recorded, Reply, Span
from her_desktop.trace.count import FORGOTTEN
from her_desktop.trace.word_sources import CALLED, HEARD, how
from her_desktop.ui.pages.now_changed import technique
from her_desktop.ui.pages.now_heard import MOST_WORDS, Told, first, last, more_words
from her_desktop.ui.pages.now_words import parts, taken
from her_desktop.ui.rich import pieces, wording

Taught = Mapping[str, str]
"""Fact to the words that taught it, where they stand in the record of another turn."""


def said(recorded: Sequence[Recorded], taught: Taught | None = None) -> Told:
    """The part SAID: each word with its origin, which wording it was and by what dice; and what was not said.

    Args:
        recorded: the turn.
        taught: of facts that were told in other turns.
    """
    entries = [one.entry for one in recorded]
    reply = last(entries, Reply)
    if not reply:
        return {}
    where = Whence(recorded, reply, taught or {})
    return {
        "note": wording(reply),
        "text": reply.text,
        "act": f"{reply.act} · {reply.tone}" + (" · ends the conversation" if reply.ends else ""),
        "pieces": _pieces(reply.spans, where),
        "more": more_words(len(reply.text.split())),
        "draws": [_draw(one, reply) for one in reply.draws],
        "suppressed": [_suppressed(one, where) for one in entries if isinstance(one, ev.Suppressed)],
        "cut": _cut(last(entries, ev.PlaybackInterrupted)),
    }


def _cut(cut: ev.PlaybackInterrupted | None) -> str:
    cause = cut.cause.removeprefix("he ") if cut else ""
    you = f"you {cause}" if cut and cut.cause.startswith("he ") else cause
    return f"cut off after {cut.at_ms / 1000:.1f} s, for {you}" if cut else ""


def _draw(one: ev.Draw, reply: Reply) -> Told:
    times = f"{one.liked} of {one.liked + one.not_liked} times well received"
    won = one.variant == reply.variant
    return {"variant": one.variant + 1, "value": f"{one.value:.2f}", "told": times, "said": won}


def _suppressed(one: ev.Suppressed, where: Whence) -> Told:
    off = " and ".join(map(technique, one.techniques))
    head = f"Not said, since {off} {'are' if len(one.techniques) > 1 else 'is'} switched off:"
    return {"head": head, "text": one.text, "rule": one.rule, "pieces": _pieces(one.spans, where)}


def _pieces(spans: tuple[Span, ...], where: Whence) -> list[Told]:
    origin = {span.source: where.told(span) for span in spans}
    found: list[Told] = []
    word = -1
    for piece in pieces(spans):
        word += not (piece["glued"] and found)
        if word == MOST_WORDS:
            break
        found.append({**piece, "word": word, **origin[piece["source"]]})
    return found


class Whence:
    """Tells of each source that a span names what it is, where it stands on the page, and where it leads."""

    def __init__(self, recorded: Sequence[Recorded], reply: Reply, taught: Taught) -> None:
        entries = [one.entry for one in recorded]
        heard, decision = first(entries, FinalTranscript), first(entries, Decision)
        self._reply, self._taught = reply, taught
        self._words = _words(heard, decision)
        self._skills = {
            (e.skill, e.input): one.seq for one in recorded if isinstance(e := one.entry, ev.SkillCalled)
        }  # fmt: skip
        self._facts: dict[str, list[Recorded]] = {}
        for one in recorded:
            if isinstance(one.entry, ev.FactUsed | ev.FactLearned):
                self._facts.setdefault(one.entry.fact, []).append(one)
        self._resumed = [one.seq for one in recorded if isinstance(one.entry, ev.CommandResumed)]
        self._of = {reply.rule: reply.of} | {e.rule: e.of for e in entries if isinstance(e, ev.Volunteered)}

    def told(self, span: Span) -> Told:
        """`says`, a sentence; `jump`, where it leads; `heard` and `changed`, its source on the same page."""
        found = {
            "author": self._author, "mirrored": self._mirrored, "remembered": self._remembered,
            "computed": self._computed,
        }[span.origin](span.source)  # fmt: skip
        return {"heard": [], "changed": [], "jump": ["", ""], **found}

    def _author(self, source: str) -> Told:
        rule, _, variant = source.partition("|")[0].rpartition("#")
        if not rule:
            return {"says": f"Written beforehand: {source}."}
        return {"says": f"Written beforehand, {self._variant(rule, variant)}.", "jump": ["rules", rule]}

    def _variant(self, rule: str, variant: str) -> str:
        of, pack = self._of.get(rule, 0), f"in the pack “{rule.partition('.')[0]}”"
        if variant.startswith("plain."):
            return f"the plain wording for “{variant.removeprefix('plain.')}”, used by the rule {rule}"
        which = f"wording {int(variant) + 1}" + f" of {of}" * bool(of) if variant.isdigit() else "the plain wording"
        return f"{pack}: {which} of the rule {rule}"

    def _mirrored(self, source: str) -> Told:
        found = HEARD.fullmatch(source)
        if not found:
            return {"says": f"Your own words, handed back: {source}.", "jump": ["here", ""]}
        changed = how(found["how"])
        if found["turn"]:
            return {"says": f"Your own words of turn {found['turn']}{changed}.", "jump": ["turn", found["turn"]]}
        if found["from"] == "held":
            says = f"Your own words of the turn before, from the command that was held{changed}."
            return {"says": says, "changed": self._resumed, "jump": ["here", ""]}
        indices = [int(at) for at in (found["words"] or "").split(",") if at] or list(range(len(self._words)))
        words = " ".join(self._words[at] for at in indices if at < len(self._words))
        repaired = ", as they were repaired" if not found["words"] else ""
        says = f"Your own word{'s' * (len(indices) > 1)}, handed back: “{words}”{repaired}{changed}."
        return {"says": says, "heard": indices, "jump": ["here", ""]}

    def _remembered(self, source: str) -> Told:
        fact = source.partition("|")[0]
        there = self._facts.get(fact, [])
        if not there:
            return {"says": f"Remembered: {fact}.", "jump": ["memory", fact.partition("@")[0]]}
        entry: Any = there[0].entry
        name = f"{entry.subject}.{entry.predicate}"
        turn: int = entry.source_turn
        words = entry.words if isinstance(entry, ev.FactLearned) else self._taught.get(fact, "")
        told = f"you said “{words}” in turn {turn}" if words else f"you told her in turn {turn}"
        told = told if turn else "you wrote it by hand, or imported it"
        found = {"says": f"Remembered, {name}: {told}.", "changed": [one.seq for one in there]}
        return {**found, "jump": ["memory", name]}

    def _computed(self, source: str) -> Told:
        found = CALLED.fullmatch(source)
        if not found:
            return {"says": f"Worked out: {source}."}
        given = found["input"] or "nothing"
        if found["kind"] == "filter":
            says = f"Put in by the wording’s “{found['name']}”, which looked at “{given}”."
            return {"says": says, "jump": ["rules", self._reply.rule]}
        seq = self._skills.get((found["name"], found["input"]))
        jump = ["record", str(seq)] if seq else ["", ""]
        changed = [seq] if seq else []
        return {"says": f"Worked out by the skill {found['name']} from “{given}”.", "changed": changed, "jump": jump}


def _words(heard: FinalTranscript | None, decision: Decision | None) -> list[str]:
    """The words of the reading that the winner fits, as sources count them."""
    if not heard:
        return []
    readings = heard.alternatives or (Alternative(heard.text),)
    return [surface for part in parts(readings[taken(heard, decision)]) for surface in part.surfaces]


def wanted(recorded: Sequence[Recorded]) -> dict[str, int]:
    """The facts of a turn whose words stand in another turn, each with that turn's number."""
    used = (one.entry for one in recorded if isinstance(one.entry, ev.FactUsed))
    return {one.fact: one.source_turn for one in used if one.source_turn and FORGOTTEN not in one.object}
