"""The page: nothing but what is allowed is in it, and what was said stands in it as it was said."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from her_desktop import events
from her_desktop.events import Recorded, Seen, Span
from her_desktop.paths import resources
from her_desktop.trace.export.html import export_html
from her_desktop.trace.export.visible import is_hidden, visible
from tests.trace.export_sessions import HOSTILE, recorded, reply, sessions, spoken, typed

ELEMENTS = set(
    re.findall(
        r"\w+",
        """html head meta title style body header main footer article section nav div h1 h2 h3 h4 p span b i q small bdi
        code time a mark ul ol li dl dt dd details summary table thead tbody tr th td svg path""",
    )
)
ATTRIBUTES = {
    "class": r"[a-z0-9_ -]+", "id": r"[a-z]+(-\d+)?", "href": r"#[a-z]+(-\d+)?", "dir": "auto", "lang": r"[^<>]*",
    "style": r"--[vw]:\d+(\.\d+)?", "title": r"[\s\S]*", "aria-label": r"[\s\S]*", "aria-labelledby": r"name-\d+",
    "aria-hidden": "true", "tabindex": "-1", "scope": "col", "start": r"\d+", "datetime": r"[0-9T:.+-]+",
    "data-t": r"[\s\S]*", "charset": "utf-8", "name": r"viewport|color-scheme|referrer", "content": r"[^<>]*",
    "http-equiv": "Content-Security-Policy", "viewBox": r"[0-9 -]+", "d": r"[0-9A-Z .-]+",
}  # fmt: skip


STYLE = (resources() / "trace_export.css").read_text("utf-8")


def parsed(page: str, *, styled: bool = False) -> Element:
    """The page as a browser takes it apart; without the style, which is the same in each."""
    assert page.count(STYLE) == 1
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree: Element = parser.parse(page if styled else page.replace(STYLE, ""))
    assert parser.errors == []
    return tree


def name_of(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def check_allowed(tree: Element) -> None:
    for element in tree.iter():
        assert isinstance(element.tag, str), "a comment"
        assert name_of(element) in ELEMENTS
        for key, value in element.attrib.items():
            assert re.fullmatch(ATTRIBUTES[key], value), (key, value)


def texts(tree: Element, who: str) -> Iterator[str]:
    for line in tree.iter("p"):
        if line.get("class") == who:
            words = line.find("bdi")
            assert words is not None
            assert words.get("dir") == "auto"
            yield "".join(words.itertext())


def with_class(tree: Element, name: str) -> list[Element]:
    return [one for one in tree.iter() if name in one.get("class", "").split()]


def shown(element: Element) -> str:
    return "".join(element.itertext())


def test_it_begins_with_a_policy_that_lets_nothing_in() -> None:
    head = parsed(export_html(typed(("hello", "Hello.")))).find("head")
    assert head is not None
    policies = [meta.get("content", "") for meta in head.iter("meta") if meta.get("http-equiv")]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"]


def test_its_style_asks_for_nothing_from_elsewhere() -> None:
    style = parsed(export_html(typed(("hello", "Hello."))), styled=True).find("head/style")
    assert style is not None
    assert style.text
    assert not re.search(r"url\(|@import|@font-face|expression|image-set|//", style.text)


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:20]))
def test_what_was_said_stands_there_and_nothing_else(text: str) -> None:
    tree = parsed(export_html(typed((text, text))))
    check_allowed(tree)
    assert list(texts(tree, "you")) == list(texts(tree, "her")) == [visible(text)]


@given(st.text(st.characters()), st.text(st.characters()))
def test_whatever_was_said(he: str, she: str) -> None:
    tree = parsed(export_html(typed((he, she))))
    check_allowed(tree)
    assert list(texts(tree, "you")) == [visible(he)]
    assert list(texts(tree, "her")) == [visible(she)]


@settings(max_examples=100, deadline=None)
@given(sessions())
def test_whatever_was_recorded(session: list[Recorded]) -> None:
    tree = parsed(export_html(session))
    check_allowed(tree)
    heard = [visible(one.entry.text) for one in session if isinstance(one.entry, events.FinalTranscript)]
    assert list(texts(tree, "you")) == heard


@given(st.text(st.characters()))
def test_no_hidden_character_is_left_in_the_page(text: str) -> None:
    assert not [character for character in export_html(typed((text, text))) if is_hidden(character)]


def test_a_trick_of_direction_is_shown_as_its_number() -> None:
    tree = parsed(export_html(typed(("\u202egnp.exe", "no"))))
    assert list(texts(tree, "you")) == ["\u2039U+202E\u203agnp.exe"]
    (code, *_) = with_class(tree, "code")
    assert code.text == "\u2039U+202E\u203a"


def test_hebrew_and_pictures_of_families_stay_as_they_are() -> None:
    text = "שלום 👨‍👩‍👧 می‌خواهم"
    assert list(texts(parsed(export_html(typed((text, "yes")))), "you")) == [text]


def test_every_word_has_a_line_for_its_origin() -> None:
    spans = (
        Span("You fear ", "author", "a.b#0"), Span("the dark", "mirrored", "heard:2,3"), Span(", ", "author", "a.b#0"),
        Span("Ada", "remembered", "user.name@2"), Span(", at ", "author", "a.b#0"),
        Span("8 PM", "computed", "skill:clock"),
    )  # fmt: skip
    said = reply("".join(span.text for span in spans), spans=spans)
    tree = parsed(export_html(recorded([said])))
    anatomy = next(one for one in tree.iter() if one.get("class") == "anatomy")
    pieces = [(shown(one), one.get("class"), one.get("title", "")) for one in anatomy.iter("span")]
    assert pieces[1] == ("the dark", "o mirrored", "your words: heard:2,3")
    assert pieces[3] == ("Ada", "o remembered", "remembered: user.name@2")
    assert [text for text, _, _ in pieces] == [span.text for span in spans]
    rows = [[shown(cell) for cell in row.iter("td")] for row in tree.iter("tr")][1:]
    assert ["8 PM", "computed", "skill:clock"] in rows


@given(st.data())
def test_techniques_are_seen_in_their_own_words(data: st.DataObject) -> None:
    text = "I wonder, Ada, whether I feel."
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)))) | {0, len(text)})
    spans = tuple(Span(text[a:b], "author", "a.b#0") for a, b in pairwise(cuts))
    at = data.draw(st.integers(0, len(text) - 1))
    words = text[at : data.draw(st.integers(at + 1, len(text)))]
    said = reply(text, spans=spans, seen=(Seen("T03", words, at, "a cue"),))
    tree = parsed(export_html(recorded([said])))
    anatomy = next(one for one in tree.iter() if one.get("class") == "anatomy")
    assert shown(anatomy) == text
    assert "".join(shown(mark) for mark in anatomy.iter("mark")) == words
    assert [mark.get("data-t") for mark in anatomy.iter("mark") if mark.get("data-t")] == ["T03"]


def test_what_was_suppressed_and_what_was_removed_is_told() -> None:
    session = typed(("hello", "Good morning."))
    span = Span("I missed you.", "author", "a.b#1")
    kept = events.Suppressed(rule="a.b", techniques=("T03",), text=span.text, spans=(span,), tone="tender")
    session.insert(1, msgspec.structs.replace(session[0], seq=99, entry=kept))
    mark = events.TurnsMarked(fact="user.name@1", turns=(events.MarkedTurn(turn=1, how="taught"),))
    tree = parsed(export_html(session, [mark]))
    (suppressed,) = with_class(tree, "suppressed")
    assert "not said, since T03 is switched off" in shown(suppressed)
    assert "I missed you." in shown(suppressed)
    (marked,) = with_class(tree, "marked")
    assert (
        shown(marked) == "removed Words were removed here because user.name@1 was forgotten. It was told in this turn."
    )


def test_words_that_never_sounded_are_set_apart() -> None:
    tree = parsed(export_html(spoken()))
    assert list(texts(tree, "her")) == ["It is eight o'clock."]
    (unsaid,) = [one for one in with_class(tree, "unsaid") if name_of(one) == "span"]
    assert shown(unsaid) == "eight o'clock."


def test_other_readings_and_confidences_are_told() -> None:
    tree = parsed(export_html(spoken()))
    folds = {shown(one[0]): shown(one[1]) for one in tree.iter("details") if one.get("class") == "fold"}
    assert "what thyme is it" in folds["how it was heard"]
    assert "0.80" in folds["how it was heard"]
    assert "made it sound" in folds["how long it took"]


def test_a_reader_can_find_their_way() -> None:
    tree = parsed(export_html(typed(("one", "1"), ("two", "2"))))
    ids = [one.get("id") for one in tree.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    targets = {one.get("href", "")[1:] for one in tree.iter("a")}
    assert targets <= set(ids)
    assert {"conversation", "turn-1", "turn-2"} <= targets
    for article in tree.iter("article"):
        assert article.get("aria-labelledby") in ids
    assert len(list(tree.iter("main"))) == len(list(tree.iter("h1"))) == 1


def test_a_session_without_a_turn_is_a_page_too() -> None:
    check_allowed(parsed(export_html([])))
    session: list[Any] = recorded([events.SessionEnded(cause="the input ended")])
    tree = parsed(export_html(session))
    assert "Nobody said anything in this session." in shown(tree)
