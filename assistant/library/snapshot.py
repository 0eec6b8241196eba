"""One published generation, opened for reading."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import LibraryDamaged, LibraryError
from assistant.library import generations
from assistant.library.catalogue import Catalogue
from assistant.library.lexical import LexicalIndex
from assistant.library.search import hybrid
from assistant.library.vectors import VectorIndex
from assistant.values import Hit

if TYPE_CHECKING:
    from assistant.library.encoder import Vectors


def encoder_folder(home: Path, fingerprint: str) -> Path:
    """Where the twin of an encoder lies; generations share it."""
    return generations.root(home) / "encoders" / fingerprint[:16]


class Snapshot:
    """A generation with its catalogue and indexes; the indexes are opened when the first search needs them."""

    def __init__(self, home: Path, fingerprint: str) -> None:
        """Raises LibraryError and its kin where there is no generation that this program and encoder can read."""
        self._pin = generations.pin(home)
        try:
            self.name = self._pin.name
            self.catalogue = Catalogue.reading(self._pin.folder)
            self.fingerprint = self.catalogue.meta("encoder")
            check_encoder(self.fingerprint, fingerprint)
        except BaseException:
            self._pin.release()
            raise
        self._lexical: LexicalIndex | None = None
        self._vectors: VectorIndex | None = None

    def search(self, query: str, vector: Vectors, k: int, documents: Sequence[str] | None) -> tuple[Hit, ...]:
        """See ``search.hybrid``."""
        if self._lexical is None:
            self._lexical = LexicalIndex(self._pin.folder)
        if self._vectors is None:
            self._vectors = VectorIndex(self._pin.folder)
        return hybrid(
            query, vector, k, catalogue=self.catalogue, lexical=self._lexical, vectors=self._vectors, documents=documents
        )  # fmt: skip

    def close(self) -> None:
        """Lets the generation go, so that a writer may remove it."""
        if self._vectors:
            self._vectors.close()
        self.catalogue.close()
        self._pin.release()


def check_encoder(made_with: str, wanted: str) -> None:
    """Raises LibraryError where the library's vectors come from another encoder than the one that is configured."""
    if not made_with:
        raise LibraryDamaged("the library does not say which encoder made its vectors; run: assistant library rebuild")
    if made_with != wanted:
        raise LibraryError(
            f"the library was made with another embedding model (weights {made_with[:12]}…, configured {wanted[:12]}…); "
            "set ASSISTANT_EMBEDDING_MODEL back, or run: assistant library rebuild"
        )
