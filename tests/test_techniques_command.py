"""`her-desktop techniques`: the list, and the switches, written as a session of their own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from her_desktop.cli.common import run
from her_desktop.cli.main import main
from her_desktop.dialogue.techniques import switchable, techniques
from her_desktop.events import SessionEnded, SessionStarted, TechniqueSwitched
from her_desktop.folded import state_at
from her_desktop.memory.journal import Journal
from her_desktop.trouble import Exit


def command(home: Path, *words: str) -> int:
    return run(main, ["techniques", *words, "--home", str(home)])


def rows(capsys: pytest.CaptureFixture[str]) -> dict[str, bool]:
    return {row["id"]: row["on"] for row in map(json.loads, capsys.readouterr().out.splitlines())}


def test_without_a_profile_all_are_listed_and_on_but_those_of_the_exhibit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "none"
    assert command(home, "list", "--json") == Exit.DONE
    assert rows(capsys) == {name: one.classes != ("M",) for name, one in techniques().items()}
    assert not home.exists()


def test_off_and_on_are_kept_from_call_to_call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command(tmp_path, "off", "T05", "t08")
    command(tmp_path, "on", "T08")
    capsys.readouterr()
    command(tmp_path, "list", "--json")
    assert [name for name, on in rows(capsys).items() if not on and name in switchable()] == ["T05"]
    command(tmp_path)
    assert "T05  off" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["P01", "T15"])
def test_what_protects_him_and_what_is_never_in_use_has_no_switch(tmp_path: Path, name: str) -> None:
    assert command(tmp_path, "off", name) == Exit.BAD_INPUT


def test_all_are_those_that_build_intimacy(tmp_path: Path) -> None:
    command(tmp_path, "off", "--all")
    with Journal(tmp_path, read_only=True) as journal:
        off = set(state_at(journal).off)
    assert off == {name for name, one in techniques().items() if "I" in one.classes}
    command(tmp_path, "on", "--all")
    with Journal(tmp_path, read_only=True) as journal:
        assert state_at(journal).off == ()


def test_a_switch_is_a_session_of_its_own(tmp_path: Path) -> None:
    command(tmp_path, "off", "T05", "--now", "2026-11-22T15:00")
    command(tmp_path, "off", "T05")
    with Journal(tmp_path, read_only=True) as journal:
        (started, switched, ended) = (recorded.entry for recorded in journal.entries())
        at = {recorded.at.minute for recorded in journal.entries()}
    assert isinstance(started, SessionStarted)
    assert (started.front, started.packs) == ("techniques", {})
    assert switched == TechniqueSwitched(technique="T05", on=False, why="command")
    assert isinstance(ended, SessionEnded)
    assert at == {0}


@pytest.mark.parametrize(("given", "meant"), [("T5", "T05"), ("mirror", "T05"), ("flatery", "T13")])
def test_an_unknown_one_names_the_nearest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], given: str, meant: str
) -> None:
    assert command(tmp_path, "off", given) == Exit.BAD_INPUT
    error = capsys.readouterr().err
    assert f"“{given}”" in error
    assert f"was {meant}" in error
    assert not (tmp_path / "journal.sqlite").exists()


@pytest.mark.parametrize("words", [("off",), ("on",), ("off", "T05", "--all")])
def test_ids_or_all_and_not_both(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert command(tmp_path, *words) == Exit.BAD_INPUT


def test_nothing_is_written_while_a_conversation_holds_the_profile(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Journal(tmp_path):
        assert command(tmp_path, "off", "T05") != Exit.DONE
    assert "her-desktop:" in capsys.readouterr().err
