"""Packs and sentences that mean harm: answered in bounded time and memory, or refused in a line naming the place."""

from __future__ import annotations

import json
import os
import re
import resource
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from her_desktop.conversation import Conversation, Turn, respond
from her_desktop.dialogue.book import RuleBook
from her_desktop.dialogue.packs import load_packs
from her_desktop.dialogue.state import State
from her_desktop.events import FinalTranscript
from her_desktop.language import tokenize
from her_desktop.memory.journal import Journal
from her_desktop.nlu.line import MOST_TOKENS, Line
from her_desktop.nlu.matcher import match
from her_desktop.nlu.program import Lexicon, compile_template
from her_desktop.nlu.template import TemplateError
from her_desktop.skills import VALUES
from tests.dialogue.own import FALLBACK
from tests.dialogue.talk import BEGINS, Talk, conversation, language

GOOD = '  - {id: tea.good, samples: [tea], hears: ["^tea$"], act: offer, says: ["With milk?"]}\n'
HEAD = "topic: tea\nrules:\n"
_MOST_S, _MOST_BYTES = 20, 2 << 30

# ---- templates -------------------------------------------------------------------------------------------------------

LEVELS = range(40)
TEMPLATES: dict[str, tuple[str, dict[str, str], dict[str, tuple[str, ...]]]] = {
    name: (*more, {}, {})[:3]  # type: ignore[misc]
    for name, more in {
        "100 wildcards": ("* a " * 100 + "zebra",),
        "300 wildcards": ("* " * 300,),
        "10,000 wildcards": ("* " * 10_000,),
        "1,000 optional words": ("[a] " * 1_000,),
        "groups 1,000 deep": ("[" * 1_000 + "a" + "]" * 1_000,),
        "groups 1,000,000 deep": ("(" * 1_000_000,),
        "slots in groups 50 deep": ("(" * 50 + "{x} {y:number}" + ")" * 50,),
        "slots in optional groups 15 deep": ("[" * 15 + "{x} {y:number}" + "]" * 15,),
        "slots in optional groups 6 deep": ("[" * 6 + "{x} {y:number}" + "]" * 6,),
        "50 slots": (" ".join(f"{{s{at}}}" for at in range(50)),),
        "100 slots that may be missing": (" ".join(f"[{{s{at}}}]" for at in range(100)),),
        "20 typed slots": (" ".join(f"{{s{at}:number}}" for at in range(20)),),
        "a choice of 10,000 words": ("(" + "|".join(f"w{at}" for at in range(10_000)) + ")",),
        "a choice of 10,000 phrases": ("(" + "|".join(f"w{at} x" for at in range(10_000)) + ")",),
        "any order in any order": ("((a;b;c;d);(e;f;g;h);(i;j;k;l);(m;n;o;p))",),
        "any order three times over": ("(((a;b;c;d);(e;f;g;h);(i;j;k;l);(m;n;o;p));x;y;z)",),
        "a gap of many digits": ("*" + "9" * 100_000,),
        "a million words": ("a " * 1_000_000,),
        "a million brackets": ("][" * 500_000,),
        "laughing expansions": ("<a0>", {f"a{at}": f"<a{at + 1}> <a{at + 1}>" for at in LEVELS} | {"a40": "x"}),
        "few of many expansions": ("<a0>", {f"a{at}": f"<a{at + 1}> " * 50 for at in range(6)} | {"a6": "x"}),
        "expansions of nothing": ("<a0> x", {f"a{at}": f"<a{at + 1}> " * 50 for at in range(6)} | {"a6": "?"}),
        "expansions of absent words": ("<a0> x", {f"a{at}": f"<a{at + 1}> " * 50 for at in range(6)} | {"a6": "!b"}),
        "expansions in a circle": ("<a>", {"a": "b [<c>]", "c": "d <a>"}),
        "laughing concepts": ("~a0", {}, {f"a{at}": (f"~a{at + 1}",) * 5 for at in range(18)} | {"a18": ("x", "y z")}),
        "concepts in a circle": ("~a", {}, {"a": ("~b", "x"), "b": ("~a", "y")}),
        "a slot of concepts in a circle": ("{x:~a}", {}, {"a": ("~b",), "b": ("~a",)}),
        "thirty concepts, each of all": ("~a0", {}, {f"a{m}": tuple(f"~a{n}" for n in range(30)) for m in range(30)}),
        "a concept of nothing": ("i feel ~a", {}, {"a": ()}),
        "a concept of signs": ("i feel ~a", {}, {"a": ("?", "!!", "😀")}),
    }.items()
}


