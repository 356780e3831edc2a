"""The screenplays that the pages show are ones that run."""

import re
from pathlib import Path

import pytest

from her_desktop.screenplay.perform import perform
from her_desktop.screenplay.read import parse

ROOT = Path(__file__).parent.parent.parent
FIRST = ROOT / "tests" / "screenplays" / "essay" / "E10_after_a_bad_blind_date.fountain"


def first_in(page: str) -> str:
    found = re.search(r"```(?:fountain)?\n(Title: .*?)```", (ROOT / page).read_text("utf-8"), re.DOTALL)
    assert found
    return found[1]


@pytest.mark.parametrize("page", ["README.md", "docs/screenplays.md"])
def test_the_first_screenplay_of_a_page_holds(page: str) -> None:
    done = perform(parse(first_in(page), ROOT / page))
    assert [fault.expected for fault in done.faults] == []
    assert len(done.played) == 2


def test_it_is_the_one_that_is_kept_among_the_tests() -> None:
    assert first_in("README.md") == FIRST.read_text("utf-8")
