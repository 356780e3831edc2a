"""What was at work in a reply: its techniques, its distance from contact, and how soon it sounded. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from her_desktop import events as ev
from her_desktop.dialogue.techniques import switchable, techniques
from her_desktop.events import Entry, Origin, Reply, Seen
from her_desktop.trace.distance import distance as measured
from her_desktop.trace.distance import told, told_dice
from her_desktop.ui.pages.now_heard import Told, first, last, utterance
from her_desktop.ui.rich import CLASSES, ORIGINS

PEOPLE_MS = 200
"""The gap that people leave between two turns."""


def charms(entries: Sequence[Entry]) -> Told:
    """The part TECHNIQUES: each with its definition, where it is described, and what in the words set it off."""
    reply = last(entries, Reply)
    if not reply:
        return {}
    names = dict.fromkeys([*reply.techniques, *(one.technique for one in reply.seen)])
    return {"note": _note(reply, len(names)), "labels": [_label(name, reply) for name in names]}


def _note(reply: Reply, count: int) -> str:
    if reply.exhibit and count:
        return "only shown, in quotation marks, to somebody who asked"
    return f"{count} in it" if count else "none in it"


def _label(name: str, reply: Reply) -> Told:
    known = techniques().get(name)
    seen = [one for one in reply.seen if one.technique == name]
    return {
        "id": name,
        "name": known.name if known else name,
        "classes": " or ".join(CLASSES[letter] for letter in known.classes) if known else "not in the taxonomy",
        "definition": known.definition if known else "",
        "source": known.source if known else "",
        "seen": _seen(seen),
        "switchable": name in switchable(),
    }


def _seen(seen: Sequence[Seen]) -> str:
    """By what it was seen: “I”, “me” (i)."""
    by_cue: dict[str, list[str]] = {}
    for one in seen:
        by_cue.setdefault(one.cue, []).append(f"“{one.words}”" if one.words else "the whole of it")
    return "; ".join(f"{', '.join(dict.fromkeys(words))} ({cue})" for cue, words in by_cue.items())


def distance(entries: Sequence[Entry]) -> Told:
    """The part DISTANCE: how many words of the reply are from where, in one bar and one sentence."""
    reply = last(entries, Reply)
    if not reply:
        return {}
    found = measured(reply, last(entries, ev.Volunteered))
    counts: dict[Origin, int] = {
        "mirrored": found.mirrored, "remembered": found.remembered, "computed": found.computed, "author": found.author,
    }  # fmt: skip
    shares = [
        {"origin": origin, "label": ORIGINS[origin], "words": words, "share": words / found.words}
        for origin, words in counts.items() if words
    ]  # fmt: skip
    return {"note": told_dice(found), "shares": shares, "told": told(found), "words": found.words}


def sound(entries: Sequence[Entry]) -> Told:
    """The last line: from his last word to her first sound; nothing before she sounded."""
    stage = next((e for e in entries if isinstance(e, ev.Timing) and e.stage == "first_sound"), None)
    if not stage:
        return {}
    ended = first(utterance(entries), ev.SpeechEnded)
    whole_ms = stage.ms + (ended.waited_ms if ended else 0)
    since = "your last word" if ended else "your line"
    people = f"people leave about {PEOPLE_MS / 1000:.1f} s"
    return {"text": f"{whole_ms / 1000:.2f} s from {since} to her first sound; {people}", "ms": whole_ms}
