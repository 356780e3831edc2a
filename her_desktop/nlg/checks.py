"""What can be known to be wrong with a wording before it is ever said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from her_desktop.nlg import articles, spoken
from her_desktop.nlg.wording import FILTERS, Hole, Optional, Plural, Wording, walk


def problems(wording: Wording, slot_types: Mapping[str, str], language: str) -> tuple[str, ...]:
    """What is wrong with a wording, one sentence each; names without a type are taken for text.

    Args:
        wording: the wording.
        slot_types: name of each slot, fact and skill's value to its type: text, name, proper, number, duration, date,
            time, list.
        language: the code of its language.
    """
    found: list[str] = []
    for part in walk(wording.parts):
        kind = slot_types.get(part.name) or "text"
        found += _of_plural(part, kind, language) if isinstance(part, Plural) else _of_hole(part, kind, language)
    if not any(part.strip() if isinstance(part, str) else not isinstance(part, Optional) for part in wording.parts):
        found.append(f"“{wording.text}”: without its optional parts nothing is left to say")
    return tuple(dict.fromkeys(found))


def _of_hole(hole: Hole, kind: str, language: str) -> Iterator[str]:
    for name in hole.filters:
        suits = FILTERS[name].suits
        if kind not in suits:
            yield f"{{{hole.name}|{name}}}: “{name}” is for {', '.join(sorted(suits))}, and {hole.name} is {kind}"
    if "a" in hole.filters and not articles.has_articles(language):
        known = ", ".join(sorted(articles.LANGUAGES))
        yield f"{{{hole.name}|a}}: no article can be chosen in “{language}” (only in {known}); write it out"
    if (kind == "list" or "spoken" in hole.filters) and not spoken.known(language):
        yield _unknown(hole.name, language)


def _of_plural(plural: Plural, kind: str, language: str) -> Iterator[str]:
    if kind not in {"number", "list"}:
        yield f"{{{plural.name}|…}}: a plural text is for list, number, and {plural.name} is {kind}"
    if not spoken.known(language):
        yield _unknown(plural.name, language)
        return
    given = {key for key in plural.cases if not key.isdigit()}
    if missing := spoken.whole_plurals(language) - given:
        yield f"{{{plural.name}|…}}: “{language}” needs a text for {', '.join(sorted(missing))}, too"
    if never := given - spoken.plurals(language):
        yield f"{{{plural.name}|…}}: “{language}” never uses {', '.join(sorted(never))}"


def _unknown(name: str, language: str) -> str:
    return f"{{{name}|…}}: nobody told how to say numbers, dates and lists in “{language}”"
