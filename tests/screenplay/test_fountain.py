"""The reader of Fountain: every element is found, on its line, and what our exporter writes comes back exactly."""

import gc
import unicodedata
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from screenplay_tools.fountain.parser import Parser
from screenplay_tools.screenplay import ElementType

from her_desktop.screenplay.reading.fountain import Element, elements
from her_desktop.screenplay.reading.text import plain, quoted, unescaped
from her_desktop.screenplay.reading.values import values
from her_desktop.screenplay.writing.text import speech

TRICKY = st.text(
    st.sampled_from('ab AB.*_\\[]/~!@>#=()<^"“”|\n\t\r\u2028\u202e\u2039U+0\u203a:INTEXTCUÉé\u0301אب👩\u200d🚀'),
    min_size=1,
    max_size=40,
)


def found(text: str) -> list[tuple[str, str, int]]:
    """Kind, text and line of every element."""
    return [(one.kind, one.text, one.line) for one in elements(text)]


def only(kind: str, text: str) -> list[str]:
    return [one.text for one in elements(text) if one.kind == kind]


# ---- the elements ----


def test_the_title_page_has_keys_and_values_over_lines() -> None:
    page = "Title: _Her_\nPacks:\n    one\n\ttwo.yaml\nSeed: 7\n\nNothing happens.\n"
    entries = [(one.name, one.text, one.line) for one in elements(page) if one.kind == "title"]
    assert entries == [("Title", "_Her_", 1), ("Packs", "", 2), ("", "one", 3), ("", "two.yaml", 4), ("Seed", "7", 5)]
    assert found(page)[-1] == ("action", "Nothing happens.", 7)


@pytest.mark.parametrize("first", ["INT. THE FLAT: NIGHT", "FADE IN:", "He looks out.", "THEODORE\nSay: hello"])
def test_not_everything_at_the_top_is_a_title_page(first: str) -> None:
    assert only("title", first + "\n\nHe looks out.") == []


@pytest.mark.parametrize(
    "heading",
    ["INT. FLAT", "ext. street - day", "EST. CITY", "INT./EXT. CAR", "INT/EXT CAR", "I/E. CAR", "I/E CAR", "INT FLAT"],
)
def test_scene_headings(heading: str) -> None:
    assert found(f"{heading}\n\nHe waits.")[0] == ("heading", heading, 1)


def test_a_heading_can_be_forced_and_numbered() -> None:
    (heading,) = elements(".THE ROOF - DUSK #12-A#")
    assert (heading.kind, heading.text, heading.name) == ("heading", "THE ROOF - DUSK", "12-A")
    assert found("...and then?")[0][0] == "action"


def test_a_speech_has_a_name_brackets_and_words() -> None:
    text = "He waits.\n\nTHEODORE (V.O.) (CONT'D)\n(typing)\nHello.\nYou?\n\nShe smiles.\n"
    assert found(text) == [
        ("action", "He waits.", 1),
        ("cue", "THEODORE", 3),
        ("parenthetical", "typing", 4),
        ("dialogue", "Hello.", 5),
        ("dialogue", "You?", 6),
        ("action", "She smiles.", 8),
    ]
    assert elements(text)[1].name == "V.O."


@pytest.mark.parametrize(
    "cue", ["HER", "@Her", "R2D2", "DR. ÉMILE O'NEIL", "HER ^", "@他", "\u200fHER\u200f", "HER(V.O.)"]
)
def test_names_of_characters(cue: str) -> None:
    cues = [one for one in elements(f"{cue}\nHello.") if one.kind == "cue"]
    assert len(cues) == 1
    assert cues[0].dual == cue.endswith("^")


@pytest.mark.parametrize("text", ["Her\nHello.", "23\nHello.", "HER\n\nHello.", "He says.\nHER\nHello.", "HER"])
def test_what_is_no_name_is_action(text: str) -> None:
    assert only("cue", text) == []


def test_two_spaces_keep_a_speech_going() -> None:
    assert found("HER\nOne.\n  \nTwo.\n\nHe nods.")[1:] == [
        ("dialogue", "One.", 2),
        ("dialogue", "", 3),
        ("dialogue", "Two.", 4),
        ("action", "He nods.", 6),
    ]


