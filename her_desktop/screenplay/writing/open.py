"""Receives a session that was written down, and its performance. Emits what of it must be left open, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce

from her_desktop import events
from her_desktop.dialogue.state import State, apply
from her_desktop.events import FactForgotten, FactLearned
from her_desktop.screenplay.performance import Fault, Performance, Played
from her_desktop.screenplay.writing.exchanges import Exchange
from her_desktop.screenplay.writing.notes import arranged, short
from her_desktop.screenplay.writing.script import Open, Row, Script


def opened(
    script: Script, left: Mapping[int, Open], performance: Performance, before: State, *, unsaid: bool = False
) -> Mapping[int, Open]:
    """What has to be left open beside what is so already, by exchange.

    Args:
        script: the session.
        left: what was left open in this performance.
        performance: what came of it.
        before: what she began with.
        unsaid: whether lines that still do not hold are left out altogether.
    """
    rows, found = script.rows(left), dict[int, Open]()
    state = before
    for played in performance.played:
        at = rows[played.beat.line - 1].exchange
        if at is None:  # nobody speaks
            continue
        exchange = script.exchanges[at]
        more = _more(rows, played, unsaid=unsaid)
        forgotten = frozenset(_unknown(exchange, state)) - left.get(at, Open()).dropped
        state = reduce(apply, (one.entry for one in played.entries), played.before)
        if more or forgotten:
            so_far = left.get(at, Open())
            why = so_far.why or _why(script, at, played)
            found[at] = Open(so_far.dropped | (more or frozenset()) | forgotten, why, more == _ALL)
    return found


_ALL = frozenset({"all"})


def _more(rows: Sequence[Row], played: Played, *, unsaid: bool) -> frozenset[str]:
    """What of a beat is to be dropped; `_ALL` where nothing of it can be performed."""
    items = [tuple(_items(rows[fault.line - 1], fault)) for fault in played.faults]
    if items and (unsaid or not all(items)):
        return _ALL
    return frozenset(one for some in items for one in some)


def _items(row: Row, fault: Fault) -> Iterator[str]:
    yield from ([fault.expected] if fault.expected in row.items else row.items)


def _unknown(exchange: Exchange, state: State) -> Iterator[str]:
    """What he mended or forgot by hand, and she does not know in the performance."""
    known = set(state.facts)
    for one in exchange.by_hand:
        if isinstance(one, FactLearned | FactForgotten):
            name, note = f"{one.subject}.{one.predicate}", arranged(one)
            if name not in known and note:
                yield note.text
            if isinstance(one, FactForgotten):
                known.discard(name)


def _why(script: Script, at: int, played: Played) -> str:
    """Why something does not come out again, in a sentence or two; empty where another note says it."""
    exchange = script.exchanges[at]
    if exchange.marks or not played.faults:
        return ""
    if exchange.looked_back:
        return "Left open: she answers from the record, and that of a performance is not this one."
    before = script.exchanges[: at + 1]
    if any(isinstance(one, events.PacksChanged) for other in before for one in other.asides):
        return "Left open: the packs were edited while she talked."
    if any(other.marks for other in before):
        return "Left open: words that were said before it are forgotten."
    return f"Left open: performed again, it was {short(played.faults[0].got)}"
