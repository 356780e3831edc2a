"""What a screenplay says, read and checked: who says what, when, and what is expected of her. Lines count from 1."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec

from her_desktop.events import Alternative

BEGINS = datetime(2026, 11, 22, 15, 5)
"""When a screenplay begins that does not say so, as clocks show it."""

BETWEEN_S = 10
"""So long he takes before each of his lines, where he does not begin at once."""

Check = Literal[
    "rule", "act", "tier", "tone", "wording", "slot", "value", "learns", "uses", "forgets", "technique", "suppresses",
    "mentions", "says", "matches", "origin", "skill", "asks", "holds", "plans", "brings up", "explains", "heard",
    "state", "within", "because",
]  # fmt: skip
"""What a note under one of her cues can check; each also with `not` before it."""


class Expectation(msgspec.Struct, frozen=True):
    """One thing that must hold of a turn: `[[rule: clock.time]]`, `[[not technique: T13]]`."""

    check: Check
    wanted: tuple[str, ...]
    """Values, of which one must hold; each as it stands in the note, without quotation marks. Empty: of any value."""
    line: int
    negated: bool = False
    name: str = ""
    """What stands before `=`: the slot of `slot: place = Oslo`, the fact of `learns: user.name = Ada`."""

    @property
    def text(self) -> str:
        """The expectation as a note says it."""
        value = " | ".join(self.wanted)
        named = f"{self.name} = {value}" if self.name and value else self.name or value
        return ("not " if self.negated else "") + self.check + (f": {named}" if named else "")


Like = Literal["exact", "one of", "like", "matching", "anything", "silent"]
"""How her words are meant: word by word, one of several lines, with `...` for any words, a regular expression, `...`
alone, or that she says nothing."""


class Hers(msgspec.Struct, frozen=True):
    """What she is expected to say, and what else must hold of the turn."""

    line: int
    """Of her cue."""
    like: Like
    texts: tuple[str, ...] = ()
    text_line: int = 0
    """Of the first line of her words; 0 where there are none."""
    last_line: int = 0
    """Of the last line of her block, where another note can be added behind."""
    expectations: tuple[Expectation, ...] = ()


How = Literal["said", "typed"]


class Given(msgspec.Struct, frozen=True):
    """Something that is arranged before his next line: `[[given fact: user.name = Ada]]`, `[[wait: 3 days]]`."""

    what: Literal["fact", "wording", "wait", "at once", "off", "on", "forget", "fresh", "seed", "clock"]
    line: int
    name: str = ""
    """The fact, the rule, the technique."""
    value: str = ""
    """The fact's object, the number of the wording (from 1), the duration in seconds, the seed, the ISO time."""


class His(msgspec.Struct, frozen=True):
    """What he says, and how it reaches her."""

    line: int
    """Of his cue."""
    who: str
    """His name, as the cue writes it."""
    text: str = ""
    """What he says; empty where he is silent."""
    text_line: int = 0
    how: How = "said"
    """`typed` is typed even where the others are spoken aloud."""
    heard: tuple[Alternative, ...] = ()
    """What the recognizer is said to have made of it, the best first; empty where it is taken as it stands."""
    recording: Path | None = None
    """A recording to hear instead."""
    silent_s: float = 0
    """For so many seconds nobody says anything."""
    interrupts: bool = False
    """He speaks while she does."""
    after_words: int = 0
    """How many of her words have sounded by then."""
    whispers: bool = False


def pause_s(given: Sequence[Given], his: His) -> float:
    """How long nobody speaks before his line, beside what is waited for."""
    if his.silent_s:
        return his.silent_s
    return 0 if any(one.what == "at once" for one in given) else BETWEEN_S


class Beat(msgspec.Struct, frozen=True):
    """One exchange: what is arranged, what he does, and what is expected of her."""

    scene: str
    """The heading of its scene; empty before the first one."""
    his: His | None
    """None where she is expected to do something of herself."""
    hers: Hers | None
    given: tuple[Given, ...] = ()

    @property
    def line(self) -> int:
        """Where it begins."""
        return self.his.line if self.his else self.hers.line if self.hers else self.given[0].line


class Title(msgspec.Struct, frozen=True):
    """The title page."""

    title: str = ""
    language: str = "en"
    seed: int = 0
    country: str = ""
    packs: tuple[Path, ...] = ()
    """Folders or files of packs; empty for the shipped ones."""
    profile: Path | None = None
    """A document of memories or a state that she begins with."""
    adapts: bool = True
    her: str = "HER"
    """The character that is she; everybody else is he."""
    begins: datetime | None = None
    """When it begins, where no heading says so."""


class Screenplay(msgspec.Struct, frozen=True):
    """A whole screenplay."""

    path: Path
    title: Title
    beats: tuple[Beat, ...]

    @property
    def lines(self) -> int:
        """How many lines are spoken in it, his and hers."""
        return sum((beat.his is not None) + (beat.hers is not None) for beat in self.beats)
