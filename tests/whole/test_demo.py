"""`make demo`: a conversation through the whole chain, without display and sound card."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.speech import needs_flite

DEMO = Path(__file__).parents[2] / "scripts" / "demo.py"


@needs_flite
@pytest.mark.speech
@pytest.mark.window
def test_the_demo_leaves_her_answers_the_trace_and_a_picture(tmp_path: Path) -> None:
    env = {key: value for key, value in os.environ.items() if key not in {"DISPLAY", "WAYLAND_DISPLAY", "RECORDINGS"}}
    done = subprocess.run(
        [sys.executable, str(DEMO)], cwd=tmp_path, env=env, capture_output=True, text=True, check=False, timeout=110
    )
    assert done.returncode == 0, done.stderr
    entries = [json.loads(line) for line in (tmp_path / "demo" / "trace.jsonl").read_text().splitlines()]
    replies = [entry for entry in entries if entry["kind"] == "reply"]
    assert len(replies) == 7
    assert "Ada" in replies[-2]["text"]
    assert len(list((tmp_path / "demo").glob("*.wav"))) == len(replies)
    assert (tmp_path / "demo" / "window.png").stat().st_size > 50_000


def test_a_folder_without_recordings_is_one_clear_line(tmp_path: Path) -> None:
    env = os.environ | {"RECORDINGS": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, str(DEMO)], cwd=tmp_path, env=env, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 2
    assert "there is no WAV file in it" in done.stderr
