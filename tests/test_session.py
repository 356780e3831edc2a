"""The live loop: one inbox, one order, states as they follow one another, and stopping at any moment."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest

from her_desktop.audio import DeviceLost, Heard
from her_desktop.audio.by_hand import HandSpeaker
from her_desktop.clock import FixedClock
from her_desktop.conversation import Conversation
from her_desktop.dialogue.packs import load_packs
from her_desktop.events import (
    Alternative,
    AudioChunk,
    Entry,
    Failure,
    FinalTranscript,
    PartLost,
    PlaybackInterrupted,
    Recorded,
    Reply,
    SpeechEnded,
    SpeechStarted,
    StateChanged,
    Timing,
    WordSpoken,
)
from her_desktop.inbox import Close, InlineExecutor, Parts, StopPressed, TalkPressed, TalkReleased, Typed
from her_desktop.memory.journal import Journal
from her_desktop.playback import as_kept
from her_desktop.session import Session
from her_desktop.skills import VALUES
from her_desktop.trouble import Trouble, missing
from her_desktop.tts import Utterance
from her_desktop.tts.silent import WORD_MS, SilentVoice
from tests.shipped import loaded

NOW = datetime(2026, 11, 22, 23, 10, tzinfo=UTC)
CONVERSATION = loaded()
E = TypeVar("E", bound=Entry)
BLOCK = Heard(AudioChunk(bytes(640)))


class ScriptedEar:
    """Hears what it is told, one line for each release of the talk key; anything in between is ignored."""

    level = 0.2

    def __init__(self, *lines: str) -> None:
        self.lines = list(lines)
        self.blocks = 0

    def accept(self, _chunk: AudioChunk) -> list[Entry]:
        self.blocks += 1
        return []

    def press(self) -> list[Entry]:
        return [SpeechStarted(cause="key")]

    def release(self) -> list[Entry]:
        ended = SpeechEnded(cause="key_released", speech_ms=500, waited_ms=0)
        text = self.lines.pop(0)
        return [ended, FinalTranscript(text=text, recognizer="scripted:ear", alternatives=(Alternative(text),))]

    def end_of_recording(self) -> list[Entry]:
        return []

    def reset(self, why: str) -> list[Entry]:
        assert why
        return []


class OpenMicrophone:
    def open(self, _emit: object) -> str:
        return "scripted microphone"

    def close(self) -> None:
        pass


class NoMicrophone(OpenMicrophone):
    def open(self, _emit: object) -> str:
        raise missing("microphone", "there is none", "connect one")


class BrokenVoice(SilentVoice):
    def synthesize(self, _text: str, _tone: str = "neutral") -> Utterance:
        raise missing("voice", "espeak-ng is not installed", "sudo apt-get install espeak-ng")


class Scene:
    """A session whose every moment is moved by hand."""

    def __init__(self, home: Path, parts: Parts, *, stays: bool = True) -> None:
        self.clock = FixedClock(NOW)
        self.journal = Journal(home)
        self.session = Session(
            CONVERSATION, self.journal, self.clock, 0, "test", lambda: parts, InlineExecutor(), stays=stays
        )
        self.seen: list[Recorded] = []
        self.session.watch(self.seen.append)
        self.session.start()

    def does(self, *messages: object) -> None:
        for message in messages:
            self.session.handle(message)  # type: ignore[arg-type]  # each is a Message; object keeps the tests short
            self.session.drain()

    def plays(self, speaker: HandSpeaker, ms: int = 60_000) -> None:
        speaker.advance(ms)
        self.session.drain()

    def entries(self, kind: type[E]) -> list[E]:
        return [recorded.entry for recorded in self.seen if isinstance(recorded.entry, kind)]

    @property
    def states(self) -> list[str]:
        return [entry.state for entry in self.entries(StateChanged)]


@pytest.fixture
def speaker() -> HandSpeaker:
    return HandSpeaker()


@pytest.fixture
def scene(tmp_path: Path, speaker: HandSpeaker) -> Iterator[Scene]:
    ear = ScriptedEar("hello", "what time is it", "goodbye")
    made = Scene(tmp_path, Parts(OpenMicrophone(), ear, SilentVoice(), speaker))
    yield made
    made.session.close()
    made.journal.close()


def test_a_spoken_turn_goes_through_its_states_in_order(scene: Scene, speaker: HandSpeaker) -> None:
    scene.does(TalkPressed(), TalkReleased())
    scene.plays(speaker)
    assert scene.states == ["listening", "hearing", "thinking", "speaking", "listening"]
    kinds = [recorded.kind for recorded in scene.seen if recorded.turn == 1]
    wanted = ["speech_started", "speech_ended", "final_transcript", "interpreted", "decision", "reply"]
    wanted += ["voice_synthesized", "playback_started", "word_spoken", "playback_finished"]
    assert [kind for kind in dict.fromkeys(kinds) if kind in wanted] == wanted


def test_words_are_told_as_their_samples_are_played(scene: Scene, speaker: HandSpeaker) -> None:
    scene.does(Typed("hello"))
    words = scene.entries(Reply)[0].text.split()
    scene.plays(speaker, WORD_MS + 1)
    assert [word.text for word in scene.entries(WordSpoken)] == words[:2]
    scene.plays(speaker)
    assert [word.text for word in scene.entries(WordSpoken)] == words


@pytest.mark.parametrize(
    ("message", "cause"),
    [(StopPressed(), "he pressed stop"), (TalkPressed(), "he pressed the talk key"), (Typed("thanks"), "he typed")],
)
def test_she_stops_at_once(scene: Scene, speaker: HandSpeaker, message: object, cause: str) -> None:
    scene.does(Typed("hello"))
    scene.plays(speaker, 200)
    first = speaker._token
    scene.does(message)
    stopped = scene.entries(PlaybackInterrupted)
    assert [(entry.cause, entry.at_ms) for entry in stopped] == [(cause, 200)]
    assert not speaker.playing or speaker._token != first


def test_the_microphone_is_shut_while_she_speaks_and_a_moment_after(tmp_path: Path, speaker: HandSpeaker) -> None:
    ear = ScriptedEar()
    scene = Scene(tmp_path, Parts(OpenMicrophone(), ear, SilentVoice(), speaker, echo_tail_ms=100))
    scene.does(BLOCK, Typed("hello"), BLOCK, BLOCK)
    assert ear.blocks == 1
    scene.plays(speaker)
    scene.does(*[BLOCK] * 7)
    assert ear.blocks == 1 + 2  # five blocks of 20 ms are the tail
    scene.session.close()
    scene.journal.close()


def test_a_goodbye_puts_her_to_sleep_and_typing_wakes_her(scene: Scene, speaker: HandSpeaker) -> None:
    scene.does(Typed("goodbye"))
    assert "?" not in scene.entries(Reply)[-1].text
    scene.plays(speaker)
    assert scene.states[-1] == "asleep"
    scene.does(BLOCK)
    assert scene.states[-1] == "asleep"
    scene.does(Typed("hello"))
    assert scene.entries(StateChanged)[-3].cause == "he typed"
    assert not scene.session.ended


def test_in_the_terminal_a_goodbye_ends_the_conversation(tmp_path: Path) -> None:
    scene = Scene(tmp_path, Parts(), stays=False)
    scene.does(Typed("goodbye"))
    assert scene.session.ended
    assert scene.seen[-1].kind == "session_ended"
    scene.journal.close()


def test_stopping_her_goodbye_keeps_the_conversation(scene: Scene, speaker: HandSpeaker) -> None:
    scene.does(Typed("goodbye"))
    speaker.advance(10)
    scene.does(StopPressed())
    assert scene.states[-1] == "listening"


def test_without_a_microphone_it_works_by_typing(tmp_path: Path, speaker: HandSpeaker) -> None:
    scene = Scene(tmp_path, Parts(NoMicrophone(), ScriptedEar(), SilentVoice(), speaker))
    assert [lost.part for lost in scene.entries(PartLost)] == ["microphone"]
    scene.does(TalkPressed(), Typed("hello"))
    assert len(scene.entries(Reply)) == 1
    scene.session.close()
    scene.journal.close()


def test_a_voice_that_fails_leaves_the_words(tmp_path: Path, speaker: HandSpeaker) -> None:
    scene = Scene(tmp_path, Parts(voice=BrokenVoice(), speaker=speaker))
    scene.does(Typed("hello"))
    assert scene.entries(Reply)
    assert "espeak-ng is not installed" in scene.entries(PartLost)[0].why
    assert scene.states[-1] == "listening"
    scene.session.close()
    scene.journal.close()


def test_a_speaker_that_is_lost_while_she_speaks_never_leaves_her_speaking(scene: Scene) -> None:
    scene.does(Typed("hello"), DeviceLost("speaker", "it was unplugged"))
    assert scene.states[-1] == "listening"
    scene.does(Typed("hello"))
    assert len(scene.entries(Reply)) == 2


def test_a_microphone_that_goes_silent_is_noticed_and_opened_again(scene: Scene) -> None:
    scene.does(BLOCK)
    scene.clock.move(3.5)
    scene.session._watch_devices()
    assert "delivered nothing" in scene.entries(PartLost)[-1].why
    scene.clock.move(5.1)
    scene.session._watch_devices()
    assert scene.seen[-1].kind == "part_ready"


def test_a_microphone_that_stays_away_is_looked_for_again_and_again(tmp_path: Path) -> None:
    class Coming(OpenMicrophone):
        tries = 0

        def open(self, _emit: object) -> str:
            self.tries += 1
            if self.tries in (2, 3, 4):
                raise missing("microphone", "there is none", "connect one")
            return "a microphone that was plugged in again"

    microphone = Coming()
    scene = Scene(tmp_path, Parts(microphone, ScriptedEar()))
    scene.does(DeviceLost("microphone", "it was unplugged"), DeviceLost("microphone", "it was unplugged"))
    for _ in range(4):
        scene.clock.move(5.1)
        scene.session._watch_devices()
    assert microphone.tries == 5
    assert [lost.why for lost in scene.entries(PartLost)] == ["it was unplugged"]
    assert scene.seen[-1].kind == "part_ready"
    scene.session.close()
    scene.journal.close()


def test_a_speaker_that_cannot_play_leaves_the_words_and_she_listens(tmp_path: Path) -> None:
    class Full(HandSpeaker):
        def play(self, _token: str, _sound: object) -> None:
            raise Trouble("file 001.wav", "no space left")

    scene = Scene(tmp_path, Parts(voice=SilentVoice(), speaker=Full()))
    scene.does(Typed("hello"), Typed("hello"))
    assert len(scene.entries(Reply)) == 2
    assert scene.entries(PartLost)[0].part == "speaker"
    assert scene.states[-1] == "listening"
    scene.session.close()
    scene.journal.close()


def test_a_part_that_fails_in_its_own_way_never_ends_the_session(tmp_path: Path) -> None:
    class Rude(OpenMicrophone):
        def open(self, _emit: object) -> str:
            raise RuntimeError("-9999")

    scene = Scene(tmp_path, Parts(Rude(), ScriptedEar()))
    assert scene.entries(PartLost)[0].why == "RuntimeError: -9999"
    scene.does(Typed("hello"))
    assert len(scene.entries(Reply)) == 1
    scene.session.close()
    scene.journal.close()


def test_a_turn_that_fails_still_tells_what_he_said(tmp_path: Path) -> None:
    scene = Scene(tmp_path, Parts())
    scene.session._conversation = Conversation.of(
        load_packs([tmp_path], CONVERSATION.language, VALUES), CONVERSATION.language
    )
    scene.does(Typed("hello"))
    assert [heard.text for heard in scene.entries(FinalTranscript)] == ["hello"]
    assert "no rule fits" in scene.entries(Failure)[0].why
    assert scene.states[-1] == "listening"
    scene.session.close()
    scene.journal.close()


def test_an_error_becomes_a_line_in_the_trace_and_she_goes_on(tmp_path: Path) -> None:
    class BadEar(ScriptedEar):
        def accept(self, _chunk: AudioChunk) -> list[Entry]:
            raise RuntimeError("the detector fell over")

    scene = Scene(tmp_path, Parts(OpenMicrophone(), BadEar()))
    scene.does(BLOCK, BLOCK, Typed("hello"))
    assert [failure.why for failure in scene.entries(Failure)] == ["RuntimeError: the detector fell over"]
    assert len(scene.entries(Reply)) == 1
    scene.session.close()
    scene.journal.close()


def test_what_cannot_be_kept_is_not_said(tmp_path: Path) -> None:
    scene = Scene(tmp_path, Parts())
    pages = scene.journal._database.execute("PRAGMA page_count").fetchone()[0]
    scene.journal.flush()
    scene.journal._database.execute(f"PRAGMA max_page_count = {pages}")
    scene.does(Typed("my name is Ada and so on" + "n" * 60_000))
    assert not scene.entries(Reply)
    assert "full" in scene.entries(Failure)[0].why
    assert not scene.session.state.facts
    scene.journal._database.execute("PRAGMA max_page_count = 100000")
    scene.does(Typed("my name is Ada"))
    assert scene.session.state.facts["user.name"].object == "Ada"
    scene.session.close()
    scene.journal.close()


def test_a_restart_remembers(tmp_path: Path) -> None:
    first = Scene(tmp_path, Parts())
    first.does(Typed("my name is Ada"), Close("the end"))
    first.journal.close()
    second = Scene(tmp_path, Parts())
    second.does(Typed("what is my name"))
    assert "Ada" in second.entries(Reply)[0].text
    assert second.seen[0].session == 2
    second.session.close()
    second.journal.close()


def test_each_stage_is_timed(scene: Scene, speaker: HandSpeaker) -> None:
    scene.does(Typed("hello"))
    scene.plays(speaker)
    assert [timing.stage for timing in scene.entries(Timing)] == [
        "understood", "chose", "worded", "kept", "voiced", "first_sound",
    ]  # fmt: skip


def test_levels_are_told_and_not_kept(scene: Scene, speaker: HandSpeaker) -> None:
    levels: list[tuple[str, float]] = []
    scene.session.watch_levels(lambda who, rms: levels.append((who, rms)))
    scene.does(BLOCK, Typed("hello"))
    scene.plays(speaker, 100)
    assert [who for who, _ in levels] == ["him", "her"]


def test_of_her_words_only_what_the_record_still_has_is_recorded_as_they_sound() -> None:
    assert as_kept("Your name is gone.", "Your name is gone.") == "Your name is gone."
    assert as_kept("Ada is gone.", "▮▮▮ is gone.") == "▮▮▮ is gone."
    assert as_kept("Ada Lovelace is gone.", "▮▮▮ is gone.") == "▮▮▮ ▮▮▮ ▮▮▮ ▮▮▮"
