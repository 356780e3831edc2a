"""The live loop: one inbox, one thread, one order. It listens, thinks and speaks, and can be stopped at any moment.

Devices, the voice's thread and the window only put messages into the inbox. Everything that happens is recorded by the
code that did it; watchers see each entry after it was recorded.
"""

from __future__ import annotations

import logging
import queue
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import suppress
from typing import Literal

from msgspec.structs import replace

from her_desktop import __version__, by_hand
from her_desktop.audio import DeviceLost, Heard, Played, RecordingEnded, in_blocks
from her_desktop.clock import Clock
from her_desktop.conversation import Conversation, respond
from her_desktop.devices import SILENT_DEVICE_S, Devices, Part
from her_desktop.dialogue.state import State
from her_desktop.events import (
    AudioChunk,
    Entry,
    Failure,
    FinalTranscript,
    PlaybackFinished,
    PlaybackInterrupted,
    PlaybackStarted,
    Rehearsed,
    Reply,
    SessionEnded,
    SessionStarted,
    SpeechEnded,
    SpeechStarted,
    StateChanged,
    Timing,
    VoiceSynthesized,
)
from her_desktop.inbox import (
    ByHand,
    Close,
    Correct,
    Erase,
    Forget,
    InlineExecutor,
    Lights,
    Message,
    PacksRead,
    Parts,
    Rehearse,
    StopPressed,
    Switch,
    Synthesized,
    TalkPressed,
    TalkReleased,
    Typed,
    Wake,
    lost,
)
from her_desktop.memory.document import Document, news
from her_desktop.memory.journal import Journal
from her_desktop.playback import Speaking, as_kept
from her_desktop.recorder import Recorder, Watcher
from her_desktop.reload import BeforeSwap, Packs, ReadAside, difference
from her_desktop.skills.ask import Record
from her_desktop.trouble import Trouble, missing
from her_desktop.tts import Utterance, Voice

_log = logging.getLogger(__name__)

_TICK_S = 0.25

_HIS = (Typed, TalkPressed, Wake, Switch, Lights, Correct, Forget, Erase, Rehearse)
"""What he does: where it fails as it did before, he is told again."""

LevelWatcher = Callable[[Literal["him", "her"], float], None]


