"""The journal as `memory` commands use it: read, or written in a session of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from functools import reduce

import msgspec

from her_desktop import paths
from her_desktop.cli.common import Options
from her_desktop.cli.record import started
from her_desktop.events import Entry, FactForgotten, FactLearned, SessionEnded, SessionStarted
from her_desktop.memory.facts import Facts, fold
from her_desktop.memory.journal import Journal


class MemorySession(msgspec.Struct, frozen=True):
    """A session without a conversation, in which facts are learned or forgotten."""

    journal: Journal
    started: SessionStarted
    now: datetime

    def record(self, *entries: Entry) -> None:
        """Write what happened, on disk when this returns; the session begins with the first of it."""
        if entries:
            self.journal.begin_session()
            self.journal.append(0, self.now, (self.started, *entries), durable=True)

    def end(self, cause: str) -> None:
        """Write that it ended."""
        self.journal.append(0, self.now, (SessionEnded(cause=cause),), durable=True)


def here(options: Options) -> Journal | nullcontext[None]:
    """The journal of the profile, to read; None where there is none yet."""
    home = options.home or paths.default_home()
    return Journal(home, read_only=True) if (home / "journal.sqlite").is_file() else nullcontext()


@contextmanager
def recording(options: Options) -> Iterator[MemorySession]:
    """The journal of the profile, to write; refused while a conversation holds it.

    Raises:
        Trouble: another program has it open.
    """
    home = paths.open_home(options.home)
    begun = started(options, home, "memory")
    with Journal(home) as journal:
        session = MemorySession(journal, begun, options.now or datetime.now().astimezone())
        before = journal.last_session
        yield session
        if journal.last_session > before:
            session.end("done")


def facts_of(journal: Journal) -> Facts:
    """What is known now."""
    entries = (recorded.entry for recorded in journal.entries(kinds=(FactLearned, FactForgotten)))
    nothing: Facts = {}
    return reduce(fold, entries, nothing)
