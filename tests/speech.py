"""His voice for tests: flite's `rms`, which recognizers understand well. Not hers, so the two are never mistaken."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

MISSING = "" if shutil.which("flite") else "flite is not installed (apt-get install flite)"

needs_flite = pytest.mark.skipif(bool(MISSING), reason=MISSING)
"""Mark for tests that let him speak."""


def flite_says(text: str, path: Path, voice: str = "rms") -> Path:
    """Speak text into a WAV file of 16 kHz, mono, 16 bits; returns its path. Skips the test where flite is missing."""
    if MISSING:
        pytest.skip(MISSING)
    subprocess.run(["flite", "-voice", voice, "-t", text, "-o", str(path)], check=True, capture_output=True, timeout=30)
    return path
