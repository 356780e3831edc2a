"""`rules repertoire`: what packs can talk about, what changes with time, and where each of it stands, as one page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from her_desktop.cli.common import Options, builder, global_options
from her_desktop.dialogue.book import RuleBook
from her_desktop.dialogue.packs import pack_files
from her_desktop.dialogue.rules import Rule
from her_desktop.loading import shipped
from her_desktop.memory.facts import statement
from her_desktop.paths import put_whole

_OVER_TIME = re.compile(r"\b(?:days|talks)\b|\b(?:times|days_since|minutes_since)\(")
"""Conditions that come true with days, with talks, or with what was said before."""

_MOST_NAMED = 4


@click.command()
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write the page there.")
@global_options
def repertoire(options: Options, out: Path | None) -> None:
    """Print what the packs can talk about: topics, arcs over time, what she keeps and comes back to.

    The page is Markdown, made from the packs alone.
    """
    conversation = builder().conversation(options)
    files = pack_files(options.packs or (shipped(conversation.language.code),))
    page = "\n".join(_page(conversation.book, files)) + "\n"
    if out:
        put_whole(out, page.encode())
    else:
        click.echo(page, nl=False)


def _page(book: RuleBook, files: Sequence[Path]) -> Iterator[str]:
    rules = sorted(book.rules.values(), key=lambda rule: rule.id)
    topics = {rule.topic for rule in rules}
    wordings = sum(len(rule.spec.says) for rule in rules)
    yield from ("# Repertoire", "")
    yield f"{len(topics)} topics, {len(rules)} rules, {wordings} wordings. Made from the packs by `her-desktop rules"
    yield from ("repertoire --out docs/repertoire.md`; a test fails where it is not what the packs say.", "")
    yield from _timed(rules)
    yield from _comes_back(rules)
    yield from _brings_up(rules)
    yield from _kept(rules)
    yield from ("## Topics", "")
    for file in files:
        yield from _topic(file, [rule for rule in rules if rule.place.startswith(f"{file.name}:")])


def _timed(rules: Iterable[Rule]) -> Iterator[str]:
    def row(rule: Rule, needs: list[str]) -> tuple[str, ...]:
        return f"`{rule.id}`", "; ".join(f"`{_cell(need)}`" for need in needs), _first(rule)

    timed = ((rule, [need for need in rule.spec.needs if _OVER_TIME.search(need)]) for rule in rules)
    head = ("rule", "once this is true", "she says, for one")
    yield from _table("Arcs: what changes with time", head, (row(rule, needs) for rule, needs in timed if needs))


def _comes_back(rules: Iterable[Rule]) -> Iterator[str]:
    rows = ((rule.after, f"`{rule.id}`", _first(rule)) for rule in rules if rule.prompt == "follow_up")
    yield from _table("What she comes back to", ("after", "rule", "she says, for one"), rows)


def _brings_up(rules: Iterable[Rule]) -> Iterator[str]:
    rows = ((f"`{rule.id}`", _first(rule)) for rule in rules if rule.prompt == "gambit")
    yield from _table("What she brings up herself", ("rule", "she says, for one"), rows)


def _kept(rules: Iterable[Rule]) -> Iterator[str]:
    by_fact: dict[str, list[str]] = {}
    for rule in rules:
        for fact in rule.spec.learns:
            by_fact.setdefault(".".join(statement(fact)), []).append(rule.id)
    rows = ((f"`{fact}`", _names(names)) for fact, names in sorted(by_fact.items()))
    yield from _table("What she keeps", ("fact", "kept by"), rows)


def _names(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(f"`{name}`" for name in names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield from (f"## {title}", "", f"| {' | '.join(head)} |", "|---" * len(head) + "|")
    yield from (f"| {' | '.join(row)} |" for row in rows)
    yield ""


def _topic(file: Path, rules: Sequence[Rule]) -> Iterator[str]:
    if not rules:
        return
    heard = [rule for rule in rules if rule.prompt == "heard" and not rule.parent]
    techniques = sorted({name for rule in rules for name in rule.spec.technique})
    yield from (f"### {rules[0].topic} (`{file.name}`)", "", _door_plate(file), "")
    count = f"{len(rules)} rules, {sum(len(rule.spec.says) for rule in rules)} wordings."
    yield f"{count} Techniques: {', '.join(techniques) or 'none'}."
    yield ""
    yield from (f"- `{rule.id}` “{rule.spec.samples[0]}”" for rule in heard)
    yield ""


def _door_plate(file: Path) -> str:
    """The comment that a pack begins with."""
    lines = file.read_text(encoding="utf-8").splitlines()
    told = [
        line.removeprefix("#").strip() for line in lines if line.startswith("#") and "yaml-language-server" not in line
    ]
    return " ".join(told) or "(no comment)"


def _first(rule: Rule) -> str:
    return _cell(rule.saying(0).say)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
