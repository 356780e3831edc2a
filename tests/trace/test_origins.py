"""Every word of every reply has an origin, and each origin exists: on samples of every rule, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from her_desktop.clock import FixedClock
from her_desktop.dialogue.techniques import charms
from her_desktop.events import TurnsMarked
from her_desktop.inbox import InlineExecutor, Parts, Switch, Typed
from her_desktop.memory.journal import Journal
from her_desktop.session import Session
from her_desktop.trace.aloud import Aloud
from her_desktop.trace.origins import dangling, origins
from her_desktop.trace.packs_then import PacksThen
from her_desktop.trace.turns import marked, turns
from tests.shipped import loaded
from tests.trace.packs import NOW

TOLD = {
    "en": ("my name is Ada", "my sister is called Mia", "i like tea", "i like jazz", "i live in Ghent"),
    "de": ("ich heiße Ada", "meine Schwester heißt Mia", "ich mag Tee", "ich mag Jazz", "ich wohne in Ghent"),
}


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("off", [(), charms()], ids=["all on", "bare"])
def test_no_word_without_an_origin_that_exists(
    tmp_path: Path, whole: bool, language: str, off: tuple[str, ...]
) -> None:
    made = loaded(language)
    clock = FixedClock(NOW)
    with Journal(tmp_path) as journal:
        session = Session(made, journal, clock, 0, "test", Parts, InlineExecutor(), stays=True)
        session.answer_from(Aloud(journal, PacksThen(journal, made)))
        session.start()
        for technique in off:
            session.handle(Switch(technique, on=False, why="the switch"))
        rules = list(made.book.rules.values())
        for number, rule in enumerate(rules if whole else rules[:: 1 + len(rules) // 900]):
            for said in TOLD[language] if number % 12 == 0 else ():
                session.handle(Typed(said))
            for sample in rule.spec.samples[: 2 if whole else 1]:
                clock.move(60)
                session.handle(Typed(sample))
        session.close()
        forgotten = marked(journal.entries(kinds=[TurnsMarked]))
        found = [turn for turn in turns(journal.entries()) if turn.number not in forgotten]
        assert len(found) > 300
        wrong = {problem for turn in found for problem in dangling(turn, made.book, made.language)}
        assert wrong == set()
        assert all(word.told for turn in found for word in origins(turn, made.book, made.language))
