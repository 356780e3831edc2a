"""Rules between which only the id decides. Receives packs; emits each pair with a sentence that shows it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from her_desktop.dialogue import policy
from her_desktop.dialogue.policy import Standing
from her_desktop.dialogue.rules import Rule
from her_desktop.events import FinalTranscript
from her_desktop.lint.finding import Finding, Spot
from her_desktop.lint.scenes import Role, conditional
from her_desktop.lint.stage import Scene
from her_desktop.lint.work import Work
from her_desktop.nlu.interpret import interpret
from her_desktop.nlu.line import Line
from her_desktop.nlu.matcher import Miss, match

_SENTENCES_A_TEMPLATE = 4
_TRIES_A_PAIR = 3
_TOLD_A_RULE = 3
_MOST_RIVALS = 4

_Pair = tuple[Standing, Standing]


def ties(work: Work) -> Iterator[Finding]:
    """Pairs of rules that some sentence fits alike, a few for each rule, and templates that fit nothing."""
    tried, told = Counter[tuple[Spot, Spot]](), defaultdict[Spot, set[Spot]](set)
    for rule in work.heard():
        if rule.id not in work.chosen or not (scene := work.scenes.find([Role(rule)])):
            continue
        for number, template in enumerate(rule.templates):
            made = work.sentences(template, _SENTENCES_A_TEMPLATE)
            if not made and _hears_nothing(work, rule, template):
                yield _empty(work, rule, number)
            for sentence in made:
                for pair in _alike(work, rule, sentence, scene):
                    winner, loser = (work.sources.of(standing.rule) for standing in pair)
                    tried[winner, loser] += 1
                    known = winner in told[loser] or len(told[loser]) == _TOLD_A_RULE
                    if not known and tried[winner, loser] <= _TRIES_A_PAIR and _real(work, pair, sentence):
                        told[loser].add(winner)
                        yield _tie(work, pair[0].rule, pair[1].rule, sentence)


def _alike(work: Work, rule: Rule, sentence: str, scene: Scene) -> Iterator[_Pair]:
    """The pairs of a rule and others that differ in nothing but their ids, and that nothing always stands before."""
    grammar = work.conversation.grammar
    found = interpret(FinalTranscript.typed(sentence), grammar, policy.opened(scene.state), scene.now)
    standings = policy.stand(work.book, scene.state, found, scene.now) if len(found.candidates) > 1 else []
    first = min((one.key for one in standings if one.tier != "topic" and not conditional(one.rule)), default=None)
    for mine in (one for one in standings if one.rule.id == rule.id):
        for other in standings:
            if other is not mine and other.order[:-1] == mine.order[:-1]:
                pair = (mine, other) if mine.rule.id < other.rule.id else (other, mine)
                if first is None or pair[0].key <= first:
                    yield pair


def _real(work: Work, pair: _Pair, sentence: str) -> bool:
    """Whether there is a state in which both may speak and nothing stands before them."""
    roles = [work.rehearsal.role(standing) for standing in pair]
    silent: list[Role] = []
    while len(silent) < _MOST_RIVALS and (scene := work.scenes.find(roles, silent)):
        standings = work.rehearsal.stand(sentence, scene)
        if standings[0].rule.id == pair[0].rule.id:
            alike = (one for one in standings if one.order[:-1] == standings[0].order[:-1] and not one.barred)
            return pair[1].rule.id in (one.rule.id for one in alike)
        if not conditional(standings[0].rule):
            return False
        silent.append(work.rehearsal.role(standings[0]))
    return False


def _tie(work: Work, winner: Rule, loser: Rule, sentence: str) -> Finding:
    why = f"“{sentence}” fits it as well as {winner.id}: only the ids decide, for {winner.id}."
    fix = "give one of them a higher priority, or conditions that are never true for both."
    return Finding(work.sources.of(loser), loser.id, "tie", why, fix)


def _hears_nothing(work: Work, rule: Rule, template: int) -> bool:
    """Whether a template that no sentence was made from fits not even silence."""
    program = work.book.programs[template]
    if not all(work.fillers.get(kind, (kind,)) for kind in rule.slot_types.values()):
        return False
    return isinstance(match(program, Line.of("", work.language, work.now)), Miss)


def _empty(work: Work, rule: Rule, number: int) -> Finding:
    why = f"no sentence fits the template “{rule.spec.hears[number]}”."
    fix = "take out what contradicts itself: a word that must be there and must not, or something beyond an edge."
    return Finding(work.sources.of(rule, "hears", number), rule.id, "template", why, fix)
