"""What there is to say aloud about one turn, first of all: what it hung on, and what its words are.

A value for each thing that is so, and none for what is not; each thing that a reply hung on was found by trial.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from her_desktop.dialogue.cues import cues
from her_desktop.events import CommandHeld, Origin
from her_desktop.language import Language
from her_desktop.memory.facts import Fact
from her_desktop.nlg.wording import Value
from her_desktop.trace.aloud_charms import charms
from her_desktop.trace.alterations import WordsLeftOut, surfaces
from her_desktop.trace.causes import Cause
from her_desktop.trace.explain import Why
from her_desktop.trace.spoken_topics import topic
from her_desktop.trace.turns import SavedTurn

MOST_WORDS = 8
"""More words of his than these are not quoted as a reason; they are counted."""

_MADE_OF = {"author": "all_written", "computed": "all_computed"}

Named = tuple[str, Value]
"""A value and its name, without `explain.`."""


class Telling:
    """Tells one turn."""

    def __init__(self, found: Why, turn: SavedTurn, language: str, source: str, spoken: Language) -> None:
        """Take what is to be told.

        Args:
            found: what was found out about the turn.
            turn: the turn.
            language: code of the language to tell it in.
            source: which call of a skill the values come from.
            spoken: the language of the turn.
        """
        self.found, self.turn, self.language, self.spoken = found, turn, language, spoken
        self.source = source
        self._words = surfaces(turn.heard.alternatives[turn.decisions[0].alternative].text, spoken)

    def values(self, asked: str, replaced: frozenset[str], *, grave: bool) -> Iterator[Named]:
        """What it hung on, and what its words are.

        Args:
            asked: her question that was open then.
            replaced: facts that are no longer as they were then.
            grave: whether he may be in distress: another wording is said then.
        """
        yield ("grave" if grave else "topic"), self._topic(self.found.reply.rule)
        yield from self._because(asked)
        yield from self._leaned(replaced)
        yield from self._wording()
        yield from self._origins()
        yield from charms(self)

    # ---- what it hung on ----

    def hung_on(self, kind: str) -> list[Cause]:
        """Its causes of one kind."""
        return [cause for cause in self.found.causes if cause.kind == kind]

    def _because(self, asked: str) -> Iterator[Named]:
        """The one thing to begin with."""
        tier, words = self.turn.decision.tier, self._needed()
        held = next((one.entry for one in self.turn.entries if isinstance(one.entry, CommandHeld)), None)
        if tier == "safety":
            quoted = words and len(words) <= MOST_WORDS
            yield "danger_heard", self.his(quote(words, self._words) if quoted else begin(self._words))
        elif held:
            yield "corrected", self.his(held.text)
        elif tier == "fallback":
            yield "in_vain", self.made(str(self.found.of))
        elif asked and self.hung_on("question"):
            yield "asked", self.made(asked)
            yield from self._said("answer_heard", words)
        else:
            yield from self._decided(words)

    def _decided(self, words: list[int]) -> Iterator[Named]:
        """By his words: which ones, how many, or that no single one did."""
        if len(words) > MOST_WORDS:
            yield "many", self.made(str(len(words)))
        elif not words and len(self._words) > 1:
            yield "of_words", self.made(str(len(self._words)))
        yield from self._said("hinge_heard" if self._few(words) else "words_heard", words)

    def _few(self, words: list[int]) -> bool:
        """Whether some words are so little of what he said that “you said” would misquote him."""
        needed = {self._words[at].casefold() for at in words}
        little = needed <= cues(self.language).stop_words and len(words) < len(self._words)
        return little or len(words) * 3 <= len(self._words)

    def _said(self, name: str, words: list[int]) -> Iterator[Named]:
        if words and len(words) <= MOST_WORDS:
            yield name, self.his(quote(words, self._words))

    def _needed(self) -> list[int]:
        """Which of his words were each needed."""
        ways = (cause.without for cause in self.hung_on("word"))
        return [at for way in ways if isinstance(way, WordsLeftOut) for at in way.words]

    def _leaned(self, replaced: frozenset[str]) -> Iterator[Named]:
        """On facts: those whose words are in the reply, and one that is not."""
        facts = [self.turn.before.facts[one.what] for one in self.hung_on("fact")]
        said = self.found.reply.text.casefold()
        shown = [fact for fact in facts if fact.object.casefold() in said]
        if items := tuple(_kept(fact, replaced) for fact in shown):
            yield "facts", Value("", "remembered", items[0].source, items=items)
        unshown = next((fact for fact in facts if fact not in shown), None)
        if unshown and len(unshown.words.split()) <= MOST_WORDS:
            yield "told", Value(unshown.words.strip(" .!?"), "mirrored", f"heard:turn {unshown.source_turn}")

    def _wording(self) -> Iterator[Named]:
        reply, brought = self.found.reply, self.found.volunteered
        if any(reply.rule in cause.what.split() for cause in self.hung_on("dice")):
            yield ("drawn" if reply.draws else "choice"), self.made(str(len(reply.choice)))
        if reply.draws:
            yield "leaned", self.made(str(len(reply.draws)))
        if brought:
            yield "brought_up", self._topic(brought.rule)

    # ---- what it is made of ----

    def _origins(self) -> Iterator[Named]:
        words = self.found.words
        counts = Counter(word.origin for word in words)
        if len(words) == 1:
            return
        yield "count", self.made(str(len(words)))
        if len(counts) == 1 and (only := words[0].origin) in _MADE_OF:
            yield _MADE_OF[only], self.made(str(len(words)))
        else:
            yield from self._shares(counts)

    def _shares(self, counts: Counter[Origin]) -> Iterator[Named]:
        yield from ((name, self.made(str(number))) for name, number in counts.items() if name != "author")
        if counts["author"] > 1:
            yield "author", self.made(str(counts["author"]))
        elif counts["author"]:
            alone = next(word.word for word in self.found.words if word.origin == "author")
            yield "author_alone", self.made(alone.strip(" .,:;!?“”„«»"))

    # ---- values ----

    def made(self, text: str) -> Value:
        """A text that was found out."""
        return Value(text, "computed", self.source)

    def begins(self, text: str) -> str:
        """How a sentence of hers begins, without what it ends with."""
        return begin(text.split()).strip(" .!?")

    def his(self, text: str) -> Value:
        """Words of his from that turn."""
        return Value(text, "mirrored", f"heard:turn {self.turn.number}")

    def _topic(self, rule: str) -> Value:
        return self.made(topic(rule.partition(".")[0], self.language))


def quote(which: Iterable[int], words: list[str]) -> str:
    """Some of his words as one quotation; three dots stand for what is left out between them."""
    said, last = "", -1
    for at in which:
        gap = "" if not said else " " if at == last + 1 else " … "
        said, last = f"{said}{gap}{words[at]}", at
    return said


def begin(words: list[str]) -> str:
    """How a text begins."""
    return " ".join(words) if len(words) <= MOST_WORDS else f"{' '.join(words[:MOST_WORDS])} …"


def _kept(fact: Fact, replaced: frozenset[str]) -> Value:
    """What he told, as it is kept; where it is no longer, as he said it then."""
    if fact.id in replaced:
        return Value(fact.object, "mirrored", f"heard:turn {fact.source_turn}")
    return Value(fact.object, "remembered", fact.id)
