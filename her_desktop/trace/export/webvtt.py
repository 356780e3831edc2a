"""The session as WebVTT captions: two voices, and within a caption the time of each word where it is known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from her_desktop.events import Recorded
from her_desktop.trace.export.captions import Caption, captions
from her_desktop.trace.export.visible import visible

_PIECES = re.compile(r"\s+|\S+")
_BLANK_LINE = re.compile(r"(?<=\n)(?=\n)|^(?=\n)|(?<=\n)$")


def export_vtt(session: Sequence[Recorded]) -> str:
    """The captions of a session."""
    if not session:
        return "WEBVTT\n\nNOTE Nothing was recorded.\n"
    found = list(captions(session))
    head = f"WEBVTT - Her Desktop, session {session[0].session}, {session[0].at:%Y-%m-%d %H:%M}"
    said = "Times count from the beginning of the session; typed words stay as long as it takes to read them."
    blocks = [head, _note(said if found else "Nobody said anything."), *(_block(one) for one in found)]
    return "\n\n".join(blocks) + "\n"


def _block(caption: Caption) -> str:
    times = f"{clock(caption.start_ms)} --> {clock(caption.end_ms)}"
    cue = f"{times}\n<v {caption.voice}>{_lines(''.join(_words(caption)))}</v>"
    return f"{_note(caption.about)}\n\n{cue}" if caption.about else cue


def _words(caption: Caption) -> Iterator[str]:
    """The text, escaped, with the time in front of each word that begins inside of the caption."""
    starts, last_ms, word = dict(caption.words_ms), caption.start_ms, 0
    for piece in _PIECES.findall(caption.text):
        if not piece.isspace():
            at_ms = caption.start_ms + starts.get(word, -1)
            if last_ms < at_ms < caption.end_ms:
                yield f"<{clock(at_ms)}>"
                last_ms = at_ms
            word += 1
        yield escape(visible(piece), quote=False)


def _lines(text: str) -> str:
    """An empty line would end the caption."""
    return _BLANK_LINE.sub("&nbsp;", text)


def _note(text: str) -> str:
    return "NOTE " + " ".join(visible(text).split()).replace("-->", "→")


def clock(ms: int) -> str:
    """A time as captions write it: `00:01:02.345`."""
    seconds, rest = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{rest:03}"
