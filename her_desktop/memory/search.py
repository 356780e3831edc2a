"""Finds words in what was said, by him and by her, the newest first."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from typing import Literal

import msgspec

_PIECE = re.compile(r'["“„]([^"“”]*)["”]?(\*?)|([^\s"“”„]+)')
_MOST_PIECES = 64
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
"""Two characters that no text may hold; they show where the found words stand."""

_QUERY = f"""
SELECT e.seq, e.session, e.turn, e.at, e.kind, json_extract(e.data, '$.text'),
  highlight(spoken_words, 0, '{_OPEN}', '{_CLOSE}')
FROM spoken_words JOIN entries e ON e.seq = spoken_words.rowid
WHERE spoken_words MATCH ? AND spoken_words.rowid BETWEEN ? AND ?
ORDER BY spoken_words.rowid DESC LIMIT ?
"""  # noqa: S608 -- constants


class Hit(msgspec.Struct, frozen=True):
    """Something that was said, and where in it the words stand that were looked for."""

    seq: int
    session: int
    turn: int
    at: datetime
    who: Literal["you", "her"]
    text: str
    found: tuple[tuple[int, int], ...]
    """Begin and end of each stretch, in characters."""


def match_query(words: str) -> str:
    """What he looks for, in the language of the index; empty where there is no word in it.

    All words must be there, in any order; `"some words"` stand side by side; `begin*` is how a word begins. Everything
    else is taken for words.
    """
    whole = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", " ")
    return " ".join(dict.fromkeys(_pieces(whole)))


def _pieces(words: str) -> Iterator[str]:
    for number, piece in enumerate(_PIECE.finditer(words)):
        phrase, star, word = piece[1], piece[2], piece[3] or ""
        text = word.rstrip("*") if phrase is None else phrase
        if any(character.isprintable() and not character.isspace() for character in text) and number < _MOST_PIECES:
            yield f'"{text}"' + ("*" if star or word.endswith("*") else "")


def find(database: sqlite3.Connection, words: str, limit: int, first: int, last: int) -> Iterator[Hit]:
    """What was said that holds the words, between two entries, the newest first."""
    if not (query := match_query(words)):
        return
    for seq, session, turn, at, kind, text, shown in database.execute(_QUERY, (query, first, last, limit)):
        who: Literal["you", "her"] = "her" if kind == "reply" else "you"
        yield Hit(seq, session, turn, datetime.fromisoformat(at), who, text, tuple(_stretches(text, shown)))


def _stretches(text: str, shown: str) -> Iterator[tuple[int, int]]:
    """Where the marks stand that are in `shown` and not in the text itself."""
    if _OPEN in text or _CLOSE in text:
        return
    at = 0
    for piece in shown.split(_OPEN):
        inside, close, after = piece.partition(_CLOSE)
        if close:
            yield at, at + len(inside)
        at += len(inside) + len(after)


def add(database: sqlite3.Connection, first: int, last: int) -> None:
    """Take up what was said in entries that were just written.

    The plus keeps SQLite from looking through all entries of these kinds.
    """
    database.execute(
        "INSERT INTO spoken_words (rowid, text) SELECT seq, json_extract(data, '$.text') FROM entries "
        "WHERE seq BETWEEN ? AND ? AND +kind IN ('final_transcript', 'reply')",
        (first, last),
    )


def rebuild(database: sqlite3.Connection) -> None:
    """Make the index anew from the entries, so that nothing in it is left of what they no longer say."""
    database.execute("INSERT INTO spoken_words (spoken_words) VALUES ('rebuild')")
