"""The turns of a journal by their number, each with the state before it."""

from __future__ import annotations

from collections.abc import Mapping

from her_desktop.events import FinalTranscript, PacksChanged, Recorded, Reply, SessionStarted, Timing, TurnsMarked
from her_desktop.folded import state_at
from her_desktop.memory.journal import Journal
from her_desktop.trace.turns import SavedTurn, marked, saved
from her_desktop.trouble import Trouble


def saved_turn(journal: Journal, number: int) -> SavedTurn:
    """A turn of the record.

    Raises:
        Trouble: there is no such turn, it was never answered, or words of it were forgotten.
    """
    entries = journal.turn(number)
    heard = next((one for one in entries if isinstance(one.entry, FinalTranscript)), None)
    if not heard:
        raise Trouble(f"turn {number}", "there is no such turn", "see her-desktop trace list")
    if how := marked(journal.entries(kinds=[TurnsMarked], after=heard.seq)).get(number):
        raise Trouble(f"turn {number}", f"words of it were forgotten ({how})", "it cannot be run again")
    last = next((one for one in entries if isinstance(one.entry, Reply) and one.seq > heard.seq), None)
    if not last:
        raise Trouble(f"turn {number}", "it was never answered", f"see her-desktop trace show --turn {number}")
    of_turn = [one for one in entries if heard.seq <= one.seq <= last.seq]
    return saved(of_turn, *_in_force(journal, heard), state_at(journal, heard.seq))


def timings(journal: Journal, number: int) -> list[Timing]:
    """How long the stages of a turn took."""
    return [one.entry for one in journal.turn(number) if isinstance(one.entry, Timing)]


def _in_force(journal: Journal, heard: Recorded) -> tuple[SessionStarted, Mapping[str, str]]:
    """What opened the session of a turn, and the packs in force then."""
    opening = [one.entry for one in journal.entries(heard.session, (SessionStarted, PacksChanged), before=heard.seq)]
    started = next(one for one in opening if isinstance(one, SessionStarted))
    packs = [one.packs for one in opening if isinstance(one, SessionStarted | PacksChanged)]
    return started, packs[-1]
