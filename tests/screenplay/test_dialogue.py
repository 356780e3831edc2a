"""The `Dialogue` of Python tests: a screenplay's checks and arrangements by the names of its notes."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from her_desktop.events import PlaybackFinished, PlaybackInterrupted
from her_desktop.screenplay.for_pytest.dialogue import Dialogue
from her_desktop.trouble import Trouble
from her_desktop.tts.silent import WORD_MS

PACKS = Path(__file__).parents[2] / "examples" / "lighthouse" / "packs"


@pytest.fixture
def keeper() -> Iterator[Dialogue]:
    with Dialogue(packs=[PACKS]) as made:
        yield made


def test_what_holds_can_be_said_line_by_line(keeper: Dialogue) -> None:
    keeper.says("Hello.").expect(rule="keeper.*", tone="warm", asks="keeper.hello", wording=1, not_learns=True)
    keeper.says("It is Ada.").expect(
        learns={"user.name": "Ada"}, act=["inform", "answer"], mentions="wet step", origin={"Ada": "mirrored"}
    )
    assert keeper.text == "Ada. Mind the wet step."
    assert keeper.facts == {"user.name": "Ada"}
    assert keeper.reply is not None
    assert keeper.reply.rule == "keeper.hello/1"
    assert {"FinalTranscript", "Decision", "FactLearned"} <= {type(entry).__name__ for entry in keeper.entries}


def test_what_does_not_hold_tells_line_what_she_said_why_not_and_the_trace(keeper: Dialogue) -> None:
    keeper.says("How high is the light?")
    with pytest.raises(AssertionError) as failed:
        keeper.expect(rule="lamp.stairs", mentions="seventeen")
    first, second, *rest = str(failed.value).splitlines()
    line = failed.traceback[0].lineno + 1
    assert first.endswith(f"test_dialogue.py:{line}: expected rule: lamp.stairs, got keeper.lost_in_the_wind")
    assert f":{line}: expected mentions: seventeen, got “The wind took that." in second
    told = "\n".join(rest)
    assert "he said: “How high is the light?”" in told
    assert "why not lamp.stairs: " in told
    assert "“light”" in told
    assert "decision             keeper.lost_in_the_wind" in told


@pytest.mark.parametrize(
    "checks",
    [
        {"rule": "lamp.*"}, {"not_rule": "keeper.*"}, {"technique": "T13"}, {"not_technique": "T02"},
        {"technique": False}, {"learns": True}, {"says": "Hello."},
        {"matches": r"^What"}, {"wording": 2}, {"act": ["answer", "inform"]},
        {"not_mentions": "WIND"}, {"tone": "tender"}, {"origin": {"wind": "mirrored"}}, {"state": "asleep"},
    ],
    ids=str,
)  # fmt: skip
def test_each_check_can_fail(keeper: Dialogue, checks: dict[str, str | bool]) -> None:
    keeper.says("Hello.")
    with pytest.raises(AssertionError, match="expected "):
        keeper.expect(**checks)


def test_a_check_that_there_is_not_is_named_with_those_that_there_are(keeper: Dialogue) -> None:
    with pytest.raises(TypeError, match=r"there is no check rulle; there is rule, act, .*brings_up"):
        keeper.says("Hello.").expect(rulle="keeper.hello")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (lambda one: one.says("Hello.").expect(tone="tendre"), "did you mean tender"),
        (lambda one: one.says("Hello.").expect(learns={"name": "Ada"}), "is no fact"),
        (lambda one: one.knows("name", "Ada"), "is no fact"),
        (lambda one: one.waits("soon"), "is no length of time"),
        (lambda one: one.is_silent("a while"), "is no length of time"),
        (lambda one: one.at("noon"), "is no date and time"),
        (lambda one: one.off("T999"), "there is no technique"),
    ],
)
def test_a_value_that_cannot_be_is_told_at_once(
    keeper: Dialogue, wrong: Callable[[Dialogue], object], told: str
) -> None:
    with pytest.raises(ValueError, match=told):
        wrong(keeper)


def test_values_may_hold_whatever_notes_need_marks_for(keeper: Dialogue) -> None:
    keeper.knows("user.name", 'A "b" | c = d ]] \\e')
    keeper.says("Hello.").expect(uses={"user.name": 'A "b" | c = d ]] \\e'}, matches=r"\[?\]\]? \\e")


def test_alternatives_are_heard_and_the_one_that_fits_is_taken(keeper: Dialogue) -> None:
    keeper.hears("how many stares are here", ("how many stairs are there", 0.4))
    keeper.expect(rule="lamp.stairs", heard="How many stares are here?", not_learns=True)


def test_time_passes_and_she_comes_back_to_it(keeper: Dialogue) -> None:
    keeper.at("2026-11-22 20:00").knows("user.name", "Ada")
    keeper.says("My sister is at sea.").expect(plans="boats.at_sea/later")
    keeper.says("Hello.").expect(not_brings_up=True)
    keeper.waits("2 days").says("Hello.").expect(brings_up="boats.at_sea/later", mentions="Is your sister home?")


def test_the_clock_is_set(keeper: Dialogue) -> None:
    keeper.at("2026-11-22 12:00").says("Is the lamp lit?").expect(rule="lamp.dark", because={"hour": 12})
    keeper.at("2026-11-22 23:00").says("Is the lamp lit?").expect(rule="lamp.lit")


def test_he_interrupts_while_she_speaks(keeper: Dialogue) -> None:
    keeper.says("How many stairs are there?", until_word=3).interrupts("Ahoy.").expect(rule="keeper.hello")
    (cut,) = (entry for entry in keeper.entries if isinstance(entry, PlaybackInterrupted))
    assert 2 * WORD_MS < cut.at_ms <= 3 * WORD_MS
    keeper.says("Is the lamp lit?")
    assert any(isinstance(entry, PlaybackFinished) for entry in keeper.entries)


def test_silence_is_answered_by_nothing(keeper: Dialogue) -> None:
    keeper.says("Hello.").is_silent("20 s").expect_silence()
    assert keeper.reply is None
    assert keeper.text == ""
    with pytest.raises(AssertionError, match="she says nothing"):
        keeper.says("Hello.").expect_silence()


def test_a_wording_is_chosen_and_a_technique_switched(keeper: Dialogue) -> None:
    keeper.knows("user.name", "Ada")
    keeper.wording("keeper.hello_again", 2).says("Hello.").expect(wording=2, technique="T02")
    keeper.wording("keeper.hello_again", 1).says("Hello.").expect(wording=1)
    keeper.off("T08").says("Hello.").expect(wording="plain", not_technique="T08", suppresses="T08")


def test_fresh_forgets_everything(keeper: Dialogue) -> None:
    keeper.says("Hello.").says("Ada.").fresh().says("Hello.").expect(rule="keeper.hello")
    assert keeper.facts == {}


def test_a_fact_is_forgotten_by_hand(keeper: Dialogue) -> None:
    keeper.says("Hello.").says("Ada.").forgets("user.name").says("Hello.").expect(rule="keeper.hello")


def test_the_same_seed_says_the_same() -> None:
    def talk(seed: int) -> list[str]:
        with Dialogue(seed=seed) as her:
            return [her.says(words).text for words in ("hello", "i am tired", "tell me a joke", "tell me a joke")]

    assert talk(7) == talk(7)
    assert len({tuple(talk(seed)) for seed in range(5)}) > 1


def test_she_explains_a_turn_before() -> None:
    with Dialogue() as her:
        her.says("What time is it?").expect(rule="clock.time", skill="clock.time")
        her.says("Why did you say that?").expect(explains="clock.time")


def test_a_rule_that_cannot_be_read_is_told_with_its_line(tmp_path: Path) -> None:
    pack = tmp_path / "tea.yaml"
    pack.write_text("topic: tea\nrules:\n  - {id: tea.a, samples: [tea], hears: ['(tea'], act: inform, says: [Tea.]}\n")
    with pytest.raises(Trouble, match=r"tea\.yaml:3: .*never closed"):
        Dialogue(packs=[pack])


def test_nothing_can_be_expected_before_he_spoke(keeper: Dialogue) -> None:
    with pytest.raises(AssertionError, match="nothing was said yet"):
        keeper.expect(rule="keeper.hello")