REFUSED = (
    "slots in groups 50 deep", "slots in optional groups 15 deep", "a choice of 10,000 phrases",
    "expansions of absent words",
    "10,000 wildcards", "1,000 optional words", "groups 1,000 deep", "groups 1,000,000 deep", "a million words",
    "any order three times over", "laughing expansions", "few of many expansions", "expansions of nothing",
    "expansions in a circle", "concepts in a circle", "a slot of concepts in a circle", "thirty concepts, each of all",
    "a concept of nothing", "a concept of signs", "a million brackets", "a gap of many digits",
)  # fmt: skip


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_is_compiled_and_walked_or_refused_with_its_column(name: str) -> None:
    template, expansions, concepts = TEMPLATES[name]
    refused: list[TemplateError] = []
    try:
        program = compile_template(template, Lexicon(language(), expansions, concepts))
    except TemplateError as error:
        refused.append(error)
    else:
        for said in ("a " * 100, "a b c d " * 50, "5 twenty ten " * 50, ""):
            match(program, Line.of(said, language(), BEGINS))
    assert bool(refused) is (name in REFUSED)
    assert all(error.column >= 1 and len(str(error)) < 500 for error in refused)


@pytest.mark.parametrize(
    "template", ["", "  ", "...", "😀", "\0", "\u200d", "tea 😀", "two + two", "\ue000", "<nothing>"]
)
def test_a_template_that_nothing_reaches_or_everything_is_refused(template: str) -> None:
    with pytest.raises(TemplateError):
        compile_template(template, Lexicon(language(), {"nothing": "?!"}))


def test_punctuation_in_a_template_is_stepped_over() -> None:
    program = compile_template("well , you know – tea ?", Lexicon(language()))
    assert len(program.steps) == 5


# ---- packs -----------------------------------------------------------------------------------------------------------


def read(folder: Path, text: str | bytes, name: str = "tea.yaml") -> RuleBook:
    (folder / name).write_bytes(text.encode() if isinstance(text, str) else text)
    (folder / "otherwise.yaml").write_text(FALLBACK, encoding="utf-8")
    return load_packs([folder], language(), VALUES)


