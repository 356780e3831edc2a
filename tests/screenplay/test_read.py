"""A screenplay is read as what docs/screenplays.md says of it."""

from datetime import datetime
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from her_desktop.events import Alternative
from her_desktop.screenplay.read import parse, read
from her_desktop.screenplay.reading.heard import shares
from her_desktop.screenplay.reading.notes import read_note
from her_desktop.screenplay.reading.text import quoted
from her_desktop.screenplay.reading.time import seconds
from her_desktop.screenplay.reading.values import quoted_pattern, values
from her_desktop.screenplay.script import Beat, Expectation, Given, Hers, His, Title

HERE = Path("tests/screenplays/some.fountain")
DOCS = Path(__file__).parents[2] / "docs" / "screenplays.md"


def beats(text: str) -> tuple[Beat, ...]:
    return parse(text, HERE).beats


def his(block: str, path: Path = HERE) -> His:
    """What he does in a block that stands on line 1."""
    found = parse(block, path).beats[0].his
    assert found
    return found


def hers(block: str) -> Hers:
    """What is expected of her in a block that stands on line 4."""
    found = parse(f"HE\nHello.\n\n{block}", HERE).beats[0].hers
    assert found
    return found


# ---- the whole ----


EXAMPLE = """\
Title: After a bad blind date
Seed: 7

INT. THE FLAT - NIGHT - 2026-11-22 23:10

THEODORE
(heard: "i fear i have felt everything" | "i hear i have felt everything")
I fear I have felt everything I will ever feel.

HER
[[rule: confession.felt_everything]] [[technique: T09]] [[not technique: T13]]
...

THEODORE
Why did you say that?

HER
[[explains: confession.felt_everything]] [[mentions: "I fear"]]
"""


def test_a_screenplay_is_read() -> None:
    play = parse(EXAMPLE, HERE)
    assert (play.path, play.title, play.lines) == (HERE, Title("After a bad blind date", seed=7), 4)
    first, second = play.beats
    assert (first.line, second.line) == (6, 14)
    assert first.scene == second.scene == "INT. THE FLAT - NIGHT - 2026-11-22 23:10"
    assert first.given == (Given("clock", 4, value="2026-11-22T23:10:00"),)
    assert first.his == His(
        6,
        "THEODORE",
        "I fear I have felt everything I will ever feel.",
        8,
        heard=(
            Alternative("i fear i have felt everything", 2 / 3),
            Alternative("i hear i have felt everything", 1 / 3),
        ),
    )
    assert first.hers == Hers(
        10,
        "anything",
        ("...",),
        12,
        12,
        (
            Expectation("rule", ("confession.felt_everything",), 11),
            Expectation("technique", ("T09",), 11),
            Expectation("technique", ("T13",), 11, negated=True),
        ),
    )
    assert second.hers == Hers(
        17,
        "anything",
        last_line=18,
        expectations=(
            Expectation("explains", ("confession.felt_everything",), 18),
            Expectation("mentions", ("I fear",), 18),
        ),
    )


def test_the_example_of_the_documentation_is_read() -> None:
    page = DOCS.read_text(encoding="utf-8").split("```")[1].lstrip()
    assert all(beat.his and beat.hers and beat.hers.expectations for beat in beats(page))


def test_every_note_of_the_documentation_is_read() -> None:
    rows = [line for line in DOCS.read_text(encoding="utf-8").splitlines() if line.startswith("| `[[")]
    notes = [note.split("]]`")[0] for row in rows for note in row.replace("\\|", "|").split("`[[")[1:]]
    assert len(notes) > 35
    assert all(read_note(note, 1) for note in notes)


def test_a_file_is_read_with_whatever_ends_of_lines(tmp_path: Path) -> None:
    path = tmp_path / "one.fountain"
    path.write_bytes("\ufeffHE\r\nHéllo.\r\n\r\nHER\r\nHello.\r\n".encode())
    (beat,) = read(path).beats
    assert (beat.his, beat.hers) == (His(1, "HE", "Héllo.", 2), Hers(4, "exact", ("Hello.",), 5, 5))


# ---- the title page ----


