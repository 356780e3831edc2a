"""What she can tell aloud about an earlier turn: read from its record, and tried again on the real code.

Emits values for the wordings of the packs; the sentences are rules (`trace.yaml`), in each language its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from her_desktop.dialogue.techniques import techniques
from her_desktop.events import Origin
from her_desktop.memory.journal import Journal
from her_desktop.nlg.wording import Value
from her_desktop.skills.ask import Answer
from her_desktop.trace.causes import Kind
from her_desktop.trace.explain import Why, why
from her_desktop.trace.packs_then import PacksThen
from her_desktop.trace.past import saved_turn
from her_desktop.trace.turns import SavedTurn
from her_desktop.trouble import Trouble

LOOKS_BACK_TURNS = 50
"""So far back she looks for the turn that is meant."""

_KINDS: tuple[Kind, ...] = ("word", "condition", "fact", "question", "dice", "setting", "time", "before")
_MANY_WORDS = 6
"""Where so many of his words were each needed, the whole sentence is what she names."""


class Aloud:
    """The record, as far as she is asked about it (a `Record` of `skills/ask.py`)."""

    def __init__(self, journal: Journal, packs: PacksThen) -> None:
        self._journal, self._packs = journal, packs
        self._told: dict[int, Why] = {}

    def tells(self, question: str, turn: int, about: str, language: str) -> Answer:
        """What the record says about a turn before this one."""
        meant = self._meant(turn, about, language)
        asked = f"{question} of turn {meant.number}" if meant else f"{question}, and no turn is there"
        if not meant:
            return Answer(asked, {})
        source = f"skill:explain.{question}({asked})"
        found = self._why(meant)
        values = {name: Value(text, origin, source) for name, text, origin in _values(found, meant)}
        return Answer(asked, values | _lists(found, meant, source, language), turns=(meant.number,))

    def _why(self, turn: SavedTurn) -> Why:
        """Found once for each turn; an explanation is told from its record alone, without trying it again."""
        if turn.number not in self._told:
            kinds = () if any(called.turns for called in turn.skills) else _KINDS
            conversation = self._packs.of(turn)
            self._told[turn.number] = why(turn, conversation, kinds=kinds)
        return self._told[turn.number]

    def _meant(self, turn: int, about: str, language: str) -> SavedTurn | None:
        """The last turn that was no explanation; with words, the last one in which they were said."""
        wanted = set(about.casefold().split())
        for number in range(turn - 1, max(0, turn - 1 - LOOKS_BACK_TURNS), -1):
            try:
                found = saved_turn(self._journal, number)
            except Trouble:  # forgotten, or never answered
                continue
            if found.started.language != language or any(called.turns for called in found.skills):
                continue
            said = f"{found.heard.text} {found.reply.text}".casefold()
            if not wanted or wanted <= set(said.replace(".", " ").replace("?", " ").replace(",", " ").split()):
                return found
        return None


def _values(found: Why, turn: SavedTurn) -> Iterator[tuple[str, str, Origin]]:
    """Name, text and origin of all that can be said in one breath; what is not there is left out."""
    reply, brought = found.reply, found.volunteered
    yield "explain.heard", turn.heard.text, "mirrored"
    yield "explain.said", reply.text, "computed"
    yield "explain.rule", _spoken(brought.rule if brought else reply.rule), "computed"
    if words := _his_words(found, turn):
        yield "explain.words", words, "mirrored"
    if turn.before.question and any(cause.kind == "question" for cause in found.causes):
        yield "explain.asked", turn.before.said, "computed"
    if brought:
        yield "explain.brought_up", _spoken(brought.rule), "computed"
    if len(reply.choice) > 1 and not reply.draws:
        yield "explain.choice", str(len(reply.choice)), "computed"
    if reply.draws:
        liked = next(draw.liked for draw in reply.draws if draw.variant == reply.variant)
        yield "explain.liked", str(liked), "computed"
    if any(cause.kind == "time" for cause in found.causes):
        yield "explain.time", turn.at.strftime("%H:%M"), "computed"
    yield from _counts(found)
    yield from _hearing(turn)
    if found.losers:
        yield "explain.next", _spoken(found.losers[0].rule), "computed"
    yield "explain.tried", str(found.tried), "computed"
    yield "explain.of", str(found.of), "computed"


def _his_words(found: Why, turn: SavedTurn) -> str:
    words = [cause.what for cause in found.causes if cause.kind == "word"]
    return turn.heard.text if len(words) > _MANY_WORDS else " ".join(words)


def _counts(found: Why) -> Iterator[tuple[str, str, Origin]]:
    counts = Counter(word.origin for word in found.words)
    yield "explain.count", str(len(found.words)), "computed"
    for origin, number in counts.items():
        yield f"explain.{origin}", str(number), "computed"


def _hearing(turn: SavedTurn) -> Iterator[tuple[str, str, Origin]]:
    first, *others = turn.heard.alternatives
    if turn.heard.recognizer != "typed":
        yield "explain.sure", str(round(first.confidence * 100)), "computed"
    if different := next((one.text for one in others if one.text.casefold() != first.text.casefold()), ""):
        yield "explain.other", different, "mirrored"


def _lists(found: Why, turn: SavedTurn, source: str, language: str) -> dict[str, Value]:
    """The facts that it hung on, and the techniques in it, as lists that a wording can join."""
    known, facts = techniques(), turn.before.facts
    used = [facts[cause.what] for cause in found.causes if cause.kind == "fact"]
    names = [known[name].aloud.get(language, "") for name in found.techniques if name in known]
    lists = {
        "explain.facts": tuple(Value(fact.object, "remembered", fact.id) for fact in used),
        "explain.told": tuple(Value(fact.words, "remembered", fact.id) for fact in used),
        "explain.techniques": tuple(Value(name, "computed", source) for name in names if name),
    }
    return {name: Value("", "computed", source, items=items) for name, items in lists.items() if items}


def _spoken(rule: str) -> str:
    """The name of a rule, as it can be said: `greeting.my_name_is` is “greeting, my name is”."""
    return rule.replace(".", ", ").replace("/", ", ").replace("_", " ")
