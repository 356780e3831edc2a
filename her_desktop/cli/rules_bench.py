"""`rules bench`: how long the rules take to load and to match, and how much memory they add."""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click
import msgspec

from her_desktop.cli.common import Options, builder, global_options
from her_desktop.conversation import Conversation, weigh
from her_desktop.dialogue.policy import settled
from her_desktop.dialogue.state import State, apply
from her_desktop.events import FinalTranscript
from her_desktop.trouble import Trouble

_WARM_UTTERANCES = 100


class Figures(msgspec.Struct, frozen=True):
    """What was measured."""

    rules: int
    load_s: float
    memory_mb: float | None
    """Resident memory after the load less that before it; None where the system does not tell."""
    utterances: int
    matched: int
    """How many a rule answers that is about their words: not one of tier generic or fallback."""
    median_ms: float
    p99_ms: float


@click.command()
@click.argument("utterances", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="UTTERANCES.txt")
@click.option(
    "--cached",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Load from this compiled cache; it is made if it does not fit.",
)
@global_options
def bench(options: Options, utterances: Path, cached: Path | None) -> None:
    """Measure the rules on UTTERANCES.txt, one utterance a line.

    Each is matched and decided as the first one of a conversation; what she would say is not worded.
    """
    said = _read(utterances)
    figures = _measured(options, said, cached)
    if options.json:
        click.echo(msgspec.json.encode(figures).decode())
        return
    for name, value in msgspec.structs.asdict(figures).items():
        shown = "not known here" if value is None else f"{value:,.3f}" if isinstance(value, float) else f"{value:,}"
        click.echo(f"{name:<10}  {shown}")


def _read(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise Trouble(str(path), error.strerror or str(error), "name a file that can be read") from error
    if not (said := [line.strip() for line in text.splitlines() if line.strip()]):
        raise Trouble(str(path), "there is no utterance in it", "write one a line")
    return said


def _measured(options: Options, said: Sequence[str], cached: Path | None) -> Figures:
    before_mb, began_s = _resident_mb(), time.perf_counter()
    conversation = builder().conversation(options, fresh=True, compiled_file=cached)
    load_s = time.perf_counter() - began_s
    after_mb = _resident_mb()
    gc.freeze()
    now = options.now or datetime.now().astimezone()
    for text in said[:_WARM_UTTERANCES]:
        _match(conversation, text, now)
    timed = [_match(conversation, text, now) for text in said]
    ms = sorted(one for _, one in timed)
    return Figures(
        rules=len(conversation.book.rules),
        load_s=round(load_s, 4),
        memory_mb=None if before_mb is None or after_mb is None else round(after_mb - before_mb, 2),
        utterances=len(said),
        matched=sum(particular for particular, _ in timed),
        median_ms=round(statistics.median(ms), 4),
        p99_ms=round(ms[-(-99 * len(ms) // 100) - 1], 4),
    )


def _match(conversation: Conversation, text: str, now: datetime) -> tuple[bool, float]:
    """Whether a rule answers that is about these words, and how many milliseconds it took to know."""
    heard = FinalTranscript.typed(text)
    state = apply(State(), heard)
    began_s = time.perf_counter()
    _, standings = weigh(conversation, state, heard, now)
    took_s = time.perf_counter() - began_s
    return settled(standings), took_s * 1000


def _resident_mb() -> float | None:
    """Memory of this process; on macOS the most that it ever had, elsewhere None where there is no /proc."""
    gc.collect()
    if sys.platform == "darwin":
        import resource  # noqa: PLC0415 -- not on Windows

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith("VmRSS:")), None)
