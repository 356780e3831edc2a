"""Installing from folders, archives, a web server and Maven: whole or not at all, and never at the cost of what was."""

from __future__ import annotations

import errno
import hashlib
import shutil
import tarfile
from collections.abc import Callable
from pathlib import Path

import filelock
import msgspec
import pytest

from her_desktop.asr import manifest
from her_desktop.asr.catalog import Catalog, Download, Maven, Model, load_catalog
from her_desktop.asr.install import Installer
from her_desktop.asr.inventory import installed
from her_desktop.asr.layout import files_in
from her_desktop.asr.sources import Limits
from her_desktop.trouble import Exit, Trouble

from .conftest import NOW, Lines, Web, pack, shell_of_an_artifact

NAME = "vosk-model-small-xx-0.1"
ARTIFACT = Maven(artifact="com.alphacephei:vosk-model-en:0.3.75:aar")


@pytest.fixture
def catalog() -> Catalog:
    return load_catalog()


def model_from(*sources: Download | Maven) -> Model:
    return Model(
        name=NAME, engine="vosk", language="en", license="Apache-2.0", about="", unpacked_bytes=10**6, sources=sources
    )


def served(web: Web, archive: Path) -> Download:
    web.content = archive.read_bytes()
    return Download(url=web.url, bytes=len(web.content), sha256=hashlib.sha256(web.content).hexdigest())


def contents(folder: Path) -> dict[str, bytes]:
    """What is in a folder, without what we add to a model."""
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files_in(folder)}
    return {name: content for name, content in files.items() if name != manifest.FILE}


def seen_in(folder: Path) -> list[str]:
    """Everything in the models folder but the lock."""
    return sorted(path.name for path in folder.iterdir() if path.name != ".lock") if folder.exists() else []


# ---- a folder or archive that the user names -------------------------------------------------------------------------


@pytest.mark.parametrize("inside", ["", NAME, f"{NAME}/{NAME}", "assets/model-en-us"])
def test_a_zip_is_installed_however_deep_the_model_lies(
    installer: Installer, trimmed: Path, tmp_path: Path, catalog: Catalog, inside: str
) -> None:
    archive = pack(trimmed, tmp_path / f"{NAME}.zip", inside)
    written = installer.install_from(archive, None, catalog)
    place = installer.models_dir / NAME
    assert contents(place) == contents(trimmed)
    assert manifest.read(place) == written
    assert written.archive_sha256 == hashlib.sha256(archive.read_bytes()).hexdigest()
    assert written.installed_at == NOW
    assert written.files["am/final.mdl"] == hashlib.sha256((trimmed / "am/final.mdl").read_bytes()).hexdigest()
    assert seen_in(installer.models_dir) == [NAME]


@pytest.mark.parametrize("kind", ["gz", "xz", ""])
def test_a_tar_is_installed(installer: Installer, trimmed: Path, tmp_path: Path, catalog: Catalog, kind: str) -> None:
    archive = tmp_path / f"{NAME}.tar{'.' if kind else ''}{kind}"
    with tarfile.open(archive, f"w:{kind}") as opened:  # type: ignore[call-overload]  # the mode is put together
        opened.add(trimmed, "model")
    assert installer.install_from(archive, None, catalog).name == NAME
    assert contents(installer.models_dir / NAME) == contents(trimmed)


@pytest.mark.parametrize("above", [0, 1, 2])
def test_a_folder_is_copied_also_from_the_folder_above_it(
    installer: Installer, trimmed: Path, catalog: Catalog, above: int
) -> None:
    named = [trimmed, *trimmed.parents][above]
    written = installer.install_from(named, None, catalog)
    assert written.archive_sha256 == ""
    assert contents(installer.models_dir / NAME) == contents(trimmed)


def test_the_old_flat_layout_is_a_model_too(
    installer: Installer, trimmed: Path, tmp_path: Path, catalog: Catalog
) -> None:
    flat = tmp_path / "vosk-model-small-pt-0.3"
    flat.mkdir()
    for name in ("am/final.mdl", "conf/mfcc.conf", "graph/HCLr.fst", "graph/Gr.fst"):
        shutil.copy(trimmed / name, flat)
    assert installer.install_from(flat, None, catalog).language == "pt"
    assert [place.name for place in installed([installer.models_dir])] == [flat.name]


