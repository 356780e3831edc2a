"""The vocabulary: everything that travels through a turn, with units on every number. Imports nothing of ours.

Human speech is `Speech*`, hers is `Playback*`. An `Entry` is one line of the trace, written by the code that did it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, Union, cast

import msgspec

SAMPLE_RATE_HZ = 16_000
"""The rate at which everything that is heard travels: mono, signed 16-bit, native byte order."""

BLOCK_MS = 20
"""Length of one block of microphone audio."""

Origin = Literal["author", "mirrored", "remembered", "computed"]
"""Where a word of a reply comes from: written beforehand, his own word, a remembered fact, a skill's result."""


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


class AudioChunk(msgspec.Struct, frozen=True):
    """A few tens of milliseconds of what the microphone heard: mono int16 PCM."""

    pcm: bytes
    rate_hz: int = SAMPLE_RATE_HZ


class Word(msgspec.Struct, frozen=True, omit_defaults=True):
    """One recognized word. Times count from the start of the speech segment; None where the recognizer has none."""

    text: str
    start_ms: int | None = None
    end_ms: int | None = None
    confidence: float | None = None
    """0 to 1."""


class Alternative(msgspec.Struct, frozen=True):
    """One way to read what was heard, best first. Confidences of the alternatives add up to at most 1."""

    text: str
    confidence: float = 1.0
    words: tuple[Word, ...] = ()


class Span(msgspec.Struct, frozen=True):
    """A stretch of a reply and where it came from. The texts of all spans, joined, are the reply."""

    text: str
    origin: Origin
    source: str
    """author: `rule#variant`; mirrored: `heard:` and which of his words (`held:` of the command that he gave before),
    `|repaired` where it was heard otherwise, `|you` and the like where a filter changed it; remembered: the fact;
    computed: the skill, or the filter that added a word."""


class Seen(msgspec.Struct, frozen=True):
    """A technique of intimacy, and the words of the reply in which it can be seen."""

    technique: str
    words: str
    at: int
    """Where they begin in the reply, in characters. Empty words are at 0: it is in the whole of it."""
    cue: str
    """By what it was seen: a pattern, or what the words are (mirrored, remembered)."""


class Loser(msgspec.Struct, frozen=True):
    """A rule that was considered and did not win, with the first thing that decided against it."""

    rule: str
    reason: str


class Repair(msgspec.Struct, frozen=True, omit_defaults=True):
    """A difference between what was heard and what a template says that was overlooked to make it fit."""

    kind: Literal["heard_as", "edit", "sound", "dropped", "supplied"]
    """A declared heard-as variant; one letter; a word that sounds alike; a word left out; a word put in."""
    at: int
    """Index of the heard token; of the next one, for a word that was put in."""
    heard: str = ""
    """The word that was heard; empty for one that was put in."""
    word: str = ""
    """The word of the template; empty for one that was left out."""
    known: bool = False
    """Whether what was heard is a word that rules know, and not only a slip."""
    tokens: int = 1
    """How many tokens were heard as the word, where it is a variant of several."""


class Candidate(msgspec.Struct, frozen=True, omit_defaults=True):
    """A rule whose words were looked for: it matched (`matched`), or it failed at a word (`failed_at`, `wanted`)."""

    rule: str
    template: str
    matched: bool
    alternative: int
    """Which alternative of the recognizer, 0 the best."""
    tokens: tuple[int, ...] = ()
    """Indices of the heard tokens that the template used."""
    literals: int = 0
    """How many of them are words of the template itself, not filled in by a wildcard or slot."""
    slots: dict[str, str] = {}
    """What each slot caught, in his words."""
    slot_words: dict[str, tuple[int, ...]] = {}
    """Which words of the utterance those are, counted from 0."""
    values: dict[str, str] = {}
    """What typed slots caught, in its canonical form: `PT10M`, `2026-11-23`, `18:30`, `42`."""
    repairs: tuple[Repair, ...] = ()
    """What was overlooked to make it fit; their number is the repair cost."""
    failed_at: str = ""
    """The heard word at which the template gave up; empty at the end of the utterance."""
    wanted: tuple[str, ...] = ()
    """What the template wanted there instead."""