class Session:
    """A conversation as it happens.

    `run` in a thread of its own for the live loop; or `start`, then `handle` and `drain`, then `close`, on one thread,
    where whoever calls decides what happens when.
    """

    def __init__(
        self, conversation: Conversation, journal: Journal, clock: Clock, seed: int, front: str,
        make_parts: Callable[[], Parts] = Parts, executor: Executor | None = None, *, stays: bool = False,
    ) -> None:  # fmt: skip
        """Take what it needs, and the state that the journal tells; the parts are made when it starts.

        With `stays`, a goodbye puts her to sleep until she is woken, by a key or by typing; else it ends the session.
        """
        self._conversation, self._clock, self._seed = conversation, clock, seed
        self._record: Record | None = None
        self._packs: Packs | None = None
        self._front, self._make_parts, self._parts, self._stays = front, make_parts, Parts(), stays
        self._executor = executor or ThreadPoolExecutor(1, "voice")
        self._aside: ReadAside | None = None
        self._inbox: queue.SimpleQueue[Message] = queue.SimpleQueue()
        self._recorder = Recorder(journal, clock)
        self._devices = Devices(None, None, self.put, self._recorder, clock)
        self._level_watchers: list[LevelWatcher] = []
        self._speaking: Speaking | None = None
        self._replies = 0
        self._tail_ms = 0.0
        self._mode = "asleep"
        self._decided_s = 0.0
        self._failure: Failure | None = None
        self._begun = False
        self.ended = False

    @property
    def state(self) -> State:
        """What the conversation stands at: a fold over the journal."""
        return self._recorder.state

    @property
    def mode(self) -> str:
        """What she is doing: asleep, listening, hearing, thinking, speaking."""
        return self._mode

    # ---- what others call, from any thread ----

    def put(self, message: Message) -> None:
        """Put something into the inbox."""
        self._inbox.put(message)

    def typed(self, text: str) -> None:
        """He typed something."""
        self.put(Typed(text))

    def talk_pressed(self) -> None:
        """The talk key went down."""
        self.put(TalkPressed())

    def talk_released(self) -> None:
        """The talk key went up."""
        self.put(TalkReleased())

    def stop_pressed(self) -> None:
        """He wants her to be silent at once."""
        self.put(StopPressed())

    def by_hand(self, message: ByHand | Rehearse) -> None:
        """He did something in the window beside talking."""
        self.put(message)

    def closed(self) -> None:
        """The window was closed."""
        self.put(Close("the window was closed"))

    def watch(self, watcher: Watcher) -> None:
        """See every entry from now on, on the session's thread, right after it was recorded."""
        self._recorder.watch(watcher)

    def watch_levels(self, watcher: LevelWatcher) -> None:
        """See how loud he and she are: root mean square, 0 to 1, about 50 times a second."""
        self._level_watchers.append(watcher)

    def follow(self, packs: Packs) -> None:
        """Read packs that are edited meanwhile, aside, and swap them between two turns."""
        inline = isinstance(self._executor, InlineExecutor)
        executor = self._executor if inline else ThreadPoolExecutor(1, "packs")
        self._packs = packs
        self._aside = ReadAside(packs, executor, lambda read: self.put(PacksRead(read)))

    def answer_from(self, record: Record) -> None:
        """Have her answer from this record where she is asked about earlier turns."""
        self._record = record
        self._conversation = replace(self._conversation, record=record)

    def load_dice(self, wordings: Mapping[str, int]) -> None:
        """Have the dice fall from now on so that these rules, by id, say these wordings, where they can be said."""
        self._conversation = replace(self._conversation, loaded=wordings)

    def load_seed(self, seed: int) -> None:
        """Throw other dice from now on."""
        self._seed = seed

    def learn(self, document: Document) -> None:
        """Have her know what a document of memories tells, on the disk when this returns.

        Raises:
            Trouble: it cannot be written.
        """
        self._recorder.record(*news(self.state.facts, document), durable=True)

    def before_swap(self, look: BeforeSwap) -> None:
        """Have someone look at packs that were edited, after they were read and before they are swapped in."""
        if self._aside:
            self._aside.before_swap = look

    # ---- the loop ----

    def run(self) -> None:
        """Start, handle the inbox until the conversation ends, and close."""
        self.start()
        ticked_s = self._clock.monotonic()
        while not self.ended:
            with suppress(queue.Empty):
                self.handle(self._inbox.get(timeout=_TICK_S))
            if self._clock.monotonic() - ticked_s >= _TICK_S:
                ticked_s = self._clock.monotonic()
                self.keep()
                if self._inbox.empty():
                    self._guarded(self._watch_devices, "watching the devices")
        self.close()

    def start(self) -> None:
        """Open the devices and begin."""
        self._begin()
        self._guarded(self._make, "making the parts")
        self._recorder.record(*self._parts.lost, *self._parts.ready)
        self._devices = Devices(self._parts.microphone, self._parts.speaker, self.put, self._recorder, self._clock)
        self._devices.open()
        self._enter("listening", "the conversation begins")

    def _begin(self) -> None:
        """Write what this session is: its packs, and what is amiss with them."""
        self._recorder.begin()
        self._begun = True
        book = self._conversation.book
        started = SessionStarted(
            version=__version__, language=self._conversation.language.code, seed=self._seed, packs=book.hashes,
            country=self._conversation.country, front=self._front, adapts=self._conversation.adapts,
            began_at=self._clock.now(),
        )  # fmt: skip
        self._recorder.record(started)
        self._guarded(lambda: self._keep_packs(book.hashes), "keeping the packs")
        for broken in book.quarantined:
            todo = f"this {'rule' if broken.rule else 'part'} is left out until it is mended"
            self._recorder.record(Failure(what=broken.place, why=broken.why, todo=todo))
        if not book.guards:
            why = "no rule for somebody in danger is among them"
            self._recorder.record(Failure(what="packs", why=why, todo="add the shipped ones with one more --packs"))

    def _erase(self) -> None:
        """Begin anew, as in a new profile; the devices stay as they are."""
        self._silence("he erased the record")
        self._forget("he erased the record")
        left = self._recorder.erase()
        self._begin()
        begun = StateChanged(state="listening", cause="erased")
        self._recorder.record(*left, *self._parts.lost, *self._parts.ready, begun)
        self._mode = "listening"

    def _make(self) -> None:
        self._parts = self._make_parts()

    def keep(self) -> None:
        """Write what is still in memory to the journal, and see whether a pack was edited."""
        self._guarded(self._recorder.keep, "keeping the journal")
        self._guarded(self._look_at_packs, "looking at the packs")

    def _look_at_packs(self) -> None:
        if self._aside:
            self._aside.look(self._conversation)

    def _swap(self, read: Conversation | Trouble) -> None:
        if isinstance(read, Trouble):
            raise read
        change = difference(self._conversation.book, read.book)
        self._keep_packs(read.book.hashes)
        self._recorder.record(change, durable=True)
        self._conversation = replace(read, record=self._record)

    def _keep_packs(self, hashes: Mapping[str, str]) -> None:
        """Keep the packs in the journal as they are now, for whoever runs this conversation again."""
        if self._packs:
            in_force = set(hashes.values())
            found = self._packs.contents()
            self._recorder.keep_files({sha: content for sha, content in found.items() if sha in in_force})

    def hear(self, recording: bytes) -> None:
        """Take a recording (mono int16, 16 kHz) as if it came from the microphone, as fast as it goes, to its end."""
        for chunk in in_blocks(recording):
            self.handle(Heard(chunk))
            self.drain()
        self.handle(RecordingEnded())
        self.drain()

    def run_until(self, last: type[Message]) -> None:
        """Handle the inbox until a message of this kind was handled, and what it brings about."""
        while not self.ended:
            message = self._inbox.get()
            self.handle(message)
            if isinstance(message, last):
                break
        self.drain()

    def drain(self) -> None:
        """Handle everything that is in the inbox now and what it brings about on this thread."""
        while not self.ended:
            try:
                self.handle(self._inbox.get_nowait())
            except queue.Empty:
                return

    def handle(self, message: Message) -> None:
        """Handle one message. Errors end here: each becomes a line in the trace, and the conversation goes on."""
        self._guarded(lambda: self._handle(message), f"handling {type(message).__name__}")

    def _guarded(self, action: Callable[[], None], what: str) -> None:
        try:
            action()
        except Trouble as trouble:
            self._failed(Failure(what=trouble.what, why=trouble.why, todo=trouble.todo))
        except BrokenPipeError:  # whoever reads the terminal's output has gone
            raise
        except Exception as error:
            _log.debug("%s", what, exc_info=True)
            self._failed(Failure(what=what, why=f"{type(error).__name__}: {error}", todo="please report it"))

    def _failed(self, failure: Failure) -> None:
        if failure != self._failure:
            self._failure = failure
            self._recorder.record(failure)
        if self._mode in ("hearing", "thinking") and not self._speaking:
            with suppress(Exception):
                self._forget("something went wrong")
            self._enter("listening", "something went wrong")

    def _forget(self, why: str) -> None:
        if self._parts.ear:
            self._recorder.record(*self._parts.ear.reset(why))

    def close(self, cause: str = "the input ended") -> None:
        """End the conversation and let go of everything. Safe to call twice."""
        try:
            self._end(cause)
        finally:
            self._devices.close()
            if self._parts.voice:
                self._parts.voice.close()
            self._executor.shutdown(cancel_futures=True)
            if self._aside:
                self._aside.close()
            self._recorder.close()

    # ---- messages ----

    def _handle(self, message: Message) -> None:
        if isinstance(message, _HIS):
            self._failure = None
        match message:
            case Heard(chunk):
                self._heard(chunk)
            case PacksRead(result):
                self._swap(result)
            case Typed(text):
                self._decided_s = self._clock.monotonic()
                self._silence("he typed")
                self._forget("he typed")
                self._wake("he typed")
                self._answer(FinalTranscript.typed(text))
            case TalkPressed():
                self._press()
            case TalkReleased():
                self._decided_s = self._clock.monotonic()
                self._events(self._parts.ear.release() if self._parts.ear else [])
            case RecordingEnded():
                self._decided_s = self._clock.monotonic()
                self._events(self._parts.ear.end_of_recording() if self._parts.ear else [])
            case StopPressed():
                self._silence("he pressed stop")
            case Synthesized():
                self._synthesized(message)
            case Played():
                self._played(message)
            case DeviceLost(part, why):
                self._lost("speaker" if part == "speaker" else "microphone", why)
            case Switch() | Lights() | Correct() | Forget() | Erase() | Rehearse():
                self._by_hand(message)
            case Wake(cause):
                self._wake(cause)
            case Close(cause):
                self._end(cause)

    def _by_hand(self, message: ByHand | Rehearse) -> None:
        match message:
            case Erase():
                self._erase()
            case Rehearse():
                self._rehearse(message)
            case _:
                if isinstance(message, Forget):
                    self._silence("he asked her to forget")  # else what sounds now is recorded after it was cleared
                by_hand.do(message, self._recorder, self._conversation.language, self._clock.now())

    def _heard(self, chunk: AudioChunk) -> None:
        self._devices.heard()
        ear = self._parts.ear
        if not ear or self._speaking or self._mode == "asleep":
            return
        if self._tail_ms > 0:
            self._tail_ms -= len(chunk.pcm) * 500 / chunk.rate_hz
            return
        self._decided_s = self._clock.monotonic()
        self._events(ear.accept(chunk))
        for watcher in self._level_watchers:
            watcher("him", ear.level)

    def _press(self) -> None:
        self._silence("he pressed the talk key")
        self._wake("he pressed the talk key")
        self._tail_ms = 0
        if self._parts.ear and self._devices.hears:
            self._events(self._parts.ear.press())

    def _events(self, events: Iterable[Entry]) -> None:
        finals = []
        for event in events:
            if isinstance(event, FinalTranscript):
                finals.append(event)
                continue
            if isinstance(event, SpeechStarted):
                self._recorder.turn = self._recorder.state.turn + 1
            self._recorder.record(event)
            if isinstance(event, SpeechStarted):
                self._enter("hearing", event.cause)
            elif isinstance(event, SpeechEnded):
                self._enter("thinking", event.cause)
        for final in finals:
            self._answer(final)
        if self._mode == "thinking" and not self._speaking:
            self._enter("listening", "there was nothing to answer")

    def _answer(self, heard: FinalTranscript) -> None:
        if self._mode != "thinking":
            self._recorder.turn = self._recorder.state.turn + 1
            self._enter("thinking", "he typed")
        laps: list[Timing] = []
        since = self._clock.monotonic()

        def lap(stage: str) -> None:
            nonlocal since
            now = self._clock.monotonic()
            laps.append(Timing(stage=stage, ms=_ms(now - since)))
            since = now

        now, language = self._clock.now(), self._conversation.language
        try:
            turn = respond(self._conversation, self._recorder.state, heard, now, self._seed, lap)
        except Exception:
            self._recorder.record(heard)
            raise
        show = self._recorder.record_turn(turn, now, laps, language.common | language.determiners)
        kept = Timing(stage="kept", ms=self._since_ms(since))
        show()
        self._recorder.record(kept)
        self._speak(turn.reply)

    # ---- her voice ----

    def _speak(self, reply: Reply) -> None:
        if not self._parts.voice or not self._devices.sounds:
            self._enter("listening", "she has answered")
            self._part(ends=reply.ends)
            return
        self._forget("she begins to speak")
        self._sound(self._parts.voice, reply.text, reply.tone, ends=reply.ends)
        if self._speaking:
            self._speaking.text = as_kept(reply.text, self._recorder.state.said)

    def _rehearse(self, message: Rehearse) -> None:
        if not self._parts.voice or not self._devices.sounds:
            raise missing("hearing it", "there is no voice or no loudspeaker", "her-desktop doctor says what to do")
        self._silence("he asked to hear another reply")
        self._forget("he asked to hear another reply")
        told = Rehearsed(text=message.text, of_turn=message.turn, change=message.change)
        self._recorder.record(told, durable=True)
        slept = self._mode == "asleep"
        self._sound(self._parts.voice, message.text, message.tone, rehearsal=True)
        if self._speaking:
            self._speaking.slept = slept

    def _sound(self, voice: Voice, text: str, tone: str, *, ends: bool = False, rehearsal: bool = False) -> None:
        self._replies += 1
        token = f"{self._recorder.turn}.{self._replies}"
        self._speaking = Speaking(token, text, ends, self._decided_s, rehearsal=rehearsal)
        future = self._executor.submit(self._synthesize, voice, token, text, tone)
        future.add_done_callback(lambda done: None if done.cancelled() else self.put(done.result()))

    def _synthesize(self, voice: Voice, token: str, text: str, tone: str) -> Synthesized:
        """Runs on the voice's thread, and is its barrier."""
        since = self._clock.monotonic()
        result: Utterance | Trouble
        try:
            result = voice.synthesize(text, tone)
        except Trouble as trouble:
            result = trouble
        except Exception as error:  # whatever the engine does, the words are there
            result = Trouble("voice", f"{type(error).__name__}: {error}", "see: her-desktop doctor")
        return Synthesized(token, result, self._since_ms(since))

    def _since_ms(self, since: float) -> float:
        return _ms(self._clock.monotonic() - since)

    def _synthesized(self, message: Synthesized) -> None:
        speaking = self._speaking
        if not speaking or speaking.token != message.token or not self._parts.speaker:
            return
        if isinstance(message.result, Trouble):
            self._recorder.record(lost("voice", message.result))
            self._finished("the voice failed")
            return
        speaking.utterance = message.result
        sound = message.result.sound
        self._tell(
            VoiceSynthesized(voice=message.result.voice, rate_hz=sound.rate_hz, sound_ms=sound.ms),
            Timing(stage="voiced", ms=message.ms),
        )
        self._enter("speaking", "a rehearsal" if speaking.rehearsal else "the reply is voiced")
        try:
            self._parts.speaker.play(message.token, sound)
        except Trouble as trouble:
            self._recorder.record(lost("speaker", trouble))
            self._finished("the speaker failed")

    def _played(self, message: Played) -> None:
        speaking = self._speaking
        if not speaking or speaking.token != message.token or not speaking.utterance:
            return
        sound_ms = speaking.utterance.sound.ms
        if not speaking.started:
            speaking.started = True
            first = Timing(stage="first_sound", ms=self._since_ms(speaking.decided_s))
            self._tell(PlaybackStarted(sound_ms=sound_ms), first)
        speaking.at_ms = message.ms
        self._tell(*speaking.reached(message.ms))
        for watcher in self._level_watchers:
            watcher("her", message.level)
        if message.done:
            self._tell(*speaking.reached(sound_ms), PlaybackFinished(sound_ms=sound_ms))
            self._finished("she has spoken")

    def _tell(self, *entries: Entry) -> None:
        """Record how her reply sounds; of a rehearsal nothing more is recorded than that it was one."""
        if self._speaking and not self._speaking.rehearsal:
            self._recorder.record(*entries)

    def _silence(self, cause: str) -> None:
        if not self._speaking or not self._parts.speaker:
            return
        at_ms = self._parts.speaker.stop() if self._speaking.utterance else 0
        self._interrupted(cause, at_ms)

    def _interrupted(self, cause: str, at_ms: int) -> None:
        if self._speaking:
            self._tell(*self._speaking.reached(at_ms), PlaybackInterrupted(cause=cause, at_ms=at_ms))
            self._speaking.ends = False
        self._finished(cause)

    def _finished(self, cause: str) -> None:
        ends, slept = (self._speaking.ends, self._speaking.slept) if self._speaking else (False, False)
        self._speaking = None
        self._tail_ms = self._parts.echo_tail_ms
        self._forget("she has spoken")
        self._enter("asleep" if slept else "listening", cause)
        self._part(ends=ends)

    def _part(self, *, ends: bool) -> None:
        if ends and self._stays:
            self._enter("asleep", "they said goodbye")
        elif ends:
            self._end("they said goodbye")

    def _wake(self, cause: str) -> None:
        if self._mode == "asleep":
            self._enter("listening", cause)

    # ---- devices ----

    def _lost(self, part: Part, why: str) -> None:
        if not self._devices.lose(part, why):
            return
        if part == "microphone":
            self._cue("lost")
            self._forget("the microphone is lost")
            if self._mode == "hearing":
                self._enter("listening", "the microphone is lost")
        elif self._speaking:
            self._interrupted("the speaker is lost", self._speaking.at_ms)

    def _watch_devices(self) -> None:
        if self._devices.gone_silent():
            self._lost("microphone", f"it has delivered nothing for {SILENT_DEVICE_S:.0f} s")
        self._devices.look_again()

    # ---- states ----

    def _enter(self, mode: Literal["asleep", "listening", "hearing", "thinking", "speaking"], cause: str) -> None:
        if mode != self._mode:
            self._mode = mode
            self._recorder.record(StateChanged(state=mode, cause=cause))
            self._cue(mode)

    def _cue(self, mode: str) -> None:
        """Let a state be heard; the microphone stays shut while it is."""
        cue = self._parts.cues.get(mode)
        if cue and self._parts.speaker and self._devices.sounds and not self._speaking:
            self._tail_ms = max(self._tail_ms, cue.ms + self._parts.echo_tail_ms)
            self._parts.speaker.play("cue", cue)

    def _end(self, cause: str) -> None:
        if self.ended:
            return
        self._silence(cause)
        self.ended = True
        if self._begun:
            self._recorder.record(SessionEnded(cause=cause), durable=True)


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 3)
