"""The same turn with one thing changed: run on the real code, never guessed."""

from __future__ import annotations

import msgspec

from her_desktop.events import Reply
from her_desktop.trace.alterations import Alteration
from her_desktop.trace.scene import Scene
from her_desktop.trouble import Trouble


class WhatIf(msgspec.Struct, frozen=True, kw_only=True):
    """What a change brings about."""

    change: Alteration
    was: Reply
    now: Reply | None
    """What she would have said; None where nothing could be said."""
    trouble: str = ""
    """Why nothing could be said."""
    paragraph: str = ""

    @property
    def differs(self) -> bool:
        """Whether she would have said something else."""
        return self.now is None or self.now.text != self.was.text


def what_if(scene: Scene, was: Reply, change: Alteration) -> WhatIf:
    """Run a turn with one thing changed.

    Args:
        scene: the turn.
        was: what she said in it.
        change: what to change.

    Raises:
        Trouble: there is nothing of that name to change.
    """
    changed = change.made(scene)
    try:
        now = changed.run().reply
    except Trouble as trouble:
        return _told(WhatIf(change=change, was=was, now=None, trouble=trouble.line))
    return _told(WhatIf(change=change, was=was, now=now))


def _told(found: WhatIf) -> WhatIf:
    said = f"If {found.change.told}, she would have said"
    if found.now is None:
        text = f"If {found.change.told}, she could have said nothing: {found.trouble}."
    elif not found.differs:
        by = "" if found.now.rule == found.was.rule else f", though by another rule, {found.now.rule}"
        text = f"{said} the same: “{found.was.text}”{by}."
    else:
        rule = "by the same rule" if found.now.rule == found.was.rule else f"by the rule {found.now.rule}"
        text = f"{said} “{found.now.text}”, {rule}, and not “{found.was.text}”."
    return msgspec.structs.replace(found, paragraph=text)
