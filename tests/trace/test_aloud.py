"""What she says about herself is so: each reason that she names changes the reply when it is taken away."""

import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from her_desktop.events import Alternative, Decision, FinalTranscript, Origin, Span
from her_desktop.trace.alterations import Alteration, FactGone, NoQuestion, OtherDie, WordsLeftOut, surfaces
from her_desktop.trace.origins import origins, words
from her_desktop.trace.scene import Scene
from her_desktop.trace.spoken_topics import topic
from her_desktop.trace.turns import SavedTurn
from her_desktop.trace.what_if import what_if
from tests.trace.generated import heard, utterances
from tests.trace.talking import Talking

PROFILES, TURNS, SAMPLE = 10, 36, 12
WHY, PROGRAM, PLEASING = "why did you say that", "is that just programming", "are you flattering me"


class Spoken:
    """One spoken explanation, held against the record and the real code."""

    def __init__(self, talk: Talking, turn: SavedTurn) -> None:
        self.talk, self.turn = talk, turn
        conversation = talk.packs.of(turn)
        self.scene, self.language = Scene.of(turn, conversation), conversation.language
        self.counts = Counter(one.origin for one in origins(turn, conversation.book, conversation.language))

    def hangs_on(self, *ways: Alteration) -> bool:
        return any(what_if(self.scene, self.turn.reply, way).differs for way in ways)

    def words(self, quoted: str) -> bool:
        """Each quoted word was said, in this order, and without it she would have said something else."""
        number = self.turn.decisions[0].alternative
        said, at = surfaces(self.turn.heard.alternatives[number].text, self.language), 0
        for word in quoted.replace("…", " ").split():
            places = [place for place in range(at, len(said)) if said[place].casefold() == word.casefold()]
            place = next((place for place in places if self.hangs_on(WordsLeftOut((place,), number))), None)
            if place is None:
                return False
            at = place + 1
        return True

    def many(self, count: str) -> bool:
        number = self.turn.decisions[0].alternative
        said = surfaces(self.turn.heard.alternatives[number].text, self.language)
        return sum(self.hangs_on(WordsLeftOut((at,), number)) for at in range(len(said))) == int(count)

    def no_single(self, count: str) -> bool:
        said = surfaces(self.turn.heard.alternatives[self.turn.decisions[0].alternative].text, self.language)
        return self.many("0") and len(said) == int(count)

    def facts(self, listed: str) -> bool:
        rest = listed
        for fact in sorted(self.turn.before.facts.values(), key=lambda fact: -len(fact.object)):
            if fact.object in listed and self.hangs_on(FactGone(fact.name)):
                rest = rest.replace(fact.object, "")
        return set(re.findall(r"\w+", rest)) <= {"and"}

    def told(self, quoted: str) -> bool:
        told = [fact for fact in self.turn.before.facts.values() if fact.words.strip(" .!?") == quoted]
        return any(self.hangs_on(FactGone(fact.name)) for fact in told)

    def asked(self, quoted: str) -> bool:
        question = self.turn.before.question
        assert question
        return quoted in self.talk.turn(question.turn).reply.text and self.hangs_on(NoQuestion())

    def dice(self, count: str) -> bool:
        choice = self.turn.reply.choice
        ways = [OtherDie(self.turn.reply.rule, (at + 0.5) / len(choice)) for at in range(len(choice))]
        return len(choice) == int(count) and self.hangs_on(*ways)

    def lot(self, count: str) -> bool:
        return len(self.turn.reply.draws) == int(count)

    def rules_about(self, name: str) -> bool:
        return topic(self.turn.reply.rule.split(".")[0], "en") == name

    def brought_up(self, name: str) -> bool:
        brought = self.turn.volunteered
        return brought is not None and topic(brought.rule.split(".")[0], "en") == name

    def last_resort(self, count: str) -> bool:
        decision = self.turn.decision
        rules = self.scene.conversation.book.rules
        fitting = [one.rule for one in decision.losers if one.reason.startswith("outranked")]
        others = [one for one in fitting if rules[one].tier != "fallback"]
        return decision.tier == "fallback" and not others and int(count) > 100

    def danger(self, quoted: str) -> bool:
        return self.turn.decision.tier == "safety" and quoted.partition(" …")[0] in self.turn.heard.text

    def corrected(self, quoted: str) -> bool:
        return bool(self.turn.decision.repairs) and self.turn.decision.held and bool(quoted)

    def total(self, count: str) -> bool:
        return len(self.turn.reply.text.split()) == int(count)

    def all_written(self, count: str) -> bool:
        return self.counts == {"author": int(count)}

    def all_computed(self, count: str) -> bool:
        return self.counts == {"computed": int(count)}

    def of(self, origin: Origin) -> Callable[[str], bool]:
        return lambda count: self.counts[origin] == int(count)

    def charms(self, listed: str) -> bool:
        """Every name in the list is one of a technique of the reply, and none is left out."""
        from her_desktop.dialogue.techniques import techniques  # noqa: PLC0415 -- only here

        known = techniques()
        used = [known[one] for one in self.turn.reply.techniques if {"I", "M"} & {*known[one].classes}]
        rest = listed
        for one in used:
            assert one.aloud["en"] in rest
            rest = rest.replace(one.aloud["en"], "")
        return set(re.findall(r"\w+", rest)) <= {"and"}

    def charms_few(self, listed: str) -> bool:
        """The first two, and how many more there are."""
        from her_desktop.dialogue.techniques import techniques  # noqa: PLC0415 -- only here

        known = techniques()
        used = [known[one].aloud["en"] for one in self.turn.reply.techniques if {"I", "M"} & {*known[one].classes}]
        more = f", and {len(used) - 2} more" if len(used) > 2 else ""
        return listed == " and ".join(used[:2]) + more

    def exhibited(self, count: str) -> bool:
        quoted = " ".join(re.findall(r"“([^”]+)”", self.turn.reply.text))
        return self.turn.reply.exhibit and len(quoted.split()) == int(count)

    def uncharmed(self, quoted: str) -> bool:
        return quoted.partition(" …")[0] in self.turn.reply.text and self.charms("")