def test_the_title_page_says_how_it_is_performed(tmp_path: Path) -> None:
    (tmp_path / "packs").mkdir()
    (tmp_path / "more.yaml").touch()
    (tmp_path / "ada.json").touch()
    page = (
        "Title: A play\nCredit: by\nAuthor: Somebody\nlanguage: de\nSeed: 7\nPacks:\n   packs\n\tmore.yaml\n"
        "Profile: ada.json\nCountry: GB\nAdapts: no\nHer: Samantha\nBegins: 2027-01-02 03:04\n\n"
        "HE\nHallo.\n\nSAMANTHA\n..."
    )
    play = parse(page, tmp_path / "one.fountain")
    assert play.title == Title(
        title="A play",
        language="de",
        seed=7,
        country="GB",
        packs=(tmp_path / "packs", tmp_path / "more.yaml"),
        profile=tmp_path / "ada.json",
        adapts=False,
        her="Samantha",
        begins=datetime(2027, 1, 2, 3, 4),
    )
    assert play.beats[0].hers


def test_without_a_title_page_everything_is_as_shipped() -> None:
    assert parse("HE\nHello.", HERE).title == Title()


# ---- exchanges ----


def test_lines_of_his_without_an_answer_between_them_are_beats_of_their_own() -> None:
    assert [(one.his is not None, one.hers is not None) for one in beats("HE\nOne.\n\nHE\nTwo.\n\nHER\n...")] == [
        (True, False),
        (True, True),
    ]


def test_notes_work_before_his_next_line() -> None:
    text = (
        "[[seed: 8]]\n\nHE\n[[off: T09]]\nOne.\n\n[[wait: 20 s]]\n\nHER\n[[forget: user.name]]\n...\n\n"
        "[[given wording: greeting.hello 2]]\n\nHE\nTwo.\n"
    )
    first, second = beats(text)
    assert first.given == (Given("seed", 1, value="8"), Given("off", 4, "T09"))
    assert second.given == (
        Given("wait", 7, value="20"),
        Given("forget", 10, "user.name"),
        Given("wording", 13, "greeting.hello", "2"),
    )


def test_a_heading_sets_the_scene_and_the_clock() -> None:
    first, second, third = beats(
        "HE\nOne.\n\nINT. FLAT #1#\n\nHE\nTwo.\n\n.LATER - 2026-11-23 08:00 #2#\n\nHE\nThree.\n"
    )
    assert [one.scene for one in (first, second, third)] == ["", "INT. FLAT", "LATER - 2026-11-23 08:00"]
    assert [one.given for one in (first, second, third)] == [(), (), (Given("clock", 9, value="2026-11-23T08:00:00"),)]


@pytest.mark.parametrize("fresh_first", [True, False])
def test_behind_a_new_profile_time_may_go_back(fresh_first: bool) -> None:
    heading, fresh = "INT. FLAT - 2026-11-01 10:00", "[[fresh]]"
    again = f"{fresh}\n\n{heading}" if fresh_first else f"{heading}\n\n{fresh}"
    second = beats(f"INT. FLAT - 2026-11-22 10:00\n\nHE\nOne.\n\n{again}\n\nHE\nTwo.\n")[1]
    assert [one.what for one in second.given] == ["fresh", "clock"]


def test_what_is_for_people_changes_nothing() -> None:
    before = "# One\n\n= They meet.\n\nHe waits.\n\n/* HE\nNo. */\n\n[[a remark]]\n\n[[note: so]]\n\n"
    assert beats(before + "HE\nYes.\n\n> FADE OUT.\n") == (Beat("", His(14, "HE", "Yes.", 15), None),)


# ---- what he does ----


def test_lines_of_a_speech_are_joined_by_a_space() -> None:
    assert his("HE\nI *really*\n  \n\\(do)\n~mean it").text == "I really (do) mean it"


