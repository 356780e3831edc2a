"""Every shipped rule is asked why it did not answer, on a hundred sentences; each reason is mended as it says.

`python -m benchmarks.why_not [SENTENCES]`. Prints how many reasons were given, and each whose mending does not let the
rule answer: there should be none.
"""

from __future__ import annotations

import sys
import time
from collections import Counter

from her_desktop.trace.why_not import why_not
from tests.dialogue.talk import book, conversation
from tests.trace.packs import moment
from tests.trace.test_why_not_everywhere import SENTENCES, sentences, unmended


def main() -> int:
    """Ask all on all."""
    said = sentences()[: int(sys.argv[1]) if sys.argv[1:] else SENTENCES]
    began_s, causes, wrong = time.perf_counter(), Counter[str](), 0
    for sentence in said:
        at = moment(conversation(), sentence)
        for rule in book().rules:
            causes[why_not(at.conversation, at.state, at.heard, at.now, rule).cause] += 1
            if problem := unmended(sentence, rule):
                wrong += 1
                print(problem, flush=True)
    took_s = time.perf_counter() - began_s
    print(f"{causes.total():,} reasons for {len(book().rules)} rules on {len(said)} sentences, in {took_s:.0f} s")
    print(", ".join(f"{count:,} {cause}" for cause, count in causes.most_common()))
    print(f"{wrong} do not let the rule answer when mended as they say")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
