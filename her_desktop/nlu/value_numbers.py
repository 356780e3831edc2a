"""Number words to numbers: what the library `text2num` reads, and written digits.

Number words of languages that the library does not know are not read. What it says of a few words is kept, since the
same ones come again and again.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

_KNOWN = frozenset({"da", "de", "en", "es", "fr", "it", "nl", "pt"})
"""The library's languages."""
_KEPT = 16_384
_DECIMAL = re.compile(r"\d{1,15}[.,]\d{1,9}")
_ORDINAL = re.compile(r"(\d{1,9})\D{1,2}")


@lru_cache(maxsize=_KEPT)
def cardinal(text: str, code: str) -> Decimal | None:
    """The number that the words are as a whole: `twenty five`; None where they are none, or more than one."""
    from text_to_num import text2num  # type: ignore[import-untyped]  # noqa: PLC0415 -- it ships no types; loaded when needed

    try:
        return Decimal(text2num(text, code)) if _is_spelled(text, code) else None
    except ValueError:
        return None


@lru_cache(maxsize=_KEPT)
def spoken_decimal(text: str, code: str) -> Decimal | None:
    """Likewise, with a decimal point: `three point one four`."""
    found = _DECIMAL.fullmatch(_digits(text, code))
    return Decimal(found.group().replace(",", ".")) if found else None


@lru_cache(maxsize=_KEPT)
def ordinal(text: str, code: str) -> int | None:
    """The number that the words count off: `twenty fifth`."""
    found = _ORDINAL.fullmatch(_digits(text, code))
    return int(found.group(1)) if found else None


def _digits(text: str, code: str) -> str:
    from text_to_num import alpha2digit  # noqa: PLC0415 -- as above

    try:
        return str(alpha2digit(text, code, 0)) if _is_spelled(text, code) else ""
    except ValueError:
        return ""


def _is_spelled(text: str, code: str) -> bool:
    return code in _KNOWN and not any(letter.isdigit() for letter in text)


@lru_cache(maxsize=_KEPT)
def written(text: str, marks: tuple[str, str]) -> Decimal | None:
    """A number in digits: `1,000.5`, with the language's own marks before decimals and between thousands."""
    point, group = map(re.escape, marks)
    if not re.fullmatch(rf"(\d{{1,15}}|\d{{1,3}}({group}\d{{3}}){{1,4}})({point}\d{{1,9}})?", text):
        return None
    return Decimal(text.replace(marks[1], "").replace(marks[0], "."))
