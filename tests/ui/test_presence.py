from __future__ import annotations

from functools import reduce

import pytest
from pytestqt.qtbot import QtBot

from her_desktop import events as ev
from her_desktop.ui.cards import cards
from her_desktop.ui.presence import Presence
from her_desktop.ui.props import Props, fold

from . import feed
from .feed import Feed


def folded(*parts: list[tuple[float, ev.Entry]]) -> Props:
    script = Feed()
    return reduce(fold, [recorded for part in parts for recorded in script.next_turn(part)], Props())


def test_she_goes_through_the_states_of_a_spoken_turn_in_order(qtbot: QtBot) -> None:
    presence, seen = Presence(), []
    presence.stateChanged.connect(lambda: seen.append((presence.property("state"), presence.property("stateText"))))
    script = Feed()
    turn = feed.hearing() + feed.answering() + feed.speaking()
    for recorded in [*script.record(feed.waking()), *script.next_turn(turn)]:
        presence.take(recorded)
    assert seen == [
        ("listening", "she is listening"),
        ("hearing", "she hears you"),
        ("thinking", "she is thinking"),
        ("speaking", "she is speaking"),
        ("listening", "she is listening"),
    ]


def test_before_anything_happened_she_is_asleep_and_waking() -> None:
    assert (Props().state, Props().state_text) == ("asleep", "she is waking")


def test_his_words_are_pale_until_they_are_final() -> None:
    partial = folded(feed.hearing())
    assert (partial.partial, partial.partial_is_final) == ("I fear I have felt everything I will ever", False)
    final = folded(feed.hearing() + feed.answering())
    assert (final.partial, final.partial_is_final) == (feed.HEARD, True)


def test_her_caption_turns_to_ink_word_by_word(qtbot: QtBot) -> None:
    presence, script = Presence(), Feed()
    for recorded in script.next_turn(feed.hearing() + feed.answering()):
        presence.take(recorded)
    words = feed.SAID.split()
    assert (presence.property("captionSpoken"), presence.property("captionRest")) == ("", feed.SAID)
    for count, recorded in enumerate(script.record([step for step in feed.speaking() if _is_word(step[1])]), 1):
        presence.take(recorded)
        assert presence.property("captionSpoken") == " ".join(words[:count])
        assert presence.property("captionRest") == " ".join(words[count:])
    assert count == len(words)


def _is_word(entry: ev.Entry) -> bool:
    return isinstance(entry, ev.WordSpoken)


def test_what_was_cut_off_stays_pale() -> None:
    cut: list[tuple[float, ev.Entry]] = [
        (10, ev.PlaybackInterrupted(cause="he spoke", at_ms=900)),
        (0, ev.StateChanged(state="listening", cause="interrupted")),
    ]
    assert folded(feed.answering() + feed.speaking(3) + cut).spoken == 3
    assert folded(feed.answering() + feed.speaking()).spoken == len(feed.SAID.split())


def test_without_a_voice_the_reply_stands_in_ink_at_once() -> None:
    lost: list[tuple[float, ev.Entry]] = [
        (0.0, ev.PartLost(part="voice", why="espeak-ng is not installed", todo="install it"))
    ]
    assert folded(lost, feed.typed("hello", "Hello yourself.")[:4]).spoken == 2


def test_without_a_microphone_the_state_says_so_but_she_can_still_speak() -> None:
    deaf = folded(feed.waking(microphone=False))
    assert (deaf.state, deaf.state_text) == ("no_microphone", "no microphone")
    (card,) = cards(deaf.lost, deaf.language)
    assert (card.why, card.todo) == ("Nothing to record with was found", "plug one in, or type")
    assert folded(feed.waking(microphone=False), feed.speaking(2)).state == "speaking"
    found = folded(feed.waking(microphone=False), [(0, ev.PartReady(part="microphone", name="USB"))])
    assert (found.state, found.lost) == ("listening", {})


def test_a_failure_is_shown_until_the_next_turn() -> None:
    failed: list[tuple[float, ev.Entry]] = [(0.0, ev.Failure(what="voice", why="it stopped", todo="try again"))]
    assert folded(failed).notice == "voice: it stopped (try again)"
    assert folded(failed, feed.typed("hello", "Hello.")).notice == ""