BOMB = "a0: &a0 [x]\n" + "".join(f"a{at}: &a{at} [*a{at - 1}, *a{at - 1}]\n" for at in range(1, 50))
FILES: dict[str, str | bytes] = {
    "aliases that double": BOMB,
    "many aliases": "a: &a x\nb: [" + "*a, " * 101 + "]",
    "an alias of itself": "topic: &a [*a]",
    "aliases in a chain": "a0: &a0 x\n"
    + "".join(f"a{at}: &a{at} {'[' * 40}*a{at - 1}{']' * 40}\n" for at in range(1, 99)),
    "an alias of nothing": "topic: *x",
    "square brackets": "[" * 100_000,
    "braces": "{a: " * 100_000,
    "dashes": "- " * 100_000,
    "question marks": "? " * 100_000,
    "indents": "".join(" " * at + "a:\n" for at in range(2_000)),
    "python objects": HEAD + "  - !!python/object/apply:os.system [ls]\n",
    "a python name": "topic: !!python/name:os.system\n",
    "an unknown tag": "topic: !tea tea\n",
    "a tagged date": "topic: !!timestamp tea\n",
    "a tagged truth": "topic: !!bool tea\n",
    "an empty number": "topic: !!int ''\n",
    "an empty fraction": "topic: !!float ''\n",
    "a tagged null": "topic: !!null tea\n",
    "binary": "topic: !!binary é\n",
    "a set": "topic: !!set {a, b}\n",
    "the same key twice": "topic: tea\ntopic: cake\n",
    "a list as a key": "[a]: 1\n",
    "tabs": "topic: tea\nrules:\n\t- id: x\n",
    "two documents": "topic: tea\n---\ntopic: cake\n",
    "UTF-16": "topic: tea\n".encode("utf-16"),
    "Latin-1": "topic: thé\n".encode("latin-1"),
    "a lone surrogate": b"topic: \xed\xa0\x80\n",
    "an escaped surrogate": 'topic: "\\ud800"\n',
    "NUL": b"topic: te\0a\n",
    "a control character": b"topic: te\x07a\n",
    "a future YAML": "%YAML 9.9\n---\ntopic: tea\n",
    "a text": "tea",
    "a list": "- tea",
    "nothing": "",
    "null": "~",
    "null topic": "topic: ~\nrules: ~\n",
    "a number as topic": "topic: 5\nrules: []\n",
    "a date as topic": "topic: [2026-11-22]\n",
    "a word as rules": "topic: tea\nrules: tea\n",
    "a mapping as rules": "topic: tea\nrules: {a: b}\n",
    "a word as concepts": "topic: tea\nconcepts: tea\n",
    "a number in a concept": "topic: tea\nconcepts: {a: [5]}\n",
    "a list as an expansion": "topic: tea\nexpansions: {a: [b]}\n",
    "merge keys": "topic: tea\n<<: {rules: []}\n",
    "an unknown key": "topic: tea\nbomb: 1\n",
    "a huge key": "topic: tea\n? " + "a" * 100_000 + "\n: 1\n",
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_left_out_and_named_with_its_line(tmp_path: Path, name: str) -> None:
    made = read(tmp_path, FILES[name])
    assert list(made.rules) == ["otherwise.anything"]
    assert len(made.quarantined) == 1
    broken = made.quarantined[0]
    assert broken.whole_file
    assert re.match(r"tea\.yaml:\d+", broken.place)
    assert "\n" not in broken.line


RULES: dict[str, str] = {
    "null": "~",
    "a number": "5",
    "a text": "tea",
    "a list": "[tea]",
    "null everywhere": "{id: ~, samples: ~, hears: ~, act: ~, says: ~}",
    "a number as id": "{id: 5, samples: [a], hears: [a], act: offer, says: [A.]}",
    "a date as id": "{id: 2026-11-22, samples: [a], hears: [a], act: offer, says: [A.]}",
    "a line break in the id": '{id: "tea.bad\\n", samples: [a], hears: [a], act: offer, says: [A.]}',
    "a NUL in the id": '{id: "tea.b\\0d", samples: [a], hears: [a], act: offer, says: [A.]}',
    "a line break in an answer's id": '{id: tea.bad, samples: [a], hears: [a], act: offer, says: [A.], '
    'expects: [{id: "a\\n", samples: [a], hears: [a], says: [A.]}]}',
    "a terminal's commands in the id": '{id: "tea.\\e[31m", samples: [a], hears: [a], act: offer, says: [A.]}',
    "a mapping as id": "{id: {a: b}, samples: [a], hears: [a], act: offer, says: [A.]}",
    "a text as hears": "{id: tea.bad, samples: [a], hears: a, act: offer, says: [A.]}",
    "nested hears": "{id: tea.bad, samples: [a], hears: [[a]], act: offer, says: [A.]}",
    "a number to hear": "{id: tea.bad, samples: [a], hears: [5], act: offer, says: [A.]}",
    "nothing to hear": '{id: tea.bad, samples: [a], hears: [""], act: offer, says: [A.]}',
    "a smile to hear": '{id: tea.bad, samples: [a], hears: ["😀"], act: offer, says: [A.]}',
    "a NUL to hear": '{id: tea.bad, samples: [a], hears: ["\\0"], act: offer, says: [A.]}',
    "deep templates": f'{{id: tea.bad, samples: [a], hears: ["{"[" * 2_000}"], act: offer, says: [A.]}}',
    "deep wordings": f'{{id: tea.bad, samples: [a], hears: [a], act: offer, says: ["{"[" * 2_000}"]}}',
    "deep holes": f'{{id: tea.bad, samples: [a], hears: [a], act: offer, says: ["A {"{" * 2_000}"]}}',
    "nothing to say": '{id: tea.bad, samples: [a], hears: [a], act: offer, says: [""]}',
    "an infinite priority": "{id: tea.bad, samples: [a], hears: [a], act: offer, says: [A.], priority: .inf}",
    "a huge priority": f"{{id: tea.bad, samples: [a], hears: [a], act: offer, says: [A.], priority: {'9' * 5_000}}}",
    "sixties": f"{{id: tea.bad, samples: [a], hears: [a], act: offer, says: [A.], priority: 1{':1' * 100_000}}}",
    "a power": '{id: tea.bad, samples: [a], hears: [a], act: offer, says: [A.], needs: ["9**9**9 > 1"]}',
    "a class": '{id: tea.bad, samples: [a], hears: [a], act: offer, says: [A.], needs: ["turns.__class__ == 1"]}',
    "a long condition": f'{{id: tea.bad, samples: [a], hears: [a], act: offer, says: [A.], needs: ["{"a" * 10_000}"]}}',
    "a skill that is a path": "{id: tea.bad, samples: [a], hears: [a], act: offer, says: [A.], skill: ../../bin/sh}",
    "answers in themselves": "&r {id: tea.bad, samples: [a], hears: [a], act: offer, says: [A.], note: {a: [b]}}",
    "a slot that may be missing": '{id: tea.bad, samples: [a], hears: ["a [in {x}]"], act: offer, says: ["In {x}."]}',
    "a number that may be missing": '{id: tea.bad, samples: [a], hears: ["a [{x:number}]"], act: offer, says: [A.], '
    'needs: ["x > 3"]}',
    "two kinds of one slot": '{id: tea.bad, samples: [a], hears: ["a {x:number}", "b { x }"], act: offer, says: [A.]}',
    "a slot twice in one template": '{id: tea.bad, samples: [a], hears: ["a {x:number} {x}"], act: offer, says: [A.]}',
    "a variant that is a template": '{id: tea.bad, samples: [a], hears: ["~odd"], act: offer, says: [A.]}',
}  # fmt: skip


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", RULES)
def test_a_hostile_rule_is_left_out_alone_and_named_with_its_line(tmp_path: Path, name: str) -> None:
    concepts = 'concepts: {odd: [{word: tea, heard_as: ["[t] {x}"]}]}\n'
    made = read(tmp_path, HEAD + GOOD + f"  - {RULES[name]}\n" + concepts)
    assert list(made.rules) == ["otherwise.anything", "tea.good"]
    assert len(made.quarantined) == 1
    broken = made.quarantined[0]
    assert not broken.whole_file
    assert broken.place.startswith("tea.yaml:4")
    assert 10 < len(broken.why) < 4_000


KEPT: dict[str, str] = {
    "1,000 holes": f'says: ["{"{user.name} " * 1_000}", "Yes."]',
    "1,000 optional parts": f'says: ["Yes{"[ {user.name}]" * 1_000}."]',
    "optional parts 12 deep": f'says: ["Yes{"[ a {user.name}" * 12}{"]" * 12}."]',
    "1,000 wordings": "says: [" + ", ".join(f"Yes {at}." for at in range(1_000)) + "]",
    "a wording of a million letters": f'says: ["{"Yes " * 250_000}."]',
    "300 wildcards": f'hears: ["{"* " * 300}zebra", "^tea$"]',
    "100 wildcards and words": f'hears: ["{"* a " * 100}zebra", "^tea$"]',
    "1,000 templates": "hears: [" + ", ".join(f"tea w{at}" for at in range(1_000)) + ', "^tea$"]',
    "a choice of 10,000 words": "hears: [^tea$, (" + "|".join(f"w{at}" for at in range(10_000)) + ") now]",
    "100 conditions": "needs: [" + ", ".join(["\"not recently('x', turns=1e308)\""] * 100) + "]",
    "division by nothing": 'needs: ["not 1 / 0 > 1 or True"]',
    "a backslash": "needs: [\"topic != 'a\\\\d'\"]",
    "words of truth": 'samples: [yes, no, on, off, y, n, 12:30, 2026-11-22, 1_000, 0o17, 1e3, =, "<<"]',
    "other scripts": 'says: ["Да, 茶, شاي, चाय, ชา, ß, İ."]',
    "directions": 'says: ["\\u202Eolleh\\u202C"]',
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", KEPT)
def test_a_rule_that_is_only_odd_answers(tmp_path: Path, name: str) -> None:
    key = KEPT[name].partition(":")[0]
    parts = {"id": "tea.odd", "samples": "[tea]", "hears": '["^tea$"]', "act": "offer", "says": '["Yes."]'}
    lines = [KEPT[name] if part == key else f"{part}: {value}" for part, value in parts.items()]
    text = "\n    ".join(lines if key in parts else [*lines, KEPT[name]])
    made = read(tmp_path, f"{HEAD}  - {text}\n")
    assert not made.quarantined, made.quarantined[0].line[:300]
    reply = own_turns(made, "tea")[0].reply
    assert (reply.rule, reply.text != "") == (("tea.odd", True) if "nothing" not in name else (reply.rule, True))


def own_turns(rule_book: RuleBook, *said: str) -> list[Turn]:
    own, state, turns = Conversation.of(rule_book, language()), State(), list[Turn]()
    for text in said:
        turns.append(respond(own, state, FinalTranscript.typed(text), BEGINS, 0))
        state = turns[-1].state
    return turns


ANYTHING = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.sampled_from(["a", "tea.x"])
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=6,
)
RULE = {"id": "tea.odd", "samples": ["tea"], "hears": ["^tea$"], "act": "offer", "says": ["Yes."]}
KEYS = (
    *RULE, "needs", "technique", "tone", "priority", "learns", "skill", "once", "cooldown_turns", "ends", "volunteers",
    "follow_up", "expects", "tier", "note",
)  # fmt: skip


@settings(deadline=None, max_examples=120)
@given(st.dictionaries(st.sampled_from(KEYS), ANYTHING, min_size=1, max_size=3))
def test_whatever_stands_in_a_rule_it_is_kept_or_left_out(
    tmp_path_factory: pytest.TempPathFactory, odd: object
) -> None:
    assert isinstance(odd, dict)
    made = read(tmp_path_factory.mktemp("packs"), json.dumps({"topic": "tea", "rules": [RULE | odd]}))
    assert len(made.quarantined) + len(made.rules) >= 2
    assert own_turns(made, "tea", "yes", "😀")


# ---- files -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def odd_folder(tmp_path: Path) -> Iterator[Path]:
    """One good pack among what is none: a folder, a socket, a pipe, links to nowhere and in a circle."""
    folder = tmp_path / "packs"
    folder.mkdir()
    (folder / "good.yaml").write_text(HEAD + GOOD, encoding="utf-8")
    (folder / "folder.yaml").mkdir()
    (folder / "nowhere.yaml").symlink_to("gone.yaml")
    (folder / "round.yaml").symlink_to("round.yaml")
    os.mkfifo(folder / "pipe.yaml")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "socket.yaml"))
        yield folder


pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and limits of a process are POSIX's")


def test_what_is_no_file_is_passed_over(odd_folder: Path) -> None:
    made = load_packs([odd_folder], language(), VALUES)
    assert list(made.rules) == ["tea.good"]
    assert not made.quarantined


@pytest.mark.parametrize("name", ["socket.yaml", "pipe.yaml"])
def test_a_pipe_that_is_named_as_a_pack_is_not_waited_for(odd_folder: Path, name: str) -> None:
    made = load_packs([odd_folder / "good.yaml", odd_folder / name], language(), VALUES)
    assert [broken.line for broken in made.quarantined] == [f"{name}:1:1: the whole file: it is no file"]
    assert list(made.rules) == ["tea.good"]


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="a file that cannot be read by anybody is Linux's")
def test_a_file_that_cannot_be_read_is_left_out(odd_folder: Path) -> None:
    (odd_folder / "memory.yaml").symlink_to("/proc/self/mem")
    made = load_packs([odd_folder], language(), VALUES)
    assert "cannot be read" in made.quarantined[0].why
    assert list(made.rules) == ["tea.good"]


@pytest.mark.skipif(sys.platform == "darwin", reason="its file systems refuse such names")
def test_a_file_name_may_be_any_bytes(tmp_path: Path) -> None:
    folder, cache = tmp_path / "packs", tmp_path / "cache" / "rules.msgpack"
    folder.mkdir()
    for name in (b"\xff.yaml", b"a\x1b[31m\n.yaml"):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(HEAD + GOOD, encoding="utf-8")
    for _ in range(2):
        made = load_packs([folder], language(), VALUES, [cache])
        assert list(made.rules) == ["tea.good"]
        assert len(made.quarantined) == 1
        assert all(
            text.isprintable() for text in (*made.hashes, made.rules["tea.good"].place, made.quarantined[0].line)
        )
        msgspec.json.encode((made.hashes, made.quarantined))


