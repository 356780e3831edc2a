"""One measurement in a process of its own: `python -m benchmarks.match_worker JOB`, with the job as a JSON object.

Prints the name of each stage as it begins, and the figures as one JSON object at the end. Who takes too long is ended
by the interpreter itself, even within a library that never returns.
"""

from __future__ import annotations

import dataclasses
import faulthandler
import importlib
import json
import sys
from typing import Any

from benchmarks import match_errors, match_speed, match_wildcards
from benchmarks.match_figures import Job, begin
from benchmarks.match_peers import load
from benchmarks.match_speed import OURS


def main() -> None:
    """Measure what is asked for."""
    job = Job(**json.loads(sys.argv[1]))
    begin("load", job.limit_s)
    measured = _measure(job)
    faulthandler.cancel_dump_traceback_later()
    print(json.dumps(dataclasses.asdict(measured)), flush=True)


def _measure(job: Job) -> Any:
    ours = importlib.import_module("benchmarks.match_ours") if job.engine in OURS else None
    match job.figure:
        case "speed":
            return match_speed.measure(job)
        case "errors":
            return match_errors.measure(
                job, ours.load_rules if ours else lambda given, folder: load(job.engine, given.rules, folder)
            )
        case "wildcards":
            return match_wildcards.measure(
                job,
                ours.load_template
                if ours
                else lambda text, folder: match_wildcards.load_peer(job.engine, text, folder),
            )
        case "turns":
            return importlib.import_module("benchmarks.match_turns").measure(job)


if __name__ == "__main__":
    main()
