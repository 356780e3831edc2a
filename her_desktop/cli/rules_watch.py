"""`rules watch`: a typed conversation whose packs may be edited meanwhile; before each swap, what it would change."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from her_desktop.cli.common import Options, builder, global_options
from her_desktop.cli.talk import PROMPT, lines, printer
from her_desktop.conversation import Conversation
from her_desktop.dialogue.state import FOLDED
from her_desktop.events import Failure, PacksChanged, Recorded
from her_desktop.inbox import Typed
from her_desktop.memory.journal import Journal
from her_desktop.session import Session
from her_desktop.trace.lines import printable
from her_desktop.trace.rerun import MOST_TURNS, Answer, rerun
from her_desktop.trace.summaries import summary
from her_desktop.trace.turns import turns
from her_desktop.trouble import Trouble

WELCOME = "Talk with her, and edit the packs meanwhile: they are read again when a file changes. Say goodbye to leave."

_LOOK_EVERY_S = 0.5
_SHOWN_TURNS = 20
_BACK_TO_LINE_START = "\r\x1b[K"


@click.command()
@global_options
def watch(options: Options) -> int:
    """Talk with her by typing while you edit her packs.

    When a file changes, the packs are read aside. What is broken in them, and which saved turns would now be answered
    otherwise, is told on standard error; then they are swapped between two turns. While a whole file cannot be read,
    she goes on with the packs as they were. At a keyboard this happens while she waits for you; with piped input,
    before the next line.
    """
    at_keyboard, home = sys.stdin.isatty(), builder().home(options)
    with builder().chat(options) as session:
        watching = _Watching(session, home, at_keyboard=at_keyboard)
        session.watch(printer(options.json, show_heard=not at_keyboard))
        session.watch(watching.saw)
        session.start()
        watching.tell(WELCOME)
        with watching.looking():
            for line in lines(at_keyboard):
                watching.turn(line)
                if session.ended:
                    break
        session.close()
    return 0


class _Watching:
    """The conversation, and what is told of its packs."""

    def __init__(self, session: Session, home: Path, *, at_keyboard: bool) -> None:
        self._session, self._home, self._at_keyboard = session, home, at_keyboard
        self._turns = threading.Lock()
        self._prompted = self._told = False
        session.before_swap(self._before_swap)
        session.watch(self._make_room)

    def turn(self, line: str) -> None:
        """He said something; packs that were edited before it are swapped first."""
        with self._turns:
            self._look()
            self._session.handle(Typed(line))
            self._look()
            sys.stdout.flush()

    def _look(self) -> None:
        self._session.keep()
        self._session.drain()

    @contextmanager
    def looking(self) -> Iterator[None]:
        """At a keyboard, look for edits also while he is thinking."""
        if not self._at_keyboard:
            yield
            return
        done = threading.Event()
        thread = threading.Thread(target=self._look_until, args=(done,), name="packs")
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()

    def _look_until(self, done: threading.Event) -> None:
        while not done.wait(_LOOK_EVERY_S):
            with self._turns:
                self._prompted, self._told = True, False
                if not self._session.ended:
                    self._look()
                if self._told:
                    click.echo(PROMPT + _typed_so_far(), nl=False, err=True)
                self._prompted = False

    def tell(self, line: str) -> None:
        """Tell a line, above the prompt if there is one."""
        self._clear()
        click.secho(printable(line), dim=True, err=True)

    def _clear(self) -> None:
        if self._prompted and not self._told:
            click.echo(_BACK_TO_LINE_START, nl=False, err=True)
        self._told = True

    def _make_room(self, recorded: Recorded) -> None:
        if isinstance(recorded.entry, Failure):  # told by the printer, right after this
            self._clear()

    def saw(self, recorded: Recorded) -> None:
        """Tell of a swap."""
        if isinstance(recorded.entry, PacksChanged):
            self.tell(f"swapped between two turns: {summary(recorded.entry)}; state kept")

    def _before_swap(self, before: Conversation, after: Conversation) -> None:
        for broken in after.book.quarantined:
            self.tell(f"broken, left out until it is mended: {broken.line}")
        try:
            with Journal(self._home, read_only=True) as journal:
                found = rerun(before, after, turns(journal.entries(kinds=FOLDED)))
        except Trouble as trouble:  # what cannot be compared can still be swapped
            return self.tell(trouble.line)
        self.tell(f"{_count(len(found), 'saved turn')} would be answered otherwise (of the newest {MOST_TURNS:,})")
        for one in found[-_SHOWN_TURNS:]:
            self.tell(f"  session {one.session}, turn {one.turn}: “{one.said}”")
            self.tell(f"    was {_shown(one.was)}")
            self.tell(f"    now {_shown(one.now)}")
        return None


def _shown(answer: Answer) -> str:
    return f"{answer.rule}: “{answer.text}”" if answer.rule else f"no answer: {answer.text}"


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}{'' if number == 1 else 's'}" if number else f"no {thing}"


def _typed_so_far() -> str:
    with suppress(ImportError):
        import readline  # noqa: PLC0415 -- not on Windows

        return readline.get_line_buffer()
    return ""
