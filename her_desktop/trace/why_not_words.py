"""Why a rule did not answer, in plain words."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from her_desktop.dialogue.initiative import prompts
from her_desktop.dialogue.policy import Standing
from her_desktop.dialogue.rules import Rule
from her_desktop.events import Condition
from her_desktop.trace.changes import Moment
from her_desktop.trace.reasons import Missed, Outranked, WhyNot
from her_desktop.trace.wants import would_have_to

_SHOWN_WORDS = 6


def told(found: WhyNot, rule: Rule, moment: Moment, mine: Standing | None) -> WhyNot:
    """The finding, with its paragraph."""
    return msgspec.structs.replace(found, paragraph=" ".join(_sentences(found, rule, moment, mine)))


def is_cooldown(condition: Condition) -> bool:
    """Whether a condition is the cool-down of its rule."""
    return condition.text.startswith("cooldown of ")


def _sentences(found: WhyNot, rule: Rule, moment: Moment, mine: Standing | None) -> Iterator[str]:
    answered = f"{found.winner} did" if found.winner else "no rule did"
    won = found.cause == "won"
    yield f"{rule.id} did answer “{found.heard}”." if won else f"{rule.id} did not answer “{found.heard}”; {answered}."
    match found.cause:
        case "won":
            yield _won(found.outranked)
        case "unprompted":
            yield from _unprompted(rule, moment)
        case "question":
            open_now = f"{moment.asked} waits for its answer now" if moment.asked else "no question of hers is open"
            yield f"It is heard only as an answer to {rule.parent}, and {open_now}."
        case "topic":
            topic = moment.heard_state.topic
            spoken_of = f"the topic is {topic}" if topic else "no topic is active yet"
            yield f"It is heard only while the topic is {rule.topic_wanted}, and {spoken_of}."
        case "words" if found.missed:
            yield _missing(found.missed, moment)
        case "unclear" if mine:
            yield f"Its words fit with a repair only, and that was not made: {mine.unclear}."
        case "condition" | "once" | "cooldown" if mine:
            yield f"Its words fit. {_false(mine, moment)}"
        case "outranked" if found.outranked:
            yield f"Its words fit, and it may speak. {_before(found.outranked)}"
    yield from _help(found, rule, moment)


def _won(before: Outranked | None) -> str:
    if not before:
        return "No other rule could have."
    return f"It came before {before.by} on {before.field}: {before.ours} before {before.theirs}."


def _unprompted(rule: Rule, moment: Moment) -> Iterator[str]:
    yield {
        "gambit": "It has no words to wait for: she brings it up herself, after a reply that leaves room.",
        "follow_up": f"It is a follow-up: she brings it up herself, {rule.after} after the reply that it belongs to.",
        "confirm": "She says it only to ask whether she heard a command right.",
    }[rule.prompt]
    prompted = prompts(moment.conversation.book, moment.heard_state, moment.now)
    if barred := next((one.barred for one in prompted if one.rule.id == rule.id and one.barred), ""):
        yield f"Now she would not: {barred}."


def _missing(missed: Missed, moment: Moment) -> str:
    on = f" on “{missed.heard}”" if len(moment.heard.alternatives) > 1 else ""
    words = f"{missed.literals} of its words fit" if missed.literals else "none of its words fit"
    at = f"at “{missed.failed_at}”" if missed.failed_at else "at the end"
    return f"Its template “{missed.template}” came nearest{on}: {words}, and {at} it wants {_wanted(missed.wanted)}."


def _wanted(wanted: tuple[str, ...]) -> str:
    """Words in quotes; what stands for many words has a space in it, which no word has."""
    shown = [word if " " in word else f"“{word}”" for word in wanted[:_SHOWN_WORDS]]
    more = len(wanted) - _SHOWN_WORDS
    return " or ".join(shown) + (f" or one of {more} more" if more > 0 else "")


def _false(mine: Standing, moment: Moment) -> str:
    false = next(condition for condition in mine.conditions if not condition.value)
    if false.text == "once":
        return f"But it speaks only once, and it did in turn {false.names['last turn']}."
    if is_cooldown(false):
        return f"But it has a {false.text}, and it spoke {false.names['turns since']} turns ago."
    wish = would_have_to(false, moment.heard_state, moment.now, _caught(mine))
    return f"But its condition “{false.text}” is false: {wish}."


def _caught(mine: Standing) -> dict[str, str | float]:
    """What its slots caught, as conditions see it."""
    caught: dict[str, str | float] = {**mine.candidate.slots, **mine.candidate.values}
    numbers = (name for name, kind in mine.rule.slot_types.items() if kind == "number" and name in caught)
    return caught | {name: float(caught[name]) for name in numbers}


def _before(outranked: Outranked) -> str:
    there, here = outranked.theirs, outranked.ours
    return f"But {outranked.by} comes before it on {outranked.field}: {there} there, {here} here."


def _help(found: WhyNot, rule: Rule, moment: Moment) -> Iterator[str]:
    if found.cause in ("won", "unprompted"):
        return
    book = moment.conversation.book
    first = book.rules[found.winner].tier if found.winner else ""
    if first == "safety" != rule.tier:
        yield "Nothing outranks safety."
    elif first == "answer" and rule.tier not in ("answer", "safety"):
        yield "Only safety comes before an answer to her open question."
    if found.changes:
        yield " Or: ".join(change.line for change in found.changes)
    else:
        yield "No change of a few words, conditions or numbers was found that would let it answer."
