"""Tries sentences on rules. Receives a rule and a sentence; emits whether it can reach the rule, else why not.

It can where there is a state in which the rule may speak and wins. Each rule that wins instead is then wished away by
its own conditions, if there is a state in which they are false; what always wins is what is named.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from her_desktop.conversation import Conversation, weigh
from her_desktop.dialogue.policy import Standing, outranked
from her_desktop.dialogue.rules import Rule
from her_desktop.events import Candidate, FinalTranscript
from her_desktop.lint.scenes import Role, Scenes, conditional
from her_desktop.lint.stage import Scene
from her_desktop.nlu.interpret import failed
from her_desktop.nlu.line import Line

_MOST_RIVALS = 8
_SHOWN_WORDS = 4


class Trial(msgspec.Struct, frozen=True):
    """What came of a sentence that was tried on a rule."""

    sentence: str
    scene: Scene | None = None
    """A state in which it reaches the rule."""
    needs_topic: bool = False
    """Whether it does so only while the rule's topic is the active one."""
    rival: str = ""
    """The rule that answers instead."""
    field: str = ""
    """The field of the order on which the rival stands before it."""
    why: str = ""
    """Why it does not reach it, in words."""
    sure: bool = True
    """Whether there is no state in which it reaches it; else none was found in bounded time."""

    @property
    def lands(self) -> bool:
        """Whether it can reach the rule."""
        return self.scene is not None


class Rehearsal:
    """Tries sentences on the rules of one conversation."""

    def __init__(self, conversation: Conversation, scenes: Scenes) -> None:
        self.conversation, self.scenes = conversation, scenes

    def stand(self, sentence: str, scene: Scene) -> list[Standing]:
        """The rules that fit a sentence in a scene, in their order."""
        return weigh(self.conversation, scene.state, FinalTranscript.typed(sentence), scene.now)[1]

    def trial(self, rule: Rule, sentence: str) -> Trial:
        """Try a sentence on a rule that may speak at all."""
        first = self.scenes.find([Role(rule)])
        assert first, "whoever asks has seen that the rule may speak"
        mine = _of(rule, self.stand(sentence, first))
        if mine is None or any(repair.kind != "heard_as" for repair in mine.candidate.repairs):
            return Trial(sentence, why=self._miss(rule, sentence, first))
        role = self.role(mine)
        plain = self._against(role, sentence, None)
        if plain.lands or rule.tier != "global" or not plain.rival:
            return plain
        active = self._against(role, sentence, rule.topic)
        if active.lands:
            return msgspec.structs.replace(plain, scene=active.scene, needs_topic=True)
        return msgspec.structs.replace(plain, sure=plain.sure and active.sure)

    @staticmethod
    def role(standing: Standing) -> Role:
        """A rule with what its slots caught, as its conditions see it."""
        candidate, kinds = standing.candidate, standing.rule.slot_types
        slots: dict[str, str | float] = {**candidate.slots, **candidate.values}
        slots |= {name: float(slots[name]) for name, kind in kinds.items() if kind == "number" and name in slots}
        return Role(standing.rule, slots)

    def _against(self, role: Role, sentence: str, topic: str | None) -> Trial:
        """Look for a state in which the rule wins; rivals that have conditions are kept back one by one."""
        silent: list[Role] = []
        result = Trial(sentence, why="its conditions are never true for this sentence.")
        while scene := self.scenes.find([role], silent, topic):
            standings = self.stand(sentence, scene)
            best, mine = standings[0], _of(role.rule, standings)
            if best.rule.id == role.rule.id:
                return Trial(sentence, scene)
            if mine is None:
                return result
            result = Trial(sentence, rival=best.rule.id, field=_field(best, mine), why=f"{outranked(best, mine)}.")
            if not conditional(best.rule):
                return result
            if len(silent) == _MOST_RIVALS:
                return msgspec.structs.replace(result, sure=False)
            silent.append(self.role(best))
        return msgspec.structs.replace(result, sure=self.scenes.sure([role], silent, topic))

    def _miss(self, rule: Rule, sentence: str, scene: Scene) -> str:
        """Where the template that came nearest gives up."""
        line = Line.of(sentence, self.conversation.language, scene.now)
        tries = (failed(rule.id, self.conversation.book.programs[at], 0, line) for at in rule.templates)
        best = max(tries, key=lambda candidate: candidate.literals)
        return _gave_up(best)


def _gave_up(best: Candidate) -> str:
    where = f"at “{best.failed_at}”" if best.failed_at else "at the end"
    wanted = " or ".join(best.wanted[:_SHOWN_WORDS])
    more = f" or {len(best.wanted) - _SHOWN_WORDS} more" if len(best.wanted) > _SHOWN_WORDS else ""
    return f"the nearest template, “{best.template}”, fails {where}: it wants {wanted}{more}."


def _of(rule: Rule, standings: Sequence[Standing]) -> Standing | None:
    return next((standing for standing in standings if standing.rule.id == rule.id), None)


def _field(winner: Standing, other: Standing) -> str:
    """The first field of the order on which two rules differ."""
    pairs = zip(winner.order, other.order, strict=True)
    return next((field for (field, ours), (_, theirs) in pairs if ours != theirs), "id")
