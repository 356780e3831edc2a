"""Receives a screenplay or its performance. Emits its parts that each begin with a new profile, and can stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice, pairwise

from msgspec.structs import replace

from her_desktop.screenplay.performance import Performance
from her_desktop.screenplay.script import Beat, Given, Screenplay, Title

_TIME = re.compile(r"\s*-?\s*\d{4}-\d{2}-\d{2}(\s+\d{1,2}:\d{2})?\s*$")


def runs(screenplay: Screenplay) -> list[Screenplay]:
    """The parts between one `[[fresh]]` and the next.

    Each has the seed and the time that the parts before it left behind, and so goes as it would among them.
    """
    beats = screenplay.beats
    begins = [at for at, beat in enumerate(beats) if at == 0 or any(given.what == "fresh" for given in beat.given)]
    return [
        Screenplay(screenplay.path, _title(screenplay.title, beats[:first]), beats[first:behind])
        for first, behind in pairwise([*begins, len(beats)])
    ]


def performed(performance: Performance) -> list[Performance]:
    """The performances of these parts, of one of the whole; what each of them took is not known, and is told as 0."""
    played = iter(performance.played)
    return [Performance(part, tuple(islice(played, len(part.beats))), 0.0) for part in runs(performance.screenplay)]


def names(parts: Sequence[Screenplay]) -> Iterator[str]:
    """What each part is called: by its first heading, without the date; else by the title, else by the file."""
    seen: dict[str, int] = {}
    for part in parts:
        name = _TIME.sub("", part.beats[0].scene) or part.title.title or part.path.stem
        name = " ".join(name.split()).replace("::", ":")
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})"


def _title(title: Title, before: Sequence[Beat]) -> Title:
    given = [one for beat in before for one in beat.given]
    seed, clock = _last(given, "seed"), _last(given, "clock")
    return replace(
        title,
        seed=int(seed) if seed else title.seed,
        begins=datetime.fromisoformat(clock) if clock else title.begins,
    )


def _last(given: Sequence[Given], what: str) -> str:
    return next((one.value for one in reversed(given) if one.what == what), "")
