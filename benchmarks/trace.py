"""What the record costs: a turn with the window shut and open, and running turns again.

`python -m benchmarks.trace [TURNS]`. The target for tracing is 10 % of the turn: of the work that answers it, and of
what he waits for, which is that and her voice. `python -m benchmarks.why_not` is apart.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.table import print_table
from her_desktop.app import load_conversation
from her_desktop.cli.common import Options
from her_desktop.clock import FixedClock, SystemClock
from her_desktop.conversation import Conversation, respond
from her_desktop.dialogue import detectors, policy
from her_desktop.dialogue.state import State
from her_desktop.events import FinalTranscript, Recorded, Reply, TurnsMarked, Volunteered
from her_desktop.inbox import InlineExecutor, Parts, Typed
from her_desktop.memory.journal import Journal
from her_desktop.nlu.interpret import interpret, interpreted
from her_desktop.session import Session
from her_desktop.settings import Settings
from her_desktop.trace.explain import why
from her_desktop.trace.packs_then import PacksThen
from her_desktop.trace.replay import replay
from her_desktop.trace.turns import marked, turns

NOW = datetime(2026, 11, 22, 15, 5, tzinfo=UTC)
COST_TURNS, VOICED, EXPLAINED = 400, 12, 100


def main() -> None:
    """Measure and print."""
    if sys.argv[1:2] == ["beside"]:
        _beside_a_window(is_open=sys.argv[2] == "open")
        return
    _cost()
    _again(int(sys.argv[1]) if sys.argv[1:] else 10_000)


def _cost() -> None:
    parts = _parts()
    answer, voice = parts.pop("answering"), _voice_ms()
    bare = answer - parts["near misses"] - parts["techniques seen"]
    rows = [[name, f"{ms:.3f}", f"{ms / bare:.1%}", f"{ms / (bare + voice):.2%}"] for name, ms in parts.items()]
    print(f"a turn is answered in {bare:.2f} ms without these, and voiced in {voice:.0f} ms (medians)")
    print_table(["part of tracing", "ms", "of the answering", "of what he waits for"], rows)
    shut, opened = (_fresh(window) for window in ("shut", "open"))
    print(f"\nwhole turns, the record with them: {shut:.2f} ms with the window shut, {opened:.2f} ms with it open\n")


def _parts() -> dict[str, float]:
    made, state, took = load_conversation(Options(), Settings()), State(), dict[str, list[float]]()
    with tempfile.TemporaryDirectory() as folder, Journal(Path(folder)) as journal:
        journal.begin_session()
        for text in _said(made, COST_TURNS):
            heard = FinalTranscript.typed(text)
            meaning = interpret(heard, made.grammar, policy.opened(state), NOW)
            turn = _timed(took, "answering", respond, made, state, heard, NOW, 0)
            _timed(took, "near misses", interpreted, meaning, made.grammar)
            _timed(took, "techniques seen", detectors.detect, _as_said(turn.entries))
            _timed(took, "made into JSON", lambda entries: [msgspec.json.encode(one) for one in entries], turn.entries)
            _timed(took, "put on the disk", lambda entries: journal.append(1, NOW, entries, durable=True), turn.entries)
            state = turn.state
    return {name: statistics.median(values) for name, values in took.items()}


def _timed(took: dict[str, list[float]], name: str, work: Callable[..., Any], *given: Any) -> Any:
    began_s = time.perf_counter()
    result = work(*given)
    took.setdefault(name, []).append((time.perf_counter() - began_s) * 1000)
    return result


def _as_said(entries: Iterable[Any]) -> detectors.Said:
    reply = next(one for one in entries if isinstance(one, Reply))
    brought = next((0 for one in entries if isinstance(one, Volunteered)), None)
    return detectors.Said(reply.spans, reply.act, reply.tone, reply.ends, "en", brought)


def _voice_ms() -> float:
    from her_desktop.tts.pyttsx3_voice import Pyttsx3Voice  # noqa: PLC0415 -- an engine process, only for this

    voice, made, took = Pyttsx3Voice(), load_conversation(Options(), Settings()), dict[str, list[float]]()
    voice.warm()
    for text in _said(made, VOICED):
        reply = respond(made, State(), FinalTranscript.typed(text), NOW, 0).reply
        _timed(took, "voice", voice.synthesize, reply.text, reply.tone)
    voice.close()
    return statistics.median(took["voice"])


def _fresh(window: str) -> float:
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.trace", "beside", window],
        check=True, capture_output=True, text=True, timeout=300, env=environment,
    )  # fmt: skip
    return float(done.stdout.split()[-1])


def _beside_a_window(*, is_open: bool) -> None:
    """Print the median milliseconds of a whole turn, three turns a second, on a thread beside the window's."""
    from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer  # noqa: PLC0415 -- as below

    from her_desktop.ui.picture import Nobody  # noqa: PLC0415 -- in the process that is measured
    from her_desktop.ui.window import build  # noqa: PLC0415 -- in the process that is measured

    window = build(Nobody()) if is_open else None
    QCoreApplication.instance() or QCoreApplication([])
    loop, took = QEventLoop(), list[float]()
    thread = threading.Thread(target=_talk, args=(window.watcher.put if window else lambda _one: None, took))
    ended = QTimer()
    ended.timeout.connect(lambda: None if thread.is_alive() else loop.quit())
    ended.start(50)
    thread.start()
    loop.exec()
    thread.join()
    if window:
        window.close()
    print(statistics.median(took))


