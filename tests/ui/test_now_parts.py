"""The page "now" without a window: every part of it is what the record says, entry by entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from her_desktop import events as ev
from her_desktop.clock import FixedClock
from her_desktop.dialogue.techniques import switchable, techniques
from her_desktop.events import Alternative, Entry, FinalTranscript, Recorded, Word
from her_desktop.inbox import InlineExecutor, Parts, Typed
from her_desktop.memory.journal import Journal
from her_desktop.session import Session
from her_desktop.trace import distance, origins
from her_desktop.trace.past import saved_turn
from her_desktop.ui.pages.now_changed import KINDS
from her_desktop.ui.pages.now_considered import plain, short_reason
from her_desktop.ui.pages.now_parts import PARTS, made, reached, touched
from her_desktop.ui.pages.now_said import wanted
from her_desktop.ui.pages.now_words import parts, unused
from tests.dialogue.own import OwnTalk
from tests.dialogue.talk import Talk, conversation
from tests.dialogue.test_initiative import TALKATIVE
from tests.trace.generated import converse
from tests.trace.packs import NOW

from . import feed
from .feed import Feed

AT = datetime(2026, 11, 22, 23, 14, tzinfo=UTC)
Turns = list[tuple[Recorded, ...]]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    where = tmp_path_factory.mktemp("now")
    converse(where, 30, 11)
    return where


@pytest.fixture(scope="module")
def turns(home: Path) -> Turns:
    """At least 50 turns that were answered."""
    with Journal(home) as journal:
        numbers = [one.turn for one in journal.entries(kinds=[ev.Reply])]
        found = [tuple(journal.turn(number)) for number in dict.fromkeys(numbers)]
    assert len(found) >= 50
    return found


def recorded(entries: Sequence[Entry]) -> tuple[Recorded, ...]:
    return tuple(Recorded(seq, 1, 1, AT, entry) for seq, entry in enumerate(entries, 1))


def said_to(talk: Talk, line: str) -> tuple[Recorded, ...]:
    return recorded(talk.says(line).entries)


def of(turn: Sequence[Recorded], kind: type[Any]) -> list[Any]:
    return [one.entry for one in turn if isinstance(one.entry, kind)]


def part(name: str, turn: Sequence[Recorded], **taught: str) -> dict[str, Any]:
    return made(name, turn, taught)


def words(turn: Sequence[Recorded]) -> list[tuple[str, bool]]:
    return [(word["text"], word["used"]) for word in part("heard", turn)["words"]]


# ---- panes agree with the journal, entry by entry ----


def test_what_was_heard_is_what_was_recorded(turns: Turns) -> None:
    struck = 0
    for turn in turns:
        shown, heard, decision = part("heard", turn), of(turn, FinalTranscript)[0], of(turn, ev.Decision)[0]
        which = decision.alternative
        assert [word["text"] for word in shown["words"]] == heard.alternatives[which].text.split()
        assert [other["rank"] - 1 for other in shown["others"]] == [
            at for at in range(len(heard.alternatives)) if at != which
        ]
        for other in shown["others"]:
            reading = heard.alternatives[other["rank"] - 1]
            assert [word["text"] for word in other["words"]] == reading.text.split()
            assert other["confidence"] == reading.confidence
        assert shown["note"].startswith(heard.recognizer)
        assert len(shown["overlooked"]) == len(decision.repairs)
        struck += any(not word["used"] for word in shown["words"])
    assert struck > 5


def test_the_words_struck_through_are_those_that_the_decision_did_not_use(turns: Turns) -> None:
    for turn in turns:
        heard, read, decision = of(turn, FinalTranscript)[0], of(turn, ev.Interpreted)[0], of(turn, ev.Decision)[0]
        found = parts(heard.alternatives[decision.alternative])
        surfaces = [surface for part_ in found for surface in part_.surfaces]
        left = sorted(unused(found, read, decision))
        assert tuple(dict.fromkeys(surfaces[at] for at in left)) == decision.unused


def test_every_rule_considered_stands_in_its_order_with_its_reason(turns: Turns) -> None:
    for turn in turns:
        shown, read = part("considered", turn), of(turn, ev.Interpreted)[-1]
        groups = [group for group in shown["groups"] if "by herself" not in group["head"]]
        for group, decision in zip(groups, of(turn, ev.Decision), strict=True):
            winner, *losers = group["rows"]
            assert (winner["won"], winner["rule"]) == (True, decision.rule)
            assert [(row["rule"], row["reason"]) for row in losers] == [
                (one.rule, one.reason) for one in decision.losers
            ]
            assert not any(row["won"] for row in losers)
        assert shown["note"].startswith(f"{read.tried:,} of {read.of:,} rules tried")


def test_the_printed_order_the_pattern_and_the_conditions_are_the_decisions(turns: Turns) -> None:
    decided = 0
    for turn in turns:
        shown, decision = part("won", turn), of(turn, ev.Decision)[-1]
        assert [(one["field"], one["value"]) for one in shown["order"]] == [(f, plain(v)) for f, v in decision.order]
        assert (shown["rule"], shown["template"]) == (decision.rule, decision.template)
        assert {one["name"]: (one["words"], one["value"]) for one in shown["slots"]} == {
            name: (caught, decision.values.get(name, "")) for name, caught in decision.slots.items()
        }
        assert [(one["text"], one["holds"]) for one in shown["conditions"]] == [
            (one.text, one.value) for one in decision.conditions
        ]
        fields = [one["field"] for one in shown["order"] if one["decided"]]
        outranked = [one.reason for one in decision.losers if one.reason.startswith("outranked")]
        assert bool(fields) == bool(outranked)
        if fields:
            assert f" on {fields[0]}: " in outranked[0]
            decided += 1
    assert decided > 40


def test_every_change_has_its_line_and_nothing_else_has(turns: Turns) -> None:
    kinds = set()
    for turn in turns:
        rows = part("changed", turn).get("rows", [])
        there = [one for one in turn if isinstance(one.entry, KINDS)]
        assert [row["seq"] for row in rows] == [one.seq for one in there]
        for row, one in zip(rows, there, strict=True):
            assert all(value in row["text"] for value in _told(one.entry)), row
            kinds.add(type(one.entry))
    assert {ev.FactLearned, ev.SkillCalled, ev.QuestionOpened, ev.QuestionClosed, ev.WordingRewarded} <= kinds


def _told(entry: Entry) -> Iterator[str]:
    """What the line of an entry must have in it."""
    match entry:
        case ev.FactLearned():
            yield from (f"{entry.subject}.{entry.predicate}", f"“{entry.object}”", f"“{entry.words}”")
        case ev.FactUsed():
            yield from (f"{entry.subject}.{entry.predicate}", f"“{entry.object}”", f"turn {entry.source_turn}")
        case ev.FactForgotten():
            yield from (f"{entry.subject}.{entry.predicate}", f"turn {entry.source_turn}")
        case ev.TurnsMarked():
            yield from (entry.fact, *(str(mark.turn) for mark in entry.turns))
        case ev.FollowUpPlanned():
            yield from (entry.rule, f"{entry.due:%H:%M}")
        case ev.LightsSwitched():
            yield "on" if entry.on else "out"
        case ev.SkillCalled():
            yield from (f"{entry.skill}({entry.input})", entry.output)
        case ev.QuestionOpened():
            yield entry.rule
        case ev.QuestionClosed():
            yield entry.reply.partition(":")[2]
        case ev.WordingRewarded():
            yield from (entry.rule, "not well received" if not entry.reward else "as well received")
        case ev.CommandHeld() | ev.CommandResumed():
            yield f"“{entry.text}”"
        case ev.TechniqueSwitched():
            yield from (entry.technique, "on" if entry.on else "off")


def test_the_reply_is_its_spans_word_by_word(turns: Turns) -> None:
    for turn in turns:
        shown, reply = part("said", turn), of(turn, ev.Reply)[-1]
        assert shown["text"] == reply.text
        for origin in ("author", "mirrored", "remembered", "computed"):
            mine = "".join(piece["text"] for piece in shown["pieces"] if piece["origin"] == origin)
            assert mine == "".join("".join(span.text.split()) for span in reply.spans if span.origin == origin)
        joined = "".join((" " * (not one["glued"] and at > 0)) + one["text"] for at, one in enumerate(shown["pieces"]))
        assert joined == " ".join(reply.text.split())
        assert {(one["origin"], one["source"]) for one in shown["pieces"]} <= {
            (s.origin, s.source) for s in reply.spans
        }
        assert shown["pieces"][-1]["word"] == len(reply.text.split()) - 1, "she counts her words the same way"
        suppressed = [(one.rule, one.text) for one in of(turn, ev.Suppressed)]
        assert [(one["rule"], one["text"]) for one in shown["suppressed"]] == suppressed


def test_every_word_leads_to_a_place_that_exists(home: Path, turns: Turns) -> None:
    book, language = conversation().book, conversation().language
    seen: dict[str, int] = {}
    with Journal(home) as journal:
        for turn in turns:
            saved = saved_turn(journal, turn[0].turn, also_marked=True)
            resolved = {one.source: one.told for one in origins.origins(saved, book, language)}
            numbers = {one.seq: one.entry for one in turn}
            for piece in part("said", turn)["pieces"]:
                tab, target = piece["jump"]
                assert tab, piece
                assert piece["says"].endswith(".")
                assert "▮" in piece["text"] or resolved.get(piece["source"], "said before"), piece
                seen[tab] = seen.get(tab, 0) + 1
                if tab == "rules":
                    assert target in book.rules
                if tab == "record":
                    assert isinstance(numbers[int(target)], ev.SkillCalled)
                if tab == "here":
                    there = part("heard", turn)["words"]
                    assert all(any(at in word["indices"] for word in there) for at in piece["heard"])
                assert all(at in numbers for at in piece["changed"])
    assert {"rules", "record", "here"} <= seen.keys()


def test_techniques_are_those_of_the_reply_with_their_definition(turns: Turns) -> None:
    for turn in turns:
        shown, reply = part("charms", turn), of(turn, ev.Reply)[-1]
        assert [one["id"] for one in shown["labels"]][: len(reply.techniques)] == list(reply.techniques)
        for label in shown["labels"]:
            known = techniques()[label["id"]]
            assert (label["name"], label["definition"], label["source"]) == (known.name, known.definition, known.source)
            assert label["switchable"] == (label["id"] in switchable())
            for one in reply.seen:
                if one.technique == label["id"]:
                    assert (f"“{one.words}”" if one.words else "the whole of it") in label["seen"]
                    assert f"({one.cue})" in label["seen"]


def test_the_distance_is_the_one_that_is_measured(turns: Turns) -> None:
    for turn in turns:
        shown, reply = part("distance", turn), of(turn, ev.Reply)[-1]
        brought = of(turn, ev.Volunteered)
        found = distance.distance(reply, brought[-1] if brought else None)
        assert {one["origin"]: one["words"] for one in shown["shares"]} == {
            origin: getattr(found, origin)
            for origin in ("mirrored", "remembered", "computed", "author")
            if getattr(found, origin)
        }
        assert sum(one["share"] for one in shown["shares"]) == pytest.approx(1)
        assert (shown["told"], shown["note"]) == (distance.told(found), distance.told_dice(found))


def test_parts_that_grow_entry_by_entry_are_what_they_are_in_the_end(turns: Turns) -> None:
    for turn in turns[:30]:
        grown: dict[str, Any] = {name: {} for name in PARTS}
        for count in range(1, len(turn) + 1):
            for name in touched(turn[count - 1].entry):
                grown[name] = part(name, turn[:count])
            assert grown == {name: part(name, turn[:count]) for name in PARTS}


def test_a_spoken_turn_grows_the_same_way() -> None:
    script = Feed()
    turn = script.next_turn(feed.hearing() + feed.answering() + feed.speaking())
    grown: dict[str, Any] = {name: {} for name in PARTS}
    for count in range(1, len(turn) + 1):
        for name in touched(turn[count - 1].entry):
            grown[name] = part(name, turn[:count])
        assert grown == {name: part(name, turn[:count]) for name in PARTS}
    assert all(grown.values())


# ---- what was heard ----


def test_while_he_speaks_his_words_so_far_stand_there() -> None:
    turn = Feed().next_turn(feed.hearing())
    assert part("heard", turn[:2])["partial"] == "… a voice is heard"
    assert part("heard", turn)["partial"] == "I fear I have felt everything I will ever …"
    assert part("heard", turn)["note"] == "you are speaking"
    assert not part("considered", turn)
    assert not part("said", turn)


def test_why_his_words_were_taken_as_ended_and_how_long_it_took() -> None:
    turn = Feed().next_turn(feed.hearing() + feed.answering())
    note = part("heard", turn)["note"]
    assert note == "vosk:small-en-us-0.15 · 38 ms · taken as ended after 240 ms of silence"
    shown = part("heard", turn)["words"]
    assert [(one["text"], one["confidence"]) for one in shown] == list(zip(feed.HEARD.split(), feed.SURE, strict=True))
    (other,) = part("heard", turn)["others"]
    assert [one["text"] for one in other["words"] if one["differs"]] == ["hear"]


def test_short_forms_are_one_word_and_used_as_one() -> None:
    turn = said_to(Talk(), "i'm lonely at night, don't you know")
    assert words(turn) == [
        ("i'm", True), ("lonely", True), ("at", False), ("night,", False), ("don't", False), ("you", False),
        ("know", False),
    ]  # fmt: skip
    assert part("heard", turn)["left_over"] == "Struck through: 5 words that the winner did not use."


def test_one_of_two_same_words_can_be_left_over() -> None:
    reading = Alternative("I i I am mad")
    read = ev.Interpreted(
        tokens=(("i", "i", "i", "am", "mad"),), tried=1, of=1,
        candidates=(ev.Candidate("a.b", "i am mad", True, 0, (2, 3, 4), 3),),
    )  # fmt: skip
    decision = ev.Decision(rule="a.b", tier="global", order=(), template="i am mad", losers=(), unused=("I", "i"))
    assert unused(parts(reading), read, decision) == {0, 1}


def test_a_reading_that_is_not_the_best_is_named() -> None:
    heard = FinalTranscript(
        text="i em mad", recognizer="test:two",
        alternatives=(Alternative("i em mad", 0.5), Alternative("i am mad", 0.3, (Word("i"), Word("am"), Word("mad")))),
    )  # fmt: skip
    turn = recorded(Talk().takes(heard).entries)
    assert part("heard", turn)["reading"] == "2nd of 2 readings: the winner fits this one"
    assert words(turn) == [("i", True), ("am", True), ("mad", True)]


def test_forgotten_words_stay_blocks(home: Path, turns: Turns) -> None:
    heard = [(turn, of(turn, FinalTranscript)[0]) for turn in turns]
    masked = [turn for turn, said in heard if "▮" in said.text and said.recognizer == "typed"]
    assert masked
    for turn in masked:
        assert any("▮" in text for text, _ in words(turn))
        for piece in part("said", turn)["pieces"]:
            if "▮" in piece["text"] and piece["origin"] == "mirrored":
                assert "▮" in piece["says"]


def test_of_an_endless_utterance_and_reply_the_beginning_is_drawn() -> None:
    text = " ".join(f"word{at}" for at in range(1200))
    reply = ev.Reply(text=text, act="inform", tone="neutral", techniques=(), spans=(ev.Span(text, "author", "a.b#0"),),
                     rule="a.b", variant=0, of=1, choice=(0,), die=0.0)  # fmt: skip
    turn = recorded([FinalTranscript.typed(text), reply])
    assert [word for word, _ in words(turn)] == text.split()[:300]
    assert [piece["text"] for piece in part("said", turn)["pieces"]] == text.split()[:300]
    for name in ("heard", "said"):
        assert part(name, turn)["more"] == "… and 900 more words, which stand in the record"


def test_a_breath_before_it_is_not_part_of_what_was_answered() -> None:
    breath: list[Entry] = [
        ev.SpeechStarted(cause="voice"), ev.PartialTranscript(text="huh"), ev.Timing(stage="recognized", ms=9.0),
        ev.SpeechEnded(cause="silence", speech_ms=80, waited_ms=700), ev.SpeechDiscarded(why="only breath"),
    ]  # fmt: skip
    assert part("heard", recorded(breath))["discarded"] == "not answered: only breath"
    again = part("heard", recorded([*breath, ev.SpeechStarted(cause="key")]))
    assert (again["partial"], again["discarded"], again["note"]) == ("… the talk key is down", "", "you are speaking")
    typed = recorded([*breath, FinalTranscript.typed("hello"), ev.Timing(stage="first_sound", ms=80.0)])
    assert (part("heard", typed)["note"], part("heard", typed)["discarded"]) == ("typed", "")
    assert part("sound", typed)["ms"] == 80
    spoken = Feed().next_turn(feed.hearing() + feed.answering() + feed.speaking())
    after = recorded([*breath, *(one.entry for one in spoken)])
    for name in ("heard", "sound"):
        assert part(name, after) == part(name, spoken)


def test_speech_that_was_not_answered_says_why() -> None:
    turn = recorded([ev.SpeechStarted(cause="voice"), ev.SpeechDiscarded(why="only breath", text="huh")])
    assert part("heard", turn)["discarded"] == "not answered: only breath · “huh”"


# ---- where words come from ----


def test_each_kind_of_word_says_where_it_comes_from_and_leads_there() -> None:
    talk = Talk()
    learned = said_to(talk, "my name is Theodore")
    told = next(one for one in part("said", learned)["pieces"] if one["origin"] == "remembered")
    assert told["says"] == "Remembered, user.name: you said “my name is Theodore” in turn 1."
    assert told["jump"] == ["memory", "user.name"]
    asked = said_to(talk, "what is my name")
    used = of(asked, ev.FactUsed)[0]
    assert wanted(asked) == {used.fact: 1}
    told = next(one for one in part("said", asked)["pieces"] if one["origin"] == "remembered")
    assert told["says"] == "Remembered, user.name: you told her in turn 1."
    told = next(
        one
        for one in made("said", asked, {used.fact: "my name is Theodore"})["pieces"]
        if one["origin"] == "remembered"
    )
    assert told["says"] == "Remembered, user.name: you said “my name is Theodore” in turn 1."
    written = next(one for one in part("said", asked)["pieces"] if one["origin"] == "author")
    reply = of(asked, ev.Reply)[0]
    which = f"wording {reply.variant + 1} of {reply.of} of the rule {reply.rule}"
    assert written["says"] == f"Written beforehand, in the pack “greeting”: {which}."
    clock = said_to(talk, "what time is it")
    worked = next(one for one in part("said", clock)["pieces"] if one["origin"] == "computed")
    seq = next(one.seq for one in clock if isinstance(one.entry, ev.SkillCalled))
    assert worked["jump"] == ["record", str(seq)]
    assert worked["says"] == f"Worked out by the skill clock.time from “{of(clock, ev.SkillCalled)[0].input}”."
    mother = said_to(talk, "remember that my mother lives in Oslo")
    mirrored = next(one for one in part("said", mother)["pieces"] if one["origin"] == "mirrored")
    assert (mirrored["heard"], mirrored["jump"]) == ([6], ["here", ""])
    assert mirrored["says"] == "Your own word, handed back: “Oslo”."


def test_a_command_that_is_held_and_resumed_is_told_in_both_turns() -> None:
    talk = Talk()
    asks = said_to(talk, "cut the lihgts")
    assert part("heard", asks)["overlooked"] == ["overlooked to make it fit: “lihgts” taken for “lights”"]
    assert part("won", asks)["besides"] == [
        "It does something, and the words had to be repaired; so repair.meant asks first whether it was meant."
    ]
    assert part("considered", asks)["groups"][0]["rows"][0]["reason"].endswith("held: she asks first")
    done = said_to(talk, "yes")
    assert [group["head"] for group in part("considered", done)["groups"]] == [
        "", "then the command that was held, heard again",
    ]  # fmt: skip
    assert part("won", done)["rule"] == "lights.out"
    assert [row["what"] for row in part("changed", done)["rows"]][:2] == ["resumed", "closed"]
    assert "lights" in [row["what"] for row in part("changed", done)["rows"]]


def test_what_she_brings_up_by_herself_stands_with_what_else_she_could_have() -> None:
    turn = said_to(OwnTalk(TALKATIVE), "hello")
    *_, group = part("considered", turn)["groups"]
    assert group["head"] == "what she could bring up by herself"
    assert [row["rule"] for row in group["rows"]] == ["small.weather", "small.late", "small.named"]
    assert part("won", turn)["besides"][0].startswith("Then she brings up small.weather by herself")


def test_a_plan_names_when_and_why_it_may_lapse() -> None:
    turn = said_to(OwnTalk(TALKATIVE), "i have an interview at the bank")
    plans = [row for row in part("changed", turn)["rows"] if row["what"] == "plans"]
    assert plans
    assert plans[0]["jump"][0] == "rules"


def test_a_long_reason_is_shortened_and_kept_whole_beside_it() -> None:
    whole = (
        "condition is false: " + " or ".join(f"recently('a.b{n}')" for n in range(9)) + " (recently('a.b0') = False)"
    )
    assert len(short_reason(whole)) < 90
    assert short_reason("outranked by a.b on tier: generic after global") == "outranked on tier: generic after global"
    assert short_reason("fails at “x”: wants y") == "fails at “x”: wants y"


def test_no_technique_is_told_too() -> None:
    reply = ev.Reply(text="Yes.", act="confirm", tone="neutral", techniques=(), spans=(), rule="a.b", variant=0, of=1,
                     choice=(0,), die=0.0)  # fmt: skip
    assert part("charms", recorded([reply])) == {"note": "none in it", "labels": []}


def test_the_wait_counts_from_his_last_word() -> None:
    spoken = Feed().next_turn(feed.hearing() + feed.answering() + feed.speaking())
    assert part("sound", spoken)["ms"] == 240 + 325
    assert part("sound", spoken)["text"].startswith("0.56 s from your last word to her first sound")
    typed = recorded([FinalTranscript.typed("hello"), ev.Timing(stage="first_sound", ms=80.0)])
    assert part("sound", typed)["text"].startswith("0.08 s from your line")
    assert part("sound", typed[:1]) == {}


def test_where_she_is_in_her_reply_and_where_she_was_cut_off() -> None:
    spoken = [ev.WordSpoken(index=at, text="word", at_ms=at * 300) for at in range(4)]
    assert reached((-1, -1), recorded(spoken)) == (3, -1)
    assert reached((3, -1), recorded([ev.PlaybackFinished(sound_ms=1200)])) == (-1, -1)
    cut = ev.PlaybackInterrupted(cause="he pressed stop", at_ms=1000)
    assert reached((3, -1), recorded([cut])) == (-1, 4)
    said = recorded([*of(Feed().next_turn(feed.answering()), ev.Reply), cut])
    assert part("said", said)["cut"] == "cut off after 1.0 s, for you pressed stop"


def test_a_chat_is_taken_apart_as_it_was_recorded(tmp_path: Path) -> None:
    lines = ["my dog's name is Bello", "I am mad at my brother, well", "what is my dog called"]
    seen: list[Recorded] = []
    with Journal(tmp_path) as journal:
        session = Session(conversation(), journal, FixedClock(NOW), 3, "chat", Parts, InlineExecutor())
        session.watch(seen.append)
        session.start()
        for line in lines:
            session.handle(Typed(line))
        session.close()
        for number, line in enumerate(lines, 1):
            live = tuple(one for one in seen if one.turn == number)
            kept = tuple(journal.turn(number))
            assert {name: part(name, live) for name in PARTS} == {name: part(name, kept) for name in PARTS}
            assert [text for text, _ in words(kept)] == line.split()
