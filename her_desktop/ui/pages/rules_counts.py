"""How often each rule spoke: what the record counted, and since then what is recorded as it happens. Pure."""

from __future__ import annotations

from collections import Counter, deque

import msgspec

from her_desktop.events import Recorded, Reply, Volunteered
from her_desktop.memory.reading import Fired
from her_desktop.trace.ledger_words import day, many
from her_desktop.ui.pages.page import Told
from her_desktop.ui.pages.rules_catalog import Catalog

_MOST_LATE = 512
"""So many entries are remembered that may come before the counts of the record are there."""


class Counts(msgspec.Struct, frozen=True):
    """How often each rule spoke, up to an entry."""

    fired: dict[str, Fired]
    up_to: int


class Spoken:
    """Counts of rules, and of the packs that they are in."""

    def __init__(self) -> None:
        self._fired: dict[str, Fired] = {}
        self._late: deque[tuple[str, Fired]] = deque(maxlen=_MOST_LATE)
        self._up_to = -1
        self._by_pack: Counter[int] = Counter()

    def begin_anew(self) -> None:
        """Forget all counts: the record was erased."""
        self._fired, self._up_to = {}, 0
        self._late.clear()
        self._by_pack.clear()

    def add(self, recorded: Recorded, shown: Catalog) -> tuple[int, ...]:
        """Count what a rule said.

        Returns:
            The nodes whose count is another now; none where it is not yet known what came before.
        """
        if not isinstance(recorded.entry, Reply | Volunteered):
            return ()
        rule, fired = recorded.entry.rule, Fired(1, recorded.seq, recorded.turn, recorded.at)
        self._late.append((rule, fired))
        if self._up_to < 0 or not self._tally(rule, fired) or (number := shown.at.get(rule)) is None:
            return ()
        pack = shown.pack_of(number)
        self._by_pack[pack] += 1
        return number, pack

    def counted(self, counts: Counts, shown: Catalog) -> None:
        """Take what the record counted; what was said since then comes on top."""
        self._fired, self._up_to = dict(counts.fired), counts.up_to
        for rule, fired in self._late:
            self._tally(rule, fired)
        self.sum_up(shown)

    def _tally(self, rule: str, fired: Fired) -> bool:
        """Count what a rule said; False where it was counted before."""
        before = self._fired.get(rule)
        if fired.seq <= self._up_to or (before and before.seq >= fired.seq):
            return False
        self._fired[rule] = msgspec.structs.replace(fired, times=(before.times if before else 0) + 1)
        return True

    def sum_up(self, shown: Catalog) -> None:
        """Add up how often the rules of each pack spoke."""
        self._by_pack = Counter()
        for rule, fired in self._fired.items():
            if (number := shown.at.get(rule)) is not None:
                self._by_pack[shown.pack_of(number)] += fired.times

    def times(self, shown: Catalog, number: int) -> int:
        """How often a rule spoke, or the rules of a pack."""
        node = shown.nodes[number]
        if node.kind == "pack":
            return self._by_pack[number]
        fired = self._fired.get(node.id)
        return fired.times if fired else 0

    def told(self, rule: str) -> Told:
        """How often a rule spoke and when last, in words."""
        fired = self._fired.get(rule)
        if not fired:
            return {"times": 0, "said": "never spoke so far", "turn": 0}
        when = f"last on {day(fired.at)} at {fired.at:%H:%M}"
        return {"times": fired.times, "said": f"spoke {many(fired.times, 'time')}, {when}", "turn": fired.turn}