def _talk(watch: Callable[[Recorded], None], took: list[float]) -> None:
    made = load_conversation(Options(), Settings())
    with tempfile.TemporaryDirectory() as folder, Journal(Path(folder)) as journal:
        session = Session(made, journal, SystemClock(), 0, "benchmark", Parts, InlineExecutor(), stays=True)
        session.watch(watch)
        session.start()
        for text in _said(made, 60):
            began_s = time.perf_counter()
            session.handle(Typed(text))
            took.append((time.perf_counter() - began_s) * 1000)
            time.sleep(0.3)
        session.close()


def _again(count: int) -> None:
    """Run a record of so many turns again, and explain some of it."""
    made = load_conversation(Options(), Settings())
    with tempfile.TemporaryDirectory() as folder, Journal(Path(folder)) as journal:
        session = Session(made, journal, FixedClock(NOW), 0, "benchmark", Parts, InlineExecutor(), stays=True)
        session.start()
        for text in _said(made, count):
            session.handle(Typed(text))
        session.close()
        packs, began_s = PacksThen(journal, made), time.perf_counter()
        found = replay(turns(journal.entries()), packs.of, marked(journal.entries(kinds=[TurnsMarked])))
        took_s = time.perf_counter() - began_s
        print(f"{found.turns:,} turns run again in {took_s:.1f} s: {found.turns / took_s:,.0f} turns a second; "
              f"{len(found.mismatches)} came out otherwise; "
              f"{journal.path.stat().st_size / found.turns / 1000:.1f} kB on disk per turn")  # fmt: skip
        saved = list(turns(journal.entries(before=journal.last_seq // (count // EXPLAINED))))
        took = dict[str, list[float]]()
        for turn in saved:
            _timed(took, "why", why, turn, packs.of(turn))
        usual_ms, most_ms = statistics.median(took["why"]), max(took["why"])
        print(f"why: {usual_ms:.0f} ms (median of {len(saved)}), {most_ms:.0f} ms at most")


def _said(made: Conversation, count: int) -> list[str]:
    """Samples of all rules, in an order of chance."""
    samples = [sample for rule in made.book.rules.values() for sample in rule.spec.samples]
    return random.Random(7).choices(samples, k=count)


if __name__ == "__main__":
    main()
