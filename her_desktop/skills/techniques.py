"""Receives which techniques he means. Emits entries that switch them, the names of those that are off, or an exhibit.

Which he means stands in the name of a slot: one of `MEANT` below, or an id in small letters (`t16`), so that no word of
any language is needed here. `{technique}` holds an id as he said it.
"""

from __future__ import annotations

from collections.abc import Mapping

from her_desktop.dialogue.techniques import charms, switchable, techniques
from her_desktop.events import TechniqueSwitched
from her_desktop.nlg.wording import Value
from her_desktop.skills.ask import Answer, Ask, computed
from her_desktop.skills.spoken_names import listed, technique

MEANT: Mapping[str, tuple[str, ...]] = {
    "mirroring": ("T05",), "questions": ("T06",), "echo": ("T07",), "naming": ("T02",), "callbacks": ("T08",),
    "feelings": ("T03", "T09"), "asking": ("T10",), "humor": ("T12",), "flattery": ("T13",), "thinking": ("T18",),
    "voice": ("T19",), "self": ("T01",),
}  # fmt: skip
"""What he may name, and the techniques that it is."""

_MOST_NAMED = 4
"""More than so many are counted, not named."""


def exhibits() -> tuple[str, ...]:
    """Every technique that is manipulative, or has a side that is."""
    return tuple(name for name, known in techniques().items() if "M" in known.classes)


def switch_off(ask: Ask) -> Answer:
    """Switch off what he names; where he names nothing, all."""
    return _switched(ask, on=False)


def switch_on(ask: Ask) -> Answer:
    """Switch on again what he names; where he names nothing, all that is off."""
    return _switched(ask, on=True)


def which_off(ask: Ask) -> Answer:
    """What is switched off."""
    return Answer("what is off", _told(ask, "off", ask.off) if ask.off else {})


def _switched(ask: Ask, *, on: bool) -> Answer:
    wanted = _wanted(ask)
    changing = [name for name in wanted if (name in ask.off) == on]
    done = tuple(TechniqueSwitched(technique=name, on=on, why="his words") for name in changing)
    told = _told(ask, "switched", changing) if changing else _told(ask, "already", wanted) if wanted else {}
    return Answer(", ".join(wanted) or "no such technique", told, done=done)


def _wanted(ask: Ask) -> tuple[str, ...]:
    if said := ask.slots.get("technique"):
        name = said.replace(" ", "").upper()
        return (name,) if name in switchable() else ()
    named = tuple(name for slot in ask.slots for name in MEANT.get(slot, ()))
    return named or charms()


def _told(ask: Ask, place: str, names: tuple[str, ...] | list[str]) -> dict[str, Value]:
    """The names of a few techniques as a list, or how many there are."""
    if len(names) <= _MOST_NAMED:
        return {f"techniques.{place}": listed([technique(name, ask.language, "techniques") for name in names])}
    return dict(computed("techniques", place, **{f"techniques__{place}_count": str(len(names))}).values)


# ---- the exhibit -----------------------------------------------------------------------------------------------------


def show(ask: Ask) -> Answer:
    """The piece that he names, else the one behind that on show, else the first; no value behind the last one."""
    pieces = exhibits()
    named = next((name for name in pieces if name.lower() in ask.slots), "")
    on_show = _on_show(ask)
    at = pieces.index(named) if named else pieces.index(on_show) + 1 if on_show else 0
    return _piece(ask, pieces[at]) if at < len(pieces) else Answer("behind the last one", {})


def on_show(ask: Ask) -> Answer:
    """The name of the piece that was shown the turn before; no value where none was."""
    if not (name := _on_show(ask)):
        return Answer("nothing on show", {})
    side = "used" if "I" in techniques()[name].classes else "unused"
    return Answer(name, {f"exhibit.{side}": technique(name, ask.language, "exhibit.on_show")})


def _piece(ask: Ask, name: str) -> Answer:
    return Answer(name, {f"exhibit.{name.lower()}": technique(name, ask.language, "exhibit.show")})


def _on_show(ask: Ask) -> str:
    """Her last words begin with the name of the piece that is on show."""
    names = {name: technique(name, ask.language, "exhibit.on_show").text for name in exhibits()}
    said = {name: ask.said.find(text) for name, text in names.items()}
    found = {name: at for name, at in said.items() if at >= 0}
    return min(found, key=lambda name: found[name]) if found else ""


VALUES: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        ("techniques.switch_off", "techniques.switch_on"),
        frozenset(
            {"techniques.switched?", "techniques.switched_count?", "techniques.already?", "techniques.already_count?"}
        ),
    ),
    "techniques.which_off": frozenset({"techniques.off?", "techniques.off_count?"}),
    "exhibit.show": frozenset(f"exhibit.{name.lower()}?" for name in exhibits()),
    "exhibit.on_show": frozenset({"exhibit.used?", "exhibit.unused?"}),
}
"""What each of these skills may answer with."""
