"""Screenplays: lines a second, as they are performed by the real session, beside two peers in the same run.

`python -m benchmarks screenplays`. Ours: the English screenplays of the repository, and one of 10,000 lines made of
the rules' samples, without those that ask about the record, for they run earlier turns again. Peers: RiveScript's own
reply loop on the same words, with as many triggers as we have rules; and `botium-core`, which runs dialogues as tests,
against a bot that only echoes (where npm is; it is installed under build/).
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from itertools import cycle, islice
from time import perf_counter

from benchmarks.match_environment import ROOT, peers_python
from her_desktop.dialogue.rules import Rule
from her_desktop.screenplay.perform import conversation, perform
from her_desktop.screenplay.read import parse, read
from her_desktop.screenplay.script import Screenplay, Title
from her_desktop.trouble import Trouble

LINES = 10_000

_RIVESCRIPT = """
import json, sys, time
from rivescript import RiveScript
given = json.load(sys.stdin)
bot = RiveScript()
bot.stream("\\n".join(["! version = 2.0", *(f"+ {one}\\n- yes" for one in given["triggers"]), "+ *", "- no"]))
bot.sort_replies()
since = time.perf_counter()
found = sum(bot.reply("him", one) == "yes" for one in given["said"])
print(json.dumps({"s": time.perf_counter() - since, "found": found}))
"""

_BOTIUM = """
const { BotDriver } = require('botium-core')
let text = 'lines\\n\\n'
const n = %d
for (let i = 0; i < n; i++) text += `#me\\nhello ${i}\\n\\n#bot\\nYou said: hello ${i}\\n\\n`
const echo = (say, m) => setTimeout(() => say({ messageText: 'You said: ' + m.messageText }), 0)
const bot = ({ queueBotSays }) => ({ UserSays: m => { echo(queueBotSays, m) } })
const driver = new BotDriver({ PROJECTNAME: 'lines', CONTAINERMODE: bot })
const compiler = driver.BuildCompiler()
compiler.ReadScriptFromBuffer(Buffer.from(text), 'SCRIPTING_FORMAT_TXT', 'SCRIPTING_TYPE_CONVO')
;(async () => {
  const container = await driver.Build(); await container.Start()
  const since = process.hrtime.bigint()
  for (const convo of compiler.convos) await convo.Run(container)
  console.log(JSON.stringify({ s: Number(process.hrtime.bigint() - since) / 1e9 }))
  process.exit(0)
})().catch(error => { console.error(error); process.exit(1) })
"""


def main() -> int:
    """Measure and print."""
    folders = [ROOT / "tests" / "screenplays" / name for name in ("en", "essay", "spoken")]
    screenplays = [read(path) for folder in folders for path in sorted(folder.glob("*.fountain"))]
    said = [rule.spec.samples[0] for rule in conversation(Title()).book.rules.values() if _is_talk(rule)]
    _print("the English screenplays", *_ours(screenplays))
    _print(f"one of {LINES:,} lines", *_ours([long(said)]))
    half = list(islice(cycle(said), LINES // 2))
    _print("RiveScript, replies alone", LINES, rivescript(half))
    if seconds := botium(LINES // 10):
        _print("botium-core, on a bot that echoes", LINES // 10, seconds)
    return 0


def _is_talk(rule: Rule) -> bool:
    """Whether a rule hears something that people say, and neither looks into the record nor ends the talk."""
    return rule.prompt == "heard" and not (rule.spec.skill or rule.spec.ends or rule.parent)


def _ours(screenplays: Iterable[Screenplay]) -> tuple[int, float]:
    conversation(Title())
    since, lines = perf_counter(), 0
    for screenplay in screenplays:
        perform(screenplay)
        lines += screenplay.lines
    return lines, perf_counter() - since


def long(said: Iterable[str]) -> Screenplay:
    """A screenplay of so many lines, in which she may say anything."""
    return parse("Title: Long\n\n" + "\n".join(_exchanges(islice(cycle(said), LINES // 2))), ROOT / "long.fountain")


def _exchanges(said: Iterable[str]) -> Iterator[str]:
    for text in said:
        yield f"YOU\n{text}\n\nHER\n[[not rule: none.such]]\n...\n"


def rivescript(said: Iterable[str]) -> float:
    """Seconds for RiveScript's replies to these words; it has one trigger for each of our rules."""
    rules = conversation(Title()).book.rules.values()
    triggers = {_plain(rule.spec.samples[0]) for rule in rules if rule.spec.samples}
    given = json.dumps({"triggers": sorted(filter(None, triggers)), "said": [_plain(one) for one in said]})
    command = [peers_python(), "-c", _RIVESCRIPT]
    done = subprocess.run(command, input=given, check=True, capture_output=True, text=True)
    return float(json.loads(done.stdout)["s"])


def _plain(text: str) -> str:
    """The words alone, which is all that RiveScript takes."""
    return " ".join("".join(letter if letter.isalnum() else " " for letter in text.replace("'", "")).lower().split())


def botium(lines: int) -> float | None:
    """Seconds for botium-core to run a dialogue of so many lines; None where it cannot be had."""
    if not (shutil.which("npm") and shutil.which("node")):
        print("botium-core: npm is not here", file=sys.stderr)
        return None
    folder = ROOT / "build" / "botium"
    folder.mkdir(parents=True, exist_ok=True)
    install = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), "botium-core@1.15.13"]
    with tempfile.NamedTemporaryFile("w", suffix=".js", dir=folder) as script:
        if subprocess.run(install, check=False, stdout=sys.stderr).returncode:
            return None
        script.write(_BOTIUM % (lines // 2))
        script.flush()
        done = subprocess.run(["node", script.name], check=True, capture_output=True, text=True, cwd=folder)
    return float(json.loads(done.stdout.splitlines()[-1])["s"])


def _print(what: str, lines: int, seconds: float) -> None:
    print(f"{what:<36} {lines:>7,} lines {seconds:>7.2f} s {lines / seconds:>9,.0f} lines/s", flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Trouble as trouble:
        sys.exit(trouble.line)
