"""Hybrid search: lexical and dense candidates of one moment, fused into one ranking."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.library.store import Documents, Neighbours, Words
from assistant.library.terms import code_names
from assistant.values import Hit, Passage

if TYPE_CHECKING:
    from assistant.library.encoder import Vectors

# Weights of the two halves, chosen on SciFact's train claims (nDCG@10 .739 on its test claims; .645 dense, .689 lexical).
_COSINE_WEIGHT = 0.8
_LEXICAL_WEIGHT = 0.2
# How many candidates each half brings in.
_CANDIDATES = 100
# What a passage loses that has none of the code names which the query names. The vectors of "CLR 125" and "CLR 131" are
# nearly the same, so the loss must be more than what the dense half can tell apart; a passage that answers the rest of a
# query much better still comes before one that only has the name.
_LACKING = 0.25
# A passage whose document is titled with the name is about it, though it may call it "the compound".
_TITLED = 0.75


@dataclass(frozen=True, slots=True)
class Scores:
    """The two halves of a candidate's score, each in 0..1 over the query's candidates."""

    cosine: float
    lexical: float

    @property
    def fused(self) -> float:
        return _COSINE_WEIGHT * self.cosine + _LEXICAL_WEIGHT * self.lexical


def hybrid(  # noqa: PLR0913 - the three indexes of a moment and the query
    query: str,
    vector: Vectors,
    k: int,
    *,
    catalogue: Documents,
    lexical: Words,
    vectors: Neighbours,
    documents: Sequence[str] | None = None,
) -> tuple[Hit, ...]:
    """The ``k`` best passages for a query and its vector, best first, of some documents or of all."""
    wanted = max(_CANDIDATES, k)
    words = dict(lexical.search(query, wanted, documents))
    among = None if documents is None else list(catalogue.passage_keys(documents))
    dense = vectors.nearest(vector, wanted, among) if among is None or among else ()
    candidates = sorted({*words, *dense})
    if not candidates:
        return ()
    cosines = dict(zip(candidates, (catalogue.vectors(candidates) @ vector).tolist(), strict=True))
    scores = _normalised(cosines, words)
    names = lexical.known_names(query)
    # Names change the order of any candidates; without them only those that are shown need be read.
    passages = catalogue.passages_named(candidates if names else _first(scores, k))
    factors = _name_factors(names, passages, catalogue, lexical)
    hits = [
        Hit(passage=passage, score=scores[name].fused * factors.get(name, 1.0), cosine=scores[name].cosine, lexical=scores[name].lexical)
        for name, passage in passages.items()
    ]
    hits.sort(key=lambda hit: (-hit.score, hit.passage.document, hit.passage.start))
    return tuple(hits[:k])


def _first(scores: Mapping[str, Scores], k: int) -> list[str]:
    """The ``k`` best by their fused scores, and those that are as good as the last of them."""
    least = sorted((score.fused for score in scores.values()), reverse=True)[:k][-1]
    return [name for name, score in scores.items() if score.fused >= least]


def _normalised(cosines: Mapping[str, float], words: Mapping[str, float]) -> dict[str, Scores]:
    """Each half between its theoretical minimum (-1 for a cosine, 0 for BM25) and its maximum for this query."""
    most_alike = max(cosines.values())
    most_words = max(words.values(), default=0.0)
    return {
        name: Scores(
            cosine=max(0.0, (cosine + 1) / (most_alike + 1)) if most_alike > -1 else 0.0,
            lexical=words.get(name, 0.0) / most_words if most_words > 0 else 0.0,
        )
        for name, cosine in cosines.items()
    }


def _name_factors(names: Mapping[str, int], passages: Mapping[str, Passage], catalogue: Documents, lexical: Words) -> dict[str, float]:
    """What each candidate's score is multiplied with, for the code names of the query, given with how many passages have them.

    A name that many passages have tells little, so it weighs by its rarity, as a word does in BM25.
    """
    total = lexical.count()
    weights = {name: _rarity(count, total) for name, count in names.items()}
    if not weights:
        return {}
    titles = catalogue.titles({passage.document for passage in passages.values()})
    heaviest = _rarity(1, total) * len(weights)
    lost = dict.fromkeys(passages, 0.0)
    for name, weight in weights.items():
        holding = lexical.holding(name, list(passages))
        for key, passage in passages.items():
            if key not in holding and not _spelled_apart(name, passage.text):
                lost[key] += weight * (1 - _TITLED if name in code_names(titles[passage.document]) else 1.0)
    return {key: 1 - _LACKING * lack / heaviest for key, lack in lost.items()}


def _spelled_apart(name: str, text: str) -> bool:
    """Whether a name such as ``capan1``, which is indexed as one word, stands in a text as "Capan 1"."""
    parts = re.fullmatch(r"([^\W\d_]+)(\d+)", name)
    return parts is not None and re.search(rf"(?<![^\W_]){parts[1]} {parts[2]}(?![^\W_])", text.casefold()) is not None


def _rarity(count: int, total: int) -> float:
    return math.log(1 + (total - count + 0.5) / (count + 0.5))
