"""`perform --update`: what did not hold is rewritten so that it does; everything else stays, to the byte."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from her_desktop.screenplay.perform import perform
from her_desktop.screenplay.performance import Performance
from her_desktop.screenplay.read import parse, read
from her_desktop.screenplay.writing.update import Updated, source_of, updated, write
from her_desktop.trouble import Trouble
from tests.trace.talking import Talking

HEAD = "Title: For review\nSeed: 3\n\nINT. THE FLAT - 2026-11-22 15:05\n\nADA\nwhat time is it\n\nHER\n"


def of(tmp_path: Path, source: str) -> tuple[Performance, Updated]:
    path = tmp_path / "some.fountain"
    path.write_bytes(source.encode())
    done = perform(read(path))
    return done, updated(done, source_of(path))


def changed(before: str, after: str) -> list[tuple[str, str]]:
    """The lines that differ, where none came and none went."""
    ours, theirs = before.split("\n"), after.split("\n")
    assert len(ours) == len(theirs)
    return [(one, other) for one, other in zip(ours, theirs, strict=True) if one != other]


def holds(tmp_path: Path, text: str) -> bool:
    path = tmp_path / "again.fountain"
    path.write_bytes(text.encode())
    return perform(read(path)).holds


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ("[[rule: clock.date]]", "[[rule: clock.time]]"),
        ('[[rule:  "clock.date" ]]', '[[rule:  "clock.time" ]]'),
        (
            "[[rule: clock.date | clock.day]] [[wording: 1 | 2 | 3 | 4]]",
            "[[rule: clock.time]] [[wording: 1 | 2 | 3 | 4]]",
        ),
        ("[[act: promise]]", "[[act: answer]]"),
        ("[[tier: fallback]]", "[[tier: command]]"),
        ("[[tone: tender]]", "[[tone: neutral]]"),
        ("(tender)", "(neutral)"),
        ("[[skill: date]] [[note: as before]]", "[[skill: clock.time]] [[note: as before]]"),
        ('[[heard: "what day is it"]]', '[[heard: "what time is it"]]'),
        ("[[origin: PM = author]]", "[[origin: PM = computed]]"),
        ("[[state: asleep]]", "[[state: listening]]"),
    ],
)
def test_a_value_that_did_not_hold_is_the_one_that_does(tmp_path: Path, line: str, instead: str) -> None:
    source = f"{HEAD}{line}\n...\n"
    done, new = of(tmp_path, source)
    assert done.faults
    assert changed(source, new.text) == [(line, instead)]
    assert new.left == ()
    assert f"-{line}\n+{instead}\n" in new.diff
    assert holds(tmp_path, new.text)


def test_her_words_are_those_that_she_said(tmp_path: Path) -> None:
    source = f"{HEAD}[[rule: clock.time]]\nIt is noon,\nand I am late. [[note: two lines]]\n\n/* the end */\n"
    done, new = of(tmp_path, source)
    reply = done.played[0].reply
    assert reply
    assert new.text == source.replace("It is noon,\nand I am late. [[", f"{reply.text}\n [[")
    assert new.left == ()
    assert holds(tmp_path, new.text)


def test_of_several_wordings_another_one_is_allowed(tmp_path: Path) -> None:
    source = f"{HEAD}(one of)\n  It is noon.\n  It is late.\n"
    done, new = of(tmp_path, source)
    reply = done.played[0].reply
    assert reply
    assert new.text == f"{source}  {reply.text}\n"
    assert holds(tmp_path, new.text)


def test_one_more_line_at_the_very_end_keeps_the_line_before_whole(tmp_path: Path) -> None:
    source = f"{HEAD}(one of)\nIt is noon.".replace("\n", "\r\n")
    _, new = of(tmp_path, source)
    assert new.text.startswith(f"{source}\r\n")
    assert holds(tmp_path, new.text)


def test_words_that_fountain_would_read_otherwise_are_escaped(tmp_path: Path) -> None:
    source = HEAD.replace("what time is it", "\\*\\[\\[blurb") + "Something.\n"
    _, new = of(tmp_path, source)
    assert new.left == ()
    assert holds(tmp_path, new.text)


def test_everything_else_stays_to_the_byte(tmp_path: Path) -> None:
    source = (
        "\ufeffTitle: Odd\r\nNotes: with  spaces \r\n   and more\r\n\r\n"
        "/* a boneyard [[rule: a.b]]\r\n\r\nover lines */\r\n# a section\r\n\r\nINT. HERE - 2026-11-22 15:05\r\n\r\n"
        "He  looks.\t\r\n\r\n\r\nADA\r\n   what time is it  \r\n\r\n"
        "HER\r\n\t[[rule: clock.date]]  [[note: a | b]] \r\n[[act: answer]]\r\n...  \r\n\r\n> FADE OUT.\r\n\r\n"
    )
    _, new = of(tmp_path, source)
    assert new.text == source.replace("\t[[rule: clock.date]]", "\t[[rule: clock.time]]")
    assert new.text.count("\r\n") == source.count("\r\n")


def test_what_holds_is_not_touched(tmp_path: Path) -> None:
    source = f"{HEAD}[[rule: clock.*]]  [[not technique: T13]]\n...\n"
    done, new = of(tmp_path, source)
    assert done.holds
    assert (new.text, new.diff, new.left) == (source, "", ())


@pytest.mark.parametrize(
    "lines",
    [
        "[[not rule: clock.time]]\n...",
        "(matching)\n^No$",
        "(like)\nNo ... never",
        "(silent)",
        "[[mentions: midnight]]\n...",
        "[[matches: /midnight/]]\n...",
        "[[tier: safety]] [[rule: clock.date]]\nYou are not alone.",
        "[[rule: safety.help_me]]\nYou are not alone.",
        "[[rule: clock.date | safety.*]]\n...",
        "[[learns: user.name = Ada]]\n...",
        "[[technique]]\n...",
        "[[explains: clock.time]]\n...",
    ],
)
def test_what_a_person_must_decide_is_told_and_left(tmp_path: Path, lines: str) -> None:
    source = f"{HEAD}{lines}\n"
    done, new = of(tmp_path, source)
    assert done.faults
    assert new.text == source
    assert new.diff == ""
    assert new.left == done.faults


def test_what_is_left_does_not_keep_the_rest_from_being_rewritten(tmp_path: Path) -> None:
    source = f"{HEAD}[[not rule: clock.time]] [[rule: clock.date]]\n...\n"
    done, new = of(tmp_path, source)
    assert changed(source, new.text) == [
        ("[[not rule: clock.time]] [[rule: clock.date]]", "[[not rule: clock.time]] [[rule: clock.time]]")
    ]
    assert [fault.expected for fault in new.left] == ["not rule: clock.time"]
    assert len(done.faults) == 2


def test_facts_and_techniques_are_rewritten_where_only_one_can_be_meant(tmp_path: Path) -> None:
    page = (
        "ADA\nmy name is Eva\n\nHER\n[[learns: user.name = Ada]] [[uses: user.age]]\n...\n\n"
        "ADA\nhello\n\nHER\n[[technique: T09]] [[learns: user.name]]\n...\n"
    )
    _, new = of(tmp_path, page)
    assert "[[learns: user.name = Eva]] [[uses: user.name]]" in new.text
    assert "[[technique: T09]]" in new.text, "several are on the reply: a person must say which is meant"
    assert [fault.expected for fault in new.left] == ["technique: T09", "learns: user.name"]


def test_an_exported_screenplay_is_mended_whole(tmp_path: Path) -> None:
    with Talking(tmp_path / "home", seed=3) as talk:
        talk.says("hello")
    wrong = (
        "Seed: 4\n\nYOU\nhello\n\nHER\n(serious)\n[[rule: greeting.bye]] [[wording: 9]]\nBye.\n\n"
        "YOU\nwhat time is it\n\nHER\n[[rule: greeting.bye]]\nBye.\n"
    )
    done, new = of(tmp_path, wrong)
    assert len(done.faults) == 6
    assert new.left == ()
    assert holds(tmp_path, new.text)


def test_a_text_that_was_changed_meanwhile_is_not_touched(tmp_path: Path) -> None:
    source = f"{HEAD}[[rule: clock.date]]\n...\n"
    done, new = of(tmp_path, source)
    with pytest.raises(Trouble, match="changed while it was performed"):
        updated(done, source.replace("clock.date", "clock.day"))
    path = tmp_path / "some.fountain"
    path.write_text(source + "\n/* his */\n")
    with pytest.raises(Trouble, match="changed while it was performed"):
        write(path, source, new.text)
    assert path.read_text() == source + "\n/* his */\n"


def test_a_malformed_text_is_not_touched(tmp_path: Path) -> None:
    done, _ = of(tmp_path, f"{HEAD}[[rule: clock.date]]\n...\n")
    with pytest.raises(Trouble, match=r"some\.fountain:10"):
        updated(done, f"{HEAD}[[rules: clock.date]]\n...\n")


def test_it_is_written_whole_with_the_rights_that_it_had(tmp_path: Path) -> None:
    source = f"{HEAD}[[rule: clock.date]]\r\n...\n"
    _, new = of(tmp_path, source)
    path = tmp_path / "some.fountain"
    path.chmod(0o640)
    write(path, source, new.text)
    assert path.read_bytes() == new.text.encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640 or sys.platform == "win32"
    assert [one.name for one in tmp_path.iterdir()] == ["some.fountain"]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    source = f"{HEAD}[[rule: clock.date]]\n...\n"
    _, new = of(tmp_path, source)
    link = tmp_path / "link.fountain"
    link.symlink_to(tmp_path / "some.fountain")
    write(link, source, new.text)
    assert link.is_symlink()
    assert (tmp_path / "some.fountain").read_bytes() == new.text.encode()


def test_the_source_of_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    path = tmp_path / "some.fountain"
    with pytest.raises(Trouble, match="No such file"):
        source_of(path)
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(Trouble, match="not UTF-8"):
        source_of(path)


def test_a_tone_in_brackets_stays_in_brackets(tmp_path: Path) -> None:
    source = f"{HEAD}  (tender) \n...\n"
    _, new = of(tmp_path, source)
    assert changed(source, new.text) == [("  (tender) ", "  (neutral) ")]
    assert parse(new.text, tmp_path / "x").beats


@pytest.mark.parametrize("expected", ["Hello.", "[[rule: greeting.hello]]"])
def test_what_is_said_to_somebody_in_danger_is_left_whatever_was_expected(tmp_path: Path, expected: str) -> None:
    source = f"Title: In danger\n\nADA\ni want to kill myself\n\nHER\n{expected}\n"
    done, found = of(tmp_path, source)
    assert not done.holds
    assert (found.text, found.diff) == (source, "")
    assert found.left == done.faults


def test_packs_that_do_not_hear_the_danger_do_not_rewrite_it_away(tmp_path: Path) -> None:
    (tmp_path / "tea.yaml").write_text(
        "topic: tea\nrules:\n"
        "  - {id: tea.any, samples: [what], hears: ['*'], tier: fallback, act: inform, says: [Hm.]}\n"
    )
    done, found = of(tmp_path, "Packs: tea.yaml\n\nADA\ni want to kill myself\n\nHER\nThank you for telling me.\n")
    assert not done.holds
    assert (found.diff, found.left) == ("", done.faults)
