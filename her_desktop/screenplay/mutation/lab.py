"""Where mutants are tried. Receives a task; emits what came of it. Each process has a lab of its own."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import msgspec

from her_desktop.conversation import Conversation
from her_desktop.paths import resources
from her_desktop.screenplay.mutation.mutants import Mutant, Workshop
from her_desktop.screenplay.mutation.reach import Reach, reach
from her_desktop.screenplay.mutation.replay import SAID, Turn, turns, unmoved
from her_desktop.screenplay.performance import Performance
from her_desktop.screenplay.script import Screenplay, Title
from her_desktop.trouble import Trouble

LONGEST_TURN_S = 5.0
"""A turn that takes longer is as good as broken."""

_MOST_SKETCHED = 512
"""Of so many rules the changes are kept."""

Conversations = Callable[[Title], Conversation]
"""The conversation that a title page asks for."""

Perform = Callable[[Screenplay, Conversations], Performance]
"""Performs a screenplay; it may break off at the first fault."""

Begun = Callable[[float], None]
"""Told when a performance begins, and how many seconds it may take."""

Deck = tuple[str, tuple[Path, ...]]
"""A language and its packs; none for the shipped ones."""


class Setup(msgspec.Struct, frozen=True):
    """What a lab is furnished with; all of it can be sent to another process."""

    screenplays: tuple[Screenplay, ...]
    conversation: Conversations
    perform: Perform
    longest_turn_s: float = LONGEST_TURN_S


class Play(msgspec.Struct, frozen=True):
    """The task to perform a screenplay with the packs as they are."""

    screenplay: int


class Try(msgspec.Struct, frozen=True):
    """The task to try a mutant."""

    deck: Deck
    rule: str
    number: int
    """Which of the changes of the rule."""
    screenplays: tuple[int, ...]
    """On which, in this order, until one notices it."""


class Verdict(msgspec.Struct, frozen=True):
    """What came of a mutant."""

    idle: bool = False
    by: str = ""
    why: str = ""
    """Empty where nothing noticed it."""
    performed: int = 0


class Played(msgspec.Struct, frozen=True):
    """What came of a screenplay with the packs as they are."""

    reach: Reach = Reach()
    fault: tuple[str, str] | None = None
    """Where the first thing does not hold, and what."""


class _Scene(msgspec.Struct, frozen=True):
    """A screenplay as it goes with the packs as they are."""

    reach: Reach = Reach()
    turns: tuple[Turn, ...] | None = None
    fault: tuple[str, str] | None = None


class Lab:
    """Performs screenplays, as the packs are and with mutants."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self.workshop = lru_cache(None)(self._workshop)
        self._scene = lru_cache(None)(self._as_it_is)
        self._base = lru_cache(None)(self._loaded)
        self.sketched = lru_cache(_MOST_SKETCHED)(self._sketched)

    def done(self, task: Play | Try, begun: Begun = lambda _limit_s: None) -> Played | Verdict:
        """Do a task."""
        return self._played(task.screenplay) if isinstance(task, Play) else self._tried(task, begun)

    def _played(self, at: int) -> Played:
        scene = self._scene(at)
        return Played(scene.reach, scene.fault)

    def _as_it_is(self, at: int) -> _Scene:
        screenplay = self._setup.screenplays[at]
        performance = self._setup.perform(screenplay, self._conversation)
        for fault in performance.faults:
            return _Scene(fault=(f"{screenplay.path}:{fault.line}", f"{fault.expected}: {fault.got}"))
        considered = reach(performance, self.workshop(deck_of(screenplay)).book)
        return _Scene(considered, turns(performance, self._conversation(screenplay.title)))

    def _tried(self, task: Try, begun: Begun) -> Verdict:
        mutant = self.sketched(task.deck, task.rule)[task.number]
        if mutant.idle:
            return Verdict(idle=True)
        conversations = lru_cache(None)(lambda *key: mutant.apply(self._base(*key)))
        performed = 0
        for at in task.screenplays:
            screenplay, scene = self._setup.screenplays[at], self._scene(at)
            begun(self._setup.longest_turn_s * (2 + 2 * len(screenplay.beats)))
            if self._same(mutant, scene, conversations(*_key(screenplay.title))):
                continue
            performed += 1
            by, why = self._noticed(screenplay, lambda title: conversations(*_key(title)))
            if why:
                return Verdict(by=by, why=why, performed=performed)
        return Verdict(performed=performed)

    def _same(self, mutant: Mutant, scene: _Scene, conversation: Conversation) -> bool:
        """Whether it is known without performing that a screenplay goes as it did."""
        change = mutant.change
        rule = mutant.rule
        if scene.turns is None or rule.prompt != "heard":
            return False
        if change.kind in SAID:
            return scene.reach.spoke.isdisjoint(change.rules)
        asked = change.kind == "rule" and any(name.rpartition("/")[0] in scene.reach.spoke for name in change.rules)
        try:
            return not asked and unmoved(scene.turns, conversation, *mutant.reads)
        except Exception:  # what breaks here breaks when it is performed, where it is told
            return False

    def _noticed(self, screenplay: Screenplay, conversations: Conversations) -> tuple[str, str]:
        """Where a screenplay does not hold any more, and why; nothing where it does."""
        shown = f"{screenplay.path.name}:{screenplay.beats[0].line if screenplay.beats else 1}"
        try:
            performance = self._setup.perform(screenplay, conversations)
        except Trouble as trouble:
            return shown, trouble.line
        except Exception as error:  # a mutant's barrier: whatever it breaks, the test that runs into it holds the part
            return shown, f"{type(error).__name__}: {error}"
        for fault in performance.faults:
            return f"{screenplay.path.name}:{fault.line}", f"{fault.expected}: {fault.got}"
        most_ms = self._setup.longest_turn_s * 1000
        slow = any(one.took_ms > most_ms for one in performance.played)
        return (shown, f"a turn took more than {most_ms:.0f} ms") if slow else ("", "")

    def _conversation(self, title: Title) -> Conversation:
        return self._base(*_key(title))

    def _loaded(self, language: str, packs: tuple[Path, ...], country: str, adapts: bool) -> Conversation:
        return self._setup.conversation(Title(language=language, packs=packs, country=country, adapts=adapts))

    def _workshop(self, deck: Deck) -> Workshop:
        language, packs = deck
        paths = packs or (resources() / "dialogue" / language,)
        return Workshop(self._base(language, packs, "", True), paths)

    def _sketched(self, deck: Deck, rule: str) -> list[Mutant]:
        return list(self.workshop(deck).sketched(rule))


def deck_of(screenplay: Screenplay) -> Deck:
    """The packs of a screenplay."""
    return screenplay.title.language, screenplay.title.packs


def _key(title: Title) -> tuple[str, tuple[Path, ...], str, bool]:
    return title.language, title.packs, title.country, title.adapts
