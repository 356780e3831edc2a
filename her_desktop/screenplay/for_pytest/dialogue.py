"""Receives what a Python test lets him say. Emits what she answers, checked with the words of a screenplay's notes."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType

from msgspec.structs import replace

from her_desktop.events import Alternative, Entry, Reply
from her_desktop.screenplay import check, report
from her_desktop.screenplay.for_pytest.dialogue_notes import Wanted, expectations, given, length_s, time
from her_desktop.screenplay.perform import TYPED
from her_desktop.screenplay.performance import Performance, Played
from her_desktop.screenplay.reading.heard import shares
from her_desktop.screenplay.script import Beat, Given, Hers, His, Screenplay, Title
from her_desktop.screenplay.stage import Stage
from her_desktop.screenplay.whole import whole

_HE = "HE"


class Dialogue:
    """A conversation in a profile of its own, line by line; `with` clears it away.

    ```python
    def test_she_greets_by_name(dialogue: Dialogue) -> None:
        dialogue.knows("user.name", "Ada")
        dialogue.says("Hello.").expect(rule="greeting.*", mentions="Ada", uses="user.name", not_technique="T13")
    ```

    It performs as a screenplay does: time stands still but for ten seconds before each of his lines, and what `waits`
    says; the same seed gives the same replies.
    """

    def __init__(
        self, *, packs: Sequence[Path] = (), language: str = "en", seed: int = 0, country: str = "",
        adapts: bool = True, begins: datetime | None = None, seen: Callable[[Played], None] = lambda _played: None,
    ) -> None:  # fmt: skip
        """Begin a conversation.

        Args:
            packs: folders or files of packs; empty for the shipped ones.
            language: of the packs.
            seed: of her dice.
            country: whose help lines she names.
            adapts: whether her wordings lean on how they were received.
            begins: what time it is; that of a screenplay that does not say so, where none is given.
            seen: told of each exchange.

        Raises:
            Trouble: there is no such language, or a rule cannot be read.
        """
        self._title = Title("", language, seed, country, tuple(packs), adapts=adapts, begins=begins)
        self._conversation = whole(self._title)
        self._stage = Stage(self._title, self._conversation, TYPED.opens(sounding=True))
        self._seen = seen
        self._given: tuple[Given, ...] = ()
        self._played: Played | None = None

    def __enter__(self) -> Dialogue:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stage.__exit__(kind, error, at)

    # ---- what he does ----

    def says(self, text: str, *, until_word: int | None = None) -> Dialogue:
        """He says this, and she answers: `dialogue.says("What time is it?")`.

        Args:
            text: his words.
            until_word: so many words of her answer have sounded when he goes on; None for all of it.
        """
        return self._play(His(0, _HE, text, how="typed"), until_word)

    def hears(self, *alternatives: str | tuple[str, float], until_word: int | None = None) -> Dialogue:
        """A recognizer hands this over, the best first: `dialogue.hears("how many stares", ("how many stairs", 0.4))`.

        Args:
            alternatives: what was understood, each with its confidence; those without one share what is left.
            until_word: as in `says`.
        """
        told = [(one, None) if isinstance(one, str) else one for one in alternatives]
        heard = tuple(map(Alternative, [text for text, _ in told], shares([sure for _, sure in told])))
        return self._play(His(0, _HE, heard[0].text, heard=heard), until_word)

    def interrupts(self, text: str) -> Dialogue:
        """He says this while she still speaks.

        `dialogue.says("How many stairs are there?", until_word=3).interrupts("Never mind.")`
        """
        return self._play(His(0, _HE, text, heard=(Alternative(text, 1.0),), interrupts=True), None)

    def is_silent(self, how_long: str) -> Dialogue:
        """Nobody says anything for a while: `dialogue.is_silent("20 s")`."""
        return self._play(His(0, _HE, silent_s=length_s(how_long)), None)

    # ---- what is arranged before his next line ----

    def fresh(self) -> Dialogue:
        """A new profile: nothing is known, nothing was said."""
        return self._arrange(given("fresh"))

    def waits(self, how_long: str) -> Dialogue:
        """Time passes: `dialogue.waits("3 days")`."""
        return self._arrange(given("wait", how_long))

    def at(self, when: str) -> Dialogue:
        """The clock is set: `dialogue.at("2026-11-22 23:10")`."""
        return self._arrange(Given("clock", 0, value=time(when).isoformat()))

    def seed(self, seed: int) -> Dialogue:
        """Other dice from here on."""
        return self._arrange(given("seed", str(seed)))

    def knows(self, name: str, value: str) -> Dialogue:
        """She knows this already: `dialogue.knows("user.name", "Ada")`."""
        return self._arrange(given("given fact", value, name=name))

    def forgets(self, name: str) -> Dialogue:
        """A fact is forgotten by hand."""
        return self._arrange(given("forget", name))

    def wording(self, rule: str, number: int) -> Dialogue:
        """Her die falls so that this rule says this wording of its own (the first is 1), in the next turn."""
        return self._arrange(given("given wording", f"{rule} {number}"))

    def off(self, technique: str) -> Dialogue:
        """A technique is switched off by hand."""
        return self._arrange(given("off", technique))

    def on(self, technique: str) -> Dialogue:
        """A technique is switched on again by hand."""
        return self._arrange(given("on", technique))

    # ---- what came of it ----

    def expect(self, **checks: Wanted) -> Dialogue:
        """See whether all this holds of her last turn; the names are those of a screenplay's notes.

        A space is written as an underscore, `not` in front as `not_`: `expect(brings_up="curiosity.book")`,
        `expect(technique="T09", not_technique="T13")`. Of several values one must hold (`act=["inform", "answer"]`);
        True is any value (`not_learns=True`); a dictionary maps names to values (`slot={"place": "Oslo"}`).

        Raises:
            AssertionError: something does not hold; tells what she said, why not what was expected, and the trace.
            TypeError: there is no such check.
            ValueError: it cannot have such a value.
        """
        __tracebackhide__ = True
        path, line = _caller()
        wanted = tuple(one for keyword, value in checks.items() for one in expectations(keyword, value, line))
        return self._hold(Hers(line, "anything", expectations=wanted), path)

    def expect_silence(self) -> Dialogue:
        """See whether she said nothing.

        Raises:
            AssertionError: she said something.
        """
        __tracebackhide__ = True
        path, line = _caller()
        return self._hold(Hers(line, "silent"), path)

    @property
    def reply(self) -> Reply | None:
        """Her last reply; None where she said nothing."""
        return self._last().reply

    @property
    def text(self) -> str:
        """What she said last; empty where she said nothing."""
        return self.reply.text if self.reply else ""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Everything that was recorded of the last turn."""
        return tuple(one.entry for one in self._last().entries)

    @property
    def facts(self) -> Mapping[str, str]:
        """What she knows: `dialogue.facts["user.name"] == "Ada"`."""
        return {name: fact.object for name, fact in self._stage.state.facts.items()}

    # ---- how ----

    def _arrange(self, one: Given) -> Dialogue:
        self._given += (one,)
        return self

    def _play(self, his: His, until_word: int | None) -> Dialogue:
        beat, self._given = Beat("", his, None, self._given), ()
        self._played = self._stage.play(beat, until_word)
        self._seen(self._played)
        return self

    def _last(self) -> Played:
        assert self._played is not None, "nothing was said yet"
        return self._played

    def _hold(self, hers: Hers, path: Path) -> Dialogue:
        __tracebackhide__ = True
        last = self._last()
        played = replace(last, beat=replace(last.beat, hers=hers))
        played = replace(played, faults=check.faults(played))
        if played.faults:
            performance = Performance(Screenplay(path, self._title, (played.beat,)), (played,), 0)
            raise AssertionError("\n".join(report.told(performance, self._conversation)).rstrip())
        return self


def _caller() -> tuple[Path, int]:
    """The file and the line of the test that asks."""
    frame = inspect.currentframe()
    while frame and frame.f_code.co_filename == __file__:
        frame = frame.f_back
    assert frame is not None, "somebody calls"
    path = Path(frame.f_code.co_filename)
    return (path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path), frame.f_lineno
