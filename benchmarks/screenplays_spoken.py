"""How many of the twenty spoken screenplays hold typed, with a recognizer's alternatives, and really spoken and heard.

His lines are voiced by flite, heard by the recognizer that the profile takes, and answered in her own voice. What did
not hold is told with its trace: what was heard, and why not the rule that was expected. With `--first-draft`, the
lines are spoken as they were written at first, before any of them was heard: that is the fairer figure. The lines that
were then worded otherwise, once each, are in `FIRST_DRAFT`.

    python -m benchmarks screenplays_spoken [--first-draft] [FILES...]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import jiwer
from msgspec.structs import replace

from benchmarks.table import print_table
from benchmarks.words import normalize
from her_desktop.screenplay.perform import TYPED, conversation, perform
from her_desktop.screenplay.performance import Performance
from her_desktop.screenplay.read import read
from her_desktop.screenplay.report import told
from her_desktop.screenplay.script import His, Screenplay
from her_desktop.screenplay.spoken.voices import spoken_theatre
from her_desktop.trouble import Trouble

FOLDER = Path(__file__).parents[1] / "tests" / "screenplays" / "spoken"

FIRST_DRAFT = {
    ("an_exam", "Hello there."): "Hello.",
    ("felt_everything", "Sometimes I think I have felt all that I will ever feel."):
        "I fear I have felt everything I will ever feel.",
    ("two_jokes", "Tell me another one, please."): "Another one, please.",
    ("without_the_charm", "Is anything switched off now?"): "Which techniques are off?",
    ("without_the_charm", "Please be yourself again."): "Talk like yourself again.",
}  # fmt: skip
"""What stood in a screenplay before it was heard, by what stands there now."""


def main() -> int:
    """Perform all in the three ways and print what held."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--first-draft", action="store_true", help="as the lines were before any was heard")
    parser.add_argument("files", nargs="*", type=Path, metavar="FILES")
    arguments = parser.parse_args()
    try:
        plays = [read(path) for path in arguments.files or sorted(FOLDER.glob("*.fountain"))]
        return _compare([_first_draft(play) for play in plays] if arguments.first_draft else plays)
    except Trouble as trouble:
        print(f"screenplays_spoken: {trouble.line}", file=sys.stderr)
        return int(trouble.exit_code)


def _compare(plays: Sequence[Screenplay]) -> int:
    typed, typed_s = _all(plays, lambda play: perform(_his(play, _unheard)))
    alternatives, alternatives_s = _all(plays, lambda play: perform(play, theatre=TYPED))
    with tempfile.TemporaryDirectory() as home:
        theatre = spoken_theatre(Path(home))
        for play in plays:
            theatre.ready(play)
        spoken, spoken_s = _all(plays, lambda play: perform(play, theatre=theatre))
        theatre.close()
    ways = [typed, alternatives, spoken]
    rows = [[one[0].screenplay.path.stem, *(_held(way) for way in one)] for one in zip(*ways, strict=True)]
    rows.append(["hold", *(f"{sum(one.holds for one in way)} of {len(way)}" for way in ways)])
    rows.append(["lines that hold", *(_lines(way) for way in ways)])
    rows.append(["took", *(f"{seconds:.1f} s" for seconds in (typed_s, alternatives_s, spoken_s))])
    print_table(["screenplay", "typed", "alternatives", "spoken"], rows)
    print(f"\nwords of his that were heard wrongly: {_word_error_rate(spoken):.1%}\n")
    for performance in (one for way in ways for one in way if not one.holds):
        print("\n".join(told(performance, conversation(performance.screenplay.title))))
    return 0


def _all(
    plays: Sequence[Screenplay], performed: Callable[[Screenplay], Performance]
) -> tuple[list[Performance], float]:
    since_s = time.perf_counter()
    return [performed(play) for play in plays], time.perf_counter() - since_s


def _held(performance: Performance) -> str:
    return "holds" if performance.holds else f"{len(performance.faults)} faults"


def _lines(performances: Sequence[Performance]) -> str:
    played = [one for performance in performances for one in performance.played]
    return f"{sum(not one.faults for one in played)} of {len(played)}"


def _word_error_rate(performances: Sequence[Performance]) -> float:
    pairs = [
        (normalize(one.beat.his.text), normalize(one.heard.text) if one.heard else "")
        for performance in performances
        for one in performance.played
        if one.beat.his and one.beat.his.text and one.beat.his.how == "said"
    ]
    return float(jiwer.wer([said for said, _ in pairs], [heard or "nothing" for _, heard in pairs]))


def _unheard(_name: str, his: His) -> His:
    return replace(his, heard=())


def _first_draft(play: Screenplay) -> Screenplay:
    return _his(play, lambda name, his: replace(his, heard=(), text=FIRST_DRAFT.get((name, his.text), his.text)))


def _his(play: Screenplay, change: Callable[[str, His], His]) -> Screenplay:
    """The screenplay with each of his lines changed."""
    beats = (replace(beat, his=beat.his and change(play.path.stem, beat.his)) for beat in play.beats)
    return replace(play, beats=tuple(beats))


if __name__ == "__main__":
    sys.exit(main())
