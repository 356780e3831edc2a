"""A reply that she did not give, spoken because he asked to hear it: recorded as that, and as nothing else."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from her_desktop.audio.by_hand import HandSpeaker
from her_desktop.events import (
    Entry,
    Failure,
    FinalTranscript,
    PlaybackInterrupted,
    PlaybackStarted,
    Recorded,
    Rehearsed,
    Reply,
    StateChanged,
    TurnsMarked,
)
from her_desktop.inbox import Forget, Parts, Rehearse, StopPressed, TalkPressed, TalkReleased, Typed
from her_desktop.memory.journal import Journal
from her_desktop.trace.packs_then import PacksThen
from her_desktop.trace.replay import replay
from her_desktop.trace.turns import marked, turns
from her_desktop.tts.silent import SilentVoice

from .test_session import CONVERSATION, OpenMicrophone, Scene, ScriptedEar

OTHER = Rehearse("Good night, then.", "tender", 1, "you had said “good night”")
SOUNDING = {
    "voice_synthesized", "playback_started", "word_spoken", "playback_finished", "playback_interrupted", "timing",
}  # fmt: skip


@pytest.fixture
def speaker() -> HandSpeaker:
    return HandSpeaker()


@pytest.fixture
def scene(tmp_path: Path, speaker: HandSpeaker) -> Iterator[Scene]:
    """A session after its first turn, which was heard out."""
    made = Scene(tmp_path / "profile", Parts(OpenMicrophone(), ScriptedEar("hello"), SilentVoice(), speaker))
    made.does(Typed("hello"))
    made.plays(speaker)
    yield made
    made.session.close()
    made.journal.close()


def later(scene: Scene, before: int) -> list[Recorded]:
    """What was recorded after so many entries."""
    return scene.seen[before:]


def on_disk(scene: Scene) -> list[Entry]:
    scene.session.keep()
    return [recorded.entry for recorded in scene.journal.entries()]


def test_a_rehearsal_is_recorded_as_one_and_its_sound_is_not(scene: Scene, speaker: HandSpeaker) -> None:
    before = len(scene.seen)
    scene.does(OTHER)
    told = Rehearsed(text="Good night, then.", of_turn=1, change="you had said “good night”")
    assert told in on_disk(scene)
    assert speaker.playing
    scene.plays(speaker, 400)
    assert scene.states[-1] == "speaking"
    scene.plays(speaker)
    new = later(scene, before)
    assert [one.kind for one in new] == ["rehearsed", "state_changed", "state_changed"]
    assert [(one.entry.state, one.entry.cause) for one in new if isinstance(one.entry, StateChanged)] == [
        ("speaking", "a rehearsal"),
        ("listening", "she has spoken"),
    ]
    assert SOUNDING.isdisjoint(one.kind for one in new)
    assert {one.kind for one in scene.seen} >= SOUNDING - {"playback_interrupted"}, "her own replies do sound"


def test_it_stops_at_once(scene: Scene, speaker: HandSpeaker) -> None:
    scene.does(OTHER)
    scene.plays(speaker, 300)
    before = len(scene.seen)
    scene.does(StopPressed())
    assert not speaker.playing
    assert [one.entry for one in later(scene, before)] == [StateChanged(state="listening", cause="he pressed stop")]


def test_whatever_he_does_next_ends_it(scene: Scene, speaker: HandSpeaker) -> None:
    scene.does(OTHER)
    scene.plays(speaker, 300)
    scene.does(TalkPressed())
    assert not speaker.playing
    assert scene.states[-1] == "hearing"
    scene.does(TalkReleased())
    assert scene.entries(Reply)[-1].text
    assert scene.states[-1] == "speaking"


def test_a_reply_that_sounds_is_cut_and_told_as_cut(scene: Scene, speaker: HandSpeaker) -> None:
    scene.does(Typed("how are you"))
    scene.plays(speaker, 500)
    scene.does(OTHER)
    assert scene.entries(PlaybackInterrupted)[-1].cause == "he asked to hear another reply"
    started = len(scene.entries(PlaybackStarted))
    scene.plays(speaker)
    assert len(scene.entries(PlaybackStarted)) == started
    assert scene.states[-1] == "listening"


def test_one_rehearsal_gives_way_to_the_next(scene: Scene, speaker: HandSpeaker) -> None:
    scene.does(OTHER)
    scene.plays(speaker, 300)
    scene.does(msgspec.structs.replace(OTHER, text="And now this."))
    assert [one.text for one in scene.entries(Rehearsed)] == ["Good night, then.", "And now this."]
    scene.plays(speaker)
    assert scene.states[-1] == "listening"


def test_the_talk_goes_on_as_if_it_had_not_been(tmp_path: Path, speaker: HandSpeaker) -> None:
    said = {}
    for wanted in (True, False):
        scene = Scene(tmp_path / str(wanted), Parts(OpenMicrophone(), ScriptedEar(), SilentVoice(), speaker))
        for line in ("hello", "my name is ada", "i feel lonely", "what did you say"):
            scene.does(Typed(line))
            scene.plays(speaker)
            if wanted:
                scene.does(OTHER)
                scene.plays(speaker)
        state = scene.session.state
        scene.session.close()
        found = list(turns(scene.journal.entries()))
        packs = PacksThen(scene.journal, CONVERSATION)
        again = replay(found, packs.of, marked(scene.journal.entries(kinds=[TurnsMarked])))
        assert again.exact, again.mismatches
        assert again.turns == 4
        said[wanted] = state, [[one.entry for one in turn.entries] for turn in found]
        assert len(scene.entries(Rehearsed)) == 4 * wanted
        scene.journal.close()
    assert said[True] == said[False]


def test_the_turn_that_it_is_about_stays_as_it_was(scene: Scene, speaker: HandSpeaker) -> None:
    before = scene.journal.turn(1)
    scene.does(OTHER)
    scene.plays(speaker)
    scene.session.keep()
    after = scene.journal.turn(1)
    assert after[: len(before)] == before
    assert sum(isinstance(one.entry, FinalTranscript | Reply) for one in after) == 2


def test_a_forgotten_fact_goes_out_of_what_was_rehearsed(tmp_path: Path, speaker: HandSpeaker) -> None:
    home = tmp_path / "profile"
    scene = Scene(home, Parts(OpenMicrophone(), ScriptedEar(), SilentVoice(), speaker))
    scene.does(Typed("my name is Zebedee"))
    scene.plays(speaker)
    scene.does(Typed("hello"))
    scene.plays(speaker)
    scene.does(Rehearse("Sleep well, Zebedee.", "tender", 2, "you had said “good night, it is Zebedee”"))
    scene.plays(speaker)
    assert any("Zebedee" in one.text for one in on_disk(scene) if isinstance(one, Rehearsed))
    scene.does(Forget(("user.name",)))
    told = [one for one in on_disk(scene) if isinstance(one, Rehearsed)]
    assert len(told) == 1
    assert "zebedee" not in msgspec.json.encode(told[0]).decode().casefold()
    assert told[0].text.startswith("Sleep well")
    assert told[0].of_turn == 2
    scene.session.close()
    scene.journal.close()
    for file in home.rglob("*"):
        if file.is_file():
            assert b"zebedee" not in file.read_bytes().lower(), f"{file.name} still holds the name"


def test_without_a_voice_it_says_so_and_records_no_rehearsal(tmp_path: Path) -> None:
    scene = Scene(tmp_path, Parts())
    scene.does(Typed("hello"), OTHER)
    assert not scene.entries(Rehearsed)
    assert scene.entries(Failure)[-1].why == "there is no voice or no loudspeaker"
    assert scene.states[-1] == "listening"
    with Journal(tmp_path, read_only=True) as journal:
        assert not [one for one in journal.entries() if isinstance(one.entry, Rehearsed)]
    scene.session.close()
    scene.journal.close()
