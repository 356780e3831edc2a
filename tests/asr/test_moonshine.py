from __future__ import annotations

import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from her_desktop.asr.moonshine import ALTERNATIVES, SEGMENT_S, MoonshineRecognizer
from her_desktop.asr.moonshine_model import MoonshineModel, embedded_folder
from her_desktop.audio.wav import read_recording
from her_desktop.events import Alternative
from her_desktop.trouble import Exit, Trouble
from tests.asr.speech import SENTENCE, beckett, silence
from tests.recordings import recording

pytestmark = pytest.mark.speech


@pytest.fixture(scope="module")
def recognizer() -> MoonshineRecognizer:
    return MoonshineRecognizer()


def _hear(
    recognizer: MoonshineRecognizer, pcm: bytes, block_bytes: int = 640
) -> tuple[list[str], tuple[Alternative, ...]]:
    recognizer.start()
    partials = [recognizer.accept(pcm[at : at + block_bytes]) for at in range(0, len(pcm), block_bytes)]
    return partials, recognizer.finish()


def _noisy(noise_rms: int) -> bytes:
    """The first four seconds of the sentence with white noise over it."""
    speech = np.frombuffer(beckett()[: 32_000 * 4], np.int16)
    noise = np.random.default_rng(3).normal(0, noise_rms, speech.size)
    return np.clip(speech + noise, -32_768, 32_767).astype(np.int16).tobytes()


def _plain(text: str) -> str:
    return " ".join("".join(sign for sign in text.lower() if sign.isalnum() or sign == " ").split())


def test_the_sentence_in_its_own_wheel_is_heard(recognizer: MoonshineRecognizer) -> None:
    _, alternatives = _hear(recognizer, beckett())
    assert recognizer.name == "moonshine:tiny-en"
    assert sum(word in _plain(alternatives[0].text).split() for word in SENTENCE.split()) >= 10


def test_partial_text_grows_and_comes_less_often_as_the_utterance_grows(recognizer: MoonshineRecognizer) -> None:
    partials, _ = _hear(recognizer, beckett())
    changes = [index * 20 for index, (one, other) in enumerate(pairwise(partials)) if one != other]
    assert changes[0] <= 1_000
    assert len(changes) >= 5
    assert changes[-1] - changes[-2] > 900


def test_alternatives_differ_in_words_stand_best_first_and_their_confidences_fit_into_one(
    recognizer: MoonshineRecognizer,
) -> None:
    _, alternatives = _hear(recognizer, _noisy(1_500))
    confidences = [alternative.confidence for alternative in alternatives]
    assert 2 <= len(alternatives) <= ALTERNATIVES
    assert len({_plain(alternative.text) for alternative in alternatives}) == len(alternatives)
    assert confidences == sorted(confidences, reverse=True)
    assert 0 < sum(confidences) <= 1
    for alternative in alternatives:
        assert " ".join(word.text for word in alternative.words) == alternative.text
        assert all(word.confidence is not None and 0 <= word.confidence <= 1 for word in alternative.words)


def test_clear_words_are_surer_than_words_in_noise(recognizer: MoonshineRecognizer) -> None:
    _, clear = _hear(recognizer, _noisy(0))
    _, drowned = _hear(recognizer, _noisy(4_000))
    assert drowned == () or drowned[0].confidence < clear[0].confidence


def test_silence_is_understood_as_nothing_or_without_any_certainty(recognizer: MoonshineRecognizer) -> None:
    _, alternatives = _hear(recognizer, silence(1_500))
    assert not alternatives or alternatives[0].confidence < 0.5


@pytest.mark.parametrize("length", [0, 1, 2, 100, 1_601, 5_000])
def test_hardly_any_audio_does_no_harm(recognizer: MoonshineRecognizer, length: int) -> None:
    _, alternatives = _hear(recognizer, beckett()[40_000 : 40_000 + length])
    assert all(alternative.text for alternative in alternatives)


def test_utterances_do_not_leak_into_each_other(recognizer: MoonshineRecognizer) -> None:
    _, first = _hear(recognizer, beckett()[:96_000])
    _hear(recognizer, beckett()[96_000:])
    recognizer.accept(beckett()[:50_000])
    _, again = _hear(recognizer, beckett()[:96_000])
    assert again == first


def test_the_length_of_the_blocks_does_not_change_the_final_text(recognizer: MoonshineRecognizer) -> None:
    _, whole = _hear(recognizer, beckett()[:96_000], 96_000)
    _, pieces = _hear(recognizer, beckett()[:96_000], 333)
    assert whole == pieces


def test_a_pause_is_used_to_read_everything_so_that_finishing_costs_nothing(recognizer: MoonshineRecognizer) -> None:
    _, expected = _hear(recognizer, beckett()[:96_000])
    recognizer.start()
    recognizer.accept(beckett()[:96_000])
    assert recognizer.accept(b"") == expected[0].text
    began_s = time.process_time()
    assert recognizer.finish() == expected
    assert time.process_time() - began_s < 0.005


def test_what_is_said_after_a_pause_counts_too(recognizer: MoonshineRecognizer) -> None:
    _, expected = _hear(recognizer, beckett()[:160_000])
    recognizer.start()
    recognizer.accept(beckett()[:96_000])
    recognizer.accept(b"")
    recognizer.accept(beckett()[96_000:160_000])
    assert recognizer.finish() == expected


def test_an_utterance_of_40_seconds_is_heard_to_its_end(recognizer: MoonshineRecognizer) -> None:
    long = (beckett() + silence(400)) * 4
    assert len(long) / 32_000 > 2 * SEGMENT_S
    _, alternatives = _hear(recognizer, long, 3_200)
    text = _plain(alternatives[0].text)
    assert text.count("try again") >= 3
    assert text.endswith("fail better")


def test_all_partial_readings_together_cost_no_more_than_real_time_allows(recognizer: MoonshineRecognizer) -> None:
    began_s = time.process_time()
    _hear(recognizer, beckett())
    assert time.process_time() - began_s < 0.5 * len(beckett()) / 32_000


@pytest.mark.recordings
def test_a_name_that_the_greedy_reading_misses_is_found_among_the_readings(recognizer: MoonshineRecognizer) -> None:
    _, alternatives = _hear(recognizer, read_recording(recording("misc-AMI_ES2011a_h0_40-46.wav").path).pcm)
    assert any("Abigail" in alternative.text for alternative in alternatives)


def test_a_folder_without_the_model_and_a_damaged_one_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as caught:
        MoonshineModel(tmp_path)
    assert caught.value.exit_code == Exit.MISSING
    for name in ("encoder_model.ort", "decoder_model_merged.ort", "tokenizer.bin"):
        (tmp_path / name).write_bytes((embedded_folder() / name).read_bytes()[:1_000])
    with pytest.raises(Trouble, match="it does not load"):
        MoonshineModel(tmp_path)


def test_the_model_is_found_without_loading_the_library_of_its_package() -> None:
    program = (
        "import sys; from her_desktop.asr.moonshine_model import embedded_folder; print(embedded_folder());"
        "sys.exit('moonshine_voice' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False, capture_output=True).returncode == 0
