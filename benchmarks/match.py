"""How well and how fast rules are matched, beside other engines: `python -m benchmarks.match [--json]`.

Ours against RiveScript, PyAIML, hassil and Adapt, which are installed from `requirements/peers.txt` into an environment
of their own. Each engine and size has a process of its own, with the same rules and the same utterances, whose words
are invented from a seed. The figures: `speed` (median and p99 of a match, load, memory, and how much faster ours is),
`wildcards` (seven on 41 words with no match), `errors` (one word misheard) and `turns` (whole turns on the shipped
packs, and the journal). All together take about twelve minutes, `--peers none` two; the exit code is 1 where a goal is
missed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TypeVar

import msgspec

from benchmarks import match_errors, match_wildcards
from benchmarks.match_environment import ROOT, peers_python, versions
from benchmarks.match_figures import Errors, Figure, Job, Speed, Turns, Wildcards
from benchmarks.match_ours import write_rules
from benchmarks.match_peers import PEERS
from benchmarks.match_print import print_report
from benchmarks.match_report import Report
from benchmarks.match_rules import rule_set, utterances
from benchmarks.match_speed import OURS, UTTERANCES
from her_desktop.trouble import Trouble

FIGURES: tuple[Figure, ...] = ("speed", "wildcards", "errors", "turns")
_WILDCARDS = (3, 5, 7)
_SEEDS_OF_OURS = 5
_LIMIT_S, _WILDCARDS_LIMIT_S, _OUR_LIMIT_S = 120, 20, 600
_PACKAGES = ("adapt-parser", "hassil", "python-aiml", "rivescript")

_Measured = TypeVar("_Measured", Speed, Wildcards, Errors, Turns)


class Stopped(Exception):
    """A measurement that did not end: in which stage, and why."""


class Bench:
    """Runs measurements, each in a process of its own, and collects what they say."""

    def __init__(self, peers: list[str], seed: int) -> None:
        self._peers, self._seed = peers, seed
        self._python = peers_python() if peers else ""
        found = versions(self._python) if peers else {}
        self.report = Report({name: found[name] for name in _PACKAGES if name in found}, seed)

    def speed(self, sizes: list[int]) -> None:
        """Measure every engine at every size; one that was stopped is not asked for more rules."""
        stopped: dict[str, str] = {}
        for rules in sizes:
            with _folder() as folder:
                given = rule_set(rules, self._seed)
                write_rules(given, folder / "packs")
                said = json.dumps(utterances(given, UTTERANCES, self._seed))
                (folder / "utterances.json").write_text(said, encoding="utf-8")
                del given
                for engine in (*OURS, *self._peers):
                    measured = self._speed(engine, rules, folder, stopped.get(engine, ""))
                    self.report.speed.append(measured)
                    if measured.note:
                        stopped[engine] = measured.note

    def _speed(self, engine: str, rules: int, folder: Path, stopped: str) -> Speed:
        if stopped:
            return Speed(engine=engine, rules=rules, note="not asked: with fewer rules, " + stopped)
        limit_s = _OUR_LIMIT_S if engine in OURS else _LIMIT_S
        job = Job(figure="speed", engine=engine, rules=rules, seed=self._seed, limit_s=limit_s, folder=str(folder))
        try:
            return self.run(job, Speed)
        except Stopped as why:
            return Speed(engine=engine, rules=rules, note=str(why))

    def wildcards(self) -> None:
        """Ask each engine for ever more wildcards, until it is stopped."""
        for shape in match_wildcards.SHAPES:
            for engine in ("ours", *(peer for peer in self._peers if peer in match_wildcards.PEERS)):
                self.report.wildcards += self._wildcards(engine, shape)

    def _wildcards(self, engine: str, shape: str) -> Iterator[Wildcards]:
        for wildcards in _WILDCARDS:
            with _folder() as folder:
                job = Job(
                    figure="wildcards", engine=engine, seed=self._seed, limit_s=_WILDCARDS_LIMIT_S,
                    folder=str(folder), wildcards=wildcards, shape=shape,
                )  # fmt: skip
                try:
                    yield self.run(job, Wildcards)
                except Stopped as why:
                    yield Wildcards(
                        engine=engine, shape=shape, wildcards=wildcards, words=match_wildcards.WORDS, note=str(why)
                    )
                    return

    def errors(self) -> None:
        """Measure ours at several seeds, the peers at one."""
        ours = [("ours", self._seed + more) for more in range(_SEEDS_OF_OURS)]
        for engine, seed in [*ours, *((peer, self._seed) for peer in self._peers)]:
            with _folder() as folder:
                job = Job(
                    figure="errors", engine=engine, rules=match_errors.RULES, seed=seed, limit_s=_LIMIT_S,
                    folder=str(folder),
                )  # fmt: skip
                try:
                    self.report.errors.append(self.run(job, Errors))
                except Stopped as why:
                    self.report.errors.append(Errors(engine=engine, seed=seed, note=str(why)))

    def turns(self) -> None:
        """Measure whole turns of ours."""
        with _folder() as folder:
            job = Job(figure="turns", engine="ours", seed=self._seed, limit_s=_OUR_LIMIT_S, folder=str(folder))
            self.report.turns.append(self.run(job, Turns))

    def run(self, job: Job, kind: type[_Measured]) -> _Measured:
        """Do one measurement in a process of its own.

        Raises:
            Stopped: it took too long, or failed.
        """
        python = sys.executable if job.engine in OURS else self._python
        command = [python, "-m", "benchmarks.match_worker", json.dumps(asdict(job))]
        print(" ".join(f"{name}={value}" for name, value in asdict(job).items() if value), file=sys.stderr, flush=True)
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        *_, last = done.stdout.splitlines() or ["start"]
        if done.returncode == 0:
            return msgspec.json.decode(last, type=kind)
        if "Timeout (" in done.stderr:
            raise Stopped(f"{last} > {job.limit_s:.0f} s, stopped")
        raise Stopped(f"{last} failed: {(done.stderr.splitlines() or ['killed'])[-1]}")


@contextmanager
def _folder() -> Iterator[Path]:
    """A new folder on the disk of the checkout, for as long as it is needed."""
    (ROOT / "build").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=ROOT / "build", prefix="match-") as name:
        yield Path(name)


def _numbers(text: str) -> list[int]:
    return sorted(int(number) for number in text.split(","))


def _names(text: str, known: tuple[str, ...]) -> list[str]:
    names = [name for name in text.split(",") if name != "none"]
    if unknown := [name for name in names if name not in known]:
        raise argparse.ArgumentTypeError(f"{unknown[0]} is none of {', '.join(known)}")
    return names


def main() -> int:
    """Measure and print. Returns 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", type=_numbers, default="100,1000,10000,100000", help="numbers of rules")
    parser.add_argument("--peers", type=lambda text: _names(text, PEERS), default=",".join(PEERS), help="or “none”")
    parser.add_argument("--only", type=lambda text: _names(text, FIGURES), default=",".join(FIGURES), help="figures")
    parser.add_argument("--seed", type=int, default=7, help="of the invented words and what is said")
    parser.add_argument("--json", action="store_true", help="print one object instead of tables")
    asked = parser.parse_args()
    bench = Bench(asked.peers, asked.seed)
    if "speed" in asked.only:
        bench.speed(asked.sizes)
    if "wildcards" in asked.only:
        bench.wildcards()
    if "errors" in asked.only:
        bench.errors()
    if "turns" in asked.only:
        bench.turns()
    if asked.json:
        goals = [goal._asdict() for goal in bench.report.goals()]
        print(msgspec.json.encode({"match": bench.report, "goals": goals}).decode())
    else:
        print_report(bench.report)
    return 0 if all(goal.met for goal in bench.report.goals()) else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (Trouble, Stopped, OSError) as error:
        sys.exit(f"benchmarks.match: {error}")
