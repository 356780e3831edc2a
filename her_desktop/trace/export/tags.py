"""HTML, built from the inside: what is not already `Html` is escaped, so that no text becomes markup."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from her_desktop.trace.export.visible import parts, visible

_VOID = frozenset({"br", "meta"})


class Html(str):
    """Finished markup. Only this module makes it, and `html.py` from files of our own."""

    __slots__ = ()


Child = Html | str


def tag(name: str, /, *children: Child, **attributes: str) -> Html:
    """An element. A trailing underscore of an attribute's name is dropped, others become dashes; empty ones go."""
    told = "".join(f' {_attribute(key)}="{escape(visible(value))}"' for key, value in attributes.items() if value)
    if name in _VOID:
        return Html(f"<{name}{told}>")
    return Html(f"<{name}{told}>{joined(children)}</{name}>")


def joined(children: Iterable[Child]) -> Html:
    """Children one after another."""
    return Html("".join(child if isinstance(child, Html) else plain(child) for child in children))


def plain(text: str) -> Html:
    """A text as it is, with its hidden characters as their numbers."""
    return Html("".join(_code(part) if hidden else escape(part, quote=False) for part, hidden in parts(text)))


def said(text: str, class_: str = "", **attributes: str) -> Html:
    """Words that somebody said or wrote, kept apart: however they run, nothing beside them turns around."""
    return tag("bdi", text, class_=class_, dir="auto", **attributes)


def _code(number: str) -> str:
    return f'<span class="code" title="a character that cannot be seen">{number}</span>'


def _attribute(key: str) -> str:
    return key.removesuffix("_").replace("_", "-")
