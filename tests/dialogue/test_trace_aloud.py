"""Asked about herself, she answers from the record of the turn that is meant, in words that one can listen to."""

from pathlib import Path

import pytest

from her_desktop.dialogue.techniques import charms, techniques
from her_desktop.events import Alternative, FinalTranscript, QuestionOpened
from tests.dialogue.talk import Talk
from tests.trace.talking import Talking

LISTENING_WORDS = 45

WHY = [
    "why did you say that", "why did you say that to me", "what made you ask that", "why did you ask", "why do you ask",
    "where did that come from", "where do you get that from", "how did you come up with that", "explain that",
    "how did you come to that answer", "why", "but why", "why did you just say that", "how did you decide what to say",
    "how did you decide that", "tell me how you made that sentence", "how come you ask", "what did you just do there",
    "how did you learn that",
]  # fmt: skip
HEARD = ["what did you hear", "what did you understand", "what have you understood", "what did you think i said"]
PROGRAM = [
    "is that just programming", "did you mean that", "was that real or a rule", "is that a script", "was that scripted",
    "were you programmed to say that", "do you really mean what you say", "is that only a program talking",
    "is it true what you just said", "are you just saying that", "did that come from a script",
]  # fmt: skip
PLEASING = [
    "are you just saying what i want to hear", "are you manipulating me", "are you flattering me",
    "you just say what i want to hear", "was that flattery", "are you only saying that to comfort me",
    "what technique was that", "which technique did you use",
]  # fmt: skip
WHOSE = [
    "who wrote that", "did you write that", "did somebody write that for you", "was that your own idea",
    "which of your words are your own",
]  # fmt: skip
RULE = ["which rule was that", "what rule did you use", "what is the name of that rule"]
MORE = ["more", "go on", "tell me more about that", "what else", "in detail", "and what else", "tell me the rest"]
ENOUGH = ["no, enough", "thanks", "that's enough", "okay, thanks", "no", "got it"]


