"""The words of an utterance as they stand on the page, each with its place among the words that rules see. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

import msgspec

from her_desktop.events import Alternative, Decision, FinalTranscript, Interpreted
from her_desktop.language import tokenize
from her_desktop.trace.count import FORGOTTEN

_HIDDEN = re.compile(f"{FORGOTTEN}+(?:['’-]{FORGOTTEN}+)*")
_MOST_ALIGNED, _LONGEST = 400, 4
"""Of a longer utterance the words are found by their looks alone; a short form stands for at most so many words."""


class Part(msgspec.Struct, frozen=True):
    """A stretch of an utterance between two spaces."""

    text: str
    indices: tuple[int, ...]
    """Which words of the utterance it holds, counted from 0; none where it is only a sign."""
    surfaces: tuple[str, ...]
    confidence: float | None = None


def parts(reading: Alternative) -> tuple[Part, ...]:
    """The parts of one way to read what was heard."""
    texts = [(word.text, word.confidence) for word in reading.words] or [(text, None) for text in reading.text.split()]
    return tuple(_numbered(texts))


def _numbered(texts: Sequence[tuple[str, float | None]]) -> Iterator[Part]:
    count = 0
    for text, confidence in texts:
        surfaces = _surfaces(text)
        yield Part(text, tuple(range(count, count + len(surfaces))), surfaces, confidence)
        count += len(surfaces)


def _surfaces(text: str) -> tuple[str, ...]:
    if FORGOTTEN in text:
        return tuple(_HIDDEN.findall(text))
    return tuple(token.surface for token in tokenize(text, {}))


def taken(heard: FinalTranscript, decision: Decision | None) -> int:
    """Which reading the winner fits; the best one before anything is decided."""
    return decision.alternative if decision and decision.alternative < len(heard.alternatives) else 0


def unused(found: Sequence[Part], read: Interpreted | None, decision: Decision | None) -> frozenset[int]:
    """Which words the winner's template did not use, as the decision says."""
    if not decision:
        return frozenset()
    surfaces = [surface for part in found for surface in part.surfaces]
    by_looks = frozenset(at for at, surface in enumerate(surfaces) if surface in decision.unused)
    owners = _owners(surfaces, _tokens(read, decision))
    if not owners or not read:
        return by_looks
    used = {owners[at] for at in _positions(read, decision) if at < len(owners)}
    left = [at for at in range(len(surfaces)) if at not in used]
    exact = tuple(dict.fromkeys(surfaces[at] for at in left)) == decision.unused
    return frozenset(left) if exact else by_looks


def _tokens(read: Interpreted | None, decision: Decision) -> tuple[str, ...]:
    return read.tokens[decision.alternative] if read and decision.alternative < len(read.tokens) else ()


def _positions(read: Interpreted, decision: Decision) -> Collection[int]:
    for one in read.candidates:
        if one.matched and (one.rule, one.template, one.alternative) == (
            decision.rule, decision.template, decision.alternative,
        ):  # fmt: skip
            return one.tokens
    return ()


def _owners(surfaces: Sequence[str], tokens: Sequence[str]) -> tuple[int, ...]:
    """For each token the word that it came from; nothing where they cannot be brought together."""
    if not tokens or len(surfaces) > _MOST_ALIGNED:
        return ()
    lengths: list[dict[int, int]] = []
    ends = {len(tokens)}
    for surface in reversed(surfaces):
        lengths.append(_starts(surface.casefold().replace("’", "'"), tokens, ends))
        ends = set(lengths[-1])
    if 0 not in ends:
        return ()
    owners: list[int] = []
    for word, known in enumerate(reversed(lengths)):
        owners += [word] * known[len(owners)]
    return tuple(owners)


def _starts(norm: str, tokens: Sequence[str], ends: Collection[int]) -> dict[int, int]:
    """Where a word can begin that ends at one of these places, with how many tokens it is then."""
    found: dict[int, int] = {}
    for length in (2, 3, 1, _LONGEST):
        for end in ends:
            start = end - length
            if start < 0:
                continue
            if tokens[start] == norm:
                found |= {start: 1} if length == 1 else {}
            else:
                found.setdefault(start, length)
    return found
