"""Which stretches of an utterance are numbers, lengths of time, times and dates, and which only sound like it."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from her_desktop.dialogue.packs import load_language
from her_desktop.language import ValueWords, tokenize
from her_desktop.nlu.value_chart import MOST_NUMBERS
from her_desktop.nlu.value_numbers import cardinal
from her_desktop.nlu.values import MOST_TOKENS, TypedSpan, ValueType, spans, warm
from her_desktop.paths import resources
from her_desktop.trouble import Trouble

NOW = datetime(2026, 11, 22, 14, 20)  # a Sunday
KINDS: tuple[ValueType, ...] = ("number", "duration", "time", "date")


LANGUAGES = {"en": load_language(resources() / "dialogue" / "en"), "de": load_language(resources() / "dialogue" / "de")}


def found(kind: ValueType, code: str, said: str, now: datetime = NOW) -> tuple[TypedSpan, ...]:
    language = LANGUAGES[code]
    return spans(kind, tokenize(said, language.contractions), language, now)


def values(kind: ValueType, code: str, said: str, now: datetime = NOW) -> list[str]:
    """Of the stretches that lie in no longer one."""
    every, longest = found(kind, code, said, now), list[TypedSpan]()
    for span in every:
        if not longest or span.end > longest[-1].end:
            longest.append(span)
    return [span.value for span in longest]


def stretches(kind: ValueType, code: str, said: str) -> dict[str, str]:
    tokens = tokenize(said, LANGUAGES[code].contractions)
    return {" ".join(t.norm for t in tokens[s.start : s.end]): s.value for s in found(kind, code, said)}


def table(kind: ValueType, code: str, text: str) -> list[tuple[ValueType, str, str, str]]:
    lines = (line.split("=") for line in text.strip().splitlines())
    return [(kind, code, said.strip(), value.strip()) for said, value in lines]


NUMBERS = table(
    "number",
    "en",
    """
    twenty five = 25
    twenty-five = 25
    25 = 25
    two and a half = 2.5
    one hundred and twenty three = 123
    a hundred = 100
    two thousand and six = 2006
    minus three = -3
    minus three point five = -3.5
    three point one four = 3.14
    a dozen = 12
    zero = 0
    1.5 = 1.5
    1,250.50 = 1250.5
    2 million = 2000000
    seventeen = 17
    one = 1
    """,
) + table(
    "number",
    "de",
    """
    einundzwanzig = 21
    zwei und zwanzig = 22
    21 = 21
    drei = 3
    eins = 1
    hundertdreiundzwanzig = 123
    dreißig = 30
    eine million = 1000000
    zweieinhalb = 2.5
    zwei und ein halb = 2.5
    anderthalb = 1.5
    minus drei = -3
    drei komma fünf = 3.5
    3,5 = 3.5
    1.250,50 = 1250.5
    null = 0
    ein dutzend = 12
    """,
)

DURATIONS = table(
    "duration",
    "en",
    """
    ten minutes = PT10M
    10min = PT10M
    twenty-five minutes = PT25M
    half an hour = PT30M
    an hour and a half = PT1H30M
    two hours and a half = PT2H30M
    one and a half hours = PT1H30M
    a quarter of an hour = PT15M
    three quarters of an hour = PT45M
    an hour and a quarter = PT1H15M
    ninety seconds = PT1M30S
    1.5 hours = PT1H30M
    a couple of minutes = PT2M
    an hour = PT1H
    an hour and fifteen minutes = PT1H15M
    1 hour 30 minutes = PT1H30M
    one minute thirty = PT1M30S
    2 hours 5 minutes and 10 seconds = PT2H5M10S
    half a second = PT0.5S
    a day and a half = P1DT12H
    two days = P2D
    a week = P7D
    a fortnight = P14D
    half a year = P6M
    """,
) + table(
    "duration",
    "de",
    """
    zehn minuten = PT10M
    eine halbe stunde = PT30M
    einer halben stunde = PT30M
    anderthalb stunden = PT1H30M
    zweieinhalb stunden = PT2H30M
    1,5 stunden = PT1H30M
    eine viertelstunde = PT15M
    eine dreiviertelstunde = PT45M
    eine stunde und zwanzig minuten = PT1H20M
    eine stunde dreißig = PT1H30M
    neunzig sekunden = PT1M30S
    einundzwanzig minuten = PT21M
    zwei tagen = P2D
    eine woche = P7D
    sechs monate = P6M
    """,
)

TIMES = table(
    "time",
    "en",
    """
    half past six = 18:30
    half six = 18:30
    quarter to seven = 18:45
    a quarter past three = 15:15
    ten past five = 17:10
    twenty five past four = 16:25
    ten minutes to five = 16:50
    five to twelve = 23:55
    twenty to one = 00:40
    six thirty = 18:30
    six oh five = 18:05
    6 pm = 18:00
    6pm = 18:00
    six p m = 18:00
    six p.m. = 18:00
    6:30 am = 06:30
    06:30 = 06:30
    18:30 = 18:30
    6:30 = 18:30
    at six = 18:00
    at two = 02:00
    at twelve = 00:00
    ten o'clock = 22:00
    noon = 12:00
    midnight = 00:00
    seven in the morning = 07:00
    twelve in the afternoon = 12:00
    eleven at night = 23:00
    eight o'clock tonight = 20:00
    six = 18:00
    """,
) + table(
    "time",
    "de",
    """
    halb sieben = 18:30
    viertel vor acht = 19:45
    viertel nach drei = 15:15
    dreiviertel acht = 19:45
    zehn nach fünf = 17:10
    fünf vor halb sieben = 18:25
    fünf nach halb vier = 15:35
    18 uhr 30 = 18:30
    achtzehn uhr dreißig = 18:30
    18.30 uhr = 18:30
    6:30 = 06:30
    um sechs = 18:00
    um ein uhr = 01:00
    sieben uhr morgens = 07:00
    drei uhr nachts = 03:00
    elf uhr nachts = 23:00
    acht uhr abends = 20:00
    mittag = 12:00
    mitternacht = 00:00
    """,
)

DATES = table(
    "date",
    "en",
    """
    today = 2026-11-22
    tonight = 2026-11-22
    tomorrow = 2026-11-23
    tomorrow morning = 2026-11-23
    the day after tomorrow = 2026-11-24
    yesterday = 2026-11-21
    friday = 2026-11-27
    on friday = 2026-11-27
    next friday = 2026-11-27
    sunday = 2026-11-29
    last monday = 2026-11-16
    last sunday = 2026-11-15
    the 3rd of december = 2026-12-03
    the third of december = 2026-12-03
    december the third = 2026-12-03
    december twenty fifth = 2026-12-25
    3 december = 2026-12-03
    november twenty second = 2026-11-22
    november twenty first = 2027-11-21
    march the third nineteen eighty four = 1984-03-03
    july 4th 1990 = 1990-07-04
    february twenty ninth = 2028-02-29
    the 12th = 2026-12-12
    on the thirty first = 2026-12-31
    2026-12-24 = 2026-12-24
    in two weeks = 2026-12-06
    in a month = 2026-12-22
    three days from now = 2026-11-25
    a week from tomorrow = 2026-11-30
    two days ago = 2026-11-20
    next week = 2026-11-29
    christmas = 2026-12-25
    new year's eve = 2026-12-31
    """,
) + table(
    "date",
    "de",
    """
    heute abend = 2026-11-22
    heute morgen = 2026-11-22
    morgen = 2026-11-23
    morgen früh = 2026-11-23
    übermorgen = 2026-11-24
    vorgestern = 2026-11-20
    nächsten freitag = 2026-11-27
    letzten montag = 2026-11-16
    am dritten dezember = 2026-12-03
    am 3. dezember = 2026-12-03
    am fünfundzwanzigsten dezember = 2026-12-25
    erster märz = 2027-03-01
    am dritten märz neunzehnhundertvierundachtzig = 1984-03-03
    am einundzwanzigsten = 2026-12-21
    24.12.2026 = 2026-12-24
    am 24.12. = 2026-12-24
    in zwei wochen = 2026-12-06
    heute in acht tagen = 2026-11-30
    vor zwei tagen = 2026-11-20
    nächste woche = 2026-11-29
    weihnachten = 2026-12-25
    """,
)


@pytest.mark.parametrize(("kind", "code", "said", "value"), NUMBERS + DURATIONS + TIMES + DATES)
def test_a_phrase_as_a_whole_is_its_value(kind: ValueType, code: str, said: str, value: str) -> None:
    tokens = tokenize(said, LANGUAGES[code].contractions)
    assert TypedSpan(0, len(tokens), value) in found(kind, code, said)


@pytest.mark.parametrize(
    ("kind", "code", "said", "expected"),
    [
        ("duration", "en", "set a timer for twenty five minutes please", ["PT25M"]),
        ("duration", "en", "Remind me in an hour and a half to call Mum.", ["PT1H30M"]),
        ("duration", "en", "is it five or ten minutes", ["PT10M"]),
        ("time", "en", "wake me at a quarter to seven in the morning", ["06:45"]),
        ("time", "en", "tomorrow morning at eight", ["08:00"]),
        ("time", "en", "tonight at nine", ["21:00"]),
        ("date", "en", "what is on next tuesday evening", ["2026-11-24"]),
        ("date", "en", "my birthday is on the second of june", ["2027-06-02"]),
        ("date", "en", "is it monday or tuesday", ["2026-11-23", "2026-11-24"]),
        ("number", "en", "pick a number between one and ten", ["1", "10"]),
        ("number", "en", "i am forty two years old", ["42"]),
        ("number", "en", "one two three", ["1", "2", "3"]),
        ("duration", "de", "stell einen Timer auf zwanzig Minuten", ["PT20M"]),
        ("duration", "de", "erinnere mich in einer halben Stunde", ["PT30M"]),
        ("time", "de", "weck mich morgen früh um halb sieben", ["06:30"]),
        ("time", "de", "heute abend um zehn vor acht", ["19:50"]),
        ("date", "de", "ich habe am vierundzwanzigsten Dezember Geburtstag", ["2026-12-24"]),
        ("number", "de", "ich bin zweiundvierzig Jahre alt", ["42"]),
    ],
)
def test_a_value_is_found_within_a_sentence(kind: ValueType, code: str, said: str, expected: list[str]) -> None:
    assert values(kind, code, said) == expected


@pytest.mark.parametrize(
    ("code", "said"),
    [
        *(
            ("en", said)
            for said in (
                "I may be late",
                "march on",
                "may I ask",
                "the second may be better",
                "one of my friends",
                "I have no one",
                "you are the one",
                "one by one",
                "wait a second",
                "just a minute",
                "do you have a minute",
                "a second opinion",
                "the sun is shining",
                "that is sound advice",
                "it is half empty",
                "quarter finals",
                "point taken",
                "in a way",
                "a lot of people",
                "to be or not to be",
                "what time is it",
                "oh no",
                "at home",
                "he was a mason from april",
            )
        ),
        *(
            ("de", said)
            for said in (
                "guten Morgen",
                "jeden Morgen",
                "ich habe eine Schwester",
                "der eine oder andere",
                "ich bin um eine Ecke gegangen",
                "halb so wild",
                "vor allem",
                "nach Hause",
                "gib acht auf dich",
                "ein Freund",
                "ein bisschen",
                "ich mag dich",
                "so so",
                "wir sind eins",
                "zum ersten Mal",
            )
        ),
    ],
)
def test_an_ordinary_sentence_holds_no_value(code: str, said: str) -> None:
    assert {kind: found(kind, code, said) for kind in KINDS} == dict.fromkeys(KINDS, ())


def test_a_scale_from_one_to_ten_holds_numbers_but_no_time() -> None:
    assert values("number", "en", "on a scale from one to ten") == ["1", "10"]
    assert values("time", "en", "on a scale from one to ten") == []


def test_a_shorter_stretch_is_given_only_where_it_comes_to_the_same() -> None:
    assert stretches("date", "en", "see you on friday") == {"on friday": "2026-11-27", "friday": "2026-11-27"}
    assert stretches("time", "en", "wake me at half past six") == {
        "at half past six": "18:30",
        "half past six": "18:30",
    }
    assert stretches("date", "en", "the day after tomorrow") == {
        "the day after tomorrow": "2026-11-24",
        "day after tomorrow": "2026-11-24",
    }
    assert stretches("number", "en", "twenty five minutes") == {"twenty five": "25"}
    assert stretches("duration", "en", "twenty five minutes") == {"twenty five minutes": "PT25M"}


def test_a_contraction_of_two_tokens_shifts_what_follows() -> None:
    tokens = tokenize("what's on friday", LANGUAGES["en"].contractions)
    assert [token.norm for token in tokens] == ["what", "is", "on", "friday"]
    assert TypedSpan(3, 4, "2026-11-27") in found("date", "en", "what's on friday")


@pytest.mark.parametrize(
    ("hour", "minute", "value"),
    [(5, 59, "06:00"), (6, 0, "18:00"), (17, 59, "18:00"), (18, 0, "06:00"), (23, 30, "06:00")],
)
def test_of_two_times_that_fit_the_next_one_after_now_is_meant(hour: int, minute: int, value: str) -> None:
    assert values("time", "en", "at six", NOW.replace(hour=hour, minute=minute)) == [value]


@pytest.mark.parametrize(
    ("said", "day", "value"),
    [
        ("friday", date(2026, 11, 27), "2026-12-04"),
        ("last friday", date(2026, 11, 27), "2026-11-20"),
        ("the third of december", date(2026, 12, 3), "2026-12-03"),
        ("the third of december", date(2026, 12, 4), "2027-12-03"),
        ("in a month", date(2027, 1, 31), "2027-02-28"),
        ("on the thirty first", date(2027, 2, 1), "2027-03-31"),
        ("tomorrow", date(2026, 12, 31), "2027-01-01"),
    ],
)
def test_a_date_is_seen_from_today(said: str, day: date, value: str) -> None:
    assert values("date", "en", said, datetime.combine(day, time(12))) == [value]


@pytest.mark.parametrize(
    "said", ["the thirty second of december", "february thirtieth", "in 99999 years", "30.02.2027"]
)
def test_a_day_that_no_calendar_has_is_none(said: str) -> None:
    assert values("date", "en", said) == []
    assert values("date", "de", said) == []


def test_tomorrow_is_none_on_the_last_day_of_all_calendars() -> None:
    assert values("date", "en", "tomorrow", datetime.max) == []
    assert values("date", "en", "yesterday", datetime.min) == []


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=-11)), timezone(timedelta(hours=13))])
def test_only_the_wall_clock_of_now_matters(zone: timezone) -> None:
    for kind, said in (("time", "at six"), ("date", "tomorrow")):
        assert found(kind, "en", said, NOW.replace(tzinfo=zone)) == found(kind, "en", said)  # type: ignore[arg-type]  # a literal in a tuple


def test_a_language_that_says_nothing_of_values_has_none() -> None:
    bare = msgspec.structs.replace(LANGUAGES["en"], values=ValueWords())
    warm(bare)
    tokens = tokenize("twenty five minutes, at 18:30 on friday, 2026-12-24", {})
    assert [spans(kind, tokens, bare, NOW) for kind in KINDS] == [(), (), (), ()]


def test_a_language_whose_number_words_the_library_does_not_know_has_digits_and_names() -> None:
    values = ValueWords(
        units={"minute": frozenset({"minuter"})},
        durations={"{amount} {unit}": "{amount}"},
        days={"imorgon": "1 day"},
    )
    swedish = msgspec.structs.replace(LANGUAGES["en"], code="sv", values=values)
    tokens = tokenize("tio minuter eller 10 minuter imorgon", {})
    assert spans("duration", tokens, swedish, NOW) == (TypedSpan(3, 5, "PT10M"),)
    assert spans("date", tokens, swedish, NOW) == (TypedSpan(5, 6, "2026-11-23"),)
    assert spans("time", tokens, swedish, NOW) == ()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (ValueWords(times={"half past {our}": "30"}), "there is no part {our}"),
        (ValueWords(times={"half past {hour": "30"}), "wants a name"),
        (ValueWords(times={"half past": "30"}), "has none of clock"),
        (ValueWords(times={"half past {hour}": "{minute}"}), "wants {minute}"),
        (ValueWords(times={"noon": "25:00"}), "“25:00” is not understood"),
        (ValueWords(numbers={"{amount} dozen": "{amount}"}), "{amount} cannot stand"),
        (ValueWords(durations={"a fortnight": "14"}), "without a unit"),
        (ValueWords(durations={"a fortnight": "2 weeks"}), "“2 weeks” is not understood"),
        (ValueWords(durations={"{amount} {unit}": ""}), "“” is not understood"),
        (ValueWords(days={"[tomorrow]": "1 day"}), "one of its forms"),
        (ValueWords(feasts={"christmas": "25-12"}), "“25-12” is not understood"),
        (ValueWords(coming=frozenset({"next {month}"})), "one of its forms has none of"),
        (ValueWords(coming=frozenset({"[a] " * 9 + "{weekday}"})), "forms"),
        (ValueWords(no_values={"number": frozenset({"no * one"})}), "only words"),
    ],
)
def test_a_phrase_that_is_not_of_the_right_form_is_named(words: ValueWords, why: str) -> None:
    with pytest.raises(Trouble, match=r"the values of the language “en”") as trouble:
        warm(msgspec.structs.replace(LANGUAGES["en"], values=words))
    assert why in trouble.value.line


@pytest.mark.parametrize("kind", KINDS)
def test_ten_thousand_words_without_a_number_are_each_looked_up_once(kind: ValueType) -> None:
    said = " ".join(["well", "you", "know", "nothing", "much", "happened", "there", "except", "rain", "again"] * 1000)
    before = cardinal.cache_info()
    assert found(kind, "en", said) == ()
    after = cardinal.cache_info()
    assert after.hits + after.misses - before.hits - before.misses <= 10


def readings(kind: ValueType, words: str, repeated: int) -> int:
    """How often the library or what is kept of it was asked."""
    before = cardinal.cache_info()
    assert len(found(kind, "en", " ".join([words] * repeated))) <= len(words.split()) * repeated
    after = cardinal.cache_info()
    return after.hits + after.misses - before.hits - before.misses


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "words", ["one twenty hundred", "7 22 2026", "an hour and a half", "the third of may in two weeks"]
)
def test_the_work_grows_with_number_words_and_no_faster(kind: ValueType, words: str) -> None:
    some, twice = readings(kind, words, 700), readings(kind, words, 1400)
    assert some <= twice <= 2 * some + MOST_NUMBERS
    assert twice <= 3 * 1400 * len(words.split())


def test_whoever_reads_out_more_numbers_gets_no_more() -> None:
    assert len(values("number", "en", "one " * 1000)) == MOST_NUMBERS


def phrase_words(code: str) -> list[str]:
    known = (said for _, language, said, _ in NUMBERS + DURATIONS + TIMES + DATES if language == code)
    return sorted({word for said in known for word in said.split()} | {"you", "wait", "friend", "o", "oder"})


WORDY = st.sampled_from(["en", "de"]).flatmap(
    lambda code: st.tuples(st.just(code), st.lists(st.sampled_from(phrase_words(code)), max_size=25).map(" ".join))
)
ANY = st.tuples(st.sampled_from(["en", "de"]), st.text(st.characters(exclude_categories=()), max_size=60))
FORMS = {
    "number": re.compile(r"-?\d+(\.\d+)?"),
    "duration": re.compile(r"P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?"),
    "time": re.compile(r"([01]\d|2[0-3]):[0-5]\d"),
    "date": re.compile(r"\d{4}-\d\d-\d\d"),
}


@settings(max_examples=300, deadline=None)
@given(WORDY | ANY, st.sampled_from(KINDS), st.datetimes())
def test_spans_lie_within_the_tokens_in_order_and_in_canonical_form(
    heard: tuple[str, str], kind: ValueType, now: datetime
) -> None:
    code, said = heard
    tokens = tokenize(said, LANGUAGES[code].contractions)
    given_spans = found(kind, code, said, now)
    places = [(span.start, span.end) for span in given_spans]
    assert places == sorted(set(places), key=lambda place: (place[0], -place[1]))
    for span in given_spans:
        assert 0 <= span.start < span.end <= min(len(tokens), span.start + MOST_TOKENS)
        assert FORMS[kind].fullmatch(span.value), span
    if kind == "date":
        assert all(date.fromisoformat(span.value) for span in given_spans)


@settings(max_examples=100, deadline=None)
@given(WORDY, st.sampled_from(KINDS), st.datetimes())
def test_the_same_words_at_the_same_time_are_the_same_values(
    heard: tuple[str, str], kind: ValueType, now: datetime
) -> None:
    code, said = heard
    once = found(kind, code, said, now)
    fresh = msgspec.structs.replace(LANGUAGES[code])
    assert spans(kind, tokenize(said, fresh.contractions), fresh, now) == once


@settings(max_examples=100, deadline=None)
@given(st.integers(1, 12), st.integers(0, 59), st.datetimes())
def test_a_time_that_fits_twice_is_never_more_than_twelve_hours_away(hour: int, minute: int, now: datetime) -> None:
    (value,) = values("time", "en", f"{hour}:{minute:02}", now)
    said, meant = time(hour % 12, minute), time.fromisoformat(value)
    assert (meant.hour % 12, meant.minute) == (said.hour, said.minute)
    ahead = (datetime.combine(now.date(), meant) - now.replace(second=0, microsecond=0)) % timedelta(days=1)
    assert timedelta(0) < ahead <= timedelta(hours=12)
