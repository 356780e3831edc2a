"""What she brings up herself: gambits and follow-ups; and how she asks about a command that she half heard."""

from datetime import timedelta

from her_desktop.dialogue.state import QUESTION_LASTS_TURNS
from her_desktop.events import (
    CommandHeld,
    CommandResumed,
    Decision,
    FactUsed,
    FollowUpPlanned,
    QuestionClosed,
    QuestionOpened,
    Volunteered,
)
from tests.dialogue.own import OwnTalk, entries, entry

TALKATIVE = """\
topic: small
rules:
  - id: small.hello
    samples: [hello]
    hears: ["^hello $"]
    act: greeting
    volunteers: true
    says: ["Hello."]
  - id: small.interview
    samples: ["i have an interview at the bank"]
    hears: ["i have an interview [at {place}]"]
    act: question
    learns: {plan: "interview"}
    says: ["Good luck with it."]
    follow_up:
      after: 1 day
      act: question
      technique: [T08]
      says: ["How did the {user.plan} go?"]
      expects:
        - {samples: [well], hears: ["^well $"], says: ["I am glad."]}
gambits:
  - id: small.weather
    act: question
    says: ["Is it raining where you are?"]
    expects:
      - {samples: [it rains], hears: ["it rains"], says: ["Then stay in."]}
  - {id: small.late, act: question, needs: ["hour >= 22"], says: ["Still awake?"]}
  - {id: small.named, act: question, technique: [T02], says: ["What shall we do, {user.name}?"]}
"""


def test_a_gambit_is_brought_up_once_and_its_answer_is_bound_to_it() -> None:
    talk = OwnTalk(TALKATIVE)
    turn = talk.says("hello")
    assert turn.reply.text == "Hello. Is it raining where you are?"
    assert entry(turn, QuestionOpened).rule == "small.weather"
    assert [loser.rule for loser in entry(turn, Volunteered).losers] == ["small.late", "small.named"]
    assert talk.says("it rains").reply.text == "Then stay in."
    assert talk.says("hello").reply.text == "Hello."


def test_the_trace_says_why_another_one_was_not_brought_up() -> None:
    losers = entry(OwnTalk(TALKATIVE).says("hello"), Volunteered).losers
    assert {loser.rule: loser.reason for loser in losers} == {
        "small.late": "condition is false: hour >= 22 (hour = 15)",
        "small.named": "user.name has no value",
    }


def test_every_word_of_what_she_adds_has_its_own_origin() -> None:
    reply = OwnTalk(TALKATIVE).says("hello").reply
    assert "".join(span.text for span in reply.spans) == reply.text
    assert {span.source for span in reply.spans} == {"small.hello#0", "small.weather#0"}


def test_a_follow_up_waits_until_it_is_due_and_comes_before_any_gambit() -> None:
    talk = OwnTalk(TALKATIVE)
    asked = talk.now
    planned = entry(talk.says("i have an interview at the bank"), FollowUpPlanned)
    assert (planned.rule, planned.due) == ("small.interview/later", asked + timedelta(days=1))
    assert "interview" not in talk.says("hello").reply.text
    talk.says("it rains")
    talk.later(days=1)
    turn = talk.says("hello")
    assert turn.reply.text == "Hello. How did the interview go?"
    assert turn.reply.techniques == ("T08", "T30")
    assert entry(turn, FactUsed).predicate == "plan"
    assert talk.says("well").reply.text == "I am glad."
    assert not turn.state.promises
    assert talk.says("hello").reply.text == "Hello."


def test_she_does_not_talk_over_her_own_open_question() -> None:
    talk = OwnTalk(TALKATIVE)
    talk.says("hello")
    assert not entries(talk.says("hello"), Volunteered)


COMMANDS = """\
topic: do
rules:
  - id: do.leave
    tier: command
    samples: ["close the whole program now"]
    hears: ["^close the whole program now $"]
    act: goodbye
    ends: true
    says: ["I am gone."]
confirms:
  - id: do.ask
    act: question
    says: ["Did you say “{heard}”?"]
    expects:
      - {id: "yes", samples: ["yes"], hears: ["^yes $"], resumes: true, says: ["Then I will."]}
      - {id: "no", samples: ["no"], hears: ["^no $"], says: ["Then I leave it as it is."]}
"""


