"""Asked why it did not answer, each shipped rule gives a reason that, mended as it says, lets it answer.

Every fifth rule is asked on one of a hundred sentences (with `--all` every rule on three), and every sentence of many rules;
`python -m benchmarks why_not` asks all of them on all.
"""

import random

import pytest

from her_desktop.trace.why_not import why_not
from tests.dialogue.talk import book, conversation
from tests.trace.generated import utterances
from tests.trace.packs import answers, moment

SENTENCES = 100
RULES_APART = 5


def sentences() -> list[str]:
    """A hundred sentences of all kinds."""
    return random.Random(9).sample([said for said in utterances() if said.strip()], SENTENCES)


def unmended(sentence: str, rule: str) -> str:
    """What is wrong with the reason that is given; empty where it holds."""
    at = moment(conversation(), sentence)
    found = why_not(at.conversation, at.state, at.heard, at.now, rule)
    if found.cause in ("won", "unprompted"):
        return ""
    if not found.changes:
        return f"{rule} on “{sentence}”: nothing to mend is named: {found.paragraph}"
    wrong = [one for one in found.changes if not answers(one.applied(at, book().rules[rule]), rule)]
    return f"{rule} on “{sentence}”: {wrong[0].line}" if wrong else ""


@pytest.mark.parametrize("topic", sorted({rule.topic for rule in book().rules.values()}))
def test_the_reason_mended_as_it_says_lets_the_rule_answer(topic: str, whole: bool) -> None:
    said = sentences()
    names = [name for name, rule in book().rules.items() if rule.topic == topic]
    for number, name in enumerate(names if whole else names[::RULES_APART]):
        for turn in range(3 if whole else 1):
            assert not unmended(said[(number * 7 + turn * 37) % SENTENCES], name)
