"""Which words templates need, with a few of them changed: what the index would know if all were counted anew.

The words of a book are counted once; a change then counts only what it touches.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from her_desktop.dialogue.book import RuleBook
from her_desktop.nlu.index import Needs

Sets = Sequence[frozenset[str]]
"""What one template needs: of each set a word."""

_Key = tuple[str, ...]


class Tally:
    """How often each word is needed in a book."""

    def __init__(self, book: RuleBook) -> None:
        """Count the words of a book."""
        self._programs, self._of, self._keys = book.programs, book.needs.of, book.needs.keys
        self._uses = Counter(number for one in self._of for number in one)
        self._words: Counter[str] = Counter()
        self._with_word: defaultdict[str, list[int]] = defaultdict(list)
        self._with_key: defaultdict[int, list[int]] = defaultdict(list)
        for number, key in enumerate(self._keys):
            self._words.update(dict.fromkeys(key, self._uses[number]))
            for word in key:
                self._with_word[word].append(number)
        for at, one in enumerate(self._of):
            for number in one:
                self._with_key[number].append(at)

    def changed(self, instead: Mapping[int, Sets | None]) -> Needs:
        """What all templates need where some are changed.

        Args:
            instead: the number of each changed template, and what it needs now; None where it is never to be found.
        """
        new = {at: _keys(sets or ()) for at, sets in instead.items()}
        numbers = {key: number for number, key in enumerate(self._keys)}
        for key in (key for found in new.values() for key in found):
            numbers.setdefault(key, len(numbers))
        keys = list(numbers)
        words, uses = self._words.copy(), self._uses.copy()
        for at, found in new.items():
            for sign, some in ((-1, self._of[at]), (1, [numbers[key] for key in found])):
                for number in some:
                    uses[number] += sign
                    words.update(dict.fromkeys(keys[number], sign))
        of = list(self._of)
        for at in self._touched(words) | new.keys():
            own = new[at] if at in new else _keys(self._programs[at].needs)
            of[at] = tuple(
                numbers[key] for key in sorted(own, key=lambda key: (sum(words[word] for word in key), key[0]))
            )
        for at in (at for at, sets in instead.items() if sets is None):
            of[at] = (len(keys),)
        return _numbered([*keys, ()], [*(uses[number] > 0 for number in range(len(keys))), True], of)

    def _touched(self, words: Counter[str]) -> set[int]:
        """The templates whose needs may stand in another order: those of a word that is needed more or less often."""
        changed = [word for word, count in self._words.items() if words[word] != count]
        return {at for word in changed for number in self._with_word[word] for at in self._with_key[number]}


def _keys(sets: Sets) -> list[_Key]:
    return [tuple(sorted(one)) for one in dict.fromkeys(sets)]


def _numbered(keys: Sequence[_Key], used: Sequence[bool], of: Iterable[tuple[int, ...]]) -> Needs:
    """Needs whose keys stand in the order of their words; a key that no template needs any more holds no word."""
    order = sorted(range(len(keys)), key=keys.__getitem__)
    place = {number: at for at, number in enumerate(order)}
    return Needs(
        tuple(keys[number] if used[number] else () for number in order),
        tuple(tuple([place[number] for number in one]) for one in of),
    )
