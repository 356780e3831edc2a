from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from her_desktop.audio import Sound
from her_desktop.tts.timing import LEAD_MS, PAUSE_MS, TAIL_MS, Piece, join, word_share_ms

RATE_HZ = 16_000


def tone(voiced_ms: int, before_ms: int = 0, after_ms: int = 0) -> Sound:
    voiced = (np.sin(np.arange(RATE_HZ * voiced_ms // 1000) / 5) * 8000).astype(np.int16)
    before, after = (np.zeros(RATE_HZ * ms // 1000, np.int16) for ms in (before_ms, after_ms))
    return Sound(np.concatenate([before, voiced, after]).tobytes(), RATE_HZ)


def test_silence_around_a_sentence_is_cut_but_for_a_breath() -> None:
    sound, starts_ms = join([Piece(["hello"], tone(500, before_ms=200, after_ms=400))])
    assert sound.ms == pytest.approx(500 + LEAD_MS + TAIL_MS, abs=6)
    assert list(starts_ms) == pytest.approx([LEAD_MS], abs=6)


def test_the_start_of_each_sentence_is_exact() -> None:
    pieces = [Piece(["one", "two"], tone(400)), Piece(["three"], tone(300, after_ms=100)), Piece(["four"], tone(200))]
    sound, starts_ms = join(pieces)
    assert starts_ms[0] == 0
    assert starts_ms[2] == pytest.approx(400 + PAUSE_MS, abs=6)
    assert starts_ms[3] == pytest.approx(400 + PAUSE_MS + 300 + TAIL_MS + PAUSE_MS, abs=12)
    assert sound.ms == pytest.approx(starts_ms[3] + 200, abs=6)


def test_longer_words_and_commas_take_longer() -> None:
    assert word_share_ms("a") < word_share_ms("carry") < word_share_ms("interview") < word_share_ms("interview,")
    assert word_share_ms("2026") > word_share_ms("year")


def test_a_piece_without_any_sound_keeps_its_words_in_their_place() -> None:
    _, starts_ms = join([Piece(["one"], tone(400)), Piece(["..."], Sound(b"", RATE_HZ)), Piece(["two"], tone(400))])
    assert list(starts_ms) == pytest.approx([0, 400, 400 + PAUSE_MS], abs=6)


@given(
    st.lists(
        st.tuples(st.lists(st.text(min_size=1), min_size=1, max_size=9), st.integers(0, 300)), min_size=1, max_size=5
    )
)
def test_there_is_one_start_for_each_word_never_decreasing_and_inside_the_sound(
    spoken: list[tuple[list[str], int]],
) -> None:
    sound, starts_ms = join([Piece(words, tone(ms, 30, 30)) for words, ms in spoken])
    assert len(starts_ms) == sum(len(words) for words, _ in spoken)
    assert list(starts_ms) == sorted(starts_ms)
    assert all(0 <= start <= sound.ms for start in starts_ms)
