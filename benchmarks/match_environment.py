"""The peers' own environment, made once under `build/` from `requirements/peers.txt`, where every version is pinned."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
from pathlib import Path

from her_desktop.trouble import missing

ROOT = Path(__file__).resolve().parent.parent
_FOLDER = ROOT / "build" / "peers"
_REQUIREMENTS = ("build.txt", "peers.txt")
_PIP = ("install", "--require-hashes", "--use-pep517", "--no-deps", "--no-build-isolation", "--no-input", "--quiet",
        "--disable-pip-version-check")  # fmt: skip


def peers_python() -> str:
    """The interpreter that has the peers; makes the environment where it is not there, or not of these versions.

    Raises:
        Trouble: they cannot be installed.
    """
    files = [ROOT / "requirements" / name for name in _REQUIREMENTS]
    wanted = sys.version + "".join(file.read_text(encoding="utf-8") for file in files)
    stamp = _FOLDER / "made-from"
    python = _FOLDER / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != wanted:
        print(f"peers: installing into {_FOLDER.relative_to(ROOT)}", file=sys.stderr, flush=True)
        venv.create(_FOLDER, clear=True, symlinks=os.name != "nt", with_pip=True)
        for file in files:
            if subprocess.run([python, "-m", "pip", *_PIP, "--requirement", file], check=False).returncode:
                raise missing("peers", "pip could not install them", "check the network, or pass --peers none")
        stamp.write_text(wanted, encoding="utf-8")
    return str(python)


def versions(python: str) -> dict[str, str]:
    """What is installed there, by name."""
    command = [python, "-m", "pip", "list", "--format", "json", "--disable-pip-version-check"]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return {one["name"]: one["version"] for one in json.loads(listed)}
