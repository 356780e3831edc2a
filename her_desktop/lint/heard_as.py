"""Heard-as forms that would help. Receives errors that rules did not survive; emits forms that were tried and do help.

All of them are compiled into the packs in memory at once, and everything is run again. A form that does not help, or
for which a sample of another rule would be lost, is left out, until nothing is lost any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from her_desktop.conversation import Conversation
from her_desktop.language import tokenize
from her_desktop.lint.finding import Spot
from her_desktop.lint.rehearsal import Rehearsal
from her_desktop.lint.robust import Line, Slip
from her_desktop.lint.work import Work
from her_desktop.nlu.interpret import Grammar
from her_desktop.nlu.program import Lexicon, compile_template
from her_desktop.nlu.template import Absent, Group, Node, Reference, Slot, Word, parse

_ROUNDS = 5
_LEAST_LETTERS, _LEAST_OTHER_WORDS = 3, 2


class Form(msgspec.Struct, frozen=True):
    """A word that recognizers write for another."""

    slip: Slip
    concept: str
    """The concept of the word; empty where it stands in the rule's templates as it is."""

    @property
    def rule(self) -> str:
        """The rule that it would help."""
        return self.slip.line.rule

    @property
    def key(self) -> tuple[str, ...]:
        """What tells it from others."""
        return (self.rule, self.concept, self.slip.word, self.slip.heard)


class Suggestion(msgspec.Struct, frozen=True):
    """What an author could write, and a sentence that would then reach the rule."""

    spot: Spot
    rule: str
    word: str
    heard_as: tuple[str, ...]
    concept: str
    sentence: str

    def flat(self) -> dict[str, object]:
        """As one mapping, for machines."""
        form = {"word": self.word, "heard_as": self.heard_as, "concept": self.concept}
        return {"suggestion": form, "rule": self.rule, "place": str(self.spot), "sentence": self.sentence}

    @property
    def line(self) -> str:
        """The suggestion as one line."""
        form = f"{{word: {self.word}, heard_as: [{', '.join(self.heard_as)}]}}"
        where = f"in the concept {self.concept}" if self.concept else f"as a concept in place of “{self.word}” in hears"
        return f"{self.spot}: {self.rule}: {form}, {where}: then it hears “{self.sentence}”."


def suggestions(work: Work, slips: Iterable[Slip], lines: Mapping[str, Sequence[Line]]) -> list[Suggestion]:
    """The forms that help and cost no sample of any rule.

    Args:
        work: the packs.
        slips: errors that rules did not survive.
        lines: by rule, the samples that reach it.
    """
    samples = [line for some in lines.values() for line in some]
    forms = list({form.key: form for slip in slips for form in _forms(work, slip)}.values())
    for _ in range(_ROUNDS):
        better = Rehearsal(_with(work, forms), work.scenes)
        lost = [line for line in samples if not _lands(better, line)]
        kept = [form for form in forms if _lands(better, form.slip.line) and not _guilty(form, lost)]
        if len(kept) == len(forms):
            return _told(work, [] if lost else kept)
        forms = kept
    return []


def _lands(rehearsal: Rehearsal, line: Line) -> bool:
    standings = rehearsal.stand(line.sentence, line.scene)
    return bool(standings) and standings[0].rule.id == line.rule and not standings[0].barred


def _guilty(form: Form, lost: Iterable[Line]) -> bool:
    return any(form.slip.heard in line.sentence.casefold() for line in lost)


def _forms(work: Work, slip: Slip) -> Iterator[Form]:
    if not _telling(work, slip):
        return
    nodes = [node for at in work.book.rules[slip.line.rule].templates for node in _nodes(_parsed(work, at))]
    names = {node.name for node in nodes if isinstance(node, Reference) and node.kind == "concept"}
    names |= {node.type[1:] for node in nodes if isinstance(node, Slot) and node.type.startswith("~")}
    if concept := next((name for name in sorted(names) if slip.word in work.lexicon.concepts.get(name, ())), ""):
        yield Form(slip, concept)
    elif any(isinstance(node, Word) and _norm(node.text, work) == slip.word for node in nodes):
        yield Form(slip, "")


