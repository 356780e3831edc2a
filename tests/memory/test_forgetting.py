"""Forgetting: the words of a fact are gone from every entry and every file, and everything else stays."""

import itertools
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from functools import reduce
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from her_desktop import events as e
from her_desktop.memory import database
from her_desktop.memory.database import Unswept
from her_desktop.memory.facts import Facts, fold
from her_desktop.memory.fields import ROLES
from her_desktop.memory.journal import Journal
from her_desktop.memory.words import MARK, Words, tokens
from tests.memory.talks import NOW, asking_for, heard, learned, recalling, spoken, strings, teaching, used, using

FIRST = Path(__file__).parent / "form_1.sql"


def facts_of(journal: Journal) -> Facts:
    nothing: Facts = {}
    return reduce(fold, (recorded.entry for recorded in journal.entries()), nothing)


def write(journal: Journal, *turns: tuple[e.Entry, ...]) -> None:
    journal.begin_session()
    for turn, entries in enumerate(turns, 1):
        journal.append(turn, NOW, entries, durable=True)


def forget(journal: Journal, *names: str) -> dict[str, dict[int, str]]:
    """Forget facts by their names; the marked turns of each."""
    facts = [facts_of(journal)[f"user.{name}"] for name in names]
    gone = [
        e.FactForgotten(fact=f.id, subject=f.subject, predicate=f.predicate, object="", source_turn=f.source_turn)
        for f in facts
    ]
    journal.append(90, NOW, gone, durable=True)
    marked = [one.entry for one in journal.forget(facts, 90, NOW)]
    assert [type(one) for one in marked] == [e.TurnsMarked] * len(names)
    return {one.fact: {t.turn: t.how for t in one.turns} for one in marked if isinstance(one, e.TurnsMarked)}


def left_on_disk(home: Path, *words: str) -> list[str]:
    """Words that stand in any file of the profile, in any case, in one of two encodings."""
    found = []
    for path in (path for path in home.rglob("*") if path.is_file()):
        content = path.read_bytes()
        wide = content.lower()
        for word in words:
            plain = word.lower()
            if plain.encode() in wide or plain.encode("utf-16-le") in wide or plain.encode("utf-16-be") in wide:
                found.append(f"{word} in {path.name}")
    return found


def test_nothing_is_left_of_a_name_in_a_real_conversation(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "journal.sqlite")) as old:
        old.executescript(FIRST.read_text("utf-8"))
    with Journal(tmp_path) as journal:
        assert left_on_disk(tmp_path, "Theodore", "Twombly", "Bartholomew")
        marks = forget(journal, "name")
        assert left_on_disk(tmp_path, "Theodore", "Twombly", "Bartholomew") == []
        assert journal.search("theo*") == []
        (turns,) = marks.values()
        assert {turns[2], turns[5]} == {"taught"}
        assert {turns[3], turns[6]} == {"used"}
    assert left_on_disk(tmp_path, "Theodore", "Twombly", "Bartholomew") == []
    with Journal(tmp_path, read_only=True) as journal:
        assert "user.name" not in facts_of(journal)
        (hit, *_) = journal.search("sister")
        assert hit.text == "remember that my sister is called Ada"
        first = next(one.entry for one in journal.turn(2) if isinstance(one.entry, e.FactLearned))
    assert (first.fact, first.object, first.words) == ("user.name@2", f"{MARK} {MARK}", " ".join([MARK] * 5))


