"""How text becomes terms, in passages and in questions: names, numbers and stems, each in one spelling."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from assistant.language.names import fold
from assistant.language.units import canonical_unit

if TYPE_CHECKING:
    from tantivy import TextAnalyzer

# A question longer than this is a pasted document: its first terms say what it is about.
LONGEST_QUERY = 5_000
_MOST_TERMS = 96
# Words this long may be typed with a letter missing, added or changed; numbers and codes may not.
FUZZY_LENGTH = 7
# What a match with one letter off counts, where a rare word counts two to ten.
FUZZY_SCORE = 0.6

# Words of questions that say nothing of their subject; in a library of few passages BM25 takes the rare ones for telling.
_FUNCTION_WORDS = (
    "a about also am an and any are as at be been by can could did do does for from give had has have how i if in into is it its me "
    "may might many much of on or our please shall should show so some such tell than that the their them then there these they this "
    "those to us was we were what when where which who whom whose why will with would you your"
).split()

# Some of everything that is spelled in several ways.
_PROBE = (
    "500µCi, 5 MBq/kg and 2 microcuries of AB-12 (iodine-125, [225Ac], Lu-177) in ABC 3, Abcde-1, Abcde 1, XX-XX-231, 4T1 and CD8+ "
    "cells on day 28 of Phase 2: 1,000 survivors lived 88.4 days, café, naïve, 10-K, 3-fold, 1.5 x 10^6"
)

_UNIT_WORD = re.compile(r"\b(?:nano|micro|milli|kilo|mega|giga|tera)?(?:curie|becquerel)s?\b", re.IGNORECASE)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_CODE = re.compile(r"(?=[^\W_]*\d)(?=[^\W_]*[^\W\d_])[^\W_]+")
NAME_PARTS = re.compile(r"([^\W\d_]{2,})(\d{1,5})")
# "Capan 1": a name where the index knows it as one, a word and a number where not. Words of four letters before numbers are
# "type", "week", "dose", "form"; codes of four letters are written in capitals, and so joined already.
_SPACED = re.compile(r"(?<![^\W_])([^\W\d_]{2,3}|[^\W\d_]{5,}) (\d{1,5})(?![^\W_]|[.,]\d)")
_MEASURE = re.compile(r"\d+(?:st|nd|rd|th|x|[a-zµ]{1,2})")


def normalised(text: str) -> str:
    """``text`` as it is indexed: names, nuclides and units in one spelling, ``1,000`` as ``1000``."""
    text = _UNIT_WORD.sub(lambda match: canonical_unit(match[0]) or match[0], text)
    return _THOUSANDS.sub("", fold(text))


def spelling_version() -> str:
    """Changes when this program spells what it indexes in another way than before, so that the index is to be made again."""
    spelled = normalised(_PROBE)
    return hashlib.sha256(" ".join([spelled, *analyzer().analyze(spelled)]).encode()).hexdigest()[:16]


@lru_cache(maxsize=10_000)
def code_names(text: str) -> frozenset[str]:
    """Names that hold a digit, as indexed: ``clr125``, ``pc3``, ``i131``; measures such as ``28d`` are none.

    A word before a number, as in "Capan 1" and "study 1", may be one: ``capan1``, ``study1``.
    """
    folded = normalised(text)
    codes = {code for code in _CODE.findall(folded) if not _MEASURE.fullmatch(code)}
    apart = {word + number for word, number in _SPACED.findall(folded) if word not in _FUNCTION_WORDS}
    return frozenset(codes | apart)


def query_terms(query: str, names: Iterable[str]) -> list[str]:
    """The terms to look for, each once: those of the query, function words only where there is nothing else, and of ``names``,
    which are the code names of the query that stand in the index."""
    text = normalised(query[:LONGEST_QUERY].encode("utf-8", "replace").decode("utf-8"))
    text = " ".join([*names, text])
    telling = analyzer(without_function_words=True).analyze(text)
    return list(dict.fromkeys(telling or analyzer().analyze(text)))[:_MOST_TERMS]


@cache
def analyzer(*, without_function_words: bool = False) -> TextAnalyzer:
    """Tokens, lower case, without accents, stemmed."""
    from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

    builder = TextAnalyzerBuilder(Tokenizer.regex(r"\d+\.\d+|[\p{L}\p{N}]+")).filter(Filter.lowercase()).filter(Filter.ascii_fold())
    if without_function_words:
        builder = builder.filter(Filter.custom_stopword(_FUNCTION_WORDS))
    return builder.filter(Filter.stemmer("english")).build()
