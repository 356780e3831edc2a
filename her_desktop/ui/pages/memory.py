"""The page "memory"."""

from __future__ import annotations

from her_desktop.ui.pages.page import Page


class MemoryPage(Page):
    """To be built."""
