"""What the words of prompts/grounding.toml mean: stems, synonyms, negations, hedges, loaded words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from assistant.language.names import fold, plain
from assistant.resources import prompt_table

_TOKEN = re.compile(r"[a-z][a-z0-9]*(?:'[a-z]+)?|\d+[a-z][a-z0-9]*")
_SUFFIXES = re.compile(
    "(?:ations|ation|ements|ement|ments|ment|ities|ity|ingly|edly|ally|ings|ing|ies|ied|ives|ive|ely|als|al|ers|er|ors|ed|ly|es|s|e|y)$"
)
_QUOTES = str.maketrans("\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019\u201a", '"""""\'\'\'')
_SHORTEST_STEM = 4


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
    """What the forms of a word have in common, after irregular forms and synonyms: ``surviv`` for "survival" and "lived"."""
    word = word.removesuffix("'s").strip("'")
    return _synonyms().get(word) or _synonyms().get(_bare(word)) or _bare(word)


@cache
def _bare(word: str) -> str:
    word = table("words")["irregular"].get(word, word)
    if any(character.isdigit() for character in word):
        return word
    word = re.sub(r"our(?=s?$|ed$|al$)", "or", word)
    word = re.sub(r"is(?=e[ds]?$|ing$|ation$)", "iz", word) if len(word) > 6 else word
    word = _SUFFIXES.sub("", word, count=1) if (cut := _SUFFIXES.search(word)) and cut.start() >= _SHORTEST_STEM - 1 else word
    if len(word) > 4 and word[-1] == word[-2]:
        word = word[:-1]
    return word[:-1] if len(word) > _SHORTEST_STEM and word[-1] == "e" else word


@cache
def _synonyms() -> dict[str, str]:
    groups: dict[str, str] = {}
    for line in table("words")["synonyms"]:
        words = line.split()
        for word in words:
            groups.setdefault(word, _bare(words[0]))
            groups.setdefault(_bare(word), _bare(words[0]))
    return groups


def tokens(text: str) -> list[str]:
    """The lower-cased words of ``text`` in order, names in one spelling, hyphens and figures dropped."""
    return _TOKEN.findall(fold(text).translate(_QUOTES))


@cache
def stems(words: str) -> frozenset[str]:
    """The stems of a list of words that is written as one text."""
    return frozenset(stem(word) for word in words.split())


@cache
def boundaries() -> frozenset[str]:
    """Words that end the noun behind a number."""
    return frozenset(table("words")["boundary"].split())


@cache
def stop() -> frozenset[str]:
    """Words without content of their own."""
    return frozenset(table("words")["stop"].split())


def content(text: str) -> frozenset[str]:
    """The stems of the words of ``text`` that carry content; names with digits included."""
    return frozenset(stem(word) for word in tokens(text) if word not in stop() and len(word) > 1)


@cache
def pattern(section: str, name: str, anchored: bool) -> re.Pattern[str]:
    """One pattern for the alternatives ``section.name``; ``anchored`` ones match only where a sentence starts."""
    joined = "|".join(table(section)[name])
    opening = r"[^\w]*" if anchored else r"(?:\b|(?=;))"
    return re.compile(f"{opening}(?:{joined})", re.IGNORECASE)


def squeezed(text: str) -> str:
    """``text`` with one style of quotes, dashes and white space, for verbatim comparison."""
    text = plain(text).translate(_QUOTES)
    return " ".join(text.split())


def has(text_tokens: Iterable[str], words: Iterable[str]) -> bool:
    """Whether any of ``words`` is among the tokens."""
    return not set(words).isdisjoint(text_tokens)
