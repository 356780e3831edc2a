"""Why this rule and no other: the printed order, what its words had to be, its conditions, and why each other lost."""

from __future__ import annotations

from collections.abc import Iterator

from her_desktop.events import Condition, Decision, Interpreted, Loser, Volunteered
from her_desktop.trace.export.page_heard import missed
from her_desktop.trace.export.tags import Html, said, tag
from her_desktop.trace.export.turns import TurnTold
from her_desktop.trace.export.words import value
from her_desktop.trace.summaries import overlooked, summary

_LONG = 150
"""A reason of more characters than this is folded."""


def won(decision: Decision) -> Iterator[Html]:
    """The winner: the template, what it caught, what was overlooked, the printed order."""
    rows: list[tuple[str, Html]] = []
    if decision.template:
        rows.append(("fits", tag("code", said(decision.template))))
    for name, words in decision.slots.items():
        canonical = decision.values.get(name, "")
        rows.append((f"{{{name}}}", said(f"“{words}”" + (f" = {canonical}" if canonical else ""))))
    rows += [("overlooked", said(overlooked(repair))) for repair in decision.repairs]
    if decision.unused:
        rows.append(("not used", said(" ".join(decision.unused))))
    order = " · ".join(f"{field} {value(what)}" for field, what in decision.order)
    rows.append(("order", said(order)))
    yield tag("dl", *(tag("div", tag("dt", name), tag("dd", what)) for name, what in rows))
    yield from conditions(decision.conditions)


def conditions(found: tuple[Condition, ...]) -> Iterator[Html]:
    """Each condition with the values that its names had."""
    if found:
        rows = [
            tag("li", tag("code", said(one.text)), f" is {'true' if one.value else 'false'}", _names(one))
            for one in found
        ]
        yield tag("h4", "conditions")
        yield tag("ul", *rows)


def _names(condition: Condition) -> Html | str:
    told = ", ".join(f"{name} = {value(what)}" for name, what in condition.names.items())
    return tag("span", " · ", said(told), class_="why") if told else ""


def lost(turn: TurnTold) -> Iterator[Html]:
    """Every rule that was considered and lost, with the reason, and those that came close."""
    known: set[str] = set()
    for decision in turn.all(Decision):
        known |= {decision.rule, *(loser.rule for loser in decision.losers)}
        if decision.losers:
            yield tag("ol", *map(_loser, decision.losers), class_="losers")
    for read in turn.all(Interpreted):
        yield tag("p", summary(read), class_="note")
        if close := list(missed(read, known)):
            yield tag("h4", "came close")
            yield tag("ul", *close, class_="losers")


def _loser(loser: Loser) -> Html:
    return tag("li", tag("code", loser.rule), " ", _reason(loser.reason))


def _reason(reason: str) -> Html:
    if len(reason) <= _LONG:
        return tag("span", said(reason), class_="why")
    short = tag("summary", said(reason[: _LONG - 20].rsplit(" ", 1)[0] + " …"))
    return tag("details", short, said(reason), class_="why")


def brought_up(turn: TurnTold) -> Iterator[Html]:
    """What she brought up by herself after the answer."""
    for entry in turn.all(Volunteered):
        yield tag("p", tag("code", entry.rule), " ", said(summary(entry)))
        yield from conditions(entry.conditions)
        if entry.losers:
            yield tag("ol", *map(_loser, entry.losers), class_="losers")
