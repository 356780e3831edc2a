"""Receives a screenplay. Emits its performance: every beat as it was played, and what did not hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from time import perf_counter

from msgspec.structs import replace

from her_desktop import loading
from her_desktop.conversation import Conversation
from her_desktop.screenplay import check
from her_desktop.screenplay.performance import Fault, Performance, Played
from her_desktop.screenplay.script import Beat, Screenplay, Title
from her_desktop.screenplay.stage import Profile, Stage
from her_desktop.screenplay.theatre import Theatre, TypedTheatre
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
    with Stage(title, conversations(title), hand, profile) as stage:
        rules: dict[int, str] = {}
        for at, beat in enumerate(screenplay.beats):
            played.append(_played(stage, beat, until_word(screenplay.beats[at + 1 : at + 2]), rules))
            if played[-1].reply:
                rules[played[-1].turn] = played[-1].reply.rule
            seen(played[-1])
            if to_first_fault and played[-1].faults:
                break
    return Performance(screenplay, tuple(played), perf_counter() - since)


def profile_of(title: Title) -> Profile | None:
    """What she begins with, as the title page names it; None for nothing.

    Raises:
        Trouble: it cannot be read.
    """
    from her_desktop.screenplay.writing.profile import read  # noqa: PLC0415 -- most begin with nothing

    return read(title.profile) if title.profile else None


def _played(stage: Stage, beat: Beat, until_word: int | None, rules: dict[int, str]) -> Played:
    if any(given.what == "fresh" for given in beat.given):
        rules.clear()
    try:
        played = stage.play(beat, until_word)
    except Trouble as trouble:  # this performance's barrier: what cannot be arranged is told with its line
        return Played(
            beat, 0, stage.state, stage.now, (), 0, "", (Fault(beat.line, "this can be arranged", trouble.line),)
        )
    return replace(played, faults=check.faults(played, rules))


def until_word(following: Sequence[Beat]) -> int | None:
    """How far her words sound, where he interrupts them next."""
    his = following[0].his if following else None
    return his.after_words if his and his.interrupts else None
