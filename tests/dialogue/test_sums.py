"""Sums, as the skill works them out: exactly, and nothing where there is no result."""

from datetime import datetime

import pytest

from her_desktop.skills.ask import Ask
from her_desktop.skills.sums import result


@pytest.mark.parametrize(
    ("a", "done", "b", "comes_to"),
    [
        ("7", "times", "8", "56"),
        ("0.1", "plus", "0.2", "0.3"),
        ("3", "minus", "10", "-7"),
        ("10", "over", "4", "2.5"),
        ("1", "over", "3", "0.3333"),
        ("15", "percent", "80", "12"),
        ("123456", "times", "1000", "123,456,000"),
        ("1", "over", "0", ""),
        ("99999999", "times", "99999999", ""),
        ("", "plus", "2", ""),
    ],
)
def test_what_a_sum_comes_to(a: str, done: str, b: str, comes_to: str) -> None:
    ask = Ask(
        slots={"a": a, done: done, "b": b}, values={"a": a, "b": b}, turn=1, heard="", heard_before="", said="",
        now=datetime(2026, 11, 23), language="en", country="",
    )  # fmt: skip
    values = result(ask).values
    assert (values["sums.result"].text if values else "") == comes_to
