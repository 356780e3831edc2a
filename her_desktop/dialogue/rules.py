"""The form of a rule pack: what the YAML may say, and nothing else. `packs.py` reads it, with file and line."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from her_desktop.nlg.parse import parse_wording
from her_desktop.nlg.wording import Wording

Tier = Literal["safety", "answer", "command", "topic", "global", "generic", "fallback"]
TIERS: tuple[Tier, ...] = ("safety", "answer", "command", "topic", "global", "generic", "fallback")
"""From first to last. Nothing outranks safety; `answer` and `topic` are never declared, they follow from the state."""

Tone = Literal["neutral", "warm", "tender", "playful", "serious", "bright"]

Id = Annotated[str, Meta(pattern=r"^[^\W\d][\w.-]*$")]


class Saying(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One wording with a tone or techniques of its own."""

    say: str
    """What she says."""
    tone: Tone | None = None
    """Instead of the rule's tone."""
    technique: tuple[str, ...] | None = None
    """Instead of the rule's techniques."""


class Speech(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """What she says and what follows from it."""

    says: tuple[str | Saying, ...]
    """Wordings; one is chosen."""
    plain: str = ""
    """The same content without any technique: said where he has switched off those that all its wordings use."""
    act: str = "inform"
    """The dialogue act, after ISO 24617-2."""
    id: str = ""
    """Its name; in answers and follow-ups it may be left out."""
    needs: tuple[str, ...] = ()
    """Conditions; all must be true."""
    technique: tuple[str, ...] = ()
    """Techniques of intimacy that the words use, by their ids."""
    tone: Tone = "neutral"
    """How her voice says it."""
    priority: int = 0
    """Among rules of one tier, more comes first."""
    learns: dict[str, str | bool | int] = {}
    """Predicate to value; `{slot}` in a value is what the slot caught."""
    skill: str = ""
    """A practical skill to ask, by its name on the allow-list."""
    once: bool = False
    """Only once in a lifetime of the profile."""
    cooldown_turns: Annotated[int, Meta(ge=0)] = 0
    """Not again for so many turns."""
    ends: bool = False
    """The conversation ends with this reply."""
    volunteers: bool | Literal["follow_up"] = False
    """After this reply she may bring something up herself: a follow-up that is due, or a gambit."""
    follow_up: FollowUp | None = None
    """What she will bring up herself some time after this reply."""
    expects: tuple[Rejoinder, ...] = ()
    """What he may answer; heard only as an answer to this reply. May nest."""

    def bare(self) -> Rejoinder:
        """Only what every rule has: without what stands at the top of a pack, and without the rules inside it."""
        fields: dict[str, Any] = {"hears": (), "samples": ()}
        fields |= {name: getattr(self, name) for name in Rejoinder.__struct_fields__ if hasattr(self, name)}
        return Rejoinder(**(fields | {"expects": (), "follow_up": None}))


class Rejoinder(Speech, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """What he may say, and what she then says. As part of `expects` it is heard only as an answer to that reply."""

    hears: tuple[str, ...]
    """Templates of what he may say."""
    samples: tuple[str, ...]
    """Sentences that must reach this rule: documentation and test in one."""
    resumes: bool = False
    """His answer lets her do the command that she had asked about first."""


class FollowUp(Speech, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """What she brings up herself, some time later."""

    after: Annotated[str, Meta(pattern=r"^[1-9]\d{0,3} (minute|hour|day|week)s?$")]
    """How long after the reply: `20 minutes`, `1 day`."""


class RuleSpec(Rejoinder, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """A rule at the top of a pack."""

    id: Id
    """Begins with the topic and a dot."""
    act: str
    """The dialogue act, after ISO 24617-2."""
    tier: Literal["safety", "command", "global", "generic", "fallback"] = "global"
    """Which rules it stands among."""


class Gambit(Speech, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """Something that she brings up herself, after a reply that leaves room for it."""

    id: Id
    """Begins with the topic and a dot."""
    once: bool = True
    """Only once in a lifetime of the profile."""
    notice: bool | Literal["goodbye"] = False
    """What must be said as soon as its conditions are true: beside whatever she answers, or beside a goodbye."""


class Confirmation(Speech, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """How she asks whether she heard a command right; `{heard}` is the command as it was repaired."""

    id: Id
    """Begins with the topic and a dot."""


class HeardAs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word of a concept, with what recognizers write where it was said."""

    word: str
    """The word that is said."""
    heard_as: tuple[str, ...]
    """What recognizers write instead; each fits at a repair cost of 1."""


class Pack(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One file: a topic and its rules, with the word sets and parts of templates that they use."""

    topic: Annotated[str, Meta(pattern=r"^[^\W\d][\w-]*$")]
    """What the ids of its rules begin with: one word."""
    rules: tuple[RuleSpec, ...] = ()
    """What he may say, and what she then says."""
    gambits: tuple[Gambit, ...] = ()
    """What she brings up herself."""
    confirms: tuple[Confirmation, ...] = ()
    """How she asks whether she heard a command right."""
    plains: dict[str, str] = {}
    """Dialogue act to the plain wording of rules that have none of their own."""
    exhibit: bool = False
    """Whether it shows manipulative techniques, labelled, to somebody who asks to see them; nothing else may."""
    concepts: dict[str, tuple[str | HeardAs, ...]] = {}
    """Named sets of words that templates of all packs can use, as `~name`."""
    expansions: dict[str, str] = {}
    """Named parts of templates that all packs can use, as `<name>`."""


_TOPIC = re.compile(r"topic == '([^']+)'")


def topic_key(topic: str) -> str:
    """By this name templates are found that are heard only while a topic is the active one."""
    return f"topic:{topic}"


PLAIN, ACTS_PLAIN = -1, -2
"""The number of a rule's plain wording, and of the plain wording of its act."""

Prompt = Literal["heard", "gambit", "follow_up", "confirm"]
"""What makes a rule speak: his words, or she herself."""


class Rule(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """A rule ready for use: checked, and its templates compiled."""

    id: str
    topic: str
    tier: Tier
    prompt: Prompt
    spec: Rejoinder
    place: str
    """`file:line`."""
    templates: tuple[int, ...] = ()
    """The numbers of its templates among all of the book."""
    parent: str = ""
    """For a rejoinder: the rule whose reply it answers."""
    rejoinders: tuple[str, ...] = ()
    """Ids of the rules that are heard as answers to this one's reply."""
    follow_up: str = ""
    """Id of the rule that she brings up some time later."""
    after: str = ""
    """For a follow-up: how long after."""
    guards: bool = False
    """Whether it belongs to the safety tier, or is an answer to one that does."""
    slot_types: dict[str, str] = {}
    """The slots of its templates, with their types."""
    exhibit: bool = False
    """Whether it shows manipulative techniques to somebody who asks to see them."""
    notice: bool | Literal["goodbye"] = False
    """For a gambit: whether it is said beside whatever she answers, or beside a goodbye."""

    @property
    def topic_wanted(self) -> str:
        """The topic of which they must be speaking: of a rule with the condition `topic == 'tea'`, just that, tea."""
        topics = (_TOPIC.fullmatch(need) for need in self.spec.needs)
        return "" if self.parent else next((found[1] for found in topics if found), "")

    @property
    def opens_with(self) -> str:
        """What must be there before it can be heard at all: a question (its rule), or a topic; empty for nothing."""
        return self.parent or (topic_key(self.topic_wanted) if self.topic_wanted else "")

    @property
    def wordings(self) -> tuple[Wording, ...]:
        """Its wordings, parsed."""
        return tuple(parse_wording(self.saying(variant).say) for variant in range(len(self.spec.says)))

    def saying(self, variant: int) -> Saying:
        """A wording, with the tone and the techniques that it has; `PLAIN` is the plain one."""
        if variant == PLAIN:
            return Saying(self.spec.plain, "neutral", ())
        said = self.spec.says[variant]
        said = Saying(said) if isinstance(said, str) else said
        return Saying(
            said.say,
            self.spec.tone if said.tone is None else said.tone,
            self.spec.technique if said.technique is None else said.technique,
        )


class Quarantined(msgspec.Struct, frozen=True):
    """A rule or file that is broken and was left out; all others work."""

    place: str
    """`file:line`, `file:line:column` where the column is known."""
    rule: str
    why: str

    whole_file: bool = False
    """Whether nothing of the file can be used."""

    @property
    def line(self) -> str:
        """The error as one line."""
        return f"{self.place}: {f'rule {self.rule}: ' if self.rule else ''}{self.why}"