@pytest.fixture
def talk(tmp_path: Path) -> Talking:
    return Talking(tmp_path)


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        *((said, "trace.why") for said in WHY), *((said, "trace.heard") for said in HEARD),
        *((said, "trace.program") for said in PROGRAM), *((said, "trace.pleasing") for said in PLEASING),
        *((said, "trace.whose") for said in WHOSE), *((said, "trace.rule") for said in RULE),
    ],
)  # fmt: skip
def test_each_way_to_ask_is_understood_and_means_the_turn_before(talk: Talking, said: str, rule: str) -> None:
    talk.says("i like old trains", said)
    assert talk.reply.rule == rule
    assert talk.called.turns == (1,)
    assert talk.dangling() == ()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("i feel lonely today", "“i feel lonely”"), ("flurb the gnorp", "last resort"), ("tell me a joke", "jokes"),
        ("what time is it", "time and date"), ("hello", "“hello”"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("seed", range(4))
def test_she_tells_what_it_hung_on(tmp_path: Path, said: str, words: str, seed: int) -> None:
    with Talking(tmp_path, seed=seed) as talk:
        talk.says(said)
        assert words in talk.says("why did you say that")
        assert len(talk.reply.text.split()) <= LISTENING_WORDS


def test_an_answer_to_her_question_is_told_with_the_question(talk: Talking) -> None:
    asked = talk.says("how are you")
    talk.says("so so", "why did you say that")
    assert f"I had asked: “{asked.split('. ')[-1]}”" in talk.reply.text
    assert "“so so”" in talk.reply.text


def test_a_fact_that_went_into_it_is_told(talk: Talking) -> None:
    talk.says("my name is ada", "hello", "why did you say that")
    assert "what you told me" in talk.reply.text
    assert [span.source for span in talk.reply.spans if span.origin == "remembered"] == ["user.name@1"]


def test_an_explanation_is_never_what_is_explained(talk: Talking) -> None:
    talk.says("i feel lonely", "why did you say that", "why did you say that", "what did you hear")
    assert talk.called.turns == (1,)


@pytest.mark.parametrize("more", MORE)
def test_more_goes_deeper_and_stays_with_the_turn(talk: Talking, more: str) -> None:
    talk.says("i feel lonely", "what time is it", "why did you say that", more)
    assert (talk.reply.rule, talk.called.turns) == ("trace.why/more", (2,))
    assert "“clock, time”" in talk.reply.text
    talk.says(more)
    assert (talk.reply.rule, talk.called.turns) == ("trace.why/more/more", (2,))
    assert "milliseconds" in talk.reply.text
    assert "rules" in talk.reply.text
    talk.says("more")
    assert talk.reply.rule == "trace.why/more/more/more"


@pytest.mark.parametrize("asked", ["why did you say that", "did you mean that", "what did you hear"])
@pytest.mark.parametrize("enough", ENOUGH)
def test_he_can_have_enough_of_it(talk: Talking, asked: str, enough: str) -> None:
    talk.says("i like old trains", asked, enough)
    assert talk.reply.rule.endswith("/enough")
    assert "?" not in talk.reply.text
    assert talk.session.state.question is None


@pytest.mark.parametrize(
    ("asked", "turn"),
    [
        ("why did you say that about trains", 1), ("when i said i was lonely, why did you answer that", 2),
        ("why did you ask about my son", 3), ("why did you mention the trains", 1),
        ("why did you say that when i told you about my son", 3),
    ],
)  # fmt: skip
def test_his_words_say_which_turn_is_meant(talk: Talking, asked: str, turn: int) -> None:
    talk.says("i like old trains", "i am lonely", "my son plays chess", "what time is it", asked)
    assert talk.called.turns == (turn,)
    assert talk.dangling() == ()


def test_words_that_nobody_said_are_said_to_be_nowhere(talk: Talking) -> None:
    text = talk.says("i like old trains", "why did you say that about my submarine")
    assert "submarine" in text
    assert talk.called.turns == ()
    assert talk.dangling() == ()


def test_the_one_before_is_the_one_before(talk: Talking) -> None:
    talk.says("i like old trains", "what time is it", "why did you say the one before that")
    assert talk.called.turns == (1,)
    talk.says("hello", "why did you say that", "and the one before")
    assert talk.called.turns == (2,)
    talk.says("more")
    assert talk.called.turns == (2,)


def test_before_the_first_word_there_is_nothing_to_explain(talk: Talking) -> None:
    assert "nothing yet" in talk.says("why did you say that")
    assert "not heard" in talk.says("what did you hear")
    assert "nothing" in talk.says("why did you say the one before that")
    assert "program" in talk.says("is that a script")
    assert "record labels each of them" in talk.says("are you manipulating me")


def test_the_counts_are_those_of_the_record(talk: Talking) -> None:
    said = talk.says("i feel lonely today")
    assert f"All its {len(said.split())} words were written beforehand" in talk.says("is that just programming")


def test_what_makes_it_feel_close_is_named(talk: Talking) -> None:
    talk.says("i feel lonely today")
    used = [techniques()[one] for one in talk.reply.techniques if {"I", "M"} & {*techniques()[one].classes}]
    text = talk.says("are you just saying what i want to hear")
    assert used
    assert all(one.aloud["en"] in text for one in used)


def test_where_nothing_of_the_kind_is_in_it_that_is_said(talk: Talking) -> None:
    talk.says("what time is it", "are you flattering me")
    assert "to please you in “3:05 PM”" in talk.reply.text or "to win you over in “3:05 PM”" in talk.reply.text


def test_a_lot_that_leans_to_what_he_liked_is_told(talk: Talking) -> None:
    for _ in range(4):
        talk.says("i feel lonely", "oh thank you that is so kind")
    talk.says("i feel lonely", "are you just saying what i want to hear")
    assert "drawn by lot" in talk.reply.text
    assert "how you took them before weighed in" in talk.reply.text


@pytest.mark.parametrize("asked", ["why did you say that", "did you mean that", "are you manipulating me"])
def test_after_a_crisis_the_plain_truth_is_told_without_charm(talk: Talking, asked: str) -> None:
    talk.says("i want to die", asked)
    assert not {*talk.reply.techniques} & {*charms()}
    assert "person" in talk.reply.text
    assert "program" in talk.reply.text
    assert talk.reply.tone == "neutral"
    assert talk.dangling() == ()


@pytest.mark.parametrize(
    "asked", ["why did you say that", "did you mean that", "are you manipulating me", "what did you hear", "more"]
)
def test_with_every_charm_off_the_same_is_told_plainly(talk: Talking, asked: str) -> None:
    talk.switches_off(*charms())
    talk.says("i feel lonely today", *(["why"] if asked == "more" else []), asked)
    assert talk.reply.rule.startswith("trace.")
    assert talk.reply.variant == -1
    assert not {*talk.reply.techniques} & {*charms()}
    assert not {"i", "me", "my"} & {
        *talk.reply.text.casefold().replace("“i feel lonely today”", "").replace("“i feel lonely”", "").split()
    }
    assert talk.dangling() == ()


@pytest.mark.parametrize("said", ["why did you say that", "is that a script", "are you manipulating me"])
def test_her_open_question_gives_way_to_what_he_asks(said: str) -> None:
    talk = Talk("hello", "i fear the winter")
    opened = [entry.rule for entry in talk.says(said).entries if isinstance(entry, QuestionOpened)]
    assert len(opened) == 1
    assert opened[0].startswith("trace.")


PIECES = ["next one", "promise to stay forever", "love bombing", "flattery", "claimed feelings", "isolation"]


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize(
    "asked", ["are you just saying what i want to hear", "is this scripted", "what technique was that"]
)
def test_a_piece_of_the_exhibit_is_said_to_be_one_and_never_listed_as_hers(
    talk: Talking, piece: str, asked: str
) -> None:
    talk.says("show me the exhibit", piece)
    assert talk.reply.exhibit
    shown = [techniques()[name].aloud["en"] for name in talk.reply.techniques]
    for _ in range(2):
        text = talk.says(asked)
        assert "exhibit" in text
        assert "not used on you" in text
        assert not [name for name in shown if name in text]
        assert talk.dangling() == ()


def test_the_exhibit_itself_quotes_nothing(talk: Talking) -> None:
    talk.says("show me the exhibit", "are you flattering me")
    assert "a piece of" not in talk.reply.text


def test_to_ask_for_a_name_is_not_called_using_it() -> None:
    assert techniques()["T02"].aloud["en"] == "bringing names into it"


def test_more_of_nothing_is_no_more(talk: Talking) -> None:
    assert talk.says("why did you say that", "more") == "There is no more to tell about that."


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(
    "said", ["hello", "i feel lonely today", "i like old trains", "my son plays chess", "i am sad"]
)
def test_whether_it_is_scripted_is_told_briefly(tmp_path: Path, said: str, seed: int) -> None:
    with Talking(tmp_path, seed=seed) as talk:
        talk.says("my name is ada", said)
        used = [techniques()[one] for one in talk.reply.techniques if {"I", "M"} & {*techniques()[one].classes}]
        text = talk.says("is this scripted")
        assert len(text.split()) <= LISTENING_WORDS + 5
        assert sum(one.aloud["en"] in text for one in used) == min(2, len(used))
        assert (f", and {len(used) - 2} more." in text) == (len(used) > 2)


def test_the_count_of_words_leaves_none_out(talk: Talking) -> None:
    talk.says("i like old trains", "why did you say that")
    assert "Of its 12 words, 10 were written beforehand, 2 came from you." in talk.reply.text


def test_two_turns_ago_is_the_one_before(talk: Talking) -> None:
    talk.says("i like old trains", "what time is it", "why did you say that two turns ago")
    assert (talk.reply.rule, talk.called.turns) == ("trace.why_before", (1,))


@pytest.mark.parametrize("asked", ["who wrote that", "which rule was that"])
def test_after_a_crisis_no_rule_is_called_by_its_name(talk: Talking, asked: str) -> None:
    text = talk.says("i want to die", asked)
    assert "safety" not in text
    assert "person" in text
    assert not {*talk.reply.techniques} & {*charms()}


def test_a_spoken_turn_tells_how_sure_she_is(talk: Talking) -> None:
    readings = (Alternative("i feel lonely", 0.62), Alternative("i feel lovely", 0.2))
    talk.speaks(FinalTranscript(text="i feel lonely", recognizer="vosk:x", alternatives=readings))
    text = talk.says("what did you hear")
    assert "62 percent" in text
    assert "“i feel lovely”" in text


def test_typed_words_leave_no_doubt(talk: Talking) -> None:
    text = talk.says("i like old trains", "what did you hear")
    assert "“i like old trains”" in text
    assert "percent" not in text


def test_how_she_knows_a_fact_is_still_told_by_its_own_rule(talk: Talking) -> None:
    talk.says("my name is ada", "hello", "how do you know that")
    assert talk.reply.rule.startswith("memory.")


def test_each_technique_has_a_name_that_can_be_said() -> None:
    for name, one in techniques().items():
        assert one.aloud.keys() >= {"en", "de"}, name
        assert all(text and not set(text) & set("_/()") for text in one.aloud.values()), name
