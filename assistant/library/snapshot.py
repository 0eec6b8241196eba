"""One published generation, opened for reading and shared by the handles that are at it."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from assistant.errors import LibraryDamaged, LibraryError, LibraryFull
from assistant.library import generations, space
from assistant.library.catalogue import Catalogue
from assistant.library.exact import MOST_PASSAGES, ExactVectors
from assistant.library.lexical import LexicalIndex
from assistant.library.questions import QuestionEncoder
from assistant.library.search import hybrid
from assistant.library.store import Neighbours
from assistant.library.vectors import VectorIndex
from assistant.values import Hit

# Bytes that opening both indexes writes for locks and journals, rounded up.
_ROOM_TO_OPEN = 1_000_000


class Snapshot:
    """A generation with its catalogue, indexes and encoder; the latter are opened when the first search needs them.

    ``lock`` is to be held while the catalogue is read. The generation is let go when all that hold the snapshot released it.
    """

    def __init__(self, home: Path, fingerprint: str) -> None:
        """Raises LibraryError and its kin where there is no generation that this program and encoder can read."""
        self._pin = generations.pin(home)
        try:
            self.name = self._pin.name
            self.catalogue = Catalogue.reading(self._pin.folder)
        except BaseException:
            self._pin.release()
            raise
        try:
            self.fingerprint = self.catalogue.meta("encoder")
            check_encoder(self.fingerprint, fingerprint)
        except BaseException:
            self.catalogue.close()
            self._pin.release()
            raise
        self.lock = threading.RLock()
        self._holders = 1
        self.encoder = QuestionEncoder(home, self.fingerprint)
        self._indexes: tuple[LexicalIndex, Neighbours] | None = None

    def hold(self) -> Snapshot:
        """One holder more."""
        with self.lock:
            self._holders += 1
        return self

    def release(self) -> None:
        """One holder less; the last one lets the generation go, so that a writer may remove it."""
        with self.lock:
            self._holders -= 1
            if self._holders:
                return
            if self._indexes:
                self._indexes[1].close()
            self.catalogue.close()
            self._pin.release()

    def search(self, query: str, k: int, documents: Sequence[str] | None) -> tuple[Hit, ...]:
        """See ``search.hybrid``."""
        if self._indexes is None:
            import numpy as np  # noqa: F401 - two threads that import it at the same time find it half made

            # Chroma and the encoder each take most of a second to load the first time, and wait for different things.
            with ThreadPoolExecutor(max_workers=1) as beside:
                opening = beside.submit(self._open_indexes)
                vector = self.encoder.encode([query])[0]
                lexical, vectors = opening.result()
        else:
            lexical, vectors = self._indexes
            vector = self.encoder.encode([query])[0]
        with self.lock:
            return hybrid(query, vector, k, catalogue=self.catalogue, lexical=lexical, vectors=vectors, documents=documents)

    def _open_indexes(self) -> tuple[LexicalIndex, Neighbours]:
        with self.lock:
            self._indexes = self._indexes or _opened(self._pin.folder, self.catalogue)
            return self._indexes

    def take_encoder(self, other: Snapshot) -> None:
        """Shares the encoders that an older snapshot has loaded, where they are the same."""
        if self.fingerprint == other.fingerprint:
            self.encoder = other.encoder


def _opened(folder: Path, catalogue: Catalogue) -> tuple[LexicalIndex, Neighbours]:
    """The indexes of a generation; of a small one the vectors themselves.

    Indexes write a little when they are opened, so that a place that cannot be written is told apart.
    """
    if not os.access(folder, os.W_OK):
        raise LibraryError(
            f"the library cannot be searched: its indexes take locks in {folder}, which may not be written to or is on a read-only disk; "
            "copy the assistant's folder to a place where you may write, and name that with ASSISTANT_HOME"
        )
    try:
        few = catalogue.count("passages") <= MOST_PASSAGES
        return LexicalIndex(folder), ExactVectors(catalogue) if few else VectorIndex(folder)
    except LibraryDamaged as error:
        if space.free(folder) < _ROOM_TO_OPEN:
            raise LibraryFull(f"the library cannot be searched: the disk of {folder} is full; make room, and try again") from error
        raise


def check_encoder(made_with: str, wanted: str) -> None:
    """Raises LibraryError where the library's vectors come from another encoder than the one that is configured."""
    if not made_with:
        raise LibraryDamaged("the library does not say which encoder made its vectors; run: assistant library rebuild")
    if made_with != wanted:
        raise LibraryError(
            f"the library was made with another embedding model (weights {made_with[:12]}…, configured {wanted[:12]}…); "
            "set ASSISTANT_EMBEDDING_MODEL back, or run: assistant library rebuild --embedding-model NAME"
        )
