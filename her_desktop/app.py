"""The composition root: builds the parts, joins them, decides nothing."""

from __future__ import annotations

import gc
import shutil
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from her_desktop import loading, paths
from her_desktop import settings as settings_file
from her_desktop.audio import Sound, Speaker
from her_desktop.cli.common import Options
from her_desktop.clock import SystemClock
from her_desktop.conversation import Conversation
from her_desktop.dialogue.book import RuleBook
from her_desktop.events import PartLost, PartReady
from her_desktop.inbox import InlineExecutor, PartName, Parts, lost
from her_desktop.memory.journal import Journal
from her_desktop.reload import Packs
from her_desktop.screenplay.script import Screenplay
from her_desktop.session import Session
from her_desktop.settings import Settings
from her_desktop.skills import clock
from her_desktop.trace.aloud import Aloud
from her_desktop.trace.packs_then import PacksThen
from her_desktop.trace.reader import Past
from her_desktop.trouble import Trouble, missing
from her_desktop.tts import Voice
from her_desktop.ui import display_available
from her_desktop.ui.doorstep import Doorstep

_COMPILED = Path("cache") / "rules.msgpack"
"""Where a profile keeps the compiled rules."""

SWITCH_S = 0.0005
"""How long a thread may keep the interpreter from the window's: a tenth of Python's own, so that no frame waits."""

_GOODBYE_S = 30.0
"""How long the recognizer may take to load, and the devices to close, after the window was closed."""


class _Talk:
    """The session behind a window: on a thread of its own, made once the window stands."""

    def __init__(self, session: Callable[[], AbstractContextManager[Session]]) -> None:
        self.doorstep = Doorstep()
        self._session = session
        self._failed: BaseException | None = None
        self._thread: threading.Thread | None = None

    def begin(self, watcher: Any) -> None:
        """Load the rules and talk, aside; the watcher is told if that cannot be."""
        self._thread = threading.Thread(target=self._run, args=(watcher,), name="session")
        self._thread.start()

    def _run(self, watcher: Any) -> None:
        try:
            with self._session() as session:
                session.watch(watcher.put)
                session.watch_levels(watcher.level)
                self.doorstep.opened(session)
                session.run()
        except BaseException as error:  # this thread's barrier: it is raised again where the program ends
            self._failed = error
            watcher.end()

    def end(self) -> None:
        """The window is closed: end the conversation.

        Raises:
            Trouble: it could not begin, or broke off.
        """
        self.doorstep.closed()
        if self._thread:
            self._thread.join(_GOODBYE_S)
        if self._failed:
            raise self._failed