def test_an_installed_model_can_be_named_as_its_own_source(
    installer: Installer, trimmed: Path, catalog: Catalog
) -> None:
    installer.install_from(trimmed, None, catalog)
    written = installer.install_from(installer.models_dir / NAME, None, catalog)
    assert manifest.differences(written, installer.models_dir / NAME) == []


def test_a_name_can_be_given_and_must_be_one(installer: Installer, trimmed: Path, catalog: Catalog) -> None:
    model = trimmed.rename(trimmed.with_name("model"))
    with pytest.raises(Trouble, match="give the NAME"):
        installer.install_from(model, None, catalog)
    with pytest.raises(Trouble, match="not a model's name"):
        installer.install_from(model, "../../escaped", catalog)
    installer.install_from(model, "my-own", catalog)
    assert seen_in(installer.models_dir) == ["my-own"]


def test_an_archive_that_is_not_the_pinned_one_is_installed_and_that_is_told(
    installer: Installer, trimmed: Path, tmp_path: Path, catalog: Catalog, told: Lines
) -> None:
    archive = pack(trimmed, tmp_path / f"{catalog.default}.zip", catalog.default)
    written = installer.install_from(archive, None, catalog)
    assert (written.name, written.license) == (catalog.default, "Apache-2.0")
    assert "pins" in told.text
    assert "pinned" not in written.checked


# ---- what is not a model ---------------------------------------------------------------------------------------------


def test_an_archive_without_a_model_is_named_and_says_what_it_holds(
    installer: Installer, tmp_path: Path, catalog: Catalog
) -> None:
    shell = shell_of_an_artifact(tmp_path / "vosk-model-en-0.3.75.aar")
    with pytest.raises(Trouble) as caught:
        installer.install_from(shell, None, catalog)
    assert caught.value.line == f"{shell}: no recognizer model inside (it holds only README, uuid)"
    assert caught.value.exit_code is Exit.BAD_INPUT
    assert seen_in(installer.models_dir) == []


@pytest.mark.parametrize("gone", ["graph/Gr.fst", "conf/model.conf", "graph/HCLr.fst"])
def test_a_model_that_is_not_whole_says_what_is_missing(
    installer: Installer, trimmed: Path, tmp_path: Path, catalog: Catalog, gone: str
) -> None:
    (trimmed / gone).write_bytes(b"")
    archive = pack(trimmed, tmp_path / f"{NAME}.zip", NAME)
    for named in (trimmed, archive):
        with pytest.raises(Trouble, match=gone):
            installer.install_from(named, None, catalog)
    assert seen_in(installer.models_dir) == []


def test_two_models_at_once_are_not_guessed_between(installer: Installer, trimmed: Path, catalog: Catalog) -> None:
    shutil.copytree(trimmed, trimmed.with_name("vosk-model-small-yy-0.1"))
    with pytest.raises(Trouble, match="2 models"):
        installer.install_from(trimmed.parent, None, catalog)


def test_a_path_that_is_not_there_is_bad_input(installer: Installer, tmp_path: Path, catalog: Catalog) -> None:
    with pytest.raises(Trouble, match="no such") as caught:
        installer.install_from(tmp_path / "nowhere.zip", None, catalog)
    assert caught.value.exit_code is Exit.BAD_INPUT


# ---- the sources of the catalog, in their order ----------------------------------------------------------------------


def test_the_download_is_taken_first_and_going_online_is_told_before(
    installer: Installer, trimmed: Path, tmp_path: Path, web: Web, told: Lines
) -> None:
    source = served(web, pack(trimmed, tmp_path / "a.zip", NAME))
    written = installer.install(model_from(source, ARTIFACT))
    assert written.source == source.url
    assert "pinned" in written.checked
    assert contents(installer.models_dir / NAME) == contents(trimmed)
    assert seen_in(installer.models_dir) == [NAME]
    assert [line.split(":")[0] for line in told] == [f"going online for {NAME}"]


