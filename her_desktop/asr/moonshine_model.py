"""Receives the samples of one utterance. Emits the likeliest readings of it as tokens, each with its probability.

Moonshine tiny-en as it lies in the wheel `moonshine-voice`, run with onnxruntime on one thread; the package's own
library is not loaded. The encoder reads the whole utterance, the decoder then writes token after token.
"""

from __future__ import annotations

import importlib.util
import math
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
import onnxruntime

from her_desktop.trouble import missing

Samples = npt.NDArray[np.float32]

_START, _STOP = 1, 2
_TOKENS_PER_S = 6.5
"""Faster than anybody speaks; without this bound the decoder may repeat itself for ever."""
_MARGIN = 5.0
"""A reading whose log probability is this far behind the best one is given up: it has less than 0.7 % of its chance."""
_LOOP_TOKENS = 4
"""So many different tokens, three times over, are a loop."""
_SHORTEST_SAMPLES = 8_000
"""Shorter sounds are filled up with silence: the encoder needs 0.1 s, and hears words better in half a second."""
_FILES = ("encoder_model.ort", "decoder_model_merged.ort", "tokenizer.bin")


class Reading(msgspec.Struct, frozen=True):
    """A sequence of tokens and the natural logarithm of each one's probability, given those before it."""

    tokens: tuple[int, ...] = ()
    log_probabilities: tuple[float, ...] = ()

    @property
    def log_probability(self) -> float:
        """Of the whole sequence."""
        return sum(self.log_probabilities)

    def grown(self, token: int, log_probability: float) -> Reading:
        """This sequence and one token more."""
        return Reading((*self.tokens, token), (*self.log_probabilities, log_probability))


class MoonshineModel:
    """The two networks and the vocabulary.

    Raises:
        Trouble: the folder does not hold them, or they do not load (exit 3).
    """

    def __init__(self, folder: Path) -> None:
        try:
            self.pieces = _pieces((folder / _FILES[2]).read_bytes())
            self._encoder, self._decoder = (_session(folder / name) for name in _FILES[:2])
        except Exception as error:
            raise missing(
                f"model {folder.name}", f"it does not load: {error}", "install moonshine-voice again"
            ) from error

    def read(self, samples: Samples, width: int) -> list[Reading]:
        """Search for the `width` likeliest readings (a beam search; 1 is greedy), best first, with the stop token.

        A reading that goes round in a loop, as the decoder does on babble, ends there.

        Args:
            samples: mono at 16 kHz, -1 to 1, shape (samples,); 20 s and more are read badly.
            width: how many readings are followed at once.
        """
        cache = self._listen(samples)
        open_, ended = [Reading()], list[Reading]()
        for _ in range(math.ceil(_TOKENS_PER_S * max(samples.size, _SHORTEST_SAMPLES) / 16_000)):
            grown = _grow(open_, cache.step([reading.tokens[-1:] for reading in open_]), width)
            ended = _best([*ended, *(reading for _, reading in grown if _is_over(reading.tokens))], width)
            going_on = _promising([pair for pair in grown if not _is_over(pair[1].tokens)], ended, width)
            if not going_on:
                break
            cache.keep([row for row, _ in going_on])
            open_ = [reading for _, reading in going_on]
        return ended or _best(open_, width)

    def _listen(self, samples: Samples) -> _Cache:
        heard = np.pad(samples, (0, max(0, _SHORTEST_SAMPLES - samples.size)))[None]
        mask = np.ones(heard.shape, np.int64)
        (hidden,) = self._encoder.run(None, {"input_values": heard, "attention_mask": mask})
        return _Cache(self._decoder, hidden, mask)


