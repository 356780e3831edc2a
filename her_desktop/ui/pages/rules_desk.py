"""What the page "rules" has looked up at the desk: each takes the record, and runs on the desk's thread."""

from __future__ import annotations

from her_desktop.trace.reader import Past
from her_desktop.ui.pages.page import Told
from her_desktop.ui.pages.rules_catalog import Catalog, catalog
from her_desktop.ui.pages.rules_counts import Counts
from her_desktop.ui.pages.rules_told import told_node


def in_force(past: Past, anew: bool) -> Catalog:
    """The rules as the packs are now.

    Args:
        past: the record.
        anew: they were changed meanwhile, and have to be read again.
    """
    if anew:
        past.packs_changed()
    return catalog(past.present.book)


def holding(_past: Past, shown: Catalog, words: str) -> list[int]:
    """The nodes that hold these words, with those above them."""
    return shown.found(words)


def laid_open(past: Past, shown: Catalog, number: int) -> Told:
    """All that is shown of one node."""
    return told_node(shown, number, past.present.book, past.journal)


def spoken(past: Past) -> Counts:
    """How often each rule spoke; a tenth of a second for 100,000 entries."""
    return Counts(past.journal.fired(), past.journal.last_seq)
