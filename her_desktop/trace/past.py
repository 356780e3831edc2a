"""The turns of a journal by their number, each with the state before it."""

from __future__ import annotations

from collections.abc import Mapping

from her_desktop.events import FinalTranscript, PacksChanged, Recorded, Reply, SessionStarted, Timing, TurnsMarked
from her_desktop.folded import state_at
from her_desktop.memory.journal import Journal
from her_desktop.trace.turns import SavedTurn, saved
from her_desktop.trouble import Trouble


def saved_turn(journal: Journal, number: int, *, also_marked: bool = False) -> SavedTurn:
    """A turn of the record.

    Args:
        journal: the record.
        number: of the turn.
        also_marked: whether it may be one whose words were removed; it cannot be run again.

    Raises:
        Trouble: there is no such turn, it was never answered, or words of it were forgotten.
    """
    entries = journal.turn(number)
    heard = next((one for one in entries if isinstance(one.entry, FinalTranscript)), None)
    if not heard:
        raise Trouble(f"turn {number}", "there is no such turn", "see her-desktop trace list")
    if not also_marked and (how := forgotten(journal, number)):
        raise Trouble(f"turn {number}", f"{how}, so it cannot be run again", "her-desktop trace why tells the rest")
    last = next((one for one in entries if isinstance(one.entry, Reply) and one.seq > heard.seq), None)
    if not last:
        raise Trouble(f"turn {number}", "it was never answered", f"see her-desktop trace show --turn {number}")
    of_turn = [one for one in entries if heard.seq <= one.seq <= last.seq]
    return saved(of_turn, *_in_force(journal, heard), state_at(journal, heard.seq))


def forgotten(journal: Journal, number: int) -> str:
    """Why words were removed from a turn, in plain words; empty where none were."""
    entries = [one.entry for one in journal.entries(kinds=[TurnsMarked]) if isinstance(one.entry, TurnsMarked)]
    facts = [entry.fact.partition("@")[0] for entry in entries if number in {mark.turn for mark in entry.turns}]
    return f"words of it were removed when {' and '.join(dict.fromkeys(facts))} was forgotten" if facts else ""


def timings(journal: Journal, number: int) -> list[Timing]:
    """How long the stages of a turn took."""
    return [one.entry for one in journal.turn(number) if isinstance(one.entry, Timing)]


def _in_force(journal: Journal, heard: Recorded) -> tuple[SessionStarted, Mapping[str, str]]:
    """What opened the session of a turn, and the packs in force then."""
    opening = [one.entry for one in journal.entries(heard.session, (SessionStarted, PacksChanged), before=heard.seq)]
    started = next(one for one in opening if isinstance(one, SessionStarted))
    packs = [one.packs for one in opening if isinstance(one, SessionStarted | PacksChanged)]
    return started, packs[-1]
