"""English and German, as wording needs them."""

from functools import cache
from pathlib import Path

import msgspec

from her_desktop.dialogue.packs import load_language
from her_desktop.nlg.filters import Idiom
from her_desktop.paths import resources

HERE = Path(__file__).parent


class Tongue(msgspec.Struct, frozen=True):
    code: str
    contractions: dict[str, str]
    reflections: dict[str, str]
    not_reflected: frozenset[str]
    subjects: frozenset[str]
    before_subjects: frozenset[str]
    determiners: frozenset[str]
    near_days: dict[int, str]


@cache
def english() -> Idiom:
    return Idiom.of(load_language(resources() / "dialogue" / "en"))


@cache
def german() -> Idiom:
    return _idiom(msgspec.yaml.decode((HERE / "de.yaml").read_bytes()))


def _idiom(data: dict[str, object]) -> Idiom:
    known = {name: value for name, value in data.items() if name in Tongue.__struct_fields__}
    return Idiom.of(msgspec.convert(known, Tongue))
