from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
import pytest

from her_desktop import events
from her_desktop.events import ENTRIES, Entry
from her_desktop.trace.summaries import summary
from her_desktop.ui.rich import SHOWN_LOSERS, pieces, rich, shares

from . import feed

VALUES: dict[Any, Any] = {datetime: datetime(2026, 11, 23, 9), str: "some words", int: 31, float: 0.5, bool: True}


def example(kind: type[Entry]) -> Entry:
    """An entry of this kind with something in every field that has no default."""
    fields: dict[str, Any] = {}
    for field in msgspec.structs.fields(kind):
        if not field.required:
            continue
        told = msgspec.inspect.type_info(field.type)
        if isinstance(told, msgspec.inspect.LiteralType):
            fields[field.encode_name] = told.values[0]
        elif isinstance(told, msgspec.inspect.DictType):
            fields[field.encode_name] = {}
        else:
            fields[field.encode_name] = VALUES.get(field.type, ())
    return kind(**fields)


@pytest.mark.parametrize("kind", ENTRIES, ids=lambda kind: kind.__name__)
def test_every_kind_of_entry_has_a_summary_of_one_line(kind: type[Entry]) -> None:
    line = summary(example(kind))
    assert line
    assert line == " ".join(line.split())


def test_a_summary_follows_its_own_entry() -> None:
    assert summary(events.PartialTranscript(text="I fear")) == "“I fear…”"
    assert summary(events.Timing(stage="first_sound", ms=325.0)) == "first sound 325 ms"
    assert summary(events.Timing(stage="voiced", ms=1412.0)) == "voiced 1,412 ms"
    assert summary(events.SpeechEnded(cause="silence", speech_ms=3120, waited_ms=240)) == (
        "silence · spoke for 3120 ms · waited 240 ms"
    )
    assert summary(events.FinalTranscript.typed("hello")) == "“hello” · typed"
    lost = events.PartLost(part="microphone", why="unplugged", todo="plug it in")
    assert summary(lost) == "microphone: unplugged (plug it in)"


def test_the_decision_row_shows_the_winner_first_and_every_loser_with_its_reason() -> None:
    entry = next(entry for _, entry in feed.answering() if isinstance(entry, events.Decision))
    rules = rich(entry)["rules"]
    assert (rules[0]["rule"], rules[0]["won"]) == (entry.rule, True)
    assert rules[0]["reason"] == "tier 3 · priority 0 · words -10 · alternative 0"
    losers = [(lost.rule, lost.reason) for lost in entry.losers]
    assert [(rule["rule"], rule["reason"]) for rule in rules[1:]] == losers[:SHOWN_LOSERS]


def test_a_decision_with_many_losers_draws_the_closest_and_tells_how_many_more() -> None:
    losers = tuple(events.Loser(f"rule.{number}", "fails") for number in range(20))
    drawn = rich(events.Decision(rule="a.b", tier="global", order=(), template="*", losers=losers))
    assert [rule["rule"] for rule in drawn["rules"][1:]] == [loser.rule for loser in losers[:SHOWN_LOSERS]]
    assert drawn["more"] == 20 - SHOWN_LOSERS


def test_the_heard_row_shows_each_word_with_its_confidence_and_marks_what_the_second_reading_changes() -> None:
    entry = next(entry for _, entry in feed.answering() if isinstance(entry, events.FinalTranscript))
    drawn = rich(entry)
    assert [(word["text"], word["confidence"]) for word in drawn["words"]] == [
        (word.text, word.confidence) for word in entry.alternatives[0].words
    ]
    assert [word["text"] for word in drawn["others"][0]["words"] if word["differs"]] == ["hear"]


def test_the_reply_row_names_each_technique_with_its_class_and_definition() -> None:
    reply = next(entry for _, entry in feed.answering() if isinstance(entry, events.Reply))
    labels = rich(reply)["techniques"]
    assert [label["text"].split()[0] for label in labels] == list(reply.techniques)
    assert labels
    assert all(label["definition"] and " · " in label["text"] for label in labels)


def test_the_pieces_of_a_reply_put_together_are_the_reply() -> None:
    drawn = pieces(feed.SPANS)
    text = "".join(("" if at == 0 or piece["glued"] else " ") + piece["text"] for at, piece in enumerate(drawn))
    assert text == feed.SAID
    assert {piece["text"]: piece["origin"] for piece in drawn}["Catherine"] == "remembered"


def test_the_shares_of_a_reply_add_up_to_all_of_it() -> None:
    reply = next(entry for _, entry in feed.answering() if isinstance(entry, events.Reply))
    found = shares(reply)
    assert [share["origin"] for share in found] == ["mirrored", "remembered", "computed", "author"]
    assert sum(share["share"] for share in found) == pytest.approx(1.0)
    assert [share["share"] for share in found] == pytest.approx([count / 35 for count in (7, 1, 2, 25)])
    assert shares(msgspec.structs.replace(reply, spans=(), text="")) == []


@pytest.mark.parametrize(("variant", "said"), [(-1, "the plain wording"), (-2, "the plain wording of its act")])
def test_the_reply_row_calls_a_plain_wording_plain(variant: int, said: str) -> None:
    reply = next(entry for _, entry in feed.answering() if isinstance(entry, events.Reply))
    assert rich(msgspec.structs.replace(reply, variant=variant))["note"] == said
