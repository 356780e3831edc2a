"""Sees techniques of intimacy in the final words of a reply. Receives spans; emits each technique and where it shows.

Rules declare, this verifies: a label that can be seen in words stands only where it is seen in these words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from her_desktop.dialogue.cues import Cues, Shown, When, cues
from her_desktop.dialogue.techniques import techniques
from her_desktop.events import Seen, Span

_HIS = "\ufffc"
"""Stands for every character that is not her own: a sign that belongs to no word."""
_WORD = re.compile(r"[^\W\d_]+|\?|…|\.\.\.")
_QUOTED = re.compile(r"[“„\"«»][^“”„\"«»]*[”“\"«»]")
_END = re.compile(r"[.!?…](?!\w)")
_FACT = re.compile(r"[^\s|;()]+@\d+")
_NAME = "user.name@"


_Found = tuple[str, str, tuple[When, ...], int, int]
"""A sign that may show a technique: its id, the cue, what else must hold, from where to where."""


class Said(msgspec.Struct, frozen=True):
    """A reply as it is said."""

    spans: tuple[Span, ...]
    """The texts joined are the reply."""
    act: str
    tone: str
    ends: bool
    """Whether the conversation ends with it."""
    language: str
    """Its code, like `en`."""
    brought_up_at: int | None = None
    """Where a part begins that she brings up herself, in characters."""
    told: frozenset[str] = frozenset()
    """Ids of facts that he has told in this very turn: to use them is no callback."""
    exhibit: bool = False
    """Whether it shows what it quotes: quoted words are then looked at as hers, and as if she took leave."""


class _Reply:
    """What patterns are tried on."""

    def __init__(self, said: Said, known: Cues) -> None:
        self.said, self.known = said, known
        self.text = "".join(span.text for span in said.spans)
        own = "".join(_lower(s.text) if s.origin == "author" else _HIS * len(s.text) for s in said.spans)
        own = own.replace("’", "'")
        self.own = own if said.exhibit else _QUOTED.sub(lambda found: _HIS * len(found.group()), own)
        """Her own words in lower case, sign for sign; what is his or is only quoted is blotted out."""

    def sentence(self, start: int, end: int) -> str:
        """The sentence that ends with or behind these words."""
        first = max((found.end() for found in _END.finditer(self.own, 0, start)), default=0)
        close = _END.search(self.own, max(end - 1, start))
        return self.own[first : close.end() if close else len(self.own)]


def detect(said: Said) -> tuple[Seen, ...]:
    """Every technique that can be seen in a reply, in order of position, then id."""
    reply = _Reply(said, cues(said.language))
    known = reply.known
    found = {(seen.at, seen.technique): seen for seen in _seen(reply)}
    names = {technique for _, technique in found}
    spoiled = {name for name, others in known.unless.items() if others & names}
    return tuple(found[key] for key in sorted(found) if key[1] not in spoiled)


def detectable(language: str) -> frozenset[str]:
    """The techniques that can be seen in the words of a language, or in what the words are."""
    return cues(language).detectable


def labels(declared: Iterable[str], seen: Iterable[Seen], language: str) -> tuple[str, ...]:
    """What a reply is labeled with, in the order of the taxonomy.

    Args:
        declared: what its rule says. What words cannot show stays; what they can stays only where it was seen.
        seen: what was seen in it. It is added, whatever the rule says.
        language: code of its language.
    """
    shown = {one.technique for one in seen}
    said = shown.union(name for name in declared if name not in detectable(language))
    return tuple(name for name in techniques() if name in said)


def _lower(text: str) -> str:
    """In lower case, as long as it was."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _seen(reply: _Reply) -> Iterator[Seen]:
    excepted: dict[str, list[tuple[int, int]]] = {}
    for name, cue, when, start, end in (*_by_words(reply), *_by_what_they_are(reply)):
        if name not in excepted:
            excepted[name] = reply.known.excepted(name, reply.own)
        clear = all(end <= first or last <= start for first, last in excepted[name])
        if clear and all(_WHEN[condition](reply, start, end) for condition in when):
            yield Seen(name, reply.text[start:end], start, cue)


def _by_words(reply: _Reply) -> Iterator[_Found]:
    for cue in reply.known.of(set(_WORD.findall(reply.own))):
        for found in cue.pattern.finditer(reply.own):
            yield cue.technique, cue.name, cue.when, *found.span()


def _by_what_they_are(reply: _Reply) -> Iterator[_Found]:
    for name, sign in reply.known.shown:
        if sign.shown == "tone":
            if reply.said.tone != "neutral":
                yield name, f"tone {reply.said.tone}", sign.when, 0, 0
            continue
        at = 0
        for span in reply.said.spans:
            if span.origin != "author" and sign.shown and _SHOWN[sign.shown](reply, span):
                blank = len(span.text) - len(span.text.lstrip())
                yield name, sign.shown, sign.when, at + blank, at + len(span.text.rstrip())
            at += len(span.text)


def _goodbye(reply: _Reply, _start: int, _end: int) -> bool:
    return reply.said.ends or reply.said.exhibit or reply.said.act == "goodbye"


def _brought_up(reply: _Reply, start: int, _end: int) -> bool:
    return reply.said.brought_up_at is not None and start >= reply.said.brought_up_at


_WHEN: Mapping[When, Callable[[_Reply, int, int], bool]] = {
    "goodbye": _goodbye,
    "question": lambda reply, start, end: reply.sentence(start, end).endswith("?"),
    "asks": lambda reply, _, __: "?" in reply.own,
    "asks_nothing": lambda reply, _, __: "?" not in reply.own,
    "brought_up": _brought_up,
    "answering": lambda reply, start, end: not _brought_up(reply, start, end),
    "not_playful": lambda reply, _, __: reply.said.tone != "playful",
    "unmirrored": lambda reply, start, end: _HIS not in reply.sentence(start, end),
}


def _facts(span: Span) -> list[str]:
    return _FACT.findall(span.source)


def _mirrored(reply: _Reply, span: Span) -> bool:
    return span.origin == "mirrored" and not reply.known.stop_words.issuperset(re.findall(r"\w+", _lower(span.text)))


_SHOWN: Mapping[Shown, Callable[[_Reply, Span], bool]] = {
    "mirrored": _mirrored,
    "told": lambda reply, span: any(f in reply.said.told and not f.startswith(_NAME) for f in _facts(span)),
    "name": lambda _, span: any(fact.startswith(_NAME) for fact in _facts(span)),
    "callback": lambda reply, span: any(fact not in reply.said.told for fact in _facts(span)),
    "help_line": lambda _, span: span.origin == "computed" and "help.lines" in span.source,
}
