"""Words people use for arms, diseases and studies (prompts/names.toml), read tolerantly of typing errors, exactly in digits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from assistant.language.names import nuclides, plain
from assistant.resources import prompt_table

_TOKEN = re.compile(r"\d+\.\d+|[^\W_]+")
_LONGEST_PHRASE = 3
# Behind "two dose" these make it the name of an arm.
_ARMS = frozenset({"arm", "arms", "group", "groups", "cohort", "mice", "rats", "animals", "regimen"})


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word says: ``kind`` is a table of names.toml (``count``, ``control``, ``disease``…), ``value`` a key in it."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Term:
    """One or more tokens of a text with everything they may mean; ``meanings`` is empty for a word that is not listed."""

    text: str
    meanings: frozenset[Meaning]

    def values(self, kind: str) -> frozenset[str]:
        """The values that the term has as a ``kind``."""
        return frozenset(meaning.value for meaning in self.meanings if meaning.kind == kind)


def tokens(text: str) -> tuple[str, ...]:
    """Words and numbers of ``text`` in lower case; a nuclide is one token however it is spelled (``131I`` → ``i131``)."""
    for mention in reversed(nuclides(text)):
        text = f"{text[: mention.start]} {mention.name.replace('-', '')} {text[mention.end :]}"
    return tuple(_TOKEN.findall(plain(text).casefold()))


@lru_cache(maxsize=4096)  # names of studies and of their arms are read for every question
def read(text: str, *, typos: bool = False) -> tuple[Term, ...]:
    """The terms of ``text`` in order, phrases before words; with ``typos`` a misspelt word has the meanings of what it is near."""
    words = tokens(text)
    terms: list[Term] = []
    position = 0
    while position < len(words):
        term, length = term_at(words, position, typos=typos)
        terms.append(term)
        position += length
    return tuple(terms)


@lru_cache(maxsize=4096)
def term_at(words: tuple[str, ...], position: int, *, typos: bool = False) -> tuple[Term, int]:
    """The longest listed phrase that starts at ``position`` and how many tokens it takes."""
    for length in range(_LONGEST_PHRASE, 0, -1):
        phrase = " ".join(words[position : position + length])
        if phrase in _listed() and position + length <= len(words) and not _counts_on(words, position, length):
            return Term(phrase, _listed()[phrase]), length
    word = words[position]
    near = [entry for entry in _listed() if " " not in entry and same_word(word, entry)] if typos else []
    return Term(word, frozenset(meaning for entry in near for meaning in _listed()[entry])), 1


def _counts_on(words: tuple[str, ...], position: int, length: int) -> bool:
    """Whether the number that ends a phrase counts what follows: "the study two dose arm" speaks of no study two."""
    number, thing, noun = (*words[position + length - 1 : position + length + 2], "", "")[:3]
    counted = length > 1 and _means(number, "count") and _means(thing, "administration")
    return counted and (thing.endswith("s") or noun in _ARMS)


def _means(word: str, kind: str) -> bool:
    return any(meaning.kind == kind for meaning in _listed().get(word, ()))


def same_word(word: str, other: str) -> bool:
    """Whether ``word`` is ``other`` with at most a slip: one edit from five letters on, two from nine, none in a digit."""
    if word == other:
        return True
    if abs(len(word) - len(other)) > 2:
        return False
    if re.sub(r"\D", "", word) != re.sub(r"\D", "", other):
        return False
    letters = min(len(re.sub(r"\d", "", word)), len(re.sub(r"\d", "", other)))
    allowed = 0 if letters < 5 else 1 if letters < 9 else 2
    return allowed > 0 and OSA.distance(word, other, score_cutoff=allowed) <= allowed


@cache
def _listed() -> dict[str, frozenset[Meaning]]:
    found: dict[str, set[Meaning]] = {}
    for kind, table in prompt_table("names.toml").items():
        for value, phrases in table.items():
            for phrase in phrases:
                found.setdefault(phrase, set()).add(Meaning(kind, value))
    return {phrase: frozenset(meanings) for phrase, meanings in found.items()}
