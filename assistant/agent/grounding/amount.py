"""A figure as it is compared: its value and unit, how finely it is written, what bounds it and what it counts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure at ``start``:``end``; ``grain`` is the step of its last written digit, ``nouns`` are the stems it counts.

    ``qualifier`` is the figure's, ``no>`` for "none more than", or ``limit``, ``limit>`` and ``limit<`` of what is called one.
    ``kind`` is the figure's, or ``count`` for "single" and "both", ``rank`` for "second". ``peak`` tells that it is called the
    greatest of its kind.
    """

    start: int
    end: int
    value: float
    unit: str
    kind: str
    qualifier: str
    text: str
    grain: float
    nouns: frozenset[str]
    peak: bool = False