def test_a_pack_that_is_named_twice_is_read_once(tmp_path: Path) -> None:
    read(tmp_path, HEAD + GOOD)
    made = load_packs([tmp_path, tmp_path / "tea.yaml"], language(), VALUES)
    assert not made.quarantined


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.999])
def test_a_compiled_file_with_one_wrong_byte_is_made_anew(tmp_path: Path, share: float) -> None:
    packs, cache = tmp_path / "packs", tmp_path / "cache" / "rules.msgpack"
    packs.mkdir()
    read(packs, HEAD + GOOD)
    whole = load_packs([packs], language(), VALUES, [cache])
    data = bytearray(cache.read_bytes())
    data[int(share * len(data))] ^= 0xFF
    cache.write_bytes(data)
    again = load_packs([packs], language(), VALUES, [cache])
    assert dict(again.rules) == dict(whole.rules)
    assert list(again.programs) == list(whole.programs)
    assert cache.read_bytes() != bytes(data)


# ---- sentences -------------------------------------------------------------------------------------------------------

SAID: dict[str, str] = {
    "nothing": "",
    "spaces": " \t\u00a0\u2003\u3000 ",
    "NUL": "hello\0hello\0",
    "controls": "".join(map(chr, range(32))) + "\x7f\x85\x9b31m hello",
    "a lone surrogate": "my name is \ud800Ada\udfff",
    "surrogates alone": "\ud800\udc00\udfff",
    "directions": "\u202ehello\u202c \u2066what is my name\u2069\u200f",
    "joiners": "h\u200de\u200cl\u200bl\u2060o",
    "soft hyphens": "hel\u00adlo",
    "a thousand accents": "hello" + "\u0301" * 1_000,
    "a hundred thousand accents": "h" + "\u0327\u0301" * 50_000 + "ello",
    "accents alone": "\u0301\u0327" * 1_000,
    "smiles": "😀 👩‍👩‍👧 🇩🇪 5️⃣ ❤️",
    "right to left": "שלום מה השעה مرحبا كم الساعة",
    "other scripts": "привет 你好 こんにちは हिन्दी में बात करो ชื่อของฉัน ქართული",
    "other digits": "set a timer for ١٠ minutes ၅ ໕ ½ ² Ⅻ ①",  # noqa: RUF001 -- they are meant
    "Turkish": "MY NAME IS İBRAHİM ışık",  # noqa: RUF001 -- likewise
    "ligatures": "ﬁve ﬂowers ﷺ ㎏ ℌello ｈｅｌｌｏ",  # noqa: RUF001 -- likewise
    "markup": "<script>alert(1)</script> {user.name} [a] (b|c) ~d $e ^f *",
    "a query": "'; DROP TABLE entries; --",
    "a million letters": "a" * 1_000_000,
    "a million letters with hyphens": "a-" * 500_000,
    "a million digits": "9" * 1_000_000,
    "10,000 words": "a " * 10_000,
    "10,000 words of a name": "my name is " + "ada " * 10_000,
    "10,000 feelings": "i feel " * 5_000,
    "10,000 numbers": "twenty five " * 5_000,
    "10,000 times": "remind me at six on friday for ten minutes " * 1_100,
    "10,000 lengths": "an hour and ten minutes and " * 1_700,
    "10,000 digits": "5 " * 10_000,
    "10,000 short forms": "what's " * 10_000,
    "10,000 negations": "not " * 10_000,
    "100,000 words": "tell me about it " * 25_000,
    "a million signs": "?!" * 500_000,
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("name", SAID)
def test_every_sentence_gets_a_reply_that_can_be_kept(tmp_path: Path, name: str) -> None:
    talk = Talk()
    turns = [talk.says(SAID[name]), talk.says("what did you hear"), talk.says("what is my name")]
    with Journal(tmp_path) as journal:
        for number, turn in enumerate(turns, 1):
            assert turn.reply.text.strip()
            assert "".join(span.text for span in turn.reply.spans) == turn.reply.text
            journal.append(number, BEGINS, turn.entries, durable=True)
        kept = [recorded.entry for recorded in journal.entries()]
    assert kept == [entry for turn in turns for entry in turn.entries]


def test_the_words_of_the_whole_vocabulary_in_no_order_are_answered() -> None:
    words = sorted({word for key in conversation().book.needs.keys for word in key})
    spread = [part for word in words for part in (word, "zebra")]
    for said in (words, spread, spread * 3, spread[:200]):
        assert Talk().says(" ".join(said)).reply.text


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("h\u200de\u200cl\u200bl\u2060o", ["hello"]),
        ("hel\u00adlo \u202eyou\u202c", ["hello", "you"]),
        ("5\ufe0f\u20e3 cups", ["5", "cups"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("हिन्दा में", ["हिन्दा", "में"]),
        ("Zoe\u0308 zoë ZOË", ["zoë", "zoë", "zoë"]),
        ("Straße STRASSE ﬁn", ["strasse", "strasse", "fin"]),
        ("İstanbul", ["i̇stanbul"]),
        ("i̇stanbul", ["i̇stanbul"]),
        ("\u0301tea", ["tea"]),
        ("te\u0301a\u0327\u0301", ["t\u00e9\u00e1\u0327"]),
        ("te_a \ud800tea\0cup", ["te", "a", "tea", "cup"]),
        ("a" + "\u0301" * 1_000, ["á" + "\u0301" * 29]),
    ],
)
def test_what_has_no_sound_is_no_part_of_a_word_and_a_vowel_sign_is(said: str, heard: list[str]) -> None:
    assert [token.norm for token in tokenize(said, {})] == heard


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=30))
def test_words_are_the_same_however_often_they_are_split(text: str) -> None:
    tokens = tokenize(text, {})
    again = tokenize(" ".join(token.surface for token in tokens), {})
    assert [token.norm for token in again] == [token.norm for token in tokens]


