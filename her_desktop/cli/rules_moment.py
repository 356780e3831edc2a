"""What `rules test` and `rules why-not` are asked about: a sentence, its other readings, and what came before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import click

from her_desktop.cli.common import Options, builder
from her_desktop.dialogue.state import State
from her_desktop.events import Alternative, FinalTranscript
from her_desktop.trace.changes import Moment


def about_a_sentence(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command a SENTENCE, `--heard` and `--after`."""
    command = click.option("--after", multiple=True, metavar="SENTENCE", help="Say this before; may repeat.")(command)
    heard = click.option("--heard", multiple=True, metavar="ALT", help="Heard also as this; may repeat, best first.")
    return click.argument("sentence")(heard(command))


def moment(options: Options, sentence: str, heard: Sequence[str], after: Sequence[str]) -> Moment:
    """A sentence said to her, in a conversation that begins with the sentences before it.

    Raises:
        click.UsageError: there are no words in the sentence.
    """
    if not sentence.strip():
        raise click.UsageError("say what? the SENTENCE has no words")
    now = options.now or datetime.now().astimezone()
    return Moment(builder().conversation(options), State(), _transcript(sentence, heard), now).after(*after)


def _transcript(sentence: str, heard: Sequence[str]) -> FinalTranscript:
    """As typed; or as a recognizer would hand it on, each reading half as sure as the one before."""
    if not heard:
        return FinalTranscript.typed(sentence)
    readings = enumerate((sentence, *heard), 1)
    alternatives = tuple(Alternative(text, 2.0**-rank) for rank, text in readings)
    return FinalTranscript(text=sentence, recognizer="rules:heard", alternatives=alternatives)
