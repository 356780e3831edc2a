"""What the code needs to know about a language (from `language.yaml` beside its packs), and words as rules see them.

Nothing of any language is in the code: contractions, fillers and reflections are data. Imports nothing of ours.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice

import msgspec

_WORD = re.compile(r"[^\W_]+(?:[.,:'’-][^\W_]+)*")
_LOOKS_ONLY = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""Variation selectors: they choose between looks of one letter."""
_MOST_SIGNS = 30
"""So many accents and vowel signs behind one letter are kept, as in Unicode's stream-safe text."""


class ValueWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a language says numbers, lengths of time, times of day and dates. What is empty is not understood.

    Phrases are in the templates' syntax: words, `[optional]`, `(one|other)` and `{part}`. The parts are listed in
    `nlu/value_chart.py`. A sum says what a phrase comes to: `{hour} past`: `-30+{minute}`, `1 month`, `-{duration}`.
    """

    articles: dict[str, str] = {}
    """Words that count as a number before others (`a` dozen, `an` hour), and the number word that each stands for."""
    marks: tuple[str, str] = (".", ",")
    """What stands before decimals, and between thousands, in written numbers."""
    points: frozenset[str] = frozenset()
    """What is said before decimals: three *point* five."""
    fractions: dict[str, str] = {}
    """Endings of number words: zwei*einhalb*, and the number that they add."""
    numbers: dict[str, str] = {}
    """Phrases for numbers, and their sums."""
    ordinal_endings: frozenset[str] = frozenset()
    """What stands behind digits: 3*rd*."""
    units: dict[str, frozenset[str]] = {}
    """second, minute, hour, day, week, month, year, and the words for each."""
    durations: dict[str, str] = {}
    """Phrases for lengths of time, and their sums (times `{unit}`, where there is one)."""
    duration_joins: frozenset[str] = frozenset()
    """What may stand between the parts of a length: an hour *and* ten minutes."""
    times: dict[str, str] = {}
    """Phrases for the time of day, and the minutes after their `{hour}`, or a time by itself: `12:00`."""
    before_times: frozenset[str] = frozenset()
    """After one of these a number alone is an hour: *at* six."""
    parts_of_day: dict[str, int] = {}
    """Phrases that tell morning from evening (six *tonight*), and the hour at which the twelve begin that they mean."""
    parts_of_day_before: dict[str, int] = {}
    """Likewise, where they tell so only of a time that follows: friday *morning* at six."""
    written_hours: int = 12
    """12 where a written 6:30 may be in the evening, 24 where it may not."""
    months: tuple[frozenset[str], ...] = ()
    weekdays: tuple[frozenset[str], ...] = ()
    """Monday first."""
    before_dates: frozenset[str] = frozenset()
    """Words that may stand before a date: *on* friday."""
    days: dict[str, str] = {}
    """Phrases for days counted from today, and their sums."""
    coming: frozenset[str] = frozenset()
    """Phrases that name a weekday or a day of the calendar: the next one is meant."""
    past: frozenset[str] = frozenset()
    """Likewise: the last one is meant."""
    feasts: dict[str, str] = {}
    """Days of the year that have a name, as `month-day`."""
    no_values: dict[str, frozenset[str]] = {}
    """By type of value (number, duration, time, date), phrases that only sound like one: no *one*, wait *a second*."""


class Language(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words of a language that matching and wording lean on."""

    code: str
    contractions: dict[str, str]
    """Short form to full words."""
    fillers: frozenset[str]
    """Words that anchors step over: um, well, please."""
    not_names: frozenset[str]
    """Words that can never be part of somebody's name."""
    reflections: dict[str, str]
    """First person to second and back, words and phrases: my to your, i am to you are."""
    not_reflected: frozenset[str]
    """Phrases that cannot be turned; a slot that holds one is not handed back."""
    negations: frozenset[str] = frozenset()
    """Words that turn a sentence around: a repair never touches one."""
    weak: frozenset[str] = frozenset()
    """Words that a recognizer puts in where none was said, and that a repair may leave out: the, and, uh."""
    common: frozenset[str] = frozenset()
    """Words that say little of what a sentence is about: a repair must be borne out by others."""
    sounds: str = ""
    """How to tell which words sound alike, for repairs: metaphone, soundex, nysiis; empty where none suits."""
    subjects: frozenset[str] = frozenset()
    """Words that can be nothing but the subject of a sentence: i, he, they."""
    before_subjects: frozenset[str] = frozenset()
    """Words that such a subject may follow inside a sentence; after another word a new one began unheard."""
    determiners: frozenset[str] = frozenset()
    """Words that stand where an article would."""
    half_words: dict[str, str] = {}
    """Endings that are a word of their own before one of `after_half_words`: `'s` is `is` in “my bus's the last”."""
    after_half_words: frozenset[str] = frozenset()
    """Beside determiners, the words that such an ending stands before; an ending of words is written `*ing`, and a word
    that only looks so `!ring`."""
    told_when: dict[str, str] = {}
    """How a day that something was told on is said: `today`, `yesterday`, and with `{day}` `weekday` and `date`."""
    near_days: dict[int, str] = {}
    """Words for days by their distance from today: 1 for tomorrow."""
    ghosts: frozenset[str] = frozenset()
    """What recognizers hear in breath and noise; never a word that is an answer by itself."""
    unfinished: frozenset[str] = frozenset()
    """Words that no sentence ends with: he is still looking for the next one."""
    warm: frozenset[str] = frozenset()
    """Words of a warm answer, for adaptation: thanks, lovely, haha."""
    values: ValueWords = ValueWords()
    """How typed slots read numbers, times and dates."""
    sha256: str = ""
    """Of the file that it was read from."""


