"""The reports: the table, the page, LCOV and Cobertura, each taken apart by a reader of its form."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from itertools import count
from pathlib import Path
from xml.etree import ElementTree

import html5lib
import msgspec
import pytest

from her_desktop.conversation import Turn
from her_desktop.dialogue.packs import load_packs
from her_desktop.events import Recorded
from her_desktop.paths import resources
from her_desktop.screenplay.coverage import html as coverage_html
from her_desktop.screenplay.coverage import table as coverage_table
from her_desktop.screenplay.coverage.cobertura import cobertura
from her_desktop.screenplay.coverage.coverage import Coverage, Figure
from her_desktop.screenplay.coverage.lcov import lcov
from her_desktop.screenplay.coverage.lines import lines
from her_desktop.screenplay.coverage.units import COUNTED, sources
from her_desktop.skills import VALUES
from tests.dialogue.own import OwnTalk
from tests.dialogue.talk import BEGINS, Talk, book, language

PACK = """\
topic: tea
rules:
  - id: tea.offer
    samples: ["make some tea"]
    hears: &tea
      - "make [some] tea"
    needs: ["not knows('user.name')", "turns >= 0"]
    once: true
    act: question
    says: ["Green?", "Or black?"]
    plain: "Which?"
  - id: tea.too
    samples: ["make some tea"]
    hears: *tea
    act: inform
    says:
      - "Again."
      - "<script>alert('& \\u202e')</script>"
  - {id: tea.never, samples: ["never"], hears: ["never"], act: inform, says: ["Never."]}
