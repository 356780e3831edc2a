"""A capital where a sentence begins, nothing else."""

import pytest

from her_desktop.events import Span
from her_desktop.nlg.sentence_case import sentence_case


def cased(*texts: str, language: str = "en") -> str:
    return "".join(span.text for span in sentence_case([Span(text, "author", "x") for text in texts], language))


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("hello",), "Hello"),
        (("“hello” is a word",), "“Hello” is a word"),
        (("(yes) no",), "(Yes) no"),
        (("… well",), "… Well"),
        (("Yes. ", "tea"), "Yes. Tea"),
        (("Yes? ", "tea"), "Yes? Tea"),
        (("What?! ", "tea"), "What?! Tea"),
        (("Well… ", "tea"), "Well… Tea"),
        (("She said “no.” ", "tea"), "She said “no.” Tea"),
        (("(I did.) ", "tea"), "(I did.) Tea"),
        (("Yes. “", "tea", "” is it"), "Yes. “Tea” is it"),
        (("Yes. (", "tea", ")"), "Yes. (Tea)"),
        (("Oui. « ", "non", " »"), "Oui. « Non »"),
        (("¿", "cómo", "?"), "¿Cómo?"),
        (("“Really?”, ", "tea"), "“Really?”, tea"),
        (("I like ", "tea"), "I like tea"),
        (("Tea: ", "milk"), "Tea: milk"),
        # inside a part nothing changes
        (("At 6 p.m. tomorrow",), "At 6 p.m. tomorrow"),
        (("Well… maybe",), "Well… maybe"),
        # what ends in a short form does not end a sentence
        (("At 6 p.m. ", "tomorrow"), "At 6 p.m. tomorrow"),
        (("at 6 p. m. ", "mañana"), "At 6 p. m. mañana"),
        (("Zum Trinken, z. B. ", "tee"), "Zum Trinken, z. B. tee"),
        (("The U.S. ", "team"), "The U.S. team"),
        (("It is 2.", "5 or so"), "It is 2.5 or so"),
        (("So am I. ", "tea"), "So am I. Tea"),
        (("2.5 ", "hours"), "2.5 hours"),
        # letters with their own ways
        (("ßa",), "ßa"),
        (("ﬁne",), "ﬁne"),
        (("iPhone",), "iPhone"),
        (("e-mail",), "E-mail"),
        (("éa",), "Éa"),
        (("ǆep",), "ǅep"),
        (("აბ",), "აბ"),
        (("привет",), "Привет"),
        (("茶",), "茶"),
        (("istanbul",), "Istanbul"),
    ],
)
def test_case(texts: tuple[str, ...], expected: str) -> None:
    assert cased(*texts) == expected


def test_a_turkish_i_keeps_its_dot() -> None:
    assert cased("istanbul", language="tr-TR") == "İstanbul"


def test_spans_keep_origin_and_source() -> None:
    assert sentence_case([Span("tea", "mirrored", "heard:1")]) == [Span("Tea", "mirrored", "heard:1")]
