"""The page "rules"."""

from __future__ import annotations

from her_desktop.ui.pages.page import Page


class RulesPage(Page):
    """To be built."""