def test_where_the_download_fails_maven_is_asked(
    installer: Installer, trimmed: Path, tmp_path: Path, *, web: Web, told: Lines, maven: Callable[[str], Path]
) -> None:
    source = served(web, pack(trimmed, tmp_path / "a.zip", NAME))
    web.content = bytes(len(web.content))
    whole = pack(trimmed, tmp_path / "whole.aar", "assets/model-en-us")
    said = maven(f'cp "{whole}" "$out/vosk-model-en-0.3.75.aar"')
    written = installer.install(model_from(source, ARTIFACT))
    assert "Maven" in written.source
    assert contents(installer.models_dir / NAME) == contents(trimmed)
    assert f"-Dartifact={ARTIFACT.artifact}" in said.read_text()
    assert told[1].startswith(f"{source.label}: its SHA-256 is")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('cp "{shell}" "$out/vosk-model-en-0.3.75.aar"', "no recognizer model inside (it holds only README, uuid)"),
        ('printf PK > "$out/vosk-model-en-0.3.75.aar"', "not an archive, or cut short"),
        ("printf '[\\033[1;31mERROR\\033[m] no such artifact\\n[ERROR] more\\n'; exit 1", "no such artifact"),
        ("exit 7", "Maven ended with 7"),
        ("exit 0", "Maven ended with 0"),
    ],
)
def test_what_maven_could_not_bring_is_one_line_and_nothing_stays(
    installer: Installer, tmp_path: Path, told: Lines, maven: Callable[[str], Path], *, line: str, why: str
) -> None:
    maven(line.replace("{shell}", str(shell_of_an_artifact(tmp_path / "shell.aar"))))
    with pytest.raises(Trouble, match="no source has it") as caught:
        installer.install(model_from(ARTIFACT))
    assert caught.value.exit_code is Exit.MISSING
    assert why in told[1]
    assert told[1].startswith("Maven artifact com.alphacephei:vosk-model-en:0.3.75:aar: ")
    assert len(told) == 2
    assert seen_in(installer.models_dir) == []


def test_a_maven_that_hangs_is_ended(installer: Installer, told: Lines, maven: Callable[[str], Path]) -> None:
    maven("exec sleep 60")
    hasty = msgspec.structs.replace(installer, limits=Limits(maven_s=0.3))
    with pytest.raises(Trouble, match="no source has it"):
        hasty.install(model_from(ARTIFACT))
    assert "not finished" in told[1]


@pytest.mark.usefixtures("no_maven")
def test_without_maven_that_source_is_skipped_with_a_line(installer: Installer, told: Lines) -> None:
    with pytest.raises(Trouble, match="no source has it"):
        installer.install(model_from(ARTIFACT))
    assert "there is no Maven" in told[1]


def test_a_download_that_unpacks_to_far_more_than_the_catalog_says_is_refused(
    installer: Installer, trimmed: Path, tmp_path: Path, web: Web, told: Lines
) -> None:
    (trimmed / "bomb").write_bytes(bytes(2_000_000))
    with pytest.raises(Trouble, match="no source has it"):
        installer.install(model_from(served(web, pack(trimmed, tmp_path / "a.zip", NAME))))
    assert "unpacks to more than 1 MB" in told.text


# ---- what was there before -------------------------------------------------------------------------------------------


@pytest.fixture
def before(installer: Installer, trimmed: Path, catalog: Catalog) -> dict[str, bytes]:
    installer.install_from(trimmed, None, catalog)
    return {path.name: path.read_bytes() for path in files_in(installer.models_dir / NAME)}


def still_there(installer: Installer, before: dict[str, bytes]) -> bool:
    assert seen_in(installer.models_dir) == [NAME]
    return {path.name: path.read_bytes() for path in files_in(installer.models_dir / NAME)} == before


def test_a_new_model_takes_the_place_of_the_old_one(
    installer: Installer, trimmed: Path, catalog: Catalog, before: dict[str, bytes]
) -> None:
    (trimmed / "README").write_text("a newer one")
    written = installer.install_from(trimmed, None, catalog)
    assert (installer.models_dir / NAME / "README").read_text() == "a newer one"
    assert not still_there(installer, before)
    assert manifest.differences(written, installer.models_dir / NAME) == []


def test_a_model_that_does_not_load_does_not_replace_one_that_does(
    installer: Installer, trimmed: Path, catalog: Catalog, before: dict[str, bytes]
) -> None:
    def refuses(model: Path) -> None:
        raise Trouble(model.name, "does not load")

    with pytest.raises(Trouble, match="does not load"):
        msgspec.structs.replace(installer, trial=refuses).install_from(trimmed, None, catalog)
    assert still_there(installer, before)


