"""Conversations made up for tests of forgetting: every kind of entry that can hold his words, in a form that fits."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from her_desktop import events as e

NOW = datetime(2026, 11, 22, 23, 10, tzinfo=UTC)


def heard(text: str) -> tuple[e.Entry, ...]:
    """What he said, as it went through hearing and understanding."""
    words = text.split()
    norms = tuple(word.lower() for word in words)
    spots = tuple(range(len(words)))
    slots, places = {"words": text}, {"words": spots}
    candidate = e.Candidate(
        rule="fallback.heard", template="^{words} $", matched=True, alternative=0, tokens=spots, slots=slots,
        slot_words=places, repairs=(e.Repair(kind="edit", at=0, heard=words[0], word="author"),),
    )  # fmt: skip
    missed = e.Candidate(
        rule="tea.offer", template="tea", matched=False, alternative=0, failed_at=words[-1], wanted=("tea",)
    )
    return (
        e.PartialTranscript(text=" ".join(words[:2])),
        e.SpeechDiscarded(why="too short", text=words[0]),
        e.FinalTranscript(
            text=text, recognizer="vosk:en",
            alternatives=(
                e.Alternative(text, 0.9, tuple(e.Word(word, 10, 20, 0.5) for word in words)),
                e.Alternative(text.lower(), 0.1),
            ),
        ),
        e.Interpreted(tokens=(norms, norms), tried=2, of=9, candidates=(candidate, missed)),
        e.Decision(
            rule="fallback.heard", tier="fallback", order=(("tier", "fallback"),), template="^{words} $",
            losers=(
                e.Loser("tea.offer", f"fails at “{words[-1]}”: wants tea"),
                e.Loser("tea.more", f"condition is false: words == 'x' and turns > 9 (words = {text}, turns = 1)"),
                e.Loser("tea.less", "outranked by fallback.heard on tier: global after fallback"),
            ),
            conditions=(e.Condition("words != 'x'", True, {"words": text, "turns": 1}),),
            slots=slots, slot_words=places, unused=tuple(words[:1]),
        ),
        e.CommandHeld(rule="a.b", asking="a.c", text=text),
    )  # fmt: skip


def spoken(*spans: e.Span) -> tuple[e.Entry, ...]:
    """What she said, as it was written down and spoken."""
    text = "".join(span.text for span in spans)
    words = text.split()
    seen = tuple(e.Seen("T05", word, text.index(word), "mirrored") for word in dict.fromkeys(words))
    reply = e.Reply(
        text=text, act="inform", tone="warm", techniques=(), spans=spans, rule="a.b", variant=0, of=1, choice=(0,),
        die=0.5, seen=seen,
    )  # fmt: skip
    hushed = e.Suppressed(rule="a.b", techniques=("T05",), text=text, spans=spans, tone="warm")
    return (hushed, reply, *(e.WordSpoken(index=at, text=word, at_ms=9) for at, word in enumerate(words)))


def learned(name: str, told: str, turn: int, words: str, replaces: str = "") -> e.FactLearned:
    """A fact about him."""
    return e.FactLearned(
        fact=f"user.{name}@{turn}", subject="user", predicate=name, object=told, source_turn=turn, words=words,
        told_at=NOW, replaces=replaces,
    )  # fmt: skip


def used(name: str, told: str, turn: int) -> e.FactUsed:
    """A fact that went into a reply."""
    return e.FactUsed(fact=f"user.{name}@{turn}", subject="user", predicate=name, object=told, source_turn=turn)


def teaching(name: str, told: str, turn: int, lead: str = "listen it is") -> tuple[e.Entry, ...]:
    """A turn in which he tells something, and she says it back."""
    text = f"{lead} {told}"
    first = len(lead.split())
    places = ",".join(str(first + at) for at in range(len(told.split())))
    values = {} if not told.isdigit() else {"value": told}
    decision = e.Decision(
        rule="me.told", tier="global", order=(), template="listen it is {value}", losers=(), slots={"value": told},
        slot_words={"value": tuple(range(first, len(text.split())))}, values=values,
    )  # fmt: skip
    return (
        *heard(text), decision, learned(name, told, turn, text),
        *spoken(e.Span("I hear: ", "author", "me.told#0"), e.Span(told, "mirrored", f"heard:{places}|repaired"),
                e.Span(".", "author", "me.told#0")),
    )  # fmt: skip


def using(name: str, told: str, turn: int) -> tuple[e.Entry, ...]:
    """A turn in which she uses what he told."""
    return (
        *heard("what do you know"), used(name, told, turn),
        *spoken(e.Span("You said ", "author", "me.known#0"), e.Span(told, "remembered", f"user.{name}@{turn}"),
                e.Span(" and ", "computed", f"filter:and({told}; me)"),
                e.Span("forty", "computed", f"filter:spoken({told} from user.{name}@{turn})")),
    )  # fmt: skip


def recalling(said: str, turn: int) -> tuple[e.Entry, ...]:
    """A turn in which she is asked for what was said in another."""
    span = e.Span(said, "computed", f"skill:recall.said(turn {turn} {said})")
    return (
        *heard("say it again"), e.SkillCalled(skill="recall.said", input=f"turn {turn}", output=said, turns=(turn,)),
        *spoken(e.Span("It was ", "author", "c.d#0"), span),
    )  # fmt: skip


def asking_for(name: str, told: str) -> tuple[e.Entry, ...]:
    """A turn in which a condition asks for a fact that is not said."""
    known = f"fact('user.{name}')"
    condition = e.Condition(f"knows('user.{name}') and {known} != 'x'", True, {known: told, "turns": 3})
    reason = f"condition is false: {known} == 'x' ({known} = {told}, recently('a.b', turns=5) = False)"
    decision = e.Decision(
        rule="a.b", tier="global", order=(), template="*", losers=(e.Loser("a.c", reason),), conditions=(condition,)
    )
    return (*heard("go on please"), decision, *spoken(e.Span("I go on.", "author", "a.b#0")))


def strings(value: object) -> list[str]:
    """Every text in a value."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for one in value.values() for text in strings(one)]
    if isinstance(value, (list, tuple)):
        return [text for one in value for text in strings(one)]
    return strings(msgspec.to_builtins(value)) if isinstance(value, msgspec.Struct) else []