def test_only_what_changed_is_announced(qtbot: QtBot) -> None:
    presence, script, seen = Presence(), Feed(), []
    for recorded in script.record(feed.waking()):
        presence.take(recorded)
    for name in ("state", "partial", "captionWords", "notice", "spoken", "microphoneReady", "turn", "level"):
        getattr(presence, f"{name}Changed").connect(lambda name=name: seen.append(name))
    for recorded in script.record([(0, ev.PartialTranscript(text="I")), (0, ev.Timing(stage="voiced", ms=1.0))]):
        presence.take(recorded)
    assert seen == ["partial"]


def test_the_ring_follows_whoever_has_the_floor(qtbot: QtBot) -> None:
    presence, script = Presence(), Feed()
    for recorded in script.next_turn(feed.speaking(1)):
        presence.take(recorded)
    presence.breathe({"him": 0.2})
    assert presence.property("level") == 0.0
    presence.breathe({"her": 0.2})
    assert presence.property("level") > 0.4


def first(*parts: list[tuple[float, ev.Entry]], seq: int = 0) -> Props:
    script = Feed()
    script.seq = seq
    return reduce(fold, [recorded for part in parts for recorded in script.next_turn(part)], Props())


def test_the_first_time_is_the_first_entry_of_the_profile_and_ends_with_the_first_words() -> None:
    assert first(feed.waking()).first_run
    assert first(feed.waking(), feed.hearing()).first_run, "a sound is no word yet"
    assert not first(feed.waking(), feed.typed("hello", "Hello.")).first_run
    assert not first(feed.waking(), seq=40).first_run


def test_an_erased_record_is_a_first_time_again() -> None:
    script = Feed()
    before = [*script.record(feed.waking()), *script.next_turn(feed.typed("hello", "Hello."))]
    again = Feed().record(feed.waking())
    props = reduce(fold, [*before, *again], Props())
    assert (props.first_run, props.partial, props.caption) == (True, "", ())


REHEARSED = ev.Rehearsed(text="That I missed you.", of_turn=1, change="T03 on")
SPEAKING = ev.StateChanged(state="speaking", cause="a rehearsal")


def test_a_rehearsal_stands_in_her_place_until_it_is_over() -> None:
    during = folded(feed.typed("hello", "Hello."), [(0, REHEARSED), (0, SPEAKING)])
    assert (during.caption, during.spoken) == (("That", "I", "missed", "you."), 4)
    assert during.caption_note == "what she would have said"
    over: list[tuple[float, ev.Entry]] = [(0, ev.StateChanged(state="listening", cause="she has spoken"))]
    after = folded(feed.typed("hello", "Hello."), [(0, REHEARSED), (0, SPEAKING), *over])
    assert (after.caption, after.spoken, after.caption_note) == (("Hello.",), 1, "")


@pytest.mark.parametrize(
    "end",
    [
        ev.FinalTranscript.typed("stop that"),
        ev.PartLost(part="voice", why="it stopped"),
        ev.StateChanged(state="hearing", cause="voice"),
        ev.SessionEnded(cause="closed"),
    ],
)
def test_a_rehearsal_that_never_sounds_does_not_stay(end: ev.Entry) -> None:
    assert folded([(0, REHEARSED), (0, end)]).caption_note == ""


def test_a_card_tells_the_command_that_gets_a_model_of_the_language() -> None:
    missing = ev.PartLost(
        part="recognizer", why="recognizer: there is no model", todo="her-desktop models list shows it"
    )
    (english,) = cards({"recognizer": missing}, "en")
    assert english.command == "her-desktop models install vosk-model-small-en-us-0.15"
    assert (english.why, english.todo) == ("There is no model", "")
    (other,) = cards({"recognizer": missing}, "xx")
    assert other.command == "her-desktop models list"


def test_the_gravest_card_comes_first() -> None:
    lost = {part: ev.PartLost(part=part, why="gone") for part in ("speaker", "voice", "microphone", "recognizer")}
    assert [card.part for card in cards(lost, "en")] == ["recognizer", "microphone", "voice", "speaker"]
