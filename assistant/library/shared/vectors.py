"""The collection of a shared store on a Chroma server or Chroma Cloud: vectors under the keys of their texts, nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from assistant.errors import LibraryError, ServerUnreachable
from assistant.library.vectors import GRAPH, chroma_settings

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from chromadb import Collection
    from chromadb.api import ClientAPI

    from assistant.settings import SharedServers

Result = TypeVar("Result")

# Seconds: for a connection to be made, and for the slowest of answers, which is that to an upsert of 300 rows.
_PATIENCE = 5.0
_LONGEST = 30.0
# Rows of one call: Chroma Cloud takes up to 300.
_BATCH = 300


class SharedVectors:
    """One collection; ``create`` makes it where it is not there. Usable from several threads.

    Raises ServerUnreachable where the server is away, LibraryError where it has no such collection.
    """

    def __init__(self, servers: SharedServers, name: str, *, create: bool = False) -> None:
        self._servers = servers
        self._name = name
        with translated(servers):
            self._client = connected(servers)
            self._collection = self._opened(create=create)

    def _opened(self, *, create: bool = False) -> Collection:
        from chromadb.errors import NotFoundError

        if create:
            return self._client.get_or_create_collection(self._name, embedding_function=None, configuration={"hnsw": GRAPH})
        try:
            return self._client.get_collection(self._name, embedding_function=None)
        except NotFoundError as error:
            raise LibraryError(
                f"Chroma at {place(self._servers)} does not have the vectors of this library (collection {self._name}); "
                "set ASSISTANT_CHROMA_URL right, or fill it again with: assistant library rebuild"
            ) from error

    def _done(self, act: Callable[[Collection], Result]) -> Result:
        """What ``act`` gives of the collection, or of the one that another process made in its place since it was opened."""
        from chromadb.errors import NotFoundError

        with translated(self._servers):
            try:
                return act(self._collection)
            except NotFoundError:
                self._collection = self._opened()
                return act(self._collection)

    def add(self, keys: Sequence[str], vectors: npt.NDArray[np.float32]) -> None:
        """Adds vectors, or puts them in place of those with the same keys."""
        for first in range(0, len(keys), _BATCH):
            self._add(list(keys[first : first + _BATCH]), vectors[first : first + _BATCH])

    def _add(self, keys: list[str], vectors: npt.NDArray[np.float32]) -> None:
        self._done(lambda collection: collection.upsert(ids=keys, embeddings=vectors))

    def remove(self, keys: Sequence[str]) -> None:
        """Removes vectors; keys that are not there are left out."""
        for first in range(0, len(keys), _BATCH):
            self._remove(list(keys[first : first + _BATCH]))

    def _remove(self, keys: list[str]) -> None:
        self._done(lambda collection: collection.delete(ids=keys))

    def nearest(self, vector: npt.NDArray[np.float32], k: int, among: Sequence[str] | None = None) -> tuple[str, ...]:
        """Keys of about the ``k`` nearest vectors, nearest first, of all or of those named."""
        named = None if among is None else list(among)
        found = self._done(lambda collection: collection.query(query_embeddings=vector.tolist(), n_results=k, include=[], ids=named))
        return tuple(found["ids"][0])

    def keys(self) -> frozenset[str]:
        """All keys."""
        found: set[str] = set()
        while some := self._done(lambda collection: collection.get(include=[], limit=_BATCH, offset=len(found))["ids"]):
            found.update(some)
        return frozenset(found)

    def count(self) -> int:
        """How many vectors there are."""
        return int(self._done(lambda collection: collection.count()))


def place(servers: SharedServers) -> str:
    """Where the Chroma server is, in words."""
    return urlsplit(servers.chroma_url).netloc.rpartition("@")[2]


@contextmanager
def translated(servers: SharedServers) -> Iterator[None]:
    """What Chroma's client raises is a LibraryError of one line; ServerUnreachable where no answer came."""
    import chromadb.errors
    import httpx

    try:
        yield
    except (chromadb.errors.ChromaError, httpx.HTTPError, OSError, ValueError) as error:
        reason = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise ServerUnreachable(
            f"Chroma at {place(servers)} cannot be used: {reason}; start it, or set ASSISTANT_CHROMA_URL right"
        ) from error


def connected(servers: SharedServers) -> ClientAPI:
    """A client of the server, which waits for no answer for ever."""
    import chromadb  # a second and more
    import httpx

    address = urlsplit(servers.chroma_url)
    secure = address.scheme == "https"
    host, port = address.hostname or "", address.port or (443 if secure else 8000)
    # The client's own first questions have no limit, and no setting gives it one.
    httpx.get(f"{address.scheme}://{host}:{port}/api/v2/heartbeat", timeout=_PATIENCE)
    client = chromadb.HttpClient(
        host=host,
        port=port,
        ssl=secure,
        headers={"x-chroma-token": servers.key} if servers.key else None,
        settings=chroma_settings(),
        tenant=servers.tenant,
        database=servers.database,
    )
    # ClientAPI, the declared type, does not name what it speaks through.
    client._server._session.timeout = httpx.Timeout(_LONGEST, connect=_PATIENCE)  # type: ignore[attr-defined]
    return client
