"""Among the wordings of a rule she leans to those that were received well; never among rules, and not in safety."""

from her_desktop.events import Reply, WordingRewarded
from tests.dialogue.own import OwnTalk, entries, entry

PACK = """\
topic: tea
rules:
  - id: tea.ask
    samples: [tea]
    hears: ["^tea $"]
    act: question
    says: ["Green?", "Black?", "White?"]
  - id: tea.bye
    samples: [bye]
    hears: ["^bye $"]
    act: goodbye
    ends: true
    says: ["Bye.", "See you."]
  - id: tea.help
    tier: safety
    samples: [help]
    hears: ["^help $"]
    act: refer
    says: ["I am here.", "Call somebody."]
"""


def why(talk: OwnTalk, utterance: str) -> list[str]:
    return [reward.why for reward in entries(talk.says(utterance), WordingRewarded)]


def test_the_reward_is_written_down_in_words() -> None:
    talk = OwnTalk(PACK)
    talk.says("tea")
    assert why(talk, "oh how lovely") == ["he answered warmly"]
    talk.says("tea")
    assert why(talk, "my grandmother always drank the black one") == ["he went on"]
    talk.says("tea")
    assert why(talk, "no") == ["he said little"]
    talk.says("tea")
    assert why(talk, "bye") == ["he left"]


def test_what_is_received_well_is_said_more_often() -> None:
    talk = OwnTalk(PACK, seed=5)
    said = []
    for _ in range(60):
        said.append(talk.says("tea").reply.text)
        talk.says("thanks, lovely" if said[-1] == "White?" else "no")
    assert said[30:].count("White?") >= 14  # never twice in a row, so 15 is all there can be
    liked = {name: counts.liked for name, counts in talk.state.received.items() if counts.liked}
    assert list(liked.values()) == [said.count("White?")]


def test_the_choice_is_in_the_trace_with_its_counts() -> None:
    talk = OwnTalk(PACK)
    first = talk.says("tea").reply
    assert first.draws == ()
    talk.says("thanks, lovely")
    talk.says("tea")
    reply = talk.says("tea").reply
    assert {draw.variant for draw in reply.draws} == set(reply.choice)
    assert max(reply.draws, key=lambda draw: draw.value).variant == reply.variant
    assert all(0 < draw.value < 1 for draw in reply.draws)


def test_a_setting_freezes_it() -> None:
    frozen = OwnTalk(PACK, adapts=False)
    for utterance in ("tea", "thanks, lovely", "tea", "no"):
        turn = frozen.says(utterance)
        assert not entries(turn, WordingRewarded)
        assert entry(turn, Reply).draws == ()
    assert not frozen.state.received


def test_safety_and_goodbyes_never_adapt() -> None:
    talk = OwnTalk(PACK)
    talk.says("help")
    assert why(talk, "thanks, lovely") == []
    talk.says("bye")
    assert why(talk, "thanks, lovely") == []


def test_the_same_seed_draws_the_same() -> None:
    said = [[OwnTalk(PACK, seed=3).says(u).reply for u in ("tea", "thanks", "tea", "no", "tea")] for _ in range(2)]
    assert said[0] == said[1]


def test_answers_below_a_safety_rule_do_not_adapt_either() -> None:
    guarded = PACK.replace(
        'says: ["I am here.", "Call somebody."]',
        'says: ["Is somebody there?"]\n    expects:\n'
        '      - {samples: ["no"], hears: ["^no $"], says: ["Stay with me.", "Then call."]}',
    )
    talk = OwnTalk(guarded)
    talk.says("help")
    talk.says("no")
    assert why(talk, "thanks, lovely") == []


def test_a_wording_that_was_changed_begins_anew() -> None:
    talk = OwnTalk(PACK, seed=5)
    talk.says("tea")
    talk.says("thanks, lovely")
    changed = OwnTalk(PACK.replace("Green?", "Mint?").replace("Black?", "Dark?").replace("White?", "Pale?"), seed=5)
    changed.state = talk.state
    changed.says("tea")
    assert changed.says("tea").reply.draws == () or all(d.liked == 0 for d in changed.turns[-1].reply.draws)
