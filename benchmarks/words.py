"""Receives transcripts as people or recognizers write them. Emits words that can be compared fairly.

Recognizers differ in how they write, not only in what they hear: "Mr. Quilter, 10 meters." is the same as "mister
quilter ten meters". So before counting: small letters; no punctuation; a hyphen is a space; abbreviated titles in full;
numerals as words where they are a number of up to two digits, and digit by digit where they are longer (nobody says
"ninety thousand two hundred ten" for 90210); and the spoken digit "oh" is zero.
"""

from __future__ import annotations

import re

_TITLES = {"mr": "mister", "mrs": "missus", "ms": "miss", "dr": "doctor", "st": "saint"}
_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def normalize(text: str) -> str:
    """The words of a transcript, in the form in which they are compared."""
    plain = text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    words = re.findall(r"[a-z]+(?:'[a-z]+)*|\d+", plain)
    spelled = [word for raw in words for word in (_number(raw) if raw.isdigit() else [_TITLES.get(raw, raw)])]
    return " ".join("zero" if word == "oh" else word for word in spelled)


def _number(digits: str) -> list[str]:
    if len(digits) > 2 or (len(digits) == 2 and digits[0] == "0"):
        return [_ONES[int(digit)] for digit in digits]
    value = int(digits)
    if value < 20:
        return [_ONES[value]]
    return [_TENS[value // 10 - 2], *([_ONES[value % 10]] if value % 10 else [])]
