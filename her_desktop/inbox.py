"""What comes into the session's inbox, and the parts that it is made of; any of them may be missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from typing import Any, Literal, Protocol

import msgspec

from her_desktop.audio import AudioEvent, Microphone, Sound, Speaker
from her_desktop.conversation import Conversation
from her_desktop.events import AudioChunk, Entry, PartLost, PartReady
from her_desktop.trouble import Trouble
from her_desktop.tts import Utterance, Voice

PartName = Literal["microphone", "recognizer", "speaker", "voice"]

ECHO_TAIL_MS = 300
"""How long the microphone stays shut after her last sample, while the room still rings."""


class Ear(Protocol):
    """Turns audio into speech events: voice activity, endpointing and a recognizer in one (`asr/hearing.py`)."""

    level: float

    def accept(self, chunk: AudioChunk) -> list[Entry]:
        """Take a block; returns what it brought about, in order."""
        ...

    def press(self) -> list[Entry]:
        """The talk key went down."""
        ...

    def release(self) -> list[Entry]:
        """The talk key went up."""
        ...

    def end_of_recording(self) -> list[Entry]:
        """There is no more audio."""
        ...

    def reset(self, why: str) -> list[Entry]:
        """Forget what is under way; returns what becomes of it."""
        ...


class Parts(msgspec.Struct, frozen=True):
    """The devices and engines of a session; any of them may be missing."""

    microphone: Microphone | None = None
    ear: Ear | None = None
    voice: Voice | None = None
    speaker: Speaker | None = None
    echo_tail_ms: int = ECHO_TAIL_MS
    lost: tuple[PartLost, ...] = ()
    """What was looked for and is not there, and why."""
    ready: tuple[PartReady, ...] = ()
    cues: Mapping[str, Sound] = {}
    """State to the short sound that tells that it has begun; empty where he wants none."""


def lost(part: PartName, trouble: Trouble) -> PartLost:
    """What the record says of a part that failed with this trouble."""
    return PartLost(part=part, why=f"{trouble.what}: {trouble.why}", todo=trouble.todo)


class Typed(msgspec.Struct, frozen=True):
    """He typed something."""

    text: str


class TalkPressed(msgspec.Struct, frozen=True):
    """The talk key went down."""


class TalkReleased(msgspec.Struct, frozen=True):
    """The talk key went up."""


class StopPressed(msgspec.Struct, frozen=True):
    """He wants her to be silent at once."""


class Synthesized(msgspec.Struct, frozen=True):
    """The voice is done with a reply, or failed."""

    token: str
    result: Utterance | Trouble
    ms: float


class Switch(msgspec.Struct, frozen=True):
    """A technique of intimacy is to be switched off, or on again."""

    technique: str
    on: bool
    why: str


class Lights(msgspec.Struct, frozen=True):
    """The left half of the window is to go dark, or to come back."""

    on: bool
    cause: str


class Rehearse(msgspec.Struct, frozen=True):
    """He wants to hear a reply that she did not give."""

    text: str
    tone: str
    turn: int
    """The turn in which she would have given it."""
    change: str
    """What would have had to be otherwise, in plain words."""


class Correct(msgspec.Struct, frozen=True):
    """He wrote down, in the window, what a fact really is."""

    name: str
    """`subject.predicate`."""
    object: str


class Forget(msgspec.Struct, frozen=True):
    """He wants facts forgotten, in the window."""

    names: tuple[str, ...]
    """Each a `subject.predicate`."""


class Erase(msgspec.Struct, frozen=True):
    """He wants the whole record of this profile erased: every turn, fact and kept file."""


class Wake(msgspec.Struct, frozen=True):
    """She is to listen again, after a goodbye."""

    cause: str


class Close(msgspec.Struct, frozen=True):
    """End the conversation."""

    cause: str


class PacksRead(msgspec.Struct, frozen=True):
    """Packs that changed were read again, or could not be."""

    result: Conversation | Trouble


ByHand = Switch | Lights | Correct | Forget | Erase
"""What he does in the window beside talking; none of it is a turn."""

Message = (
    AudioEvent | Typed | TalkPressed | TalkReleased | StopPressed | ByHand | Rehearse | Synthesized | Wake | Close
    | PacksRead
)  # fmt: skip


class InlineExecutor(Executor):
    """Does the work at once, on the thread that asks: where nothing else has to go on meanwhile."""

    def submit(self, work: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Do the work and return it, done."""
        future: Future[Any] = Future()
        try:
            future.set_result(work(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future
