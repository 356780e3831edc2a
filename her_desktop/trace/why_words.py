"""Why she said something, in plain words: a paragraph that stands without the typed value beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from her_desktop.dialogue.rules import ACTS_PLAIN, PLAIN
from her_desktop.dialogue.techniques import techniques
from her_desktop.events import Repair
from her_desktop.trace.turns import SavedTurn

if TYPE_CHECKING:
    from her_desktop.trace.explain import Why

_ORIGINS = {
    "author": "written beforehand", "mirrored": "your own", "remembered": "remembered", "computed": "worked out",
}  # fmt: skip
_STAGES = ("understood", "chose", "worded")
_BEFORE = {
    "topic": "the topic at hand", "wordings": "which wordings she had used before",
    "received": "how her wordings were received", "words": "what was said just before",
    "promises": "what she had planned to bring up", "spoken": "which rules had spoken before",
    "touched": "the fact that had come up before", "sayings": "what he had said before",
}  # fmt: skip


def told(found: Why, turn: SavedTurn) -> str:
    """The paragraph."""
    return " ".join(_sentences(found, turn))


def repair(one: Repair) -> str:
    """What was overlooked, in plain words."""
    match one.kind:
        case "dropped":
            return f"“{one.heard}” was left out"
        case "supplied":
            return f"“{one.word}” was put in"
    return f"“{one.heard}” was taken for “{one.word}”"


def _sentences(found: Why, turn: SavedTurn) -> Iterator[str]:
    yield f"In turn {found.turn} she said “{found.reply.text}”."
    yield from _heard(found, turn)
    yield from _order(found)
    yield from _wording(found, turn)
    yield _words(found)
    yield from _techniques(found)
    yield from _hung_on(found)
    if stages := [one.ms for one in found.timings if one.stage in _STAGES]:
        yield f"It was made in {sum(stages):.1f} ms."


def _heard(found: Why, turn: SavedTurn) -> Iterator[str]:
    pattern, rule = found.pattern, turn.decision.rule
    others = len(turn.heard.alternatives) - 1
    best = f", the best of {others + 1} readings" if others and not pattern.alternative else ""
    best = f", reading {pattern.alternative + 1} of {others + 1}" if pattern.alternative else best
    if len(turn.decisions) > 1:
        yield f"You said “{turn.heard.text}” to her question, so the command that was held was heard again."
    yield f"What reached her was “{pattern.heard}”{best}."
    asked = found.reply.rule if turn.decision.held else ""
    yield f"That fits “{pattern.template}” of the rule {rule}{_caught(pattern.slots)}."
    if pattern.repairs:
        yield f"To fit, {' and '.join(pattern.repairs)}."
    if asked:
        yield f"It would do something, on words that were repaired; so {asked} asks first."
    if pattern.unused:
        yield f"It made no use of {_listed([f'“{word}”' for word in pattern.unused])}."


def _caught(slots: dict[str, str]) -> str:
    caught = [f"“{words}” as {name}" for name, words in slots.items() if words]
    return f" and catches {_listed(caught)}" if caught else ""


def _order(found: Why) -> Iterator[str]:
    if found.conditions:
        held = _listed([f"“{one.text}”" for one in found.conditions])
        yield f"Its condition{'s' * (len(found.conditions) > 1)} {held} held."
    outranked = [one for one in found.losers if one.reason.startswith("outranked")]
    rest = len(found.losers) - len(outranked)
    yield f"{found.tried} of {found.of} rules were tried on these words."
    if outranked:
        yield f"Of those that fitted as well, {outranked[0].rule} came next: {outranked[0].reason}."
    if rest:
        yield f"{rest} other{'s' * (rest > 1)} did not fit or were kept back."


def _wording(found: Why, turn: SavedTurn) -> Iterator[str]:
    reply = found.reply
    if reply.variant == ACTS_PLAIN:
        yield "The plain wording of its act was said, since techniques that all its own use are switched off."
    elif reply.variant == PLAIN:
        yield f"Its plain wording was said, with {len(turn.before.off)} techniques switched off."
    elif reply.of > 1:
        chosen = f"its wording {reply.variant + 1} of {reply.of}"
        if reply.draws:
            best = next(one for one in reply.draws if one.variant == reply.variant)
            liked = f"{best.liked} time{'s' * (best.liked != 1)}"
            yield f"Of its wordings, {chosen} drew the highest lot ({best.value:.2f}); it was well received {liked}."
        elif len(reply.choice) > 1:
            yield f"The dice ({reply.die:.2f}) chose {chosen}, among {len(reply.choice)} that could be said."
        else:
            yield f"She said {chosen}, the only one that could be said now."
    if found.volunteered:
        cause = "she had planned it" if found.volunteered.cause == "follow_up" else "the talk left room for it"
        yield f"Then she brought up {found.volunteered.rule} by herself, because {cause}."


def _words(found: Why) -> str:
    counts = Counter(word.origin for word in found.words).most_common()
    from_memory = dict.fromkeys(word.told for word in found.words if word.origin == "remembered")
    memory = "".join(f" ({one})" for one in from_memory)
    if len(counts) == 1:
        count = "all its words were" if len(found.words) > 1 else "its one word was"
        return f"{count.capitalize()} {_ORIGINS[counts[0][0]]}{memory}."
    parts = [f"{number} {'was' if number == 1 else 'were'} {_ORIGINS[origin]}" for origin, number in counts]
    return f"Of its {len(found.words)} words {_listed(parts)}{memory}."


def _techniques(found: Why) -> Iterator[str]:
    known = techniques()
    named = [f"{known[name].name} ({name})" if name in known else name for name in found.techniques]
    yield f"Techniques in it: {_listed(named)}." if named else "No technique of intimacy is in it."


def _hung_on(found: Why) -> Iterator[str]:
    """What the reply hung on: every kind of cause, and each by name."""
    parts = []
    if words := [f"“{one.what}”" for one in found.causes if one.kind == "word"]:
        parts.append(f"your word{'s' * (len(words) > 1)} {_listed(words)}")
    parts += [f"the condition {one.what}" for one in found.causes if one.kind == "condition"]
    parts += [f"the fact {one.what}" for one in found.causes if one.kind == "fact"]
    parts += [f"her open question ({one.what})" for one in found.causes if one.kind == "question"]
    parts += [one.what for one in found.causes if one.kind == "dice"]
    parts += [f"the setting “{one.what}”" for one in found.causes if one.kind == "setting"]
    parts += [one.what for one in found.causes if one.kind == "time"]
    parts += [_BEFORE[one.what] for one in found.causes if one.kind == "before"]
    if parts:
        yield f"Take away one of these, and she would have said something else: {_listed(parts)}."
    back = dict.fromkeys(one.what.rpartition(" of ")[2] for one in found.causes if one.kind == "held_back")
    if back:
        yield f"Kept back by a single condition, and else she would have spoken otherwise: {_listed(list(back))}."


def _listed(parts: list[str]) -> str:
    """Parts as a sentence lists them."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)
