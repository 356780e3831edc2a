"""`chat`, `listen` and `say`: a conversation by keyboard or from recordings, and her voice alone."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click
import msgspec

from her_desktop.audio import RecordingEnded
from her_desktop.cli.common import Options, builder, global_options
from her_desktop.events import (
    Entry,
    Failure,
    FinalTranscript,
    PartLost,
    Recorded,
    Reply,
    SpeechDiscarded,
    SpeechStarted,
)
from her_desktop.inbox import Typed, Wake
from her_desktop.session import Session
from her_desktop.trace.lines import as_json, printable
from her_desktop.trouble import Exit, Trouble

if TYPE_CHECKING:
    from her_desktop.audio.wav import Recording

WELCOME = "You are talking with a program. All of it runs on this machine and stays here. Say goodbye to leave."

PROMPT = "you  "


@click.command()
@global_options
def chat(options: Options) -> int:
    """Talk with her by typing. Piped input is one utterance a line."""
    return talk(options)


def talk(options: Options) -> int:
    """The typed conversation, until a goodbye or the end of the input. Not done where a line got no reply."""
    at_keyboard = sys.stdin.isatty()
    with builder().chat(options) as session:
        session.watch(printer(options.json, show_heard=not at_keyboard))
        replies = _collected(session, Reply)
        session.start()
        asked = 0
        if not options.json:
            click.secho(WELCOME, dim=True, err=True)
        for line in lines(at_keyboard):
            asked += 1
            session.keep()
            session.drain()
            session.handle(Typed(line))
            session.keep()
            sys.stdout.flush()
            if session.ended:
                break
        session.close()
    return int(Exit.DONE if len(replies) == asked else Exit.MISSING)


def _collected(session: Session, *kinds: type[Entry]) -> list[Recorded]:
    """The entries of these kinds, as they come."""
    found: list[Recorded] = []
    session.watch(lambda recorded: found.append(recorded) if isinstance(recorded.entry, kinds) else None)
    return found


def lines(at_keyboard: bool) -> Iterator[str]:
    """What he types, a line at a time; or the lines of the input."""
    if not at_keyboard:
        yield from (line.strip() for line in sys.stdin if line.strip())
        return
    with suppress(ImportError):
        import readline  # noqa: F401, PLC0415 -- gives input() its editing; not on Windows
    while True:
        try:
            line = input(PROMPT).strip()
        except (EOFError, KeyboardInterrupt):
            return click.echo()
        if line:
            yield line


def printer(json: bool, *, show_heard: bool) -> Callable[[Recorded], None]:
    """Prints entries as they come: as JSON lines, or what was said and what failed."""

    def print_entry(recorded: Recorded) -> None:
        if json:
            click.echo(as_json(recorded))
        else:
            _print_plainly(recorded, show_heard)

    return print_entry


def _print_plainly(recorded: Recorded, show_heard: bool) -> None:
    match recorded.entry:
        case FinalTranscript(text=text) if show_heard:
            click.echo(f"you  {printable(text)}")
        case Reply(text=text):
            click.echo("her  " + click.style(printable(text), bold=True))
        case SpeechDiscarded(why=why):
            click.echo(f"     (not answered: {why})", err=True)
        case Failure() | PartLost() as trouble:
            click.echo(f"her-desktop: {_trouble(trouble)}", err=True)


def _trouble(entry: Failure | PartLost) -> str:
    what = entry.what if isinstance(entry, Failure) else entry.part
    return Trouble(what, entry.why, entry.todo).line


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE.wav...", type=click.Path(path_type=Path))
@click.option(
    "--pace",
    type=click.Choice(["real", "fast"]),
    default="fast",
    show_default=True,
    help="At the pace of speech, or as fast as it goes.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Speak the answers into WAV files there.",
)
@global_options
def listen(options: Options, files: tuple[Path, ...], pace: Literal["real", "fast"], out: Path | None) -> int:
    """Play recordings to her as if they came from the microphone."""
    from her_desktop.audio.wav import read_recording  # noqa: PLC0415 -- numpy, which typing does without

    recordings = [(path, read_recording(path)) for path in files]
    with builder().recordings(options, out) as session:
        session.watch(printer(options.json, show_heard=True))
        speech = _collected(session, SpeechStarted)
        session.start()
        trouble = _collected(session, Failure, PartLost)
        for path, recording in recordings:
            session.handle(Wake(f"{path.name} begins"))
            if not options.json:
                click.secho(f"{path.name}{'  (cut short)' if recording.truncated else ''}", dim=True)
            speech.clear()
            _play(session, path, recording, pace)
            if not speech:
                click.echo("     (there was no speech in it)", err=True)
            session.keep()
            sys.stdout.flush()
        session.close()
    return int(Exit.MISSING if trouble else Exit.DONE)


def _play(session: Session, path: Path, recording: Recording, pace: Literal["real", "fast"]) -> None:
    if pace == "real":
        from her_desktop.audio.wav import WavMicrophone  # noqa: PLC0415 -- numpy, likewise

        WavMicrophone(path, "real").open(session.put)
        session.run_until(RecordingEnded)
        return
    session.hear(recording.pcm)


@click.command()
@click.argument("text", nargs=-1)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.wav", help="Write it there.")
@click.option("--voices", is_flag=True, help="List the voices instead.")
@global_options
def say(options: Options, text: tuple[str, ...], out: Path | None, voices: bool) -> int:
    """Hear her voice say TEXT."""
    from her_desktop.tts.pyttsx3_voice import list_voices  # noqa: PLC0415 -- starts nothing, but costs a moment

    if voices:
        return _print_voices(options.json, list_voices())
    if out and out.suffix.lower() != ".wav":
        raise click.UsageError(f"{out} must end in .wav")
    if not (words := " ".join(text).strip()):
        raise click.UsageError("say what? name a TEXT")
    voice = builder().voice(options)
    try:
        utterance = voice.synthesize(words)
    finally:
        voice.close()
    if out:
        from her_desktop.audio.wav import write_wav  # noqa: PLC0415 -- numpy

        write_wav(out, utterance.sound)
        click.echo(f"{out}: {utterance.sound.ms} ms of {utterance.voice}", err=True)
    else:
        from her_desktop.audio.play import play_through  # noqa: PLC0415 -- the sound device

        play_through(utterance.sound, builder().speaker(options))
    return 0


def _print_voices(json: bool, voices: Sequence[msgspec.Struct]) -> int:
    for voice in voices:
        data = msgspec.to_builtins(voice)
        click.echo(msgspec.json.encode(data).decode() if json else "  ".join(str(value) for value in data.values()))
    return 0
