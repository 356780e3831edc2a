"""The page "rules" on the real window, over the shipped packs, packs of a test, and records of conversations."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from her_desktop.app import App
from her_desktop.cli.common import Options
from her_desktop.conversation import Conversation
from her_desktop.dialogue import yaml_lines
from her_desktop.dialogue.rules import FollowUp, Rejoinder, Saying
from her_desktop.events import PacksChanged, Recorded, Reply, Volunteered
from her_desktop.inbox import Typed
from her_desktop.memory.journal import Journal
from her_desktop.paths import resources
from her_desktop.trace.reader import Past
from her_desktop.ui.pages.rules import RulesPage
from her_desktop.ui.pages.rules_catalog import Catalog, catalog
from her_desktop.ui.pages.rules_source import source
from her_desktop.ui.pages.rules_told import rule_source
from her_desktop.ui.window import Window, build
from tests.dialogue.talk import book, conversation
from tests.trace import packs

from .feed import Pressed
from .settled import settled
from .test_ledger_page import find, items, unnamed
from .test_window import texts, type_keys

pytestmark = pytest.mark.window
Key = Qt.Key

MARKUP = """\
topic: tags
rules:
  - id: tags.bold
    # a remark that belongs to it
    samples: ["say <b>bold</b>"]
    hears:
      - "say bold"
      - "say <i>"
    act: inform
    says: ["This is <b>not</b> bold."]

  # the next one
  - id: tags.broken
    samples: ["x"]
    hears: ["(x"]
    act: inform
    says: ["Never said."]
expansions:
  i: "italic"
