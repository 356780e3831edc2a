"""How personal a turn is: one level for what she does and one for what he does, 0 to 5, never added up.

Hers is the highest level of the techniques in her reply (`resources/technique_levels.yaml`). His is the highest that
holds of his words (`resources/personal_words.yaml`): 0 nothing of himself, 1 a word for himself, 2 something that she
keeps of him, 3 a feeling of his, 4 a feeling that is for her. 5 is for bonds that nobody earned, hers alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

import msgspec

from her_desktop.dialogue.packs import load_language
from her_desktop.events import Reply
from her_desktop.language import tokenize
from her_desktop.paths import resources

HIGHEST_LEVEL = 5
_NAME = re.compile(r"user\.name@\d+(\||$)")


class TechniqueLevel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The level of a technique, and why."""

    level: int
    """0 to 5."""
    reason: str
    source: str


class PersonalWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"self_": "self"}):
    """The words of a language that make an utterance personal."""

    self_: frozenset[str] = frozenset()
    """Words for himself."""
    feelings: frozenset[str] = frozenset()
    bonds: tuple[str, ...] = ()
    """Regular expressions: she is dear to him."""


class Words(msgspec.Struct, frozen=True):
    """The words of an utterance as they are looked up: in small letters, short forms written out."""

    row: str
    """One after the other, a space between."""
    each: frozenset[str]


class Ear(msgspec.Struct, frozen=True):
    """What his words are looked at for. Where a language is not known, nothing is found."""

    contractions: Mapping[str, str]
    warm: frozenset[str]
    personal: PersonalWords

    def words(self, said: str) -> Words:
        """The words of an utterance."""
        norms = [token.norm for token in tokenize(said, self.contractions)]
        return Words(" ".join(norms), frozenset(norms))

    def is_warm(self, said: str) -> bool:
        """Whether there is a warm word in what he said."""
        return not self.warm.isdisjoint(self.words(said).each)

    def his_level(self, said: str, facts: int) -> int:
        """How personal what he said is.

        Args:
            said: his utterance.
            facts: how many facts he taught with it.
        """
        own, words = self.personal, self.words(said)
        if any(_pattern(bond).search(words.row) for bond in own.bonds):
            return 4
        of_himself = not words.each.isdisjoint(own.self_)
        if of_himself and not words.each.isdisjoint(own.feelings):
            return 3
        return 2 if facts else int(of_himself)


@cache
def technique_levels() -> Mapping[str, TechniqueLevel]:
    """The level of each technique of class I or M."""
    path = resources() / "technique_levels.yaml"
    return msgspec.yaml.decode(path.read_bytes(), type=dict[str, TechniqueLevel])


def closeness(reply: Reply) -> Mapping[str, int]:
    """The techniques of a reply that have a level, and each one's. A callback that is only his name counts as T02.

    What an exhibit shows in quotation marks has none.
    """
    levels = technique_levels()
    if reply.exhibit:
        return {}
    found = {name: levels[name].level for name in reply.techniques if name in levels}
    remembered = [span.source for span in reply.spans if span.origin == "remembered"]
    if "T08" in found and remembered and all(_NAME.match(source) for source in remembered):
        del found["T08"]
        found["T02"] = levels["T02"].level
    return found


_pattern = cache(re.compile)


@cache
def ear(code: str) -> Ear:
    """What his words are looked at for in a language; what is not shipped finds nothing."""
    words = msgspec.yaml.decode((resources() / "personal_words.yaml").read_bytes(), type=dict[str, PersonalWords])
    folder = resources() / "dialogue" / code
    if not code or not (folder / "language.yaml").is_file():
        return Ear({}, frozenset(), words.get(code, PersonalWords()))
    language = load_language(folder)
    return Ear(language.contractions, language.warm, words.get(code, PersonalWords()))
