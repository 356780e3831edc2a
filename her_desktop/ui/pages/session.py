"""The page "session"."""

from __future__ import annotations

from her_desktop.ui.pages.page import Page


class SessionPage(Page):
    """To be built."""
