"""How likely a sentence answers a question: a logistic regression over what words, names, kinds and the encoder say of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from operator import mul
from typing import NamedTuple, Protocol


class Signs(Protocol):
    """What speaks for a sentence; offline/sentences/lookup.py says what each is."""

    @property
    def coverage(self) -> float: ...
    @property
    def names(self) -> float: ...
    @property
    def cosine(self) -> float: ...
    @property
    def closest(self) -> float: ...
    @property
    def kind(self) -> int: ...
    @property
    def sure(self) -> bool: ...
    @property
    def focus(self) -> bool: ...
    @property
    def defines(self) -> bool: ...
    @property
    def literal(self) -> bool: ...
    @property
    def elsewhere(self) -> float: ...
    @property
    def nowhere(self) -> float: ...
    @property
    def unsaid(self) -> frozenset[str]: ...
    @property
    def heading(self) -> bool: ...  # a heading or label, which says little by itself


# Fitted by tests/benchmarks/fit_lookup.py, a sentence that holds the answer against the others, to looked-at questions that the encoder of
# answers was not fitted to: four authors' of tests/evals/twelfth, release_practice and release_third; cross-validated there by file. The
# `behind` signs compare a sentence with the best of its rivals. The share of the question's words that a sentence has counts among rivals
# only: by itself it says less than the encoder knows.
WEIGHTS = {
    "coverage": -0.94,
    "names": 0.39,
    "cosine": 2.82,
    "closest": 2.91,
    "kind": 0.75,
    "no_kind": -0.34,
    "sure": 1.34,
    "focus": 0.26,
    "defines": 1.59,
    "literal": 0.21,
    "elsewhere": -1.43,
    "nowhere": -1.43,
    "unsaid": -0.82,
    "heading": -2.17,
    "behind_in_coverage": -2.10,
    "behind_in_closest": -4.84,
    "behind_in_cosine": -5.18,
}
BIAS = -2.10


class Best(NamedTuple):
    """The most that any rival has."""

    coverage: float
    closest: float
    cosine: float


def best_of(rivals: Sequence[Signs]) -> Best:
    """The best of the rivals in each respect. A heading is near to much and answers little, so none is a rival."""
    real = [(rival.coverage, rival.closest, rival.cosine) for rival in rivals if not rival.heading]
    return Best(*map(max, zip(*real, strict=True))) if real else Best(0.0, 0.0, 0.0)


def signs(sentence: Signs, best: Best) -> dict[str, float]:
    """The numbers that the regression weighs, by name, of a sentence among rivals of which the best have so much."""
    return dict(zip(WEIGHTS, _numbers(sentence, best), strict=True))


def _numbers(sentence: Signs, best: Best) -> tuple[float, ...]:
    """In the order of WEIGHTS."""
    return (
        sentence.coverage,
        sentence.names,
        sentence.cosine,
        sentence.closest,
        sentence.kind > 0,
        sentence.kind < 0,
        sentence.sure,
        sentence.focus,
        sentence.defines,
        sentence.literal,
        sentence.elsewhere,
        sentence.nowhere,
        bool(sentence.unsaid),
        sentence.heading,
        best.coverage - sentence.coverage,
        best.closest - sentence.closest,
        best.cosine - sentence.cosine,
    )


def likelihoods(sentences: Sequence[Signs]) -> list[float]:
    """For each sentence the probability that it answers, 0..1."""
    best, weights = best_of(sentences), tuple(WEIGHTS.values())
    return [1 / (1 + math.exp(-BIAS - sum(map(mul, weights, _numbers(each, best))))) for each in sentences]
