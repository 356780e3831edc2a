from __future__ import annotations

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("PySide6", reason="the window's libraries are not installed")

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from her_desktop.ui.window import Window, build

from .feed import Pressed

ARTIFACTS = Path(__file__).parents[2] / "artifacts"


@pytest.fixture(scope="session")
def qapp_cls() -> type[QGuiApplication]:
    return QGuiApplication


@pytest.fixture
def pressed() -> Pressed:
    return Pressed()


@pytest.fixture
def window(qtbot: QtBot, pressed: Pressed) -> Iterator[Window]:
    built = build(pressed)
    with qtbot.waitExposed(built.root):
        built.root.requestActivate()
    qtbot.waitUntil(built.root.isActive)
    yield built
    built.close()
