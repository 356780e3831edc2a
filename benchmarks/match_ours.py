"""Our engine, measured as the peers are: the one module of `benchmarks.match` that knows the program.

The rules become packs on disk and go through the same loader, checks and compiler as the packs that people write.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from benchmarks.match_rules import RuleSet, sentence, template
from her_desktop.conversation import Conversation, Turn, respond, weigh
from her_desktop.dialogue.packs import load_language, load_packs
from her_desktop.dialogue.state import State, apply
from her_desktop.events import FinalTranscript
from her_desktop.paths import resources
from her_desktop.skills import VALUES, clock

NOW = datetime(2026, 11, 22, 20, 15, tzinfo=UTC)
_ENGLISH = resources() / "dialogue" / "en"
_RULES_A_FILE = 1000
_FALLBACK = """\
topic: otherwise
rules:
  - id: otherwise.anything
    samples: [anything]
    hears: ["*"]
    tier: fallback
    act: auto_negative
    says: ["I have no rule for that."]
"""


class Engine:
    """The rules of some packs, and the conversation so far."""

    def __init__(self, packs: Path, compiled_file: Path | None = None) -> None:
        """Load packs; where a compiled file is named, from it or into it."""
        language = load_language(_ENGLISH)
        book = load_packs([packs], language, VALUES, [compiled_file] if compiled_file else ())
        assert not book.quarantined, book.quarantined[0].line
        self._conversation = Conversation.of(book, language)
        self._state = State()

    def match(self, text: str) -> str | None:
        """Interpret and decide; the name of the rule that answers, None where only the fallback does."""
        conversation, heard = self._conversation, FinalTranscript.typed(text)
        return _name(weigh(conversation, apply(self._state, heard), heard, NOW)[1][0].rule.id)

    def turn(self, text: str) -> Turn:
        """Interpret, decide and word: one whole turn, which the next one follows."""
        turn = respond(self._conversation, self._state, FinalTranscript.typed(text), NOW, seed=0)
        self._state = turn.state
        return turn

    def samples(self) -> list[str]:
        """The sentences that the packs give as samples, of all rules."""
        rules = self._conversation.book.rules.values()
        return list(dict.fromkeys(sample for rule in rules for sample in rule.spec.samples))


def shipped() -> Engine:
    """Our engine with the English packs that are shipped, warmed as the program warms itself."""
    clock.warm("en", NOW)
    return Engine(_ENGLISH)


def load_rules(given: RuleSet, folder: Path) -> Callable[[str], str | None]:
    """Write the rules as packs and load them; returns what matches one utterance."""
    write_rules(given, folder / "packs")
    return Engine(folder / "packs").match


def load_template(text: str, folder: Path) -> Callable[[str], str | None]:
    """The same with a single rule that hears one template."""
    _write([("puzzle", text, text)], folder / "packs")
    return Engine(folder / "packs").match


def write_rules(given: RuleSet, folder: Path) -> None:
    """Write the rules as packs of a thousand rules each, and one of a fallback."""
    rng = random.Random("samples")
    _write(((rule.name, template(rule, "{value}"), sentence(rule, given.values, rng)) for rule in given.rules), folder)


def _write(rules: Iterable[tuple[str, str, str]], folder: Path) -> None:
    """Write rules: name, template of the whole utterance, a sample."""
    folder.mkdir(parents=True)
    (folder / "otherwise.yaml").write_text(_FALLBACK, encoding="utf-8")
    for number, some in enumerate(_batches(rules)):
        topic = f"part{number:03}"
        texts = "".join(_rule(topic, *rule) for rule in some)
        (folder / f"{topic}.yaml").write_text(f"topic: {topic}\nrules:\n{texts}", encoding="utf-8")


def _batches(rules: Iterable[tuple[str, str, str]]) -> Iterator[list[tuple[str, str, str]]]:
    remaining = iter(rules)
    while some := list(islice(remaining, _RULES_A_FILE)):
        yield some


def _name(rule: str) -> str | None:
    topic, _, name = rule.partition(".")
    return None if topic == "otherwise" else name


def _rule(topic: str, name: str, template: str, sample: str) -> str:
    return (
        f"  - id: {topic}.{name}\n"
        f"    samples: [{json.dumps(sample)}]\n"
        f"    hears: [{json.dumps(f'^{template}$')}]\n"
        f"    act: inform\n"
        f'    says: ["This is what {name} says."]\n'
    )
