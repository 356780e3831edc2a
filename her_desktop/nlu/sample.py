"""Makes sentences that a template accepts, from the template alone: for authors to read, for lint and for tests.

The template is written out as a graph without circles, in which every way from the first node to the last is a
sentence. Ways that an absent word or an anchor forbids are never in it, so what comes out is always accepted.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from itertools import chain, combinations, islice

import msgspec

from her_desktop.language import tokenize
from her_desktop.nlu.program import Lexicon, compile_template
from her_desktop.nlu.template import Absent, Edge, Gap, Group, Node, Reference, Slot, Word, parse

Fillers = Mapping[str, tuple[str, ...]]
"""Slot type to what such a slot may catch; `*` to what may stand in a gap, else that is what a text slot may catch."""


def sentences(template: str, lexicon: Lexicon, fillers: Fillers, rng: random.Random, most: int) -> tuple[str, ...]:
    """Sentences that the template accepts, each once: first the plain ones, shortest first, then varied ones.

    The plain ones go through every alternative, member of a concept and filler, if `most` sentences can do that; they
    take one at a time where there is room. What can never fit (`tea !tea`) and what only fits where nothing is said
    gives none; so does a slot whose type has no fillers. It is not seen here where fillers of values run together to
    one value, as `ten minutes` and `30` do.

    Args:
        template: as it stands in a pack.
        lexicon: what it may refer to.
        fillers: what goes into slots and gaps.
        rng: chooses among pieces and ways; the same state gives the same sentences.
        most: how many to return at most.

    Raises:
        TemplateError: the template cannot be compiled.
    """
    compile_template(template, lexicon)
    writer = _Writer(lexicon, fillers)
    ways = _Ways(writer.edges, writer.add(parse(template), 0, frozenset()), rng)
    if not ways.steps or most < 1:
        return ()
    found, covered = ways.said(ways.one_by_one(), most)
    if not covered:
        found, _ = ways.said(ways.all_at_once(), most)
    plain = dict.fromkeys(sorted(found, key=lambda sentence: len(sentence.split())))
    varied = dict.fromkeys(ways.at_random(_TRIES * (most - len(plain))))
    return tuple(islice(plain | varied, most))


_TRIES = 4
"""Ways to try for each sentence that is wanted: some say the same."""


class _Edge(msgspec.Struct, frozen=True):
    """From one node to a later one: saying one of `pieces`, or an anchor, or nothing."""

    to: int
    pieces: tuple[str, ...] = ("",)
    words: int = 0
    """Of the first piece, which is the shortest."""
    filler: bool = False
    """Whether anchors step over the pieces."""
    anchor: str = ""


class _Writer:
    """Writes a template out as a graph: the edges of each node. Nodes are numbered so that every edge leads upwards."""

    def __init__(self, lexicon: Lexicon, fillers: Fillers) -> None:
        self.edges: list[list[_Edge]] = [[]]
        self._lexicon, self._fillers = lexicon, fillers

    def add(self, node: Node, at: int, absent: frozenset[str]) -> int:
        """Write a part of the template out from one node of the graph on; returns the node at which it ends.

        Where the part cannot be said, nothing leads to that node.
        """
        match node:
            case Word():
                return self._say(at, (node.text,), absent) if self._norms(node.text) else at
            case Slot():
                return self._slot(node.type, at, absent)
            case Gap():
                words = self._fillers.get("*", self._fillers.get("text", ()))
                short = (one for one in words if node.most is None or len(self._norms(one)) <= node.most)
                return self._join([at, self._say(at, tuple(short), absent)])
            case Edge():
                end = self._node()
                self.edges[at].append(_Edge(end, anchor=node.kind))
                return end
            case Reference(kind="concept"):
                return self._concept(node.name, at, absent)
            case Reference():
                return self.add(parse(self._lexicon.expansions[node.name]), at, absent)
            case Group():
                return self._group(node, at, absent)
        return at

    def _slot(self, kind: str, at: int, absent: frozenset[str]) -> int:
        if kind.startswith("~"):
            return self._concept(kind[1:], at, absent)
        return self._say(at, self._fillers.get(kind, ()), absent)

    def _group(self, node: Group, at: int, absent: frozenset[str]) -> int:
        match node.kind:
            case "choice":
                return self._choice(node.items, at, absent)
            case "optional":
                return self._join([at, self.add(node.items[0], at, absent)])
            case "any_order":
                return self._any_order(node.items, at, absent.union(*map(self._forbidden, node.items)))
        absent |= self._forbidden(node)
        for item in node.items:
            at = self.add(item, at, absent)
        return at

    def _choice(self, items: tuple[Node, ...], at: int, absent: frozenset[str]) -> int:
        plain = {item: self._plain(item) for item in items}
        said = self._say(at, tuple(text for text in plain.values() if text), absent)
        return self._join([said, *(self.add(item, at, absent) for item, text in plain.items() if not text)])

    def _any_order(self, items: tuple[Node, ...], at: int, absent: frozenset[str]) -> int:
        """A node for each set of parts that have been said."""
        every = range(len(items))
        ends: dict[tuple[int, ...], list[int]] = {(): [at]}
        for size in range(len(items) + 1):
            for done in combinations(every, size):
                here = ends[done] = [self._join(ends[done])]
                for part in every:
                    if part not in done:
                        then = tuple(sorted((*done, part)))
                        ends.setdefault(then, []).append(self.add(items[part], here[0], absent))
        return ends[tuple(every)][0]

    def _concept(self, name: str, at: int, absent: frozenset[str]) -> int:
        return self._choice(self._members(name), at, absent)

    def _members(self, concept: str) -> tuple[Node, ...]:
        return tuple(
            Reference("concept", member[1:], 0) if member.startswith("~") else parse(member)
            for member in self._lexicon.concepts[concept]
        )

    def _say(self, at: int, pieces: tuple[str, ...], absent: frozenset[str]) -> int:
        end, fillers = self._node(), self._lexicon.language.fillers
        norms = {piece: found for piece in pieces if (found := self._norms(piece)) and not absent & set(found)}
        for filler in (False, True):
            kept = [piece for piece, found in norms.items() if fillers.issuperset(found) is filler]
            if kept:
                first = min(kept, key=lambda piece: len(norms[piece]))
                rest = (piece for piece in kept if piece != first)
                self.edges[at].append(_Edge(end, (first, *rest), len(norms[first]), filler))
        return end

    def _plain(self, node: Node) -> str:
        """The text of a sequence of words alone; empty for anything else."""
        match node:
            case Group(kind="sequence", items=items):
                words = [item.text for item in items if isinstance(item, Word)]
                text = " ".join(words)
                return text if len(words) == len(items) and self._norms(text) else ""
        return ""

    def _forbidden(self, node: Node) -> frozenset[str]:
        """What must be absent wherever the node stands: an expansion stands there as if it were written out."""
        match node:
            case Group(kind="sequence"):
                held = (item for item in node.items if isinstance(item, Absent | Reference))
                return frozenset().union(*map(self._forbidden, held))
            case Reference(kind="expansion"):
                return self._forbidden(parse(self._lexicon.expansions[node.name]))
            case Absent():
                return frozenset(self._words(node.item))
        return frozenset()

    def _words(self, node: Node) -> Iterator[str]:
        match node:
            case Word():
                yield from self._norms(node.text)
            case Group():
                yield from chain.from_iterable(map(self._words, node.items))
            case Reference():
                yield from chain.from_iterable(map(self._words, self._members(node.name)))

    def _norms(self, text: str) -> tuple[str, ...]:
        return tuple(token.norm for token in tokenize(text, self._lexicon.language.contractions))

    def _node(self) -> int:
        self.edges.append([])
        return len(self.edges) - 1

    def _join(self, ends: list[int]) -> int:
        if len(ends) == 1:
            return ends[0]
        join = self._node()
        for end in dict.fromkeys(ends):
            self.edges[end].append(_Edge(join))
        return join


class _State(msgspec.Struct, frozen=True, order=True):
    """A node of the graph, and what decides whether an anchor fits there."""

    node: int
    begun: bool
    """Something was said that a `^` may not come after."""
    ended: bool
    """A `$` has passed: only words that anchors step over may follow."""


class _Step(msgspec.Struct, eq=False):
    """An edge between two states, and how many of its pieces have been said."""

    at: _State
    to: _State
    pieces: tuple[str, ...]
    words: int
    said: int = 0
    counts: bool = False
    """Whether there was something to choose: where all such steps are covered, everything is."""

    @property
    def unsaid(self) -> bool:
        return self.counts and self.said < len(self.pieces)


class _Ways:
    """All ways through the graph that reach its end, and which of their steps have been taken."""

    def __init__(self, edges: list[list[_Edge]], end: int, rng: random.Random) -> None:
        self._rng = rng
        self._start = _State(0, False, False)
        self.steps = _steps(edges, self._start, end)
        for steps in self.steps.values():
            for step in steps:
                step.pieces = (step.pieces[0], *rng.sample(step.pieces[1:], len(step.pieces) - 1))
                step.counts = len(steps) > 1 or len(step.pieces) > 1

    def said(self, ways: Iterator[list[_Step]], most: int) -> tuple[list[str], bool]:
        """The first sentences of some ways, each once, and whether these go through everything."""
        for steps in self.steps.values():
            for step in steps:
                step.said = 0
        found: dict[str, None] = {}
        for way in islice(ways, _TRIES * most):
            if sentence := self._say(way):
                found[sentence] = None
            if len(found) == most:
                break
        return list(found), not any(self._unsaid())

    def one_by_one(self) -> Iterator[list[_Step]]:
        """The shortest way, then for each step that was not yet taken the shortest way through it."""
        to_end = self._onwards(fullest=False)
        from_start = self._backwards()
        yield self._follow(self._start, to_end)
        for step in self._unsaid():
            while step.unsaid:
                before = [step]
                while (at := before[-1].at) != self._start:
                    before.append(from_start[at])
                yield [*reversed(before), *self._follow(step.to, to_end)]

    def all_at_once(self) -> Iterator[list[_Step]]:
        """The shortest way, then each time the one with the most steps that were not yet taken."""
        yield self._follow(self._start, self._onwards(fullest=False))
        while any(self._unsaid()):
            yield self._follow(self._start, self._onwards(fullest=True))

    def at_random(self, ways: int) -> Iterator[str]:
        """Sentences of so many ways, each of whose steps is chosen by chance."""
        for _ in range(ways):
            way, at = list[_Step](), self._start
            while at in self.steps:
                way.append(self._rng.choice(self.steps[at]))
                at = way[-1].to
            if sentence := self._say(way):
                yield sentence

    def _unsaid(self) -> Iterator[_Step]:
        return (step for steps in self.steps.values() for step in steps if step.unsaid)

    def _say(self, way: list[_Step]) -> str:
        pieces = [step.pieces[step.said] if step.unsaid else self._rng.choice(step.pieces) for step in way]
        for step in way:
            step.said += 1
        return " ".join(piece for piece in pieces if piece)

    def _onwards(self, *, fullest: bool) -> dict[_State, _Step]:
        """For each state the best step to the end: with the most that is unsaid if wanted, then the fewest words."""
        best: dict[_State, _Step] = {}
        worth: dict[_State, tuple[int, int]] = {}
        for at, steps in reversed(self.steps.items()):
            for step in steps:
                unsaid, words = worth.get(step.to, (0, 0))
                new = (unsaid - (fullest and step.unsaid), words + step.words)
                if at not in worth or new < worth[at]:
                    best[at], worth[at] = step, new
        return best

    def _backwards(self) -> dict[_State, _Step]:
        """For each state the step to it on the shortest way from the beginning."""
        best: dict[_State, _Step] = {}
        words = {self._start: 0}
        for at, steps in self.steps.items():
            for step in steps:
                if step.to not in words or words[at] + step.words < words[step.to]:
                    best[step.to], words[step.to] = step, words[at] + step.words
        return best

    def _follow(self, at: _State, best: Mapping[_State, _Step]) -> list[_Step]:
        way: list[_Step] = []
        while at in best:
            way.append(best[at])
            at = way[-1].to
        return way


def _steps(edges: list[list[_Edge]], start: _State, end: int) -> dict[_State, list[_Step]]:
    """The steps from each state, in the order of the graph: only those on a way from the beginning to the end."""
    anchored = [False] * len(edges)
    for node in reversed(range(len(edges))):
        anchored[node] = any(edge.anchor == "start" or anchored[edge.to] for edge in edges[node])
    reached: list[dict[_State, None]] = [{} for _ in edges]
    reached[0][start] = None
    found: dict[_State, list[_Step]] = {}
    for node, states in enumerate(reached):
        for at in states:
            found[at] = []
            for edge in edges[node]:
                if to := _after(at, edge, anchored[edge.to]):
                    reached[to.node][to] = None
                    found[at].append(_Step(at, to, edge.pieces, edge.words))
    for at in reversed(list(found)):
        found[at] = [step for step in found[at] if step.to in found or step.to.node == end]
        if not found[at]:
            del found[at]
    return found


def _after(at: _State, edge: _Edge, anchored: bool) -> _State | None:
    """The state after an edge; None where an anchor forbids it. Beginnings only matter where a `^` may follow."""
    speaks = bool(edge.words) and not edge.filler
    if (speaks and at.ended) or (edge.anchor == "start" and at.begun):
        return None
    return _State(edge.to, anchored and (at.begun or speaks), at.ended or edge.anchor == "end")