def spoken_in(one: Spoken) -> list[tuple[str, Callable[[str], bool]]]:
    """Everything that she may say, each with how to see whether it is so."""
    return [
        (
            r"(?:You said|because you said|And you said|Of all that you said, it turned on"
            r"|of all that you said, it turned on|What decided:|and the answer) “([^”]+)”",
            one.words,
        ),
        (r"(\d+) (?:of your words|words, each of them)", one.many),
        (r"no single one of (?:your|the) (\d+) words", one.no_single),
        (r"Facts in it: (.+?)\. ?(?:The|All|Of|It|$)", one.facts),
        (r"what you told me(?:, too)?: (.+?)\. ?(?:The|All|Of|It|$)", one.facts),
        (r"(?:something you told me(?:, too)?|something told before): “([^”]+)”", one.told),
        (r"(?:I had asked:|was the question) “([^”]+)”", one.asked),
        (r"(?:picked it from|dice chose among|Dice picked the sentence out of) (\d+)", one.dice),
        (r"(?:drawn by lot from|The lot chose among) (\d+)", one.lot),
        (r"(?:rules|those) about (.+?)(?= gave the answer|\.|, and|, because|$)", one.rules_about),
        (r"by myself, from the rules about (.+?)\.", one.brought_up),
        (r"(?:Of|last resort of) (\d+) rules", one.last_resort),
        (r"anger can lie in “([^”]+)”", one.danger),
        (r"not sure of “([^”]+)”", one.corrected),
        (r"“([^”]+)” was not certain", one.corrected),
        (r"Of its (\d+) words", one.total),
        (r"All its (\d+) words were written", one.all_written),
        (r"All its (\d+) words were worked", one.all_computed),
        (r"words, (\d+) were written", one.of("author")),
        (r", (\d+) came from (?:you|what was said)", one.of("mirrored")),
        (r", (\d+) from what (?:you told me|was told)", one.of("remembered")),
        (r", (\d+) from working", one.of("computed")),
        (r"answer is made to feel close by (.+?)\.(?: It was| It comes|$)", one.charms),
        (r"Meant to feel close: (.+?)\.$", one.charms_few),
        (r"(\d+) of its words (?:are a quotation|stand in quotation marks)", one.exhibited),
        (r"tries to come close by (.+?)\. I am", one.charms),
        (r"Techniques in it: (.+?)\.$", one.charms_few),
        (r"In that answer: (.+?)\.(?: It came|$)", one.charms),
        (r"(?:please you|win you over|the kind was) in “([^”]+)”", one.uncharmed),
    ]


def check(talk: Talking, turn: SavedTurn) -> int:
    """Each value that she spoke is in something that was checked, and it is so. Returns how many there were."""
    text, spans = talk.reply.text, talk.reply.spans
    covered: set[int] = set()
    for pattern, is_so in spoken_in(Spoken(talk, turn)):
        for found in re.finditer(pattern, text, re.IGNORECASE):
            if is_so_here(pattern, found, is_so):
                covered.update(range(*found.span(1)))
    unproven = [span.text for at, span in placed(spans) if span.origin != "author" and not covered.issuperset(
        place for place in range(at, at + len(span.text)) if text[place].isalnum())]  # fmt: skip
    assert not unproven, (turn.heard.text, turn.reply.text, text)
    return sum(span.origin != "author" for span in spans)


def is_so_here(pattern: str, found: re.Match[str], is_so: Callable[[str], bool]) -> bool:
    if "by myself" not in pattern and "by myself, from the rules about" in found.string[: found.end()][-90:]:
        return False
    said = found.group(1)
    return is_so(said) or is_so(said[:1].lower() + said[1:])


def placed(spans: tuple[Span, ...]) -> list[tuple[int, Span]]:
    starts = [sum(len(span.text) for span in spans[:at]) for at in range(len(spans))]
    return list(zip(starts, spans, strict=True))


