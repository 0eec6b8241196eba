"""Exact nearest neighbours of a small library: the catalogue's own vectors, compared one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.library.catalogue import Catalogue

if TYPE_CHECKING:
    from assistant.library.encoder import Vectors

# Up to so many passages a comparison with all of them takes less than a millisecond, and their 15 MB are read in a tenth of the
# time that Chroma takes to be imported; beyond it Chroma's graph, which takes longer to open, wins.
MOST_PASSAGES = 10_000


class ExactVectors:
    """All vectors of a catalogue in memory; stands for a ``VectorIndex`` where there are few."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._ids = tuple(catalogue.passage_keys())
        self._places = {name: place for place, name in enumerate(self._ids)}
        self._vectors: Vectors | None = catalogue.vectors(self._ids) if self._ids else None

    def nearest(self, vector: Vectors, k: int, among: Sequence[str] | None = None) -> tuple[str, ...]:
        """Ids of the ``k`` nearest vectors, nearest first, of all or of those named."""
        if self._vectors is None or k < 1:
            return ()
        rows = None if among is None else sorted(self._places[name] for name in among)
        cosines = (self._vectors if rows is None else self._vectors[rows]) @ vector
        best = (-cosines).argsort(kind="stable")[:k].tolist()
        return tuple(self._ids[place if rows is None else rows[place]] for place in best)

    def close(self) -> None:
        """Lets the vectors go."""
        self._vectors = None
