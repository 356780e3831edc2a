"""How a reply was made to come close, as she says it: by which techniques, or that they were only on show.

Emits the values `charms` (all of them), `charms_few` and `charms_more` (two, and how many more), `uncharmed` (words in
which there are none) and `exhibited` (how many words of a piece of the exhibit are a quotation).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from her_desktop.dialogue.techniques import techniques
from her_desktop.nlg.wording import Value

if TYPE_CHECKING:
    from her_desktop.trace.aloud_values import Named, Telling

FEW = 2
"""So many are named where they are not what he asked about."""

_QUOTATION = re.compile(r"“([^”]+)”|„([^“]+)“")


def charms(telling: Telling) -> Iterator[Named]:
    """The means to come close that were in it; else the words in which there are none."""
    known, reply = techniques(), telling.found.reply
    used = [known[name] for name in telling.found.techniques if name in known]
    if reply.exhibit and any("M" in one.classes for one in used) and (quoted := _quoted(reply.text)):
        yield "exhibited", telling.made(str(quoted))
        return
    names = [one.aloud.get(telling.language, one.name) for one in used if {"I", "M"} & set(one.classes)]
    if names:
        yield from _named(telling, names)
    else:
        yield "uncharmed", telling.made(telling.begins(reply.text))


def _named(telling: Telling, names: list[str]) -> Iterator[Named]:
    items = tuple(map(telling.made, names))
    yield "charms", Value("", "computed", telling.source, items=items)
    yield "charms_few", Value("", "computed", telling.source, items=items[:FEW])
    if len(items) > FEW:
        yield "charms_more", telling.made(str(len(items) - FEW))


def _quoted(text: str) -> int:
    """How many words stand in quotation marks."""
    return sum(len("".join(found.groups("")).split()) for found in _QUOTATION.finditer(text))
