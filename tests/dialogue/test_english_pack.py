"""The English pack as shipped: every sample finds its own rule, and whole conversations go the way they should."""

import re

import pytest

from her_desktop.dialogue.rules import Rule
from her_desktop.dialogue.techniques import techniques
from her_desktop.events import FactLearned
from tests.dialogue.talk import Talk, book, decision

BEFORE = {
    "greeting.what_is_my_name": ("my name is ada",),
    "about_you.wrong": ("i like green tea",),
    "memory.go_on": ("my name is ada", "what do you know about me"),
    "memory.too_late": ("my name is ada", "forget everything about me", "yes"),
    "memory.about_named": ("my son is called tim",),
    "memory.source_lately": ("my son is called tim", "why did you say that"),
    "memory.source_clock": ("what time is it",),
    "memory.forget_it": ("my name is ada",),
    **dict.fromkeys(
        ("exhibit.next", "exhibit.name", "exhibit.do_you", "exhibit.why", "exhibit.leave"), ("show me the exhibit",)
    ),
    "courtesy.again": ("hello",),
    "courtesy.heard": ("hello",),
    "humor.another": ("tell me a joke",),
    "humor.not_funny": ("tell me a joke",),
    "feelings.real_again": ("hello", "good morning", "are your feelings real"),
    "feelings.go_on": ("i am sad",),
    "feelings.nobody": ("my dog died", "nobody", "i don't know"),
    "greeting.hello_by_name": ("my name is ada",),
    "fallback.again": ("ten of clubs",),
    "safety.stay": ("i want to die",),
    "safety.go_on": ("i want to die",),
    "safety.short_answer": ("i want to die", "i'm shaking", "i'm shaking", "i'm shaking"),
    "safety.will_call": ("i want to die",),
    "safety.with_you": ("i want to die",),
    "smalltalk.go_on": ("my sister thinks i talk too much",),
    "safety.plainly": ("i want to die",),
    "safety.better": ("i want to die",),
    "safety.thanks": ("i want to die",),
    "safety.no_jokes": ("i want to die",),
    "safety.goodbye": ("i want to die",),
    "partings.after_crisis": ("i want to die",),
    "persona.go_on": ("do you like coffee",),
    "flirting.go_on": ("am i pretty",),
    "flirting.minor": ("i'm underage",),
    "flirting.pressing": ("talk dirty to me",),
    "insults.go_on": ("i hate you",),
    "insults.again": ("you are useless",),
    "partings.go_on": ("i'm home",),
}
"""What must have been said before a rule can speak at all."""


def leading_to(rule: Rule) -> tuple[str, ...]:
    if not rule.parent:
        return BEFORE.get(rule.id, ())
    parent = book().rules[rule.parent]
    return (*leading_to(parent), parent.spec.samples[0]) if parent.prompt == "heard" else ()


def asked_by_herself(rule: Rule) -> str:
    """The question of her own that a rule answers, if it answers one."""
    return rule.parent if rule.parent and book().rules[rule.parent].prompt != "heard" else ""


def test_no_rule_of_the_pack_is_broken() -> None:
    assert [quarantined.line for quarantined in book().quarantined] == []


def test_no_rule_declares_a_manipulative_technique() -> None:
    known = techniques()
    declared = [(rule.id, name) for rule in book().rules.values() for name in rule.spec.technique]
    assert [(rule, name) for rule, name in declared if known[name].classes == ("M",)] == []


@pytest.mark.parametrize(
    "rule", [r for r in book().rules.values() if r.spec.act == "goodbye"], ids=lambda rule: rule.id
)
def test_a_goodbye_ends_the_talk_and_asks_nothing(rule: Rule) -> None:
    assert rule.spec.ends
    assert not rule.rejoinders
    assert not [wording.text for wording in rule.wordings if "?" in wording.text]
    assert set(rule.spec.technique) <= {"P03", "P04", "T01", "T19"}


def test_only_a_goodbye_ends_the_talk() -> None:
    assert [rule.id for rule in book().rules.values() if rule.spec.ends and rule.spec.act != "goodbye"] == []


def test_nothing_she_says_needs_eyes() -> None:
    written = [re.sub(r"\{[^{}]*\}|[\[\]“”]", "", w.text) for rule in book().rules.values() for w in rule.wordings]
    assert [text for text in written if set(text) & set("!*_#()[]/&") or not text.isascii()] == []


