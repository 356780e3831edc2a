"""What else there is to say aloud about a turn: what was heard, what fitted, what came next to it, how long it took."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from her_desktop.conversation import Conversation
from her_desktop.events import Interpreted
from her_desktop.language import heard_tokens
from her_desktop.nlg.spoken import spoken_number, spoken_time
from her_desktop.trace.aloud_values import MOST_WORDS, Named, Telling, begin, quote
from her_desktop.trace.alterations import surfaces
from her_desktop.trace.spoken_topics import topic

_LONG_WORDS, _BEGINNING_WORDS = 20, 8
"""More words than these are not read back whole, only how they began."""

_LOST_ON = {
    "tier": "rank", "priority": "priority", "own words": "words", "words left over": "left",
    "words filled in": "filled", "alternative": "sure", "repair cost": "sure",
}  # fmt: skip
"""The field of the order on which the next rule lost, to the name of the value that says so."""

_STAGES = frozenset({"understood", "chose", "worded"})


def details(telling: Telling, conversation: Conversation) -> Iterator[Named]:
    """All that comes behind the first answer.

    Args:
        telling: the turn.
        conversation: the packs that were in force.
    """
    yield "rule", telling.made(_spoken(telling.found.reply.rule))
    yield from _heard(telling)
    yield from _readings(telling)
    entries = (one.entry for one in reversed(telling.turn.entries))
    interpreted = next(one for one in entries if isinstance(one, Interpreted))
    if telling.turn.decision.tier != "fallback":
        yield from _pattern(telling, interpreted)
    yield from _next(telling, interpreted, conversation)
    yield from _took(telling)


def clock_time(at: datetime, language: str) -> str:
    """A time of day, as it is said."""
    return spoken_time(at.strftime("%H:%M"), language)


def _heard(telling: Telling) -> Iterator[Named]:
    heard, first = telling.turn.heard, telling.turn.heard.alternatives[0]
    words, typed = first.text.split(), telling.turn.heard.recognizer == "typed"
    if len(words) > _LONG_WORDS:
        yield "long_heard", telling.his(" ".join(words[:_BEGINNING_WORDS]))
        yield "length", telling.made(str(len(words)))
    elif words:
        yield ("typed_heard" if typed else "heard"), telling.his(first.text.strip(" .!?") or first.text)
    if not typed and heard.alternatives[0].confidence < 1:
        yield "sure", telling.made(str(round(first.confidence * 100)))


def _readings(telling: Telling) -> Iterator[Named]:
    """The reading that a rule fitted, where it was not the first one; else another one that there was."""
    first, *others = telling.turn.heard.alternatives
    read = telling.turn.heard.alternatives[telling.turn.decisions[0].alternative]
    if read.text.casefold() != first.text.casefold():
        yield "read_heard", telling.his(begin(read.text.split()))
    elif other := next((one.text for one in others if one.text.casefold() != first.text.casefold()), ""):
        yield "other_heard", telling.his(begin(other.split()))


def _pattern(telling: Telling, interpreted: Interpreted) -> Iterator[Named]:
    """His words that the rule looked for, those that filled its gaps, and those that it left."""
    decision, decisions = telling.turn.decision, telling.turn.decisions
    if len(decisions) > 1:  # the command was said a turn before
        return
    text = telling.turn.heard.alternatives[decision.alternative].text
    words, tokens = surfaces(text, telling.spoken), heard_tokens(text, telling.spoken)
    won = next(one for one in interpreted.candidates if one.rule == decision.rule and one.matched)
    gaps = sorted({at for caught in decision.slot_words.values() for at in caught})
    used = sorted({tokens[at].index for at in won.tokens} - {*gaps})
    left = [at for at in range(len(words)) if at not in used and at not in gaps]
    for name, which in (("fitted_heard", used), ("gap_heard", gaps), ("unused_heard", left)):
        if which and len(which) <= MOST_WORDS:
            yield name, telling.his(quote(which, words))


def _next(telling: Telling, interpreted: Interpreted, conversation: Conversation) -> Iterator[Named]:
    """The next rule whose own words fitted, and why it did not speak."""
    rules = conversation.book.rules
    worded = {one.rule for one in interpreted.candidates if one.literals}
    for loser in telling.found.losers:
        name = _lost(loser.reason)
        if name and loser.rule in worded and rules[loser.rule].tier != "fallback":
            yield f"next_{name}", telling.made(_spoken(loser.rule))
            yield f"next_{name}_about", telling.made(topic(loser.rule.partition(".")[0], telling.language))
            return
    if telling.turn.decision.tier != "fallback" and telling.found.tried > 1:
        yield "next_alone", telling.made(str(telling.found.tried))


def _lost(reason: str) -> str:
    """Why a rule that fitted did not speak, as the name of a value; empty where it did not fit."""
    if found := re.match(r"outranked by \S+ on ([a-z ]+): ", reason):
        return _LOST_ON.get(found.group(1), "")
    if not reason.startswith("condition is false: "):
        return ""
    return "rested" if re.match(r"condition is false: (once|cooldown of) ", reason) else "barred"


def _took(telling: Telling) -> Iterator[Named]:
    found = telling.found
    yield "tried", telling.made(str(found.tried))
    yield "of", telling.made(str(found.of))
    if telling.hung_on("time"):
        yield "time", telling.made(clock_time(telling.turn.at, telling.language))
    if stages := [one.ms for one in found.timings if one.stage in _STAGES]:
        yield "ms", telling.made(spoken_number(f"{sum(stages):.1f}", telling.language))


def _spoken(rule: str) -> str:
    """The name of a rule, as it can be said: `greeting.my_name_is` is “greeting, my name is”."""
    return rule.replace(".", ", ").replace("/", ", ").replace("_", " ")
