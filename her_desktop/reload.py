"""Reads packs again when a file of theirs changes, so that a conversation can go on with the new ones."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from contextlib import suppress
from pathlib import Path

import msgspec

from her_desktop.conversation import Conversation
from her_desktop.dialogue.book import RuleBook
from her_desktop.dialogue.rules import Rule
from her_desktop.events import PacksChanged
from her_desktop.nlu.program import Program
from her_desktop.trouble import Trouble

_Seen = dict[str, tuple[int, int]]


class Packs:
    """The pack files of a conversation, and how to read them."""

    def __init__(self, files: Callable[[], Iterable[Path]], read: Callable[[], Conversation]) -> None:
        """Look at the files as they are now.

        Args:
            files: lists them.
            read: reads them into a conversation.
        """
        self._files, self._read = files, read
        self._seen = self._look()

    def contents(self) -> dict[str, bytes]:
        """SHA-256 to content of each file, as it is now; one that cannot be read is left out."""
        found: dict[str, bytes] = {}
        for path in self._files():
            with suppress(OSError):
                content = path.read_bytes()
                found[hashlib.sha256(content).hexdigest()] = content
        return found

    def changed(self) -> bool:
        """Whether a file is new, gone or different since they were last read."""
        return self._look() != self._seen

    def read(self, present: Conversation) -> Conversation:
        """Read them again, to go on with instead of the present ones.

        Raises:
            Trouble: a file cannot be read at all; the present packs are the better ones then.
        """
        self._seen = self._look()
        read = self._read()
        known = {broken.line for broken in present.book.quarantined}
        for broken in read.book.quarantined:
            if broken.whole_file and broken.line not in known:
                raise Trouble(broken.place, broken.why, "until it is mended she speaks from the packs as they were")
        return read

    def _look(self) -> _Seen:
        seen: _Seen = {}
        for path in self._files():
            try:
                status = path.stat()
            except OSError:
                continue
            seen[str(path)] = (status.st_mtime_ns, status.st_size)
        return seen


BeforeSwap = Callable[[Conversation, Conversation], None]
"""Sees the present conversation and the one that was read, before the one follows the other."""


class ReadAside:
    """Reads packs again on another thread whenever they changed, one reading at a time."""

    def __init__(self, packs: Packs, executor: Executor, put: Callable[[Conversation | Trouble], None]) -> None:
        self._packs, self._executor, self._put = packs, executor, put
        self._reading = False
        self.before_swap: BeforeSwap | None = None

    def look(self, present: Conversation) -> None:
        """Begin to read them where they changed; what comes of it is put where it was told to."""
        if not self._reading and self._packs.changed():
            self._reading = True
            self._executor.submit(self._read, present)

    def _read(self, present: Conversation) -> None:
        try:
            read = self._packs.read(present)
            if self.before_swap:
                self.before_swap(present, read)
            self._put(read)
        except Trouble as trouble:
            self._put(trouble)
        except Exception as error:
            self._put(Trouble("packs", f"{type(error).__name__}: {error}", "please report it"))
        finally:
            self._reading = False

    def close(self) -> None:
        """Read nothing any more."""
        self._executor.shutdown(cancel_futures=True)


def difference(before: RuleBook, after: RuleBook) -> PacksChanged:
    """What another rule book brings."""
    added = sorted(after.rules.keys() - before.rules.keys())
    removed = sorted(before.rules.keys() - after.rules.keys())
    both = sorted(before.rules.keys() & after.rules.keys())
    changed = (name for name in both if _content(before, name) != _content(after, name))
    left_out = tuple(broken.line for broken in after.quarantined)
    return PacksChanged(
        packs=after.hashes, added=tuple(added), removed=tuple(removed), changed=tuple(changed), left_out=left_out
    )


def _content(book: RuleBook, name: str) -> tuple[Rule, tuple[Program, ...]]:
    """All of a rule but where it stands, with what its templates come to."""
    rule = book.rules[name]
    return msgspec.structs.replace(rule, place="", templates=()), tuple(book.programs[at] for at in rule.templates)