class App:
    """Joins the parts for each front end. What is heavy is imported where it is wanted."""

    def home(self, options: Options) -> Path:
        """The profile folder, made if need be."""
        return paths.open_home(options.home)

    @contextmanager
    def chat(self, options: Options) -> Iterator[Session]:
        """A typed conversation, without any device."""
        with self._session(options, *self._profile(options), "chat", executor=InlineExecutor()) as session:
            yield session

    @contextmanager
    def recordings(self, options: Options, out: Path | None) -> Iterator[Session]:
        """A conversation whose microphone is a recording; spoken answers go to a folder, if one is named."""
        home, settings = self._profile(options)
        ear, name = _ear(options, settings)
        speaker = voice = None
        if out:
            from her_desktop.audio.wav import WavSpeaker  # noqa: PLC0415 -- numpy

            speaker, voice = WavSpeaker(out), _voice(settings)
        parts = Parts(
            ear=ear, voice=voice, speaker=speaker, echo_tail_ms=0, ready=(PartReady(part="recognizer", name=name),)
        )
        with self._session(options, home, settings, "listen", lambda: parts, InlineExecutor(), stays=True) as session:
            yield session

    @contextmanager
    def live(self, options: Options) -> Iterator[Session]:
        """A conversation with the microphone and the loudspeaker; whatever is missing is left out and told."""
        home, settings = self._profile(options)
        with Journal(home) as journal, self._talking(options, home, settings, journal) as session:
            yield session

    @contextmanager
    def _talking(self, options: Options, home: Path, settings: Settings, journal: Journal) -> Iterator[Session]:
        def parts() -> Parts:
            return self._live_parts(options, settings)

        with self._session_in(journal, options, home, settings, "window", parts, stays=True) as session:
            yield session

    def _live_parts(self, options: Options, settings: Settings) -> Parts:
        clock.warm(options.language or settings.language, datetime.now())
        missed: list[PartLost] = []
        voice = _tried("voice", lambda: _voice(settings), missed)
        ear, name = _tried("recognizer", lambda: _ear(options, settings), missed) or (None, "")
        return Parts(
            microphone=_tried("microphone", lambda: _microphone(settings), missed) if ear else None,
            ear=ear,
            voice=voice,
            speaker=_tried("speaker", lambda: _speaker(settings), missed) if voice else None,
            cues=_cues() if settings.sounds else {},
            lost=tuple(missed),
            ready=(
                *([PartReady(part="recognizer", name=name)] if ear else []),
                *([PartReady(part="voice", name=voice.name)] if voice else []),
            ),
        )

    def window(self, options: Options) -> int:
        """Show the window until it is closed; returns the exit code.

        Raises:
            Trouble: there is no display, or Qt cannot be loaded.
        """
        self.check_window()
        from her_desktop.ui.window import run  # noqa: PLC0415 -- Qt is loaded only where a window is wanted

        sys.setswitchinterval(SWITCH_S)
        home, settings = self._profile(options)
        with Journal(home) as journal:
            talk = _Talk(lambda: self._talking(options, home, settings, journal))
            try:
                code = run(talk.begin, talk.doorstep, record=self._record(options), home=home)
            finally:
                talk.end()
            return code

    def step(self, options: Options, screenplay: Screenplay) -> int:
        """Show the window on a performance of a screenplay until it is closed; returns the exit code.

        The profile is the performance's own; of his, only how he likes the window is taken.

        Raises:
            Trouble: there is no display, Qt cannot be loaded, or the packs or the profile of the title page cannot be.
        """
        self.check_window()
        from her_desktop.screenplay.stepping import Stepping  # noqa: PLC0415 -- most never perform
        from her_desktop.ui.prompt_book import Watching  # noqa: PLC0415 -- Qt, likewise
        from her_desktop.ui.window import run  # noqa: PLC0415

        sys.setswitchinterval(SWITCH_S)
        with TemporaryDirectory(prefix="her-desktop-screenplay-", ignore_cleanup_errors=True) as folder:
            home, liked = Path(folder), (options.home or paths.default_home()) / "window.json"
            stepping = Stepping(screenplay, home)
            if liked.is_file():
                shutil.copyfile(liked, home / liked.name)
            try:
                return run(stepping.begin, Watching(stepping), record=stepping.record, home=home, stepping=stepping)
            finally:
                stepping.end()

    def _record(self, options: Options) -> Callable[[], Past]:
        """What opens the record beside the session that writes it."""
        home = self.home(options)
        return lambda: Past(Journal(home, read_only=True), lambda: self.conversation(options))

    def check_window(self) -> None:
        """See whether a window can open here.

        Raises:
            Trouble: there is no display, or Qt cannot be loaded.
        """
        if not display_available():
            raise missing("window", "there is no display here", "her-desktop chat works without one")
        try:
            import PySide6.QtQuick  # noqa: F401, PLC0415, TID251 -- only to see whether it can be loaded
        except ImportError as error:
            raise missing("window", str(error), "make run installs what Qt needs") from error

    def voice(self, options: Options) -> Voice:
        """Her voice."""
        return _voice(self._profile(options)[1])

    def rules(self, options: Options) -> RuleBook:
        """The rules in force, and what was left out of them."""
        return load_conversation(options, self._profile(options)[1]).book

    def conversation(self, options: Options, *, fresh: bool = False, compiled_file: Path | None = None) -> Conversation:
        """The rules and the language of a conversation, read without making a profile.

        With `fresh`, from the packs, or from the compiled file that is named; else from what the profile keeps of them,
        where there is one.
        """
        home = options.home or paths.default_home()
        if not fresh and home.is_dir():
            compiled_file = home / _COMPILED
        return load_conversation(options, settings_file.load(home), compiled_file)

    def speaker(self, options: Options) -> Speaker:
        """The loudspeaker that he has set, or the best one there is."""
        return _speaker(self._profile(options)[1])

    def _profile(self, options: Options) -> tuple[Path, Settings]:
        home = self.home(options)
        return home, settings_file.load(home)

    @contextmanager
    def _session(
        self,
        options: Options,
        home: Path,
        settings: Settings,
        front: str,
        make_parts: Callable[[], Parts] = Parts,
        executor: InlineExecutor | None = None,
        *,
        stays: bool = False,
    ) -> Iterator[Session]:
        with (
            Journal(home) as journal,
            self._session_in(journal, options, home, settings, front, make_parts, executor, stays=stays) as session,
        ):
            yield session

    @contextmanager
    def _session_in(
        self,
        journal: Journal,
        options: Options,
        home: Path,
        settings: Settings,
        front: str,
        make_parts: Callable[[], Parts],
        executor: InlineExecutor | None = None,
        *,
        stays: bool,
    ) -> Iterator[Session]:
        conversation = load_conversation(options, settings, home / _COMPILED)
        gc.freeze()  # what was loaded stays; the collector need not look at it over and over
        seed = settings.seed if options.seed is None else options.seed
        clock = SystemClock(options.now)
        packs = Packs(
            lambda: loading.files(options.packs, options.language or settings.language),
            lambda: load_conversation(options, settings),
        )
        session = Session(conversation, journal, clock, seed, front, make_parts, executor, stays=stays)
        session.answer_from(Aloud(journal, PacksThen(journal, conversation)))
        session.follow(packs)
        try:
            yield session
        finally:
            session.close()


