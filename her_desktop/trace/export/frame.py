"""What every page of ours is framed by: a head that forbids all that comes from elsewhere, and the open ring."""

from __future__ import annotations

from her_desktop.paths import resources
from her_desktop.trace.export.tags import Html, tag

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

RING = Html(
    '<svg class="ring" viewBox="-170 -170 340 340" aria-hidden="true">'
    '<path class="r1" d="M46-124A132 132 0 1 0 104-82"></path><path class="r2" d="M50-112A122 122 0 1 0 97-75"></path>'
    '<path class="r3" d="M42-140A146 146 0 1 0 116-90"></path></svg>'
)
"""Drawn in three strokes; its style says how."""


def page(title: str, style: str, body: Html) -> str:
    """A page in one file.

    Args:
        title: what it is called.
        style: the file of its style among the resources.
        body: all that is on it.
    """
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", title),
        tag("style", Html((resources() / style).read_text(encoding="utf-8"))),
    )
    return f'<!doctype html>\n<html lang="en">\n{head}\n{body}\n</html>\n'
