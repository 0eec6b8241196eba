"""What a shared store held when an ingest was published, for reading."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from assistant.database.server import Server
from assistant.library.questions import QuestionEncoder
from assistant.library.search import hybrid
from assistant.library.shared.catalogue import SharedCatalogue
from assistant.library.shared.words import SharedWords
from assistant.values import Hit

if TYPE_CHECKING:
    from assistant.library.encoder import Vectors
    from assistant.library.shared.vectors import SharedVectors

# Among so few passages all are compared.
_FEW = 5_000
# Vectors that no passage of the moment has are left out, so that more are asked for than are wanted, and then still more.
_BEYOND = 2
_MORE = 4


class SharedMoment:
    """The rows as of one ingest; they stay for an hour after they were replaced, so that nothing has to be held."""

    def __init__(self, server: Server, number: int, vectors: Callable[[], SharedVectors], encoder: QuestionEncoder) -> None:
        self.name = name_of(number)
        self.encoder = encoder
        self.catalogue = SharedCatalogue(server, number)
        self._words = SharedWords(server, number)
        self._neighbours = _Neighbours(self.catalogue, vectors)

    @property
    def lock(self) -> AbstractContextManager[object]:
        """Nothing has to be locked."""
        return nullcontext()

    def search(self, query: str, k: int, documents: Sequence[str] | None) -> tuple[Hit, ...]:
        """See ``search.hybrid``."""
        vector = self.encoder.encode([query])[0]
        return hybrid(query, vector, k, catalogue=self.catalogue, lexical=self._words, vectors=self._neighbours, documents=documents)

    def hold(self) -> SharedMoment:
        """One holder more."""
        return self

    def release(self) -> None:
        """One holder less."""


class _Neighbours:
    """The vectors of a moment's passages."""

    def __init__(self, catalogue: SharedCatalogue, vectors: Callable[[], SharedVectors]) -> None:
        self._catalogue = catalogue
        self._vectors = vectors

    def nearest(self, vector: Vectors, k: int, among: Sequence[str] | None = None) -> tuple[str, ...]:
        """Ids of about the ``k`` nearest passages, nearest first, of all or of those named; of few, exactly."""
        if among is not None and len(among) <= _FEW:
            best = (-(self._catalogue.vectors(among) @ vector)).argsort(kind="stable")[:k].tolist() if among else []
            return tuple(among[place] for place in best)
        named = None if among is None else frozenset(among)
        wanted = k * _BEYOND
        while True:
            near = self._vectors().nearest(vector, wanted)
            having = self._catalogue.with_keys(near)
            found = [name for key in near for name in having.get(key, ()) if named is None or name in named]
            if len(found) >= k or len(near) < wanted:
                return tuple(found[:k])
            wanted *= _MORE

    def close(self) -> None:
        """Nothing is held."""


def name_of(number: int) -> str:
    """How an ingest is called where a local library names its generation."""
    return f"ingest-{number:06d}"
