"""Numbers, durations, dates and times as each language says them; the expected texts are CLDR's."""

import subprocess
import sys
from datetime import datetime
from decimal import Decimal

import pytest

from her_desktop.nlg import spoken
from tests.nlg.tongues import english, german

NOW = datetime(2026, 11, 22, 23, 59)


@pytest.mark.parametrize(
    ("canonical", "in_english", "in_german"),
    [
        ("PT10M", "10 minutes", "10 Minuten"),
        ("PT1M", "1 minute", "1 Minute"),
        ("PT90M", "1 hour and 30 minutes", "1 Stunde und 30 Minuten"),
        ("PT1H30M15S", "1 hour, 30 minutes, and 15 seconds", "1 Stunde, 30 Minuten und 15 Sekunden"),
        ("PT2.5S", "2.5 seconds", "2,5 Sekunden"),
        ("PT3600S", "1 hour", "1 Stunde"),
        ("PT100H", "100 hours", "100 Stunden"),
        ("P2W", "2 weeks", "2 Wochen"),
        ("P14D", "2 weeks", "2 Wochen"),
        ("P8D", "8 days", "8 Tage"),
        ("P1DT12H", "1 day and 12 hours", "1 Tag und 12 Stunden"),
        ("P1Y6M", "1 year and 6 months", "1 Jahr und 6 Monate"),
        ("PT0S", "0 seconds", "0 Sekunden"),
    ],
)
def test_a_duration(canonical: str, in_english: str, in_german: str) -> None:
    assert spoken.spoken_duration(canonical, "en") == in_english
    assert spoken.spoken_duration(canonical, "de") == in_german


@pytest.mark.parametrize("canonical", ["", "P", "PT", "P1DT", "10", "PT-5M", "PT1X", "pt5m"])
def test_what_is_no_duration_is_refused(canonical: str) -> None:
    with pytest.raises(ValueError, match="is no duration"):
        spoken.spoken_duration(canonical, "en")


@pytest.mark.parametrize(
    ("canonical", "in_english", "in_german"),
    [
        ("2026-11-20", "Friday, November 20", "vorgestern"),
        ("2026-11-21", "yesterday", "gestern"),
        ("2026-11-22", "today", "heute"),
        ("2026-11-23", "tomorrow", "morgen"),
        ("2026-11-24", "Tuesday, November 24", "übermorgen"),
        ("2026-12-24", "Thursday, December 24", "Donnerstag, 24. Dezember"),
        ("2027-01-01", "Friday, January 1, 2027", "Freitag, 1. Januar 2027"),
    ],
)
def test_a_date(canonical: str, in_english: str, in_german: str) -> None:
    assert spoken.spoken_date(canonical, "en", NOW, english().near_days) == in_english
    assert spoken.spoken_date(canonical, "de", NOW, german().near_days) == in_german


def test_a_time_and_a_number() -> None:
    assert (spoken.spoken_time("18:30", "en"), spoken.spoken_time("18:30", "de")) == ("6:30 PM", "18:30")
    assert (spoken.spoken_number("1234.5", "en"), spoken.spoken_number("1234.5", "de")) == ("1,234.5", "1.234,5")
    assert spoken.spoken_number("3.14159", "en") == "3.14159"
    assert spoken.spoken_number("-2", "en-GB") == "-2"


@pytest.mark.parametrize("text", ["", "ten", "NaN", "Infinity", "1,5"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no number"):
        spoken.spoken_number(text, "en")


def test_plural_categories_are_those_of_the_language() -> None:
    assert [spoken.plural(Decimal(n), "en") for n in (0, 1, 2, 5)] == ["other", "one", "other", "other"]
    assert [spoken.plural(Decimal(n), "cs") for n in (0, 1, 2, 5)] == ["other", "one", "few", "other"]
    assert spoken.plural(Decimal("1.5"), "cs") == "many"
    assert spoken.whole_plurals("cs") == {"one", "few", "other"}
    assert spoken.plurals("ja") == {"other"}


def test_a_language_is_known_or_not() -> None:
    assert spoken.known("de")
    assert spoken.known("en-GB")
    assert not spoken.known("tlh")


def test_wordings_without_numbers_dates_lists_or_articles_load_no_library() -> None:
    program = """
import sys
from tests.nlg.tongues import english
from tests.nlg.test_realization import NOW, said
assert said("hello[, {who|title}]. {x|you}?", who="ada", x="my dog")[0] == "Hello, Ada. Your dog?"
print({"babel", "inflect"} & sys.modules.keys())
from her_desktop.nlg import spoken
spoken.warm("de", NOW)
print({"babel", "inflect"} & sys.modules.keys())
"""
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["set()", "{'babel'}"]