class Entry(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind", tag=_snake):
    """One line of the trace. Its kind is the class name in snake case; the journal adds seq, session, turn and at."""


# ---- the session and its parts ---------------------------------------------------------------------------------------


class SessionStarted(Entry, frozen=True):
    """A conversation began. All that decides replies and is not in the entries is named here."""

    version: str
    language: str
    seed: int
    packs: dict[str, str]
    """File name to SHA-256 of each pack in force."""
    country: str
    """The country that he has set, for the numbers to call in a crisis; empty where he has not."""
    front: str
    """chat, listen or window."""
    adapts: bool = True
    """Whether the choice among wordings leans on how they were received."""
    began_at: datetime | None = None
    """When it began; None in records of versions before this was noted."""


class PacksChanged(Entry, frozen=True):
    """The packs were read again and swapped between two turns; all that was said and learned stays."""

    packs: dict[str, str]
    """File name to SHA-256 of each pack now in force."""
    added: tuple[str, ...]
    """Ids of rules."""
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    left_out: tuple[str, ...]
    """What is broken, with file and line."""


class TechniqueSwitched(Entry, frozen=True):
    """He switched a technique off, or on again; it holds from the next turn on."""

    technique: str
    on: bool
    why: str = ""
    """What did it: a switch of the window, a command, his words."""


class LightsSwitched(Entry, frozen=True):
    """The left half of the window goes dark and empty, or comes back; the record goes on."""

    on: bool
    cause: str
    """`his words`, or the key."""


class Rehearsed(Entry, frozen=True):
    """A reply that she did not give is spoken, because he asked in the window to hear it. It is no turn."""

    text: str
    of_turn: int
    """The turn in which she would have said it."""
    change: str
    """What would have had to be otherwise, in plain words."""


class SessionEnded(Entry, frozen=True):
    """The conversation ended, and why: he said goodbye, closed the window, the input ended, an error."""

    cause: str


class PartReady(Entry, frozen=True):
    """A device, recognizer or voice is ready, and which one it is."""

    part: Literal["microphone", "recognizer", "speaker", "voice"]
    name: str
    detail: str = ""


class PartLost(Entry, frozen=True):
    """A device, recognizer or voice is not there or went away; the conversation goes on without it."""

    part: Literal["microphone", "recognizer", "speaker", "voice"]
    why: str
    todo: str = ""


class Failure(Entry, frozen=True):
    """An error that was caught at a barrier: what was being done, why it failed, what to do."""

    what: str
    why: str
    todo: str = ""


class StateChanged(Entry, frozen=True):
    """She went from one state to another: asleep, listening, hearing, thinking, speaking."""

    state: Literal["asleep", "listening", "hearing", "thinking", "speaking"]
    cause: str


class Timing(Entry, frozen=True):
    """How long one stage of the turn took."""

    stage: str
    ms: float


# ---- what was heard --------------------------------------------------------------------------------------------------


class SpeechStarted(Entry, frozen=True):
    """He began to speak."""

    cause: str
    """voice (the detector heard a voice) or key (the talk key was pressed)."""


class SpeechEnded(Entry, frozen=True):
    """He stopped speaking, or was taken to have stopped, and why."""

    cause: str
    """silence, key_released, too_long, end_of_recording, interrupted."""
    speech_ms: int
    """From the first to the last voiced sample."""
    waited_ms: int
    """Silence that passed after the last voiced sample until this was decided."""


class SpeechDiscarded(Entry, frozen=True):
    """Something that sounded like speech was not answered, and why."""

    why: str
    text: str = ""


class PartialTranscript(Entry, frozen=True):
    """The recognizer's hypothesis so far."""

    text: str


class FinalTranscript(Entry, frozen=True):
    """The settled text of one utterance. Typed text has one alternative of confidence 1."""

    text: str
    recognizer: str
    """`typed`, `vosk:NAME` or `moonshine:NAME`."""
    alternatives: tuple[Alternative, ...]

    @classmethod
    def typed(cls, text: str) -> FinalTranscript:
        """Make the transcript of typed text. Halves of characters, which no file can hold, become `�`."""
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return cls(text=text, recognizer="typed", alternatives=(Alternative(text),))


# ---- how the reply was made ------------------------------------------------------------------------------------------


class Interpreted(Entry, frozen=True):
    """What the words could mean: the tokens of each alternative, and every rule that was tried on them."""

    tokens: tuple[tuple[str, ...], ...]
    tried: int
    """How many rules were tried word by word."""
    of: int
    """How many rules are in force."""
    candidates: tuple[Candidate, ...]


class Condition(msgspec.Struct, frozen=True):
    """A condition of a rule, with the values that its names had."""

    text: str
    value: bool
    names: dict[str, Any]


class Decision(Entry, frozen=True):
    """Which rule won, in which order they stood, and why each other one did not."""

    rule: str
    tier: str
    order: tuple[tuple[str, Any], ...]
    """The printed order: (field, value). The first field that differs decides; of priority and own words more is
    better, of all others less."""
    template: str
    losers: tuple[Loser, ...]
    conditions: tuple[Condition, ...] = ()
    slots: dict[str, str] = {}
    slot_words: dict[str, tuple[int, ...]] = {}
    """For each slot, which words of the utterance it caught, counted from 0."""
    values: dict[str, str] = {}
    """What typed slots caught, in its canonical form."""
    repairs: tuple[Repair, ...] = ()
    """What was overlooked to make the words fit."""
    unused: tuple[str, ...] = ()
    """Words of his that the winning rule did not use."""
    alternative: int = 0
    held: bool = False
    """True where the rule has not spoken: she asks first whether its command was meant."""


class WordingRewarded(Entry, frozen=True):
    """How her last reply was received, by what he said next; it counts for the wording that she used."""

    rule: str
    variant: int
    wording: str
    """What is counted: the rule, and a hash of the words, so that a changed wording begins anew."""
    reward: Literal[0, 1]
    why: str
    """he answered warmly, he went on, he said little, he left."""


class CommandHeld(Entry, frozen=True):
    """A practical command fits only with a repair; nothing is done before he has said that it was meant."""

    rule: str
    asking: str
    """The rule that asks him."""
    text: str
    """The command as it was repaired."""


class CommandResumed(Entry, frozen=True):
    """He said that it was meant: the command is heard again, as it was repaired."""

    rule: str
    text: str


class FollowUpPlanned(Entry, frozen=True):
    """She will bring something up herself, at the first fitting moment after it is due."""

    rule: str
    due: datetime
    facts: tuple[str, ...] = ()
    """What he told then: once one of these facts is no longer kept, she does not come back to it."""


class Volunteered(Entry, frozen=True):
    """After her answer she brings something up herself: a follow-up that is due, a gambit, or what must be said."""

    rule: str
    cause: Literal["follow_up", "gambit", "notice"]
    losers: tuple[Loser, ...]
    """What else she could have brought up, and why not."""
    conditions: tuple[Condition, ...]
    variant: int
    of: int
    choice: tuple[int, ...]
    die: float
    said_at: datetime | None = None
    """When that was; None in records of versions before this was noted."""


class SkillCalled(Entry, frozen=True):
    """A practical skill was asked, with what, and what it answered."""

    skill: str
    input: str
    output: str
    turns: tuple[int, ...] = ()
    """The earlier turns whose record it read."""


class FactLearned(Entry, frozen=True):
    """Something he told is kept, with the words that taught it."""

    fact: str
    subject: str
    predicate: str
    object: str
    source_turn: int
    words: str
    """The utterance that taught it, as heard."""
    told_at: datetime
    """When he told it."""
    replaces: str = ""
    """The fact that it corrects, which stays in the history; empty where nothing was kept before."""


class FactUsed(Entry, frozen=True):
    """A kept fact went into the reply."""

    fact: str
    subject: str
    predicate: str
    object: str
    source_turn: int


class FactForgotten(Entry, frozen=True):
    """A fact is no longer kept, nor what it replaced; its object is empty here, and soon everywhere."""

    fact: str
    subject: str
    predicate: str
    object: str
    source_turn: int
    why: str = ""
    """What did it: his words, a command."""


class MarkedTurn(msgspec.Struct, frozen=True):
    """A turn from whose record words were removed."""

    turn: int
    how: Literal["taught", "used", "mentioned", "leaned"]
    """It taught the fact, a reply of it used the fact, its words were said in it, or it leaned on the fact unsaid."""


class TurnsMarked(Entry, frozen=True):
    """The words of a forgotten fact were removed from these turns of the record, and from the disk."""

    fact: str
    turns: tuple[MarkedTurn, ...]


class QuestionOpened(Entry, frozen=True):
    """Her reply asked something; answers to it are bound to this reply."""

    reply: str
    """The id of the reply that asked: `turn:rule`."""
    rule: str


class QuestionClosed(Entry, frozen=True):
    """Her question was answered, or she let go of it."""

    reply: str
    cause: str


class Draw(msgspec.Struct, frozen=True):
    """One wording's lot: a number drawn from Beta(1 + liked, 1 + not liked). The highest is said."""

    variant: int
    liked: int
    not_liked: int
    value: float


class Suppressed(Entry, frozen=True):
    """What she would have said with every technique on; the reply that follows is said instead."""

    rule: str
    techniques: tuple[str, ...]
    """Those of it that are switched off."""
    text: str
    spans: tuple[Span, ...]
    tone: str


class Reply(Entry, frozen=True):
    """What she says, and where every word of it came from."""

    text: str
    act: str
    """Dialogue act, ISO 24617-2 family."""
    tone: str
    techniques: tuple[str, ...]
    spans: tuple[Span, ...]
    rule: str
    variant: int
    """Which wording of the rule, counted from 0; -1 for its plain wording, -2 for the plain wording of its act."""
    of: int
    """How many wordings the rule has."""
    choice: tuple[int, ...]
    """The wordings that could be chosen: not the one it used last, and none that lacks a value."""
    die: float
    """The seeded number between 0 and 1 that chose among them, where nothing is known of how they are received."""
    draws: tuple[Draw, ...] = ()
    """Where something is: what was drawn for each of them."""
    ends: bool = False
    """True where the conversation ends with this reply."""
    seen: tuple[Seen, ...] = ()
    """The techniques that can be seen in the words, and where."""
    exhibit: bool = False
    """True where its techniques are only shown, named and in quotation marks, to somebody who asked to see them."""


# ---- how it sounded --------------------------------------------------------------------------------------------------


class VoiceSynthesized(Entry, frozen=True):
    """The reply was turned into sound."""

    voice: str
    rate_hz: int
    sound_ms: int


class PlaybackStarted(Entry, frozen=True):
    """The first sample of the reply went to the speaker."""

    sound_ms: int


class WordSpoken(Entry, frozen=True):
    """The samples played reached this word. Times inside a sentence are estimated from the length of its words."""

    index: int
    """Which word of the reply, counted from 0."""
    text: str
    at_ms: int
    """From the first sample of the reply."""


class PlaybackFinished(Entry, frozen=True):
    """The last sample of the reply was played."""

    sound_ms: int


class PlaybackInterrupted(Entry, frozen=True):
    """The reply was cut off, and why."""

    cause: str
    at_ms: int
    """How much of the reply had been played."""


ENTRIES: tuple[type[Entry], ...] = tuple(Entry.__subclasses__())
"""Every kind of entry there is."""


class Recorded(msgspec.Struct, frozen=True):
    """An entry in its place: what the journal keeps, the window shows and `--json` prints."""

    seq: int
    session: int
    turn: int
    at: datetime
    entry: Entry

    @property
    def kind(self) -> str:
        """The kind of the entry, in snake case."""
        return kind_of(self.entry)

    def flat(self) -> dict[str, Any]:
        """The envelope and the entry's own fields, as one flat mapping of plain values."""
        head = {
            "seq": self.seq,
            "session": self.session,
            "turn": self.turn,
            "at": self.at.isoformat(timespec="milliseconds"),
        }
        return head | cast(dict[str, Any], msgspec.to_builtins(self.entry))


def kind_of(entry: Entry) -> str:
    """The kind of an entry, in snake case: `final_transcript` for `FinalTranscript`."""
    return str(type(entry).__struct_config__.tag)


def entry_from(data: str | bytes) -> Entry:
    """Make an entry back from its JSON.

    Raises:
        msgspec.DecodeError: it is no JSON, the kind is unknown or a field does not fit.
    """
    return cast(Entry, _DECODER.decode(data))


_DECODER = msgspec.json.Decoder(cast(Any, Union[ENTRIES]))  # noqa: UP007 -- made from a tuple at run time
