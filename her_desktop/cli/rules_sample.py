"""`rules sample`: sentences that a rule accepts, made from its templates, and which rule would answer each."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain, islice, zip_longest

import click
import msgspec

from her_desktop.cli.common import Options, builder, global_options
from her_desktop.conversation import Conversation
from her_desktop.dialogue.packs import read_lexicon
from her_desktop.dialogue.policy import outranked
from her_desktop.dialogue.rules import Rule
from her_desktop.dialogue.state import OpenQuestion, State
from her_desktop.events import FinalTranscript
from her_desktop.nlu.line import Line
from her_desktop.nlu.matcher import walk
from her_desktop.nlu.program import Program
from her_desktop.nlu.sample import sentences
from her_desktop.paths import resources
from her_desktop.trace.changes import Moment
from her_desktop.trace.examples import programs, slot_examples
from her_desktop.trace.rule_names import named
from her_desktop.trouble import Trouble


class Sampled(msgspec.Struct, frozen=True):
    """A sentence that a rule accepts."""

    sentence: str
    template: str
    winner: str
    """The rule that would answer it in a conversation that has just begun, or after the question it answers."""
    reason: str
    """Why the rule itself would not; empty where it would."""


@click.command()
@click.argument("rule")
@click.option("--most", default=20, show_default=True, type=click.IntRange(1, 10_000), help="How many at most.")
@global_options
def sample(options: Options, rule: str, most: int) -> None:
    """Print sentences that RULE accepts, and mark those that another rule would answer.

    With --json: one object a line.
    """
    conversation = builder().conversation(options)
    wanted = named(conversation.book, rule)
    if not wanted.templates:
        raise Trouble(f"rule {rule}", "it hears nothing: she brings it up herself", "name a rule with “hears”")
    now = options.now or datetime.now().astimezone()
    packs = options.packs or (resources() / "dialogue" / conversation.language.code,)
    lexicon = read_lexicon(packs, conversation.language)
    fillers = slot_examples(conversation, wanted, now)

    def made(program: Program) -> list[tuple[str, str]]:
        rng = random.Random(program.template)  # noqa: S311 -- dice of examples, not of a lock
        found = sentences(program.template, lexicon, fillers, rng, most)
        return [(text, program.template) for text in found if _accepts(program, text, conversation, now)]

    for text, template in islice(_in_turn([made(program) for program in programs(conversation, wanted)]), most):
        _print(_tried(conversation, wanted, text, template, now), options.json)


def _accepts(program: Program, text: str, conversation: Conversation, now: datetime) -> bool:
    return walk(program, Line.of(text, conversation.language, now)) is not None


def _in_turn(made: Sequence[list[tuple[str, str]]]) -> Iterator[tuple[str, str]]:
    """The first sentence of each template, then the second of each; every sentence once."""
    every = (one for one in chain.from_iterable(zip_longest(*made)) if one)
    yield from {text: (text, template) for text, template in every}.values()


def _tried(conversation: Conversation, rule: Rule, text: str, template: str, now: datetime) -> Sampled:
    question = OpenQuestion(f"1:{rule.parent}", rule.parent, 1) if rule.parent else None
    state = State(turn=1, session_turns=1, question=question) if question else State()
    standings = Moment(conversation, state, FinalTranscript.typed(text), now).standings()
    first = standings[0] if standings and not standings[0].barred else None
    mine = next((one for one in standings if one.rule.id == rule.id), None)
    if mine is None or mine is first:
        return Sampled(text, template, first.rule.id if first else "", "")
    return Sampled(
        text, template, first.rule.id if first else "", mine.barred or (outranked(first, mine) if first else "")
    )


def _print(sampled: Sampled, json: bool) -> None:
    if json:
        click.echo(msgspec.json.encode(sampled).decode())
        return
    who = f"{sampled.winner} answers" if sampled.winner else "nothing answers"
    mark = click.style(f"  ({who}: {sampled.reason})", dim=True) if sampled.reason else ""
    click.echo(sampled.sentence + mark)
