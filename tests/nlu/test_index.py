"""The index: it only ever leaves out templates that cannot fit, and their order changes nothing that it tells."""

import random
from datetime import datetime

import msgspec
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from her_desktop.nlu.index import Index, Needs
from her_desktop.nlu.line import Line
from her_desktop.nlu.matcher import walk
from her_desktop.nlu.program import Program, compile_template
from her_desktop.nlu.template import TemplateError
from tests.nlu.templates import LEXICON, WORDS, templates, utterances

NOW = datetime(2026, 11, 22, 15, 5)
HEARD_AS = msgspec.structs.replace(
    LEXICON, heard_as={"warm": {"coco": "cocoa", "mill k": "milk"}, "drink": {"tee": "tea", "red whine": "red wine"}}
)
MISHEARD = st.sampled_from(["coco", "mill k", "tee", "red whine", "mill", "k"])


def line(text: str) -> Line:
    return Line.of(text, LEXICON.language, NOW)


def compiled(template: str) -> Program:
    try:
        return compile_template(template, HEARD_AS)
    except TemplateError:
        assume(False)
        raise


def indexed(programs: list[Program]) -> Index:
    return Index(Needs.of_templates(program.needs for program in programs))


def fitting(index: Index, said: Line) -> list[int]:
    return list(index.fitting(index.keys(said.words)))


SENTENCES = st.lists(st.one_of(utterances(4), MISHEARD), min_size=1, max_size=3).map(" ".join)


@settings(deadline=None, max_examples=60)
@given(st.lists(templates(), min_size=1, max_size=6), SENTENCES)
def test_no_match_that_a_plain_scan_finds_is_lost(texts: list[str], said: str) -> None:
    programs = [compiled(text) for text in texts]
    heard = line(said)
    found = fitting(indexed(programs), heard)
    assert len(found) == len(set(found))
    assert {at for at, program in enumerate(programs) if walk(program, heard) is not None} <= set(found)


def _template(rng: random.Random) -> str:
    """Two to four parts over few words: plain ones, choices, optional words, concepts, gaps, slots, absent words."""
    words = rng.choices(WORDS, k=3)
    parts = [
        words[0], words[1], f"({words[0]}|{words[2]})", f"[{words[1]}]", f"[{words[1]}|{words[2]}]", "~drink", "~way",
        f"({words[1]};{words[2]})", "*2", "{x}", f"!{words[2]}", "<ask>", f"({words[0]} {words[1]}|{words[2]})",
    ]  # fmt: skip
    return " ".join(rng.choices(parts, k=rng.randint(2, 4)))


def test_among_thousands_that_share_their_words_none_is_lost() -> None:
    rng = random.Random(3)
    programs: list[Program] = []
    while len(programs) < 2_000:
        try:
            programs.append(compile_template(_template(rng), HEARD_AS))
        except TemplateError:
            continue
    index, matches = indexed(programs), 0
    pool = (*WORDS, "cocoa", "coco", "tee", "pour", "by", "boat", "on", "foot", "never", "zebra", "red whine")
    for _ in range(40):
        heard = line(" ".join(rng.choices(pool, k=rng.randint(1, 9))))
        fits = {at for at, program in enumerate(programs) if walk(program, heard) is not None}
        assert fits <= set(fitting(index, heard))
        matches += len(fits)
    assert matches > 1_000, "the sentences must reach the rules, else nothing is shown"


@pytest.mark.parametrize("said", ["", "zebra", "tea milk", "is not red tea please", "what's the tea"])
def test_few_are_tried(said: str) -> None:
    index = indexed([compile_template(f"w{at} tea [milk]", LEXICON) for at in range(1_000)])
    assert fitting(index, line(said)) == []
    assert fitting(index, line(f"{said} w77 tea")) == [77]


@settings(deadline=None, max_examples=25)
@given(st.lists(templates(absent="nowhere"), min_size=2, max_size=8, unique=True), SENTENCES, st.randoms())
def test_the_order_of_templates_changes_nothing(texts: list[str], said: str, rng: random.Random) -> None:
    shuffled = rng.sample(texts, len(texts))
    told = []
    for order in (texts, shuffled):
        programs = [compiled(text) for text in order]
        needs = Needs.of_templates(program.needs for program in programs)
        index = Index(needs, sorted(range(len(order)), key=order.__getitem__))
        met = index.keys(line(said).words)
        lacking = [(lacks, order[at], index.missing(at, met)) for lacks, at in index.lacking(met, 5)]
        told.append((lacking, {order[at] for at in index.fitting(met)}, needs.keys))
    assert told[0] == told[1]


@settings(deadline=None, max_examples=30)
@given(st.lists(templates(), min_size=1, max_size=6), SENTENCES)
def test_what_lacks_nothing_is_what_is_tried(texts: list[str], said: str) -> None:
    programs = [compiled(text) for text in texts]
    index = indexed(programs)
    met = index.keys(line(said).words)
    lacking = {at: lacks for lacks, at in index.lacking(met, 1_000)}
    for at, lacks in lacking.items():
        missing = [need for need in dict.fromkeys(programs[at].needs) if need.isdisjoint(line(said).words)]
        assert lacks == len(missing)
        assert bool(index.missing(at, met)) == bool(missing)
    assert {at for at, lacks in lacking.items() if not lacks} == {at for at in index.fitting(met) if programs[at].needs}
