"""Receives a beat as it was performed. Emits what of it did not hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase

from her_desktop.events import Failure, Reply
from her_desktop.screenplay.found import FOUND, Named, Scene, bare, origins_of, words
from her_desktop.screenplay.performance import Fault, Played
from her_desktop.screenplay.script import Expectation, Hers

_FACTS = ("learns", "uses", "forgets")

Same = Callable[[str, str], bool]


def _like(wanted: str, found: str) -> bool:
    return fnmatchcase(found, wanted)


_SAME: Mapping[str, Same] = {
    "mentions": lambda wanted, found: words(wanted).casefold() in words(found).casefold(),
    "says": lambda wanted, found: words(wanted) == words(found),
    "matches": lambda wanted, found: re.search(wanted, found) is not None,
    "heard": lambda wanted, found: bare(wanted) == bare(found),
    "within": lambda wanted, found: milliseconds(found) <= milliseconds(wanted),
    "slot": lambda wanted, found: bare(wanted) == bare(found),
    **dict.fromkeys(_FACTS, lambda wanted, found: words(wanted).casefold() == words(found).casefold()),
}
"""How two values are compared; where nothing is said here `*` stands for any letters."""


def milliseconds(text: str) -> float:
    """What `300 ms` and `1.5 s` are, in milliseconds."""
    number, unit = re.fullmatch(r"\s*([\d.]+)\s*(ms|s)\s*", text).groups()  # type: ignore[union-attr]  # it was read so
    return float(number) * (1000 if unit == "s" else 1)


def faults(played: Played, rules: Mapping[int, str]) -> tuple[Fault, ...]:
    """What did not hold in a beat.

    Args:
        played: the beat as it was performed.
        rules: turn to the rule that answered it, of all turns before.
    """
    return tuple(_faults(played, Scene(played, rules)))


def _faults(played: Played, scene: Scene) -> Iterator[Fault]:
    hers = played.beat.hers
    at = hers.line if hers else played.beat.line
    for recorded in played.entries:
        match recorded.entry:
            case Failure() as failure:
                yield Fault(at, "nothing goes wrong", f"{failure.what}: {failure.why}")
    if hers:
        if fault := _words(hers, scene.reply):
            yield fault
        yield from (fault for one in hers.expectations if (fault := _unmet(one, scene)))


def _words(hers: Hers, reply: Reply | None) -> Fault | None:
    """Whether she said what she was to say."""
    line = hers.text_line or hers.line
    if reply is None:
        return (
            None
            if hers.like == "silent" or not (hers.texts or hers.expectations)
            else Fault(line, meant(hers), "nothing was said")
        )
    said = words(reply.text)
    if hers.like == "silent":
        return Fault(line, "she says nothing", f"“{said}”")
    return None if any(_fits(hers, words(text), said) for text in hers.texts or ("",)) else Fault(
        line, meant(hers), f"“{said}”"
    )  # fmt: skip


def _fits(hers: Hers, wanted: str, said: str) -> bool:
    match hers.like:
        case "anything":
            return True
        case "like":
            return re.fullmatch(".*".join(map(re.escape, re.split(r"\s*(?:\.\.\.|…)\s*", wanted))), said) is not None
        case "matching":
            return re.search(wanted, said) is not None
        case _:
            return wanted == said


def meant(hers: Hers) -> str:
    """Her words as they are meant."""
    told = " | ".join(f"“{words(text)}”" for text in hers.texts)
    return {"exact": told, "anything": "anything", "silent": "she says nothing"}.get(hers.like, f"{hers.like} {told}")


def _unmet(wanted: Expectation, scene: Scene) -> Fault | None:
    found = FOUND[wanted.check](scene)
    if wanted.check == "origin":
        values = sorted(origins_of(wanted.name, scene.reply)) if scene.reply else []
    else:
        values = _values(wanted, found)
    if any(_same(wanted, value) for value in values) != wanted.negated:
        return None
    return Fault(wanted.line, wanted.text, _told(wanted, values, found))


def _values(wanted: Expectation, found: Sequence[Named]) -> list[str]:
    """The values that are compared: those of the name that is meant; without one, the names, where there are any."""
    if wanted.name:
        return [value for name, value in found if name == wanted.name]
    return [name or value for name, value in found]


def _same(wanted: Expectation, value: str) -> bool:
    same = _SAME.get(wanted.check, _like) if wanted.name or wanted.check not in _FACTS else _like
    return not wanted.wanted or any(same(one, value) for one in wanted.wanted)


def _told(wanted: Expectation, values: Sequence[str], found: Sequence[Named]) -> str:
    """What there was instead, in a few words."""
    if wanted.check in ("mentions", "says", "matches"):
        return f"“{words(values[0])}”" if values else "nothing was said"
    named = values or ([] if wanted.check == "origin" else [f"{name} = {value}" for name, value in found if name])
    return " | ".join(dict.fromkeys(named)) or "nothing"
