"""Is what she says apt? Any file of sentences is put to her and to other programs that talk, to be judged blindly.

A line is a sentence. With `--talk` the lines up to an empty one are one conversation; else each is said to somebody
new. The folder then holds `judge.md`, where the replies to each sentence stand side by side in an order that the dice
chose, and `key.json`, which tells whose they are. A judge writes a YAML file: the number of a sentence to the letters
of the replies that are apt, and the letter of the best, as in `12: {apt: [A, C], best: C}`. `--score FILE` says what
the verdicts come to.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from benchmarks.aptness_peers import PEERS
from benchmarks.match_environment import ROOT, peers_python
from benchmarks.table import print_table
from her_desktop import loading
from her_desktop.conversation import respond
from her_desktop.dialogue.state import State, apply
from her_desktop.events import FinalTranscript, SessionStarted

OURS = "ours"
_BEGINS = datetime(2026, 11, 23, 10)
_A_TURN = timedelta(seconds=20)
_LETTERS = "ABCD"
_OWN = {"i", "my", "me", "mine", "myself", "we", "our", "us"}
_ECHOED_WORDS = 3
_WORD = re.compile(r"[\w']+")

Talks = list[list[str]]


class Verdict(msgspec.Struct):
    """What a judge says of the replies to one sentence."""

    apt: list[str]
    best: str = ""


class Item(msgspec.Struct):
    """A sentence with the replies to it, in the order in which a judge sees them."""

    said: str
    before: str
    replies: dict[str, str]
    whose: dict[str, str]
    rule: str


def read(path: Path, *, talk: bool) -> Talks:
    """The conversations of a file; without `talk` each line is one."""
    blocks = re.split(r"\n\s*\n", path.read_text(encoding="utf-8").strip())
    talks = [
        [line.strip() for line in block.splitlines() if line.strip() and not line.startswith("#")] for block in blocks
    ]
    return talks if talk else [[line] for one in talks for line in one]


def ours(talks: Talks, seed: int) -> tuple[Talks, Talks]:
    """Her replies, and the rules that gave them."""
    conversation = loading.conversation((), "en", "US", adapts=False)
    replies, rules = Talks(), Talks()
    for number, talk in enumerate(talks):
        started = SessionStarted(
            version="", language="en", seed=seed, packs=conversation.book.hashes, country="US", front="chat",
            began_at=_BEGINS,
        )  # fmt: skip
        state, now = apply(State(), started), _BEGINS
        turns = []
        for text in talk:
            turn = respond(conversation, state, FinalTranscript.typed(text), now, seed + number)
            state, now = turn.state, now + _A_TURN
            turns.append(turn.reply)
        replies.append([reply.text for reply in turns])
        rules.append([reply.rule for reply in turns])
    return replies, rules


def theirs(peer: str, talks: Talks, python: str) -> Talks:
    """What another program replies."""
    command = [python, "-m", "benchmarks.aptness_peers", peer, str(_examples(python))]
    found = subprocess.run(command, input=json.dumps(talks), capture_output=True, text=True, cwd=ROOT, check=True)
    return msgspec.json.decode(found.stdout, type=Talks)


def _examples(python: str) -> Path:
    """RiveScript's examples, which only its source package holds."""
    folder = ROOT / "build" / "rivescript"
    if not (folder / "eg").is_dir():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        options = [
            "--no-deps",
            "--no-build-isolation",
            "--use-pep517",
            "--no-binary",
            "rivescript",
            "--dest",
            str(folder),
        ]
        subprocess.run([python, "-m", "pip", "download", "--quiet", *options, "rivescript==1.15.0"], check=True)
        archive = next(folder.glob("*.tar.gz"))
        with tarfile.open(archive) as opened:
            opened.extractall(folder, filter="data")
        shutil.move(next(folder.glob("*/eg")), folder / "eg")
    return folder


def laid_out(talks: Talks, replies: Mapping[str, Talks], rules: Talks, seed: int) -> list[Item]:
    """All sentences with the replies to each, in an order that the dice choose anew for each."""
    dice, items = random.Random(seed), list[Item]()
    for number, talk in enumerate(talks):
        for at, said in enumerate(talk):
            order = dice.sample(list(replies), len(replies))
            whose = dict(zip(_LETTERS, order, strict=False))
            told = {letter: replies[who][number][at] for letter, who in whose.items()}
            items.append(Item(said, talk[at - 1] if at else "", told, whose, rules[number][at]))
    return items


