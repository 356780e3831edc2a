"""Wordings filled in: what is said, and where every word of it came from."""

import re
from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her_desktop.events import Span
from her_desktop.nlg.filters import CHANGES, SAYINGS, Idiom
from her_desktop.nlg.parse import parse_wording
from her_desktop.nlg.realization import fill, realize, unfit
from her_desktop.nlg.wording import FILTERS, Value, WordingError
from tests.nlg.tongues import english, german

NOW = datetime(2026, 11, 22, 23, 10)


def his(text: str, canonical: str = "", kind: str = "") -> Value:
    return Value(text, "mirrored", "heard:3", canonical, kind)


def listed(*texts: str) -> Value:
    items = tuple(Value(text, "remembered", f"user.drink@{turn}") for turn, text in enumerate(texts, 1))
    return Value("", "remembered", "user.drinks", kind="list", items=items)


def said(template: str, idiom: Idiom | None = None, **values: Value | str) -> tuple[str, tuple[Span, ...]]:
    given_values = {
        name.replace("__", "."): his(value) if isinstance(value, str) else value for name, value in values.items()
    }
    spans = realize(parse_wording(template), given_values, "tea.offer#0", idiom or english(), NOW)
    return "".join(span.text for span in spans), spans


def origins(spans: tuple[Span, ...]) -> list[tuple[str, str, str]]:
    return [(span.text, span.origin, span.source) for span in spans]


def test_every_filter_of_the_allow_list_has_its_function() -> None:
    assert set(FILTERS) == set(CHANGES) | set(SAYINGS)
    assert {name for name, spec in FILTERS.items() if spec.last} == set(SAYINGS)


def test_a_value_keeps_its_origin_and_a_filter_is_named_where_it_changes_words() -> None:
    template = "so, {x|you} and {y|you}, {who|title}, {who|title|first}."
    assert origins(said(template, x="my dog", y="rain", who="ada l")[1]) == [
        ("So, ", "author", "tea.offer#0"),
        ("your dog", "mirrored", "heard:3|you"),
        (" and ", "author", "tea.offer#0"),
        ("rain", "mirrored", "heard:3"),
        (", ", "author", "tea.offer#0"),
        ("Ada L", "mirrored", "heard:3"),
        (", ", "author", "tea.offer#0"),
        ("Ada", "mirrored", "heard:3|first"),
        (".", "author", "tea.offer#0"),
    ]  # fmt: skip


def test_an_optional_part_is_said_only_where_all_its_values_are_there() -> None:
    template = "Hello[, {user.name}]. [You told me about {user.work}[ in {user.town}].] Well?"
    assert said(template)[0] == "Hello. Well?"
    work, town, name = (Value(text, "remembered", "f") for text in ("ships", "Kiel", "Ada"))
    assert said(template, user__work=work)[0] == "Hello. You told me about ships. Well?"
    assert said(template, user__town=town, user__name=name)[0] == "Hello, Ada. Well?"
    assert said(template, user__town=town, user__work=work)[0] == "Hello. You told me about ships in Kiel. Well?"


def test_an_optional_part_is_left_out_where_its_words_cannot_be_turned() -> None:
    assert said("I see.[ Tell me about {x|you}.]", x="our house")[0] == "I see."
    assert said("[{user.name}, ]tell me.")[0] == "Tell me."


def test_the_article_is_computed_and_suits_the_sound() -> None:
    text, spans = said("{x|a}, {y|a}, {z|a}.", x="hour", y="cup of tea", z="the dog")
    assert text == "An hour, a cup of tea, the dog."
    assert origins(spans)[:2] == [("An ", "computed", "filter:a(hour)"), ("hour", "mirrored", "heard:3")]


@pytest.mark.parametrize(
    ("word", "article"),
    [("unicorn", "a"), ("8-hour walk", "an"), ("11th hour", "an"), ("1st kiss", "a"), ("FBI agent", "an"),
     ("honest man", "an"), ("étude", "an"), ("…", "a"), ("1" * 400, "a")],
)  # fmt: skip
def test_articles(word: str, article: str) -> None:
    assert said("not {x|a}", x=word)[0].split()[1] == article


def test_a_list_is_joined_as_the_language_does_and_its_parts_keep_their_origins() -> None:
    text, spans = said("{teas}, or {teas|or}?", teas=listed("tea", "milk", "sugar"))
    assert text == "Tea, milk, and sugar, or tea, milk, or sugar?"
    assert origins(spans)[:5] == [
        ("Tea", "remembered", "user.drink@1"),
        (", ", "computed", "filter:and(tea; milk; sugar)"),
        ("milk", "remembered", "user.drink@2"),
        (", and ", "computed", "filter:and(tea; milk; sugar)"),
        ("sugar", "remembered", "user.drink@3"),
    ]
    assert said("{teas}", german(), teas=listed("Tee", "Milch", "Zucker"))[0] == "Tee, Milch und Zucker"
    assert said("{teas}", teas=listed("tea", "milk"))[0] == "Tea and milk"
    assert said("{teas}", teas=listed("tea"))[0] == "Tea"
    assert said("{things|you}", things=listed("my dog", "my cat"))[0] == "Your dog and your cat"


def test_the_text_that_fits_the_number() -> None:
    template = "{n|0: no notes|one: {n} note|other: {n} notes}"
    assert [said(template, n=his(n, n, "number"))[0] for n in ("0", "1", "2", "1.5")] == [
        "No notes", "1 note", "2 notes", "1.5 notes",
    ]  # fmt: skip
    assert said("{teas|one: one|other: {teas|count}} left", teas=listed("a", "b"))[0] == "2 left"
    assert said("{n|one: a|other: b}", n=his("one", "1.0", "number"))[0] == "A"
    assert said("{n|1: only one|one: a|other: b}", n=his("ten", "10", "number"))[0] == "B"


