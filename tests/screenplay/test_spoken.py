"""Twenty conversations, each typed, as a recognizer would hand it over, and really spoken and heard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from benchmarks.words import normalize
from her_desktop.asr.load import load_recognizer
from her_desktop.audio.wav import read_recording, write_wav
from her_desktop.events import (
    FinalTranscript,
    PlaybackInterrupted,
    Reply,
    SpeechStarted,
    WordSpoken,
)
from her_desktop.screenplay.perform import conversation, perform
from her_desktop.screenplay.performance import Performance
from her_desktop.screenplay.read import parse, read
from her_desktop.screenplay.report import told
from her_desktop.screenplay.script import Beat, His, Screenplay, Title
from her_desktop.screenplay.spoken.theatre import SpokenTheatre
from her_desktop.screenplay.spoken.voices import FliteVoice, spoken_theatre
from her_desktop.screenplay.stage import Stage
from her_desktop.screenplay.theatre import Stagehand
from her_desktop.trouble import Exit, Trouble
from her_desktop.tts.flite import FliteVoice as Flite
from tests.speech import needs_flite

FILES = sorted((Path(__file__).parents[1] / "screenplays" / "spoken").glob("*.fountain"))
GOAL = 0.9

really = [needs_flite, pytest.mark.speech, pytest.mark.timeout(300)]


def play(text: str) -> Screenplay:
    return parse(f"Title: A test\n\n{text}\n", Path("here.fountain"))


def entries(performance: Performance, kind: type) -> list[object]:
    return [one.entry for played in performance.played for one in played.entries if isinstance(one.entry, kind)]


def failures(performance: Performance) -> str:
    return "\n".join(told(performance, conversation(performance.screenplay.title)))


@pytest.fixture(scope="session")
def theatre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SpokenTheatre]:
    theatre = spoken_theatre(tmp_path_factory.mktemp("profile"))
    yield theatre
    theatre.close()


@pytest.fixture(scope="session")
def spoken(theatre: SpokenTheatre) -> list[Performance]:
    return [perform(read(path), theatre=theatre) for path in FILES]


# ---- the twenty ----


def test_there_are_twenty_and_each_is_heard_wrongly_somewhere() -> None:
    assert len(FILES) == 20
    for path in FILES:
        his = [beat.his for beat in read(path).beats if beat.his]
        assert 2 <= len([one for one in his if one.text]) <= 4, path.name
        mangled = [one for one in his if one.heard and normalize(one.heard[0].text) != normalize(one.text)]
        assert mangled, f"{path.name}: its best alternative is what he said"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_holds_typed(path: Path) -> None:
    screenplay = read(path)
    beats = (replace(beat, his=beat.his and replace(beat.his, heard=())) for beat in screenplay.beats)
    performance = perform(replace(screenplay, beats=tuple(beats)))
    assert performance.holds, failures(performance)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_it_holds_with_what_a_recognizer_makes_of_it(path: Path) -> None:
    performance = perform(read(path))
    assert performance.holds, failures(performance)


class TestAloud:
    pytestmark = really

    def test_nine_of_ten_hold(self, spoken: list[Performance]) -> None:
        held = [one for one in spoken if one.holds]
        assert len(held) >= GOAL * len(spoken), "\n\n".join(failures(one) for one in spoken if not one.holds)

    def test_nine_of_ten_lines_hold(self, spoken: list[Performance]) -> None:
        lines = [played for one in spoken for played in one.played]
        assert sum(not played.faults for played in lines) >= GOAL * len(lines)

    def test_everything_said_was_heard_by_the_recognizer_and_answered_aloud(self, spoken: list[Performance]) -> None:
        for performance in spoken:
            for played in performance.played:
                his = played.beat.his
                if his and his.text:
                    assert played.heard
                    assert played.heard.recognizer.startswith("typed" if his.how == "typed" else "moonshine:")
                    assert played.reply
            assert entries(performance, WordSpoken)

    def test_the_same_sound_is_the_same_transcript(self, spoken: list[Performance], tmp_path: Path) -> None:
        anew = spoken_theatre(tmp_path)
        for before in spoken[:3]:
            again = perform(before.screenplay, theatre=anew)
            assert entries(again, FinalTranscript) == entries(before, FinalTranscript)
            assert entries(again, Reply) == entries(before, Reply)
        anew.close()


# ---- how he is heard ----

HELLO = "THEODORE\nHello there.\n\nHER\n[[rule: greeting.hello]]\n...\n\n"


class TestHow:
    pytestmark = really

    def test_he_interrupts_with_the_talk_key(self, theatre: SpokenTheatre) -> None:
        done = perform(
            play(
                "THEODORE\nWhat can you do?\n\nHER\n...\n\n"
                "THEODORE\n(interrupting after 4 words)\nWhat time is it?\n\nHER\n[[rule: clock.time]]\n..."
            ),
            theatre=theatre,
        )
        assert done.holds, failures(done)
        first, second = done.played
        assert len([one for one in first.entries if isinstance(one.entry, WordSpoken)]) == 4
        assert [one.entry.cause for one in second.entries if isinstance(one.entry, PlaybackInterrupted)] == [
            "he pressed the talk key"
        ]
        assert [one.entry.cause for one in second.entries if isinstance(one.entry, SpeechStarted)] == ["key"]

    def test_he_may_begin_before_her_first_word_and_after_her_last(self, theatre: SpokenTheatre) -> None:
        for words in (0, 500):
            done = perform(
                play(
                    "THEODORE\nWhat can you do?\n\nHER\n...\n\n"
                    f"THEODORE\n(interrupting after {words} words)\nWhat time is it?\n\nHER\n[[rule: clock.time]]\n..."
                ),
                theatre=theatre,
            )
            assert [fault.expected for fault in done.faults] == ["he interrupts her after 500 words"] * (words == 500)
            sounded = [one for one in done.played[0].entries if isinstance(one.entry, WordSpoken)]
            reply = done.played[0].reply
            assert reply
            assert len(sounded) == min(words, len(reply.text.split()))
            assert len(entries(done, PlaybackInterrupted)) == 1

    def test_what_he_types_is_not_voiced(self, theatre: SpokenTheatre) -> None:
        done = perform(play("THEODORE\n(typing)\nHello 🙂\n\nHER\n..."), theatre=theatre)
        assert [one.recognizer for one in entries(done, FinalTranscript)] == ["typed"]  # type: ignore[attr-defined]  # they are transcripts

    def test_she_is_woken_by_what_he_says_after_a_goodbye(self, theatre: SpokenTheatre) -> None:
        bye = "THEODORE\nI have to go now.\n\nHER\n[[rule: goodbye.*]] [[state: asleep]]\n...\n\n"
        done = perform(play(bye + HELLO), theatre=theatre)
        assert done.holds, failures(done)

    def test_a_whisper_is_understood(self, theatre: SpokenTheatre) -> None:
        done = perform(
            play("THEODORE\n(whispering)\nWhat time is it?\n\nHER\n[[rule: clock.time]]\n..."), theatre=theatre
        )
        assert done.holds, failures(done)

    def test_a_recording_is_heard_at_any_rate(self, theatre: SpokenTheatre, tmp_path: Path) -> None:
        sound = Flite("kal").synthesize("what time is it").sound
        assert sound.rate_hz == 8_000
        write_wav(tmp_path / "time.wav", sound)
        text = "Title: A test\n\nTHEODORE\n(recording: time.wav)\n\nHER\n[[rule: clock.time]]\n...\n"
        done = perform(parse(text, tmp_path / "here.fountain"), theatre=theatre)
        assert done.holds, failures(done)

    def test_nothing_comes_of_silence(self, theatre: SpokenTheatre) -> None:
        stagehand = theatre.opens(sounding=False)
        with Stage(Title(), conversation(Title()), Silent(stagehand)) as stage:
            played = stage.play(Beat("", His(1, "THEODORE", text="20 s"), None))
        assert played.entries == ()

    def test_her_answers_are_kept_as_files(self, theatre: SpokenTheatre, tmp_path: Path) -> None:
        keeping = SpokenTheatre(theatre.recognizer, hers=theatre.hers, out=tmp_path / "answers")
        done = perform(play(HELLO + "THEODORE\nWhat time is it?\n\nHER\n..."), theatre=keeping)
        assert done.holds, failures(done)
        files = sorted(path.name for path in (tmp_path / "answers").iterdir())
        assert files == ["001.wav", "002.wav"]
        assert all(read_recording(tmp_path / "answers" / name).ms > 500 for name in files)


class Silent:
    """Hands each of his lines on as twenty seconds of silence."""

    def __init__(self, stagehand: Stagehand) -> None:
        self.parts, self.sound, self._stagehand = stagehand.parts, stagehand.sound, stagehand

    def say(self, session: object, his: His) -> None:
        self._stagehand.say(session, replace(his, silent_s=20.0))  # type: ignore[arg-type]  # the stage's session


# ---- what is missing ----


def test_what_is_missing_is_told_before_it_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    theatre = SpokenTheatre(lambda language: load_recognizer([], "", language))
    for text in (HELLO, "THEODORE\n(typing)\nGuten Tag.\n\nHER\n..."):
        screenplay = play(text)
        german = text != HELLO
        if german:
            screenplay = replace(screenplay, title=replace(screenplay.title, language="de"))
        with pytest.raises(Trouble) as raised:
            theatre.ready(screenplay)
        assert raised.value.exit_code == Exit.MISSING
        assert ("language de" if german else "flite") in raised.value.why


def test_what_is_typed_needs_no_voice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    theatre = SpokenTheatre(lambda language: load_recognizer([], "", language))
    theatre.ready(play("THEODORE\n(typing)\nHello.\n\nHER\n..."))


@needs_flite
def test_what_cannot_be_voiced_is_a_fault_of_its_line() -> None:
    theatre = SpokenTheatre(lambda language: load_recognizer([], "", language), lambda _language: FliteVoice())
    done = perform(play("THEODORE\nHello 🙂\n\nHER\n..."), theatre=theatre)
    assert [fault.line for fault in done.faults] == [3]
    assert "slightly smiling face" in done.faults[0].got
