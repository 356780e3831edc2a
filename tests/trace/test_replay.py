"""A record run again from its inputs alone gives the same entries, byte for byte; and each word has its origin."""

from pathlib import Path

import pytest

from her_desktop.conversation import Conversation
from her_desktop.events import TurnsMarked
from her_desktop.memory.journal import Journal
from her_desktop.trace.aloud import Aloud
from her_desktop.trace.origins import dangling
from her_desktop.trace.packs_then import PacksThen
from her_desktop.trace.replay import Replay, replay
from her_desktop.trace.turns import SavedTurn, marked, turns
from tests.dialogue.talk import book, conversation, language
from tests.trace.generated import converse

TALKS = 50


@pytest.fixture(scope="module")
def records(whole: bool, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Generated conversations, fifty in each profile; a thousand in all with `--all`."""
    homes = [tmp_path_factory.mktemp("profile") for _ in range(20 if whole else 3)]
    for seed, home in enumerate(homes):
        converse(home, TALKS, seed)
    return homes


def again(journal: Journal, packs: PacksThen | None = None) -> Replay:
    packs = packs or PacksThen(journal, conversation())
    record = Aloud(journal, packs)

    def with_record(turn: SavedTurn) -> Conversation:
        from msgspec.structs import replace  # noqa: PLC0415

        return replace(packs.of(turn), record=record)

    return replay(turns(journal.entries()), with_record, marked(journal.entries(kinds=[TurnsMarked])))


def test_generated_conversations_come_out_the_same(records: list[Path]) -> None:
    count = 0
    for home in records:
        with Journal(home, read_only=True) as journal:
            found = again(journal)
            assert found.mismatches == ()
            count += found.turns
    assert count > 2 * len(records) * TALKS


def test_every_word_of_every_reply_has_an_origin_that_exists(records: list[Path]) -> None:
    words = 0
    for home in records:
        with Journal(home, read_only=True) as journal:
            forgotten = marked(journal.entries(kinds=[TurnsMarked]))
            for turn in turns(journal.entries()):
                if turn.number not in forgotten:
                    assert dangling(turn, book(), language()) == (), turn.reply
                words += len(turn.reply.text.split())
    assert words > 500 * len(records)
