"""The figures of `benchmarks.match` as tables for people, and as lines to append to RESULTS.md."""

from __future__ import annotations

from datetime import date

from benchmarks.match_figures import Errors, Speed, Turns, Wildcards
from benchmarks.match_report import Report, number
from benchmarks.table import print_table

_Table = tuple[str, list[list[str]]]

_SPEED = ["engine", "rules", "load s", "first ms", "median ms", "p99 ms", "hits right", "misses right", "memory MB", ""]
_WILDCARDS = ["engine", "shape", "wildcards", "words", "ms", ""]
_ERRORS = ["engine", "seed", "clean", "right", "wrong rule", "of", "right by kind", ""]
_TURNS = ["", "median ms", "p99 ms", ""]
_GOALS = ["figure", "value", "goal", ""]


def print_report(report: Report) -> None:
    """Print every table that has a row, for the terminal and then for RESULTS.md."""
    for title, rows in _tables(report):
        print(f"\n{title}")
        print_table(rows[0], rows[1:])
    print("\nTo append to benchmarks/RESULTS.md:")
    for title, (head, *rows) in _tables(report):
        print(f"\n{date.today()}, {title}\n")
        for row in [head, ["---"] * len(head), *rows]:
            print(f"| {' | '.join(row)} |")


def _tables(report: Report) -> list[_Table]:
    peers = ", ".join(f"{name} {version}" for name, version in sorted(report.versions.items())) or "no peers"
    tables = [
        (f"match, seed {report.seed}; {peers}", _SPEED, [_speed_row(one) for one in report.speed]),
        ("wildcards that do not fit", _WILDCARDS, [_wildcards_row(one) for one in report.wildcards]),
        ("one word misheard", _ERRORS, [_errors_row(one) for one in report.errors]),
        ("whole turns on the shipped packs", _TURNS, [row for one in report.turns for row in _turn_rows(one)]),
        ("goals", _GOALS, [[*goal[:3], "" if goal.met else "missed"] for goal in report.goals()]),
    ]
    return [(title, [head, *rows]) for title, head, rows in tables if rows]


def _speed_row(one: Speed) -> list[str]:
    figures = (one.load_s, one.first_ms, one.median_ms, one.p99_ms)
    right = [f"{one.hits_right}/{one.hits}", f"{one.misses_right}/{one.misses}"] if one.utterances else ["–", "–"]
    memory = "–" if one.memory_mb is None else f"{one.memory_mb:.0f}"
    return [one.engine, f"{one.rules:,}", *map(number, figures), *right, memory, one.note]


def _wildcards_row(one: Wildcards) -> list[str]:
    note = one.note or ("" if one.refused else "says that it fits")
    return [one.engine, one.shape, str(one.wildcards), str(one.words), number(one.ms), note]


def _errors_row(one: Errors) -> list[str]:
    kinds = ", ".join(f"{kind} {right}/{of}" for kind, (right, of) in one.right_by_kind.items())
    counts = [str(count) for count in (one.clean, one.right, one.wrong, one.utterances)]
    return [one.engine, str(one.seed), *counts, kinds, one.note]


def _turn_rows(one: Turns) -> list[list[str]]:
    note = f"{one.turns} turns; at most {one.most_ms:.1f} ms, for “{one.slowest}”"
    return [
        ["interpret, decide, word", number(one.median_ms), number(one.p99_ms), note],
        ["kept: the durable write to the journal", number(one.kept_median_ms), number(one.kept_p99_ms),
         f"{one.entries} entries"],
    ]  # fmt: skip
