"""Whatever a person gets wrong, the error names file and line, what is wrong, and what was expected."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from her_desktop.screenplay.read import parse, read
from her_desktop.trouble import Trouble

HERE = Path("some.fountain")
HE = "HE\nHello.\n\n"
LATER = "INT. FLAT - 2026-11-22 10:00\n\nHE\nHello.\n\n"


def trouble(text: str) -> Trouble:
    with pytest.raises(Trouble) as caught:
        parse(text, HERE)
    return caught.value


def found(cases: dict[str, tuple[str, int, str, str]]) -> pytest.MarkDecorator:
    """Each case by its name: the text, the line, and parts of what is wrong and of what was expected."""
    return pytest.mark.parametrize(("text", "line", "why", "todo"), cases.values(), ids=cases)


def check(text: str, line: int, why: str, todo: str) -> None:
    error = trouble(text)
    assert error.what == f"some.fountain:{line}"
    assert why in error.why
    assert todo in error.todo


@found(
    {
        "nothing at all": ("", 1, "nobody says anything", "a name in upper case"),
        "only a title": ("Title: A play\n", 1, "nobody says anything", "a name in upper case"),
        "only action": ("He waits.\n\nShe waits.", 1, "nobody says anything", "words right below it"),
        "a note that is not closed": (HE + "HER\n[[rule: a.b\n\nHE\nBye.", 5, "“[[” is not closed", "“]]”"),
        "a note that is not closed at the end": (HE + "HER\n[[rule: a.b", 5, "“[[” is not closed", "“]]”"),
        "a note in a note": (HE + "HER\n[[rule: a.b [[act: inform]]", 5, "inside of a note", "end the first one"),
        "a note that was not opened": (HE + "HER\nrule: a.b]]", 5, "none begins", "write “[[”"),
        "a boneyard that is not closed": (HE + "/* HER\nHello.", 4, "“/*” is not closed", "“*/”"),
        "a name in lower case": (HE + "Her\nHello.", 4, "“Her” is no name here", "upper case"),
        "a name with a colon": ("HE:\nHello.", 1, "has a colon", "write only HE"),
        "name and words on one line": (HE + "HER: Hello.", 4, "on one line", "HER on a line of its own"),
        "an empty line below the name": (HE + "HER\n\nHello.", 4, "nothing stands right below it", "right below"),
        "a name at the very end": (HE + "HER", 4, "nothing stands right below it", "right below"),
        "no empty line before her name": (HE + "HER\nHello.\nHE\nBye.", 6, "no empty line before HE", "empty line"),
        "no empty line before a forced name": ("HE\nHello.\n@HER\nBye.", 3, "no empty line before HER", "empty line"),
        "a heading in a speech": ("HE\nHello.\nINT. FLAT\n\nHE\nBye.", 3, "a heading begins", "an empty line before"),
        "a section in a speech": ("HE\nI am\n#1 of them.", 3, "a section begins", "\\ if the words are said"),
        "no name above a bracket": ("(typing)\nHello.", 1, "(typing) stands under no name", "name right above it"),
        "no name above her words": (HE + "(like)\nHello ...", 4, "stands under no name", "name right above it"),
        "no name above anything": (HE + "...", 4, "stands under no name", "her name"),
        "she speaks first": ("HER\nHello.", 1, "nobody has spoken before her", "(silence, 20 s)"),
        "she speaks twice": (HE + "HER\nHello.\n\nHER\nHm?", 7, "she has just answered", "(silence, 20 s)"),
        "she begins a scene": (HE + "INT. FLAT\n\nHER\nHello.", 6, "a scene begins", "what he says first"),
    }
)
def test_the_shape_of_a_screenplay(text: str, line: int, why: str, todo: str) -> None:
    check(text, line, why, todo)


@found(
    {
        "a misspelt key": ("Sed: 7\n\n" + HE, 1, "there is no “Sed”", "did you mean Seed?"),
        "a key that there is not": ("Zzz: 7\n\n" + HE, 1, "there is no “Zzz”", "there is Language, Seed"),
        "a key twice": ("Seed: 7\nSeed: 8\n\n" + HE, 2, "twice", "leave one of them out"),
        "a key without a value": ("Title: A\nSeed:\n\n" + HE, 2, "says nothing", "a value behind it"),
        "a seed in words": ("Seed: seven\n\n" + HE, 1, "“seven” is no whole number", "in digits"),
        "a long seed": ("Seed: " + "9" * 5000 + "\n\n" + HE, 1, "is no whole number", "in digits"),
        "several seeds": ("Seed: 7\n   8\n\n" + HE, 2, "has one value", "leave the other lines out"),
        "a language that there is not": ("Language: xx\n\n" + HE, 1, "no packs of language “xx”", "there is de, en"),
        "a country that there is not": ("Country: UK\n\n" + HE, 1, "cannot be “UK”", "GB"),
        "adapts perhaps": ("Adapts: perhaps\n\n" + HE, 1, "cannot be “perhaps”", "yes, no"),
        "packs that are not there": ("Packs:\n   a\n   b\n\n" + HE, 2, "there is no a", "the screenplay's folder"),
        "a profile that is not there": ("Profile: a.json\n\n" + HE, 1, "there is no a.json", "the screenplay's folder"),
        "a name too long for a file": ("Profile: " + "a" * 5000 + "\n\n" + HE, 1, "there is no", "a profile"),
        "a beginning without a time": ("Begins: 2026-11-22\n\n" + HE, 1, "no date and time", "2026-11-22 23:10"),
        "no empty line below": ("Seed: 7\nHE\nHello.", 2, "“HE” is no entry", "an empty line ends the page"),
        "a line that is not indented": ("Packs:\npacks\n\n" + HE, 2, "“packs” is no entry", "are indented"),
    }
)
def test_the_title_page(text: str, line: int, why: str, todo: str) -> None:
    check(text, line, why, todo)


@found(
    {
        "a day that there is not": ("INT. A - 2026-02-30 10:00\n\n" + HE, 1, "no date and time", "2026-11-22 23:10"),
        "an hour that there is not": ("INT. A - 2026-02-03 25:00\n\n" + HE, 1, "no date and time", "2026-11-22 23:10"),
        "a time without a date": ("INT. A - 23:10\n\n" + HE, 1, "“23:10” is no date and time", "2026-11-22 23:10"),
        "a date without a time": ("INT. A - 2026-11-22\n\n" + HE, 1, "is no date and time", "2026-11-22 23:10"),
        "another form of date": ("INT. A - 22.11.2026 23:10\n\n" + HE, 1, "no date and time", "2026-11-22 23:10"),
        "time that goes back": (LATER + "INT. A - 2026-11-22 09:00\n\n" + HE, 6, "time goes back", "[[fresh]]"),
        "time that stands still": (LATER + "INT. A - 2026-11-22 10:00\n\n" + HE, 6, "10:00:10 by then", "a later time"),
        "time that was waited": (
            LATER + "[[wait: 3 days]]\n\nHE\nHm.\n\nINT. A - 2026-11-23 10:00\n\n" + HE,
            11,
            "2026-11-25 10:00:20",
            "a later time",
        ),
        "before it begins": (
            "Begins: 2026-11-22 10:00\n\nINT. A - 2026-11-21 10:00\n\n" + HE,
            3,
            "time goes back",
            "a later time",
        ),
        "longer than all calendars": ("[[wait: 500000 weeks]]\n\n" + HE, 1, "no calendar lasts", "less time"),
    }
)
def test_time(text: str, line: int, why: str, todo: str) -> None:
    check(text, line, why, todo)


@found(
    {
        "a slip in a bracket": ("HE\n(wispering)\nHello.", 2, "“(wispering)”", "did you mean whispering"),
        "a bracket for people": ("HE\n(beat)\nHello.", 2, "nothing that he can do", "as action or as a note"),
        "a bracket that is not closed": ("HE\n(typing\nHello.", 2, "is not closed", "write )"),
        "a bracket below his words": ("HE\nHello.\n(typing)", 3, "below his words", "between his name and them"),
        "a bracket twice": ("HE\n(typing)\n(typing)\nHello.", 3, "twice", "leave one of them out"),
        "no words": ("HE\n(typing)\n\nHE\nHello.", 1, "HE says nothing", "(silence, 20 s)"),
        "only a note": ("HE\n[[wait: 3 days]]\n\n" + HE, 1, "HE says nothing", "his words below the name"),
        "silence without end": ("HE\n(silence)", 2, "for how long", "(silence, 20 s)"),
        "silence for a number": ("HE\n(silence, 20)", 2, "“20” is no length of time", "(silence, 20 s)"),
        "words below silence": ("HE\n(silence, 20 s)\nHello.", 3, "below (silence)", "leave the words out"),
        "silence and typing": ("HE\n(silence, 20 s)\n(typing)", 3, "cannot be at once", "leave one of them out"),
        "typing and whispering": ("HE\n(typing)\n(whispering)\nHi.", 3, "(typing) and (whispering)", "leave one"),
        "typing and more": ("HE\n(typing fast)\nHi.", 2, "“fast” is not understood", "write (typing)"),
        "interrupting somehow": ("HE\n(interrupting soon)\nNo.", 2, "“soon” does not say when", "after 3 words"),
        "heard without quotation marks": ("HE\n(heard: hello)\nHi.", 2, "not in quotation marks", "(heard:"),
        "heard without an end": ('HE\n(heard: "hello)\nHi.', 2, "quotation mark is not closed", 'write "'),
        "heard without anything": ("HE\n(heard)\nHi.", 2, "not in quotation marks", "(heard:"),
        "heard and a bar too many": ('HE\n(heard: "a" |)\nHi.', 2, "not in quotation marks", "(heard:"),
        "surer than sure": ('HE\n(heard: "a" 1.4)\nHi.', 2, "“1.4” is no confidence", "from 0 to 1"),
        "sure of two things": ('HE\n(heard: "a" 0.9 | "b" 0.4)\nHi.', 2, "add up to 1.3", "at most 1, or none"),
        "hardly sure of too much": ('HE\n(heard: "a" 0.61 | "b" 0.4)\nHi.', 2, "add up to 1.01", "at most 1"),
        "no number": ('HE\n(heard: "a" nan)\nHi.', 2, "“nan” is no confidence", "from 0 to 1"),
        "sure in words": ('HE\n(heard: "a" often)\nHi.', 2, "“often” is no confidence", "from 0 to 1"),
        "a recording that is not there": ("HE\n(recording: a.wav)", 2, "there is no a.wav", "the screenplay's folder"),
        "which recording": ("HE\n(recording)", 2, "does not say which", "(recording: hello.wav)"),
        "an expectation of him": ("HE\n[[rule: a.b]]\nHello.", 2, "stands under HE", "right below HER"),
    }
)
def test_what_he_does(text: str, line: int, why: str, todo: str) -> None:
    check(text, line, why, todo)


@found(
    {
        "a slip in a bracket": ("(matchin)\nHello.", 5, "“(matchin)”", "did you mean matching?"),
        "a tone that there is not": ("(purple)\nHello.", 5, "no way in which she speaks", "there is like, one of"),
        "two in a bracket": ("(tender, like)\nHello ...", 5, "“(tender, like)”", "brackets of its own"),
        "like and matching": ("(like)\n(matching)\nHello", 6, "(like) and (matching) cannot be at once", "leave one"),
        "two tones": ("(tender)\n(warm)\nHello", 6, "(tender) and (warm) cannot be at once", "leave one"),
        "like nothing": ("(like)\n[[rule: a.b]]", 4, "(like) stands above nothing", "her words below it"),
        "silent words": ("(silent)\nHello.", 6, "below (silent)", "leave the words out"),
        "a bracket below her words": ("Hello.\n(tender)", 6, "below her words", "between her name and them"),
        "a pattern for everything": ("(matching)\n.*", 6, "“.*” matches everything", "can fail"),
        "a bad pattern": ("(matching)\neven(ing", 6, "is no regular expression", "write \\"),
    }
)
def test_her_words(text: str, line: int, why: str, todo: str) -> None:
    check(HE + "HER\n" + text, line, why, todo)


@found(
    {
        "a key that there is not": ("ruel: a.b", 5, "there is no note “ruel:”", "did you mean rule"),
        "a key far from all others": ("zzz qqq: a.b", 5, "there is no note “zzz qqq:”", "[[note: …]]"),
        "a key in upper case": ("Rule: a.b", 5, "there is no note “Rule:”", "[[rule: …]]"),
        "words before a colon": ("Remember: the light", 5, "there is no note “Remember:”", "[[note: …]]"),
        "two letters before a colon": ("NB: so", 5, "there is no note “NB:”", "[[note: …]]"),
        "a key in the plural": ("Rules: a.b", 5, "there is no note “Rules:”", "did you mean rule"),
        "an underscore": ("brings_up: a.b", 5, "there is no note “brings_up:”", "write [[brings up: …]]"),
        "a hyphen": ("given-fact: user.name = Ada", 5, "“given-fact:”", "write [[given fact: …]]"),
        "not and an underscore": ("not_rule: clock.time", 5, "“not_rule:”", "write [[not rule: …]]"),
        "not and a hyphen": ("not-rule: clock.time", 5, "“not-rule:”", "write [[not rule: …]]"),
        "not with a capital": ("Not rule: clock.time", 5, "“Not rule:”", "write [[not rule: …]]"),
        "not in upper case": ("NOT RULE: clock.time", 5, "“NOT RULE:”", "write [[not rule: …]]"),
        "not with another capital": ("not Rule: clock.time", 5, "“not Rule:”", "write [[not rule: …]]"),
        "not and a slip": ("not technqiue: T13", 5, "“not technqiue:”", "did you mean technique?"),
        "not and a long key": ("not given the fact: a", 5, "“not given the fact:”", "given fact"),
        "not alone": ("not: rule", 5, "there is no note “not:”", "[[note: …]]"),
        "not for people": ("not note: rule", 5, "there is no note “not note:”", "[[note: …]]"),
        "no colon": ("rule greeting.hello", 5, "is no note", "Did you mean [[rule: greeting.hello]]?"),
        "no colon behind a long key": ("brings up a.b", 5, "is no note", "Did you mean [[brings up: a.b]]?"),
        "no colon behind a technique": ("technique T13", 5, "is no note", "Did you mean [[technique: T13]]?"),
        "no colon before many words": ('mentions "I am a program"', 5, "no note", '[[mentions: "I am a program"]]?'),
        "no colon but later": ('says "Well: no"', 5, '[[says "Well: no"]] is no note', '[[says: "Well: no"]]?'),
        "a sign for a colon": ("rule = clock.time", 5, "is no note", "Did you mean [[rule: clock.time]]?"),
        "a wait without a colon": ("wait 3 days", 5, "is no note", "Did you mean [[wait: 3 days]]?"),
        "a slip in a bare wait": ("wiat", 5, "is no note", "write [[wait: 3 days]]. For people it is [[note: …]]"),
        "fresh and more": ("fresh profile", 5, "is no note", "write [[fresh]]."),
        "a slip in a bare note": ("fersh", 5, "[[fersh]] is no note", "write [[fresh]]."),
        "a bare note with an underscore": ("at_once", 5, "[[at_once]] is no note", "write [[at once]]."),
        "a bare note in upper case": ("Not LEARNS", 5, "is no note", "Did you mean [[not learns]]?"),
        "a slip behind not": ("not technqiue", 5, "is no note", "Did you mean [[not technique]]?"),
        "a slip and a technique": ("techniqe T13", 5, "is no note", "Did you mean [[technique: T13]]?"),
        "a slip and a rule": ("ruel greeting.hello", 5, "is no note", "Did you mean [[rule: greeting.hello]]?"),
        "a slip in two words": ("bring up a.b", 5, "is no note", "Did you mean [[brings up: a.b]]?"),
        "not and words": ("not for the faint of heart", 5, "is no note", "“not” is for checks"),
        "only not": ("not", 5, "[[not]] is no note", "[[not technique: T13]]"),
        "not fresh": ("not fresh", 5, "“not” cannot stand before", "only what is expected"),
        "nothing is mentioned": ('mentions: ""', 5, "[[mentions: …]] has an empty value", "what is expected"),
        "nothing is said": ("says: “ ”", 5, "[[says: …]] has an empty value", "what is expected"),
        "one of them is nothing": ('not mentions: "a" | ""', 5, "has an empty value", "what is expected"),
        "the origin of nothing": ('origin: "" = author', 5, "nothing stands before “=”", "name = value"),
        "an empty pattern": ("matches: //", 5, "has an empty value", "what is expected"),
        "an empty pattern in quotation marks": ('matches: ""', 5, "has an empty value", "what is expected"),
        **{
            f"a pattern for everything: {one}": (f"matches: /{one}/", 5, f"“{one}” matches everything", "can fail")
            for one in (
                ".*",
                ".",
                ".+",
                "x*",
                "^",
                "$",
                "(yes|)",
                "^.*$",
                r"[\s\S]",
                r"\s|\S",
                "(?i).*?",
                ".{1,}",
                "a?b?",
            )
        },
        "two signs": ("because: turns == 0", 5, "“==” stands in “turns == 0”", "write one ="),
        "two signs behind a quotation": ('because: "a b"== 0', 5, "“==” stands in", "write one ="),
        "two signs in what is given": ("given fact: user.name == Ada", 5, "“==” stands in", "write one ="),
        "more than": ("because: turns >= 4", 5, "“>=” stands in “turns >= 4”", "write ="),
        "another than": ("because: turns != 4", 5, "“!=” stands in “turns != 4”", "write ="),
        "a star for no technique": ("not technique: X*", 5, "there is no technique “X*”", "T09"),
        "no letter of a rule": ("rule: clock.[t]ime", 5, "is no name of a rule", "TOPIC.NAME"),
        "nothing behind the colon": ("rule:", 5, "nothing stands behind “rule:”", "only [[rule]]"),
        "a quotation mark that is not closed": ('mentions: "I fear', 5, "is not closed", 'write "'),
        "a curly one that is not closed": ("mentions: “I fear", 5, "is not closed", "write ”"),
        "words behind a quotation": ('mentions: "I" fear', 5, "“fear” stands behind", "stands |"),
        "a bar too many": ("mentions: fear |", 5, "a value is missing", "leave the | out"),
        "nothing before the sign": ("learns: = Ada", 5, "nothing stands before “=”", "name = value"),
        "nothing behind the sign": ("learns: user.name =", 5, "nothing stands behind “=”", "name = value"),
        "no fact": ("learns: the name = Ada", 5, "“the name” is no fact", "user.name"),
        "no rule": ("rule: the clock", 5, "is no name of a rule", "TOPIC.NAME"),
        "no act": ("act: infrom", 5, "there is no act “infrom”", "did you mean inform"),
        "no tier": ("tier: first", 5, "there is no tier “first”", "safety"),
        "no tone": ("tone: tenderly", 5, "there is no tone “tenderly”", "did you mean tender"),
        "no technique": ("technique: T99", 5, "there is no technique “T99”", "T09"),
        "no technique to suppress": ("suppresses: charm", 5, "there is no technique “charm”", "T09"),
        "no wording": ("wording: second", 5, "“second” is no wording", "its number"),
        "the wording before the first": ("wording: 0", 5, "“0” is no wording", "from 1 on"),
        "no origin": ("origin: Ada = memory", 5, "there is no origin “memory”", "remembered"),
        "the origin of what": ("origin: remembered", 5, "of which words", "[[origin: Ada = remembered]]"),
        "the origin of anything": ("origin", 5, "does not say of what", "[[origin: Ada = remembered]]"),
        "no state": ("state: sleeping", 5, "there is no state “sleeping”", "asleep"),
        "no length of time": ("within: soon", 5, "“soon” is no length of time", "300 ms"),
        "a bad pattern": ("matches: /even(ing/", 5, "is no regular expression", "write \\"),
        "a pattern without slashes": ("matches: evening", 5, "between slashes", "/even(ing|tide)/"),
        "a pattern that does not end": ("matches: /evening", 5, "does not end", "/even(ing|tide)/"),
        "no fact that is given": ("given fact: user.name", 5, "does not say what the fact is", "= Ada"),
        "a fact of one word": ("given fact: name = Ada", 5, "“name” is no fact", "user.name"),
        "one fact or another": ("given fact: user.name = Ada | Eve", 5, "one thing or another", "a note for each"),
        "no wording of a rule": ("given wording: greeting.hello", 5, "no wording of a rule", "greeting.hello 2"),
        "no wait": ("wait: 3", 5, "“3” is no length of time", "3 days"),
        "a bare wait": ("wait", 5, "does not say what", "[[wait: 3 days]]"),
        "no seed": ("seed: many", 5, "no whole number", "in digits"),
        "no technique to switch": ("off: T99", 5, "there is no technique “T99”", "T09"),
        "a technique that has no switch": ("off: P01", 5, "P01 cannot be switched", "T09"),
        "fresh and a value": ("fresh: yes", 5, "takes no value", "[[fresh]]"),
        "not wait": ("not wait: 3 days", 5, "“not” cannot stand before", "only what is expected"),
        "given at the end": ("wait: 3 days", 5, "he says nothing behind it", "before a line of his"),
    }
)
def test_notes(text: str, line: int, why: str, todo: str) -> None:
    check(HE + f"HER\n[[{text}]]", line, why, todo)


def test_an_expectation_under_no_name() -> None:
    check(HE + "[[rule: a.b]]\n\nHER\nHello.", 4, "[[rule: a.b]] is expected of her", "right below HER")


def test_her_name_is_that_of_the_title_page() -> None:
    check("Her: Samantha\n\nHE\n[[rule: a.b]]\nHello.", 4, "stands under HE", "right below Samantha")


@pytest.mark.parametrize(
    ("data", "line", "why"),
    [
        (b"HE\nHello.\n\x00\x01", 3, "is no text"),
        ("HE\nHello.\n".encode("utf-16"), 1, "is no text"),
        ("HE\nHällo.\n".encode("latin-1"), 2, "is not UTF-8"),
    ],
    ids=["binary", "UTF-16", "Latin-1"],
)
def test_a_file_that_is_no_text(tmp_path: Path, data: bytes, line: int, why: str) -> None:
    path = tmp_path / "some.fountain"
    path.write_bytes(data)
    with pytest.raises(Trouble) as caught:
        read(path)
    assert (caught.value.what, caught.value.why) == (f"{path}:{line}", why)
    assert "UTF-8" in caught.value.todo


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    loop = tmp_path / "loop.fountain"
    loop.symlink_to(loop)
    with pytest.raises(Trouble, match=r"is a folder \(name a \*\.fountain file\)"):
        read(tmp_path)
    with pytest.raises(Trouble, match=r"none\.fountain: No such file"):
        read(tmp_path / "none.fountain")
    with pytest.raises(Trouble, match=r"loop\.fountain: Too many levels"):
        read(loop)


PIECES = st.sampled_from(
    [
        *(
            "HE\n",
            "HER\n",
            "Hello.\n",
            "\n",
            "\n\n",
            "  \n",
            "[[",
            "]]",
            "/*",
            "*/",
            "rule: a.b",
            "(like)\n",
            "(heard: ",
        ),
        *('"a"', "|", "=", "...", "INT. A - ", "2026-11-22 23:10\n", "[[fresh]]\n", "[[wait: 3 days]]\n", "Seed: 7\n"),
        *("Packs:\n", "\\", "(silence, 5 s)\n", "#", "@", ">", "~", "!", "“", "\ufeff", "\u202e", "\u2039U+D800\u203a"),
    ]
)


def outcome(text: str) -> tuple[int, Trouble | None]:
    """How many lines are spoken in it, or what is wrong."""
    try:
        return parse(text, HERE).lines, None
    except Trouble as error:
        return 0, error


@settings(max_examples=500)
@given(st.one_of(st.lists(PIECES, max_size=25).map("".join), st.text()))
@example("HE\n(heard: " + '"a" | ' * 3)
def test_whatever_is_written_is_read_or_its_line_is_named(text: str) -> None:
    said, error = outcome(text)
    assert (said > 0) == (error is None)
    if error:
        name, line = error.what.split(":")
        assert (name, bool(error.why), bool(error.todo)) == ("some.fountain", True, True)
        assert 1 <= int(line) <= text.count("\n") + text.count("\r") + 1
