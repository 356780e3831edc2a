"""What can be changed in a turn to see what she would have said then: other words, a fact less, a technique off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

import msgspec

from her_desktop.dialogue.rules import Rule
from her_desktop.dialogue.techniques import charms, techniques
from her_desktop.events import Alternative, FinalTranscript
from her_desktop.language import Language, tokenize
from her_desktop.trace.rule_names import unknown
from her_desktop.trace.scene import Scene
from her_desktop.trouble import Trouble

_NEVER, _ALWAYS = "turns < 0", "turns >= 0"
_LIMITS = ("once", "cooldown of ")


class Alteration(msgspec.Struct, frozen=True, tag_field="change"):
    """One thing to change in a scene."""

    def made(self, scene: Scene) -> Scene:
        """The scene with the change.

        Raises:
            Trouble: there is nothing of that name to change.
        """
        raise NotImplementedError

    @property
    def told(self) -> str:
        """The change in plain words, to follow “if”."""
        raise NotImplementedError


class OtherWords(Alteration, frozen=True):
    """He says something else."""

    text: str

    def made(self, scene: Scene) -> Scene:
        """With these words instead, as typed."""
        return msgspec.structs.replace(scene, heard=FinalTranscript.typed(self.text))

    @property
    def told(self) -> str:
        """In plain words."""
        return f"you had said “{self.text}”"


class WordsLeftOut(Alteration, frozen=True):
    """Some of his words are not said."""

    words: tuple[int, ...]
    """Which words of the utterance, counted from 0."""
    alternative: int = 0
    """Of which alternative of the recognizer; what the others have of them is left out, too."""
    shown: str = ""

    def made(self, scene: Scene) -> Scene:
        """Without them."""
        language, heard = scene.conversation.language, scene.heard
        mine = surfaces(heard.alternatives[self.alternative].text, language)
        gone = {mine[at].casefold() for at in self.words if at < len(mine)}
        texts = []
        for number, one in enumerate(heard.alternatives):
            words = surfaces(one.text, language)
            cut = self.words if number == self.alternative else [
                at for at, word in enumerate(words) if word.casefold() in gone
            ]  # fmt: skip
            texts.append(_without(one.text, words, frozenset(cut)))
        others = tuple(Alternative(text, one.confidence) for text, one in zip(texts, heard.alternatives, strict=True))
        return msgspec.structs.replace(
            scene, heard=FinalTranscript(text=texts[0], recognizer=heard.recognizer, alternatives=others)
        )

    @property
    def told(self) -> str:
        """In plain words."""
        return f"you had not said “{self.shown}”"


class OtherAlternative(Alteration, frozen=True):
    """Another alternative of the recognizer is the one that was heard."""

    number: int
    """Counted from 0, the best."""

    def made(self, scene: Scene) -> Scene:
        """Only this alternative."""
        alternatives = scene.heard.alternatives
        if not 0 <= self.number < len(alternatives):
            there = "there is only 0" if len(alternatives) == 1 else f"there are 0 to {len(alternatives) - 1}"
            raise Trouble("alternative", f"the turn has no alternative {self.number}", there)
        chosen = alternatives[self.number]
        heard = FinalTranscript(text=chosen.text, recognizer=scene.heard.recognizer, alternatives=(chosen,))
        return msgspec.structs.replace(scene, heard=heard)

    @property
    def told(self) -> str:
        """In plain words."""
        return f"only alternative {self.number} had been heard"


class FactGone(Alteration, frozen=True):
    """A fact was never told."""

    fact: str
    """`subject.predicate`."""

    def made(self, scene: Scene) -> Scene:
        """Without the fact, and without what it was promised for."""
        facts = scene.state.facts
        if self.fact not in facts:
            todo = f"name one of: {', '.join(facts)}" if facts else "no fact was kept yet"
            raise Trouble("fact", f"“{self.fact}” was not kept then", todo)
        rest = {name: fact for name, fact in facts.items() if name != self.fact}
        return scene.with_state(facts=rest)

    @property
    def told(self) -> str:
        """In plain words."""
        return f"the fact {self.fact} were forgotten"


class RuleOff(Alteration, frozen=True):
    """A rule is switched off."""

    rule: str

    def made(self, scene: Scene) -> Scene:
        """Without the rule."""
        if self.rule not in scene.conversation.book.rules:
            raise unknown(scene.conversation.book, self.rule)
        return scene.with_rule(self.rule, lambda rule: _needing(rule, (*rule.spec.needs, _NEVER)))

    @property
    def told(self) -> str:
        """In plain words."""
        return f"the rule {self.rule} were switched off"


class TechniqueOff(Alteration, frozen=True):
    """A technique of intimacy is switched off."""

    technique: str

    def made(self, scene: Scene) -> Scene:
        """Without the technique."""
        if self.technique not in techniques():
            raise Trouble("technique", f"there is no “{self.technique}”", "see her-desktop techniques")
        return scene.with_state(off=tuple(sorted({*scene.state.off, self.technique})))

    @property
    def told(self) -> str:
        """In plain words."""
        return f"{self.technique}, {techniques()[self.technique].name}, were switched off"


class TechniqueOn(Alteration, frozen=True):
    """A technique of intimacy that he has switched off is on."""

    technique: str

    def made(self, scene: Scene) -> Scene:
        """With the technique."""
        return scene.with_state(off=tuple(one for one in scene.state.off if one != self.technique))

    @property
    def told(self) -> str:
        """In plain words."""
        return f"{self.technique}, {techniques()[self.technique].name}, were not switched off"


class AllOn(Alteration, frozen=True):
    """No technique is switched off."""

    def made(self, scene: Scene) -> Scene:
        """With all of them."""
        return scene.with_state(off=())

    @property
    def told(self) -> str:
        """In plain words."""
        return "no technique were switched off"


class Bare(Alteration, frozen=True):
    """Every technique is off but those that are neutral craft or protect him: the bare program."""

    def made(self, scene: Scene) -> Scene:
        """The same content without the charm."""
        return scene.with_state(off=charms())

    @property
    def told(self) -> str:
        """In plain words."""
        return "every technique were switched off"


class ConditionIs(Alteration, frozen=True):
    """A condition of a rule is true or false, whatever it says."""

    rule: str
    condition: str
    value: bool

    def made(self, scene: Scene) -> Scene:
        """With the condition settled."""
        if self.rule not in scene.conversation.book.rules:
            raise unknown(scene.conversation.book, self.rule)
        return scene.with_rule(self.rule, self._settled)

    def _settled(self, rule: Rule) -> Rule:
        if not self.value:
            return _needing(rule, (*rule.spec.needs, _NEVER))
        if self.condition.startswith(_LIMITS):
            return _with(rule, once=False) if self.condition == "once" else _with(rule, cooldown_turns=0)
        return _needing(rule, tuple(_ALWAYS if need == self.condition else need for need in rule.spec.needs))

    @property
    def told(self) -> str:
        """In plain words."""
        return f"“{self.condition}” of {self.rule} were {str(self.value).lower()}"


class NoQuestion(Alteration, frozen=True):
    """No question of hers is open."""

    def made(self, scene: Scene) -> Scene:
        """With her question closed, and nothing held for it."""
        return scene.with_state(question=None, held="")

    @property
    def told(self) -> str:
        """In plain words."""
        return "she had not asked before"


class OtherDie(Alteration, frozen=True):
    """The die of a rule shows something else."""

    rule: str
    die: float
    """From 0 to 1."""

    def made(self, scene: Scene) -> Scene:
        """With this die."""
        return scene.with_conversation(dice={**scene.conversation.dice, self.rule: self.die})

    @property
    def told(self) -> str:
        """In plain words."""
        return f"the dice had shown {self.die:.2f} for {self.rule}"


class SettingIs(Alteration, frozen=True):
    """Something that he sets is set otherwise."""

    setting: Literal["adapts", "country"]
    value: str | bool

    def made(self, scene: Scene) -> Scene:
        """With the setting."""
        return scene.with_conversation(**{self.setting: self.value})

    @property
    def told(self) -> str:
        """In plain words."""
        return f"the setting {self.setting} were “{self.value or 'not set'}”"


class TimeIs(Alteration, frozen=True):
    """It is another time."""

    at: datetime

    def made(self, scene: Scene) -> Scene:
        """At this time."""
        return msgspec.structs.replace(scene, at=self.at)

    @property
    def told(self) -> str:
        """In plain words."""
        return f"it were {self.at:%A, %Y-%m-%d %H:%M}"


_BLANK: dict[str, tuple[str, dict[str, Any]]] = {
    "topic": ("no topic were at hand", {"topic": ""}),
    "wordings": ("she had not used these wordings before", {"variants": {}}),
    "received": ("nothing were known of how her wordings are received", {"received": {}}),
    "words": ("nothing had been said just before", {"heard": "", "heard_before": "", "said": ""}),
    "promises": ("she had planned nothing", {"promises": ()}),
    "spoken": ("no rule had spoken before", {"spoke": {}}),
    "touched": ("no fact had come up before", {"touched": ()}),
    "sayings": ("he had said nothing else before", {"sayings": ()}),
}


class Blank(Alteration, frozen=True):
    """Something of what came before is as if it had not been."""

    what: Literal["topic", "wordings", "received", "words", "promises", "spoken", "touched", "sayings"]

    def made(self, scene: Scene) -> Scene:
        """Without it."""
        return scene.with_state(**_BLANK[self.what][1])

    @property
    def told(self) -> str:
        """In plain words."""
        return _BLANK[self.what][0]


def _needing(rule: Rule, needs: tuple[str, ...]) -> Rule:
    return _with(rule, needs=needs)


def _with(rule: Rule, **fields: Any) -> Rule:
    return msgspec.structs.replace(rule, spec=msgspec.structs.replace(rule.spec, **fields))


def surfaces(text: str, language: Language) -> list[str]:
    """The words of an utterance as they were said."""
    return list({token.index: token.surface for token in tokenize(text, language.contractions)}.values())


def _without(text: str, words: Sequence[str], cut: frozenset[int]) -> str:
    """The text without some of its words; all else of it stays as it is, where its words can be found in it."""
    kept, at = [], 0
    for number, word in enumerate(words):
        begins = text.find(word, at)
        if begins < 0:
            return " ".join(word for number, word in enumerate(words) if number not in cut)
        kept += [text[at:begins], "" if number in cut else word]
        at = begins + len(word)
    return " ".join("".join([*kept, text[at:]]).split())
