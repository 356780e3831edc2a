"""What the commands about the record share: the journal, the conversation as it was, a turn by its number."""

from __future__ import annotations

from pathlib import Path

from her_desktop import __version__, paths, settings
from her_desktop.cli.common import Options, builder
from her_desktop.events import SessionStarted
from her_desktop.memory.journal import Journal
from her_desktop.trace.reader import Past
from her_desktop.trouble import Trouble


def open_journal(options: Options) -> Journal:
    """The journal of the profile, to read.

    Raises:
        Trouble: there is none.
    """
    home: Path = options.home or paths.default_home()
    if not (home / "journal.sqlite").is_file():
        raise Trouble("trace", f"{home} holds no journal yet", "talk with her first: her-desktop chat")
    return Journal(home, read_only=True)


def started(options: Options, home: Path, front: str) -> SessionStarted:
    """What begins a session without a conversation: no rule is in force in it."""
    chosen = settings.load(home)
    return SessionStarted(
        version=__version__, language=options.language or chosen.language,
        seed=chosen.seed if options.seed is None else options.seed, packs={}, country=chosen.country, front=front,
        adapts=chosen.adapts,
    )  # fmt: skip


def last_talk(journal: Journal) -> int:
    """The number of the last session in which somebody spoke; where nobody ever did, of the last one."""
    return max((one.session for one in journal.sessions() if one.turns), default=journal.last_session)


def past_of(options: Options, journal: Journal) -> Past:
    """The record, with the conversations in it; the packs are those of the options where they are the same."""
    return Past(journal, lambda: builder().conversation(options))
