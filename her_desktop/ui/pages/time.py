"""The page "time"."""

from __future__ import annotations

from her_desktop.ui.pages.page import Page


class TimePage(Page):
    """To be built."""