"""


def page_of(window: Window) -> RulesPage:
    return cast(RulesPage, window.pages.page("rules"))


def chat(home: Path, *said: str) -> list[Recorded]:
    """Hold a typed conversation; returns what was recorded."""
    seen: list[Recorded] = []
    with App().chat(Options(home=home)) as session:
        session.watch(seen.append)
        session.start()
        for text in said:
            session.handle(Typed(text))
    return seen


@pytest.fixture(scope="module")
def talked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("profile")
    chat(home, "hello", "my name is ada", "how are you", "bad", "how are you", "good thanks for asking me that")
    return home


@pytest.fixture
def home(talked: Path, tmp_path: Path) -> Path:
    """A profile of its own after the same talk."""
    return shutil.copytree(talked, tmp_path, dirs_exist_ok=True)


def show(qtbot: QtBot, pressed: Pressed, home: Path, present: Callable[[], Conversation] = conversation) -> Window:
    window = build(pressed, record=lambda: Past(Journal(home, read_only=True), present))
    with qtbot.waitExposed(window.root):
        window.root.requestActivate()
    qtbot.waitUntil(window.root.isActive)
    window.pages.go("rules", "")
    qtbot.waitUntil(lambda: page_of(window)._loaded and page_of(window)._spoken._up_to >= 0, timeout=20_000)
    return window


@pytest.fixture
def rules_window(qtbot: QtBot, home: Path, pressed: Pressed) -> Iterator[Window]:
    window = show(qtbot, pressed, home)
    yield window
    window.close()


def laid_open(qtbot: QtBot, window: Window, rule: str) -> dict[str, Any]:
    qtbot.waitUntil(lambda: page_of(window).property("chosen").get("id") == rule)
    return cast(dict[str, Any], page_of(window).property("chosen"))


def lines(window: Window) -> list[str]:
    """The ids in the lines of the tree."""
    tree = page_of(window)._tree
    return [tree.catalog.nodes[number].id for number in tree.lines]


def test_every_rule_stands_in_the_tree_below_its_own(qtbot: QtBot) -> None:
    shown = catalog(book())
    rules = [node for node in shown.nodes if node.kind != "pack"]
    assert {node.id for node in rules} == set(book().rules)
    assert len(rules) == len(book().rules)
    for number, node in enumerate(shown.nodes):
        below = shown.nodes[number + 1 : number + 1 + node.size]
        assert all(one.depth > node.depth for one in below)
        if node.kind == "pack":
            assert all(book().rules[one.id].place.startswith(f"{node.id}:") for one in below)
            continue
        rule = book().rules[node.id]
        own = [one.id for one in below if one.depth == node.depth + 1]
        assert own == [*rule.rejoinders, *([rule.follow_up] if rule.follow_up else [])]


def test_counts_agree_with_the_record(qtbot: QtBot, home: Path, rules_window: Window) -> None:
    page = page_of(rules_window)
    with Journal(home, read_only=True) as journal:
        entries = list(journal.entries(kinds=(Reply, Volunteered)))
    spoke = Counter(cast(Reply, one.entry).rule for one in entries)
    shown = page._tree.catalog
    assert {
        node.id: page._times(at) for at, node in enumerate(shown.nodes) if node.kind != "pack" and page._times(at)
    } == spoke
    packs_ = {node.id: page._times(at) for at, node in enumerate(shown.nodes) if node.kind == "pack"}
    assert sum(packs_.values()) == sum(spoke.values())
    page.show("feelings.how_are_you")
    laid_open(qtbot, rules_window, "feelings.how_are_you")
    last = [one for one in entries if cast(Reply, one.entry).rule == "feelings.how_are_you"][-1]
    assert page.property("spoke")["turn"] == last.turn
    assert "spoke 2 times" in find(rules_window, "spoke").property("text")
    find(rules_window, "lastTurn").forceActiveFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(rules_window.root, Key.Key_Return)
    qtbot.waitUntil(lambda: rules_window.place.property("turn") == last.turn)
    assert rules_window.pages.property("tab") == "now"


def test_what_she_says_now_is_counted_once(qtbot: QtBot, home: Path, rules_window: Window) -> None:
    page = page_of(rules_window)
    page.show("feelings.how_are_you")
    laid_open(qtbot, rules_window, "feelings.how_are_you")
    for recorded in chat(home, "how are you"):
        rules_window.watcher.put(recorded)
    qtbot.waitUntil(lambda: page.property("spoke")["times"] == 3)
    pack = page._tree.catalog.at["feelings.yaml"]
    before = page._times(pack)
    page.closed()
    page.opened()
    upto = page._spoken._up_to
    qtbot.waitUntil(lambda: page._spoken._up_to > upto)
    assert (page.property("spoke")["times"], page._times(pack)) == (3, before)


def test_how_wordings_were_received_is_told(qtbot: QtBot, home: Path, rules_window: Window) -> None:
    page_of(rules_window).show("feelings.how_are_you")
    told = laid_open(qtbot, rules_window, "feelings.how_are_you")
    notes = [one["note"] for one in told["says"] if one["note"]]
    assert sum(int(note.split()[4]) for note in notes) == 2, notes
    assert [one["say"] for one in told["says"]] == list(book().rules["feelings.how_are_you"].spec.says)


@pytest.mark.parametrize("language", ["en", "de"])
def test_source_lines_are_those_of_the_file_and_hold_the_rule(tmp_path: Path, language: str) -> None:
    with App().chat(Options(home=tmp_path, language=language)) as session:
        session.start()
    here = App().conversation(Options(home=tmp_path, language=language))
    shown = catalog(here.book)
    with Journal(tmp_path, read_only=True) as journal:
        for number, node in enumerate(shown.nodes):
            if node.kind == "pack":
                continue
            rule = here.book.rules[node.id]
            found = rule_source(shown, number, here.book, journal)
            file = resources() / "dialogue" / language / found.file
            whole = file.read_text(encoding="utf-8").splitlines()
            last = found.first + len(found.lines)
            assert list(found.lines) == whole[found.first - 1 : last - 1], node.id
            values = yaml_lines.read(_without_aliases("\n".join(found.lines)))[0]
            assert len(values) == 1 or set(values) <= set(FollowUp.__struct_fields__), f"{node.id}: and no more than it"
            written = values[0] if isinstance(values, list) else values.get("follow_up", values)
            if _ALIAS in str(written["says"]):
                continue
            assert msgspec.convert(written["says"], tuple[str | Saying, ...]) == rule.spec.says, node.id
            assert list(written.get("samples", ())) == list(rule.spec.samples), node.id


_ALIAS = "what stands elsewhere"


def _without_aliases(text: str) -> str:
    return re.sub(r"(: |- |\[|, )\*[a-z]\w+", rf"\1{_ALIAS}", text)


def test_the_end_of_a_rule_is_found_whatever_follows() -> None:
    text = (
        "topic: a\nrules:\n  - id: a.b\n    says:\n    - x\n\n    # inside\n    act: inform\n\n"
        "  # of the next\n  - id: a.c\n    act: y\ngambits:\n- id: a.d\n  act: z\n"
    )
    assert source(text, "a.yaml", 3).lines == tuple(text.splitlines()[2:8])
    assert source(text, "a.yaml", 11).lines == ("  - id: a.c", "    act: y")
    assert source(text, "a.yaml", 14).lines == ("- id: a.d", "  act: z")
    flow = "topic: a\nrules: [{id: a.b, says: [x]},\n  {id: a.c, says: [y]}]\n"
    assert source(flow, "a.yaml", 3).lines == ("  {id: a.c, says: [y]}]",)
    assert source("", "a.yaml", 7).lines == ()


def test_a_search_finds_by_name_sample_template_and_wording(qtbot: QtBot, rules_window: Window) -> None:
    page = page_of(rules_window)
    everything = lines(rules_window)
    rule = book().rules["feelings.how_are_you/bad"]
    for words in ("HOW_ARE_YOU/bad", rule.spec.samples[2], rule.spec.hears[0][:40], str(rule.spec.says[1]).upper()):
        page.find(words)
        qtbot.waitUntil(lambda: rule.id in lines(rules_window))
        assert "feelings.yaml" in lines(rules_window)
        assert len(lines(rules_window)) < 40, words
    page.find("no rule says this")
    qtbot.waitUntil(lambda: lines(rules_window) == [])
    assert page.property("note") == "0 rules found"
    page.find("")
    qtbot.waitUntil(lambda: lines(rules_window) == everything)


def test_another_page_lands_at_a_rule(qtbot: QtBot, rules_window: Window) -> None:
    tree = find(rules_window, "rulesTree")
    for target in ("feelings.how_are_you/bad", list(book().rules)[-1]):
        rules_window.pages.go("rules", target)
        laid_open(qtbot, rules_window, target)
        qtbot.waitUntil(partial(_stands_at, rules_window, tree, target))
        assert find(rules_window, "ruleName").property("text") == target
    later = next((name for name, rule in book().rules.items() if rule.prompt == "follow_up"), "")
    gambit = next(name for name, rule in book().rules.items() if rule.prompt == "gambit")
    for target in (later, gambit):
        rules_window.pages.go("rules", target)
        assert "by herself" in laid_open(qtbot, rules_window, target)["said"]


def _stands_at(window: Window, tree: Any, rule: str) -> bool:
    """Whether this rule is in the current line, and all of that can be seen."""
    if tree.property("currentIndex") != lines(window).index(rule):
        return False
    line = tree.property("currentItem")
    return bool(0 <= line.mapToItem(tree, 0, 0).y() <= tree.height() - line.height() + 1)


def test_a_rule_that_is_asked_for_while_a_search_hides_it_is_shown(qtbot: QtBot, rules_window: Window) -> None:
    page = page_of(rules_window)
    page.find("tell me a joke")
    qtbot.waitUntil(lambda: page.property("note") != "")
    rules_window.pages.go("rules", "greeting.hello")
    laid_open(qtbot, rules_window, "greeting.hello")
    assert page.property("sought") == ""
    assert "greeting.hello" in lines(rules_window)
    rules_window.pages.go("rules", "no.such_rule")
    assert page.property("note") == "no.such_rule is not among the rules in force"


def test_the_tree_is_walked_by_keyboard_alone(qtbot: QtBot, rules_window: Window) -> None:
    tree = find(rules_window, "rulesTree")
    tree.forceActiveFocus(Qt.FocusReason.TabFocusReason)
    names = lines(rules_window)

    def press(key: Qt.Key) -> str:
        QTest.keyClick(rules_window.root, key)
        return lines(rules_window)[int(tree.property("currentIndex"))]

    assert press(Key.Key_Down) == names[1]
    while press(Key.Key_Down) != "feelings.yaml":
        pass
    assert press(Key.Key_Right) == "feelings.yaml"
    assert press(Key.Key_Right) == "feelings.how_are_you"
    press(Key.Key_Right)
    assert press(Key.Key_Right) == "feelings.how_are_you/good"
    press(Key.Key_Return)
    laid_open(qtbot, rules_window, "feelings.how_are_you/good")
    assert press(Key.Key_Left) == "feelings.how_are_you"
    press(Key.Key_Left)
    assert press(Key.Key_Left) == "feelings.yaml"
    press(Key.Key_Left)
    assert lines(rules_window) == names
    assert press(Key.Key_End) == names[-1]
    type_keys(rules_window, "how are")
    field = find(rules_window, "rulesField")
    assert field.property("text") == "how are"
    qtbot.waitUntil(lambda: "feelings.how_are_you" in lines(rules_window))
    QTest.keyClick(rules_window.root, Key.Key_Return)
    assert tree.property("activeFocus"), "Enter goes from the field into what was found"


def test_every_control_has_a_name_for_who_listens(qtbot: QtBot, rules_window: Window) -> None:
    page_of(rules_window).show("feelings.how_are_you/bad")
    laid_open(qtbot, rules_window, "feelings.how_are_you/bad")
    assert unnamed(find(rules_window, "rule")) == []
    tree = QAccessible.queryAccessibleInterface(find(rules_window, "rulesTree"))
    assert tree.role() == QAccessible.Role.Tree
    line = QAccessible.queryAccessibleInterface(find(rules_window, "rulesTree").property("currentItem"))
    assert line.role() == QAccessible.Role.TreeItem
    assert line.text(QAccessible.Text.Name) == "bad, answer, spoke once"


def test_a_sample_is_said_only_on_enter(qtbot: QtBot, rules_window: Window, pressed: Pressed) -> None:
    page_of(rules_window).show("feelings.how_are_you")
    laid_open(qtbot, rules_window, "feelings.how_are_you")
    sample = book().rules["feelings.how_are_you"].spec.samples[1]
    button = next(one for one in items(find(rules_window, "rule")) if one.property("sample") == sample)
    button.forceActiveFocus(Qt.FocusReason.TabFocusReason)
    assert pressed.calls == []
    QTest.keyClick(rules_window.root, Key.Key_Return)
    assert pressed.calls == [("typed", sample)]


def test_why_not_this_rule_is_asked_of_the_page_what_if(qtbot: QtBot, rules_window: Window) -> None:
    jumps: list[tuple[str, str]] = []
    rules_window.pages.jumped.connect(lambda tab, target: jumps.append((tab, target)))
    page_of(rules_window).show("greeting.hello")
    laid_open(qtbot, rules_window, "greeting.hello")
    find(rules_window, "whyNot").forceActiveFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(rules_window.root, Key.Key_Return)
    assert rules_window.pages.property("tab") == "whatif"
    assert jumps == [("whatif", "whynot:greeting.hello")]


@pytest.fixture
def marked(qtbot: QtBot, tmp_path: Path, pressed: Pressed) -> Iterator[Window]:
    folder = tmp_path / "packs"
    folder.mkdir()
    made = packs.conversation(folder, MARKUP)
    with Journal(tmp_path) as journal:
        file = folder / "pack0.yaml"
        journal.keep_files({made.book.hashes["pack0.yaml"]: file.read_bytes()})
        file.write_text("edited since", encoding="utf-8")
    window = show(qtbot, pressed, tmp_path, lambda: made)
    yield window
    window.close()


def test_markup_in_a_pack_stays_text_and_lines_are_those_in_force(qtbot: QtBot, marked: Window) -> None:
    page_of(marked).show("tags.bold")
    told = laid_open(qtbot, marked, "tags.bold")
    shown = list(texts(marked, find(marked, "rule")))
    assert "This is <b>not</b> bold." in shown
    assert "“say <b>bold</b>”" in shown
    assert [line["text"] for line in told["source"]["lines"]] == MARKUP.splitlines()[2:10]
    assert told["source"]["lines"][0]["number"] == 3
    assert '    says: ["This is <b>not</b> bold."]' in shown


def test_packs_that_change_meanwhile_are_read_anew(qtbot: QtBot, tmp_path: Path, pressed: Pressed) -> None:
    folder = tmp_path / "packs"
    folder.mkdir()
    packs.conversation(folder, MARKUP)
    options = Options(home=tmp_path, packs=(folder,))
    seen = chat(tmp_path, "hello")
    window = show(qtbot, pressed, tmp_path, lambda: App().conversation(options))
    assert page_of(window)._tree.catalog.rules == 2
    (folder / "pack0.yaml").write_text(MARKUP.replace('"(x"', '"x"'), encoding="utf-8")
    change = PacksChanged(packs={}, added=("tags.broken",), removed=(), changed=(), left_out=())
    window.watcher.put(Recorded(seen[-1].seq + 1, 1, 1, seen[-1].at, change))
    qtbot.waitUntil(lambda: page_of(window)._tree.catalog.rules == 3)
    window.pages.go("rules", "tags.broken")
    assert laid_open(qtbot, window, "tags.broken")["kind"] == "rule"
    window.close()


def test_what_is_broken_stands_in_its_pack_with_the_error(qtbot: QtBot, marked: Window) -> None:
    page = page_of(marked)
    assert "1 rule left out, broken" in page.property("summary")
    page.find("tags.broken")
    qtbot.waitUntil(lambda: page.property("note") == "1 rule found")
    page.choose(1)
    told = laid_open(qtbot, marked, "tags.broken")
    assert told["why"].startswith("pack0.yaml:")
    assert find(marked, "why").property("text") == told["why"]
    assert [line["text"] for line in told["source"]["lines"]] == MARKUP.splitlines()[12:17]


def test_a_tree_of_many_rules_is_drawn_only_where_it_is_seen(qtbot: QtBot, tmp_path: Path, pressed: Pressed) -> None:
    rule = '  - {{id: many.r{0}, samples: ["w{0}"], hears: ["w{0}"], act: inform, says: ["s{0}"]}}\n'
    pack = "topic: many\nrules:\n" + "".join(rule.format(at) for at in range(3_000))
    folder = tmp_path / "packs"
    folder.mkdir()
    made = packs.conversation(folder, pack)
    with Journal(tmp_path):
        pass
    window = show(qtbot, pressed, tmp_path, lambda: made)
    window.pages.go("rules", "many.r2999")
    laid_open(qtbot, window, "many.r2999")
    assert len(lines(window)) == 3_002
    tree = find(window, "rulesTree")
    qtbot.waitUntil(lambda: tree.property("currentIndex") == lines(window).index("many.r2999"))
    assert len(list(items(tree))) < 1_000, "a few dozen lines are made, each of a few parts"
    window.close()


def test_without_a_record_the_page_says_so(qtbot: QtBot, window: Window) -> None:
    window.pages.go("rules", "greeting.hello")
    assert "no rules can be read" in find(window, "rulesNote").property("text")


@pytest.mark.parametrize("look", ["paper", "light", "dark", "contrast"])
def test_at_double_size_no_text_is_cut_off(qtbot: QtBot, rules_window: Window, look: str) -> None:
    rules_window.preferences.take_look(look)
    rules_window.preferences.grow(10)
    page_of(rules_window).show("feelings.how_are_you")
    laid_open(qtbot, rules_window, "feelings.how_are_you")
    one = find(rules_window, "rule")
    qtbot.waitUntil(lambda: find(rules_window, "toTree").isVisible())
    settled(qtbot, rules_window)
    for text in items(one):
        if text.inherits("QQuickText") and text.isVisible() and text.property("text"):
            assert text.mapToItem(one, text.width(), 0).x() <= one.width() + 1, text.property("text")
            assert text.property("contentWidth") <= text.width() + 2, text.property("text")
    find(rules_window, "toTree").forceActiveFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(rules_window.root, Key.Key_Return)
    assert find(rules_window, "rulesTree").isVisible()


def test_the_catalog_knows_what_lies_above(qtbot: QtBot) -> None:
    shown: Catalog = catalog(book())
    at = shown.at["feelings.how_are_you/bad"]
    assert [shown.nodes[number].id for number in shown.above(at)] == ["feelings.how_are_you", "feelings.yaml"]
    assert shown.pack_of(at) == shown.at["feelings.yaml"]
    assert isinstance(book().rules["feelings.how_are_you/bad"].spec, Rejoinder)
