"""What a template fits, what its slots catch, and where it gives up."""

from datetime import datetime

import pytest

from her_desktop.dialogue.packs import load_language
from her_desktop.language import Language, surfaces, tokenize
from her_desktop.nlu.line import Line
from her_desktop.nlu.matcher import Match, Miss, match
from her_desktop.nlu.program import Lexicon, compile_template
from her_desktop.nlu.template import TemplateError
from her_desktop.paths import resources

LANGUAGE = Language(
    code="en",
    contractions={"what's": "what is", "i'm": "i am"},
    fillers=frozenset({"um", "please", "well"}),
    not_names=frozenset({"and", "is"}),
    reflections={},
    not_reflected=frozenset(),
    values=load_language(resources() / "dialogue" / "en").values,
)
NOW = datetime(2026, 11, 22, 15, 5)
LEXICON = Lexicon(
    LANGUAGE,
    expansions={"lead": "[can you] tell me", "loop": "a <loop>"},
    concepts={"feeling": ("sad", "~happy", "worn out"), "happy": ("happy", "glad"), "round": ("~round",)},
)


def found(template: str, said: str) -> Match | Miss:
    return match(compile_template(template, LEXICON), Line.of(said, LANGUAGE, NOW))


def slots(template: str, said: str) -> dict[str, str]:
    result = found(template, said)
    assert isinstance(result, Match), result
    tokens = tokenize(said, LANGUAGE.contractions)
    return {name: surfaces(tuple(tokens[at] for at in places)) for name, places in result.slots.items()}


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("what is the time", "What's the time?"),
        ("do you [really|actually] feel [anything]", "so do you actually feel it"),
        ("^what time is it$", "um, what time is it, please"),
        ("^$", ""),
        ("^*$", ""),
        ("(red;green;blue)", "blue red green"),
        ("i feel ~feeling", "I feel worn out"),
        ("i feel ~feeling", "i feel glad"),
        ("<lead> a joke", "tell me a joke"),
        ("one *2 four", "one two three four"),
        ("* end", "a b c d end"),
        ("i love you !not", "yes i love you"),
        ("grüße aus {city}", "Grüße aus Köln"),
    ],
)
def test_fits(template: str, said: str) -> None:
    assert isinstance(found(template, said), Match)


@pytest.mark.parametrize(
    ("template", "said", "failed_at", "wanted"),
    [
        ("are your feelings real", "are your feelings false", 3, "real"),
        ("one *2 five", "one two three four five", 3, "five"),
        ("i love you !not", "i do not love you", 1, "love"),
        ("i love you !not", "not that i love you", 0, "no “not”"),
        ("^what time is it$", "what time is it in rome", 4, "the end of what you say"),
        ("tell me a joke", "tell me a", None, "joke"),
        ("i feel ~feeling", "i feel blue", 2, "glad"),
    ],
)
def test_a_miss_tells_the_word_at_which_it_gave_up(
    template: str, said: str, failed_at: int | None, wanted: str
) -> None:
    result = found(template, said)
    assert isinstance(result, Miss)
    assert result.failed_at == failed_at
    assert wanted in result.wanted


def test_slots_keep_his_own_spelling_and_take_what_they_can() -> None:
    assert slots("my name is {name:name}", "My name is Ada Lovelace and I write") == {"name": "Ada Lovelace"}
    assert slots("i fear {what}", "I fear what's to come") == {"what": "what's to come"}
    assert slots("from {here} to {there}", "from old york to new york") == {"here": "old york", "there": "new york"}
    assert slots("i am {age:number} years", "I'm 42 years old") == {"age": "42"}


def test_of_two_ways_the_one_with_more_words_of_the_template_is_taken() -> None:
    result = found("i [really] love [my] {thing}", "i love but i really love my dog")
    assert isinstance(result, Match)
    assert result.literals == 4


@pytest.mark.parametrize("template", ["<nowhere>", "~nowhere", "<loop>", "~round", "(a;b;c;d;e)", "!{slot}"])
def test_what_cannot_be_compiled_is_refused(template: str) -> None:
    with pytest.raises(TemplateError):
        compile_template(template, LEXICON)


def test_many_wildcards_cost_words_times_steps() -> None:
    template = " ".join(["*", "a"] * 50) + " * stop"
    program = compile_template(template, LEXICON)

    line = Line.of(" ".join(["a"] * 400) + " end", LANGUAGE, NOW)
    assert isinstance(match(program, line), Miss)  # a backtracking matcher would not come back
