"""Killed at any moment: what was said to be kept is there afterwards, what was forgotten is not, and it replays."""

import os
import random
import select
import signal
import sys
import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from her_desktop.clock import FixedClock
from her_desktop.conversation import Conversation
from her_desktop.events import Recorded, Reply, TurnsMarked
from her_desktop.folded import state_at
from her_desktop.inbox import InlineExecutor, Typed
from her_desktop.memory.journal import Journal
from her_desktop.session import Session
from her_desktop.trace.aloud import Aloud
from her_desktop.trace.packs_then import PacksThen
from her_desktop.trace.replay import replay
from her_desktop.trace.turns import SavedTurn, marked, turns
from tests.dialogue.talk import Talk, conversation
from tests.trace.packs import NOW

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a process is forked")

NAMES = ("Wilhelmina", "Theodore", "Ottoline", "Barnabas", "Persephone")


def talk_until_killed(home: Path, said: int, seed: int) -> None:
    """Runs in the process that is killed: tells the parent each reply after it was recorded, as the window does."""
    rng = random.Random(seed)
    with Journal(home) as journal:
        session = Session(conversation(), journal, FixedClock(NOW), 0, "test", executor=InlineExecutor())
        session.answer_from(Aloud(journal, PacksThen(journal, conversation())))
        session.watch(lambda one: tell(said, one))
        session.start()
        while True:
            name = rng.choice(NAMES)
            for text in (f"my name is {name}", "how are you", "what is my name", "forget my name", "hello"):
                session.handle(Typed(text))
                os.write(said, b"done\n")


def tell(said: int, one: Recorded) -> None:
    if isinstance(one.entry, Reply):
        os.write(said, f"{one.turn} {one.entry.text}\n".encode())


def killed_after(home: Path, seconds: float, seed: int) -> list[str]:
    """What she had said when the process was killed, so many seconds after the first reply."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        try:
            talk_until_killed(home, write, seed)
        finally:
            os._exit(1)
    os.close(write)
    select.select([read], [], [], 20)
    time.sleep(seconds)  # the moment is the point of it
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(read, "rb") as told:
        return told.read().decode().splitlines()


@pytest.mark.timeout(600)
def test_nothing_that_was_kept_is_lost_and_nothing_forgotten_comes_back(tmp_path: Path, whole: bool) -> None:
    Talk("my name is Ada", "how are you", "what is my name", "hello")  # what is read once is read before the forks
    rng = random.Random(4)
    heard: dict[int, str] = {}
    moments = 200 if whole else 40
    for moment in range(moments):
        lines = killed_after(tmp_path, rng.uniform(0, 0.12), moment)
        replies = [line.partition(" ") for line in lines if line != "done"]
        heard |= {int(number): text for number, _, text in replies}
        assert replies
        after_restart(tmp_path, {int(number): text for number, _, text in replies}, finished=lines[-1:] == ["done"])
    assert len(heard) > moments
    assert exact(tmp_path) > moments


def after_restart(home: Path, told: dict[int, str], *, finished: bool) -> None:
    with Journal(home) as journal:
        replies = {one.turn: one.entry.text for one in journal.entries(kinds=[Reply]) if isinstance(one.entry, Reply)}
        for number, text in told.items():
            assert replies[number] == text or "▮" in replies[number]
        state = state_at(journal)
        marks = marked(journal.entries(kinds=[TurnsMarked]))
        assert set(marks) <= set(replies) | {state.turn}
    if finished and "user.name" not in state.facts:
        raw = b"".join(file.read_bytes() for file in home.iterdir() if file.is_file())
        assert not any(name.encode() in raw for name in NAMES)


def exact(home: Path) -> int:
    """How many turns of the record come out the same when they are run again: all of them."""
    with Journal(home, read_only=True) as journal:
        packs = PacksThen(journal, conversation())
        record = Aloud(journal, packs)

        def then(turn: SavedTurn) -> Conversation:
            return replace(packs.of(turn), record=record)

        found = replay(turns(journal.entries()), then, marked(journal.entries(kinds=[TurnsMarked])))
        assert found.mismatches == ()
        return found.turns
