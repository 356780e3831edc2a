"""Other programs that talk, each in a process of its own in the peers' environment: lines in, replies out.

`python -m benchmarks.aptness_peers NAME FOLDER` reads a list of conversations as JSON, each a list of sentences, and
writes the replies in the same form.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

PEERS = ("alice", "rivescript", "eliza")
"""A.L.I.C.E. as python-aiml ships it, the brain among RiveScript's examples, and ELIZA as NLTK has it."""

Reply = Callable[[str, str], str]
"""What is said, and in which conversation, to what comes back."""


def load(peer: str, folder: Path) -> Reply:
    """Load a peer with what it ships.

    Args:
        peer: one of `PEERS`.
        folder: where RiveScript's examples lie.
    """
    return {"alice": alice, "rivescript": rivescript, "eliza": eliza}[peer](folder)


def alice(_folder: Path) -> Reply:
    """PyAIML with its A.L.I.C.E. set."""
    import aiml  # noqa: PLC0415 -- each process has one peer

    kernel = aiml.Kernel()
    kernel.verbose(False)
    os.chdir(Path(aiml.__file__).parent / "botdata" / "alice")
    kernel.learn("startup.xml")
    kernel.respond("LOAD ALICE")
    return lambda text, talk: str(kernel.respond(text, talk))


def rivescript(folder: Path) -> Reply:
    """RiveScript with the brain among its examples, ELIZA's part of it included."""
    from rivescript import RiveScript  # noqa: PLC0415 -- each process has one peer

    bot = RiveScript()
    bot.load_directory(str(folder / "eg" / "brain"))
    bot.sort_replies()
    return lambda text, talk: str(bot.reply(talk, text))


def eliza(_folder: Path) -> Reply:
    """ELIZA as NLTK has it; it knows nothing of who speaks."""
    from nltk.chat.eliza import eliza_chatbot  # noqa: PLC0415 -- each process has one peer

    return lambda text, _talk: str(eliza_chatbot.respond(text.rstrip(".!?") or "."))


def answered(reply: Reply, talks: Sequence[Sequence[str]]) -> list[list[str]]:
    """What comes back to each sentence; an error is a reply, too, for whoever talks with it."""

    def one(text: str, talk: str) -> str:
        try:
            return reply(text, talk)
        except Exception as error:
            return f"({type(error).__name__})"

    return [[one(text, str(number)) for text in talk] for number, talk in enumerate(talks)]


if __name__ == "__main__":
    random.seed(0)
    spoken = sys.stdout
    sys.stdout = sys.stderr
    json.dump(answered(load(sys.argv[1], Path(sys.argv[2])), json.load(sys.stdin)), spoken)
