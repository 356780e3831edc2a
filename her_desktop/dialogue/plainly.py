"""What is wrong with the form of a pack, for somebody who writes packs: msgspec's words made plain."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import get_close_matches
from typing import get_args

from her_desktop.dialogue.rules import TIERS, Confirmation, FollowUp, Gambit, HeardAs, Pack, RuleSpec, Saying, Tone

_KEYS = sorted(
    {
        key
        for kind in (RuleSpec, Gambit, Confirmation, FollowUp, Saying, HeardAs, Pack)
        for key in kind.__struct_fields__
    }
)
_ALLOWED = {
    "tone": get_args(Tone),
    "tier": tuple(tier for tier in TIERS if tier not in ("answer", "topic")),
    "volunteers": ("true", "false", "follow_up"),
}
_FORMS = {
    "after": "a number and a unit: 20 minutes, 1 hour, 2 days",
    "topic": "one word of letters, digits and _",
    "id": "a topic, a dot and a name, without spaces",
}
_TYPES = {
    "array": "a list: write [ … ], or one line each behind a dash",
    "object": "keys with values, one line each",
    "str": "text: put it in quotes",
    "int": "a whole number",
    "bool": "true or false",
}


def plainly(text: str, key: str, what: str) -> str:
    """An error of the form in plain words.

    Args:
        text: what msgspec says.
        key: the key that it is about, where it names one.
        what: what holds it: the rule, the pack.
    """
    for pattern, say in _SAYINGS:
        if found := re.search(pattern, text):
            return say(found, key, what)
    return text.replace("Object", what)


def _unknown(found: re.Match[str], _key: str, what: str) -> str:
    name = found.group(1)
    if " " in name:
        return f"“{name}” reads as a key, for the colon behind it: put the whole text in quotes"
    near = get_close_matches(name, _KEYS, 1)
    return f"{what} has no key “{name}”" + (f"; was “{near[0]}” meant?" if near else " (docs/rules.md has them all)")


def _value(found: re.Match[str], key: str, _what: str) -> str:
    return f"no {key} “{found.group(1)}” (there are {', '.join(_ALLOWED.get(key, ()))})"


def _form(_found: re.Match[str], key: str, _what: str) -> str:
    return f"“{key}” must be {_FORMS.get(key, 'of another form')}"


def _type(found: re.Match[str], key: str, _what: str) -> str:
    wanted = " or ".join(_TYPES.get(one, one) for one in re.findall(r"\w+", found.group(1)) if one != "null")
    return f"“{key}” must be {wanted}; this is {_TYPES.get(found.group(2), found.group(2)).partition(':')[0]}"


_SAYINGS: tuple[tuple[str, Callable[[re.Match[str], str, str], str]], ...] = (
    (r"unknown field `(.*)`", _unknown),
    (r"missing required field `(.*)`", lambda found, _key, what: f"{what} needs “{found.group(1)}”"),
    (r"Invalid enum value '(.*)'", _value),
    (r"matching regex", _form),
    (r"Expected `int` >= (\d+)", lambda found, key, _what: f"“{key}” must be {found.group(1)} or more"),
    (r"Expected `([^`]*)`, got `(\w+)`", _type),
)
