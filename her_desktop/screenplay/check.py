"""Receives a beat as it was performed. Emits what of it did not hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from her_desktop.events import Failure, FinalTranscript, Reply, SpeechDiscarded
from her_desktop.screenplay.found import FOUND, Named, Scene, bare, occurrences, origins_of, words
from her_desktop.screenplay.known import Known, like, no_skill
from her_desktop.screenplay.performance import Fault, Played
from her_desktop.screenplay.script import Expectation, Hers

_FACTS = ("learns", "uses", "forgets")

Same = Callable[[str, str], bool]


_SAME: Mapping[str, Same] = {
    "mentions": lambda wanted, found: any(True for _ in occurrences(wanted, found)),
    "says": lambda wanted, found: words(wanted) == words(found),
    "matches": lambda wanted, found: re.search(wanted, found) is not None,
    "heard": lambda wanted, found: bare(wanted) == bare(found),
    "within": lambda wanted, found: milliseconds(found) <= milliseconds(wanted),
    "slot": lambda wanted, found: bare(wanted) == bare(found),
    **dict.fromkeys(_FACTS, lambda wanted, found: words(wanted).casefold() == words(found).casefold()),
}
"""How two values are compared; where nothing is said here `*` stands for any letters."""


_DOTS = re.compile(r"(\s*(?:\.\.\.|…)\s*)")
_WORD_ENDS, _WORD_BEGINS = r"(?!\w|['’]\w)", r"(?<!\w)(?<!\w['’])"
_UNSAID = "she did not say “{}”"
_COUNTS = {2: "two", 3: "three"}


def milliseconds(text: str) -> float:
    """What `300 ms` and `1.5 s` are, in milliseconds."""
    number, unit = re.fullmatch(r"\s*([\d.]+)\s*(ms|s)\s*", text).groups()  # type: ignore[union-attr]  # it was read so
    return float(number) * (1000 if unit == "s" else 1)


def faults(played: Played) -> tuple[Fault, ...]:
    """What did not hold in a beat.

    Args:
        played: the beat as it was performed.
    """
    return tuple(_faults(played, Scene(played)))


def _faults(played: Played, scene: Scene) -> Iterator[Fault]:
    hers = played.beat.hers
    yield from played.amiss
    for failure in scene.every(Failure):
        line = hers.line if hers else played.beat.line
        yield Fault(line, "nothing goes wrong", f"{failure.what}: {failure.why}")
    yield from _of_his(scene)
    if hers:
        if fault := _words(hers, scene.reply):
            yield fault
        yield from (fault for one in hers.expectations if (fault := _unmet(one, scene)))


def _of_his(scene: Scene) -> Iterator[Fault]:
    """Whether his line was heard as one, and whether something came of it."""
    beat, finals = scene.played.beat, scene.every(FinalTranscript)
    if len(finals) > 1:
        count, texts = _COUNTS.get(len(finals), len(finals)), " | ".join(f"“{one.text}”" for one in finals)
        yield Fault(beat.line, "he is heard once", f"heard as {count} utterances: {texts}")
    spoke, hers = bool(beat.his and beat.his.text) or bool(finals), beat.hers
    told = hers and (hers.like == "silent" or hers.texts or hers.expectations)
    if spoke and not told and not scene.reply and not scene.every(SpeechDiscarded):
        yield Fault(beat.line, "she answers", "nothing was said")


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
            return re.fullmatch(_pattern(wanted), said) is not None
        case "matching":
            return re.search(wanted, said) is not None
        case _:
            return wanted == said


def _pattern(wanted: str) -> str:
    """Words with `...` in them as a regular expression; dots beside a space stand for whole words, or none."""
    first, *rest = _DOTS.split(wanted)
    pattern, left = re.escape(first), first
    gaps = list(zip(rest[::2], rest[1::2], strict=True))
    for at, (gap, right) in enumerate(gaps, 1):
        ends = _WORD_ENDS if gap[0].isspace() and left[-1:].isalnum() else ""
        begins = _WORD_BEGINS if gap[-1].isspace() and right[:1].isalnum() else ""
        behind = begins + re.escape(right)
        pattern += ends + (f".*{behind}" if at == len(gaps) else f"(?>.*?{behind})")  # once found, never sought again
        left = right
    return pattern


def meant(hers: Hers) -> str:
    """Her words as they are meant."""
    told = " | ".join(f"“{words(text)}”" for text in hers.texts)
    return {"exact": told, "anything": "anything", "silent": "she says nothing"}.get(hers.like, f"{hers.like} {told}")


def _unmet(wanted: Expectation, scene: Scene) -> Fault | None:
    found = FOUND[wanted.check](scene)
    values = values_of(wanted, found, scene)
    if any(_same(wanted, value) for value in values) != wanted.negated:
        got = _vain(wanted, scene)
    else:
        got = _told(wanted, values, found, scene)
    return Fault(wanted.line, wanted.text, got) if got else None


def _vain(wanted: Expectation, scene: Scene) -> str:
    """Why something that holds could never have failed: it names what there is not. Empty where it could have."""
    known = scene.played.known
    if wanted.check == "origin" and scene.reply and not origins_of(wanted.name, scene.reply):
        return _UNSAID.format(wanted.name)
    if known is None:
        return ""
    return next((why for one in wanted.wanted if (why := _no_such(wanted, one, known, scene))), "")


def _no_such(wanted: Expectation, one: str, known: Known, scene: Scene) -> str:
    rule = scene.decision.rule if scene.decision else ""
    match wanted.check:
        case "rule" | "asks" | "holds" | "plans" | "brings up" | "explains":
            return known.no_rule(one)
        case "skill":
            return no_skill(one)
        case "slot" | "value" if wanted.negated and wanted.name and rule:
            return known.no_slot(rule, wanted.name)
        case "because" if wanted.negated and rule:
            name = wanted.name or one
            return "" if name in dict(FOUND["because"](scene)) else known.no_name(rule, name)
    return ""


def values_of(wanted: Expectation, found: Sequence[Named], scene: Scene) -> list[str]:
    """The values that are compared: those of the name that is meant; without one, the names, where there are any."""
    if wanted.check == "origin":
        return _wholly(wanted.name, scene.reply)
    if wanted.name:
        return [value for name, value in found if name == wanted.name]
    return [name or value for name, value in found]


def _same(wanted: Expectation, value: str) -> bool:
    same = _SAME.get(wanted.check, like) if wanted.name or wanted.check not in _FACTS else like
    return not wanted.wanted or any(same(one, value) for one in wanted.wanted)


def _wholly(wanted: str, reply: Reply | None) -> list[str]:
    """From where some words of hers come, each time that they come from one place alone."""
    return sorted({one for mix in (origins_of(wanted, reply) if reply else ()) if len(mix) == 1 for one in mix})


def _told(wanted: Expectation, values: Sequence[str], found: Sequence[Named], scene: Scene) -> str:
    """What there was instead, in a few words."""
    if wanted.check in ("mentions", "says", "matches"):
        return f"“{words(values[0])}”" if values else "nothing was said"
    if wanted.check == "origin":
        return _told_origins(wanted.name, scene.reply)
    named = values or [f"{name} = {value}" for name, value in found if name]
    return " | ".join(dict.fromkeys(named)) or "nothing"


def _told_origins(wanted: str, reply: Reply | None) -> str:
    mixes = origins_of(wanted, reply) if reply else []
    return " | ".join(dict.fromkeys(" and ".join(sorted(mix)) for mix in mixes)) or _UNSAID.format(wanted)