def test_of_a_speech_only_the_beginning_is_understood() -> None:
    line = Line.of("word " * 50_000, language(), BEGINS)
    assert len(line.tokens) == MOST_TOKENS
    turn = Talk().says("hello " + "blah " * 50_000 + "hello")
    assert max(map(len, msgspec.to_builtins(turn.entries[1])["tokens"])) == MOST_TOKENS


# ---- the program -----------------------------------------------------------------------------------------------------


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))


def chat(home: Path, said: bytes, *arguments: object) -> subprocess.CompletedProcess[bytes]:
    """`her-desktop chat`, with two gigabytes and twenty seconds."""
    command = [sys.executable, "-m", "her_desktop", "chat", "--home", str(home), *map(str, arguments)]
    return subprocess.run(command, input=said, capture_output=True, check=False, timeout=_MOST_S, preexec_fn=_limited)


def test_hostile_lines_are_answered_one_by_one(tmp_path: Path) -> None:
    lines = [re.sub(r"[\n\r]", " ", text).encode("utf-8", "surrogatepass") for text in SAID.values()]
    lines = [line for line in lines if line.decode("utf-8", "replace").strip() and len(line) < 100_000]
    lines += [b"\xff\xfe\xed\xa0\x80", b"\x1b]0;owned\x07", b"hello"]
    done = chat(tmp_path, b"\n".join(lines), "--json")
    assert done.returncode == 0, done.stderr[-2_000:]
    assert b"Traceback" not in done.stderr
    kinds = [json.loads(line)["kind"] for line in done.stdout.decode().splitlines()]
    assert "failure" not in kinds
    assert kinds.count("reply") == len(lines)


