"""The words of a reply taken apart: where each one came from, and in which of them a technique can be seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise

from her_desktop.events import Reply, Seen, Span
from her_desktop.trace.distance import Distance, distance, told
from her_desktop.trace.export.tags import Html, said, tag
from her_desktop.trace.export.words import ORIGINS


def legend() -> Html:
    """What the lines below the words mean."""
    items = [tag("li", tag("span", label, class_=f"o {origin}")) for origin, label in ORIGINS.items()]
    return tag("ul", *items, tag("li", tag("mark", "a technique", data_t="T00")), class_="legend")


def anatomy(reply: Reply) -> Html:
    """The reply with a line below each word for where it came from."""
    return tag("p", tag("bdi", *_pieces(reply.spans, reply.seen), dir="auto"), class_="anatomy")


def plain_anatomy(spans: Iterable[Span]) -> Html:
    """The same for words that were not said."""
    return tag("p", tag("bdi", *_pieces(tuple(spans), ()), dir="auto"), class_="anatomy unsaid")


def measured(reply: Reply) -> Html:
    """The distance of a reply: as a bar, and in words."""
    counted = distance(reply)
    return tag("div", bar(counted), tag("p", told(counted), class_="note"), class_="distance")


def bar(counted: Distance) -> Html:
    """The share of each origin as a bar."""
    shares = {origin: getattr(counted, origin) for origin in ORIGINS}
    parts = [tag("i", class_=f"o {o}", style=f"--v:{count}") for o, count in shares.items() if count]
    return tag("div", *parts, class_="bar", aria_hidden="true")


def word_by_word(reply: Reply) -> Html:
    """The same as a list that can be read out: each stretch, its origin, its source."""
    rows = [tag("tr", *_cells(span)) for span in reply.spans if span.text.strip()]
    head = tag("tr", *(tag("th", name, scope="col") for name in ("words", "origin", "source")))
    return tag("table", tag("thead", head), tag("tbody", *rows))


def _cells(span: Span) -> Iterator[Html]:
    yield tag("td", said(span.text.strip(), "words"))
    yield tag("td", tag("span", ORIGINS[span.origin], class_=f"o {span.origin}"))
    yield tag("td", said(span.source))


def _pieces(spans: tuple[Span, ...], seen: tuple[Seen, ...]) -> Iterator[Html]:
    """Each stretch between two borders, of a span or of a technique."""
    ends = list(accumulate(len(span.text) for span in spans))
    shown = [one for one in seen if one.words]
    borders = sorted({0, *ends, *(one.at for one in shown), *(one.at + len(one.words) for one in shown)})
    text = "".join(span.text for span in spans)
    place = 0
    for begin, end in pairwise([at for at in borders if at <= len(text)]):
        while ends[place] <= begin:
            place += 1
        piece = _piece(spans[place], text[begin:end])
        over = [one for one in shown if one.at <= begin and end <= one.at + len(one.words)]
        yield _marked(piece, over, end) if over else piece


def _piece(span: Span, text: str) -> Html:
    return tag("span", text, class_=f"o {span.origin}", title=f"{ORIGINS[span.origin]}: {span.source}")


def _marked(piece: Html, over: list[Seen], end: int) -> Html:
    """A stretch in which techniques are seen, named where they end."""
    names = dict.fromkeys(one.technique for one in over if one.at + len(one.words) == end)
    return tag("mark", piece, data_t=" ".join(names))
