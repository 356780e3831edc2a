"""The peers, each given the same rules in its own language: `load(name, rules)` returns what matches one utterance.

Runs in the peers' own environment, where nothing of ours is installed.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from benchmarks.match_rules import Rule, template

Match = Callable[[str], str | None]
"""Text to the name of the rule that answers; None where none does."""
Pattern = tuple[str, str]
"""Name of a rule, and what it hears in the peer's syntax."""

PEERS = ("rivescript", "aiml", "hassil", "adapt")
_MISS = "MISS"


def load(peer: str, rules: Sequence[Rule], folder: Path) -> Match:
    """Load the rules into a peer.

    Args:
        peer: one of `PEERS`.
        rules: what it is to know.
        folder: for files that it wants to read.
    """
    match peer:
        case "rivescript":
            return rivescript((rule.name, template(rule, "*")) for rule in rules)
        case "aiml":
            return aiml(((rule.name, text) for rule in rules for text in _written_out(rule)), folder)
        case "hassil":
            return hassil([(rule.name, template(rule, "{value}")) for rule in rules], ["value"])
        case "adapt":
            return _adapt(rules)
    raise ValueError(peer)


def rivescript(patterns: Iterable[Pattern]) -> Match:
    """RiveScript: triggers, compiled to regular expressions that are tried one after the other."""
    from rivescript import RiveScript  # noqa: PLC0415 -- each process has one peer

    bot = RiveScript()
    triggers = (f"+ {text}\n- {name}" for name, text in patterns)
    bot.stream("\n".join(["! version = 2.0", *triggers, "+ *", f"- {_MISS}"]))
    bot.sort_replies()

    def match(text: str) -> str | None:
        reply = str(bot.reply("somebody", text))
        return None if reply == _MISS else reply

    return match


def aiml(patterns: Iterable[Pattern], folder: Path) -> Match:
    """PyAIML: a tree of words; it has no options and no choices, so every form is a category of its own."""
    import aiml as library  # noqa: PLC0415 -- each process has one peer

    category = "<category><pattern>{}</pattern><template>{}</template></category>\n"
    path = folder / "rules.aiml"
    with path.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<aiml version="1.0">\n')
        file.writelines(category.format(text.upper(), name) for name, text in patterns)
        file.write(category.format("*", _MISS) + "</aiml>\n")
    kernel = library.Kernel()
    kernel.verbose(False)
    kernel.learn(str(path))

    def match(text: str) -> str | None:
        reply = str(kernel.respond(text))
        return None if reply in ("", _MISS) else reply

    return match


def _written_out(rule: Rule) -> Iterator[str]:
    match rule.kind:
        case "optional":
            middle = (["the", rule.adjective], ["the"])
            for before, between, after in itertools.product((["please"], []), middle, (["now"], [])):
                yield " ".join([*before, rule.verb, *between, rule.first, rule.second, *after])
        case "choice":
            for verb, whose in itertools.product(("show", "tell"), ("the", "my")):
                yield f"{verb} me {whose} {rule.first} {rule.second}"
        case _:
            yield template(rule, "*")


def hassil(patterns: Iterable[Pattern], slots: Iterable[str]) -> Match:
    """The hassil library: one intent a rule, slots as wildcard lists; what it parses lazily is parsed now."""
    from hassil import Intents, recognize  # noqa: PLC0415 -- each process has one peer

    intents = Intents.from_dict(
        {
            "language": "en",
            "intents": {name: {"data": [{"sentences": [text]}]} for name, text in patterns},
            "lists": {slot: {"wildcard": True} for slot in slots},
        }
    )
    for intent in intents.intents.values():
        for data in intent.data:
            assert data.sentences

    def match(text: str) -> str | None:
        found = recognize(text, intents)
        return str(found.intent.name) if found else None

    return match


def _adapt(rules: Iterable[Rule]) -> Match:
    """Adapt: known words are tagged, and an intent asks for tags in any order."""
    from adapt.engine import IntentDeterminationEngine  # noqa: PLC0415 -- each process has one peer
    from adapt.intent import IntentBuilder  # noqa: PLC0415 -- likewise

    engine = IntentDeterminationEngine()
    known = {("show", "ask"), ("tell", "ask"), ("do you", "do_you"), ("my", "my")}
    engine.register_regex_entity(r"\bis (?P<value>.*)")
    intents = []
    for rule in rules:
        tags = {word: f"word_{word}" for word in (rule.first, rule.second, rule.verb, rule.adjective)}
        intent = IntentBuilder(rule.name).require(tags[rule.first]).require(tags[rule.second])
        match rule.kind:
            case "literal":
                intent.require("do_you").require(tags[rule.verb])
            case "optional":
                intent.require(tags[rule.verb]).optionally(tags[rule.adjective])
            case "choice":
                intent.require("ask")
            case "slot":
                intent.require("my").require("value")
        asked = {tag for tag, _ in intent.requires} | {tag for tag, _ in intent.optional}
        known |= {(word, tag) for word, tag in tags.items() if tag in asked}
        intents.append(intent.build())
    for word, tag in sorted(known):
        engine.register_entity(word, tag)
    for intent in intents:
        engine.register_intent_parser(intent)

    def match(text: str) -> str | None:
        found = next(iter(engine.determine_intent(text)), None)
        return str(found["intent_type"]) if found else None

    return match
