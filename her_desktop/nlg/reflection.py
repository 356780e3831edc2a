"""Turns his words towards her: my to your, I to you. Refused where it would not be grammatical."""

from __future__ import annotations

from her_desktop.language import Language, tokenize


def reflect(text: str, language: Language) -> str:
    """Turn first person to second and back, word by word, keeping his own form of every other word."""
    words = []
    for word in text.split():
        norm = word.casefold().replace("’", "'")
        words.append(language.reflections.get(norm, word))
    return " ".join(words)


def can_reflect(text: str, language: Language) -> bool:
    """Whether a slot's words can be handed back: short, and without words whose reflection is not grammatical."""
    tokens = tokenize(text, {})
    return len(tokens) <= 8 and not any(token.norm in language.not_reflected for token in tokens)
