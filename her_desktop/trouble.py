"""The one form that an error for a person takes: what, why, and what to do about it."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes of the command line."""

    DONE = 0
    CHECK_FAILED = 1
    BAD_INPUT = 2
    MISSING = 3


class Trouble(Exception):
    """Something a person can mend. Shown as one line: `WHAT: WHY (WHAT TO DO)`."""

    def __init__(self, what: str, why: str, todo: str = "", exit_code: Exit = Exit.BAD_INPUT) -> None:
        self.what, self.why, self.todo, self.exit_code = what, why, todo, exit_code
        super().__init__(self.line)

    def __reduce__(self) -> tuple[type[Trouble], tuple[str, str, str, Exit]]:
        """How it is sent to another process."""
        return type(self), (self.what, self.why, self.todo, self.exit_code)

    @property
    def line(self) -> str:
        """The error as one line of text."""
        text = f"{self.what}: {self.why}" + (f" ({self.todo})" if self.todo else "")
        return " ".join(text.split())


def missing(what: str, why: str, todo: str = "") -> Trouble:
    """Something that is needed is not there: a model, a device, a voice."""
    return Trouble(what, why, todo, Exit.MISSING)
