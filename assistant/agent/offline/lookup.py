"""Which sentence of the found passages answers a question, if any does: words, names, kinds of answer, and the encoder's opinion."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from assistant.agent.evidence import Source
from assistant.agent.offline.cues import scaffold, synonyms
from assistant.agent.offline.kinds import Kind, wanted_kinds
from assistant.language.sentences import sentences
from assistant.language.stems import Word, stems, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Encode = Callable[[Sequence[str]], NDArray[np.float32]]
else:
    Encode = Callable[[Sequence[str]], Any]

# How much of a question term counts as found: in the sentence itself, by a synonym there, in its heading or the sentence before.
_EXACT, _SYNONYM, _NEARBY = 1.0, 0.9, 0.5
_NAME_WEIGHT = 2.5
_KIND_BONUS, _KIND_MALUS = 0.2, 0.35
_LONGEST_LINE = 70


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence of source number ``source``, or a run of short lines such as an address; ``context`` is what stands around it."""

    source: int
    position: int
    text: str
    context: str
    name: str

    @property
    def quote(self) -> str:
        """The text on one line."""
        return " ".join(self.text.split())


@dataclass(frozen=True, slots=True)
class Match:
    """A unit with its scores: ``coverage`` of the question's terms in 0..1, ``cosine`` by the encoder, ``score`` of all."""

    unit: Unit
    coverage: float
    cosine: float
    kind: bool
    score: float
    lacks: tuple[str, ...]


def units(sources: Sequence[Source]) -> tuple[Unit, ...]:
    """The sentences of all passages, and each run of short lines as one more unit."""
    found: list[Unit] = []
    for number, source in enumerate(sources, 1):
        text = source.passage.text
        heading, previous, run = "", "", []
        for position, sentence in enumerate(sentences(text)):
            line = sentence.kind == "heading" or (len(sentence.text) <= _LONGEST_LINE and sentence.text.endswith(":"))
            if line and position == 0:
                heading = sentence.text
            run = [*run, sentence] if line else []
            found.append(Unit(number, position, sentence.text, f"{heading} {previous}", source.document.title))
            previous = sentence.text
            if len(run) > 1:
                joined = text[run[0].start : run[-1].end]
                found.append(Unit(number, position, joined, heading, source.document.title))
    return tuple(found)


def rank(question: str, form: str, candidates: Sequence[Unit], encode: Encode) -> tuple[Match, ...]:
    """The candidates with their scores, best first."""
    if not candidates:
        return ()
    terms = _terms(question)
    frequencies = _frequencies(candidates)
    kinds = wanted_kinds(question, form)
    vectors = encode([" ".join(question.split()), *(unit.quote for unit in candidates)])
    cosines = vectors[1:] @ vectors[0]
    matches = [_match(unit, terms, frequencies, kinds, float(cosine)) for unit, cosine in zip(candidates, cosines, strict=True)]
    return tuple(sorted(matches, key=lambda match: -match.score))


def _match(unit: Unit, terms: Sequence[Word], frequencies: dict[str, float], kinds: Sequence[Kind], cosine: float) -> Match:
    own, around = _stem_set(unit.text), _stem_set(unit.context)
    total = found = 0.0
    lacks = []
    for term in terms:
        weight = _weight(term, frequencies)
        share = _found(term.stem, own, around)
        total += weight
        found += weight * share
        if share < _NEARBY:
            lacks.append(term.text)
    coverage = found / total if total else 0.0
    has_kind = any(kind.found_in(unit.text) for kind in kinds)
    bonus = 0.0 if not kinds else _KIND_BONUS if has_kind else -_KIND_MALUS
    score = 0.55 * coverage + 0.45 * max(cosine, 0.0) + bonus - _length_malus(unit)
    return Match(unit, coverage, cosine, has_kind, score, tuple(lacks))


def _found(stem: str, own: frozenset[str], around: frozenset[str]) -> float:
    if stem in own:
        return _EXACT
    group = synonyms().get(stem, frozenset())
    if any(set(member.split()) <= own for member in group):
        return _SYNONYM
    if stem in around or any(set(member.split()) <= around for member in group):
        return _NEARBY
    return 0.0


def _terms(question: str) -> tuple[Word, ...]:
    """The question's words that carry content, each once."""
    found: dict[str, Word] = {}
    for word in words(question):
        if word.stem not in scaffold():
            found.setdefault(word.stem, word)
    return tuple(found.values())


def _weight(term: Word, frequencies: dict[str, float]) -> float:
    """Rare words weigh more than common ones; names with digits most."""
    if re.search(r"\d", term.text):
        return _NAME_WEIGHT
    return 1.0 - 0.5 * frequencies.get(term.stem, 0.0)


def _frequencies(candidates: Sequence[Unit]) -> dict[str, float]:
    """For each stem the share of units that have it, on a square-root scale."""
    counts: dict[str, int] = {}
    for unit in candidates:
        for stem in _stem_set(unit.text):
            counts[stem] = counts.get(stem, 0) + 1
    return {stem: math.sqrt(count / len(candidates)) for stem, count in counts.items()}


@lru_cache(maxsize=20_000)
def _stem_set(text: str) -> frozenset[str]:
    return frozenset(stems(text))


def _length_malus(unit: Unit) -> float:
    """A unit of one or two words says nothing by itself."""
    count = len(unit.text.split())
    return 0.15 if count < 4 else 0.0