@pytest.mark.parametrize("name", ["10,000 words", "10,000 feelings", "100,000 words", "a million letters"])
def test_a_flood_of_words_is_answered_in_bounded_time_and_memory(tmp_path: Path, name: str) -> None:
    done = chat(tmp_path, SAID[name].encode() + b"\nhello\n")
    assert done.returncode == 0, done.stderr[-2_000:]
    assert done.stdout.count(b"her  ") == 2


def test_hostile_packs_leave_the_conversation_alone(tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    packs.mkdir()
    for number, text in enumerate(FILES.values()):
        (packs / f"file{number}.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
    rules = "".join(f"  - {rule}\n" for rule in RULES.values())
    (packs / "tea.yaml").write_text(HEAD + GOOD + rules, encoding="utf-8")
    (packs / "otherwise.yaml").write_text(FALLBACK, encoding="utf-8")
    done = chat(tmp_path / "home", b"tea\nhello\n", "--packs", packs)
    assert done.returncode == 0, done.stderr[-2_000:]
    assert b"Traceback" not in done.stderr
    assert b"With milk?" in done.stdout
    told = [line for line in done.stderr.decode().splitlines() if re.match(r"her-desktop: \w+\.yaml:\d+", line)]
    assert len(told) == len(FILES) + len(RULES)


@pytest.mark.parametrize("name", ["aliases that double", "square brackets", "python objects", "UTF-16", "nothing"])
def test_with_a_hostile_pack_alone_it_ends_in_one_line(tmp_path: Path, name: str) -> None:
    text = FILES[name]
    (tmp_path / "bad.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
    done = chat(tmp_path / "home", b"hello\n", "--packs", tmp_path / "bad.yaml")
    assert done.returncode == 2
    assert done.stderr.startswith(b"her-desktop: packs: bad.yaml:")
    assert len(done.stderr.splitlines()) == 1
