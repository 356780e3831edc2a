"""The ledger as lines that a person reads in a terminal: what the figures tell, and what they cannot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from textwrap import shorten, wrap

from her_desktop.trace.compare import CONFIDENCE, FEWEST_CASES, FEWEST_TALKS, Comparison
from her_desktop.trace.ledger import Ledger
from her_desktop.trace.uses import Use

WIDTH = 100
NOTHING = "Nothing was said in this span, so there is nothing to tell. The whole record: her-desktop trace ledger"
_NAME = 36
_CLASSES = "N neutral craft · I builds intimacy · M manipulates · P protects you · I/M allowed as fiction only"
_NOT_CAUSED = (
    "What followed is not what it caused: a reply answers what you said before, and often carries several techniques "
    "at once."
)


def paragraph(text: str, indent: str = "") -> list[str]:
    """A text in lines that fit."""
    return wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent)


def many(number: int, one: str, more: str = "") -> str:
    """A number of things: “1 reply”, “1,200 replies”."""
    return f"{number:,} {one if number == 1 else more or one + 's'}"


def day(at: dt.date, beside: dt.date | None = None) -> str:
    """A day: “Nov 1”, with its year where that is not the one of the day beside it."""
    short = f"{at:%b} {at.day}"
    return short if beside and beside.year == at.year else f"{short}, {at.year}"


def days(first: dt.date, last: dt.date) -> str:
    """A span of days: “Nov 1 to Nov 22, 2026”."""
    return day(last) if day(first) == day(last) else f"{day(first, last)} to {day(last)}"


def signed(number: float, digits: int = 1) -> str:
    """A difference: “+1.4”, with a real minus sign, and “±0.0” where it is rounded away."""
    text = f"{abs(number):.{digits}f}"
    return f"{'±' if not float(text) else '+' if number > 0 else '−'}{text}"  # noqa: RUF001 -- a minus sign


def heading(ledger: Ledger) -> Iterator[str]:
    """What the span holds."""
    assert ledger.first, "an empty span is told as such"
    assert ledger.last, "likewise"
    span = days(ledger.first, ledger.last)
    yield f"{many(ledger.sessions, 'session')}, {many(ledger.turns, 'turn')}, {span}"
    yield from paragraph(
        f"Of {many(ledger.replies, 'reply', 'replies')} {ledger.replies_building_intimacy:,} used a technique that "
        f"builds intimacy, {ledger.replies_protecting:,} one that protects you and "
        f"{ledger.replies_manipulating or 'none'} one that manipulates; {ledger.replies_without_technique:,} none."
    )
    if shown := ledger.replies_of_the_exhibit:
        yield from paragraph(f"{many(shown, 'reply', 'replies')} showed pieces of the exhibit, which count as no use.")
    if held := sum(use.suppressed for use in ledger.uses):
        yield from paragraph(f"{many(held, 'use')} were held back, as you have switched the technique off.")
    if ledger.talks_cut_off:
        yield from paragraph(
            f"{many(ledger.talks_cut_off, 'talk')} broke off or still goes on: how long you would have stayed is not "
            "known, and not counted."
        )


def table(ledger: Ledger) -> Iterator[str]:
    """A line for each technique, and how to read it."""
    above, below = ("in", "", "", "", "next you", "turns still", "a warm"), (
        "replies", "sessions", "since", "last", "said words", "to come", "word in",
    )  # fmt: skip
    yield from (_line(f"{'':{_NAME + 10}}", cells) for cells in (above, below))
    for use in ledger.uses:
        name = shorten(use.name, _NAME - 6, placeholder="…") + " (off)" if use.off else use.name
        name = shorten(name, _NAME, placeholder="…")
        yield _line(f"{use.technique:<4} {'/'.join(use.classes):<4} {name:<{_NAME}}", _cells(use))
    yield ""
    yield from paragraph(_CLASSES)
    yield from paragraph(_reading(ledger))


def _line(name: str, cells: tuple[str, ...]) -> str:
    widths = (7, 9, 8, 8, 12, 12, 12)
    return (name + "".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))).rstrip()


def _cells(use: Use) -> tuple[str, ...]:
    followed, near = use.followed, use.last or use.since
    since, last = (f"{at:%b} {at.day}" if at and near else "" for at in (use.since, use.last))
    return (
        f"{use.replies:,}", f"{use.sessions:,}", since, last, _cell(followed.next_words),
        _cell(followed.turns_to_come), _cell(followed.warm_share, percent=True),
    )  # fmt: skip


def _cell(comparison: Comparison, *, percent: bool = False) -> str:
    if comparison.mean is None:
        return ""
    mean = f"{comparison.mean:.0%}" if percent else f"{comparison.mean:.1f}"
    if comparison.difference is None:
        return f"{mean}    · "
    difference = signed(comparison.difference * 100, 0) if percent else signed(comparison.difference)
    return f"{mean} {difference:>5}{'*' if comparison.tells else ' '}"


def _reading(ledger: Ledger) -> str:
    chance = round(ledger.comparisons * (1 - CONFIDENCE))
    few = f"fewer than {FEWEST_CASES} replies on either side, or {FEWEST_TALKS} talks"
    stars = f"Of {many(ledger.comparisons, 'difference')} about {chance} would be starred by chance alone. "
    return (
        "On the right is what followed: the words of what you said next, how many more times you spoke in that talk, "
        "and how often there was a warm word in what you said next. The signed figure is the difference from her "
        f"other replies at the same place in their talks; * where it is more than chance explains ({CONFIDENCE:.0%}), "
        f"· where it is too little to tell ({few}). {stars * (ledger.comparisons > 0)}{_NOT_CAUSED}"
    )


def detail(use: Use) -> Iterator[str]:
    """All that is known of one technique, in sentences."""
    yield f"{use.technique} {use.name} ({'/'.join(use.classes)})"
    if use.since:
        when = f", first on {day(use.since)}" + (f", last on {day(use.last)}" if use.last else "")
        yield f"In {many(use.replies, 'reply', 'replies')} of {many(use.sessions, 'session')}{when}."
    if use.suppressed:
        yield f"Held back {many(use.suppressed, 'time')}."
    if use.off:
        yield "It is switched off now."
    followed = use.followed
    yield from paragraph(_sentence("You said {} words next", followed.next_words))
    yield from paragraph(_sentence("You spoke {} more times in that talk", followed.turns_to_come))
    yield from paragraph(_sentence("You answered after {} seconds", followed.answer_s))
    yield from paragraph(
        _sentence("There was a warm word in {} of what you said next", followed.warm_share, share=True)
    )
    yield from paragraph(
        _sentence("{} of these replies were counted as well received", followed.well_received_share, share=True)
    )
    yield from paragraph(_NOT_CAUSED)


def _sentence(text: str, found: Comparison, *, share: bool = False) -> str:
    """One measure: “You said 8.2 words next (42 times). After other replies … 6.8 …”."""
    if found.mean is None:
        return text.format("…") + ": never counted."
    said = f"{text.format(_figure(found.mean, share=share))} ({many(found.cases, 'case')})."
    if found.difference is None or found.usual is None or found.low is None or found.high is None:
        return f"{said} Too few to tell whether that is unusual."
    scale, unit = (100, " points") if share else (1, "")
    low, high = signed(found.low * scale), signed(found.high * scale)
    verdict = "more than chance explains" if found.tells else "which may be chance"
    return (
        f"{said} {_figure(found.usual, share=share)} is usual after other replies at the same place in a talk "
        f"({many(found.other_cases, 'case')}): {signed(found.difference * scale)}{unit}, between {low} and {high}, "
        f"{verdict}."
    )


def _figure(value: float, *, share: bool) -> str:
    return f"{value:.0%}" if share else f"{value:.1f}"