def test_two_spaces_left_over_before_a_name_do_not_swallow_it() -> None:
    assert only("cue", "THEODORE\nHello.\n  \nHER\nHello.\n") == ["THEODORE", "HER"]


def test_what_is_for_people() -> None:
    text = "# Act\n## Scene\n\n= They meet.\n\n> THE END <\n\n> FADE OUT.\n\nCUT TO:\n\n===\n\n!HER\n~La la la\n"
    assert [(kind, words) for kind, words, _ in found(text)] == [
        ("section", "Act"),
        ("section", "Scene"),
        ("synopsis", "They meet."),
        ("centered", "THE END"),
        ("transition", "FADE OUT."),
        ("transition", "CUT TO:"),
        ("page break", ""),
        ("action", "HER"),
        ("lyrics", "La la la"),
    ]


def test_notes_stand_anywhere() -> None:
    text = "[[a]] [[b]]\n\nHER [[c]]\n[[d]]\nWell, [[e]] hello.\n[[f\n  \ng]]\n\n[[h]]"
    notes = [one for one in elements(text) if one.kind == "note"]
    assert [(one.text, one.line, one.last_line, one.in_speech) for one in notes] == [
        ("a", 1, 1, False),
        ("b", 1, 1, False),
        ("c", 3, 3, True),
        ("d", 4, 4, True),
        ("e", 5, 5, True),
        ("f\n  \ng", 6, 8, True),
        ("h", 10, 10, False),
    ]
    assert only("dialogue", text) == ["Well, hello."]


def test_a_note_over_lines_leaves_what_stands_around_it() -> None:
    assert found("HER\nOne [[a\nb]] two.") == [
        ("cue", "HER", 1),
        ("dialogue", "One", 2),
        ("note", "a\nb", 2),
        ("dialogue", "two.", 3),
    ]


def test_a_bracket_behind_a_backslash_ends_no_note() -> None:
    assert only("note", r"[[matches: /[a\]]/]] [[mentions: x[0]]]") == [r"matches: /[a\]]/", "mentions: x[0]"]


def test_what_is_crossed_out_is_no_part_of_it() -> None:
    text = "/* INT. OLD\n\nHER\nOld. [[ */\n\nHER\nNew/* er */ words.\n/* no */\nMore."
    assert [one for one in found(text) if one[0] != "boneyard"] == [
        ("cue", "HER", 6),
        ("dialogue", "New words.", 7),
        ("dialogue", "More.", 9),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_ends_of_lines_and_a_byte_order_mark_change_nothing(end: str, mark: str) -> None:
    text = "Seed: 7\n\nHER\n\tHello.\n  \nAgain."
    assert found(mark + text.replace("\n", end)) == found(text)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_letters_may_be_composed_or_not(form: str) -> None:
    text = unicodedata.normalize(form, "ZOË\nCafé, naïve. 👩\u200d🚀 שלום")  # type: ignore[arg-type]  # it is a form
    assert [kind for kind, _, _ in found(text)] == ["cue", "dialogue"]
    assert only("dialogue", text) == [text.split("\n")[1]]


# ---- words ----


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("I *really* mean it, **now**, _so_.", "I really mean it, now, so."),
        (r"\*not\* _\_under\__", "*not* _under_"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ("***all*** of it", "all of it"),
        (r"a \\ b \[\[c]\]", r"a \ b [[c]]"),
        ("\u2039U+000A\u203a\u2039U+202E\u203a\u2039U+110000\u203a", "\n\u202e\u2039U+110000\u203a"),
    ],
)
def test_words_are_read_as_they_are_meant(written: str, meant: str) -> None:
    assert plain(written) == meant


def said(read: list[Element]) -> str:
    return "\n".join(plain(one.text) for one in read if one.kind == "dialogue")


@settings(max_examples=500)
@given(st.one_of(TRICKY, st.text(st.characters(), min_size=1)))
@example("a\n\nCUT TO:\n\nYOU\nhi")
@example("a\n\nAB (cd)\nx")
@example("a\n\nHER\n\n\n23 (A)")
@example("[[[x]]] /* y */")
def test_what_the_exporter_writes_comes_back(text: str) -> None:
    read = elements(f"Title: Session 1\n\nYOU\n{speech(text)}\n\nHER\nYes.\n")
    assert [one.kind for one in read if one.kind != "dialogue"] == ["title", "cue", "cue"]
    assert said(read) == f"{text}\nYes."


