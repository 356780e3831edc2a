"""What the load left out. Receives a book; emits each broken part with its column and what mends it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from her_desktop.dialogue.rules import Quarantined
from her_desktop.lint.finding import Finding, Spot
from her_desktop.lint.sources import Source
from her_desktop.lint.work import Work

_PLACE = re.compile(r"(?P<name>.*?):(?P<line>\d+)(?::(?P<column>\d+))?")
_COLUMN = re.compile(r", at column (\d+) of the template|column (\d+) of “")
_UNKNOWN = re.compile(r"has no key “([^”]+)”|“([^”]+)” reads as a key")
_QUOTED = re.compile(r"“([^”]+)”")

_FIXES: tuple[tuple[str, str], ...] = (
    ("closes nothing|unexpected “", "take the bracket out, or write the other one."),
    ("is never closed", "write the closing bracket."),
    ("not YAML", "mend the indentation, the brackets or the quotes there; a text with : or # wants quotes."),
    ("aliases|deep|values", "write it without nesting and repeating so much."),
    ("stands here twice", "keep one of the two."),
    ("is taken by|have the same id|another pack defines", "give one of the two another name."),
    ("must begin with the topic", "put the topic and a dot before the id, or move the rule to the pack of its topic."),
    ("was “.*” meant", "spell it so."),
    ("has no key", "spell it as docs/rules.md does, or take it out."),
    (r"(?:rule|pack) needs “", "write it; docs/rules.md has an example."),
    ("reads as a key|must be ", "write it so; docs/rules.md has an example."),
    ("no pack defines", "define it among the concepts or expansions of a pack, or name that pack as well."),
    ("at least one line", "write one line or more under it."),
    ("must stand without", "add a wording that needs none of these."),
    ("is manipulative", "take it out, and the words that make it so."),
    (r"\(there (?:is|are) ", "use one of those that there are."),
    ("is no slot, fact", "name a slot of the templates, a fact as user.NAME, or a value of the skill."),
    ("is not a slot of every template", "catch it in every template, or leave it out here."),
    ("in another template", "give the slot the same type everywhere."),
    ("condition", "see the list of what conditions can name, in docs/rules.md."),
    ("refers to itself|too large|too many ways|grows beyond", "split it into simpler templates."),
)
"""What is said to be wrong, and what mends it; the first that fits."""
_LONGEST_RULE = 200
"""A key that is not known is looked for within so many lines."""
_LEFT_OUT = "mend it; until then it is left out."


def quarantine(work: Work) -> Iterator[Finding]:
    """Everything that was left out."""
    for broken in work.book.quarantined:
        yield Finding(_spot(work, broken), broken.rule, "load", f"{broken.why.rstrip('.')}.", _fix(broken.why))


def _fix(why: str) -> str:
    return next((fix for pattern, fix in _FIXES if re.search(pattern, why)), _LEFT_OUT)


def _spot(work: Work, broken: Quarantined) -> Spot:
    found = _PLACE.fullmatch(broken.place)
    assert found, "a place is file:line, or file:line:column"
    source = work.sources.named(found["name"])
    if found["column"]:
        return source.at(int(found["line"]), int(found["column"]))
    return _on_line(source, int(found["line"]), broken.why)


def _on_line(source: Source, line: int, why: str) -> Spot:
    """The column of what is wrong: a key that is not known, a text that is named, or where the line begins."""
    if unknown := _UNKNOWN.search(why):
        for number, row in enumerate(source.rows[line - 1 : line + _LONGEST_RULE], line):
            if (at := row.find(f"{unknown[1] or unknown[2]}:")) >= 0:
                return source.at(number, at + 1)
    row = source.rows[line - 1] if line <= len(source.rows) else ""
    for quoted in _QUOTED.findall(why):
        if (at := row.find(quoted.removesuffix("…").rstrip())) >= 0:
            inside = _COLUMN.search(why)
            column = int(inside[1] or inside[2]) if inside else 1
            return source.at(line, at + (column if column <= len(quoted) + 1 else 1))
    return source.at(line, len(row) - len(row.lstrip(" -")) + 1)