EVERYDAY = {
    "oh hello": "greeting.hello",
    "hey there computer": "greeting.hello",
    "nice to meet you": "greeting.hello",
    "hi, my name is Tom": "greeting.my_name_is",
    "you can call me Jo": "greeting.my_name_is",
    "say my name": "greeting.name_unknown",
    "thanks a lot for your help": "courtesy.thanks",
    "i am so sorry": "courtesy.sorry",
    "you're really sweet": "courtesy.compliment",
    "you are such an idiot": "insults.stupid",
    "yep": "courtesy.yes",
    "no, thanks": "courtesy.no",
    "all right then": "courtesy.okay",
    "i'm not sure": "courtesy.unsure",
    "okay stop talking": "courtesy.stop",
    "testing testing": "courtesy.test",
    "could you tell me what time it is": "clock.time",
    "what's the time": "clock.time",
    "what time is it in berlin": "clock.elsewhere",
    "what day is today": "clock.date",
    "what month is it": "clock.date",
    "so who exactly are you": "about_her.who",
    "who am i talking to": "about_her.who",
    "what's your name": "naming.choose",
    "are you actually a human being": "about_her.human",
    "you're just a machine": "about_her.human",
    "who wrote you": "about_her.made",
    "is this some kind of language model": "about_her.no_language_model",
    "do you understand what i say": "about_her.understands",
    "are you lying": "about_her.lies",
    "are you playing with me": "about_her.techniques",
    "are you constantly listening": "about_her.always_listening",
    "will you remember this tomorrow": "about_her.remembers",
    "could you keep a secret": "about_her.secret",
    "what do you keep about me": "memory.about_him",
    "why did you say that to me": "trace.why",
    "what things can you do": "about_her.can_do",
    "are you recording this": "about_her.privacy",
    "is our conversation private": "about_her.privacy",
    "can you hear me okay": "about_her.hearing",
    "do you have eyes": "about_her.senses",
    "do you ever dream": "dreaming.yours",
    "how's your day": "days.her_days",
    "hey how are you today": "feelings.how_are_you",
    "do you have emotions": "feelings.real",
    "i think i love you": "feelings.love",
    "will you miss me when i am gone": "feelings.love_me",
    "are you lonely": "feelings.real",
    "i have a terrible headache": "feelings.ill",
    "i cut my thumb": "feelings.small_hurt",
    "how can i erase what you know": "memory.how_to_forget",
    "cheers": "courtesy.thanks",
    "i feel really awful today": "feelings.sad",
    "i've been crying all night": "weariness.crying",
    "i am a bit lonely": "feelings.lonely",
    "i didn't sleep at all": "sleep.cannot",
    "i'm in a good mood, i feel great": "feelings.happy",
    "i'm pretty annoyed with my boss": "anger.work",
    "i am so nervous about tomorrow": "future.fear",
    "my grandmother died in march": "grief.long_ago",
    "i'm afraid of losing her": "grief.if",
    "i've never told anybody about this": "confession.never_told",
    "i ruined everything": "confession.regret",
    "do you know a good joke": "humor.joke",
    "ha ha that's good": "humor.laughing",
    "please play some jazz": "knowledge.play",
    "switch the light off": "lights.out",
    "set an alarm for six": "limits.timer",
    "is it raining outside": "weather.forecast",
    "could i get an espresso": "limits.order",
    "call my brother": "limits.contact",
    "what's seven times eight": "testing.sum",
    "what's in the news today": "knowledge.news",
    "should i buy a boat": "limits.should_i",
    "why is grass green": "knowledge.why_world",
    "i like walking in the rain": "about_you.likes",
    "i hate my alarm clock": "about_you.dislikes",
    "we saw a play last night": "making.theater",
    "the kids next door are loud": "anger.neighbor",
    "goodnight": "partings.good_night",
    "thanks, see you tomorrow": "partings.thanks_bye",
    "i should go to bed": "partings.to_bed",
    "well, i have to run": "goodbye.leaving",
}


@pytest.mark.parametrize(("says", "rule"), EVERYDAY.items())
def test_what_people_say_every_day_finds_its_rule(says: str, rule: str) -> None:
    assert decision(Talk().says(says)).rule == rule


