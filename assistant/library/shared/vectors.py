"""The collection of a shared store on a Chroma server or Chroma Cloud: vectors under the keys of their texts, nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from assistant.errors import LibraryError, ServerUnreachable
from assistant.library.vectors import GRAPH, chroma_settings

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from chromadb import Collection
    from chromadb.api import ClientAPI

    from assistant.settings import SharedStore

# Seconds: for a connection to be made, and for the slowest of answers, which is that to an upsert of 300 rows.
_PATIENCE = 5.0
_LONGEST = 30.0
# Rows of one call: Chroma Cloud takes up to 300.
_BATCH = 300


class SharedVectors:
    """One collection; ``create`` makes it where it is not there. Usable from several threads.

    Raises ServerUnreachable where the server is away, LibraryError where it has no such collection.
    """

    def __init__(self, store: SharedStore, name: str, *, create: bool = False) -> None:
        self._store = store
        with translated(store):
            self._client = connected(store)
            self._collection = self._opened(name, create=create)

    def _opened(self, name: str, *, create: bool) -> Collection:
        from chromadb.errors import NotFoundError

        if create:
            return self._client.get_or_create_collection(name, embedding_function=None, configuration={"hnsw": GRAPH})
        try:
            return self._client.get_collection(name, embedding_function=None)
        except NotFoundError as error:
            raise LibraryError(
                f"Chroma at {place(self._store)} does not have the vectors of this library (collection {name}); "
                "set ASSISTANT_CHROMA_URL right, or fill it again with: assistant library rebuild"
            ) from error

    def add(self, keys: Sequence[str], vectors: npt.NDArray[np.float32]) -> None:
        """Adds vectors, or puts them in place of those with the same keys."""
        with translated(self._store):
            for first in range(0, len(keys), _BATCH):
                some = list(keys[first : first + _BATCH])
                self._collection.upsert(ids=some, embeddings=vectors[first : first + len(some)])

    def remove(self, keys: Sequence[str]) -> None:
        """Removes vectors; keys that are not there are left out."""
        with translated(self._store):
            for first in range(0, len(keys), _BATCH):
                self._collection.delete(ids=list(keys[first : first + _BATCH]))

    def nearest(self, vector: npt.NDArray[np.float32], k: int, among: Sequence[str] | None = None) -> tuple[str, ...]:
        """Keys of about the ``k`` nearest vectors, nearest first, of all or of those named."""
        with translated(self._store):
            found = self._collection.query(
                query_embeddings=vector.tolist(), n_results=k, include=[], ids=None if among is None else list(among)
            )
        return tuple(found["ids"][0])

    def keys(self) -> frozenset[str]:
        """All keys."""
        found: set[str] = set()
        with translated(self._store):
            while some := self._collection.get(include=[], limit=_BATCH, offset=len(found))["ids"]:
                found.update(some)
        return frozenset(found)

    def count(self) -> int:
        """How many vectors there are."""
        with translated(self._store):
            return int(self._collection.count())


def place(store: SharedStore) -> str:
    """Where the Chroma server is, in words."""
    return urlsplit(store.chroma_url).netloc.rpartition("@")[2]


@contextmanager
def translated(store: SharedStore) -> Iterator[None]:
    """What Chroma's client raises is a LibraryError of one line; ServerUnreachable where no answer came."""
    import chromadb.errors
    import httpx

    try:
        yield
    except (chromadb.errors.ChromaError, httpx.HTTPError, OSError, ValueError) as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise ServerUnreachable(
            f"Chroma at {place(store)} cannot be used: {reason}; start it, or set ASSISTANT_CHROMA_URL right"
        ) from error


def connected(store: SharedStore) -> ClientAPI:
    """A client of the server, which waits for no answer for ever."""
    import chromadb  # a second and more
    import httpx

    address = urlsplit(store.chroma_url)
    secure = address.scheme == "https"
    host, port = address.hostname or "", address.port or (443 if secure else 8000)
    # The client's own first questions have no limit, and no setting gives it one.
    httpx.get(f"{address.scheme}://{host}:{port}/api/v2/heartbeat", timeout=_PATIENCE)
    client = chromadb.HttpClient(
        host=host,
        port=port,
        ssl=secure,
        headers={"x-chroma-token": store.key} if store.key else None,
        settings=chroma_settings(),
        tenant=store.tenant,
        database=store.database,
    )
    # ClientAPI, the declared type, does not name what it speaks through.
    client._server._session.timeout = httpx.Timeout(_LONGEST, connect=_PATIENCE)  # type: ignore[attr-defined]
    return client
