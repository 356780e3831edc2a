"""His voice: the same line always sounds the same, and what cannot be said is told with its line."""

import subprocess
import sys
from array import array
from math import log10, sqrt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her_desktop.audio import Sound
from her_desktop.audio.wav import write_wav
from her_desktop.events import SAMPLE_RATE_HZ
from her_desktop.screenplay.script import His
from her_desktop.screenplay.spoken.voices import (
    BEFORE_S,
    BEHIND_S,
    LONGEST_CHARACTERS,
    FliteVoice,
    his_voice,
    quieter,
    recorded,
    room,
    sayable,
)
from her_desktop.trouble import Exit, Trouble
from tests.speech import needs_flite

BEFORE, BEHIND = round(BEFORE_S * SAMPLE_RATE_HZ) * 2, round(BEHIND_S * SAMPLE_RATE_HZ) * 2
"""Bytes."""


def his(text: str, **how: object) -> His:
    return His(line=3, who="THEODORE", text=text, text_line=5, **how)  # type: ignore[arg-type]  # as the test gives it


def level(pcm: bytes) -> float:
    """Root mean square, 0 to 1."""
    samples = array("h", pcm)
    return sqrt(sum(sample * sample for sample in samples) / len(samples)) / 32768


def words_of(pcm: bytes) -> bytes:
    return pcm[BEFORE:-BEHIND]


@needs_flite
@pytest.mark.speech
def test_a_line_sounds_between_silences() -> None:
    pcm = FliteVoice().speak(his("What time is it?"))
    assert level(pcm[:BEFORE]) < 0.0001
    assert level(pcm[-BEHIND:]) < 0.0001
    assert level(words_of(pcm)) > 0.01
    assert 0.5 < len(words_of(pcm)) / 2 / SAMPLE_RATE_HZ < 2.5


@needs_flite
@pytest.mark.speech
def test_the_same_line_sounds_the_same_in_every_run() -> None:
    first, second = FliteVoice(), FliteVoice()
    assert first.speak(his("I'm fine, thanks.")) == first.speak(his("I'm fine, thanks."))
    assert first.speak(his("I'm fine, thanks.")) == second.speak(his("I’m fine, thanks."))


@needs_flite
@pytest.mark.speech
@pytest.mark.parametrize("text", ["-voice kal16", "$(echo hello) `date`; ls", "25.50 at 10:30, Dr. Café & Söhne", "a"])
def test_whatever_stands_there_is_spoken_and_nothing_else_is_done(text: str) -> None:
    assert level(words_of(FliteVoice().speak(his(text)))) > 0.005


@needs_flite
@pytest.mark.speech
def test_a_whisper_is_twenty_decibels_quieter() -> None:
    voice = FliteVoice()
    said, whispered = (voice.speak(his("I am so sad today.", whispers=whispers)) for whispers in (False, True))
    assert 20 * log10(level(words_of(said)) / level(words_of(whispered))) == pytest.approx(20, abs=0.1)


def test_a_recording_is_heard_instead(tmp_path: Path) -> None:
    pcm = array("h", (1000, -1000) * 8000).tobytes()
    write_wav(tmp_path / "hello.wav", Sound(pcm, SAMPLE_RATE_HZ))
    assert words_of(recorded(his("", recording=tmp_path / "hello.wav"))) == pcm
    with pytest.raises(Trouble, match=r"gone\.wav"):
        recorded(his("", recording=tmp_path / "gone.wav"))
    with pytest.raises(Trouble, match="no recording"):
        recorded(his("Hello."))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Hello 🙂", "slightly smiling face"),
        ("Καλημέρα", "greek capital letter kappa"),
        ("你好", "cjk unified ideograph"),
        ("\x07", "U+0007"),
        ("...", "no word"),
        ("", "no word"),
        ("a " * LONGEST_CHARACTERS, "characters long"),
    ],
)
def test_what_cannot_be_said_is_told_with_its_line(text: str, why: str) -> None:
    with pytest.raises(Trouble, match="line 5") as raised:
        sayable(his(text))
    assert why.lower() in raised.value.why.lower()
    assert raised.value.exit_code == Exit.BAD_INPUT


def test_signs_of_writers_tools_become_plain_ones() -> None:
    assert sayable(his("“I’m tired — so tired…” said naïve Zoë.")) == "I'm tired , so tired, said naive Zoe."


@given(st.text())
def test_every_text_is_plain_or_refused(text: str) -> None:
    try:
        plain = sayable(his(text))
    except Trouble:
        return
    assert plain.isascii()
    assert plain.isprintable()
    assert any(character.isalnum() for character in plain)


def test_without_flite_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Trouble, match="apt-get install flite") as raised:
        his_voice("en")
    assert raised.value.exit_code == Exit.MISSING


def test_a_language_that_his_voice_does_not_speak_is_told() -> None:
    with pytest.raises(Trouble, match="in de") as raised:
        his_voice("de")
    assert raised.value.exit_code == Exit.MISSING


def test_a_quiet_room_is_no_muted_microphone() -> None:
    pcm = room(2.5)
    assert len(pcm) == 2.5 * SAMPLE_RATE_HZ * 2
    assert pcm == room(2.5)
    assert pcm.strip(b"\0")
    assert level(pcm) < 0.0001


def test_quieter_keeps_the_shape() -> None:
    assert list(array("h", quieter(array("h", (-32768, -10, 0, 14, 32767)).tobytes()))) == [-3277, -1, 0, 1, 3277]


@pytest.mark.parametrize("module", ["spoken.voices", "spoken.theatre"])
def test_importing_it_loads_neither_numbers_nor_sound(module: str) -> None:
    program = (
        f"import her_desktop.screenplay.{module}, sys;"
        "print(*({'numpy', 'soxr', 'onnxruntime', 'sounddevice', 'pyttsx3', 'PySide6'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