def test_each_turn_is_marked_by_what_it_had_to_do_with_the_fact(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        write(
            journal, heard("nothing of this"), teaching("name", "Zerlina Quux", 2), using("name", "Zerlina Quux", 2),
            heard("zerlina quux's dog and ZERLINA"), asking_for("name", "Zerlina Quux"),
            recalling("I hear: Zerlina Quux.", 2), recalling("go on please", 6), heard("something else"),
        )  # fmt: skip
        before = [journal.turn(turn) for turn in (1, 8)]
        (turns,) = forget(journal, "name").values()
        assert turns == {2: "taught", 3: "used", 4: "mentioned", 5: "leaned", 6: "mentioned", 7: "leaned"}
        assert [journal.turn(turn) for turn in (1, 8)] == before
        (text,) = [one.entry.text for one in journal.turn(4) if isinstance(one.entry, e.FinalTranscript)]
        assert text == f"{MARK} {MARK} dog and {MARK}"
        decisions = [one.entry for one in journal.turn(5) if isinstance(one.entry, e.Decision)]
    decision = decisions[-1]
    assert decision.conditions[0].names == {"fact('user.name')": f"{MARK} {MARK}", "turns": 3}
    assert decision.losers[0].reason == (
        "condition is false: fact('user.name') == 'x' "
        f"(fact('user.name') = {MARK} {MARK}, recently('a.b', turns=5) = False)"
    )


def test_what_a_slot_caught_counts_as_the_fact_too(tmp_path: Path) -> None:
    told = e.Decision(
        rule="me.age", tier="global", order=(), template="i am {age:number}", losers=(), slots={"age": "fortytwoish"},
        slot_words={"age": (2,)}, values={"age": "42"},
    )  # fmt: skip
    with Journal(tmp_path) as journal:
        write(
            journal, (*heard("i am fortytwoish"), told, learned("age", "42", 1, "i am fortytwoish")),
            heard("did I say Fortytwoish"), heard("or 42 or 42.0"),
        )  # fmt: skip
        (turns,) = forget(journal, "age").values()
        assert turns == {1: "taught", 2: "mentioned", 3: "mentioned"}
    assert left_on_disk(tmp_path, "fortytwoish") == []


def test_what_a_rule_wrote_down_by_itself_is_not_looked_for_as_a_word(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        write(journal, (*heard("do you feel"), learned("asked", "true", 1, "do you feel")), heard("true enough"))
        (turns,) = forget(journal, "asked").values()
        assert turns == {1: "taught"}
        assert journal.search("true")


def test_common_words_of_a_fact_go_only_with_the_whole_of_it(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        write(journal, teaching("home", "a flat in Berlin", 1), heard("in Berlin a cat"), heard("a cat in a box"),
              heard("it is a flat in berlin in winter"))  # fmt: skip
        fact = facts_of(journal)["user.home"]
        journal.forget([fact], 9, NOW, common={"a", "in"})
        texts = [
            one.entry.text
            for one in journal.entries(kinds=[e.FinalTranscript])
            if isinstance(one.entry, e.FinalTranscript)
        ]
    assert texts[1:] == [f"in {MARK} a cat", "a cat in a box", f"it is {MARK} {MARK} {MARK} {MARK} in winter"]


SMALL = {"i", "a", "at", "of", "the", "was", "to", "me", "is", "it", "for", "für", "there"}


@pytest.mark.parametrize(("told", "said"), [
    ("anna bergstrom", "bergstrom was nice to me|anna said hello|annas dog|bergstroms|bergstrum was there|Berg Strom"),
    ("a falconer at gripsholm", "gripsholm is cold|falconers fly|grippsholm"),
    ("ancient vinyl records", "vinyl is lovely|a record|so ancient"),
    ("march third", "third of march|in march|the third"),
    ("Quackenbush", "the quackenbushes|quackenbush's|QUACKENBUSH’S"),
    ("Reykjavik", "ein Reykjaviker|reykjavikerin|reykjavíks|Reykjawik"),
    ("Säckingen", "Säckinger|saeckingen|sackingen|Saeckingerin"),
    ("Saeckingen", "säckingen|Säckinger"),
    ("Jörg Strauß", "joerg|jorg|strauss|straussens"),
    ("Umbertide", "u-m-b-e-r-t-i-d-e|umber tide|u m b e r t i d e|U. M. B. E. R. T. I. D. E.|umbertyde|umbretide"),
    ("O'Brien", "obrien|o’briens|brien"),
])  # fmt: skip
def test_a_word_of_a_fact_is_gone_in_every_form(tmp_path: Path, told: str, said: str) -> None:
    with Journal(tmp_path) as journal:
        write(journal, teaching("it", told, 1), *(heard(f"hm {one} hm") for one in said.split("|")))
        journal.forget([facts_of(journal)["user.it"]], 90, NOW, common=SMALL)
    words = [word.strip(".") for word in f"{told}|{said}".replace("|", " ").split() if len(word.strip(".")) > 2]
    other = {"was", "nice", "said", "hello", "dog", "there", "cold", "fly", "lovely", "the", "ein"}
    assert left_on_disk(tmp_path, *(word for word in words if word not in other)) == []
    assert left_on_disk(tmp_path, "u m b", '"u","m","b"', "u. m.") == []


def test_a_number_is_gone_in_every_form(tmp_path: Path) -> None:
    forms = ["47th", "47-year-old", "47s", "47.0", "47"]
    with Journal(tmp_path) as journal:
        write(journal, teaching("age", "47", 1), *(heard(f"hm {one} hm") for one in forms), heard("hm 470 hm"))
        forget(journal, "age")
        texts = [text for one in journal.entries(kinds=[e.FinalTranscript]) for text in strings(one.entry)]
    assert {text for text in texts if text.startswith("hm")} - {"hm"} == {f"hm {MARK} hm", "hm 470 hm"}


def test_small_words_and_others_stay(tmp_path: Path) -> None:
    said = ["i was there for it", "i'm at the sea", "don't ask me", "my other sister", "theme of the day"]
    with Journal(tmp_path) as journal:
        write(journal, teaching("it", "theren at the ma i'm", 1), *map(heard, said))
        before = [journal.turn(turn) for turn in range(2, 7)]
        journal.forget([facts_of(journal)["user.it"]], 90, NOW, common=SMALL)
        assert [journal.turn(turn) for turn in range(2, 7)] == before


def test_a_command_that_was_held_is_forgotten_with_the_turn_that_carried_it_out(tmp_path: Path) -> None:
    held = e.CommandHeld(rule="a.b", asking="a.c", text="call me zerlina")
    resumed = e.CommandResumed(rule="a.b", text="call me zerlina")
    with Journal(tmp_path) as journal:
        write(journal, (*heard("cull me zerlina"), held), (*heard("yes"), resumed, learned("name", "zerlina", 2, "call me zerlina")))  # noqa: E501  # fmt: skip
        (turns,) = forget(journal, "name").values()
        assert turns == {1: "taught", 2: "taught"}
    assert left_on_disk(tmp_path, "zerlina", "cull") == []


def test_signs_and_scripts_without_spaces_are_forgotten_too(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        write(journal, teaching("animal", "🦊", 1), heard("the 🦊 again"), teaching("name", "王小明", 3),
              heard("我是王小明吗 zoe"), teaching("friend", "Zoë", 5), heard("and zoe’s cat"))  # fmt: skip
        forget(journal, "animal", "name", "friend")
    assert left_on_disk(tmp_path, "🦊", "王小明", "zoë", "zoe") == []


def test_forgetting_one_fact_leaves_another_that_says_the_same(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        write(journal, teaching("name", "Zerlina", 1), teaching("sister", "Zerlina", 2), using("sister", "Zerlina", 2))
        forget(journal, "name")
        kept = facts_of(journal)["user.sister"]
        assert (kept.object, kept.words) == ("Zerlina", "listen it is Zerlina")
        (reply,) = [one.entry for one in journal.turn(3) if isinstance(one.entry, e.Reply)]
    assert reply.spans[1].text == "Zerlina"


def test_a_correction_is_forgotten_with_what_it_corrected(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        again = (*heard("no it is Quux"), learned("name", "Quux", 2, "no it is Quux", "user.name@1"))
        write(journal, teaching("name", "Zerlina", 1), again, using("name", "Quux", 2))
        forget(journal, "name")
    assert left_on_disk(tmp_path, "zerlina", "quux") == []


def test_snapshots_of_the_state_are_dropped(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        write(journal, teaching("name", "Zerlina", 1))
        journal.keep_snapshot(1, "f", b"Zerlina")
        forget(journal, "name")
        assert journal.snapshot(None, "f") is None
    assert left_on_disk(tmp_path, "zerlina") == []


def test_nothing_to_forget_changes_nothing(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        write(journal, teaching("name", "Zerlina", 1))
        assert journal.forget([], 9, NOW) == ()
        assert journal.search("zerlina")


def test_where_another_program_reads_the_bytes_go_when_it_is_next_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_S", 0.05)
    with Journal(tmp_path) as journal:
        write(journal, teaching("name", "Zerlina", 1))
        with closing(sqlite3.connect(tmp_path / "journal.sqlite")) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM entries").fetchone()
            with pytest.raises(Unswept, match="next opened") as caught:
                forget(journal, "name")
        assert [type(one.entry) for one in caught.value.records] == [e.TurnsMarked]
        assert list(journal.entries())[-1] == caught.value.records[0]
        assert not any("zerlina" in text.lower() for one in journal.entries() for text in strings(one.entry))
    Journal(tmp_path).close()
    assert left_on_disk(tmp_path, "zerlina") == []


# ---- the table of fields ----


def structures() -> list[type[msgspec.Struct]]:
    """Every kind of entry, and every structure inside of one."""
    found: list[type[msgspec.Struct]] = list(e.ENTRIES)
    for kind in found:
        for field in msgspec.structs.fields(kind):
            inner = msgspec.inspect.type_info(field.type)
            found += [one for one in structs_in(inner) if one not in found]
    return found


def structs_in(info: msgspec.inspect.Type) -> list[type[msgspec.Struct]]:
    match info:
        case msgspec.inspect.StructType(cls=cls):
            return [cls]
        case msgspec.inspect.VarTupleType(item_type=item):
            return structs_in(item)
        case msgspec.inspect.TupleType(item_types=items) | msgspec.inspect.UnionType(types=items):
            return [one for item in items for one in structs_in(item)]
        case msgspec.inspect.DictType(value_type=value):
            return structs_in(value)
    return []


@pytest.mark.parametrize("kind", structures(), ids=lambda kind: kind.__name__)
def test_every_field_of_the_record_is_in_the_table(kind: type[msgspec.Struct]) -> None:
    assert kind in ROLES, f"say in memory/fields.py which fields of {kind.__name__} hold his words"
    missing = set(kind.__struct_fields__) - set(ROLES[kind])
    assert not missing, f"say in memory/fields.py whether {missing} of {kind.__name__} hold his words"


def test_the_table_is_about_structures_that_there_are() -> None:
    assert set(ROLES) == set(structures())


# ---- properties ----

AUTHORS = "I hear You said and forty It was go on listen it is what do you know say it again please".lower().split()
NAMES = st.lists(
    st.text("bcdfgklmnprtvxz", min_size=3, max_size=8).map(lambda word: f"q{word}"), min_size=1, max_size=3
)


CHANGES: dict[str, Callable[[str], str]] = {
    "itself": str.lower,
    "possessive": lambda word: f"{word}'s",
    "plural": lambda word: f"{word}s",
    "ending": lambda word: f"{word}er",
    "hyphens": "-".join,
    "apart": " ".join,
    "slip": lambda word: f"{word[:-1]}y" if len(word) >= 6 else word,
    "numbered": lambda word: f"8-{word}-old",
}


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_word_of_a_forgotten_fact_is_left_anywhere(data: st.DataObject) -> None:
    names = data.draw(st.booleans())
    told = {name: " ".join(data.draw(NAMES)) for name in ("name", "town", "pet")}
    objects = {name: one.title() if names else one for name, one in told.items()}
    gone = data.draw(st.sampled_from(sorted(objects)))
    turns: list[tuple[e.Entry, ...]] = [
        teaching(name, told, turn) for turn, (name, told) in enumerate(objects.items(), 1)
    ]
    source = {name: turn for turn, name in enumerate(objects, 1)}
    for _ in range(data.draw(st.integers(0, 6))):
        name = data.draw(st.sampled_from(sorted(objects)))
        kind = data.draw(st.sampled_from(["use", "ask", "recall", "say"]))
        change = CHANGES[data.draw(st.sampled_from(sorted(CHANGES)))]
        turns += [heard(f"hm {change(data.draw(st.sampled_from(told[name].split())))}")] * data.draw(st.integers(0, 1))
        turns.append({
            "use": lambda name=name: using(name, objects[name], source[name]),
            "ask": lambda name=name: asking_for(name, objects[name]),
            "recall": lambda name=name: recalling(objects[name], source[name]),
            "say": lambda name=name: heard(f"well {objects[name].upper()}, or {objects[name].split()[0]}'s"),
        }[kind]())  # fmt: skip
    with tempfile.TemporaryDirectory() as folder, Journal(Path(folder)) as journal:
        write(journal, *turns)
        before, kept = list(journal.entries()), {k: f for k, f in facts_of(journal).items() if k != f"user.{gone}"}
        forget(journal, gone)
        after = list(journal.entries())
        assert {k: (f.object, f.id) for k, f in facts_of(journal).items()} == {
            k: (f.object, f.id) for k, f in kept.items()
        }
    words = Words.of([objects[gone]])
    others = {word.lower() for name, told in objects.items() if name != gone for word in told.split()}
    distinct = [word for word in objects[gone].lower().split() if word not in others and word not in AUTHORS]
    for recorded in after:
        for text in strings(recorded.entry):
            left = {t[0].lower() for t in tokens(text)}
            for word in distinct:
                assert left.isdisjoint({change(word) for change in CHANGES.values()} - others), recorded
                assert " ".join(word) not in text.lower(), recorded
    assert words.phrases
    for old, new in itertools.zip_longest(before, after[: len(before)]):
        assert (old.seq, old.turn, old.at, old.kind) == (new.seq, new.turn, new.at, new.kind)
        assert [len(text.split()) for text in strings(old.entry)] == [len(text.split()) for text in strings(new.entry)]
        if isinstance(new.entry, (e.Reply, e.Suppressed)):
            assert "".join(span.text for span in new.entry.spans) == new.entry.text
        if isinstance(new.entry, e.Reply):
            assert all(new.entry.text[s.at : s.at + len(s.words)] == s.words for s in new.entry.seen)
            said = new.entry.text.split()
        if isinstance(new.entry, e.WordSpoken):
            assert new.entry.text == said[new.entry.index]


# ---- a kill at every step ----

PROGRAM = """
import os, signal, sqlite3, sys
from datetime import UTC, datetime
from functools import reduce
from pathlib import Path
from her_desktop.memory.facts import fold
from her_desktop.memory.journal import Journal
left = 10**9
def step(statement):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
journal = Journal(Path(sys.argv[1]))
facts = reduce(fold, (one.entry for one in journal.entries()), {})
journal._database.set_trace_callback(step)
left = int(sys.argv[2])
journal.forget(list(facts.values()), 9, datetime.now(UTC))
print(int(sys.argv[2]) - left)
"""


def run_until(home: Path, statements: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", PROGRAM, str(home), str(statements)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no such end")
def test_a_kill_at_any_step_loses_nothing_and_forgets_all_the_same(tmp_path: Path) -> None:
    steps, done = 1, False
    while not done:
        home = tmp_path / str(steps)
        home.mkdir()
        with Journal(home) as journal:
            write(journal, teaching("name", "Zerlina", 1), using("name", "Zerlina", 1))
        done = run_until(home, steps).returncode == 0
        with Journal(home) as journal:
            marked = list(journal.entries(kinds=[e.TurnsMarked]))
            if not marked:  # it had not begun: the record is as before, and can be forgotten now
                assert facts_of(journal)["user.name"].object == "Zerlina"
                assert journal.search("zerlina")
                forget(journal, "name")
        assert left_on_disk(home, "zerlina") == [], f"after {steps} steps"
        steps += 4 if not marked and steps > 8 else 1
    assert marked
    assert steps > 12


def test_he_is_told_when_the_turns_were(tmp_path: Path) -> None:
    with Journal(tmp_path) as journal:
        write(journal, teaching("name", "Zerlina", 1))
        (record,) = journal.forget([facts_of(journal)["user.name"]], 7, datetime(2027, 1, 1, tzinfo=UTC))
    assert (record.turn, record.at.year) == (7, 2027)
    assert used("name", "x", 1).fact == "user.name@1"
    assert spoken(e.Span("x", "author", "a#0"))
