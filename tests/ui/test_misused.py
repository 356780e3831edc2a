"""What a person may do by mistake, or on purpose: odd files of the profile, odd places to write to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from her_desktop.memory.journal import Journal
from her_desktop.trouble import Trouble
from her_desktop.ui.pages import memory_export, session_export
from her_desktop.ui.pages.session_export import Wish
from her_desktop.ui.preferences import LARGEST, LEAST_PX, MOST_PX, SMALLEST, Liked, load

DEEP = b'{"a":' * 5000 + b"1" + b"}" * 5000


@pytest.mark.parametrize(
    "kept", [b"", b"{", b"null", b"[]", b"\xff\xfe", DEEP, b'{"look": "blue"}', b'{"text_scale": 1e400}']
)
def test_a_file_of_preferences_that_cannot_be_read_is_as_if_there_were_none(tmp_path: Path, kept: bytes) -> None:
    (tmp_path / "window.json").write_bytes(kept)
    assert load(tmp_path) == Liked()


def test_preferences_that_no_window_could_show_are_brought_within_bounds(tmp_path: Path) -> None:
    file = tmp_path / "window.json"
    file.write_bytes(b'{"text_scale": 1e9, "side_share": -1, "width_px": 99999999999, "height_px": -5}')
    assert load(tmp_path) == Liked(text_scale=LARGEST, side_share=0.2, width_px=MOST_PX, height_px=LEAST_PX)
    file.write_bytes(b'{"text_scale": 0, "side_share": 7.0}')
    assert load(tmp_path) == Liked(text_scale=SMALLEST, side_share=0.8)


@pytest.mark.parametrize("name", ["journal.sqlite", "journal.sqlite-wal", "lock"])
def test_the_record_is_never_written_over_by_an_export_of_the_memory(tmp_path: Path, name: str) -> None:
    with Journal(tmp_path) as journal:
        before = (tmp_path / "journal.sqlite").read_bytes()
        with pytest.raises(Trouble, match="belongs to the record itself"):
            memory_export.export(journal, tmp_path / name, over=True)
        assert (tmp_path / "journal.sqlite").read_bytes() == before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_no_file_is_never_written_over(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with Journal(tmp_path / "home") as journal:
        with pytest.raises(Trouble, match="not a file"):
            memory_export.export(journal, pipe, over=True)
        with pytest.raises(Trouble, match="not a file"):
            session_export.write(journal, tmp_path / "home", Wish(1, "jsonl", pipe, replace=True))
    assert pipe.is_fifo()


def test_a_file_may_have_as_long_a_name_as_the_system_lets_it(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 250 + ".json")
    with Journal(tmp_path) as journal:
        assert memory_export.export(journal, path, over=False) == 0
    assert path.is_file()


@pytest.mark.parametrize("typed", ["~nobody-of-that-name/facts.json", "facts\0.json"])
def test_a_place_that_cannot_be_is_told_in_plain_words(typed: str) -> None:
    with pytest.raises(Trouble, match=r"no such home folder|no file can be called so"):
        memory_export.path_from(typed)
    with pytest.raises(Trouble, match=r"no such home folder|no file can be called so"):
        session_export.path_from(typed, "session-1.html")
