"""Which rules were considered in a turn, and why one of them won. Pure: entries in, what QML draws out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from her_desktop import events as ev
from her_desktop.events import Condition, Decision, Entry, Interpreted, Loser, Volunteered
from her_desktop.ui.pages.now_heard import Told, last

_OUTRANKED = re.compile(r"outranked by (?P<by>\S+) on (?P<field>[^:]+): (?P<theirs>.*) after (?P<ours>.*)", re.DOTALL)
_FALSE = re.compile(r"condition is false: (?P<text>.*) \((?P<names>.*)\)", re.DOTALL)
_LONG = 70


def considered(entries: Sequence[Entry]) -> Told:
    """The part CONSIDERED: every rule in its order, the winner first, each loser with what decided against it."""
    groups = [_group(decision, at) for at, decision in enumerate(_all(entries, Decision))]
    groups += [_brought_up(one) for one in _all(entries, Volunteered)]
    reads = _all(entries, Interpreted)
    if not groups and not reads:
        return {}
    return {"note": "; then ".join(map(_tried, reads)), "groups": groups}


def won(entries: Sequence[Entry]) -> Told:
    """The part WHY IT WON: the printed order, what the words had to be, the conditions with their values."""
    decisions = _all(entries, Decision)
    if not decisions:
        return {}
    decision = decisions[-1]
    runner_up = next((found for one in decision.losers if (found := _OUTRANKED.fullmatch(one.reason))), None)
    decided = runner_up["field"] if runner_up else ""
    return {
        "rule": decision.rule,
        "order": [_field(field, value, decided) for field, value in decision.order],
        "decided": _decided(decision),
        "template": decision.template,
        "slots": [_slot(name, words, decision) for name, words in decision.slots.items()],
        "conditions": [_condition(one) for one in decision.conditions],
        "besides": list(_besides(entries)),
    }


def plain(value: Any) -> str:
    """A value as people write it."""
    return "(" + ", ".join(map(plain, value)) + ")" if isinstance(value, list | tuple) else str(value)


def _all(entries: Sequence[Entry], kind: type[Any]) -> list[Any]:
    return [entry for entry in entries if isinstance(entry, kind)]


def _tried(read: Interpreted) -> str:
    fit = sum(one.matched for one in read.candidates)
    return f"{read.tried:,} of {read.of:,} rules tried · {fit} fit, {len(read.candidates) - fit} came close"


def _group(decision: Decision, at: int) -> Told:
    head = "then the command that was held, heard again" if at else ""
    winner = {"won": True, "rule": decision.rule, "reason": _short_order(decision), "short": _short_order(decision)}
    return {"head": head, "rows": [winner, *map(_loser, decision.losers)]}


def _brought_up(one: Volunteered) -> Told:
    causes = {"follow_up": "a follow-up that is due", "gambit": "a gambit of her own", "notice": "what must be said"}
    cause = causes[one.cause]
    winner = {"won": True, "rule": one.rule, "reason": cause, "short": cause}
    return {"head": "what she could bring up by herself", "rows": [winner, *map(_loser, one.losers)]}


def _short_order(decision: Decision) -> str:
    order = dict(decision.order)
    told = [decision.tier]
    if "own words" in order:
        left = order.get("words left over", 0)
        told.append(f"{order['own words']} own words" + (f", {left} left over" if left else ", none left over"))
    if order.get("alternative"):
        told.append(f"reading {order['alternative'] + 1}")
    return " · ".join([*told, "held: she asks first"] if decision.held else told)


def _loser(loser: Loser) -> Told:
    return {"won": False, "rule": loser.rule, "reason": loser.reason, "short": short_reason(loser.reason)}


def short_reason(reason: str) -> str:
    """A reason in one line or two: without the winner's name, and without the values of a long condition."""
    if found := _OUTRANKED.fullmatch(reason):
        return f"outranked on {found['field']}: {found['theirs']} after {found['ours']}"
    if len(reason) > _LONG and (found := _FALSE.fullmatch(reason)):
        text = " ".join(found["text"].split())
        return f"false: {text if len(text) <= _LONG else text[: _LONG - 1].rstrip() + '…'}"
    return reason


def _field(field: str, value: Any, decided: str) -> Told:
    return {
        "field": field, "value": plain(value), "term": "order_" + field.replace(" ", "_"), "decided": field == decided,
    }  # fmt: skip


def _decided(decision: Decision) -> str:
    for loser in decision.losers:
        if found := _OUTRANKED.fullmatch(loser.reason):
            return f"{loser.rule} came next, behind on {found['field']}: {found['theirs']} after {found['ours']}"
    return "no other rule that may speak now fits these words"


def _slot(name: str, words: str, decision: Decision) -> Told:
    return {"name": name, "words": words, "value": decision.values.get(name, "")}


def _condition(one: Condition) -> Told:
    names = ", ".join(f"{name} = {plain(value)}" for name, value in one.names.items())
    return {"text": one.text, "holds": one.value, "names": names}


def _besides(entries: Sequence[Entry]) -> Iterator[str]:
    """What else came of it: a command held or resumed, something brought up."""
    if resumed := last(entries, ev.CommandResumed):
        yield f"You said that it was meant, so the command that was held is heard again: “{resumed.text}”."
    if held := last(entries, ev.CommandHeld):
        yield f"It does something, and the words had to be repaired; so {held.asking} asks first whether it was meant."
    for one in _all(entries, Volunteered):
        cause = "she had planned to" if one.cause == "follow_up" else "the talk left room for it"
        wording = f"wording {one.variant + 1} of {one.of}" if one.variant >= 0 else "the plain wording"
        yield f"Then she brings up {one.rule} by herself, since {cause}: {wording}."