@pytest.mark.parametrize("profile", range(PROFILES))
def test_whatever_she_names_as_a_reason_changes_the_reply_when_it_is_taken_away(
    tmp_path: Path, whole: bool, profile: int
) -> None:
    rng, told, values, count = random.Random(profile), 0, 0, TURNS if whole else SAMPLE
    with Talking(tmp_path, seed=profile, adapts=profile % 2 == 0) as talk:
        talk.says("my name is ada")
        for _ in range(count):
            talk.speaks(heard(rng))
            meant = talk.number
            for question in (WHY, rng.choice((PROGRAM, PLEASING))):
                talk.says(question)
                if not talk.reply.rule.startswith("trace.") or talk.called.turns != (meant,):
                    break  # an open question of hers took the words, or his own were one
                assert talk.dangling() == ()
                values += check(talk, talk.turn(meant))
                told += 1
    assert told > count
    assert values > 2 * told


def test_there_is_enough_to_talk_about() -> None:
    assert PROFILES * TURNS >= 300
    assert len(utterances()) > 500


def test_a_false_reason_would_be_seen(tmp_path: Path) -> None:
    with Talking(tmp_path) as talk:
        talk.says("i feel lonely today", WHY)
        spoken = Spoken(talk, talk.turn(1))
        assert spoken.words("i feel lonely")
        assert not spoken.words("today")
        assert not spoken.dice("7")
        assert not spoken.all_written("3")


def test_nothing_else_is_named_than_what_was_needed(tmp_path: Path) -> None:
    with Talking(tmp_path) as talk:
        assert "“i feel lonely”" in talk.says("i feel lonely today", WHY)
        assert "today" not in talk.reply.text


def test_what_was_said_in_the_conversation_before_can_still_be_explained(tmp_path: Path) -> None:
    with Talking(tmp_path) as talk:
        talk.says("i feel lonely today")
    with Talking(tmp_path) as talk:
        assert "lonely" in talk.says(WHY)
        assert talk.called.turns == (1,)
        assert talk.dangling() == ()


def test_packs_that_are_gone_are_said_to_be_gone(tmp_path: Path) -> None:
    with Talking(tmp_path) as talk:
        said = talk.says("i feel lonely today")
    with Talking(tmp_path) as talk:
        talk.packs._made = {}  # the session kept no pack files
        text = talk.says(WHY)
        assert "not kept" in text
        assert said.strip(" .!?") in text
        assert talk.dangling() == ()


def test_another_reading_is_told_with_how_sure_she_is(tmp_path: Path) -> None:
    readings = (Alternative("i feel lovely", 0.55), Alternative("i feel lonely", 0.3))
    with Talking(tmp_path) as talk:
        talk.speaks(FinalTranscript(text="i feel lovely", recognizer="vosk:x", alternatives=readings))
        decision = next(one.entry for one in talk.turn(1).entries if isinstance(one.entry, Decision))
        text = talk.says("what did you hear")
        assert "“i feel lovely”" in text
        assert "55 percent" in text
        other = "rule fits it only as" if decision.alternative else "also have been"
        assert "i feel lonely" in text
        assert other in text or "reading" in text


@pytest.mark.parametrize("length", [3, 21, 70])
def test_what_he_said_at_length_is_not_read_back_at_length(tmp_path: Path, length: int) -> None:
    said = " ".join(["i feel lonely", *["and so on we went"] * (length // 5)])
    with Talking(tmp_path) as talk:
        talk.says(said)
        assert len(talk.says("what did you hear").split()) <= 45
        assert len(talk.says(WHY).split()) <= 60


def test_the_words_of_a_turn_are_counted_as_the_trace_counts_them(tmp_path: Path) -> None:
    with Talking(tmp_path) as talk:
        talk.says("my name is ada", "hello there", "i fear the winter", "more of that", WHY)
        for number in (1, 2, 3):
            turn = talk.turn(number)
            assert len(list(words(turn.reply.spans))) == len(turn.reply.text.split())


def test_a_correction_later_leaves_what_was_true_then(tmp_path: Path) -> None:
    with Talking(tmp_path) as talk:
        talk.says("my name is ada", "hello", "my name is bert", "why did you say that when i said hello")
        assert talk.called.turns == (2,)
        assert "Ada" in talk.reply.text
        assert talk.dangling() == ()


def test_what_is_marked_as_forgotten_is_not_explained(tmp_path: Path) -> None:
    with Talking(tmp_path) as talk:
        talk.says("my name is ada", "forget my name", "why did you say the one before that")
        assert "forgotten" in talk.reply.text
        assert "ada" not in talk.reply.text.casefold()
        assert "▮" not in talk.says(WHY)


def test_without_a_record_she_says_what_she_still_knows(tmp_path: Path) -> None:
    with Talking(tmp_path) as talk:
        talk.session._conversation = replace(talk.session._conversation, record=None)
        assert "hello you" in talk.says("hello you", "what did you hear")
        assert "nothing" in talk.says(WHY)
