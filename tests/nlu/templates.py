"""Random templates and utterances over one small vocabulary, for properties that must hold for every template.

`LEXICON` defines what the templates refer to and `FILLERS` what fits their slots.
"""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Literal

from hypothesis import strategies as st

from her_desktop.dialogue.packs import load_language
from her_desktop.nlu.line import Line
from her_desktop.nlu.matcher import Match, match
from her_desktop.nlu.program import Lexicon, Program, compile_template
from her_desktop.nlu.template import SLOT_TYPES
from her_desktop.paths import resources

WORDS = ("tea", "milk", "cup", "red", "is", "not", "what's", "don't", "please", "well", "Zoë", "half-full")
"""Own words of the templates: plain ones, short forms of two words, and two that anchors step over."""

UNKNOWN = ("zebra", "Ada", "5", "ten", "minutes", "tomorrow", "um", "x2")
"""Words that no template of these names."""

LEXICON = Lexicon(
    load_language(resources() / "dialogue" / "en"),
    expansions={"ask": "[can you] pour (red|milk *1) !never", "no_tea": "!(tea|never)", "twice": "(<ask>;[~drink])"},
    concepts={
        "drink": ("tea", "~warm", "red wine"),
        "warm": ("cocoa", "milk"),
        "way": ("by *1 boat", "~drink", "on foot"),
    },
)
SINGLE = ("warm",)
"""Concepts of single words, which may be absent."""

NOW = datetime(2026, 11, 22, 12)
FILLERS = {
    "text": ("zebra", "the red sea", "what's left of it"),
    "name": ("Ada", "Ada Lovelace"),
    "proper": ("Ada", "Zanzibar"),
    "number": ("5", "42"),
    "duration": ("two weeks",),
    "date": ("tomorrow",),
    "time": ("half past six",),
}
TYPES = tuple(kind for kind in SLOT_TYPES if kind in FILLERS)

Texts = st.SearchStrategy[str]
Draw = Callable[[Texts], str]
GROUPS = ("({})", "[{}]", "({}|{})", "({}|{}|{})", "[{}|{}]", "({};{})", "({};{};{})")


def templates(
    words: Texts | None = None,
    *,
    absent: Literal["nowhere", "at the top", "everywhere"] = "everywhere",
    anchors: bool = True,
    open_ended: bool = True,
    references: bool = True,
    depth: int = 3,
) -> Texts:
    """Templates that compile with `LEXICON`.

    Args:
        words: what their own words are drawn from; else `WORDS`.
        absent: where there may be `!word`.
        anchors: whether there are `^` and `$`: at the edges, where they belong, and now and then inside.
        open_ended: whether there are slots and gaps.
        references: whether there are expansions and concepts.
        depth: how deep groups may stand in groups.
    """
    word = words if words is not None else st.sampled_from(WORDS)
    leaves = [word, word, word]
    if open_ended:
        leaves += [_slots(), st.sampled_from(["*", "*1", "*3"])]
    if references:
        leaves.append(st.sampled_from(["<ask>", "<twice>", "~drink", "~way", "{what:~drink}", "{how:~way}"]))
    missing = [] if absent == "nowhere" else [_absent(word, references=references)]
    inside = missing if absent == "everywhere" else []
    if anchors:
        inside = [*inside, st.sampled_from(["^", "$"])]
    return _templates(st.one_of(leaves), missing, inside, anchors, depth).filter(_small)


def accepts(template: str, sentence: str) -> bool:
    """Whether the matcher finds the template in the sentence."""
    return isinstance(match(_program(template), Line.of(sentence, LEXICON.language, NOW)), Match)


@lru_cache(maxsize=20)
def _program(template: str) -> Program:
    return compile_template(template, LEXICON)


def utterances(most: int = 8) -> Texts:
    """Sentences over the words of the templates, their fillers and words that no template has."""
    known = st.sampled_from((*WORDS, "can you", "pour", "cocoa", "red wine", "by", "boat", "on foot", "never"))
    caught = st.sampled_from(sorted({text for texts in FILLERS.values() for text in texts}))
    return st.lists(st.one_of(known, known, caught, st.sampled_from(UNKNOWN)), max_size=most).map(" ".join)


def _small(template: str) -> bool:
    """Parts in any order, within each other, soon make a template too large to compile."""
    return template.count(";") + template.count("<twice>") <= 4


@st.composite
def _templates(
    draw: Draw,
    leaf: Texts,
    missing: list[Texts],
    inside: list[Texts],
    anchors: bool,
    depth: int,
) -> str:
    group = st.sampled_from(["", "", *GROUPS])

    def item(depth: int) -> str:
        form = draw(group) if depth else ""
        return form.format(*(row(depth - 1, inside) for _ in range(form.count("{}")))) if form else draw(leaf)

    def row(depth: int, others: list[Texts]) -> str:
        """An item, then up to two more; one of the others only now and then."""
        kinds = draw(st.sampled_from(["", "", "i", "i", "ii", "io", "oi", "o"]))
        rest = (draw(st.one_of(others)) if kind == "o" and others else item(depth) for kind in kinds)
        return " ".join((item(depth), *rest))

    begins, ends = (draw(st.sampled_from(["", edge])) if anchors else "" for edge in ("^", " $"))
    return f"{begins}{row(depth, missing)}{ends}"


def _joined(separator: str, form: str) -> Callable[[list[str]], str]:
    return lambda parts: form.format(separator.join(parts))


def _slots() -> Texts:
    return st.sampled_from(["{x}", "{y}", *(f"{{{kind}:{kind}}}" for kind in TYPES)])


def _absent(word: Texts, *, references: bool) -> Texts:
    several = st.lists(word, min_size=1, max_size=2).map(_joined("|", "!({})"))
    named = st.sampled_from(["!never", "<no_tea>", *(f"!~{name}" for name in SINGLE)] if references else ["!never"])
    return st.one_of(word.map("!{}".format), several, named)
