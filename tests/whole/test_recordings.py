"""Real people, recorded: each gets a reply, and her voice is understood by a recognizer again."""

from datetime import datetime
from pathlib import Path

import pytest

from her_desktop.app import App
from her_desktop.asr.moonshine import MoonshineRecognizer
from her_desktop.cli.common import Options
from her_desktop.events import Decision, FactLearned, FinalTranscript, PlaybackFinished, Recorded, Reply
from her_desktop.inbox import Wake
from tests.recordings import Spoken, recording, recordings
from tests.whole.wer import pcm_of, recognized, word_error_rate

pytestmark = [pytest.mark.recordings, pytest.mark.speech, pytest.mark.timeout(600)]


NOW = datetime(2026, 11, 22, 15, 5).astimezone()
"""She says the time in one of her answers, and some times are understood worse than others."""


def played(home: Path, out: Path | None, spoken: list[Spoken]) -> dict[str, list[Recorded]]:
    """What each recording brings about, one after the other in one conversation."""
    told: dict[str, list[Recorded]] = {}
    with App().recordings(Options(home=home, now=NOW), out) as session:
        entries: list[Recorded] = []
        session.watch(entries.append)
        session.start()
        for one in spoken:
            entries.clear()
            session.handle(Wake(one.path.name))
            session.hear(pcm_of(one.path))
            told[one.path.name] = list(entries)
    return told


def of(entries: list[Recorded], kind: type) -> list[Recorded]:
    return [recorded for recorded in entries if isinstance(recorded.entry, kind)]


def test_every_recording_of_speech_gets_a_reply_and_noise_gets_none(tmp_path: Path, whole: bool) -> None:
    chosen = recordings() if whole else recordings()[::3]
    told = played(tmp_path, None, chosen)
    silent = [name for name, entries in told.items() if not of(entries, Reply)]
    assert sorted(silent) == sorted(one.path.name for one in chosen if one.kind == "noise")
    alarms = [
        (name, recorded.entry.rule)
        for name, entries in told.items()
        for recorded in entries
        if isinstance(recorded.entry, Decision) and recorded.entry.tier == "safety"
    ]
    assert alarms == []
    taught = {name for name, entries in told.items() if of(entries, FactLearned)}
    assert taught <= {"misc-AMI_ES2011a_h0_40-46.wav"}


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("rhasspy3-what_time_is_it.wav", "clock.time"),
        ("rhasspy3-whats_the_date_today.wav", "clock.date"),
        ("misc-AMI_ES2011a_h0_40-46.wav", "greeting.goes_by"),
    ],
)
def test_what_was_said_reaches_its_rule(tmp_path: Path, name: str, rule: str) -> None:
    entries = played(tmp_path, None, [recording(name)])[name]
    decisions = [recorded.entry.rule for recorded in entries if isinstance(recorded.entry, Decision)]
    assert rule in decisions


def test_her_answers_are_understood_again(tmp_path: Path) -> None:
    out = tmp_path / "answers"
    names = ("play_the_beatles", "this_is_a_test", "turn_on_the_lamp", "what_time_is_it")
    wanted = [recording(f"rhasspy3-{name}.wav") for name in names]
    told = played(tmp_path / "home", out, wanted)
    replies = [recorded.entry.text for entries in told.values() for recorded in of(entries, Reply)]  # type: ignore[attr-defined]  # they are replies
    assert len(list(out.glob("*.wav"))) == len(replies)
    recognizer = MoonshineRecognizer()
    heard = [recognized(recognizer, pcm_of(path)) for path in sorted(out.glob("*.wav"))]
    assert word_error_rate(replies, heard) <= 0.35, list(zip(replies, heard, strict=True))
    assert all(of(entries, FinalTranscript) and of(entries, PlaybackFinished) for entries in told.values())
