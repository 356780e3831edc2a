"""Receives what he does beside talking: a switch, the lights, a fact mended or forgotten. Emits entries."""

from __future__ import annotations

from datetime import datetime

from her_desktop.dialogue.techniques import switchable
from her_desktop.events import LightsSwitched, TechniqueSwitched
from her_desktop.inbox import Correct, Forget, Lights, Switch
from her_desktop.language import Language
from her_desktop.memory.document import VERSION, Document, Statement, news
from her_desktop.memory.facts import statement
from her_desktop.recorder import Recorder
from her_desktop.trouble import Trouble


def do(message: Switch | Lights | Correct | Forget, recorder: Recorder, language: Language, now: datetime) -> None:
    """Do it, and have it on disk when this returns.

    Raises:
        Trouble: nothing is known of a name, or it cannot be written.
    """
    match message:
        case Switch(technique, on, why):
            if technique not in switchable():
                raise Trouble(technique, "it has no switch", "see her-desktop techniques list")
            recorder.record(TechniqueSwitched(technique=technique, on=on, why=why), durable=True)
        case Lights(on, cause):
            recorder.record(LightsSwitched(on=on, cause=cause), durable=True)
        case Correct(name, text):
            _correct(recorder, name, text, now)
        case Forget(names):
            _forget(recorder, names, language, now)


def _correct(recorder: Recorder, name: str, text: str, now: datetime) -> None:
    """Learn what he wrote, with his own writing as the words that taught it."""
    _known(recorder, name)
    words = " ".join(text.split())
    if not words:
        raise Trouble(name, "there is nothing to keep in it", "write what it is, or forget it")
    subject, predicate = statement(name)
    mended = Statement(subject=subject, predicate=predicate, object=words, words=words, told_at=now)
    recorder.record(*news(recorder.state.facts, Document(VERSION, (mended,))), durable=True)


def _forget(recorder: Recorder, names: tuple[str, ...], language: Language, now: datetime) -> None:
    for name in names:
        _known(recorder, name)
    recorder.forget(names, "window", now, language.common | language.determiners)


def _known(recorder: Recorder, name: str) -> None:
    if name not in recorder.state.facts:
        raise Trouble(name, "she knows nothing of that name", "look at the memory again")
