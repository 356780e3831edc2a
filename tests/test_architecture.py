"""Data flows one way: imports point down, Qt and devices stay in their rooms, every package has its door plate."""

import ast
import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "her_desktop"

FLOORS = {
    "events": 0, "settings": 0, "shelf": 0, "paths": 0, "trouble": 0, "clock": 0, "language": 0, "__init__": 0,
    "nlu": 1, "nlg": 1, "memory": 1,
    "dialogue": 2, "skills": 2,
    "conversation": 3, "folded": 3, "phrasing": 3, "reply": 3, "audio": 3, "asr": 3, "tts": 3,
    "by_hand": 4, "devices": 4, "inbox": 4, "lint": 4, "loading": 4, "playback": 4, "recorder": 4, "reload": 4,
    "session": 4, "trace": 4,
    "ui": 5, "cli": 5, "screenplay": 5,
    "app": 6, "__main__": 6,
}  # fmt: skip

SIDEWAYS = {
    ("settings", "trouble"), ("paths", "trouble"),  # the ground floor: an error has one form
    ("asr", "audio"), ("tts", "audio"),  # sound is what the two exchange
    ("session", "devices"), ("session", "inbox"), ("session", "playback"), ("session", "recorder"),  # its parts
    ("session", "by_hand"), ("by_hand", "inbox"), ("by_hand", "recorder"),  # what he does beside talking
    ("session", "reload"),  # packs that are edited meanwhile
    ("conversation", "reply"), ("conversation", "phrasing"), ("reply", "phrasing"),  # the second half of a turn
    ("devices", "recorder"),  # a lost device is recorded where it is noticed
    ("skills", "dialogue"),  # the taxonomy of techniques, which a skill switches
    ("cli", "screenplay"), ("ui", "screenplay"),  # what is performed, and what is saved as one
    ("__main__", "app"),
}  # fmt: skip

LIBRARY_ROOMS = {"PySide6": "ui", "sounddevice": "audio", "vosk": "asr", "pyttsx3": "tts", "onnxruntime": "asr"}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def imports(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: write the import in full"
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)


def imported_room(name: str) -> str:
    parts = name.split(".")
    return parts[1] if parts[1] in FLOORS else "__init__"


def test_the_scan_sees_the_house() -> None:
    rooms = {room(path) for path in modules()}
    assert rooms == set(FLOORS), "a new room needs its floor here, and in docs"
    assert sum(1 for path in modules() for _ in imports(path)) > 200


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down(path: Path) -> None:
    here = room(path)
    for name, line in imports(path):
        if not name.startswith("her_desktop."):
            continue
        there = imported_room(name)
        down = FLOORS[there] < FLOORS[here] or there == here or (here, there) in SIDEWAYS
        assert down, f"{path}:{line}: {here} (floor {FLOORS[here]}) may not import {there} (floor {FLOORS[there]})"


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_libraries_stay_in_their_rooms(path: Path) -> None:
    for name, line in imports(path):
        owner = LIBRARY_ROOMS.get(name.split(".")[0])
        checks_for_window = (room(path), name) == ("app", "PySide6.QtQuick")
        assert owner in (None, room(path)) or checks_for_window, f"{path}:{line}: {name} belongs to her_desktop/{owner}"


@pytest.mark.parametrize("module", ["her_desktop.session", "her_desktop.app", "her_desktop.cli.main"])
def test_the_core_loads_no_device_engine_or_window(module: str) -> None:
    program = f"import {module}, sys; print(*(name for name in {list(LIBRARY_ROOMS)} if name in sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == ""


@pytest.mark.parametrize("package", sorted({path.parent for path in modules()} - {PACKAGE}), ids=lambda path: path.name)
def test_every_package_says_what_it_receives_and_emits(package: Path) -> None:
    name = ".".join(package.relative_to(PACKAGE.parent).parts)
    plate = importlib.import_module(name).__doc__ or ""
    assert "Receives" in plate, f"{name}/__init__.py needs its door plate"
    assert "Emits" in plate, f"{name}/__init__.py needs its door plate"
