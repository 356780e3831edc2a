"""Which wording of a rule is said: those that can be, without the techniques that he has switched off, and the dice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec

from her_desktop.dialogue import adaptation, detectors
from her_desktop.dialogue.book import RuleBook
from her_desktop.dialogue.detectors import detect, labels
from her_desktop.dialogue.rules import ACTS_PLAIN, PLAIN, Rule
from her_desktop.dialogue.state import State, is_question
from her_desktop.dialogue.techniques import charms, switchable
from her_desktop.events import Draw, Seen, Span, Suppressed
from her_desktop.language import Language
from her_desktop.nlg.filters import Idiom
from her_desktop.nlg.parse import parse_wording
from her_desktop.nlg.realization import realize, unfit
from her_desktop.nlg.wording import Value, Wording
from her_desktop.skills.ask import Record
from her_desktop.trouble import Trouble

_HANDED_OVER = frozenset({"T02", "T05", "T08"})
"""What the values of a wording bring with them: in a plain one they are what he asked for, and no technique."""

SAFETY = "safety"
"""The topic of what is said to somebody in danger and after it: nothing of it is ever altered."""

_VOICE = "T19"
"""The warmth of her voice is switched off by saying the same words without it."""
_NEW_GROUND = "T30"
"""What she brings up herself is that, however it is worded."""


class Setting(msgspec.Struct, frozen=True):
    """What a reply leans on besides the decision."""

    book: RuleBook
    language: Language
    idiom: Idiom
    country: str
    adapts: bool
    state: State
    """After he was heard."""
    now: datetime
    seed: int
    record: Record | None = None
    """The record of the turns before this one, for skills that answer from it."""
    dice: Mapping[str, float] = {}
    """Rule id to what its die shall show instead, where somebody asks what else might have been said."""
    loaded: Mapping[str, int] = {}
    """Rule id to the wording for which its die is loaded."""


class Said(msgspec.Struct, frozen=True):
    """A wording that was chosen, filled in, and how it was chosen."""

    rule: Rule
    variant: int
    wording: Wording
    spans: tuple[Span, ...]
    choice: tuple[int, ...]
    die: float
    draws: tuple[Draw, ...]
    tone: str
    suppressed: Suppressed | None = None
    """What would have been said with every technique on, where that is something else."""

    @property
    def text(self) -> str:
        """What is said."""
        return "".join(span.text for span in self.spans)

    @property
    def asks(self) -> bool:
        """Whether it is a question."""
        return asks(self.wording)

    @property
    def declared(self) -> tuple[str, ...]:
        """The techniques that its author says it uses."""
        return () if self.variant == ACTS_PLAIN else self.rule.saying(self.variant).technique or ()

    def seen(self, language: str, told: frozenset[str], brought_up_at: int | None = None) -> tuple[Seen, ...]:
        """The techniques that can be seen in its words; in a plain one without those of the values it hands over."""
        spec = self.rule.spec
        said = detectors.Said(
            self.spans, spec.act, self.tone, spec.ends, language, brought_up_at, told, self.rule.exhibit
        )
        found = detect(said)
        return tuple(one for one in found if self.variant >= 0 or one.technique not in _HANDED_OVER)


def asks(wording: Wording) -> bool:
    """Whether a wording is a question."""
    return is_question(wording.text)


class Phrasing:
    """Chooses among the wordings of one rule."""

    def __init__(
        self, setting: Setting, rule: Rule, values: Mapping[str, Value], told: frozenset[str] = frozenset(),
        *, herself: bool = False,
    ) -> None:  # fmt: skip
        """Take what the wordings can be filled with.

        Args:
            setting: what the reply leans on.
            rule: whose wordings they are.
            values: by the names that wordings use.
            told: ids of the facts that he has told just now.
            herself: whether she brings it up herself.
        """
        self._setting, self._rule, self._values, self._told = setting, rule, values, told
        self._brought_up_at = 0 if herself else None
        spared = rule.guards or rule.exhibit or rule.topic == SAFETY
        self._off = frozenset() if spared else switchable().intersection(setting.state.off)

    def said(self, asked: Iterable[str] = (), *, no_question: bool = False) -> Said:
        """The wording that is said.

        Args:
            asked: names of what a skill has found out: a wording that tells it comes first.
            no_question: whether one that asks nothing comes first.

        Raises:
            Trouble: none can be said with what is known.
        """
        usable = self._usable(frozenset(asked), no_question)
        first = self._chosen(usable)
        if not (used := self._switched_off(first)):
            return first
        tone = "neutral" if _VOICE in used else first.tone
        plainer = self._instead(usable) if used - {_VOICE} else msgspec.structs.replace(first, tone=tone)
        if not plainer or (plainer.text, plainer.tone) == (first.text, first.tone):
            return plainer or first
        suppressed = Suppressed(
            rule=self._rule.id, techniques=tuple(sorted(used)), text=first.text, spans=first.spans, tone=first.tone
        )
        return msgspec.structs.replace(plainer, suppressed=suppressed)

    def unsayable(self) -> str:
        """Why nothing of it can be said now; empty where something can."""
        reasons = [self._unfit(wording) for wording in self._rule.wordings]
        if "" not in reasons:
            return reasons[0]
        if _NEW_GROUND in self._off and self._rule.prompt in ("gambit", "follow_up") and not self._rule.notice:
            return f"it uses {_NEW_GROUND}, which he has switched off"
        used = self._switched_off(self.said())
        return f"it uses {', '.join(sorted(used))}, which he has switched off" if used else ""

    def _usable(self, asked: frozenset[str], no_question: bool) -> list[int]:
        wordings = self._rule.wordings
        usable = [at for at, wording in enumerate(wordings) if not self._unfit(wording)]
        if not usable:
            raise Trouble(
                f"rule {self._rule.id}",
                "none of its wordings can be said with what is known",
                f"mend {self._rule.place}",
            )
        usable = [at for at in usable if not wordings[at].names.isdisjoint(asked)] or usable
        return [at for at in usable if no_question and not asks(wordings[at])] or usable

    def _instead(self, usable: Sequence[int]) -> Said | None:
        """The same without what is switched off: another wording, else the plain one, else that of the act.

        Where everything is off, the plain one comes first: it was written for that.
        """
        clean = [at for at in usable if not self._switched_off(self._filled(at, ())) - {_VOICE}]
        bare = self._off.issuperset(charms())
        return (
            (self._plain(PLAIN, self._rule.spec.plain) if bare else None)
            or (self._plainly(self._chosen(clean)) if clean else None)
            or self._plain(PLAIN, self._rule.spec.plain)
            or (self._plain(ACTS_PLAIN, self._setting.book.plains.get(self._rule.spec.act, "")))
        )

    def _plain(self, variant: int, text: str) -> Said | None:
        """A plain wording, where it can be said; what says nothing of its own is never brought up by herself."""
        if not text or self._unfit(parse_wording(text)) or (variant == ACTS_PLAIN and self._brought_up_at is not None):
            return None
        return self._plainly(self._filled(variant, (), text=text))

    def _plainly(self, said: Said) -> Said:
        return msgspec.structs.replace(said, tone="neutral") if _VOICE in self._off else said

    def _switched_off(self, said: Said) -> frozenset[str]:
        """The techniques of a wording, filled in, that are switched off."""
        if not self._off:
            return self._off
        language = self._setting.language.code
        found = said.seen(language, self._told, self._brought_up_at)
        if _VOICE in self._off:  # a question that is playful in one tone is a listener's in another
            found += self._plainly(said).seen(language, self._told, self._brought_up_at)
        return self._off.intersection(labels(said.declared, found, language))

    def _unfit(self, wording: Wording) -> str:
        return unfit(wording, self._values, self._setting.idiom, self._setting.now)

    def _chosen(self, usable: Sequence[int]) -> Said:
        """One of some wordings: not the last one again, by the dice or by how they were received."""
        setting, rule = self._setting, self._rule
        last = setting.state.variants.get(rule.id)
        fresh = tuple(at for at in usable if at != last) or tuple(usable)
        seed = f"{setting.seed}/{setting.state.turn}/{rule.id}"
        die = self._loaded(fresh, setting.dice.get(rule.id, thrown(seed)))
        draws = adaptation.draws(setting.state, rule, fresh, seed) if setting.adapts else ()
        best = max(draws, key=lambda draw: (draw.value, -draw.variant), default=None)
        forced = rule.id in setting.dice or setting.loaded.get(rule.id) in fresh
        variant = best.variant if best and not forced else fresh[int(die * len(fresh))]
        return self._filled(variant, fresh, die, () if forced else draws)

    def _loaded(self, fresh: Sequence[int], die: float) -> float:
        """What the die shows, where it is loaded for one of the wordings that can be said."""
        wanted = self._setting.loaded.get(self._rule.id)
        return (fresh.index(wanted) + 0.5) / len(fresh) if wanted is not None and wanted in fresh else die

    def _filled(
        self, variant: int, choice: tuple[int, ...], die: float = 0.0, draws: tuple[Draw, ...] = (), text: str = ""
    ) -> Said:
        rule, setting = self._rule, self._setting
        saying = None if text else rule.saying(variant)
        wording = parse_wording(saying.say if saying else text)
        name = {PLAIN: "plain", ACTS_PLAIN: f"plain.{rule.spec.act}"}.get(variant, str(variant))
        spans = realize(wording, self._values, f"{rule.id}#{name}", setting.idiom, setting.now)
        tone = (saying.tone if saying else None) or "neutral"
        return Said(rule, variant, wording, spans, choice, die, draws, tone)


def thrown(seed: str) -> float:
    """A number from 0 to 1 that depends on seed, turn and rule alone, so that other rules never change it."""
    return int.from_bytes(hashlib.sha256(seed.encode()).digest()[:6], "big") / 2**48
