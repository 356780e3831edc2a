"""The microphone and the loudspeaker over a session: opened, lost, looked for again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from her_desktop.audio import AudioEvent, Microphone, Speaker
from her_desktop.clock import Clock
from her_desktop.events import PartLost, PartReady
from her_desktop.recorder import Recorder
from her_desktop.trouble import Trouble

SILENT_DEVICE_S = 3.0
"""A microphone that delivers nothing for so long is taken to be lost."""
REOPEN_EVERY_S = 5.0

Part = Literal["microphone", "speaker"]


class Devices:
    """Which of the two devices work now. A device that has worked once is looked for again when it is gone."""

    def __init__(
        self, microphone: Microphone | None, speaker: Speaker | None, put: Callable[[AudioEvent], None],
        recorder: Recorder, clock: Clock,
    ) -> None:  # fmt: skip
        self._devices: dict[Part, Microphone | Speaker | None] = {"speaker": speaker, "microphone": microphone}
        self._put, self._recorder, self._clock = put, recorder, clock
        self._works: dict[Part, bool] = {"speaker": False, "microphone": False}
        self._worked: dict[Part, bool] = dict(self._works)
        self._block_s = self._reopen_s = 0.0

    @property
    def hears(self) -> bool:
        """Whether the microphone works."""
        return self._works["microphone"]

    @property
    def sounds(self) -> bool:
        """Whether the loudspeaker works."""
        return self._works["speaker"]

    def open(self) -> None:
        """Open what is there; what is not is told in the record."""
        for part in self._devices:
            self._works[part] = self._open(part)
        self._worked = dict(self._works)

    def heard(self) -> None:
        """A block came from the microphone."""
        self._block_s = self._clock.monotonic()

    def gone_silent(self) -> bool:
        """Whether the microphone has delivered nothing for too long."""
        return self.hears and self._clock.monotonic() - self._block_s > SILENT_DEVICE_S

    def lose(self, part: Part, why: str) -> bool:
        """Let go of a device that stopped working; returns whether it was in use until now."""
        if not self._works[part]:
            return False
        self._works[part] = False
        self._recorder.record(PartLost(part=part, why=why, todo="plug it in again"))
        self._reopen_s = self._clock.monotonic() + REOPEN_EVERY_S
        if device := self._devices[part]:
            device.close()
        return True

    def look_again(self) -> None:
        """Try to open what has been lost, every few seconds."""
        now = self._clock.monotonic()
        if not self._reopen_s or now < self._reopen_s:
            return
        for part, worked in self._worked.items():
            self._works[part] = self._works[part] or (worked and self._open(part))
        self._reopen_s = 0.0 if self._works == self._worked else self._clock.monotonic() + REOPEN_EVERY_S

    def close(self) -> None:
        """Let go of both."""
        for device in self._devices.values():
            if device:
                device.close()

    def _open(self, part: Part) -> bool:
        """Open a device; that it cannot be opened is told once, not at every try."""
        device = self._devices[part]
        if not device:
            return False
        try:
            self._recorder.record(PartReady(part=part, name=device.open(self._put)))
        except Exception as error:  # a barrier: sound libraries raise what they like
            if not self._worked[part]:
                why = error.why if isinstance(error, Trouble) else f"{type(error).__name__}: {error}"
                self._recorder.record(PartLost(part=part, why=why, todo=getattr(error, "todo", "")))
            return False
        self.heard()
        return True
