"""Whether a stretch of a text shares characters with others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol


class Stretch(Protocol):
    """What stands at the characters ``start`` to ``end`` of a text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


def overlaps(start: int, end: int, others: Iterable[Stretch]) -> bool:
    """Whether the characters ``start`` to ``end`` share one with any of ``others``, which are of the same text."""
    return any(other.start < end and start < other.end for other in others)
