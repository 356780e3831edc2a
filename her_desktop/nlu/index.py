"""Picks the few templates that an utterance could fit, by the words that each of them needs.

A template is found under its two rarest needs, so of a hundred thousand only a handful is walked.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

import msgspec


class Needs(msgspec.Struct, frozen=True, array_like=True):
    """What templates need, with each distinct set of words kept once."""

    keys: tuple[tuple[str, ...], ...]
    """The sets of words; of each that a template names, an utterance must hold one."""
    of: tuple[tuple[int, ...], ...]
    """For each template the numbers of the keys that it needs, rarest first."""

    @classmethod
    def of_templates(cls, needs: Iterable[tuple[frozenset[str], ...]]) -> Needs:
        """Number the needs of templates, by their words: the order of the templates changes nothing."""
        first_seen: dict[frozenset[str], int] = {}
        unordered = [[first_seen.setdefault(need, len(first_seen)) for need in dict.fromkeys(sets)] for sets in needs]
        keys = sorted(first_seen, key=sorted)
        numbers = {first_seen[key]: number for number, key in enumerate(keys)}
        found = [tuple(numbers[seen] for seen in one) for one in unordered]
        by_word = Counter[str]()
        for key, count in Counter(number for one in found for number in one).items():
            by_word.update(dict.fromkeys(keys[key], count))
        common = [sum(by_word[word] for word in key) for key in keys]
        rarest = {one: tuple(sorted(one, key=lambda key: (common[key], min(keys[key])))) for one in set(found)}
        return cls(tuple(tuple(sorted(key)) for key in keys), tuple(rarest[one] for one in found))


class _Group:
    """Templates that are looked up together."""

    def __init__(self) -> None:
        self.pairs: defaultdict[int, dict[int, tuple[int, ...]]] = defaultdict(dict)
        self.either: dict[int, array[int]] = {}
        self.always = array("I")

    def add(self, at: int, keys: tuple[int, ...]) -> None:
        if not keys:
            self.always.append(at)
            return
        first, second = keys[0], keys[min(1, len(keys) - 1)]
        self.pairs[first][second] = (*self.pairs[first].get(second, ()), at)
        for key in {first, second}:
            self.either.setdefault(key, array("I")).append(at)


class Index:
    """Looks templates up by the words of an utterance, those that are not always heard apart from the others."""

    def __init__(
        self, needs: Needs, order: Iterable[int] | None = None, opens_with: Mapping[int, str] | None = None
    ) -> None:
        """Index templates.

        Args:
            needs: what each of them needs.
            order: the numbers of all templates, in the order in which those that lack something are told.
            opens_with: the numbers of templates that are not always heard, and what opens them: a question, a topic.
        """
        self._needs, self._words = needs.of, needs.keys
        self._keys: dict[str, array[int]] = {}
        for number, words in enumerate(needs.keys):
            for word in words:
                self._keys.setdefault(word, array("I")).append(number)
        self._groups: dict[str, _Group] = {"": _Group()}
        to = opens_with or {}
        for at in range(len(needs.of)) if order is None else order:
            self._groups.setdefault(to.get(at, ""), _Group()).add(at, needs.of[at])

    def knows(self, word: str) -> bool:
        """Whether any template needs it."""
        return word in self._keys

    def keys(self, words: Iterable[str]) -> frozenset[int]:
        """The needs that an utterance meets."""
        known = self._keys
        return frozenset(key for word in words if word in known for key in known[word])

    def _heard(self, opened: Iterable[str]) -> list[_Group]:
        return [self._groups[name] for name in dict.fromkeys(("", *opened)) if name in self._groups]

    def fitting(self, met: frozenset[int], opened: Iterable[str] = ()) -> Iterator[int]:
        """Templates all of whose needs are met.

        Args:
            met: the needs that an utterance meets.
            opened: the question that is open and the topic that is active, as in `opens_with`.
        """
        for group in self._heard(opened):
            for first in met & group.pairs.keys():
                for second, found in group.pairs[first].items():
                    if second in met:
                        yield from (at for at in found if met.issuperset(self._needs[at]))
            yield from group.always

    def lacking(self, met: frozenset[int], most_tries: int, opened: Iterable[str] = ()) -> Iterator[tuple[int, int]]:
        """Templates of which one of the two rarest needs is met: how many of their needs are not, and which template.

        The rarest needs come first; no more than `most_tries` templates are looked at.
        """
        seen: set[int] = set()
        either = [(key, group.either[key]) for group in self._heard(opened) for key in met & group.either.keys()]
        for _, found in sorted(either, key=lambda one: (len(one[1]), one[0])):
            for at in found:
                if len(seen) == most_tries:
                    return
                if at not in seen:
                    seen.add(at)
                    yield len(self._needs[at]) - len(met.intersection(self._needs[at])), at

    def missing(self, at: int, met: frozenset[int]) -> tuple[str, ...]:
        """The words of the first need of a template that is not met."""
        return next((self._words[key] for key in self._needs[at] if key not in met), ())

    def needs(self, at: int) -> int:
        """How many needs a template has."""
        return len(self._needs[at])
