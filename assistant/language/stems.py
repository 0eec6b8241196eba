"""Words of a text in their compared form: folded spelling, English stem (Snowball, by tantivy), British spelling made American,
irregular verbs in their base form.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from assistant.language.names import fold
from assistant.resources import prompt_table

if TYPE_CHECKING:
    import tantivy

_WORD = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*%?|%")
# A unit, and neither a share nor words: "14.6 %ID/g".
_OF_INJECTED = re.compile(r"%\s?i[da](?:/\w+)?(?![\w-])")
# A noun of its own: the group that got a combination is no combined total.
_NOUNS = {"combination": "combination", "combinations": "combination", "combo": "combination", "combos": "combination"}
_AMERICAN = (("tumour", "tumor"), ("haem", "hem"), ("oedema", "edema"), ("aemia", "emia"), ("colour", "color"), ("labell", "label"))


class Word(NamedTuple):  # tens of thousands are kept, which the garbage collector visits where they are dataclasses
    """A word as written in the folded text, and its stem."""

    text: str
    stem: str


@lru_cache(maxsize=20_000)
def words(text: str) -> tuple[Word, ...]:
    """The words of ``fold(text)`` in order: ``"Mice survived"`` → ``mice/mice, survived/surviv``.

    Names with digits are not stemmed; the unit %ID/g is no word.
    """
    found = []
    for match in _WORD.finditer(_OF_INJECTED.sub(" ", fold(text))):
        word = match.group().removesuffix("'s").removesuffix("’s")
        found.append(Word(word, stem(word)))
    return tuple(found)


@lru_cache(maxsize=20_000)
def stems(text: str) -> tuple[str, ...]:
    """The stems of the words of ``text`` in order."""
    return tuple(word.stem for word in words(text))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of one folded word."""
    if any(character.isdigit() for character in word):
        return word
    if word in _NOUNS:
        return _NOUNS[word]
    word = _base_forms().get(word) or american(word)
    stemmed = _analyzer().analyze(word)
    return "".join(stemmed) or word


def american(text: str) -> str:
    """``text``, in lower case, with American spelling where British spelling has another stem."""
    for british, other in _AMERICAN:
        text = text.replace(british, other)
    return text


@cache
def _base_forms() -> Mapping[str, str]:
    """From each past form of the verbs in prompts/irregular.toml to its base form: ``{"met": "meet"}``."""
    verbs = (line.split() for line in prompt_table("irregular.toml")["verbs"].splitlines() if line)
    return {form: base for base, *forms in verbs for form in forms if form != base}


def is_irregular(word: str) -> bool:
    """Whether a folded word is the past form or participle of a verb that ``prompts/irregular.toml`` has: "made"."""
    return word in _base_forms()


@cache
def _analyzer() -> tantivy.TextAnalyzer:
    import tantivy  # a compiled library that only questions and documents need

    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.raw())
    return builder.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.stemmer("english")).build()
