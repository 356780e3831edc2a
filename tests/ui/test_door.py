from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtGui import QGuiApplication

from her_desktop.ui import display_available, fonts


def test_the_door_of_the_room_loads_no_qt() -> None:
    code = "import sys, her_desktop.ui; print([name for name in sys.modules if name.startswith('PySide6')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("platform", "environment", "there"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, True),
        ("darwin", {}, True),
        ("win32", {}, True),
    ],
)
def test_a_display_is_told_from_the_environment(
    monkeypatch: pytest.MonkeyPatch, platform: str, environment: dict[str, str], there: bool
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert display_available() is there


def test_the_faces_come_from_their_wheels(qapp: QGuiApplication) -> None:
    pytest.importorskip("fontpkg_eb_garamond")
    pytest.importorskip("fontpkg_jetbrains_mono")
    assert fonts.load() == ("EB Garamond", "JetBrains Mono")


def test_where_a_wheel_is_missing_the_face_is_left_to_the_system(qapp: QGuiApplication) -> None:
    assert fonts._wheel("fontpkg_of_nobody") == ""