def _telling(work: Work, slip: Slip) -> bool:
    """Whether a word says what a sentence is about, and enough other words are there to bear the form out."""
    language, said = work.language, {slip.word, slip.heard}
    plain = language.common | language.weak | language.negations | language.fillers | language.contractions.keys()
    if slip.heard in work.guarded_words and work.book.rules[slip.line.rule].tier != "safety":
        return False
    others = len(tokenize(slip.line.sentence, language.contractions)) - 1
    return (
        others >= _LEAST_OTHER_WORDS and len(slip.word) >= _LEAST_LETTERS
        and not said & plain and all(word.isalpha() for word in said)
    )  # fmt: skip


def _parsed(work: Work, template: int) -> Group:
    return parse(work.book.programs[template].template)


def _nodes(node: Node) -> Iterator[Node]:
    """A part and all inside it, but not what must be absent."""
    yield node
    for item in node.items if isinstance(node, Group) else ():
        if not isinstance(item, Absent):
            yield from _nodes(item)


def _norm(text: str, work: Work) -> str:
    return " ".join(token.norm for token in tokenize(text, work.language.contractions))


def _with(work: Work, forms: Sequence[Form]) -> Conversation:
    """The conversation as it would be with some forms."""
    heard_as = {name: dict(found) for name, found in work.lexicon.heard_as.items()}
    own: dict[str, dict[str, dict[str, str]]] = {}
    for form in forms:
        if form.concept:
            heard_as.setdefault(form.concept, {})[form.slip.heard] = form.slip.word
        else:
            own.setdefault(form.rule, {}).setdefault(form.slip.word, {})[form.slip.heard] = form.slip.word
    programs = list(work.book.programs)
    for at, owner in enumerate(work.book.owners):
        template, lexicon = programs[at].template, msgspec.structs.replace(work.lexicon, heard_as=heard_as)
        for word, variants in own.get(owner, {}).items():
            template, lexicon = _rewritten(template, word, work), _and(lexicon, f"heard_{word}", word, variants)
        if owner in own or "~" in template or "<" in template:
            programs[at] = compile_template(template, lexicon)
    grammar = Grammar(work.language, programs, work.book.owners, work.book.opens_with)
    return msgspec.structs.replace(work.conversation, grammar=grammar)


def _and(lexicon: Lexicon, name: str, word: str, variants: Mapping[str, str]) -> Lexicon:
    concepts, heard_as = {**lexicon.concepts, name: (word,)}, {**lexicon.heard_as, name: variants}
    return msgspec.structs.replace(lexicon, concepts=concepts, heard_as=heard_as)


def _rewritten(template: str, word: str, work: Work) -> str:
    """A template with a concept in the place of a word."""
    found = [node for node in _nodes(parse(template)) if isinstance(node, Word) and _norm(node.text, work) == word]
    for node in sorted(found, key=lambda node: -node.column):
        before, after = template[: node.column - 1], template[node.column - 1 + len(node.text) :]
        template = f"{before}~heard_{word}{after}"
    return template


def _told(work: Work, forms: Sequence[Form]) -> list[Suggestion]:
    """One suggestion for each word of each list of templates, by place."""
    together: dict[tuple[Spot, str, str], list[Form]] = {}
    for form in forms:
        spot = work.sources.of(work.book.rules[form.rule], "hears")
        together.setdefault((spot, form.slip.word, form.concept), []).append(form)
    return [
        Suggestion(
            spot, some[0].rule, word, tuple(sorted({form.slip.heard for form in some})), concept,
            some[0].slip.line.sentence,
        )
        for (spot, word, concept), some in sorted(together.items())
    ]  # fmt: skip