@pytest.mark.parametrize(
    ("bracket", "heard"),
    [
        ('"a b"', (Alternative("a b"),)),
        ('"a" 0.6 | "b" 0.4', (Alternative("a", 0.6), Alternative("b", 0.4))),
        ("“a | \\”b” | „c“", (Alternative("a | ”b", 2 / 3), Alternative("c", 1 / 3))),
        ('"a" | "b" | "c"', (Alternative("a", 3 / 6), Alternative("b", 2 / 6), Alternative("c", 1 / 6))),
        ('"a" | "b" 0.25', (Alternative("a", 0.75), Alternative("b", 0.25))),
        ('"a" 0.25 | "b" | "c"', (Alternative("a", 0.25), Alternative("b", 0.5), Alternative("c", 0.25))),
        ('"a" | "b" 0.0', (Alternative("a", 1), Alternative("b", 0))),
        ('"a" 0.67 | "b" 0.334', (Alternative("a", 0.67), Alternative("b", 0.334))),
    ],
)
def test_what_the_recognizer_made_of_it(bracket: str, heard: tuple[Alternative, ...]) -> None:
    assert his(f"HE\n(heard: {bracket})\nWords.").heard == heard


@given(st.lists(st.none() | st.floats(0, 0.2), min_size=1, max_size=5))
def test_confidences_stay_as_they_are_and_the_rest_is_shared(given: list[float | None]) -> None:
    found = shares(given)
    assert all(one is None or one == share for one, share in zip(given, found, strict=True))
    assert sum(found) == pytest.approx(1 if None in given else sum(one for one in given if one is not None))
    free = [share for one, share in zip(given, found, strict=True) if one is None]
    assert free == sorted(set(free), reverse=True)


def test_how_he_says_it(tmp_path: Path) -> None:
    (tmp_path / "hello there.wav").touch()
    path = tmp_path / "one.fountain"
    assert his("HE\n(typing)\nHello.").how == "typed"
    assert his("HE\n(whispering)\nHello.").whispers
    assert his("HE (V.O.)\n(silence, 1 minute 20 s)") == His(1, "HE", silent_s=80)
    assert (his("HE\n(interrupting)\nNo.").interrupts, his("HE\n(interrupting)\nNo.").after_words) == (True, 0)
    assert his("HE\n(interrupting after 3 words)\n(typing)\nNo.").after_words == 3
    assert his("HE\n(recording: hello there.wav)", path).recording == tmp_path / "hello there.wav"


# ---- what is expected of her ----


@pytest.mark.parametrize(
    ("block", "like", "texts", "text_line"),
    [
        ("HER\nIt is\neight.", "exact", ("It is eight.",), 5),
        ("HER\n...", "anything", ("...",), 5),
        ("HER\n[[rule: clock.time]]", "anything", (), 0),
        ("HER\n(like)\nIt is ... o'clock.", "like", ("It is ... o'clock.",), 6),
        ("HER\n(one of)\nEight.\nAt *eight*.", "one of", ("Eight.", "At eight."), 6),
        ("HER\n(matching)\nIt is \\d+ .*o'clock\\.", "matching", ("It is \\d+ .*o'clock\\.",), 6),
        ("HER\n(silent)", "silent", (), 0),
        ("HER\nWell... no.", "exact", ("Well... no.",), 5),
    ],
)
def test_her_words(block: str, like: str, texts: tuple[str, ...], text_line: int) -> None:
    found = hers(block)
    assert (found.like, found.texts, found.text_line) == (like, texts, text_line)
    assert found.last_line == 3 + len(block.split("\n"))


def test_a_tone_in_brackets_is_expected() -> None:
    assert hers("HER\n(tender)\n(like)\nOh ...").expectations == (Expectation("tone", ("tender",), 5),)


def test_the_last_line_is_that_of_the_last_note() -> None:
    assert hers("HER\nHello.\n[[mentions: hello |\nbye]]\n\nHe nods.").last_line == 7


def test_a_note_reads_as_it_was_written() -> None:
    notes = ["rule: clock.*", "not technique: T13", "slot: place = Oslo | Bergen", "not learns", "brings up: a.b"]
    found = hers("HER\n" + "\n".join(f"[[{note}]]" for note in notes)).expectations
    assert [one.text for one in found] == notes
    assert [one.line for one in found] == [5, 6, 7, 8, 9]


