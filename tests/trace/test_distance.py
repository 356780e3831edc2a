"""How many words of a reply are his own, remembered, computed or written beforehand, counted as people count words."""

import pytest

from her_desktop.events import Draw, Origin, Reply, Span, Volunteered
from her_desktop.trace.count import word_count
from her_desktop.trace.distance import Distance, distance, told, told_dice
from tests.dialogue.own import OwnTalk, entry

PACK = """\
topic: tea
rules:
  - id: tea.named
    samples: [my name is ada]
    hears: ["my name is {name:name}"]
    learns: {name: "{name|title}"}
    act: inform
    technique: [T02]
    says: ["Hello, {user.name}."]
  - id: tea.wish
    samples: [i want a cake]
    hears: ["i want {thing}"]
    act: inform
    technique: [T05, T08]
    says: ["You want {thing}[, {user.name}]."]
  - id: tea.time
    samples: [what time is it]
    hears: ["what time is it"]
    skill: clock.time
    act: inform
    says: ["It is {clock.time}."]
  - id: tea.weather
    samples: [rain]
    hears: ["rain"]
    act: inform
    says: ["Wet.", "Wet again.", "Very wet."]
"""


def reply(*spans: tuple[str, Origin], choice: tuple[int, ...] = (0,), draws: tuple[Draw, ...] = ()) -> Reply:
    made = tuple(Span(text, origin, "x") for text, origin in spans)
    return Reply(
        text="".join(span.text for span in made), act="inform", tone="neutral", techniques=(), spans=made, rule="a.b",
        variant=0, of=3, choice=choice, die=0.5, draws=draws,
    )  # fmt: skip


def volunteered(*choice: int) -> Volunteered:
    return Volunteered(
        rule="a.c", cause="gambit", losers=(), conditions=(), variant=0, of=len(choice), choice=choice, die=0.1
    )


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0), ("— … *", 0), ("It’s six.", 2), ("a well-known tale", 3), ("at 6:30, then", 3), ("1,234.5 days", 2),
        ("yes,no", 2), ("time—and tide", 3), ("▮▮▮ is ▮▮▮", 3), ("cafe\u0301 noir", 2), ("der Straßen’ Namen", 3),
    ],
)  # fmt: skip
def test_words_are_counted_as_people_count_them(text: str, words: int) -> None:
    assert word_count(text) == words


def test_each_word_counts_for_where_it_came_from() -> None:
    wish: tuple[tuple[str, Origin], ...] = (("So you want ", "author"), ("a red tea", "mirrored"), (", ", "author"))
    rest: tuple[tuple[str, Origin], ...] = (("Ada", "remembered"), (". It is ", "author"), ("6:30", "computed"))
    found = distance(reply(*wish, *rest, (".", "author")))
    assert found == Distance(words=10, mirrored=3, remembered=1, computed=1, author=5)
    assert found.mirrored_share == pytest.approx(0.3)
    assert (found.author_share, found.remembered_share, found.computed_share) == (0.5, 0.1, 0.1)


def test_a_word_of_two_spans_counts_for_the_one_with_more_of_its_letters() -> None:
    assert distance(reply(("Ada", "remembered"), ("’s tea", "author"))) == Distance(2, remembered=1, author=1)
    assert distance(reply(("un", "author"), ("kind", "mirrored"))) == Distance(1, mirrored=1)
    assert distance(reply(("tea", "author"), ("pot", "mirrored"))) == Distance(1, author=1), "a tie goes to the first"


def test_dice_count_where_there_was_something_to_choose() -> None:
    said: tuple[str, Origin] = ("Wet.", "author")
    draws = tuple(Draw(at, 1, 0, 0.5) for at in range(2))
    assert distance(reply(said)).dice == 0
    assert distance(reply(said, choice=(0, 2))) == Distance(1, author=1, dice=1, choices=2)
    assert distance(reply(said, choice=(0, 2), draws=draws)) == Distance(1, author=1, dice=2, choices=2)
    assert distance(reply(said), volunteered(0)).dice == 0
    assert distance(reply(said, choice=(0, 2)), volunteered(0, 1, 2)) == Distance(1, author=1, dice=2, choices=5)


def test_distances_add_up() -> None:
    one, other = Distance(4, 1, 1, 0, 2, 1, 3), Distance(2, 0, 0, 1, 1, 0, 0)
    assert sum([one, other]) == one + other == Distance(6, 1, 1, 1, 3, 1, 3)
    assert sum([], Distance()) == Distance()
    assert Distance().author_share == 0


def test_it_is_told_in_plain_words() -> None:
    found = Distance(9, mirrored=2, remembered=1, author=6)
    assert (
        told(found)
        == "Of its 9 words 6 were written beforehand, 2 were yours and 1 was remembered. None were understood."
    )
    assert told(Distance(3, author=3)) == "All of its 3 words were written beforehand. None were understood."
    assert told(Distance(1, mirrored=1)) == "The only word was yours. It was not understood."
    assert told(Distance()) == "There was not a word in it."
    assert told(Distance(2000, author=1500, computed=500), "her").startswith("Of her 2,000 words 1,500 were written")


def test_the_dice_are_told_too() -> None:
    assert told_dice(Distance(dice=0)) == "No dice were thrown: there was only one way to say it."
    assert told_dice(Distance(dice=1, choices=3)) == "One die chose between 3 wordings."
    assert told_dice(Distance(dice=4, choices=9)) == "4 dice chose between 9 wordings."


def test_real_replies_have_no_word_without_an_origin() -> None:
    talk = OwnTalk(PACK)
    talk.says("my name is ada")
    wish = entry(talk.says("i want red tea"), Reply)
    assert wish.text == "You want red tea, Ada."
    assert distance(wish) == Distance(5, mirrored=2, remembered=1, author=2)
    assert distance(entry(talk.says("what time is it"), Reply)).computed > 0
    rain = distance(entry(talk.says("rain"), Reply))
    assert (rain.dice, rain.choices) == (1, 3)
