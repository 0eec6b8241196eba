"""What the words of prompts/grounding.toml mean: stems, synonyms, negations, hedges, loaded words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from assistant.language import stems as language
from assistant.language.names import plain
from assistant.resources import prompt_table

_QUOTES = str.maketrans("\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019\u201a", '"""""\'\'\'')


def table(section: str) -> dict[str, Any]:
    """A section of prompts/grounding.toml."""
    found: dict[str, Any] = prompt_table("grounding.toml")[section]
    return found


def reason(kind: str, **values: str) -> str:
    """The reason ``kind`` in words."""
    text: str = table("reasons")[kind]
    return text.format(**values)


@cache
def stem(word: str) -> str:
    """What the forms of a folded word have in common, after synonyms: one stem for "survival" and "lived"."""
    stemmed = language.stem(word)
    return _synonyms().get(word) or _synonyms().get(stemmed) or stemmed


@cache
def _synonyms() -> dict[str, str]:
    groups: dict[str, str] = {}
    for line in table("words")["synonyms"]:
        first, *others = line.split()
        for word in (first, *others):
            groups.setdefault(word, language.stem(first))
            groups.setdefault(language.stem(word), language.stem(first))
    return groups


@lru_cache(maxsize=8192)
def tokens(text: str) -> tuple[str, ...]:
    """The lower-cased words of ``text`` in order, names in one spelling; hyphens part words."""
    return tuple(word.text.translate(_QUOTES) for word in language.words(text))


@lru_cache(maxsize=8192)
def stemmed(text: str) -> dict[str, str]:
    """The stems of all words of ``text``, each with the first word that has it."""
    found: dict[str, str] = {}
    for word in tokens(text):
        found.setdefault(stem(word), word)
    return found


def first_of(text: str, group: frozenset[str]) -> str | None:
    """A word of ``text`` whose stem is in ``group``; None where there is none."""
    known = stemmed(text)
    return next((known[one] for one in known.keys() & group), None)


@cache
def stems(words: str) -> frozenset[str]:
    """The stems of a list of words that is written as one text."""
    return frozenset(stem(word) for word in words.split())


@cache
def listed(section: str, name: str) -> frozenset[str]:
    """The words of a list in prompts/grounding.toml, as written."""
    entry = table(section)[name]
    return frozenset(entry.split() if isinstance(entry, str) else entry)


@lru_cache(maxsize=8192)
def content(text: str) -> frozenset[str]:
    """The stems of the words of ``text`` that carry content; names with digits included, figures not."""
    return frozenset(stem(word) for word in tokens(text) if word not in listed("words", "stop") and len(word) > 1 and not _is_figure(word))


def _is_figure(word: str) -> bool:
    return not any(character.isalpha() for character in word)


@cache
def pattern(section: str, name: str, anchored: bool) -> re.Pattern[str]:
    """One pattern for the alternatives ``section.name``; ``anchored`` ones match only where a sentence starts."""
    joined = "|".join(table(section)[name])
    opening = r"[^\w]*" if anchored else r"(?:\b|(?=;))"
    return re.compile(f"{opening}(?:{joined})", re.IGNORECASE)


def squeezed(text: str) -> str:
    """``text`` with one style of quotes, dashes and white space, for verbatim comparison."""
    return " ".join(plain(text).translate(_QUOTES).split())


def has(words: Iterable[str], wanted: Iterable[str]) -> bool:
    """Whether any of ``wanted`` is among ``words``."""
    return not frozenset(words).isdisjoint(wanted)