def load_conversation(options: Options, settings: Settings, compiled_file: Path | None = None) -> Conversation:
    """The rules and the language of a conversation; the compiled rules may be kept in a file.

    Raises:
        Trouble: there is no such language, or not one rule that works.
    """
    language = options.language or settings.language
    return loading.conversation(
        options.packs, language, settings.country, adapts=settings.adapts, compiled_file=compiled_file
    )


def _ear(options: Options, settings: Settings) -> tuple[Any, str]:
    import time  # noqa: PLC0415 -- only the recognizer's stopwatch

    from her_desktop.asr.endpointing import Endpointing  # noqa: PLC0415 -- numpy, likewise
    from her_desktop.asr.hearing import Hearing  # noqa: PLC0415 -- numpy and the detector, which typing does without
    from her_desktop.asr.load import load_recognizer  # noqa: PLC0415 -- a recognizer is half a second

    language = loading.spoken(options.packs, options.language or settings.language)
    recognizer = load_recognizer(paths.models_dirs(options.home), settings.recognizer, language.code)
    endpointing = Endpointing(end_silence_ms=settings.end_silence_ms)
    return Hearing(recognizer, time.monotonic, language, endpointing), recognizer.name


def _voice(settings: Settings) -> Voice:
    from her_desktop.tts.pyttsx3_voice import Pyttsx3Voice  # noqa: PLC0415 -- typing does without it

    voice = Pyttsx3Voice(settings.voice, settings.rate_wpm)
    voice.warm()
    return voice


def _speaker(settings: Settings) -> Speaker:
    from her_desktop.audio.speaker import DeviceSpeaker  # noqa: PLC0415 -- the sound device

    return DeviceSpeaker(settings.speaker)


def _cues() -> Mapping[str, Sound]:
    from her_desktop.audio.cues import cues  # noqa: PLC0415 -- numpy

    return cues()


def _microphone(settings: Settings) -> Any:
    from her_desktop.audio.microphone import DeviceMicrophone  # noqa: PLC0415 -- the sound device

    return DeviceMicrophone(settings.microphone)


def _tried(part: PartName, make: Callable[[], Any], missed: list[PartLost]) -> Any:
    try:
        return make()
    except Trouble as trouble:
        missed.append(lost(part, trouble))
    except ImportError as error:
        missed.append(PartLost(part=part, why=str(error), todo="pip install 'her-desktop[all]'"))
    return None


def main() -> None:
    """The command `her-desktop`."""
    from her_desktop.cli.main import start  # noqa: PLC0415 -- the front end is the last thing that is needed

    sys.exit(start(App()))
