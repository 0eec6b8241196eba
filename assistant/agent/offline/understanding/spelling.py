"""Typing errors in a question, mended by the words of the found passages and of the cues; names with digits are left alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.language.names import plain
from assistant.language.units import ACTIVITY_UNITS, canonical_unit
from assistant.resources import prompt_table

_WORD = re.compile(r"(?<![\w-])[A-Za-z]{4,}(?![\w-])")
# So short a word is taken only for one that questions are made of, of which it may be a slip.
_SHORT = 4


def corrected(question: str, texts: Iterable[str], common: frozenset[str]) -> str:
    """``question`` with each unknown word of five letters or more replaced by the known word nearest to it, if one is near.

    One edit is forgiven up to eight letters, two from there on; a transposition is one edit. ``common`` are words that are
    right as they stand, although neither cues nor texts have them.
    """
    known = _common().union(*map(_text_words, texts))

    def mend(match: re.Match[str]) -> str:
        word = match.group().casefold()
        if word in known or word in common or word.rstrip("s") in known or match.group().isupper() or canonical_unit(word):
            return match.group()
        allowed = 1 if len(word) < 9 else 2
        near = (entry for entry in (_common() if len(word) <= _SHORT else known) if abs(len(entry) - len(word)) <= allowed)
        candidates = sorted((entry for entry in near if entry[0] == word[0]), key=lambda entry: (len(entry) != len(word), entry))
        found = process.extractOne(word, candidates, scorer=OSA.distance, score_cutoff=allowed)
        return found[0] if found else match.group()

    return _WORD.sub(mend, question)


@lru_cache(maxsize=5_000)
def _text_words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]{4,}", plain(text).casefold()))


@cache
def _common() -> frozenset[str]:
    """The words of all cues, synonyms, names and scaffolding."""
    questions, names = prompt_table("questions.toml"), prompt_table("names.toml")
    lists: list[list[str]] = [*questions["signals"].values(), *questions["signals_meta"].values(), questions["scaffold"]["words"]]
    lists += questions["synonyms"]["groups"]
    lists += [words for table in names.values() for words in table.values()]
    found = (word for entries in lists for entry in entries for word in re.findall(r"[a-z]{3,}", entry.casefold()))
    return frozenset(word for word in found if canonical_unit(word) not in ACTIVITY_UNITS)  # no word is mended to a unit of activity