class _Cache:
    """The decoder on one utterance, with what it remembers of each open reading: one row a reading."""

    def __init__(self, decoder: onnxruntime.InferenceSession, hidden: Samples, mask: npt.NDArray[np.int64]) -> None:
        self._decoder = decoder
        # The mask has the length of the samples, not of the encoder's output: with the latter, clips over 9 s fail.
        self._one: dict[str, npt.NDArray[Any]] = {"encoder_hidden_states": hidden, "encoder_attention_mask": mask}
        self._audio = dict(self._one)
        shapes = {node.name: node.shape for node in decoder.get_inputs() if node.name.startswith("past_key_values")}
        self._names = list(shapes)
        self._past = {name: np.zeros((1, shape[1], 0, shape[3]), np.float32) for name, shape in shapes.items()}
        self._begun = False

    def step(self, last: list[tuple[int, ...]]) -> Samples:
        """Logits of the next token, shape (readings, vocabulary), given the last token of each reading."""
        tokens = np.array([token or (_START,) for token in last], np.int64)
        feed = {"input_ids": tokens, "use_cache_branch": np.array([self._begun]), **self._audio, **self._past}
        logits, *present = self._decoder.run(None, feed)
        self._remember(dict(zip(self._names, present, strict=True)))
        return np.asarray(logits[:, -1], np.float32)

    def keep(self, rows: list[int]) -> None:
        """Go on with these rows, in this order; a row may be kept more than once."""
        self._past |= {name: self._past[name][rows] for name in self._names if ".decoder." in name}
        if len(rows) != self._audio["encoder_attention_mask"].shape[0]:
            self._audio = {name: np.repeat(one, len(rows), 0) for name, one in self._one.items()}
            self._past |= {
                name: np.repeat(self._past[name][:1], len(rows), 0) for name in self._names if ".encoder." in name
            }

    def _remember(self, present: dict[str, Samples]) -> None:
        # Later steps give back empty encoder parts: those of the first step stay.
        self._past |= {name: value for name, value in present.items() if not self._begun or ".decoder." in name}
        self._begun = True


def embedded_folder() -> Path:
    """Where the wheel keeps the model; found without importing the package, which would load its library.

    Raises:
        Trouble: the wheel is not installed or lacks the model (exit 3).
    """
    spec = importlib.util.find_spec("moonshine_voice")
    places = list(spec.submodule_search_locations or []) if spec else []
    folder = Path(places[0], "assets", "tiny-en") if places else None
    what, todo = "the embedded recognizer", "install her-desktop[voice], or a model with `her-desktop models install`"
    if folder is None:
        raise missing(what, "the package moonshine-voice is not installed", todo)
    if lacking := [name for name in _FILES if not (folder / name).is_file()]:
        raise missing(what, f"its package lacks {', '.join(lacking)}", "install moonshine-voice again")
    return folder


def _grow(open_: list[Reading], logits: Samples, width: int) -> list[tuple[int, Reading]]:
    """The `width` best ways to go on: (row of the reading that grew, the reading with one token more), best first."""
    top = logits.max(axis=1, keepdims=True)
    log_probabilities = logits - top - np.log(np.exp(logits - top).sum(axis=1, keepdims=True))
    best = np.argpartition(log_probabilities, -width, axis=1)[:, -width:]
    grown = [
        (row, reading.grown(int(token), float(log_probabilities[row, token])))
        for row, reading in enumerate(open_)
        for token in best[row]
    ]
    return sorted(grown, key=lambda pair: -pair[1].log_probability)[:width]


def _promising(grown: list[tuple[int, Reading]], ended: list[Reading], width: int) -> list[tuple[int, Reading]]:
    """Those that can still come among the best: probabilities only fall as a reading grows."""
    best = max(reading.log_probability for reading in [*ended, *(reading for _, reading in grown)])
    floor = max(best - _MARGIN, ended[-1].log_probability if len(ended) == width else -math.inf)
    return [pair for pair in grown if pair[1].log_probability > floor]


def _best(readings: list[Reading], width: int) -> list[Reading]:
    return sorted(readings, key=lambda reading: -reading.log_probability)[:width]


def _is_over(tokens: tuple[int, ...]) -> bool:
    return tokens[-1] == _STOP or any(_repeats(tokens, length) for length in range(_LOOP_TOKENS, len(tokens) // 3 + 1))


def _repeats(tokens: tuple[int, ...], length: int) -> bool:
    """True where the last tokens are the same three times over; "ha ha ha" and digits may be."""
    last = tokens[-length:]
    return last == tokens[-2 * length : -length] == tokens[-3 * length : -2 * length] and len(set(last)) >= _LOOP_TOKENS


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _pieces(data: bytes) -> tuple[bytes, ...]:
    """Read the vocabulary: one piece after the other, each with its length before it (one byte, or two from 128 on)."""
    pieces, at = [], 0
    while at < len(data):
        length, at = data[at], at + 1
        if length >= 128:
            length, at = length - 128 + 128 * data[at], at + 1
        pieces.append(data[at : at + length])
        at += length
    return tuple(pieces)
