"""His lines in another synthesizer's voice than hers: flite's `rms`, which recognizers understand well."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import wave
from pathlib import Path

from her_desktop.audio import Sound
from her_desktop.trouble import missing
from her_desktop.tts import Utterance

_PATIENCE_S = 30


class FliteVoice:
    """The program `flite` as a voice. It tells no times of words."""

    def __init__(self, voice: str = "rms") -> None:
        self._voice, self.name = voice, f"flite:{voice}"

    def synthesize(self, text: str, tone: str = "neutral") -> Utterance:  # noqa: ARG002 -- flite has no tones
        """Turn text into sound.

        Raises:
            Trouble: flite is not installed, or fails (exit 3).
        """
        if not shutil.which("flite"):
            raise missing("his voice", "flite is not installed", "sudo apt-get install flite")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "said.wav"
            command = ["flite", "-voice", self._voice, "-t", text, "-o", str(path)]
            done = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE_S, check=False)  # noqa: S603 -- no shell, and only text of ours
            if done.returncode or not path.exists():
                raise missing("his voice", f"flite: {done.stderr.strip()}", "try flite -t hello")
            with wave.open(str(path)) as file:
                sound = Sound(file.readframes(file.getnframes()), file.getframerate())
        return Utterance(sound, (), self.name)

    def close(self) -> None:
        """Nothing to end."""
