"""Archives from anywhere: what is sound is unpacked, what is not is refused in one line, and nothing gets out."""

from __future__ import annotations

import io
import stat
import tarfile
import zipfile
from pathlib import Path

import pytest

from her_desktop.asr.archive import unpack
from her_desktop.trouble import Exit, Trouble

MB = 10**6


def refused(archive: Path, into: Path, limit_bytes: int = MB) -> str:
    into.mkdir()
    with pytest.raises(Trouble) as caught:
        unpack(archive, into, limit_bytes, archive.name)
    assert caught.value.exit_code is Exit.BAD_INPUT
    assert caught.value.line.startswith(f"{archive.name}: ")
    assert "\n" not in caught.value.line
    return caught.value.line


def zip_with(path: Path, *members: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in members:
            opened.writestr(name, content)
    return path


def tar_with(path: Path, *members: tarfile.TarInfo, content: bytes = b"") -> Path:
    with tarfile.open(path, "w:gz") as opened:
        for member in members:
            member.size = len(content) if member.isfile() else 0
            opened.addfile(member, io.BytesIO(content))
    return path


@pytest.mark.parametrize("name", ["../out", "a/../../out", "/out", "..\\out", "C:\\out", "a/../../../../../../out"])
def test_a_path_that_leaves_the_folder_is_refused(tmp_path: Path, name: str) -> None:
    info = zipfile.ZipInfo("x")
    info.filename = name
    zipped = zip_with(tmp_path / "bad.zip", (info, b"x"))
    assert "outside" in refused(zipped, tmp_path / "1")
    tarred = tar_with(tmp_path / "bad.tar.gz", tarfile.TarInfo(name), content=b"x")
    assert "outside" in refused(tarred, tmp_path / "2")
    assert not list(tmp_path.rglob("out"))


def test_links_are_refused(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("model/link")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert "link" in refused(zip_with(tmp_path / "bad.zip", (info, b"/etc/passwd")), tmp_path / "1")
    for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
        member = tarfile.TarInfo("model/link")
        member.type, member.linkname = kind, "/etc/passwd"
        assert "link" in refused(tar_with(tmp_path / f"bad{kind!r}.tar.gz", member), tmp_path / f"t{kind!r}")


def test_a_bomb_is_refused_before_it_goes_off(tmp_path: Path) -> None:
    zeros = bytes(3 * MB)
    assert "more than" in refused(zip_with(tmp_path / "bomb.zip", ("a", zeros)), tmp_path / "1")
    assert "more than" in refused(
        tar_with(tmp_path / "bomb.tar.gz", tarfile.TarInfo("a"), content=zeros), tmp_path / "2"
    )
    assert [*(tmp_path / "1").iterdir(), *(tmp_path / "2").iterdir()] == []


def test_a_bomb_that_lies_about_its_size_stops_at_what_it_said(tmp_path: Path) -> None:
    path = zip_with(tmp_path / "liar.zip", ("a", bytes(3 * MB)))
    data = path.read_bytes()
    path.write_bytes(data.replace((3 * MB).to_bytes(4, "little"), (1000).to_bytes(4, "little")))
    assert "damaged" in refused(path, tmp_path / "1")
    assert sum(file.stat().st_size for file in (tmp_path / "1").iterdir()) <= 1000


def test_a_thousand_small_bombs_are_one(tmp_path: Path) -> None:
    many = zip_with(tmp_path / "many.zip", *((f"{index}", bytes(2000)) for index in range(1000)))
    assert "more than" in refused(many, tmp_path / "1")


@pytest.mark.parametrize("share", [0.02, 0.5, 0.99])
@pytest.mark.parametrize("kind", ["zip", "tar.gz", "tar"])
def test_an_archive_that_was_cut_short_says_so(tmp_path: Path, kind: str, share: float) -> None:
    content = b"".join(index.to_bytes(4, "little") for index in range(20_000))
    whole = tmp_path / f"whole.{kind}"
    if kind == "zip":
        zip_with(whole, ("model/am/final.mdl", content))
    else:
        with tarfile.open(whole, "w:gz" if kind == "tar.gz" else "w") as opened:
            member = tarfile.TarInfo("model/am/final.mdl")
            member.size = len(content)
            opened.addfile(member, io.BytesIO(content))
    cut = tmp_path / f"cut.{kind}"
    # A tar ends in 10 kB of nothing, which may be missing without harm.
    body = len(content) + 512 if kind == "tar" else whole.stat().st_size
    cut.write_bytes(whole.read_bytes()[: int(body * share)])
    assert "cut short" in refused(cut, tmp_path / "1")


def test_a_changed_byte_is_noticed(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "changed.zip", "w", zipfile.ZIP_STORED) as opened:
        opened.writestr("a", b"the right words")
    path = tmp_path / "changed.zip"
    path.write_bytes(path.read_bytes().replace(b"right", b"wrong"))
    assert "damaged" in refused(path, tmp_path / "1")


@pytest.mark.parametrize("content", [b"", b"hello", b"RIFF____WAVEfmt "])
def test_a_file_that_is_no_archive_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "foreign.bin"
    path.write_bytes(content)
    assert "not an archive" in refused(path, tmp_path / "1")


def test_a_locked_zip_is_refused(tmp_path: Path) -> None:
    path = zip_with(tmp_path / "locked.zip", ("a", b"x"))
    data = bytearray(path.read_bytes())
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1
    path.write_bytes(data)
    assert "password" in refused(path, tmp_path / "1")


def test_the_same_file_twice_is_refused(tmp_path: Path) -> None:
    member = tarfile.TarInfo("model/a")
    path = tar_with(tmp_path / "twice.tar.gz", member, member, content=b"x")
    assert "twice" in refused(path, tmp_path / "1")


def test_of_an_android_archive_only_the_assets_come_out(tmp_path: Path) -> None:
    path = zip_with(tmp_path / "model.aar", ("classes.jar", b"x"), ("assets/model-en-us/am/final.mdl", b"y"))
    unpack(path, tmp_path / "out", MB, "model.aar")
    assert [file.name for file in (tmp_path / "out").rglob("*") if file.is_file()] == ["final.mdl"]
