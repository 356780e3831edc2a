"""What she knows as a document that can be taken elsewhere, and what of such a document is new to her."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from her_desktop.events import FactLearned
from her_desktop.memory.facts import SUBJECTS, Fact, Facts, fold
from her_desktop.trouble import Trouble

VERSION = 1
_FIRST_YEAR, _LAST_YEAR = 1900, 2200

_Word = Annotated[str, Meta(pattern=r"^[^\W\d]\w*$")]
_Filled = Annotated[str, Meta(min_length=1)]
_Moment = Annotated[datetime, Meta(tz=True)]


class Told(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was told once, in which words, and when."""

    object: _Filled
    words: str
    told_at: _Moment


class Statement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is known under a name, and what it corrected, the oldest first."""

    subject: _Word
    predicate: _Word
    object: _Filled
    words: str
    told_at: _Moment
    history: tuple[Told, ...] = ()

    @property
    def all_told(self) -> tuple[Told, ...]:
        """What was told, the oldest first, what holds now last."""
        return (*self.history, Told(self.object, self.words, self.told_at))


class Document(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that is known."""

    version: int
    facts: tuple[Statement, ...]


def document_of(facts: Facts) -> Document:
    """Facts as a document."""
    return Document(VERSION, tuple(_statement(facts[name]) for name in sorted(facts)))


def _statement(fact: Fact) -> Statement:
    history = tuple(Told(one.object, one.words, one.told_at) for one in fact.earlier)
    return Statement(fact.subject, fact.predicate, fact.object, fact.words, fact.told_at, history)


def written(document: Document) -> bytes:
    """The document as JSON."""
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def read(content: bytes, name: str) -> Document:
    """Read a document.

    Args:
        content: JSON.
        name: of the file, for errors.

    Raises:
        Trouble: it is not such a document; names the line, or the place in it.
    """
    try:
        document = msgspec.json.decode(content, type=Document)
    except msgspec.ValidationError as error:
        raise Trouble(name, str(error).replace(" - at `$", " - at `"), "write it as memory export does") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Trouble(f"{name}:{_line(content)}", f"is not JSON: {error}", "write it as memory export does") from error
    if document.version != VERSION:
        raise Trouble(name, f"version {document.version}, and this program knows {VERSION}", "export it anew")
    for one in document.facts:
        _check(one, name)
    names = [(one.subject, one.predicate) for one in document.facts]
    if twice := next((one for one in names if names.count(one) > 1), None):
        raise Trouble(name, f"tells {'.'.join(twice)} twice", "leave one out, or put it into the other's history")
    return document


def _check(one: Statement, name: str) -> None:
    if one.subject not in SUBJECTS:
        known = ", ".join(SUBJECTS)
        raise Trouble(name, f"nothing can be kept about “{one.subject}”", f"name one of: {known}")
    for told_at in (told.told_at for told in one.all_told):
        if not _FIRST_YEAR <= told_at.year <= _LAST_YEAR:
            raise Trouble(
                name, f"{one.subject}.{one.predicate} was told in the year {told_at.year}", "mend its told_at"
            )


def _line(content: bytes) -> int:
    """The line at which JSON breaks off: the longest beginning that breaks off at its end tells where."""
    lines = content.splitlines(keepends=True)
    for number in range(1, len(lines) + 1):
        try:
            msgspec.json.decode(b"".join(lines[:number]))
        except UnicodeDecodeError:
            return number
        except msgspec.DecodeError as error:
            if "truncated" not in str(error):
                return number
    return max(len(lines), 1)


def news(facts: Facts, document: Document, source_turn: int = 0) -> Iterator[FactLearned]:
    """What a document tells that is not known, as entries."""
    for statement in document.facts:
        name = f"{statement.subject}.{statement.predicate}"
        for told in statement.all_told:
            before = facts.get(name)
            if before and told in _known(before):
                continue
            learned = FactLearned(
                fact=f"{name}@{source_turn}.{_digest(told)}", subject=statement.subject,
                predicate=statement.predicate, object=told.object, source_turn=source_turn, words=told.words,
                told_at=told.told_at, replaces=before.id if before else "",
            )  # fmt: skip
            yield learned
            facts = fold(facts, learned)


def _known(fact: Fact) -> Sequence[Told]:
    return _statement(fact).all_told


def _digest(told: Told) -> str:
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()[:8]
