"""What the pages show is what was recorded: compared by program, entry by entry, over talks that nobody wrote."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from her_desktop import events as ev
from her_desktop.events import Alternative, FinalTranscript, Recorded
from her_desktop.memory.journal import Journal
from her_desktop.nlu.line import Line
from her_desktop.trace.count import FORGOTTEN
from her_desktop.trace.distance import distance
from her_desktop.trace.reader import Past
from her_desktop.trace.summaries import summary
from her_desktop.ui.pages.now_parts import PARTS, made
from her_desktop.ui.pages.now_words import parts, unused
from her_desktop.ui.tape import ROLE_NUMBERS
from her_desktop.ui.window import build
from tests.trace.generated import converse
from tests.trace.talking import Talking, shipped

from .feed import Pressed

pytestmark = pytest.mark.window
Turn = tuple[Recorded, ...]


def _english(home: Path) -> None:
    converse(home, 40, 23, (3, 7))


def _german(home: Path) -> None:
    rng = random.Random(3)
    samples = [sample for rule in shipped("de").book.rules.values() for sample in rule.spec.samples]
    with Talking(home, language="de") as talk:
        for said in rng.choices(samples, k=200):
            at = rng.randrange(len(said) + 1)
            texts = (said[:at] + said[at + 1 :], said, rng.choice(samples))
            alternatives = tuple(Alternative(text, 0.5 / rank) for rank, text in enumerate(texts, 1))
            heard = FinalTranscript(text=texts[0], recognizer="test:generated", alternatives=alternatives)
            talk.speaks(heard) if rng.random() < 0.4 else talk.says(said)


@pytest.fixture(scope="module", params=["en", "de"])
def talked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    home = tmp_path_factory.mktemp("profile")
    (_english if request.param == "en" else _german)(home)
    return request.param, home


def turns(home: Path) -> Iterator[Turn]:
    """All turns that were answered and of which nothing was forgotten."""
    with Journal(home) as journal:
        recorded = list(journal.entries())
    for (_, turn), entries in groupby(recorded, lambda one: (one.session, one.turn)):
        found = tuple(entries)
        if turn and any(isinstance(one.entry, ev.Reply) for one in found) and FORGOTTEN not in str(found):
            yield found


def _all(turn: Turn, kind: type[Any]) -> list[Any]:
    return [one.entry for one in turn if isinstance(one.entry, kind)]


def test_every_part_of_now_says_what_the_entries_say(talked: tuple[str, Path]) -> None:
    language, home = talked
    seen = 0
    for turn in turns(home):
        shown = {part: made(part, turn, {}) for part in PARTS}
        _heard_is_true(turn, shown["heard"], language)
        _considered_is_true(turn, shown)
        _said_is_true(turn, shown)
        seen += 1
    assert seen > 100


def _heard_is_true(turn: Turn, heard: dict[str, Any], language: str) -> None:
    final, read, decision = (_all(turn, kind)[0] for kind in (FinalTranscript, ev.Interpreted, ev.Decision))
    reading = final.alternatives[decision.alternative]
    assert " ".join(word["text"] for word in heard["words"]) == " ".join(reading.text.split())
    others = [one.text.split() for at, one in enumerate(final.alternatives) if at != decision.alternative]
    assert [[word["text"] for word in one["words"]] for one in heard["others"]] == others
    tokens = Line.of(reading.text, shipped(language).language, turn[0].at).tokens
    winner = next(one for one in read.candidates if one.matched and one.rule == decision.rule)
    used = {tokens[at].index for at in winner.tokens}
    assert unused(parts(reading), read, decision) == {token.index for token in tokens} - used, reading.text


def _considered_is_true(turn: Turn, shown: dict[str, dict[str, Any]]) -> None:
    decisions, reads = _all(turn, ev.Decision), _all(turn, ev.Interpreted)
    assert all(f"{one.tried:,} of {one.of:,} rules tried" in shown["considered"]["note"] for one in reads)
    for group, decision in zip(shown["considered"]["groups"], decisions, strict=False):
        winner, *losers = group["rows"]
        assert winner["rule"] == decision.rule
        assert [(one["rule"], one["reason"]) for one in losers] == [(one.rule, one.reason) for one in decision.losers]
    last, won = decisions[-1], shown["won"]
    assert [(one["field"], one["value"]) for one in won["order"]] == [(name, str(value)) for name, value in last.order]
    behind = [one for one in last.losers if one.reason.startswith("outranked")]
    assert won["decided"].startswith(f"{behind[0].rule} came next" if behind else "no other rule that may speak")
    assert sum(one["decided"] for one in won["order"]) == bool(behind)


def _said_is_true(turn: Turn, shown: dict[str, dict[str, Any]]) -> None:
    reply = _all(turn, ev.Reply)[-1]
    said = shown["said"]["pieces"]
    words: list[str] = []
    for piece in said:
        words[piece["word"] :] = ["".join((*words[piece["word"] :], piece["text"]))]
    assert words == reply.text.split()
    found = distance(reply, next(iter(_all(turn, ev.Volunteered)), None))
    counts = {one["origin"]: one["words"] for one in shown["distance"]["shares"]}
    assert counts == {
        name: n for name in ("mirrored", "remembered", "computed", "author") if (n := getattr(found, name))
    }
    assert {one["id"] for one in shown["charms"]["labels"]} == {
        *reply.techniques,
        *(one.technique for one in reply.seen),
    }
    assert all(reply.text[one.at : one.at + len(one.words)] == one.words for one in reply.seen)
    plain = {-1: "the plain wording", -2: "the plain wording of its act"}
    begins = plain.get(reply.variant, f"wording {reply.variant + 1} of {reply.of} · ")
    assert shown["said"]["note"].startswith(begins)
    if reply.draws and len(reply.choice) > 1 and reply.variant >= 0:
        assert max(reply.draws, key=lambda one: one.value).variant == reply.variant


def test_the_pane_walks_the_whole_record_entry_by_entry(qtbot: QtBot, tmp_path: Path, pressed: Pressed) -> None:
    converse(tmp_path, 6, 5, (3, 5))
    conversation = shipped("en")
    window = build(pressed, record=lambda: Past(Journal(tmp_path, read_only=True), lambda: conversation), home=tmp_path)
    with qtbot.waitExposed(window.root):
        window.root.requestActivate()
    page: Any = window.pages.page("record")
    window.pages.go("record", "")
    for turn in [*turns(tmp_path)]:
        window.place.go(turn[0].turn)
        qtbot.waitUntil(lambda turn=turn: window.place.entries == turn)  # type: ignore[misc]
        tape = page.rows.sourceModel()
        rows = [
            {name: tape.data(tape.index(at), role) for name, role in ROLE_NUMBERS.items()} for at in range(len(turn))
        ]
        assert tape.rowCount() == len(turn)
        assert [json.loads(row["data"]) for row in rows] == [json.loads(json.dumps(one.flat())) for one in turn]
        assert [row["summary"] for row in rows] == [summary(one.entry) for one in turn]
        assert [(row["seq"], row["turn"], row["kind"]) for row in rows] == [
            (one.seq, one.turn, one.kind) for one in turn
        ]
    window.close()
