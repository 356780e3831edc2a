"""Receives the name of a rule as it is typed. Emits the rules that fit, and why the one asked for was silent."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Property, QObject, Signal, Slot

from her_desktop.events import Failure
from her_desktop.trace.alterations import Alteration, ConditionIs, OtherWords
from her_desktop.trace.changes import Change
from her_desktop.trace.reader import Past
from her_desktop.trace.reasons import WhyNot
from her_desktop.trace.why_not import why_not
from her_desktop.ui.bridge import guarded
from her_desktop.ui.desk import Desk
from her_desktop.ui.pages.page import Told
from her_desktop.ui.pages.whatif_asking import AS_LIST, AS_MAP, Asking
from her_desktop.ui.pages.whatif_turn import Meant, calm, scene

MOST_SHOWN = 8

_NOTHING: Told = {"rule": "", "paragraph": "", "place": "", "tries": [], "trouble": ""}


def completions(rules: Sequence[str], typed: str) -> list[str]:
    """The rules that what was typed may mean, at most `MOST_SHOWN`: those that begin so, then those that hold it."""
    wanted = typed.strip().casefold()
    if not wanted:
        return []
    begin = [rule for rule in rules if rule.casefold().startswith(wanted)]
    hold = [rule for rule in rules if wanted in rule.casefold() and not rule.casefold().startswith(wanted)]
    return (sorted(begin) + sorted(hold))[:MOST_SHOWN]


def tries(found: WhyNot) -> list[tuple[str, Alteration]]:
    """The smallest changes that can be tried in the turn itself, each with what its button says."""
    made = ((change, _alteration(found, change)) for change in found.changes)
    return [(_button(change), alteration) for change, alteration in made if alteration]


def _alteration(found: WhyNot, change: Change) -> Alteration | None:
    if change.kind == {"said"}:
        return OtherWords(change.said)
    if change.kind == {"without"} and len(change.without) == 1:
        return ConditionIs(found.rule, change.without[0], value=True)
    resting = next((one.text for one in found.conditions if one.text.startswith("cooldown of ")), "")
    return ConditionIs(found.rule, resting, value=True) if change.kind == {"cooldown_turns"} and resting else None


def _button(change: Change) -> str:
    if change.said:
        return f"try it: “{change.said}”"
    return f"try it without “{change.without[0]}”" if change.without else "try it without its cool-down"


class AskedRule(QObject):
    """Why a rule did not answer in the turn that is shown."""

    matchesChanged = Signal()
    answerChanged = Signal()
    waitsChanged = Signal()

    def __init__(self, desk: Desk, failed: Callable[[Failure], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.failed = failed
        self._asking = Asking(desk, "whatif.rule", self.waitsChanged.emit)
        self._meant: Meant | None = None
        self._matches: list[str] = []
        self._answer, self._tries = _NOTHING, list[tuple[str, Alteration]]()

    matches = Property(AS_LIST, lambda self: self._matches, notify=matchesChanged)
    answer = Property(AS_MAP, lambda self: self._answer, notify=answerChanged)
    waits = Property(bool, lambda self: self._asking.waits, notify=waitsChanged)

    def begin(self, meant: Meant | None) -> None:
        """Ask about another turn, or none."""
        self._meant = meant
        self._asking.withdraw()
        self._suggest([])
        self._show(_NOTHING, [])

    def change(self, number: int) -> Alteration:
        """What a button with `try it` changes."""
        return self._tries[number][1]

    @Slot(str)
    @guarded("looking for a rule")
    def type(self, text: str) -> None:
        """Suggest the rules that may be meant."""
        self._suggest(completions(self._meant.rules if self._meant else (), text))

    @Slot(str)
    @guarded("asking why not this rule")
    def ask(self, rule: str) -> None:
        """Look up why this rule did not answer."""
        self._suggest([])
        meant, rule = self._meant, rule.strip()
        if meant and rule:
            self._asking.ask(lambda past: _asked(past, meant, rule), self._found, lambda one: self._unknown(rule, one))

    def _found(self, found: WhyNot) -> None:
        made = tries(found)
        told = {
            "rule": found.rule,
            "paragraph": found.paragraph,
            "place": found.place,
            "tries": [text for text, _ in made],
        }
        self._show(_NOTHING | told, made)

    def _unknown(self, rule: str, failure: Failure) -> None:
        self._show(_NOTHING | {"rule": rule, "trouble": calm(failure)}, [])

    def _show(self, answer: Told, made: list[tuple[str, Alteration]]) -> None:
        self._tries = made
        if answer != self._answer:
            self._answer = answer
            self.answerChanged.emit()

    def _suggest(self, matches: list[str]) -> None:
        if matches != self._matches:
            self._matches = matches
            self.matchesChanged.emit()


def _asked(past: Past, meant: Meant, rule: str) -> WhyNot:
    at = scene(past, meant)
    return why_not(at.conversation, at.state, at.heard, at.at, rule)
