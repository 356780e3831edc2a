"""The download, against a web server on this machine: it goes on after a break, and believes nothing but the hash."""

from __future__ import annotations

import hashlib
import itertools
import random
import socket
from pathlib import Path

import pytest

from her_desktop.asr.catalog import Download
from her_desktop.asr.sources import Limits, download
from her_desktop.trouble import Exit, Trouble

from .conftest import Web

CONTENT = random.Random(1).randbytes(300_000)
LIMITS = Limits(connect_s=2, silence_s=2)


@pytest.fixture
def source(web: Web) -> Download:
    web.content = CONTENT
    return Download(url=web.url, bytes=len(CONTENT), sha256=hashlib.sha256(CONTENT).hexdigest())


def fetch(source: Download, part: Path) -> list[int]:
    seen: list[int] = []
    download(source, part, LIMITS, lambda have, _of: seen.append(have))
    return seen


def failure(source: Download, part: Path) -> Trouble:
    with pytest.raises(Trouble) as caught:
        fetch(source, part)
    assert caught.value.exit_code is Exit.MISSING
    assert "127.0.0.1" in caught.value.line
    return caught.value


def test_the_whole_file_comes_and_progress_is_told(source: Download, web: Web, tmp_path: Path) -> None:
    part = tmp_path / "part"
    seen = fetch(source, part)
    assert part.read_bytes() == CONTENT
    assert seen == sorted(seen)
    assert seen[-1] == len(CONTENT)
    assert web.asked == [""]


def test_a_broken_connection_is_opened_again_and_goes_on(source: Download, web: Web, tmp_path: Path) -> None:
    web.drop_after_bytes = 100_000
    fetch(source, tmp_path / "part")
    assert (tmp_path / "part").read_bytes() == CONTENT
    begins = [int(wanted.strip("bytes=-") or 0) for wanted in web.asked]
    assert len(begins) >= 3
    assert all(later > earlier for earlier, later in itertools.pairwise(begins))


def test_what_came_before_a_failure_stays_for_the_next_time(source: Download, web: Web, tmp_path: Path) -> None:
    part = tmp_path / "part"
    web.drop_after_bytes = 1 << 15
    assert "of 0.3 MB" in failure(source, part).line
    came_bytes = part.stat().st_size
    assert came_bytes >= 100_000
    web.drop_after_bytes = None
    web.asked.clear()
    fetch(source, part)
    assert part.read_bytes() == CONTENT
    assert web.asked == [f"bytes={came_bytes}-"]


def test_a_server_without_ranges_sends_everything_again(source: Download, web: Web, tmp_path: Path) -> None:
    part = tmp_path / "part"
    part.write_bytes(b"x" * 1000)
    web.ranges = False
    fetch(source, part)
    assert part.read_bytes() == CONTENT


def test_a_wrong_hash_is_an_error_and_nothing_stays(source: Download, web: Web, tmp_path: Path) -> None:
    web.content = CONTENT[:-1] + b"x"
    assert "SHA-256" in failure(source, tmp_path / "part").line
    assert not list(tmp_path.iterdir())


def test_a_bad_rest_of_another_day_is_thrown_away_and_fetched_anew(source: Download, web: Web, tmp_path: Path) -> None:
    part = tmp_path / "part"
    part.write_bytes(b"not what was published")
    fetch(source, part)
    assert part.read_bytes() == CONTENT
    assert web.asked == ["bytes=22-", ""]


def test_a_server_that_sends_too_much_is_not_heard_out(source: Download, web: Web, tmp_path: Path) -> None:
    web.content = CONTENT + bytes(10_000_000)
    assert "more than" in failure(source, tmp_path / "part").line
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("status", [404, 503])
def test_an_error_of_the_server_is_told_with_its_number(
    source: Download, web: Web, tmp_path: Path, status: int
) -> None:
    web.status = status
    assert str(status) in failure(source, tmp_path / "part").why
    assert not list(tmp_path.iterdir())


def test_nobody_there_is_told_in_a_few_words(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    source = Download(url=f"http://127.0.0.1:{port}/model.zip", bytes=1, sha256="0" * 64)
    assert "no connection: Connection refused" in failure(source, tmp_path / "part").line


def test_a_server_that_never_answers_does_not_hold_us(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/model.zip"
        source = Download(url=url, bytes=1, sha256="0" * 64)
        with pytest.raises(Trouble, match="timed out"):
            download(source, tmp_path / "part", Limits(connect_s=0.2, silence_s=0.2), lambda _have, _of: None)