def test_the_text_that_fits_is_the_authors_and_names_the_choice() -> None:
    spans = said("I have {n|one: {n} note|other: {n} notes}.", n=his("3", "3", "number"))[1]
    assert origins(spans)[1:3] == [("3", "mirrored", "heard:3"), (" notes", "author", "tea.offer#0|n:other")]


def test_plural_texts_of_a_language_with_three_forms() -> None:
    czech = Idiom("cs", english().mirror)
    template = "{n|one: hodina|few: hodiny|other: hodin}"
    assert [said(template, czech, n=his(n, n, "number"))[0] for n in ("1", "3", "5")] == ["Hodina", "Hodiny", "Hodin"]


def test_spoken_words_that_he_said_himself_stay_his() -> None:
    spans = said("In {t|spoken}.", t=his("ten minutes", "PT10M", "duration"))[1]
    assert origins(spans)[1:3] == [
        ("10", "computed", "filter:spoken(PT10M from heard:3)"),
        (" minutes", "mirrored", "heard:3"),
    ]
    assert origins(said("{d|spoken}", d=his("tomorrow", "2026-11-23", "date"))[1]) == [
        ("Tomorrow", "mirrored", "heard:3"),
    ]
    assert said("{d|spoken} um {t|spoken}", german(), d=his("x", "2026-11-23", "date"), t=his("x", "18:30", "time"))[
        0
    ] == ("Morgen um 18:30")


@pytest.mark.parametrize(
    ("template", "why"),
    [
        ("{y}", "y has no value"),
        ("[{y}]", "nothing is left to say"),
        ("{empty}", "empty is empty"),
        ("{ours|you}", "“our house” cannot be turned from me to you"),
        ("{x|spoken}", "“rain” has no exact form"),
        ("{x|one: a|other: b}", "x: “rain” is no number"),
        ("{broken|spoken}", "“soon” is no duration"),
        ("{day|spoken}", "Invalid isoformat string: 'someday'"),
    ],
)
def test_what_cannot_be_said_is_told_and_refused(template: str, why: str) -> None:
    values = {
        "x": his("rain"), "ours": his("our house"), "empty": his(""), "broken": his("soon", "soon", "duration"),
        "day": his("someday", "someday", "date"),
    }  # fmt: skip
    wording = parse_wording(template)
    assert unfit(wording, values, english(), NOW) == why
    with pytest.raises(WordingError, match=re.escape(why)):
        realize(wording, values, "s", english(), NOW)
    optional = parse_wording(f"Well.[ {template}]")
    assert realize(optional, values, "s", english(), NOW) == (Span("Well.", "author", "s"),)


def test_filling_in_leaves_every_letter_as_it_was() -> None:
    spans = fill(parse_wording("{name|title}. {x}"), {"name": his("ada"), "x": his("tea")}, "s", english(), NOW)
    assert "".join(span.text for span in spans) == "Ada. tea"


words = st.text(min_size=1, max_size=12).filter(str.strip)
values = st.one_of(
    st.builds(his, words),
    st.builds(his, words, st.integers(-(10**20), 10**20).map(str), st.just("number")),
    st.builds(his, words, st.integers(0, 10**6).map("PT{}S".format), st.just("duration")),
    st.builds(his, words, st.dates().map(str), st.just("date")),
    st.builds(his, words, st.times().map(lambda t: t.isoformat("minutes")), st.just("time")),
    st.lists(words, min_size=1, max_size=4).map(lambda texts: listed(*texts)),
)
holes = st.sampled_from(
    ["{a}", "{b}", "{a|you}", "{b|title}", "{a|first}", "{a|a}", "{b|spoken}", "{a|or}", "{b|count}", "{c}",
     "{, user.d}", "{a|one: {b} x|other: {a} y}"]
)  # fmt: skip
plain = st.text(st.sampled_from("aß.ǆ!?… \"'()i2éİ–"), max_size=6)
templates = st.recursive(
    st.one_of(plain, holes),
    lambda inside: st.one_of(
        st.lists(inside, max_size=4).map("".join),
        st.builds("[{}{}]".format, holes, inside),
    ),
    max_leaves=12,
)


@given(templates, st.dictionaries(st.sampled_from(["a", "b", "c", "user.d"]), values), st.sampled_from(["en", "de"]))
def test_any_wording_with_any_values_is_said_whole_or_refused(
    template: str, given_values: dict[str, Value], code: str
) -> None:
    idiom = english() if code == "en" else german()
    wording = parse_wording(template)
    reason = unfit(wording, given_values, idiom, NOW)
    if reason:
        with pytest.raises(WordingError, match=re.escape(reason)):
            realize(wording, given_values, "rule#0", idiom, NOW)
        return
    spans = realize(wording, given_values, "rule#0", idiom, NOW)
    assert all(span.text and span.source for span in spans)
    joined = "".join(span.text for span in spans)
    assert joined == joined.strip()
    as_it_was = "".join(span.text for span in fill(wording, given_values, "rule#0", idiom, NOW))
    assert len(joined) == len(as_it_was)
    assert joined.casefold().replace("i̇", "i") == as_it_was.casefold().replace("i̇", "i")
    assert all(now == was or now == was.title() for now, was in zip(joined, as_it_was, strict=True))
    assert all((one.origin, one.source) != (two.origin, two.source) for one, two in pairwise(spans))
