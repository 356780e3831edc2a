"""`make demo`: a conversation played to the whole chain as if it came from the microphone; no display, no sound card.

His lines are spoken by another synthesizer, or are recordings: `make demo RECORDINGS=DIR`. Printed with its trace; the
folder `demo/` then holds her spoken answers, the trace and a picture of the window.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import click

from her_desktop.app import App
from her_desktop.audio.resample import Resampler
from her_desktop.audio.wav import read_recording
from her_desktop.cli.common import Options
from her_desktop.events import SAMPLE_RATE_HZ, FinalTranscript, PlaybackFinished, Recorded, Reply
from her_desktop.inbox import Wake
from her_desktop.trace.lines import as_json, as_line
from her_desktop.trouble import Trouble
from her_desktop.tts.flite import FliteVoice

OUT = Path("demo")
LINES = [
    "Hello there.",
    "My name is Ada.",
    "What time is it?",
    "I fear the dark and the rain.",
    "Are your feelings real?",
    "What is my name?",
    "Goodbye.",
]
_SILENCE = bytes(SAMPLE_RATE_HZ * 2)


def main() -> int:
    """Perform the conversation; returns the exit code."""
    try:
        spoken = _recordings(Path(folder)) if (folder := os.environ.get("RECORDINGS", "")) else _synthesized()
        entries = _perform(spoken)
        _write(entries)
    except Trouble as trouble:
        click.echo(f"demo: {trouble.line}", err=True)
        return int(trouble.exit_code)
    return 0


def _synthesized() -> list[tuple[str, bytes]]:
    voice, spoken = FliteVoice(), []
    for line in LINES:
        sound = voice.synthesize(line).sound
        resampler = Resampler(sound.rate_hz)
        spoken.append((f"“{line}”", resampler.accept(sound.pcm) + resampler.flush()))
    return spoken


def _recordings(folder: Path) -> list[tuple[str, bytes]]:
    paths = sorted(folder.glob("*.wav"))
    if not paths:
        raise Trouble(f"recordings {folder}", "there is no WAV file in it", "name a folder with recordings")
    return [(path.name, read_recording(path).pcm) for path in paths]


def _perform(spoken: list[tuple[str, bytes]]) -> list[Recorded]:
    entries: list[Recorded] = []
    with tempfile.TemporaryDirectory() as home, App().recordings(Options(home=Path(home), seed=2), OUT) as session:
        session.watch(entries.append)
        session.watch(_print)
        session.start()
        for name, pcm in spoken:
            click.secho(f"\n— {name}", dim=True)
            session.handle(Wake("his next line"))
            session.hear(pcm + _SILENCE)
        session.close()
    return entries


def _print(recorded: Recorded) -> None:
    click.secho(as_line(recorded)[:180], dim=True)
    if isinstance(recorded.entry, FinalTranscript | Reply):
        who = "you" if isinstance(recorded.entry, FinalTranscript) else "her"
        click.secho(f"\n  {who}  {recorded.entry.text}\n", bold=True)


def _write(entries: list[Recorded]) -> None:
    (OUT / "trace.jsonl").write_text("".join(as_json(recorded) + "\n" for recorded in entries), encoding="utf-8")
    picture = _picture(entries)
    answers = sorted(OUT.glob("[0-9]*.wav"))
    click.echo(
        f"\n{OUT}/ now holds {len(answers)} spoken answers, trace.jsonl ({len(entries)} entries) and {picture.name}."
    )


def _picture(entries: list[Recorded]) -> Path:
    """Show the window offscreen as it stood when her richest answer had been spoken, and take its picture."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from her_desktop.ui.picture import picture  # noqa: PLC0415 -- Qt reads its platform when it is loaded

    turn = max((recorded for recorded in entries if isinstance(recorded.entry, Reply)), key=_richness, default=None)
    ends = (
        at
        for at, recorded in enumerate(entries)
        if turn and recorded.turn == turn.turn and isinstance(recorded.entry, PlaybackFinished)
    )
    end = next(ends, len(entries))
    path = OUT / "window.png"
    picture(entries[:end], path)
    return path


def _richness(recorded: Recorded) -> tuple[int, int]:
    """Of a reply: how many origins and techniques there are to show, and how long it is."""
    reply = recorded.entry
    if not isinstance(reply, Reply):
        return (0, 0)
    return len({span.origin for span in reply.spans}) + len(reply.techniques), len(reply.text)


if __name__ == "__main__":
    OUT.mkdir(exist_ok=True)
    for stale in (*OUT.glob("[0-9][0-9][0-9].wav"), OUT / "trace.jsonl", OUT / "window.png"):
        stale.unlink(missing_ok=True)
    sys.exit(main())