def test_a_failed_download_leaves_what_was_installed(installer: Installer, web: Web, before: dict[str, bytes]) -> None:
    web.status = 500
    with pytest.raises(Trouble):
        installer.install(model_from(Download(url=web.url, bytes=1, sha256="0" * 64)))
    (installer.models_dir / ".downloads").rmdir()
    assert still_there(installer, before)


def test_ctrl_c_leaves_what_was_installed(
    installer: Installer, trimmed: Path, catalog: Catalog, before: dict[str, bytes]
) -> None:
    def interrupted(_model: Path) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        msgspec.structs.replace(installer, trial=interrupted).install_from(trimmed, None, catalog)
    assert still_there(installer, before)


def test_a_disk_that_fills_up_leaves_what_was_installed(
    installer: Installer, trimmed: Path, catalog: Catalog, before: dict[str, bytes]
) -> None:
    def full(_model: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(Trouble, match="No space left") as caught:
        msgspec.structs.replace(installer, trial=full).install_from(trimmed, None, catalog)
    assert caught.value.exit_code is Exit.MISSING
    assert still_there(installer, before)


def test_what_a_killed_installation_left_is_mended_by_the_next(
    installer: Installer, trimmed: Path, catalog: Catalog, before: dict[str, bytes]
) -> None:
    (installer.models_dir / NAME).rename(installer.models_dir / f".before-{NAME}")
    shutil.copytree(trimmed, installer.models_dir / ".installing-abc" / "unpacked")
    with pytest.raises(Trouble):
        installer.install_from(trimmed / "conf", "other", catalog)
    assert still_there(installer, before)


def test_without_room_nothing_begins(
    installer: Installer, trimmed: Path, tmp_path: Path, *, catalog: Catalog, web: Web, before: dict[str, bytes]
) -> None:
    small = msgspec.structs.replace(installer, free_bytes=lambda _folder: 10_000)
    source = served(web, pack(trimmed, tmp_path / f"{NAME}.zip", NAME))
    attempts: list[Callable[[], manifest.Manifest]] = [
        lambda: small.install(model_from(source)),
        lambda: small.install_from(trimmed, None, catalog),
        lambda: small.install_from(tmp_path / f"{NAME}.zip", None, catalog),
    ]
    for attempt in attempts:
        with pytest.raises(Trouble, match="MB are needed") as caught:
            attempt()
        assert caught.value.exit_code is Exit.MISSING
    assert web.asked == []
    assert still_there(installer, before)


def test_one_installation_at_a_time(installer: Installer, trimmed: Path, catalog: Catalog) -> None:
    installer.models_dir.mkdir()
    with filelock.FileLock(installer.models_dir / ".lock"), pytest.raises(Trouble, match="another installation"):
        installer.install_from(trimmed, None, catalog)
    assert installer.install_from(trimmed, None, catalog).name == NAME


def test_removing_takes_one_model_and_no_other(installer: Installer, trimmed: Path, catalog: Catalog) -> None:
    installer.install_from(trimmed, None, catalog)
    installer.install_from(trimmed, "other", catalog)
    installer.remove(NAME)
    assert seen_in(installer.models_dir) == ["other"]
    with pytest.raises(Trouble, match="not installed") as caught:
        installer.remove(NAME)
    assert caught.value.exit_code is Exit.MISSING
    with pytest.raises(Trouble, match="not a model's name"):
        installer.remove("../models")


# ---- the manifest ----------------------------------------------------------------------------------------------------


def test_every_change_of_a_file_is_found(installer: Installer, trimmed: Path, catalog: Catalog) -> None:
    written = installer.install_from(trimmed, None, catalog)
    place = installer.models_dir / NAME
    graph = bytearray((place / "graph/HCLr.fst").read_bytes())
    graph[-1] ^= 1
    (place / "graph/HCLr.fst").write_bytes(graph)
    (place / "README").unlink()
    (place / "stranger").touch()
    assert manifest.differences(written, place) == [
        "graph/HCLr.fst changed",
        "README missing",
        "stranger was not there",
    ]


def test_a_manifest_that_cannot_be_read_is_named(installer: Installer, trimmed: Path, catalog: Catalog) -> None:
    installer.install_from(trimmed, None, catalog)
    path = installer.models_dir / NAME / manifest.FILE
    path.write_text("{")
    with pytest.raises(Trouble) as caught:
        manifest.read(path.parent)
    assert caught.value.line.startswith(str(path))
