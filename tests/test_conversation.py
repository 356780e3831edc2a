"""One turn is a pure function: the same inputs give the same entries, and a replay gives the same bytes."""

from datetime import UTC, datetime
from functools import reduce

import msgspec

from her_desktop.conversation import Turn, respond
from her_desktop.dialogue.state import State, apply
from her_desktop.events import (
    Alternative,
    Decision,
    FactLearned,
    FactUsed,
    FinalTranscript,
    Interpreted,
    QuestionClosed,
    QuestionOpened,
    Reply,
)
from tests.shipped import loaded

NOW = datetime(2026, 11, 22, 23, 10, tzinfo=UTC)
CONVERSATION = loaded()
SAID = [
    "hello",
    "my name is Ada",
    "are your feelings real",
    "what is my name",
    "i feel sad",
    "because i am alone",
    "bye",
]


def talk(said: list[str], seed: int = 0) -> list[Turn]:
    state, turns = State(), []
    for text in said:
        turn = respond(CONVERSATION, state, FinalTranscript.typed(text), NOW, seed)
        state = turn.state
        turns.append(turn)
    return turns


def as_bytes(turns: list[Turn]) -> bytes:
    return b"\n".join(msgspec.json.encode(entry) for turn in turns for entry in turn.entries)


def test_she_remembers_a_name_and_says_where_it_comes_from() -> None:
    last = talk(SAID[:4])[-1]
    assert "Ada" in last.reply.text
    used = next(entry for entry in last.entries if isinstance(entry, FactUsed))
    assert (used.object, used.source_turn) == ("Ada", 2)
    assert [span.source for span in last.reply.spans if span.origin == "remembered"] == [used.fact]


def test_the_same_inputs_give_the_same_bytes() -> None:
    assert as_bytes(talk(SAID)) == as_bytes(talk(SAID))


def test_another_seed_gives_other_wordings_of_the_same_rules() -> None:
    rules = {tuple(turn.reply.rule for turn in talk(SAID, seed)) for seed in range(8)}
    words = {tuple(turn.reply.text for turn in talk(SAID, seed)) for seed in range(8)}
    assert len(rules) == 1
    assert len(words) > 1


def test_a_turn_leaves_the_state_it_was_given_alone() -> None:
    before = State()
    respond(CONVERSATION, before, FinalTranscript.typed("my name is Ada"), NOW, 0)
    assert before == State()


def test_the_state_is_the_fold_of_the_entries() -> None:
    turns = talk(SAID)
    entries = [entry for turn in turns for entry in turn.entries]
    assert reduce(apply, entries, State()) == turns[-1].state


def test_every_turn_tells_what_was_heard_considered_decided_and_said_in_this_order() -> None:
    for turn in talk(SAID):
        kinds = [type(entry) for entry in turn.entries]
        assert kinds[:3] == [FinalTranscript, Interpreted, Decision]
        assert kinds[-1] is Reply


def test_no_word_of_any_reply_is_without_an_origin() -> None:
    for turn in talk([*SAID, "what did you hear", "what time is it", "colorless green ideas sleep furiously"]):
        assert "".join(span.text for span in turn.reply.spans) == turn.reply.text
        assert all(span.source for span in turn.reply.spans)


def test_each_alternative_of_the_recognizer_may_win() -> None:
    heard = FinalTranscript(
        text="what thyme is it",
        recognizer="vosk:test",
        alternatives=(Alternative("what thyme is it", 0.6), Alternative("what time is it", 0.3)),
    )
    turn = respond(CONVERSATION, State(), heard, NOW, 0)
    decision = next(entry for entry in turn.entries if isinstance(entry, Decision))
    assert decision.alternative == 1
    assert "11:10" in turn.reply.text


def test_losers_carry_their_reason() -> None:
    decision = next(entry for entry in talk(["hello"])[0].entries if isinstance(entry, Decision))
    reasons = {loser.reason for loser in decision.losers}
    assert any(reason.startswith(f"outranked by {decision.rule} on tier") for reason in reasons)
    order = [name for name, _ in decision.order]
    assert order[0] == "tier"
    assert order[-1] == "id"


def test_a_lower_case_name_is_kept_as_a_name() -> None:
    learned = [entry for entry in talk(["my name is ada lovelace"])[0].entries if isinstance(entry, FactLearned)]
    assert [fact.object for fact in learned] == ["Ada Lovelace"]


def test_her_open_question_is_bound_to_her_reply_and_closed_by_the_answer() -> None:
    asked = next(turn for turn in talk(["i feel sad"]) if any(isinstance(e, QuestionOpened) for e in turn.entries))
    opened = next(entry for entry in asked.entries if isinstance(entry, QuestionOpened))
    rejoinder = CONVERSATION.book.rules[opened.rule].rejoinders[0]
    answer = CONVERSATION.book.rules[rejoinder].spec.samples[0]
    turn = respond(CONVERSATION, asked.state, FinalTranscript.typed(answer), NOW, 0)
    closed = next(entry for entry in turn.entries if isinstance(entry, QuestionClosed))
    assert (closed.reply, closed.cause) == (opened.reply, "answered")
    assert turn.reply.rule == rejoinder


def test_her_open_question_survives_a_digression_and_then_lets_go() -> None:
    asked = talk(["i feel sad"])[0]
    state, causes = asked.state, []
    for _ in range(3):
        turn = respond(CONVERSATION, state, FinalTranscript.typed("what time is it"), NOW, 0)
        causes += [entry.cause for entry in turn.entries if isinstance(entry, QuestionClosed)]
        state = turn.state
    assert causes == ["no answer in 3 turns"]


def test_what_she_heard_and_said_is_answered_from_the_first_turn_on() -> None:
    for text in ("what did you hear", "say that again", "repeat that"):
        assert talk([text])[0].reply.text


def test_mirrored_words_name_the_very_words_they_return() -> None:
    said = "I fear the dark and the rain"
    for seed in range(6):
        turn = talk([said], seed)[0]
        decision = next(entry for entry in turn.entries if isinstance(entry, Decision))
        assert decision.slot_words
        for name, places in decision.slot_words.items():
            assert " ".join(said.split()[place] for place in places) == decision.slots[name]
        sources = {"heard:" + ",".join(map(str, places)) for places in decision.slot_words.values()}
        assert {span.source for span in turn.reply.spans if span.origin == "mirrored"} <= sources


def test_the_die_chooses_among_the_wordings_that_could_be_said() -> None:
    for turn in talk([*SAID, "hello", "hello", "hello"]):
        reply = turn.reply
        if reply.draws:
            assert reply.variant == max(reply.draws, key=lambda draw: draw.value).variant
        else:
            assert reply.variant == reply.choice[int(reply.die * len(reply.choice))]


def test_what_taught_a_fact_is_the_reading_that_won() -> None:
    heard = FinalTranscript(
        text="mine aim is ada",
        recognizer="vosk:test",
        alternatives=(Alternative("mine aim is ada", 0.5), Alternative("my name is ada", 0.4)),
    )
    turn = respond(CONVERSATION, State(), heard, NOW, 0)
    assert [entry.words for entry in turn.entries if isinstance(entry, FactLearned)] == ["my name is ada"]
