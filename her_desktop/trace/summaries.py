"""One plain line for each entry, made from the entry's own data and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from her_desktop import events
from her_desktop.events import Entry

_CAUSES = {
    "voice": "a voice was heard",
    "key": "the talk key was pressed",
    "key_released": "the talk key was released",
    "end_of_recording": "the recording ended",
    "too_long": "it went on too long",
}


def summary(entry: Entry) -> str:
    """What an entry says, as one line."""
    return " ".join(_LINES[type(entry)](entry).split())


def _session_started(e: events.SessionStarted) -> str:
    return f"version {e.version} · {e.language} · seed {e.seed} · {_count(len(e.packs), 'pack')} · {e.front}"


def _speech_ended(e: events.SpeechEnded) -> str:
    return f"{_cause(e.cause)} · spoke for {e.speech_ms} ms · waited {e.waited_ms} ms"


def _final_transcript(e: events.FinalTranscript) -> str:
    first = e.alternatives[0].confidence if e.alternatives else None
    others = len(e.alternatives) - 1
    more = f" · {_count(others, 'other reading')}" if others > 0 else ""
    sure = "" if first is None or e.recognizer == "typed" else f" · {first:.2f}"
    return f"“{e.text}” · {e.recognizer}{sure}{more}"


def _interpreted(e: events.Interpreted) -> str:
    matched = sum(candidate.matched for candidate in e.candidates)
    return f"tried {e.tried:,} of {_count(e.of, 'rule')} · {matched} fit, {len(e.candidates) - matched} came close"


def _decision(e: events.Decision) -> str:
    lost = f" · before {_count(len(e.losers), 'other')}" if e.losers else ""
    repaired = "".join(f" · {overlooked(repair)}" for repair in e.repairs)
    return f"{e.rule} · {e.tier}{repaired}{lost}"


def overlooked(repair: events.Repair) -> str:
    """What was overlooked, in words."""
    match repair.kind:
        case "dropped":
            return f"“{repair.heard}” left out"
        case "supplied":
            return f"“{repair.word}” put in"
    return f"“{repair.heard}” taken for “{repair.word}”"


def _volunteered(e: events.Volunteered) -> str:
    causes = {"follow_up": "a follow-up that is due", "gambit": "something of her own", "notice": "what must be said"}
    what = causes[e.cause]
    return f"{e.rule} · {what} · {_wording(e.variant, e.of)}"


def _wording(variant: int, of: int = 0) -> str:
    return (f"wording {variant + 1}" + f" of {of}" * bool(of)) if variant >= 0 else "plain wording"


def _packs_changed(e: events.PacksChanged) -> str:
    changes = {"new": e.added, "gone": e.removed, "changed": e.changed, "left out": e.left_out}
    return " · ".join(f"{_count(len(names), 'rule')} {how}" for how, names in changes.items() if names) or "no rule"


def _reply(e: events.Reply) -> str:
    if e.draws:
        drawn = ", ".join(f"{draw.variant + 1}: {draw.value:.2f}" for draw in e.draws)
        dice = f" · drawn {drawn}"
    else:
        dice = f" · die {e.die:.2f}" if e.variant >= 0 else ""
    wording = _wording(e.variant, e.of)
    ends = " · ends the conversation" if e.ends else ""
    return f"“{e.text}” · {e.act} · {e.tone} · {wording}{dice}{ends}"


def _skill(e: events.SkillCalled) -> str:
    read = f" · from the record of turn {', '.join(map(str, e.turns))}" if e.turns else ""
    return f"{e.skill}({e.input}) → {e.output}{read}"


def _fact(e: events.FactLearned | events.FactUsed | events.FactForgotten) -> str:
    what = e.object or "forgotten"
    return f"{e.fact}: {e.subject} {e.predicate} {what} · from turn {e.source_turn}"


def _trouble(what: str, why: str, todo: str) -> str:
    return f"{what}: {why}" + (f" ({todo})" if todo else "")


def _cause(cause: str) -> str:
    return _CAUSES.get(cause, cause.replace("_", " "))


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}" + ("" if number == 1 else "s")


_LINES: dict[type[Entry], Callable[[Any], str]] = {
    events.SessionStarted: _session_started,
    events.LightsSwitched: lambda e: f"lights {'on' if e.on else 'out'} · {_cause(e.cause)}",
    events.Rehearsed: lambda e: f"“{e.text}” · not said in turn {e.of_turn}: {e.change}",
    events.SessionEnded: lambda e: _cause(e.cause),
    events.PartReady: lambda e: f"{e.part}: {e.name}" + (f" ({e.detail})" if e.detail else ""),
    events.PartLost: lambda e: _trouble(e.part, e.why, e.todo),
    events.Failure: lambda e: _trouble(e.what, e.why, e.todo),
    events.StateChanged: lambda e: f"{e.state} · {_cause(e.cause)}",
    events.Timing: lambda e: (
        f"{e.stage.replace('_', ' ')} {e.ms:,.3g} ms" if e.ms < 1000 else f"{e.stage} {e.ms:,.0f} ms"
    ),
    events.SpeechStarted: lambda e: _cause(e.cause),
    events.SpeechEnded: _speech_ended,
    events.SpeechDiscarded: lambda e: e.why + (f" · “{e.text}”" if e.text else ""),
    events.PartialTranscript: lambda e: f"“{e.text}…”",
    events.FinalTranscript: _final_transcript,
    events.Interpreted: _interpreted,
    events.Decision: _decision,
    events.WordingRewarded: lambda e: f"{e.rule}, {_wording(e.variant)}: {e.why}",
    events.CommandHeld: lambda e: f"{e.rule} waits until he says that it was meant · “{e.text}”",
    events.CommandResumed: lambda e: f"he said that it was meant · “{e.text}”",
    events.FollowUpPlanned: lambda e: f"{e.rule} · due {e.due:%Y-%m-%d %H:%M}",
    events.Volunteered: _volunteered,
    events.PacksChanged: _packs_changed,
    events.SkillCalled: _skill,
    events.TechniqueSwitched: lambda e: (
        f"{e.technique} switched {'on' if e.on else 'off'}" + (f" · {e.why}" if e.why else "")
    ),
    events.Suppressed: lambda e: f"{', '.join(e.techniques)} switched off, so not “{e.text}” by {e.rule}",
    events.TurnsMarked: lambda e: f"{e.fact} · words removed from {_count(len(e.turns), 'turn')}",
    events.FactLearned: lambda e: f"{_fact(e)} · “{e.words}”",
    events.FactUsed: _fact,
    events.FactForgotten: lambda e: f"{_fact(e)}" + (f" · {e.why}" if e.why else ""),
    events.QuestionOpened: lambda e: f"she waits for an answer to {e.reply}",
    events.QuestionClosed: lambda e: f"{e.reply} · {_cause(e.cause)}",
    events.Reply: _reply,
    events.VoiceSynthesized: lambda e: f"{e.voice} · {e.sound_ms:,} ms of sound at {e.rate_hz:,} Hz",
    events.PlaybackStarted: lambda e: f"the first of {e.sound_ms:,} ms went to the speaker",
    events.WordSpoken: lambda e: f"word {e.index + 1} “{e.text}” · at {e.at_ms:,} ms",
    events.PlaybackFinished: lambda e: f"all {e.sound_ms:,} ms were played",
    events.PlaybackInterrupted: lambda e: f"{_cause(e.cause)} · after {e.at_ms:,} ms",
}
