"""What there is to say aloud about one turn: a value for each thing that is so, and none for what is not.

Each thing that a reply hung on was found by trial; of several ways to begin, only the one that applies has a value.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache

import msgspec

from her_desktop.conversation import Conversation
from her_desktop.dialogue.techniques import techniques
from her_desktop.events import CommandHeld, Interpreted
from her_desktop.language import tokenize
from her_desktop.nlg.spoken import spoken_number, spoken_time
from her_desktop.nlg.wording import Value
from her_desktop.paths import resources
from her_desktop.trace.alterations import WordsLeftOut, surfaces
from her_desktop.trace.causes import Cause
from her_desktop.trace.explain import Why
from her_desktop.trace.turns import SavedTurn

_MOST_WORDS = 8
"""More words of his than these are not quoted as a reason; they are counted."""
_LONG_WORDS, _BEGINNING_WORDS = 20, 8
"""More words than these are not read back whole, only how they began."""

_LOST_ON = {
    "tier": "rank", "priority": "priority", "own words": "words", "words left over": "left",
    "words filled in": "filled", "alternative": "sure", "repair cost": "sure",
}  # fmt: skip
"""The field of the order on which the next rule lost, to the name of the value that says so."""

_MADE_OF = {"author": "all_written", "mirrored": "all_mirrored", "computed": "all_computed"}

Named = tuple[str, Value]


class Telling:
    """Tells one turn."""

    def __init__(self, found: Why, turn: SavedTurn, language: str, source: str, conversation: Conversation) -> None:
        """Take what was found out about the turn, the language to tell it in, and the source that values name."""
        self._found, self._turn, self._conversation = found, turn, conversation
        self._language, self._source = language, source
        number = turn.decision.alternative
        self._words = surfaces(turn.heard.alternatives[turn.decisions[0].alternative].text, conversation.language)
        entries = (one.entry for one in reversed(turn.entries))
        self._interpreted = next(one for one in entries if isinstance(one, Interpreted))
        self._read = turn.heard.alternatives[number] if len(turn.decisions) == 1 else None

    def values(self, asked: str, replaced: frozenset[str], *, grave: bool) -> Iterator[Named]:
        """All that is so.

        Args:
            asked: her question that was open then.
            replaced: facts that are no longer as they were then.
            grave: whether he may be in distress: the wordings are others then, and shorter.
        """
        about = self._made(topic(self._found.reply.rule.partition(".")[0], self._language))
        yield ("grave" if grave else "topic"), about
        yield "rule", self._made(_spoken(self._found.reply.rule))
        yield from self._because(asked)
        yield from self._leaned(replaced)
        yield from self._wording()
        yield from self._origins()
        yield from self._charms()
        yield from self._heard()
        yield from self._pattern()
        yield from self._order()
        yield from self._took()

    # ---- what it hung on ----

    def _because(self, asked: str) -> Iterator[Named]:
        """The one thing to begin with."""
        decision, words = self._turn.decision, self._needed()
        held = next((one.entry for one in self._turn.entries if isinstance(one.entry, CommandHeld)), None)
        quoted = self._his(_quote(words, self._words)) if words and len(words) <= _MOST_WORDS else None
        if decision.tier == "safety":
            yield "danger_heard", quoted or self._his(_begin(self._words))
        elif held:
            yield "corrected", self._his(held.text)
        elif decision.tier == "fallback":
            yield "in_vain", self._made(str(self._found.of))
        elif asked and self._hung_on("question"):
            yield "asked", self._made(asked)
            yield from [("answer_heard", quoted)] if quoted else []
        elif quoted:
            yield "words_heard", quoted
        elif words:
            yield "many", self._made(str(len(words)))
        elif len(self._words) > 1:
            yield "of_words", self._made(str(len(self._words)))

    def _leaned(self, replaced: frozenset[str]) -> Iterator[Named]:
        """Facts: those whose words are in the reply, and one that is not."""
        facts = [self._turn.before.facts[one.what] for one in self._hung_on("fact")]
        said = self._found.reply.text.casefold()
        shown = [fact for fact in facts if fact.object.casefold() in said]
        values = [
            Value(fact.object, "mirrored", f"heard:turn {fact.source_turn}") if fact.id in replaced
            else Value(fact.object, "remembered", fact.id)
            for fact in shown
        ]  # fmt: skip
        if values:
            yield "facts", Value("", "remembered", values[0].source, items=tuple(values))
        unshown = next((fact for fact in facts if fact not in shown), None)
        if unshown and len(unshown.words.split()) <= _MOST_WORDS:
            yield "told", Value(unshown.words, "mirrored", f"heard:turn {unshown.source_turn}")

    def _wording(self) -> Iterator[Named]:
        reply, brought = self._found.reply, self._found.volunteered
        if any(reply.rule in cause.what.split() for cause in self._hung_on("dice")):
            yield ("drawn" if reply.draws else "choice"), self._made(str(len(reply.choice)))
        if reply.draws:
            yield "leaned", self._made(str(len(reply.draws)))
        if brought:
            yield "brought_up", self._made(topic(brought.rule.partition(".")[0], self._language))

    def _hung_on(self, kind: str) -> list[Cause]:
        return [cause for cause in self._found.causes if cause.kind == kind]

    def _needed(self) -> list[int]:
        """Which of his words were each needed."""
        ways = (cause.without for cause in self._hung_on("word"))
        return [at for way in ways if isinstance(way, WordsLeftOut) for at in way.words]

    # ---- what it was made of ----

    def _origins(self) -> Iterator[Named]:
        counts = Counter(word.origin for word in self._found.words)
        total = len(self._found.words)
        if total == 1:
            yield "only_word", self._made(self._found.reply.text.strip(" .!?"))
            return
        yield "count", self._made(str(total))
        only = next(iter(counts)) if len(counts) == 1 else ""
        if only in _MADE_OF:
            yield _MADE_OF[only], self._made(str(total))
            return
        yield from ((name, self._made(str(number))) for name, number in counts.items() if name != "author")
        if counts["author"] == 1:
            alone = next(word.word for word in self._found.words if word.origin == "author")
            yield "author_alone", self._made(alone.strip(" .,:;!?“”„«»"))
        elif counts["author"]:
            yield "author", self._made(str(counts["author"]))

    def _charms(self) -> Iterator[Named]:
        """The means to come close that were in it; else in how many words none was found."""
        known = techniques()
        used = [known[name] for name in self._found.techniques if name in known]
        names = [one.aloud.get(self._language, one.name) for one in used if {"I", "M"} & set(one.classes)]
        if names:
            yield "charms", Value("", "computed", self._source, items=tuple(map(self._made, names)))
        else:
            yield "uncharmed", self._made(_begin(self._found.reply.text.split()).strip(" .!?"))

    # ---- what was heard ----

    def _heard(self) -> Iterator[Named]:
        heard, first = self._turn.heard, self._turn.heard.alternatives[0]
        words = first.text.split()
        if len(words) > _LONG_WORDS:
            yield "long_heard", self._his(" ".join(words[:_BEGINNING_WORDS]))
            yield "length", self._made(str(len(words)))
        else:
            yield ("typed_heard" if heard.recognizer == "typed" else "heard"), self._his(first.text)
        if heard.recognizer != "typed" and first.confidence < 1:
            yield "sure", self._made(str(round(first.confidence * 100)))
        if self._read and self._read.text.casefold() != first.text.casefold():
            yield "read_heard", self._his(_begin(self._read.text.split()))
        elif other := next(
            (one.text for one in heard.alternatives if one.text.casefold() != first.text.casefold()), ""
        ):
            yield "other_heard", self._his(_begin(other.split()))

    def _pattern(self) -> Iterator[Named]:
        """His words that the rule looked for, those that filled its gaps, and those that it left."""
        decision = self._turn.decision
        if not self._read or decision.tier == "fallback":
            return
        tokens = tokenize(self._read.text, self._conversation.language.contractions)
        won = next(one for one in self._interpreted.candidates if one.rule == decision.rule and one.matched)
        gaps = sorted({at for words in decision.slot_words.values() for at in words})
        used = sorted({tokens[at].index for at in won.tokens} - {*gaps})
        words = surfaces(self._read.text, self._conversation.language)
        left = [at for at in range(len(words)) if at not in used and at not in gaps]
        for name, which in (("fitted_heard", used), ("gap_heard", gaps), ("unused_heard", left)):
            if which and len(which) <= _MOST_WORDS:
                yield name, self._his(_quote(which, words))

    # ---- what else there was ----

    def _order(self) -> Iterator[Named]:
        """The next rule that fitted, and why it did not speak."""
        rules = self._conversation.book.rules
        worded = {one.rule for one in self._interpreted.candidates if one.literals}
        for loser in self._found.losers:
            name = _lost(loser.reason)
            if name and loser.rule in worded and rules[loser.rule].tier != "fallback":
                yield f"next_{name}", self._made(_spoken(loser.rule))
                return
        if self._turn.decision.tier != "fallback":
            yield "next_alone", self._made(str(self._found.tried))

    def _took(self) -> Iterator[Named]:
        yield "tried", self._made(str(self._found.tried))
        yield "of", self._made(str(self._found.of))
        if self._hung_on("time"):
            yield "time", self._made(clock_time(self._turn.at, self._language))
        stages = [one.ms for one in self._found.timings if one.stage in ("understood", "chose", "worded")]
        if stages:
            yield "ms", self._made(spoken_number(f"{sum(stages):.1f}", self._language))

    # ---- values ----

    def _made(self, text: str) -> Value:
        return Value(text, "computed", self._source)

    def _his(self, text: str) -> Value:
        return Value(text, "mirrored", f"heard:turn {self._turn.number}")


def clock_time(at: datetime, language: str) -> str:
    """A time of day, as it is said."""
    return spoken_time(at.strftime("%H:%M"), language)


def topic(name: str, language: str) -> str:
    """What the rules of a topic are about."""
    spoken = _topics().get(name, {})
    return spoken.get(language) or spoken.get(language.partition("-")[0]) or name.replace("_", " ")


@cache
def _topics() -> dict[str, dict[str, str]]:
    return msgspec.yaml.decode((resources() / "spoken_topics.yaml").read_bytes(), type=dict[str, dict[str, str]])


def _lost(reason: str) -> str:
    """Why a rule that fitted did not speak, as the name of a value; empty where it did not fit, or nobody can say it."""
    if found := re.match(r"outranked by \S+ on ([a-z ]+): ", reason):
        return _LOST_ON.get(found.group(1), "")
    if reason.startswith("condition is false: "):
        limits = ("once", "cooldown of ")
        return "rested" if reason.removeprefix("condition is false: ").startswith(limits) else "barred"
    return ""


def _quote(which: Iterable[int], words: list[str]) -> str:
    """Some of his words as one quotation; three dots stand for what is left out between them."""
    said, last = "", -1
    for at in which:
        gap = "" if not said else " " if at == last + 1 else " … "
        said, last = f"{said}{gap}{words[at]}", at
    return said


def _begin(words: list[str]) -> str:
    return " ".join(words) if len(words) <= _BEGINNING_WORDS else " ".join(words[:_BEGINNING_WORDS]) + " …"


def _spoken(rule: str) -> str:
    """The name of a rule, as it can be said: `greeting.my_name_is` is “greeting, my name is”."""
    return rule.replace(".", ", ").replace("/", ", ").replace("_", " ")
