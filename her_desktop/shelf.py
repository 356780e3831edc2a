"""Many values kept encoded and decoded when they are wanted: a hundred thousand rules in the memory of a few.

Imports nothing of ours.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Generic, TypeVar, overload

import msgspec

T = TypeVar("T")

MOST_DECODED = 4_096
"""So many values are kept decoded; the ones that were wanted least recently are let go."""


class Stored(msgspec.Struct, frozen=True, array_like=True):
    """A shelf as it is written to a file."""

    data: memoryview
    ends: bytes


class Filling(Generic[T]):
    """A shelf while values are put onto it; each can be let go of as soon as it is encoded."""

    def __init__(self) -> None:
        self._encoder, self._data, self._ends = msgspec.msgpack.Encoder(), bytearray(), array("Q")

    def add(self, value: T) -> None:
        """Put one more onto it."""
        self._data += self._encoder.encode(value)
        self._ends.append(len(self._data))

    def __len__(self) -> int:
        return len(self._ends)

    def stored(self) -> Stored:
        """What to write to a file."""
        return Stored(memoryview(self._data), self._ends.tobytes())


class Shelf(Sequence[T], Generic[T]):
    """A sequence of values of one type, encoded as MessagePack one after the other."""

    def __init__(self, kind: type[T], data: memoryview, ends: array[int]) -> None:
        """Take encoded values.

        Args:
            kind: the type of each value.
            data: all of them, one after the other.
            ends: where each one ends, in bytes.
        """
        self._decoder: Any = msgspec.msgpack.Decoder(kind)
        self._data, self._ends = data, ends
        self._decoded: Callable[[int], T] = lru_cache(MOST_DECODED)(self._decode)

    @classmethod
    def from_stored(cls, kind: type[T], stored: Stored) -> Shelf[T]:
        """Take values from a file."""
        return cls(kind, stored.data, array("Q", stored.ends))

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        if isinstance(at, slice):
            return [self._decoded(one) for one in range(*at.indices(len(self)))]
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        return self._decoded(at % len(self))

    def _decode(self, at: int) -> T:
        start = self._ends[at - 1] if at else 0
        value: T = self._decoder.decode(self._data[start : self._ends[at]])
        return value
