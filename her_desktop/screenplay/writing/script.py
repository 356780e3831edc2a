"""Receives a session as it was recorded. Emits it as a screenplay that can be performed again.

A line stands where it was said, with all that the replies lean on: the time, the dice, what he did by hand, how he
was heard. What is expected of her is what she said, by which rule, and what she kept and used. Where a performance has
shown that something does not come out again, it is left open, with a note that says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import get_args

import msgspec

from her_desktop import events
from her_desktop.dialogue.rules import Tone
from her_desktop.events import Alternative, FinalTranscript, Recorded, SessionStarted, TurnsMarked
from her_desktop.screenplay.reading.heard import MOST
from her_desktop.screenplay.reading.text import quoted
from her_desktop.screenplay.writing import notes as writing_notes
from her_desktop.screenplay.writing.clock import StageClock, begins
from her_desktop.screenplay.writing.exchanges import Exchange, exchanges
from her_desktop.screenplay.writing.notes import Note
from her_desktop.screenplay.writing.text import is_plain, note, speech, titled
from her_desktop.skills import help_lines

WORDS = "words"
"""Stands for her words among the things that are expected."""

_WIDTH = 110
_DONE = {"forget": "forgotten", "given fact": "corrected"}


class Open(msgspec.Struct, frozen=True):
    """What is left open in an exchange, since it does not come out again, and why."""

    dropped: frozenset[str] = frozenset()
    """Texts of notes; `WORDS` for her words."""
    why: str = ""
    unsaid: bool = False
    """True where even his line cannot be performed."""


class Row(msgspec.Struct, frozen=True):
    """One line of the screenplay, and what of which exchange stands in it."""

    text: str
    exchange: int | None = None
    items: tuple[str, ...] = ()
    """Texts of the notes that stand in it, or `WORDS`."""


class Script(msgspec.Struct, frozen=True):
    """A session that is to be written down."""

    number: int
    exchanges: tuple[Exchange, ...]
    started: SessionStarted | None = None
    profile: str = ""
    """Name of the file beside it that she begins with; empty where she begins with nothing."""
    packs: str = ""
    """Name of the folder of packs beside it; empty for the shipped ones."""
    ends: bool = False

    @classmethod
    def of(
        cls, session: Sequence[Recorded], marks: Iterable[TurnsMarked] = (), profile: str = "", packs: str = ""
    ) -> Script:
        """Take the entries of a session; `marks` say from which of its turns words were removed later."""
        found = (one.entry for one in session)
        started = next((one for one in found if isinstance(one, SessionStarted)), None)
        ends = any(isinstance(one.entry, events.SessionEnded) for one in session)
        number = session[0].session if session else 0
        return cls(number, tuple(exchanges(session, marks)), started, profile, packs, ends)

    def rows(self, left_open: Mapping[int, Open] | None = None) -> list[Row]:
        """The screenplay, line by line."""
        rows = list(self._title())
        for block in self._scenes(left_open or {}):
            rows += [Row(""), *block]
        return rows

    def text(self, left_open: Mapping[int, Open] | None = None) -> str:
        """The screenplay."""
        return "\n".join(row.text for row in self.rows(left_open)) + "\n"

    def _title(self) -> Iterator[Row]:
        said = [one for one in self.exchanges if one.heard]
        yield Row(f"Title: Session {self.number}" if self.exchanges else "Title: Nothing")
        yield Row("Credit: as it was recorded by")
        yield Row("Author: Her Desktop")
        if self.exchanges:
            yield Row(f"Draft date: {self.exchanges[0].at:%Y-%m-%d}")
        if self.started:
            yield from map(Row, _settings(self.started))
        if said:
            yield Row(f"Begins: {begins(said[0].at):%Y-%m-%d %H:%M}")
        if self.packs:
            yield Row(f"Packs: {titled(self.packs)}")
        if self.profile:
            yield Row(f"Profile: {titled(self.profile)}")

    def _scenes(self, left_open: Mapping[int, Open]) -> Iterator[list[Row]]:
        clock = StageClock()
        for at, exchange in enumerate(self.exchanges):
            yield from _blocks(at, exchange, left_open.get(at, Open()), clock)
        said = any(one.heard and not left_open.get(at, Open()).unsaid for at, one in enumerate(self.exchanges))
        if not self.exchanges:
            yield [Row("[[note: Nothing was recorded.]]")]
        elif not said and not any(one.reply for one in self.exchanges):
            yield from ([Row("Nobody says anything.")], [Row("YOU"), Row("(silence, 10 s)")])
            yield [Row("HER"), Row("(silent)")]
        if self.ends:
            yield [Row("> FADE OUT.")]


def _settings(started: SessionStarted) -> Iterator[str]:
    yield f"Notes: recorded by version {titled(started.version)}"
    if started.language.isalnum():
        yield f"Language: {started.language}"
    yield f"Seed: {started.seed}"
    if started.country and started.country in help_lines.table():
        yield f"Country: {started.country}"
    if not started.adapts:
        yield "Adapts: no"


def _blocks(at: int, exchange: Exchange, left: Open, clock: StageClock) -> Iterator[list[Row]]:
    if exchange.heard and not left.unsaid:
        heading, waits = _time(clock, exchange)
        yield from ([Row(line)] for line in heading)
        if arranged := [*waits, *_arranged(at, exchange, left)]:
            yield arranged
        yield list(_his(at, exchange.heard, exchange.interrupts))
    if exchange.reply and not left.unsaid:
        yield list(_hers(at, exchange, left))
    if remarks := [*writing_notes.remarks(exchange), *_told(exchange, left)]:
        yield [Row(note(f"note: {remark}")) for remark in remarks]
    if exchange.cut_off and exchange.reply:
        yield [Row(f"She is cut off after {exchange.sounded} of {len(exchange.reply.text.split())} words.")]


def _told(exchange: Exchange, left: Open) -> Iterator[str]:
    """Why something is left open, and what was said then."""
    if exchange.heard and left.unsaid:
        yield f"He said “{exchange.heard.text}”, which cannot be performed."
    for by_hand in exchange.by_hand:
        if (found := writing_notes.arranged(by_hand)) and found.text in left.dropped:
            yield f"Then {found.name or found.value} was {_DONE[found.check]} by hand, of which she knows nothing here."
    if left.why:
        yield left.why
    if exchange.reply and WORDS in left.dropped and not exchange.marks:
        yield f"She said “{exchange.reply.text}”"


def _time(clock: StageClock, exchange: Exchange) -> tuple[list[str], list[Row]]:
    lines = list(clock.until(exchange.at))
    return [line for line in lines if line[0] != "["], [Row(line) for line in lines if line[0] == "["]


def _arranged(at: int, exchange: Exchange, left: Open) -> Iterator[Row]:
    for by_hand in exchange.by_hand:
        found = writing_notes.arranged(by_hand)
        if found and found.text not in left.dropped:
            yield Row(found.shown, at, (found.text,))


def _his(at: int, heard: FinalTranscript, interrupts: int | None) -> Iterator[Row]:
    yield Row("YOU", at)
    if interrupts is not None:
        words = f" after {interrupts} word{'' if interrupts == 1 else 's'}" if interrupts else ""
        yield Row(f"(interrupting{words})")
    if not _as_it_stands(heard):
        yield Row(f"(heard: {_alternatives(heard.alternatives)})")
    yield from map(Row, speech(heard.text or "...").split("\n"))


def _as_it_stands(heard: FinalTranscript) -> bool:
    """Whether his words alone say how he was heard."""
    if heard.recognizer == "typed" or not heard.alternatives:
        return is_plain(heard.text) or not heard.alternatives
    first = heard.alternatives[0]
    return len(heard.alternatives) == 1 and (first.text, first.confidence) == (heard.text, 1) and is_plain(heard.text)


def _alternatives(heard: Sequence[Alternative]) -> str:
    """Each with its confidence, to the last digit; without, where they add up to more than they can."""
    sure = [one.confidence for one in heard]
    exactly = sure != [1] and sum(sure) <= MOST
    return " | ".join(quoted(one.text) + (f" {one.confidence!r}" if exactly else "") for one in heard)


def _hers(at: int, exchange: Exchange, left: Open) -> Iterator[Row]:
    reply = exchange.reply
    assert reply is not None
    yield Row("HER", at)
    tone = Note("tone", reply.tone)
    if (
        reply.tone != "neutral"
        and reply.tone in get_args(Tone)
        and tone.text not in left.dropped
        and not exchange.marks
    ):
        yield Row(f"({reply.tone})", at, (tone.text,))
    yield from _expected(at, [one for one in writing_notes.expected(exchange) if one.text not in left.dropped])
    if exchange.marks or WORDS in left.dropped:
        yield Row("...", at, (WORDS,))
    elif reply.text:
        yield from (Row(line, at, (WORDS,)) for line in speech(reply.text).split("\n"))


def _expected(at: int, notes: Sequence[Note]) -> Iterator[Row]:
    """The notes, as many on a line as have room."""
    line: list[Note] = []
    for one in (*notes, None):
        if line and (one is None or len(" ".join(note.shown for note in (*line, one))) > _WIDTH):
            yield Row(" ".join(note.shown for note in line), at, tuple(note.text for note in line))
            line = []
        if one is not None:
            line.append(one)