@pytest.mark.parametrize(
    ("note", "name", "wanted"),
    [
        ("mentions: I fear | 'tis", "", ("I fear", "'tis")),
        ('mentions: "a | b" | “c” | „d“', "", ("a | b", "c", "d")),
        (r'mentions: "\"Yes\"" | a \| b', "", ('"Yes"', "a | b")),
        ("learns: user.name = Ada", "user.name", ("Ada",)),
        ("uses: user.name | user.age", "", ("user.name", "user.age")),
        ('origin: "a = b" = remembered', "a = b", ("remembered",)),
        ("matches: /even(ing|tide)/ | /a\\/b/", "", ("even(ing|tide)", "a\\/b")),
        (r'matches: "\d" | “\\"\”\"” | "\"\\\"|b\“"', "", (r"\d", r'\\"”\"', r'"\\"|b\“')),
        ("because: turns = 4", "turns", ("4",)),
        ("origin: Oh! = author", "Oh!", ("author",)),
        ("slot: what = a [b] c?", "what", ("a [b] c?",)),
        ("technique: T0* | *", "", ("T0*", "*")),
        ("mentions: a  b", "", ("a  b",)),
        ("wording: plain | 2", "", ("plain", "2")),
        ("within: 1.5 s", "", ("1500 ms",)),
        ("says:\nover\nlines", "", ("over lines",)),
    ],
)
def test_values(note: str, name: str, wanted: tuple[str, ...]) -> None:
    found = read_note(note, 1)
    assert isinstance(found, Expectation)
    assert (found.name, found.wanted) == (name, wanted)


@pytest.mark.parametrize(
    "pattern",
    [
        *(
            "even(ing|tide)",
            r"\d",
            "^(?!.*human)",
            "(?<!not) real",
            "^.{0,300}$",
            r"^(\S* ?){1,20}$",
            "^[^!]*$",
            "^[^☃]*$",
        ),
        *(r"^\W*\w*\W*$", "^$", "y o", ".x*y", "(?=.*you)", r"\bI\b.*\bfear\b", r"(\w+\s?)+$"),
    ],
)
def test_a_regular_expression_that_can_fail_is_kept(pattern: str) -> None:
    found = read_note(f"matches: /{pattern}/", 1)
    assert isinstance(found, Expectation)
    assert found.wanted == (pattern,)
    assert hers(f"HER\n(matching)\n^{pattern}").texts == ("^" + pattern,)


@given(st.lists(st.sampled_from(['"', "“", "|", "/", " ", "a", r"\d", r"\\", r"\"", "\\“", r"\|"]), min_size=1))
def test_any_regular_expression_can_stand_in_quotation_marks(parts: list[str]) -> None:
    meant = ['"' if one == r"\"" else one for one in parts]
    assert values(quoted_pattern("".join(parts)), 1, patterns=True) == ("".join(meant),)


@given(st.text(min_size=1).filter(str.strip))
def test_any_words_can_be_expected(words: str) -> None:
    assert hers(f"HER\n[[says: {quoted(words)}]]").expectations == (Expectation("says", (words,), 5),)


@pytest.mark.parametrize(
    "note",
    [
        *("a remark", "note: rule: x", "NOTE: so", "see a.b: it", "she may well laugh: yes", "Scene 3: a bar", "", ":"),
        *(
            "note",
            "see below",
            "with him",
            "one more time",
            "in bed",
            "off-screen",
            "stage left",
            "nothing to say",
            "so?",
        ),
        "lights and sounds of the street",
        "matching his mood at last, she sings",
    ],
)
def test_notes_for_people(note: str) -> None:
    assert read_note(note, 1) is None


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("20 s", 20),
        ("300 ms", 0.3),
        ("3 days", 259_200),
        ("1 hour 30 minutes", 5_400),
        ("an hour and ten minutes", 4_200),
        ("2 weeks", 1_209_600),
        ("three", None),
        ("-3 days", None),
        ("soon", None),
        ("", None),
    ],
)
def test_lengths_of_time(text: str, length: float | None) -> None:
    assert seconds(text) == length


def test_a_hundred_thousand_lines_are_read_in_seconds() -> None:
    block = "HE\nWhat time is it?\n\nHER\n[[rule: clock.time]] [[act: inform]]\nIt is eight.\n\n"
    since = process_time()
    assert len(beats(block * (100_000 // 7))) == 100_000 // 7
    assert process_time() - since < 60
