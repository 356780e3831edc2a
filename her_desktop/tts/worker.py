"""The child process that owns pyttsx3. Receives requests as JSON lines on stdin, emits answers on stdout.

pyttsx3 is used to save files only: its own playback loses text and cannot be stopped. It prints on stdout, so stdout is
moved out of its way first. Where the parent is gone (stdin ends) the process ends at once, also in mid-synthesis.
"""

from __future__ import annotations

import ctypes
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any, BinaryIO

import msgspec

from her_desktop.tts.protocol import Answer, Ready, Request, VoiceInfo


class UnknownVoiceError(Exception):
    """The engine has no voice of that name."""


class Engine:
    """pyttsx3, one text at a time, with its swallowed errors brought back."""

    def __init__(self) -> None:
        import pyttsx3  # noqa: PLC0415 -- fails where espeak-ng is missing, which is an answer, not a crash

        self._engine: Any = pyttsx3.init()
        self._errors: list[str] = []
        self._engine.connect("error", self._note_error)
        self._engine.connect("finished-utterance", self._note_finished)
        self._espeak: Any = None
        if self._engine.driver_name == "espeak":
            from pyttsx3.drivers import _espeak  # noqa: PLC0415 -- only where the engine is espeak

            self._espeak = _espeak
        self._voices = tuple(_voice_info(voice) for voice in self._engine.getProperty("voices"))
        self._variants = _espeak_variants(self._espeak) if self._espeak else ()
        self._engine.runAndWait()  # the first run of an engine ends before its text is spoken: let it be an empty one

    def voices(self) -> tuple[VoiceInfo, ...]:
        """List the engine's voices, and American English in each of espeak's female variants."""
        female = [variant for variant in self._variants if variant.gender == "Female"]
        return (*self._voices, *(msgspec.structs.replace(v, id=f"en-us+{v.id}", language="en-us") for v in female))

    def save(self, request: Request) -> None:
        """Speak into the file. Raises UnknownVoiceError, or RuntimeError with the engine's own words."""
        self._errors.clear()
        if request.voice:
            self._engine.setProperty("voice", self._resolve(request.voice))
        self._engine.setProperty("rate", request.rate_wpm)
        if self._espeak:
            self._engine.setProperty("pitch", request.pitch)
        self._wait_until_idle()
        self._engine.save_to_file(request.text, request.path)
        self._engine.runAndWait()
        if self._errors:
            raise RuntimeError("; ".join(self._errors))

    def _resolve(self, voice: str) -> str:
        base, plus, variant = voice.partition("+")
        wanted = base.casefold()
        named = (v.id for v in self._voices if wanted in {v.id.casefold(), v.name.casefold(), v.language.casefold()})
        found = next(named, None)
        file = next((v.id for v in self._variants if v.id.casefold() == variant.casefold()), None)
        if found is None or (plus and file is None):
            raise UnknownVoiceError(voice)
        return f"{found}+{file}" if file else found

    def _wait_until_idle(self) -> None:
        """While espeak's thread still works on the last settings, pyttsx3 would cancel the text that comes next."""
        while self._espeak and self._espeak.IsPlaying():
            time.sleep(0.001)

    def _note_finished(self, name: str | None, completed: bool = True) -> None:  # noqa: ARG002 -- named by pyttsx3
        if not completed:
            self._errors.append("the text was cancelled")

    def _note_error(self, name: str | None, exception: Exception) -> None:  # noqa: ARG002 -- pyttsx3 names its arguments
        self._errors.append(str(exception))


def _voice_info(voice: Any) -> VoiceInfo:
    language = (voice.languages or [""])[0] or ""
    gender = str(voice.gender or "").removeprefix("VoiceGender").capitalize()
    return VoiceInfo(voice.id, voice.name, str(language).replace("_", "-").lower(), gender)


def _espeak_variants(espeak: Any) -> tuple[VoiceInfo, ...]:
    """List the variants that a plus sign adds to a voice; pyttsx3 does not list them, but its library can."""
    found = espeak.ListVoices(ctypes.byref(espeak.VOICE(languages=b"variant")))
    genders = ["", "Male", "Female"]
    files = [(v.identifier.decode().removeprefix("!v/"), v.name.decode(), genders[v.gender]) for v in found]
    return tuple(VoiceInfo(id=file, name=name, gender=gender) for file, name, gender in files)


def _claim_stdout() -> BinaryIO:
    channel = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    return channel


def _requests() -> Iterator[Request]:
    lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def read() -> None:
        for line in sys.stdin.buffer:
            lines.put(line)
        os._exit(0)

    threading.Thread(target=read, daemon=True).start()
    while True:
        yield msgspec.json.decode(lines.get(), type=Request)


def _answer(engine: Engine, request: Request) -> Answer:
    try:
        engine.save(request)
    except UnknownVoiceError:
        return Answer("unknown_voice")
    except Exception as error:  # the barrier of the engine process: whatever pyttsx3 raises is an answer
        return Answer("failed", str(error) or type(error).__name__)
    return Answer()


def main() -> None:
    """Serve until the parent closes stdin."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    channel = _claim_stdout()
    try:
        engine = Engine()
    except Exception as error:  # the barrier of the engine process: whatever pyttsx3 raises is an answer
        channel.write(msgspec.json.encode(Ready(missing=str(error) or type(error).__name__)) + b"\n")
        return
    channel.write(msgspec.json.encode(Ready(engine.voices())) + b"\n")
    for request in _requests():
        channel.write(msgspec.json.encode(_answer(engine, request)) + b"\n")


if __name__ == "__main__":
    main()