def sheet(items: Iterable[Item], *, talk: bool) -> str:
    """What a judge reads; with `talk` a line stands before each conversation."""
    lines = []
    for number, item in enumerate(items, 1):
        lines += ["---", ""] if talk and not item.before else []
        lines += [f"## {number}. {item.said}", ""]
        lines += [f"- {letter}: {' '.join(text.split()) or '(nothing)'}" for letter, text in item.replies.items()] + [
            ""
        ]
    return "\n".join(lines)


def score(items: Sequence[Item], verdicts: Mapping[int, Verdict]) -> list[list[str]]:
    """For each program how much of it was apt, and how often hers was preferred to it."""
    judged = [(items[number - 1], verdict) for number, verdict in verdicts.items()]
    rows = []
    for who in sorted({who for item in items for who in item.whose.values()}):
        letters = [(verdict, _letter(item, who)) for item, verdict in judged]
        apt = sum(letter in verdict.apt for verdict, letter in letters)
        pairs = [_preferred(item, verdict, who) for item, verdict in judged] if who != OURS else []
        told = [one for one in pairs if one is not None]
        share = f"{100 * sum(told) / len(told):.0f} % of {len(told)}" if told else ""
        rows.append([who, f"{100 * apt / len(judged):.0f} %", f"{apt}/{len(judged)}", share])
    return rows


def _preferred(item: Item, verdict: Verdict, who: str) -> bool | None:
    """Whether hers is preferred to another: it alone is apt, or it is the best of both; None where nobody can tell."""
    ours_apt, theirs_apt = ((_letter(item, one) in verdict.apt) for one in (OURS, who))
    if ours_apt != theirs_apt:
        return ours_apt
    best = item.whose.get(verdict.best, "")
    return best == OURS if best in (OURS, who) else None


def echoes(said: str, reply: str) -> bool:
    """Whether a reply holds a stretch of what he said of himself, not turned from me to you: worth a look."""
    words = _WORD.findall(said.casefold())
    heard = f" {' '.join(_WORD.findall(reply.casefold()))} "
    stretches = (words[at : at + _ECHOED_WORDS] for at in range(len(words) - _ECHOED_WORDS + 1))
    return any(_OWN.intersection(one) and f" {' '.join(one)} " in heard for one in stretches)


def _letter(item: Item, who: str) -> str:
    return next(letter for letter, one in item.whose.items() if one == who)


def _print_counts(items: Sequence[Item], programs: Sequence[str]) -> None:
    fallback = sum(item.rule.startswith("fallback.") for item in items)
    rows = []
    for who in programs:
        echoed = sum(echoes(item.said, item.replies[_letter(item, who)]) for item in items)
        own = f"{100 * fallback / len(items):.1f} %" if who == OURS else ""
        rows.append([who, str(len(items)), own, str(echoed)])
    print_table(["program", "sentences", "fallback", "echoes to look at"], rows)


def main() -> int:
    """Run or score."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("file", type=Path, nargs="?", default=ROOT / "benchmarks" / "aptness_lists" / "first_b.txt")
    options.add_argument("--talk", action="store_true", help="lines up to an empty one are one conversation")
    options.add_argument("--out", type=Path, default=ROOT / "build" / "aptness")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--peers", choices=("all", "none"), default="all")
    options.add_argument("--score", type=Path, help="a judge's verdicts on what lies in --out")
    chosen = options.parse_args()
    if chosen.score:
        items = msgspec.json.decode((chosen.out / "key.json").read_bytes(), type=list[Item])
        verdicts = msgspec.yaml.decode(chosen.score.read_bytes(), type=dict[int, Verdict])
        print_table(["program", "apt", "of", "hers preferred"], score(items, verdicts))
        return 0
    talks = read(chosen.file, talk=chosen.talk)
    mine, rules = ours(talks, chosen.seed)
    replies = {OURS: mine}
    if chosen.peers == "all":
        python = peers_python()
        replies |= {peer: theirs(peer, talks, python) for peer in PEERS}
    items = laid_out(talks, replies, rules, chosen.seed)
    chosen.out.mkdir(parents=True, exist_ok=True)
    (chosen.out / "judge.md").write_text(sheet(items, talk=chosen.talk), encoding="utf-8")
    (chosen.out / "key.json").write_bytes(msgspec.json.format(msgspec.json.encode(items), indent=1))
    _print_counts(items, list(replies))
    print(f"\n{chosen.out / 'judge.md'} is what a judge reads, {chosen.out / 'key.json'} tells whose is whose")
    return 0


if __name__ == "__main__":
    sys.exit(main())
