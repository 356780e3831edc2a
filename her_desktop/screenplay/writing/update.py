"""Receives a performance and the text of its screenplay. Emits the text with other expectations, so that they hold.

Only lines of expectations that did not hold are changed: her words, and values of notes. What a person has meant as a
limit stays: what must not be, what is said to somebody in danger, patterns. Nothing is written before he has seen it.
"""

from __future__ import annotations

import difflib
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec.structs import replace

from her_desktop.conversation import respond
from her_desktop.dialogue.state import State
from her_desktop.events import Decision, FinalTranscript
from her_desktop.paths import put_whole
from her_desktop.phrasing import SAFETY
from her_desktop.screenplay import check
from her_desktop.screenplay.found import Scene
from her_desktop.screenplay.perform import conversation
from her_desktop.screenplay.performance import Fault, Performance, Played
from her_desktop.screenplay.read import parse
from her_desktop.screenplay.script import Expectation, Hers, Screenplay, Title
from her_desktop.screenplay.writing.update_lines import Lines
from her_desktop.screenplay.writing.update_values import instead
from her_desktop.trouble import Trouble, missing


class Updated(msgspec.Struct, frozen=True):
    """A screenplay whose expectations were rewritten, for review."""

    text: str
    diff: str
    """What is changed, as a unified diff; empty where nothing is."""
    left: tuple[Fault, ...]
    """What still does not hold, and is for a person to decide; lines are those of the text before."""


def source_of(path: Path) -> str:
    """The text of a screenplay with its own line ends.

    Raises:
        Trouble: it cannot be read, or is not UTF-8.
    """
    try:
        return path.read_bytes().decode()
    except OSError as error:
        raise missing(str(path), str(error.strerror or error)) from error
    except UnicodeDecodeError as error:
        raise Trouble(str(path), f"is not UTF-8: {error.reason}", "save it as UTF-8") from error


def updated(performance: Performance, source: str) -> Updated:
    """Rewrite the expectations that did not hold.

    Args:
        performance: what came of the screenplay.
        source: its text, as `source_of` reads it.

    Raises:
        Trouble: the text is malformed, or is not what was performed.
    """
    screenplay = performance.screenplay
    if parse(source, screenplay.path).beats != screenplay.beats:
        raise _changed(screenplay.path)
    lines, left = Lines(source), list[Fault]()
    for scene in map(Scene, performance.played):
        left += [fault for fault in scene.played.faults if not _rewritten(lines, scene, fault)]
    text = lines.text()
    if _still(text, performance) != len(left):
        return Updated(source, "", performance.faults)
    return Updated(text, _diff(screenplay.path, source, text), tuple(left))


def write(path: Path, source: str, text: str) -> None:
    """Put a rewritten screenplay in the place of the one that was performed, whole or not at all.

    Args:
        path: the file.
        source: what stood in it when it was performed.
        text: what is to stand in it.

    Raises:
        Trouble: it was changed meanwhile, or cannot be written.
    """
    if source_of(path) != source:
        raise _changed(path)
    file = path.resolve()
    try:
        put_whole(file, text.encode(), file.stat().st_mode & 0o7777)
    except OSError as error:
        raise missing(str(path), str(error.strerror or error), "see whether the folder can be written") from error


def _changed(path: Path) -> Trouble:
    return Trouble(str(path), "it was changed while it was performed", "perform it again")


def _rewritten(lines: Lines, scene: Scene, fault: Fault) -> bool:
    """Rewrite what did not hold, if that is not for a person to decide."""
    hers, reply = scene.played.beat.hers, scene.reply
    if hers is None or reply is None or scene.played.amiss or _guards(hers, scene):
        return False
    wanted = next((one for one in hers.expectations if (one.line, one.text) == (fault.line, fault.expected)), None)
    if wanted:
        found = None if wanted.negated else instead(wanted, hers, scene)
        return found is not None and lines.put_value(wanted, found)
    if fault.line != hers.text_line:
        return False
    match hers.like:
        case "exact":
            return lines.put_words(hers, reply.text)
        case "one of":
            return lines.add_words(hers, reply.text)
    return False


def _guards(hers: Hers, scene: Scene) -> bool:
    """Whether it is about somebody in danger: what is said then is never taken as it comes.

    It is where a note says so, where the packs answered so, and where the shipped ones would.
    """
    if any(_of_safety(one) for one in hers.expectations) or (scene.decision and scene.decision.tier == SAFETY):
        return True
    heard, played = scene.played.heard, scene.played
    return heard is not None and any(_heeded(language, heard, played.now) for language in ("en", "de"))


def _heeded(language: str, heard: FinalTranscript, now: datetime) -> bool:
    """Whether the shipped packs take it for the words of somebody in danger."""
    turn = respond(conversation(Title(language=language)), State(), heard, now, 0)
    return any(one.tier == SAFETY for one in turn.entries if isinstance(one, Decision))


def _of_safety(one: Expectation) -> bool:
    names = {"tier": (SAFETY,), "rule": tuple(name for name in one.wanted if name.startswith(f"{SAFETY}."))}
    return any(name in one.wanted for name in names.get(one.check, ()))


def _still(text: str, performance: Performance) -> int:
    """How many expectations of a text do not hold in a performance; -1 where it cannot be read, or has other beats."""
    try:
        again: Screenplay = parse(text, performance.screenplay.path)
    except Trouble:
        return -1
    if len(again.beats) != len(performance.screenplay.beats):
        return -1
    beats = zip(performance.played, again.beats, strict=False)
    return sum(len(_faults(replace(played, beat=beat))) for played, beat in beats)


def _faults(played: Played) -> tuple[Fault, ...]:
    arranged = bool(played.entries) or not played.faults
    return check.faults(played) if arranged else played.faults


def _diff(path: Path, before: str, after: str) -> str:
    ours, theirs = (text.splitlines(keepends=True) for text in (before, after))
    lines = difflib.unified_diff(ours, theirs, str(path), str(path))
    return "".join(line if line.endswith(("\n", "\r")) else f"{line}\n" for line in lines)