"""

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)


def recorded(turns: Iterable[Turn]) -> list[Recorded]:
    seq = count(1)
    return [Recorded(next(seq), 1, 1, BEGINS, entry) for turn in turns for entry in turn.entries]


def performed(folder: Path, *words: str, pack: str = PACK) -> Coverage:
    file = folder / "packs" / "tea.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(pack, encoding="utf-8")
    talk = OwnTalk(pack)
    talk.hears(words)
    return Coverage.of(load_packs([file], language(), VALUES), [file]).with_entries(recorded(talk.turns))


@cache
def shipped() -> Coverage:
    heard = [rule for rule in book().rules.values() if rule.prompt == "heard"]
    talk = Talk()
    for rule in heard[::3]:
        if rule.parent:
            talk.is_asked(rule.parent)
        talk.says(rule.spec.samples[0])
    return Coverage.of(book(), [resources() / "dialogue" / "en"]).with_entries(recorded(talk.turns))


def test_the_table_tells_each_pack_and_then_what_was_missed(tmp_path: Path) -> None:
    head, row, *rest = coverage_table.table(performed(tmp_path, "make some tea", "make some tea"), tmp_path)
    assert head.split() == ["pack", *coverage_table.HEADS]
    assert row.split() == ["packs/tea.yaml", "2/3", "2/5", "4/6", "2/3", "58%", "0/1"]
    assert rest[:2] == ["", "Missed:"]
    assert rest[-1] == "1 of 1 plain wordings were not said either; they are not in the figures."
    missed = "\n".join(rest)
    assert re.search(r"packs/tea\.yaml:10: wording [12] of tea\.offer was never said: “", missed)
    assert "packs/tea.yaml:19: tea.never never spoke. With it: 1 wording, 1 template. Say “never”." in missed
    assert "packs/tea.yaml:7: “not knows('user.name')” of tea.offer was never false. Say “make some tea”." in missed
    assert "wording 1 of tea.never" not in missed, "it is told with its rule"


def test_a_pack_that_is_wholly_reached_leaves_nothing_to_tell(tmp_path: Path) -> None:
    pack = """{topic: a, rules: [{id: a.b, samples: [hop], hears: [hop], act: inform, says: ["Up."]}]}"""
    told = list(coverage_table.table(performed(tmp_path, "hop", pack=pack)))
    assert len(told) == 2
    assert told[1].split() == ["tea.yaml", "1/1", "1/1", "1/1", "100%"]


def test_ninety_nine_and_a_half_percent_are_not_all() -> None:
    assert coverage_table.percent(Figure(199, 200)) == "99%"
    assert Figure(199, 200).percent == pytest.approx(99.5)


def test_no_control_character_of_a_pack_reaches_the_terminal(tmp_path: Path) -> None:
    pack = PACK.replace('"Never."', '"Never\\x1b7\\nsaid.", "Never\\x1b7\\never."')
    told = list(coverage_table.table(performed(tmp_path, "never", pack=pack)))
    assert all(row.isprintable() for row in told)
    assert any("of tea.never was never said: “Never�7 " in row for row in told)


def test_several_packs_are_added_up_in_the_last_row() -> None:
    rows = list(coverage_table.table(shipped()))
    total = next(row for row in rows if row.startswith("in all"))
    of = sum(1 for unit in shipped().units if unit.kind == "wording")
    assert f"/{of} " in total
    assert rows[1].startswith("about_her.yaml ")


def test_the_object_holds_what_the_table_does(tmp_path: Path) -> None:
    found = performed(tmp_path, "make some tea")
    flat = json.loads(msgspec.json.encode(coverage_table.flat(found, tmp_path)))
    (pack,) = flat["packs"]
    assert pack["pack"] == "packs/tea.yaml"
    assert pack["rules"] == {"reached": 1, "of": 3}
    assert flat["total"]["all"]["of"] == found.total().of
    assert len(flat["missed"]) == len(found.missed)
    assert {"kind", "file", "line", "rule", "what", "todo"} == flat["missed"][0].keys()


def tree_of(page: str) -> ElementTree.Element:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree: ElementTree.Element = parser.parse(page)
    assert parser.errors == []
    return tree


def rows_of(tree: ElementTree.Element) -> dict[str, tuple[str, str]]:
    """Each marked line of the page: its number, its kind, and all that stands on it."""
    marked = (one for one in tree.iter("li") if one.get("class"))
    return {one.get("id", ""): (one.get("class", ""), "".join(one.itertext())) for one in marked}


def test_the_page_marks_each_line_of_the_pack(tmp_path: Path) -> None:
    found = performed(tmp_path, "make some tea", "make some tea")
    tree = tree_of(coverage_html.page(found, sources([tmp_path / "packs"])))
    rows = rows_of(tree)
    assert rows["line-1-3"][0] == "reached"
    assert "spoke × 1" in rows["line-1-3"][1]
    assert rows["line-1-7"][0] == rows["line-1-10"][0] == "partly"
    assert "true × 1, never false" in rows["line-1-7"][1]
    assert rows["line-1-8"] == ("reached", "8✓    once: truetrue × 1, false × 1")
    assert rows["line-1-11"][0] == "missed apart"
    assert rows["line-1-19"][0] == "missed"
    assert "Say “never”." in rows["line-1-19"][1]
    texts = ["".join(code.itertext()) for code in tree.iter("code")]
    assert len(texts) == len(PACK.splitlines())
    assert texts[2] == PACK.splitlines()[2]


def test_nothing_of_a_pack_becomes_markup_and_nothing_is_loaded(tmp_path: Path) -> None:
    tree = tree_of(coverage_html.page(performed(tmp_path, "make some tea"), sources([tmp_path / "packs"])))
    names = {str(one.tag) for one in tree.iter()}
    assert names.isdisjoint({"script", "img", "link", "iframe", "object", "form"})
    policy = next(one for one in tree.iter("meta") if one.get("http-equiv") == "Content-Security-Policy")
    assert policy.get("content", "").startswith("default-src 'none'; ")
    style = (resources() / "coverage.css").read_text("utf-8")
    assert "url(" not in style
    assert "@import" not in style
    assert "<script>alert('& \\u202e')</script>" in "".join(tree.itertext())


def test_every_link_of_the_page_leads_somewhere() -> None:
    found = shipped()
    tree = tree_of(coverage_html.page(found, sources([resources() / "dialogue" / "en"])))
    ids = [one.get("id") for one in tree.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    links = {one.get("href", "")[1:] for one in tree.iter("a")}
    assert len(links) > 100
    assert links <= set(ids)


def test_the_page_has_no_blue_and_knows_dark_and_paper() -> None:
    style = (resources() / "coverage.css").read_text("utf-8")
    colors = re.findall(r"#([0-9a-f]{3}(?:[0-9a-f]{3})?)\b", style)
    full = [one if len(one) == 6 else "".join(letter * 2 for letter in one) for one in colors]
    assert all(int(one[4:], 16) <= int(one[:2], 16) or one in ("41694c", "6f9a78", "8fb39a", "9cc3a6") for one in full)
    assert "prefers-color-scheme: dark" in style
    assert "@media print" in style


def test_a_pack_whose_text_is_not_there_still_has_its_lines(tmp_path: Path) -> None:
    rows = rows_of(tree_of(coverage_html.page(performed(tmp_path, "make some tea"), {})))
    assert {"line-1-3", "line-1-7", "line-1-19"} <= rows.keys()


def test_the_page_of_nothing_says_so() -> None:
    assert "There are no rules." in coverage_html.page(Coverage(), {})


def records(text: str) -> dict[str, list[tuple[str, list[str]]]]:
    """An LCOV tracefile: for each file its lines, as key and values."""
    found: dict[str, list[tuple[str, list[str]]]] = {}
    for block in text.split("end_of_record\n")[:-1]:
        rows = [(key, value.split(",")) for key, _, value in (row.partition(":") for row in block.splitlines())]
        assert rows[0] == ("TN", [""])
        assert rows[1][0] == "SF"
        found[rows[1][1][0]] = rows[2:]
    assert text == "" or text.endswith("end_of_record\n")
    return found


def of(rows: list[tuple[str, list[str]]], wanted: str) -> list[list[str]]:
    return [values for key, values in rows if key == wanted]


def test_lcov_tells_lines_functions_and_branches(tmp_path: Path) -> None:
    found = performed(tmp_path, "make some tea", "make some tea")
    rows = records(lcov(found, tmp_path))["packs/tea.yaml"]
    assert of(rows, "FN") == [["3", "tea.offer"], ["12", "tea.too"], ["19", "tea.never"]]
    assert of(rows, "FNDA") == [["1", "tea.offer"], ["1", "tea.too"], ["0", "tea.never"]]
    assert of(rows, "DA") == [
        ["3", "1"], ["6", "1"], ["7", "1"], ["8", "2"], ["10", "0"], ["12", "1"],
        *(["17", "1"], ["18", "0"]) * (found_first(found)), *(["17", "0"], ["18", "1"]) * (not found_first(found)),
        ["19", "0"],
    ]  # fmt: skip
    assert of(rows, "BRDA") == [
        ["7", "0", "0", "1"], ["7", "0", "1", "0"], ["7", "1", "0", "1"], ["7", "1", "1", "0"],
        ["8", "0", "0", "1"], ["8", "0", "1", "1"],
    ]  # fmt: skip
    assert [of(rows, key)[0] for key in ("FNF", "FNH", "BRF", "BRH", "LF", "LH")] == [
        ["3"], ["2"], ["6"], ["4"], ["9"], ["6"],
    ]  # fmt: skip


def found_first(found: Coverage) -> bool:
    return next(one for one in found.units if (one.kind, one.rule, one.at) == ("wording", "tea.too", 0)).times > 0


def test_a_branch_that_was_never_come_by_has_a_dash(tmp_path: Path) -> None:
    rows = records(lcov(performed(tmp_path), tmp_path))["packs/tea.yaml"]
    assert {values[3] for values in of(rows, "BRDA")} == {"-"}


def test_lcov_adds_up_for_the_shipped_packs() -> None:
    found = records(lcov(shipped(), resources().parent))
    assert "resources/dialogue/en/greeting.yaml" in found
    for file, rows in found.items():
        hits = {int(number): int(times) for number, times in of(rows, "DA")}
        assert list(hits) == sorted(hits), "each line once, in order"
        assert of(rows, "LF") == [[str(len(hits))]]
        assert of(rows, "LH") == [[str(sum(map(bool, hits.values())))]]
        taken = [values[3] for values in of(rows, "BRDA")]
        assert of(rows, "BRF") == [[str(len(taken))]]
        assert of(rows, "BRH") == [[str(sum(one not in "-0" for one in taken))]]
        assert not any(hits[int(number)] == 0 and seen not in "-0" for number, _, _, seen in of(rows, "BRDA"))
        assert max(hits) <= len((resources().parent / file).read_text("utf-8").splitlines())


def test_a_pack_outside_of_the_root_keeps_its_whole_path(tmp_path: Path) -> None:
    found = performed(tmp_path)
    whole = (tmp_path / "packs" / "tea.yaml").resolve().as_posix()
    assert list(records(lcov(found, tmp_path / "elsewhere"))) == [whole]
    top = ElementTree.fromstring(cobertura(found, tmp_path / "elsewhere", AT))
    assert [one.get("filename") for one in top.iter("class")] == [whole]


NEEDED = {
    "coverage": {"line-rate", "branch-rate", "lines-covered", "lines-valid", "branches-covered", "branches-valid",
                 "complexity", "version", "timestamp"},
    "package": {"name", "line-rate", "branch-rate", "complexity"},
    "class": {"name", "filename", "line-rate", "branch-rate", "complexity"},
    "method": {"name", "signature", "line-rate", "branch-rate", "complexity"},
    "condition": {"number", "type", "coverage"},
}  # fmt: skip
INSIDE = {
    "coverage": ["sources", "packages"], "sources": ["source"], "source": [], "packages": ["package"],
    "package": ["classes"], "classes": ["class"], "class": ["methods", "lines"], "methods": ["method"],
    "method": ["lines"], "lines": ["line"], "line": ["conditions"], "conditions": ["condition"], "condition": [],
}  # fmt: skip
"""What coverage-04 asks for."""


def check_form(element: ElementTree.Element) -> None:
    attributes = set(element.attrib)
    if element.tag == "line":
        assert {"number", "hits"} <= attributes <= {"number", "hits", "branch", "condition-coverage"}
    else:
        assert attributes == NEEDED.get(element.tag, set())
    inside = [child.tag for child in element]
    if element.tag in ("coverage", "class"):
        assert inside == INSIDE[element.tag]
    assert set(inside) <= set(INSIDE[element.tag])
    for child in element:
        check_form(child)


def test_cobertura_has_the_form_of_coverage_04_and_adds_up() -> None:
    text = cobertura(shipped(), resources().parent, AT)
    top = ElementTree.fromstring(text)
    check_form(top)
    assert top.get("timestamp") == str(int(AT.timestamp() * 1000))
    assert [one.text for one in top.iter("source")] == [resources().parent.as_posix()]
    assert {one.get("name") for one in top.iter("package")} == {"resources.dialogue.en"}
    own = [line for one in top.iter("class") for line in one.findall("lines/line")]
    assert int(top.get("lines-valid", "")) == len(own)
    assert int(top.get("lines-covered", "")) == sum(line.get("hits") != "0" for line in own)
    shown = [re.fullmatch(r"\d+% \((\d+)/(\d+)\)", line.get("condition-coverage", "")) for line in own]
    assert int(top.get("branches-covered", "")) == sum(int(one[1]) for one in shown if one)
    assert int(top.get("branches-valid", "")) == sum(int(one[2]) for one in shown if one)
    assert int(top.get("branches-valid", "")) == shipped().figures()["condition"].of
    assert int(top.get("branches-covered", "")) == shipped().figures()["condition"].reached


def test_cobertura_shows_conditions_as_branches_and_rules_as_methods(tmp_path: Path) -> None:
    top = ElementTree.fromstring(cobertura(performed(tmp_path, "make some tea", "make some tea"), tmp_path, AT))
    line = next(one for one in top.findall(".//class/lines/line") if one.get("number") == "7")
    assert dict(line.attrib) == {"number": "7", "hits": "1", "branch": "true", "condition-coverage": "50% (2/4)"}
    assert [one.get("coverage") for one in line.iter("condition")] == ["50%", "50%"]
    methods = {one.get("name"): one for one in top.iter("method")}
    assert list(methods) == ["tea.offer", "tea.too", "tea.never"]
    assert methods["tea.never"].get("line-rate") == "0"
    again = [one.get("number") for one in methods["tea.too"].iter("line")]
    assert again == ["6", "12", "17", "18"], "its template stands with the other rule"


def test_lines_hold_what_counts_and_nothing_else(tmp_path: Path) -> None:
    found = performed(tmp_path)
    (file,) = found.files
    held = [unit for line in lines(found, file) for unit in line.units]
    assert {unit.kind for unit in held} == set(COUNTED) - {"rejoinder"}
    assert sum(len(unit.branches) for unit in held) == found.total().of


def test_names_that_would_break_a_line_are_made_harmless(tmp_path: Path) -> None:
    file = tmp_path / "a\nend_of_record <&.yaml"
    file.write_text(PACK, encoding="utf-8")
    found = Coverage.of(load_packs([file], language(), VALUES), [file])
    assert [name.rpartition("/")[2] for name in records(lcov(found, tmp_path))] == ["a�end_of_record <&.yaml"]
    assert ElementTree.fromstring(cobertura(found, tmp_path, AT)).find(".//class") is not None
    rows = rows_of(tree_of(coverage_html.page(found, sources([file]))))
    assert "tea.offer" in rows["line-1-3"][1]