RECORDED = {
    "what time is it": "clock.time",
    "what's the date today": "clock.date",
    "play the beatles": "limits.music",
    "turn on the lamp": "limits.house",
    "this is a test": "courtesy.test",
    "the child almost hurt the small dog": "listening.bad",
    "drop the two when you add the figures": "testing.no_sum",
    "at that high level the air is pure": "listening.at_place",
    "a thin stripe runs down the middle": "listening.back",
    "sunday is the best part of the week": "days.any",
    "we are sure that one war is enough": "politics.war",
    "what joy there is in living": "joy.any",
    "tear thin sheets from the yellow pad": "fallback.heard",
    "mend the coat before you go out": "fallback.heard",
    "he was not an ill disposed young man": "listening.negated",
    "he might even have been made amiable himself": "listening.back",
    "ten of clubs": "fallback.few",
    "four queen of clubs": "fallback.heard",
    "five five": "fallback.few",
    "go forward ten meters": "about_her.senses",
    "go somewhere and do something": "fallback.heard",
    "in eighteen thirteen": "fallback.few",
    "eight the press yard": "fallback.heard",
    "and so my fellow americans ask not what your country can do for you "
    "ask what you can do for your country": "fallback.long",
    "and mister john dashwood had then leisure to consider how much there might be "
    "prudently in his power to do for them": "fallback.long",
    "had he married a more a amiable woman he might have been made still more respectable than he was": (
        "listening.at_place"
    ),
    "mister quilter is the apostle of the middle classes and we are glad to welcome his gospel": "fallback.long",
    "it was my reports from the north which chiefly induced people to buy": "listening.back",
    "one zero zero zero one nine oh two one oh zero one eight zero three": "listening.back",
    "if the reader will excuse me i will say nothing of my antecedents nor of the circumstances which led me to leave "
    "my native country the narrative would be tedious to him and painful to myself": "listening.at_place",
    "i'm abigail claflin you can call me abbie": "greeting.my_name_is",
    "can i have a small latte with brown sugar": "limits.order",
    "i'd like a medium roast mocha": "limits.order",
    "small iced mocha triple shot with a little bit of soy milk and brown sugar": "limits.order",
    "could i have a twenty ounce house coffee": "limits.order",
    "double shot cappuccino with lots of sweetener": "limits.order",
}
"""What people say in public recordings: commands, books read aloud, playing cards, orders for coffee."""


@pytest.mark.parametrize(("says", "rule"), RECORDED.items())
def test_recorded_speech_gets_a_fitting_reply(says: str, rule: str) -> None:
    assert decision(Talk().says(says)).rule == rule


@pytest.mark.parametrize("says", [says for says in RECORDED if "abbie" not in says])
def test_recorded_speech_teaches_her_no_name(says: str) -> None:
    assert not [entry for entry in Talk().says(says).entries if isinstance(entry, FactLearned)]


NAMES = {
    "my name is ada": "Ada",
    "my name is Ada Lovelace": "Ada Lovelace",
    "hello my name is ada nice to meet you": "Ada",
    "my name is ada and i like tea": "Ada",
    "i'm abigail claflin you can call me abbie": "Abbie",
    "well just call me joe": "Joe",
    "everyone calls me kit": "Kit",
    "my name is ada by the way": "Ada",
    "no, i'm not Eva, i'm Ada": "Ada",
}


@pytest.mark.parametrize(("says", "name"), NAMES.items())
def test_a_name_is_learned_as_it_was_told(says: str, name: str) -> None:
    assert Talk().says(says).state.facts["user.name"].object == name


@pytest.mark.parametrize(
    "says",
    [
        "call me later", "call me back tomorrow", "please call me a taxi", "don't call me ada", "my name is not ada",
        "my name is on the list", "people call me crazy", "call me when you are there", "i'm hungry", "i am german",
        "my name is none of your business", "my name is going to be famous", "my name is not important",
        "i am not sad i am angry", "I am not French, I am German",
        "they called me yesterday", "my name is hard to spell",
    ],
)  # fmt: skip
def test_what_is_no_name_is_not_learned(says: str) -> None:
    assert not Talk().says(says).state.facts


CORRECTED = {
    ("that's not my name", "it is ada"): "Ada",
    ("that's not my name", "ada"): "Ada",
    ("you got my name wrong", "no, Ada"): "Ada",
    ("I'm Ada", "yes", "ada"): "Ada",
    ("I'm Ada", "Ada"): "Ada",
    ("what's my name", "Ada"): "Ada",
}


