"""Rule packs: a broken rule is left out alone, named by file and line; all the others work."""

from pathlib import Path

import pytest

from her_desktop.dialogue.book import RuleBook
from her_desktop.dialogue.packs import load_language, load_packs
from her_desktop.paths import resources
from her_desktop.skills import VALUES

ENGLISH = resources() / "dialogue" / "en"

GOOD = """\
topic: tea
rules:
  - id: tea.offer
    samples: [tea please]
    hears: ["tea"]
    act: offer
    says: ["With milk?"]
"""


def book(folder: Path, **files: str) -> RuleBook:
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load_packs([folder], load_language(ENGLISH), VALUES)


@pytest.mark.parametrize(
    ("line", "place", "why"),
    [
        ('hears: ["tea (cup"]', "pack.yaml:5", "never closed"),
        ('says: ["{nobody} likes tea."]', "pack.yaml:7", "nobody"),
        ('says: ["an open { brace"]', "pack.yaml:7", "never closed"),
        ("act: dance", "pack.yaml:6", "no act “dance”"),
        ("samples: [1]", "pack.yaml:4", "must be text: put it in quotes"),
        ("hears: []", "pack.yaml:3", "need at least one line"),
    ],
)
def test_a_broken_rule_is_named_by_file_and_line(tmp_path: Path, line: str, place: str, why: str) -> None:
    key = line.partition(":")[0]
    broken = "\n".join(f"    {line}" if row.strip().startswith(f"{key}:") else row for row in GOOD.splitlines())
    read = book(tmp_path, pack=broken, other=GOOD.replace("tea", "cake"))
    assert list(read.rules) == ["cake.offer"]
    assert len(read.quarantined) == 1
    assert read.quarantined[0].place.startswith(place)
    assert read.quarantined[0].rule == "tea.offer"
    assert why in read.quarantined[0].why


@pytest.mark.parametrize(
    ("extra", "why"),
    [
        ('needs: ["__import__(1)"]', "no “__import__”"),
        ('needs: ["turns >="]', "cannot be read"),
        ("needs: [\"recently('tea', turn=3)\"]", "does not work"),
        ('learns: {drink: "{drink"}', "never closed"),
        ('learns: {drink: "{drink}"}', "not a slot of every template"),
        ("technique: [T99]", "no technique “T99”"),
        ("technique: [T26]", "manipulative"),
        ("skill: os.system", "no skill “os.system”"),
        ("tier: answer", "answer"),
        ("colour: red", "colour"),
        ('says: ["{user.name}, tea."]', "without facts that may not be there"),
    ],
)
def test_what_a_rule_may_not_say_is_refused(tmp_path: Path, extra: str, why: str) -> None:
    text = GOOD.replace('    says: ["With milk?"]\n', "") if extra.startswith("says") else GOOD
    read = book(tmp_path, pack=text + f"    {extra}\n")
    assert not read.rules
    assert why in read.quarantined[0].why


def test_a_file_that_is_not_yaml_is_left_out_with_line_and_column(tmp_path: Path) -> None:
    read = book(tmp_path, bad="topic: bad\nrules:\n  - id: [unclosed\n", good=GOOD)
    assert list(read.rules) == ["tea.offer"]
    assert read.quarantined[0].place == "bad.yaml:4:1"


def test_yes_and_no_are_words(tmp_path: Path) -> None:
    read = book(tmp_path, pack=GOOD.replace("[tea please]", "[yes, no, on, off]"))
    assert read.rules["tea.offer"].spec.samples == ("yes", "no", "on", "off")


def test_a_yaml_bomb_is_refused(tmp_path: Path) -> None:
    bomb = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    read = book(tmp_path, bomb=bomb, good=GOOD)
    assert list(read.rules) == ["tea.offer"]
    assert "aliases" in read.quarantined[0].why


def test_the_same_id_twice_names_the_other_place(tmp_path: Path) -> None:
    read = book(tmp_path, one=GOOD, two=GOOD)
    assert "one.yaml:3" in read.quarantined[0].why


def test_a_concept_that_two_packs_define_is_told_and_the_first_stays(tmp_path: Path) -> None:
    read = book(tmp_path, a=GOOD + "concepts: {cup: [cup, mug]}\n", b="topic: b\nconcepts: {cup: [bowl]}\n")
    assert [(broken.place, broken.why) for broken in read.quarantined] == [
        ("b.yaml:2", "another pack defines cup among its concepts, too; each uses its own")
    ]


def test_every_pack_in_force_is_hashed(tmp_path: Path) -> None:
    read = book(tmp_path, one=GOOD)
    assert len(read.hashes["one.yaml"]) == 64


def test_the_compiled_book_is_the_same_as_the_packs(tmp_path: Path) -> None:
    language, cache = load_language(ENGLISH), tmp_path / "cache" / "rules.msgpack"
    first = load_packs([ENGLISH], language, VALUES, [cache])
    assert cache.stat().st_size > 10_000
    for again in (load_packs([ENGLISH], language, VALUES, [cache]), load_packs([ENGLISH], language, VALUES)):
        assert dict(again.rules) == dict(first.rules)
        assert list(again.programs) == list(first.programs)
        assert (again.quarantined, again.hashes, again.parents) == (first.quarantined, first.hashes, first.parents)


def test_a_changed_pack_is_compiled_anew(tmp_path: Path) -> None:
    language, cache, packs = load_language(ENGLISH), tmp_path / "cache" / "rules.msgpack", tmp_path / "packs"
    packs.mkdir()
    (packs / "tea.yaml").write_text(GOOD, encoding="utf-8")
    load_packs([packs], language, VALUES, [cache])
    (packs / "tea.yaml").write_text(GOOD.replace("milk", "lemon"), encoding="utf-8")
    assert load_packs([packs], language, VALUES, [cache]).rules["tea.offer"].spec.says == ("With lemon?",)


def test_a_compiled_book_that_cannot_be_read_is_made_anew(tmp_path: Path) -> None:
    cache = tmp_path / "rules.msgpack"
    cache.write_bytes(b"not a rule book")
    assert load_packs([ENGLISH], load_language(ENGLISH), VALUES, [cache]).rules


def test_two_packs_of_the_same_name_are_both_seen(tmp_path: Path) -> None:
    language, cache = load_language(ENGLISH), tmp_path / "cache" / "rules.msgpack"
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder, drink in zip(folders, ("tea", "cake"), strict=True):
        folder.mkdir()
        (folder / "p.yaml").write_text(GOOD.replace("tea", drink), encoding="utf-8")
    assert {"one/p.yaml", "two/p.yaml"} <= load_packs(folders, language, VALUES, [cache]).hashes.keys()
    (folders[0] / "p.yaml").write_text(GOOD.replace("milk", "lemon"), encoding="utf-8")
    assert load_packs(folders, language, VALUES, [cache]).rules["tea.offer"].spec.says == ("With lemon?",)