class Token(msgspec.Struct, frozen=True):
    """One word to match. `what's` gives two tokens, `what` and `is`, with the same surface and index."""

    norm: str
    surface: str
    """The word as it was said or typed."""
    index: int
    """Which word of the utterance it came from, counted from 0."""


def tokenize(text: str, contractions: Mapping[str, str], most_words: int | None = None) -> tuple[Token, ...]:
    """Split text into tokens; `contractions` maps a short form to its full words (`what's` to `what is`).

    With `most_words` what comes after so many words is left out.
    """
    tokens: list[Token] = []
    for index, surface in enumerate(islice(_words(text), most_words)):
        norm = surface.casefold().replace("’", "'")
        tokens += [Token(part, surface, index) for part in contractions.get(norm, norm).split()]
    return tuple(tokens)


def heard_tokens(text: str, language: Language, most_words: int | None = None) -> tuple[Token, ...]:
    """Split what was heard into tokens, also short forms that no list holds: `dinner's ready` is `dinner is ready`."""
    tokens = tokenize(text, language.contractions, most_words)
    if not any(token.norm.endswith(half) for token in tokens for half in language.half_words):
        return tokens
    found: list[Token] = []
    for token, after in zip(tokens, (*tokens[1:], None), strict=True):
        half = next((half for half in language.half_words if token.norm.endswith(half)), "")
        if half and after and _follows(after.norm, language):
            stem = msgspec.structs.replace(token, norm=token.norm.removesuffix(half))
            found += [stem, msgspec.structs.replace(token, norm=language.half_words[half])]
        else:
            found.append(token)
    return tuple(found)


def _follows(word: str, language: Language) -> bool:
    if f"!{word}" in language.after_half_words:
        return False
    endings = tuple(one.removeprefix("*") for one in language.after_half_words if one.startswith("*"))
    return word in language.determiners or word in language.after_half_words or word.endswith(endings)


def _words(text: str) -> Iterator[str]:
    """The words of a text, without what has no sound: soft hyphens, joiners, marks of direction."""
    if text.isascii():
        return (match.group() for match in _WORD.finditer(text))
    kinds = {letter: unicodedata.category(letter) for letter in set(text)}
    silent = {ord(letter): None for letter, kind in kinds.items() if kind in ("Cf", "Me") or _LOOKS_ONLY.match(letter)}
    text = text.translate(silent)
    if signs := _signs(text):  # the time to normalize a text grows with the square of the signs in a row
        text = re.sub(f"([{signs}]{{{_MOST_SIGNS}}})[{signs}]+", r"\1", text)
    text = unicodedata.normalize("NFKC", text)
    return (match.group() for match in _word(_signs(text)).finditer(text))


def _signs(letters: Iterable[str]) -> str:
    """The accents and vowel signs that stand as characters of their own behind their letters, for a pattern."""
    found = (letter for letter in set(letters) if unicodedata.category(letter) in ("Mn", "Mc"))
    return "".join(re.escape(letter) for letter in sorted(found))


@lru_cache(maxsize=64)
def _word(signs: str) -> re.Pattern[str]:
    if not signs:
        return _WORD
    more = f"(?:[^\\W_]|[{signs}])"
    return re.compile(f"[^\\W_]{more}*(?:[.,:'’-][^\\W_]{more}*)*")


def surfaces(tokens: tuple[Token, ...]) -> str:
    """The words of some tokens as they were said, each once."""
    seen: dict[int, str] = {token.index: token.surface for token in tokens}
    return " ".join(seen.values())