@given(st.one_of(TRICKY, st.text(st.characters())))
def test_a_value_in_quotation_marks_comes_back(text: str) -> None:
    (note,) = (one for one in elements(f"HER\n[[mentions: {quoted(text)}]]") if one.kind == "note")
    assert values(note.text.removeprefix("mentions:"), 2) == (text,)
    assert unescaped(quoted(text)[1:-1]) == text


# ---- as another program reads it ----

NAME = st.sampled_from(["HER", "THEODORE", "MR. OWL", "R2D2"])
WORD = st.sampled_from(["so", "well", "I", "fear", "you", "know", "what", "time", "it", "is"])
WORDS = st.lists(WORD, min_size=1, max_size=6).map(" ".join)
NOTE = WORDS.map(lambda words: f"[[rule: {words}]]")
SPEECH = st.tuples(NAME, st.lists(NOTE, max_size=2), st.lists(WORDS, min_size=1, max_size=3)).map(
    lambda one: "\n".join([one[0], *one[1], *one[2]])
)
HEADING = WORDS.map(lambda words: f"INT. {words.upper()}")
BLOCK = st.one_of(SPEECH, SPEECH, HEADING, NOTE, WORDS.map(lambda words: f"He says {words}."))
PLAY = st.lists(BLOCK, min_size=1, max_size=12).map(lambda blocks: "Title: A play\n\n" + "\n\n".join(blocks) + "\n")


def read_by_others(text: str) -> dict[str, list[str]]:
    parser = Parser()
    parser.add_text(text)
    kinds = {ElementType.CHARACTER: "cue", ElementType.DIALOGUE: "dialogue", ElementType.HEADING: "heading"}
    read: dict[str, list[str]] = {"cue": [], "dialogue": [], "heading": []}
    for one in parser.script.elements:
        if kind := kinds.get(one.type):
            read[kind].append(one.name if kind == "cue" else one.text.strip())
    return {**read, "note": [one.text_raw for one in parser.script.notes]}


def read_by_us(text: str) -> dict[str, list[str]]:
    read: dict[str, list[str]] = {"cue": [], "dialogue": [], "heading": [], "note": []}
    before = ""
    for kind, words, _ in found(text):
        if kind == "dialogue" and before == kind:
            read[kind][-1] += "\n" + words
        elif kind in read:
            read[kind].append(words)
        before = kind if kind != "note" else before
    return read


@settings(max_examples=300, deadline=None)
@given(PLAY)
def test_other_programs_see_the_same_in_it(play: str) -> None:
    assert read_by_us(play) == read_by_others(play)


# ---- long ones ----


def seconds_for(text: str) -> float:
    """Without the garbage of whatever tests ran before in this process."""
    gc.disable()
    try:
        since = process_time()
        assert elements(text)
        return process_time() - since
    finally:
        gc.enable()


PLAIN = "THEODORE\nWhat time is it?\n\nHER\n[[rule: clock.time]] [[act: inform]]\nIt is eight.\n\n"


@pytest.mark.parametrize(
    "block",
    [PLAIN, "HER\n[[a\nb]]\n", "/* a\n\nb */ c\n", "HER\n" + "(a ^" * 20 + "\n", "*a _b " * 10 + "\n", "HER\n  \n"],
    ids=["plain", "notes", "boneyards", "brackets", "marks", "blanks"],
)
def test_a_hundred_thousand_lines_take_ten_times_as_long_as_ten_thousand(block: str) -> None:
    few = 10_000 // block.count("\n")
    assert seconds_for(block * few * 10) < 40 * seconds_for(block * few) + 2


@pytest.mark.parametrize("piece", ["a ", "(", "[[a]] ", "*a", "_a ", "/* */", " ", "\\", "a: ", "\u2039U+", ")"])
def test_one_long_line_takes_no_longer_than_many(piece: str) -> None:
    line = piece * 100_000
    since = process_time()
    assert elements(f"HER\n{line}\nx\n\n{line}\nx")
    assert len(plain(line)) <= len(line)
    assert process_time() - since < 30
