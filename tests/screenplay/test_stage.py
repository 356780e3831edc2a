"""How a screenplay is performed: what cannot be arranged is told, clocks show the hour, one session goes on."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from her_desktop.events import Alternative, Failure, FinalTranscript, SessionStarted
from her_desktop.inbox import TalkPressed, TalkReleased
from her_desktop.screenplay.for_pytest.dialogue import Dialogue
from her_desktop.screenplay.perform import perform
from her_desktop.screenplay.performance import Performance
from her_desktop.screenplay.read import parse
from her_desktop.screenplay.script import His
from her_desktop.screenplay.theatre import TypedTheatre
from her_desktop.session import Session

PACKS = Path(__file__).parents[2] / "examples" / "lighthouse" / "packs"
HEAD = f"Title: Light\nPacks: {PACKS}\n\nINT. FLAT - 2026-11-22 23:10\n\n"
HELLO = "HE\nHello.\n\nHER\n...\n\n"


def done(text: str, theatre: TypedTheatre | None = None) -> Performance:
    return perform(parse(HEAD + text, Path("x.fountain")), theatre=theatre or TypedTheatre())


def faults(text: str) -> list[tuple[int, str, str]]:
    return [(one.line, one.expected, one.got) for one in done(text).faults]


@pytest.mark.parametrize(
    ("note", "got"),
    [
        ("[[forget: user.nmae]]", "user.nmae: she knows nothing of that name"),
        ("[[given wording: no.such 2]]", "there is no rule no.such"),
        (
            "[[given wording: lamp.staris 1]]",
            "there is no rule lamp.staris (did you mean lamp.stairs or lamp.stairs/no?)",
        ),
        ("[[given wording: keeper.hello_again 99]]", "keeper.hello_again has 2 wordings"),
    ],
)
def test_what_cannot_be_arranged_is_a_fault_of_its_note(note: str, got: str) -> None:
    assert faults(f"{note}\n\n{HELLO}") == [(6, "this can be arranged", got)]
    assert faults(f"{note}\n\n{HELLO}{note}\n\n{HELLO}") == [
        (6, "this can be arranged", got),
        (14, "this can be arranged", got),
    ]


def test_a_wording_that_was_asked_for_and_could_not_be_said_is_a_fault() -> None:
    again = f"[[given wording: keeper.hello_again 1]]\n\n{HELLO}"
    assert faults(f"[[given fact: user.name = Ada]]\n\n{again}{again}") == [
        (16, "keeper.hello_again says wording 1", "it said wording 2")
    ]


def test_a_wording_of_a_rule_that_says_nothing_does_no_harm() -> None:
    assert done(f"[[given wording: lamp.stairs 1]]\n\n{HELLO}").holds


def test_nothing_that_was_arranged_in_vain_stays_arranged() -> None:
    with Dialogue(packs=[PACKS]) as her:
        her.wording("keeper.hello_again", 99).says("Hello.")
        with pytest.raises(AssertionError, match=r"keeper\.hello_again has 2 wordings"):
            her.expect(rule="keeper.*")
        her.says("How many stairs are there?").expect(rule="lamp.stairs")


@pytest.mark.parametrize(("words", "got"), [(1000, "she was not speaking any more"), (2, None)])
def test_he_cannot_interrupt_her_once_she_has_spoken(words: int, got: str | None) -> None:
    text = f"{HELLO}HE\n(interrupting after {words} words)\nAhoy.\n\nHER\n...\n"
    expected = [(12, f"he interrupts her after {words} words", got)] if got else []
    assert faults(text) == expected


def test_nobody_is_interrupted_in_silence() -> None:
    told = f"{HELLO}HE\n(silence, 20 s)\n\nHE\n(interrupting)\nAhoy.\n\nHER\n...\n"
    assert [fault.expected for fault in done(told).faults] == ["he interrupts her"]


class _Twice(TypedTheatre):
    """What he says is heard as two utterances, as of a recording with a long pause."""

    def opens(self, *, sounding: bool):  # type: ignore[no-untyped-def]
        hand = super().opens(sounding=sounding)

        def say(session: Session, his: His) -> None:
            for text in his.text.split(", "):
                hand._ear.heard = FinalTranscript(text, "test", (Alternative(text, 1.0),))  # type: ignore[attr-defined]
                session.handle(TalkPressed())
                session.handle(TalkReleased())
            session.drain()

        hand.say = say  # type: ignore[method-assign]  # the rest of it is as it was
        return hand


def test_a_line_that_is_heard_as_two_is_a_fault_and_both_are_turns() -> None:
    told = done("HE\nHello, How many stairs are there?\n\nHER\n...\n\nHE\nAhoy.\n\nHER\n...\n", _Twice())
    assert [(one.expected, one.got) for one in told.faults] == [
        ("he is heard once", "heard as two utterances: “Hello” | “How many stairs are there?”")
    ]
    assert told.played[1].rules == {1: "keeper.hello", 2: "lamp.stairs"}


@pytest.fixture(params=["Europe/Berlin", "America/New_York", "UTC"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("zone")
def test_a_heading_shows_its_hour_across_a_change_of_summer_time() -> None:
    time_is = 'HE\nWhat time is it?\n\nHER\n[[mentions: "12:00"]]\n...\n\n'
    days = ("2026-03-06", "2026-03-28", "2026-03-30", "2026-07-01", "2026-10-24", "2026-10-26", "2026-11-02")
    text = "Title: Clocks\n\n" + "".join(f"INT. FLAT - {day} 12:00\n\n{time_is}" for day in days)
    told = perform(parse(text, Path("x.fountain")))
    assert told.holds, told.faults
    assert [played.now.strftime("%H:%M:%S") for played in told.played] == ["12:00:10"] * len(days)


@pytest.mark.usefixtures("zone")
def test_time_that_is_waited_passes_also_across_a_change_of_summer_time() -> None:
    text = f"Title: Clocks\nPacks: {PACKS}\n\nINT. FLAT - 2026-03-01 12:00\n\n{HELLO}[[wait: 60 days]]\n\n{HELLO}"
    first, second = perform(parse(text, Path("x.fountain"))).played
    assert (second.now - first.now).total_seconds() == 60 * 86_400 + 10
    assert second.now.tzinfo == second.now.astimezone().tzinfo


def test_a_fact_and_a_seed_leave_the_session_as_it_is() -> None:
    with Dialogue(packs=[PACKS]) as her:
        her.says("Hello.").expect(asks="keeper.hello")
        her.knows("sister.name", "Eve").knows("sister.name", "Ann").seed(8).says("It is Ada.")
        her.expect(rule="keeper.hello/*", learns={"user.name": "Ada"})
        assert her.facts == {"user.name": "Ada", "sister.name": "Ann"}
        assert not any(isinstance(entry, SessionStarted | Failure) for entry in her.entries)


def test_another_seed_throws_other_dice_in_the_same_session() -> None:
    def second(seed: int) -> str:
        with Dialogue() as her:
            return her.says("Hello.").seed(seed).says("Tell me a joke.").text

    assert second(3) == second(3)
    assert len({second(seed) for seed in range(6)}) > 1


def test_a_fact_that_is_known_before_she_begins_is_a_memory() -> None:
    with Dialogue(packs=[PACKS]) as her:
        her.knows("user.name", "Ada").says("Hello.").expect(uses={"user.name": "Ada"})