def test_a_command_that_had_to_be_repaired_is_asked_about_before_it_is_done() -> None:
    talk = OwnTalk(COMMANDS)
    turn = talk.says("close the whole prgram now")
    assert turn.reply.text == "Did you say “close the whole program now”?"
    assert not turn.reply.ends
    assert entry(turn, CommandHeld).rule == "do.leave"
    done = talk.says("yes")
    assert done.reply.ends
    assert done.reply.text == "I am gone."
    assert [decision.rule for decision in entries(done, Decision)] == ["do.ask/yes", "do.leave"]
    assert entry(done, CommandResumed).text == "close the whole program now"
    assert entry(done, QuestionClosed).cause == "answered"


def test_a_command_that_was_not_meant_is_not_done() -> None:
    talk = OwnTalk(COMMANDS)
    talk.says("close the whole prgram now")
    turn = talk.says("no")
    assert turn.reply.text == "Then I leave it as it is."
    assert not turn.reply.ends
    assert talk.state.held == ""
    assert talk.says("yes").reply.text == "I have no rule for that."


def test_the_question_about_a_command_lets_go_like_every_other() -> None:
    talk = OwnTalk(COMMANDS)
    talk.says("close the whole prgram now")
    for _ in range(QUESTION_LASTS_TURNS):
        talk.says("what a day")
    assert talk.state.held == ""
    assert not talk.says("yes").reply.ends


def test_a_command_that_was_heard_right_is_done_at_once() -> None:
    assert OwnTalk(COMMANDS).says("close the whole program now").reply.ends


def test_a_yes_to_something_else_does_not_carry_a_command_out() -> None:
    talk = OwnTalk(COMMANDS)
    talk.says("close the whole prgram now")
    talk.says("what a day")
    assert not talk.says("yes").reply.ends


def test_an_older_question_does_not_lose_the_command() -> None:
    talk = OwnTalk(TALKATIVE, COMMANDS)
    talk.says("hello")
    talk.says("close the whole prgram now")
    assert talk.state.held == "close the whole program now"
    assert talk.says("yes").reply.ends


def test_a_command_that_may_be_done_once_is_not_barred_by_her_own_question() -> None:
    talk = OwnTalk(COMMANDS.replace("    ends: true\n", "    ends: true\n    once: true\n"))
    talk.says("close the whole prgram now")
    assert talk.says("yes").reply.ends


def test_where_nothing_can_ask_a_repaired_command_is_not_done() -> None:
    talk = OwnTalk(COMMANDS[: COMMANDS.index("confirms:")])
    turn = talk.says("close the whole prgram now")
    assert turn.reply.rule == "otherwise.anything"
    losers = {loser.rule: loser.reason for loser in entry(turn, Decision).losers}
    assert losers["do.leave"] == "nothing can ask whether it was meant"


def test_a_follow_up_speaks_of_what_it_was_planned_for_or_not_at_all() -> None:
    talk = OwnTalk(
        TALKATIVE.replace(
            "gambits:",
            """\
  - id: small.surgery
    samples: ["i have surgery"]
    hears: ["i have surgery"]
    act: empathy
    learns: {plan: "surgery"}
    says: ["I am sorry."]
gambits:""",
        )
    )
    talk.says("i have an interview at the bank")
    talk.says("i have surgery")
    talk.later(days=1)
    turn = talk.says("hello")
    assert "surgery" not in turn.reply.text
    assert "still known" in entry(turn, Volunteered).losers[0].reason


def test_a_gambit_knows_what_he_just_told() -> None:
    talk = OwnTalk(
        TALKATIVE.replace(
            "gambits:",
            """\
  - id: small.name
    samples: ["my name is sam"]
    hears: ["my name is {name:name}"]
    act: greeting
    volunteers: true
    learns: {name: "{name|title}"}
    says: ["I see."]
gambits:""",
        ).replace("id: small.weather", "id: small.weather\n    needs: [\"not knows('user.name')\"]")
    )
    assert talk.says("my name is sam").reply.text == "I see. What shall we do, Sam?"