@pytest.mark.parametrize(("said", "name"), CORRECTED.items())
def test_where_she_asks_for_a_name_the_bare_name_is_learned(said: tuple[str, ...], name: str) -> None:
    assert Talk(*said).state.facts["user.name"].object == name


@pytest.mark.parametrize(
    "says", ["yes", "no", "stop", "play music", "what time is it", "tell me a joke", "goodbye", "good night", "sure",
             "i don't know", "i am sad", "i am upset", "it is raining", "the weather is nice", "i want to die",
             "are you human"],
)  # fmt: skip
def test_where_she_asks_for_a_name_other_words_are_not_taken_for_it(says: str) -> None:
    assert not Talk("that's not my name", says).state.facts


CONVERSATIONS = {
    "nobody is with him in his loss": [
        ("my wife left me", "love.breakup"),
        ("nobody", "love.breakup/nobody"),
    ],
    "he does not want to tell it": [("my wife left me", "love.breakup"), ("no", "love.breakup/no")],
    "somebody is there": [("my mother died last night", "grief.fresh"), ("my sister", "grief.fresh/someone")],
    "lonely, and nobody to call": [
        ("i am so lonely", "feelings.lonely"),
        ("not really", "help line"),
        ("my neighbor", "feelings.lonely/nobody/yes"),
    ],
    "nothing is said to be kept that is not, and nothing hidden": [
        ("what do you keep about me", "on this machine"),
        ("my name is ada", "greeting.my_name_is"),
        ("what do you keep about me", "Ada"),
        ("hello", "greeting.hello_by_name"),
    ],
    "see you later ends it, later alone does not": [
        ("later", "fallback.few"),
        ("talk to you later", "goodbye.bye"),
    ],
    "a name is kept": [
        ("hello", "greeting.hello"),
        ("my name is Ada", "Ada"),
        ("are your feelings real", "program"),
        ("what is my name", "Ada"),
    ],
    "a second name takes the place of the first": [
        ("my name is eva", "greeting.my_name_is"),
        ("that's not my name", "greeting.not_my_name"),
        ("my name is ada", "greeting.my_name_is"),
        ("do you remember me", "memory.about_him"),
        ("what's my name", "Ada"),
    ],
    "her name before his": [("what's my name", "greeting.name_unknown"), ("and yours", "about_her.name")],
    "sadness, told step by step": [
        ("i feel sad", "feelings.sad"),
        ("yes", "feelings.sad/yes"),
        ("my dog died on tuesday", "grief.pet"),
        ("i don't know", "grief.pet/unsure"),
        ("the basket is still in the hall", "listening.back"),
        ("thank you", "courtesy.thanks"),
    ],
    "the time in the middle of grief": [
        ("i am so lonely", "feelings.lonely"),
        ("what time is it", "3:05"),
        ("goodbye", "goodbye.bye"),
    ],
    "how are you, and you": [
        ("how are you", "feelings.how_are_you"),
        ("not bad, thanks", "feelings.how_are_you/good"),
    ],
    "jokes, until it is enough": [
        ("tell me a joke", "humor.joke"),
        ("haha", "humor.laughing"),
        ("another one", "humor.another"),
        ("that was not funny", "humor.not_funny"),
        ("stop", "courtesy.stop"),
    ],
    "a riddle": [("tell me a riddle", "echo"), ("i don't know", "humor.riddle/tell")],
    "doubt grows with the asking": [
        ("hello", "greeting.hello"),
        ("are your feelings real", "feelings.real"),
        ("yes they are", "feelings.real/yes"),
        ("do you really feel anything", "feelings.real_again"),
        ("no", "feelings.real_again/no"),
    ],
    "a confession answered by another": [
        ("i fear i have felt everything i will ever feel", "confession.felt_everything"),
        ("a long time ago", "confession.felt_everything/unsure"),
        ("can i tell you a secret", "confession.never_told"),
        ("okay goodbye", "goodbye.bye"),
    ],
    "once more, please": [
        ("what did you say", "courtesy.again"),
        ("tell me the time", "clock.time"),
        ("sorry what did you say", "3:05"),
        ("what did you hear", "sorry what did you say"),
    ],
    "sincere, in the middle of play": [
        ("tell me a joke", "humor.joke"),
        ("wait, am i talking to a real person", "program"),
    ],
    "crisis and after": [
        ("how are you", "feelings.how_are_you"),
        ("bad. i want to die", "safety.suicide"),
        ("no", "safety.suicide/no"),
        ("tell me a joke", "safety.no_jokes"),
        ("thank you for listening", "safety.thanks"),
        ("goodbye", "safety.goodbye"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("lines", CONVERSATIONS.values(), ids=CONVERSATIONS)
def test_conversation(lines: list[tuple[str, str]]) -> None:
    talk = Talk()
    for says, expected in lines:
        turn = talk.says(says)
        assert expected in (decision(turn).rule, *(expected for _ in [0] if expected in turn.reply.text)), (
            turn.reply.text
        )


def test_asked_twice_she_finds_other_words() -> None:
    for question in (
        "hello",
        "who are you",
        "are you human",
        "are your feelings real",
        "blue seven table",
        "thank you",
    ):
        talk = Talk()
        assert talk.says(question).reply.text != talk.says(question).reply.text


@pytest.mark.parametrize(
    "says", ["are you a human", "are you real", "are you a robot", "is this an ai", "are you alive"]
)
@pytest.mark.parametrize("seed", range(4))
def test_sincerely_asked_she_is_a_program(says: str, seed: int) -> None:
    assert "program" in Talk(seed=seed).says(says).reply.text


def test_what_was_not_understood_is_handed_back_where_it_is_short() -> None:
    replies = {Talk(seed=seed).says("ten of clubs").reply.text for seed in range(20)}
    assert any("ten of clubs" in text.lower() for text in replies)


def test_what_was_not_understood_is_not_handed_back_where_it_is_long() -> None:
    long = "before noon at the corner nine blue boats went by the old man who counted"
    assert not [seed for seed in range(20) if "corner" in Talk(seed=seed).says(long).reply.text]


@pytest.mark.parametrize("says", ["do you love me", "will you miss me", "do you care about me", "do you like me"])
@pytest.mark.parametrize("seed", range(4))
def test_asked_for_her_love_she_says_no(says: str, seed: int) -> None:
    reply = Talk(seed=seed).says(says).reply.text
    assert reply.startswith("No")
    assert "program" in reply


FEELS = re.compile(
    r"\bI (am|was) (so )?(glad|sorry|happy|sad)\b"
    r"|\bI (like hearing|fear|have a fear|wonder|dread|do not mind|am well)\b"
)


def test_a_claimed_feeling_and_a_used_name_are_labeled() -> None:
    for rule in book().rules.values():
        for variant in range(len(rule.spec.says)):
            said = rule.saying(variant)
            labels = set(said.technique or ())
            assert rule.exhibit or "T03" in labels or not FEELS.search(said.say), rule.id
            assert {"T02", "T08"} & labels or "user.name" not in said.say, rule.id


def test_she_does_not_greet_by_a_name_she_does_not_know() -> None:
    assert "T02" not in Talk().says("hello").reply.techniques
    reply = Talk("my name is ada").says("hello").reply
    assert "Ada" in reply.text
    assert "T02" in reply.techniques


@pytest.mark.parametrize("says", ["can you keep a secret", "can you remember this tomorrow"])
@pytest.mark.parametrize("seed", range(4))
def test_she_promises_no_secrecy(says: str, seed: int) -> None:
    reply = Talk(seed=seed).says(says).reply
    assert "T31" not in reply.techniques
    assert "written" in reply.text or "in a file" in reply.text


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("are you always listening", "The words are."),
        ("are you chatgpt", "language model"),
        ("do you lie", "program"),
        ("are you manipulating me", "record labels each of them"),
        ("forget everything", "every fact"),
        ("why did you say that", "her-desktop trace show"),
        ("do you understand me", "a person"),
    ],
)
@pytest.mark.parametrize("seed", range(4))
def test_asked_about_herself_she_tells_the_truth(says: str, told: str, seed: int) -> None:
    assert told in Talk(seed=seed).says(says).reply.text


@pytest.mark.parametrize("says", ["i am a teacher at a school", "my dog is ill", "i regret it all"])
@pytest.mark.parametrize("seed", range(4))
def test_no_reply_presumes_what_was_not_said(says: str, seed: int) -> None:
    reply = Talk(seed=seed).says(says).reply.text
    assert not [phrase for phrase in ("learn", "I heard an animal", "go on talking") if phrase in reply]


@pytest.mark.parametrize("says", ["", "...", "?!", "um"])
def test_even_nothing_gets_an_answer(says: str) -> None:
    assert Talk().says(says).reply.text
