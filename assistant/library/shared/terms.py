"""Passages as the shared store indexes them: the terms of the local index as lexemes, and lengths as the local index keeps them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.library.terms import analyzer, normalised

# A lexeme knows no count, so a term that stands several times is there again with its number; more times count as so many.
MOST_TIMES = 8
# PostgreSQL takes lexemes of 2,046 bytes; no word has so many letters.
_LONGEST = 256
# Lengths up to here are kept exactly; of each further eight the distance doubles.
_EXACT = 40


@dataclass(frozen=True, slots=True)
class Indexed:
    """``lexemes`` for a tsvector, ``tokens`` as there are, ``length`` as BM25 takes it."""

    lexemes: tuple[str, ...]
    tokens: int
    length: int


def indexed(text: str) -> Indexed:
    """What is indexed of the text of a passage in its context."""
    tokens = analyzer().analyze(normalised(text.encode("utf-8", "replace").decode("utf-8")))
    counts = Counter(token for token in tokens if len(token) <= _LONGEST)
    lexemes = tuple(again(term, time) for term, count in counts.items() for time in range(1, min(count, MOST_TIMES) + 1))
    return Indexed(lexemes, len(tokens), rounded_length(len(tokens)))


def again(term: str, time: int) -> str:
    """The lexeme that says that ``term`` stands in a passage for the ``time``-th time; terms hold letters, digits and points only."""
    return term if time == 1 else f"{term}#{time}"


def rounded_length(tokens: int) -> int:
    """A length in the one byte that Lucene and tantivy keep of it, so that both indexes rank alike; 40 and less stay as they are."""
    if tokens <= _EXACT:
        return tokens
    start, step = _EXACT, 2
    while tokens >= start + 8 * step:
        start, step = start + 8 * step, step * 2
    return start + (tokens - start) // step * step


def asked(lexemes: Iterable[str], operator: str = "|") -> str:
    """A tsquery for any (``|``) or all (``&``) of the lexemes."""
    return f" {operator} ".join(f"'{lexeme}'" for lexeme in lexemes if len(lexeme) <= _LONGEST)
