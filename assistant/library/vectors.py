"""The Chroma collection of a generation: ids and vectors only, a derived index that can always be rebuilt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import LibraryDamaged

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from chromadb import Collection
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from chromadb.config import Settings

FOLDER = "chroma"
_NAME = "passages"
# How far a query looks: with Chroma's 100, graphs of the same vectors that were built in another order gave 93 of 100 questions the
# same ten hits, with 300 they gave it to 99 (2,200 passages of the same few words).
GRAPH: CreateHNSWConfiguration = {"space": "cosine", "ef_search": 300}
# Rows of one call; Chroma takes up to 5,461.
_BATCH = 1000


class VectorIndex:
    """A collection opened from a generation's folder. Raises LibraryDamaged where Chroma cannot read or write it.

    A damaged store can end the process, so a suspect one belongs into a child process (see ``check``).
    """

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        with _translated():
            import chromadb  # a second and more

            settings = chroma_settings()
            try:
                # The declared type, ClientAPI, does not name close(), which what is given has.
                self._client: Client = chromadb.PersistentClient(folder / FOLDER, settings)  # type: ignore[assignment]
            except BaseException:
                _forget_broken(str(folder / FOLDER))
                raise
            try:
                self._collection = self._opened(create)
            except BaseException:
                self._client.close()
                raise

    def _opened(self, create: bool) -> Collection:
        if create:
            return self._client.create_collection(_NAME, embedding_function=None, configuration={"hnsw": GRAPH})
        return self._client.get_collection(_NAME, embedding_function=None)

    def add(self, ids: Sequence[str], vectors: npt.NDArray[np.float32]) -> None:
        """Adds one vector for each id."""
        with _translated():
            for first in range(0, len(ids), _BATCH):
                some = list(ids[first : first + _BATCH])
                self._collection.add(ids=some, embeddings=vectors[first : first + len(some)])

    def remove(self, ids: Sequence[str]) -> None:
        """Removes vectors by id."""
        with _translated():
            for first in range(0, len(ids), _BATCH):
                self._collection.delete(ids=list(ids[first : first + _BATCH]))

    def nearest(self, vector: npt.NDArray[np.float32], k: int, among: Sequence[str] | None = None) -> tuple[str, ...]:
        """Ids of about the ``k`` nearest vectors, nearest first, of all or of those named."""
        with _translated():
            found = self._collection.query(
                query_embeddings=vector.tolist(), n_results=k, include=[], ids=None if among is None else list(among)
            )
        return tuple(found["ids"][0])

    def count(self) -> int:
        """How many vectors there are."""
        with _translated():
            return int(self._collection.count())

    def ids(self) -> frozenset[str]:
        """All ids."""
        with _translated():
            return frozenset(self._collection.get(include=[])["ids"])

    def stored(self, ids: Sequence[str]) -> dict[str, npt.NDArray[np.float32]]:
        """Id → vector, of those of ``ids`` that are there."""
        import numpy as np  # listing documents needs no vectors

        found: dict[str, npt.NDArray[np.float32]] = {}
        with _translated():
            for first in range(0, len(ids), _BATCH):
                some = self._collection.get(ids=list(ids[first : first + _BATCH]), include=["embeddings"])
                rows = np.asarray(some["embeddings"], dtype=np.float32)
                found |= dict(zip(some["ids"], rows, strict=True))
        return found

    def close(self) -> None:
        """Lets the files go."""
        self._client.close()


def chroma_settings() -> Settings:
    """Chroma's settings for every client of ours: nobody is told of its use, and no .env file of the current folder configures it."""
    from chromadb.config import Settings

    # The argument is one of pydantic-settings, which reads it, and which mypy's view of the class does not name.
    return Settings(_env_file=None, anonymized_telemetry=False)  # type: ignore[call-arg]


def _forget_broken(place: str) -> None:
    """Has Chroma forget a store that it could not open: it keeps what it began for each place, and would use that the next time."""
    from chromadb.api.shared_system_client import SharedSystemClient

    if place not in SharedSystemClient._identifier_to_refcount:  # nobody has it open
        SharedSystemClient._identifier_to_system.pop(place, None)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        import chromadb.errors
    except ImportError as error:
        raise LibraryDamaged(f"chromadb cannot be loaded ({error}); install it again") from error
    try:
        yield
    except (chromadb.errors.ChromaError, OSError, ValueError, RuntimeError) as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise LibraryDamaged(f"the library's vectors cannot be used ({reason}); run: assistant library rebuild") from error
