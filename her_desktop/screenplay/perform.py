"""Receives a screenplay. Emits its performance: every beat as it was played, and what did not hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from time import perf_counter

from msgspec.structs import replace

from her_desktop import loading
from her_desktop.conversation import Conversation
from her_desktop.dialogue.state import State
from her_desktop.screenplay import check
from her_desktop.screenplay.performance import ARRANGED, Fault, Performance, Played
from her_desktop.screenplay.script import Beat, Screenplay, Title
from her_desktop.screenplay.stage import Profile, Stage
from her_desktop.screenplay.theatre import Theatre, TypedTheatre
from her_desktop.screenplay.writing.profile import read as read_profile
from her_desktop.trouble import Trouble

Conversations = Callable[[Title], Conversation]
"""The conversation that a title page asks for."""

TYPED = TypedTheatre()


@lru_cache(maxsize=8)
def _loaded(packs: tuple[Path, ...], language: str) -> Conversation:
    return loading.conversation(packs, language)


def conversation(title: Title) -> Conversation:
    """The conversation that a title page asks for; packs are read once.

    Raises:
        Trouble: there is no such language, or not one rule that works.
    """
    return replace(_loaded(title.packs, title.language), country=title.country, adapts=title.adapts)


def perform(
    screenplay: Screenplay, conversations: Conversations = conversation, *, theatre: Theatre = TYPED,
    seen: Callable[[Played], None] = lambda _played: None, to_first_fault: bool = False,
) -> Performance:  # fmt: skip
    """Perform a screenplay to its end.

    Args:
        screenplay: what is to be said, and what is expected.
        conversations: makes the rules that are spoken by.
        theatre: how he is heard.
        seen: told of each beat once it was played.
        to_first_fault: break off where something does not hold.

    Raises:
        Trouble: the packs or the profile cannot be read, or a part is missing.
    """
    since, title = perf_counter(), screenplay.title
    profile = profile_of(title)
    hand = theatre.opens(sounding=any(beat.his and beat.his.interrupts for beat in screenplay.beats))
    played: list[Played] = []
    with Stage(title, conversations(title), hand, profile, as_loaded=lambda: conversation(title).book) as stage:
        for at, beat in enumerate(screenplay.beats):
            played.append(_played(stage, beat, screenplay.beats[at + 1 : at + 2]))
            seen(played[-1])
            if to_first_fault and played[-1].faults:
                break
    return Performance(screenplay, tuple(played), perf_counter() - since)


def profile_of(title: Title) -> Profile | None:
    """What she begins with, as the title page names it; None for nothing.

    Raises:
        Trouble: it cannot be read.
    """
    return read_profile(title.profile) if title.profile else None


def _played(stage: Stage, beat: Beat, following: Sequence[Beat]) -> Played:
    try:
        return checked(stage, beat, following)
    except Trouble as trouble:  # this performance's barrier: what cannot be arranged is told with its line
        return broken(beat, trouble, stage.now)


def checked(stage: Stage, beat: Beat, following: Sequence[Beat]) -> Played:
    """Play a beat, so far as she is not interrupted by the next one, and see what did not hold.

    Raises:
        Trouble: something that is arranged cannot be.
    """
    his = following[0].his if following else None
    played = stage.play(beat, his.after_words if his and his.interrupts else None)
    return replace(played, faults=check.faults(played))


def broken(beat: Beat, error: Exception, now: datetime) -> Played:
    """A beat that could not be performed."""
    if isinstance(error, Trouble):
        fault = Fault(beat.line, ARRANGED, error.line)
    else:
        fault = Fault(beat.line, "nothing goes wrong", f"{type(error).__name__}: {error}")
    return Played(beat, 0, State(), now, (), 0, "", (fault,))
