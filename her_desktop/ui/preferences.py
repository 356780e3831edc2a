"""How he likes the window, kept in `window.json` of the profile: a look, a size of text, where the pane stands."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, get_args

import msgspec
from PySide6.QtCore import Property, QObject, Signal, Slot

from her_desktop.events import Failure

Look = Literal["system", "paper", "light", "dark", "contrast"]
LOOKS: tuple[Look, ...] = get_args(Look)
SMALLEST, LARGEST, STEP = 0.8, 2.0, 0.1
"""Size of the text, as a multiple of what it is at first."""
LEAST_SHARE, MOST_SHARE = 0.2, 0.8
LEAST_PX, MOST_PX = 480, 8_192
"""Width and height of the window."""


class Liked(msgspec.Struct, frozen=True):
    """What he likes."""

    look: Look = "system"
    text_scale: float = 1.0
    pane_open: bool = True
    pane_apart: bool = False
    """The pane stands in a window of its own."""
    side_share: float = 0.444
    """How much of the width the left side has, where both are beside each other."""
    width_px: int = 1280
    height_px: int = 800


def load(home: Path | None) -> Liked:
    """What is kept in a profile; what it was at first where nothing is, or nothing that can be read."""
    if not home:
        return Liked()
    try:
        return _within(msgspec.json.decode((home / "window.json").read_bytes(), type=Liked))
    except (OSError, msgspec.DecodeError, RecursionError, ValueError):
        return Liked()


def _within(liked: Liked) -> Liked:
    """The same where it can be shown: no size and no share beyond what the window itself would give."""
    return msgspec.structs.replace(
        liked,
        text_scale=_between(SMALLEST, liked.text_scale, LARGEST),
        side_share=_between(LEAST_SHARE, liked.side_share, MOST_SHARE),
        width_px=int(_between(LEAST_PX, liked.width_px, MOST_PX)),
        height_px=int(_between(LEAST_PX, liked.height_px, MOST_PX)),
    )


def _between(least: float, value: float, most: float) -> float:
    return min(most, max(least, value))


class Preferences(QObject):
    """The same for QML, which changes it; kept when the window is closed."""

    changed = Signal()

    def __init__(
        self, home: Path | None, system_look: str, failed: Any = lambda _failure: None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._home, self._system, self._failed = home, system_look, failed
        self._liked = self._kept = load(home)

    chosen = Property(str, lambda self: self._liked.look, notify=changed)
    look = Property(
        str, lambda self: self._system if self._liked.look == "system" else self._liked.look, notify=changed
    )
    textScale = Property(float, lambda self: self._liked.text_scale, notify=changed)
    paneOpen = Property(bool, lambda self: self._liked.pane_open, notify=changed)
    paneApart = Property(bool, lambda self: self._liked.pane_apart, notify=changed)
    sideShare = Property(float, lambda self: self._liked.side_share, notify=changed)
    widthPx = Property(int, lambda self: self._liked.width_px, constant=True)
    heightPx = Property(int, lambda self: self._liked.height_px, constant=True)

    @Slot()
    def next_look(self) -> None:
        """Take the next look: as the system has it, then one after the other."""
        self._become(look=LOOKS[(LOOKS.index(self._liked.look) + 1) % len(LOOKS)])

    @Slot(str)
    def take_look(self, look: str) -> None:
        """Take a look by its name."""
        if look in LOOKS:
            self._become(look=look)

    @Slot(int)
    def grow(self, steps: int) -> None:
        """Make the text so many steps larger, or smaller where it is negative; 0 makes it as it was at first."""
        size = round(self._liked.text_scale + steps * STEP, 2) if steps else 1.0
        self._become(text_scale=_between(SMALLEST, size, LARGEST))

    @Slot(bool)
    def open_pane(self, yes: bool) -> None:
        """Show the pane, or hide it."""
        self._become(pane_open=yes)

    @Slot(bool)
    def set_apart(self, yes: bool) -> None:
        """Give the pane a window of its own, or take it back."""
        self._become(pane_apart=yes, pane_open=True)

    @Slot(float)
    def share(self, side: float) -> None:
        """Give the left side so much of the width."""
        self._become(side_share=_between(LEAST_SHARE, round(side, 3), MOST_SHARE))

    @Slot(int, int)
    def sized(self, width_px: int, height_px: int) -> None:
        """Take note of how large the window was made."""
        self._liked = msgspec.structs.replace(self._liked, width_px=width_px, height_px=height_px)

    def keep(self) -> None:
        """Write it to the profile, where something changed."""
        if not self._home or self._liked == self._kept:
            return
        try:
            (self._home / "window.json").write_bytes(msgspec.json.encode(self._liked))
        except OSError as error:
            self._failed(Failure(what="keeping how the window looks", why=str(error)))

    def _become(self, **changes: Any) -> None:
        before, self._liked = self._liked, msgspec.structs.replace(self._liked, **changes)
        if before != self._liked:
            self.changed.emit()
