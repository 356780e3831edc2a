"""The session as one page to read: no script, nothing from elsewhere, nothing that was said can become markup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from her_desktop.dialogue.techniques import techniques
from her_desktop.events import FinalTranscript, Recorded, Reply, SessionStarted, TurnsMarked
from her_desktop.trace.distance import Distance, distance, told
from her_desktop.trace.export import turns
from her_desktop.trace.export.frame import RING, page
from her_desktop.trace.export.page_machine import machine
from her_desktop.trace.export.page_talk import talk
from her_desktop.trace.export.page_words import bar, legend
from her_desktop.trace.export.tags import Html, joined, said, tag
from her_desktop.trace.export.turns import TurnTold
from her_desktop.trace.export.words import place


def export_html(session: Sequence[Recorded], marks: Iterable[TurnsMarked] = ()) -> str:
    """The page of a session.

    Args:
        session: its entries, in order.
        marks: from which of its turns words were removed later; those inside of it count anyway.
    """
    found = list(turns.told(session, marks))
    title = f"Session {session[0].session}, {session[0].at:%d %B %Y}" if session else "Nothing was recorded"
    body = tag("body", _skip(), _head(session, found), _main(session, found), _foot(session))
    return page(title, "trace_export.css", body)


def _skip() -> Html:
    return tag("a", "go to the conversation", class_="skip", href="#conversation")


def _head(session: Sequence[Recorded], found: list[TurnTold]) -> Html:
    if not session:
        left = tag("div", RING, tag("h1", "Nothing was recorded"), class_="talk")
        return tag("header", left, tag("div", class_="machine"), class_="turn")
    began, ended = session[0].at, session[-1].at
    spoken = sum(turn.spoke for turn in found)
    when = f"{began:%A, %d %B %Y}, {began:%H:%M} to {ended:%H:%M} · {spoken} turn{'' if spoken == 1 else 's'}"
    left = tag(
        "div", RING, tag("h1", f"Session {session[0].session}"), tag("p", when), *_contents(found), class_="talk"
    )
    right = tag("div", tag("h2", "this is programming"), *_about(session), legend(), class_="machine")
    return tag("header", left, right, class_="turn")


def _contents(found: list[TurnTold]) -> Iterator[Html]:
    heard = [(turn, turn.first(FinalTranscript)) for turn in found]
    rows = [tag("li", tag("a", said(one.text[:60]), href=f"#turn-{turn.number}")) for turn, one in heard if one]
    if len(rows) > 1:
        inside = tag("details", tag("summary", "all that you said"), tag("ol", *rows))
        yield tag("nav", inside, aria_label="turns")


def _about(session: Sequence[Recorded]) -> Iterator[Html]:
    replies = [one.entry for one in session if isinstance(one.entry, Reply)]
    if not replies:
        yield tag("p", "Nobody said anything in this session. What the parts reported is below.")
        return
    yield tag("p", "Beside each reply stands how it came about, as it was written down while it happened.")
    counted = sum((distance(reply) for reply in replies), Distance())
    yield tag("div", bar(counted), tag("p", told(counted, "her"), class_="note"), class_="distance")
    started = session[0].entry
    if isinstance(started, SessionStarted):
        seed = f"version {started.version} · {started.language} · seed {started.seed} · {len(started.packs)} packs"
        yield tag("p", seed, class_="note")


def _main(session: Sequence[Recorded], found: list[TurnTold]) -> Html:
    started = session[0].entry if session else None
    language = started.language if isinstance(started, SessionStarted) else ""
    there = frozenset(turn.number for turn in found if turn.spoke)
    rows = joined(_turn(turn, language, there) for turn in found)
    return tag("main", rows, id="conversation", tabindex="-1")


def _turn(turn: TurnTold, language: str, there: frozenset[int]) -> Html:
    place = f"turn-{turn.number}" if turn.spoke else ""
    name = f"name-{turn.records[0].seq}"
    class_ = "turn" if turn.spoke else "turn beside"
    return tag("article", talk(turn, language), machine(turn, there), class_=class_, id=place, aria_labelledby=name)


def _foot(session: Sequence[Recorded]) -> Html:
    started = session[0].entry if session else None
    version = f" {started.version}" if isinstance(started, SessionStarted) else ""
    whole = f"Made by Her Desktop{version} from its own record. This page runs no script and loads nothing."
    return tag("footer", tag("div", tag("p", whole), class_="talk"), _ledger(session), class_="turn")


def _often(used: tuple[str, int]) -> tuple[int, str]:
    return -used[1], used[0]


def _ledger(session: Sequence[Recorded]) -> Html:
    """The techniques of the whole session: what each is, and in how many replies it was."""
    replies = [one.entry for one in session if isinstance(one.entry, Reply)]
    used = Counter(name for one in replies for name in {*one.techniques, *(seen.technique for seen in one.seen)})
    often = sorted(used.items(), key=_often)
    known = [(name, count, techniques()[name]) for name, count in often if name in techniques()]
    rows = [
        tag(
            "div",
            tag("dt", f"{name} {one.name}", " ", tag("small", f"× {count}")),
            tag("dd", one.definition),
            id=place(name),
        )
        for name, count, one in known
    ]
    title = [tag("h2", "the techniques, and in how many replies they were"), tag("dl", *rows)] if rows else []
    return tag("div", *title, class_="machine ledger")
