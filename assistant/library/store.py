"""Where a library lies: what one on this machine and one that several machines share both offer.

``local.LocalStore`` keeps immutable generations in folders, ``shared.store.SharedStore`` rows of numbered ingests on two servers. A
``Library`` reads one ``Moment`` of either: all that was published when it was taken, and nothing that comes later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from assistant.database.server import Server
    from assistant.library.check import CheckReport
    from assistant.library.encoder import Vectors
    from assistant.library.ingest import IngestReport, RebuildReport
    from assistant.library.questions import QuestionEncoder
    from assistant.values import Document, Hit, Passage

# (document, canonical text) → one JSON text for each study
Extractor = Callable[["Document", str], Sequence[str]]
# (stage in words, done, total)
Progress = Callable[[str, int, int], None]


def silent(stage: str, done: int, total: int) -> None:
    """A ``Progress`` that tells nobody."""


class Documents(Protocol):
    """The documents of one moment, their passages and facts; for what each returns see ``catalogue.Catalogue``."""

    def meta(self, name: str) -> str: ...
    def documents(self) -> tuple[Document, ...]: ...
    def superseded(self) -> tuple[Document, ...]: ...
    def documents_named(self, ids: Iterable[str]) -> tuple[Document, ...]: ...
    def titles(self, ids: Iterable[str]) -> dict[str, str]: ...
    def text(self, document_id: str) -> str | None: ...
    def facts(self) -> tuple[str, ...]: ...
    def passages(self, document_id: str) -> tuple[Passage, ...]: ...
    def passages_named(self, ids: Iterable[str]) -> dict[str, Passage]: ...
    def passage_keys(self, documents: Iterable[str] | None = None) -> dict[str, str]: ...
    def vectors(self, ids: Sequence[str]) -> Vectors: ...


class Words(Protocol):
    """The lexical half of a search; see ``lexical.LexicalIndex``."""

    def search(self, query: str, k: int, documents: Sequence[str] | None = None) -> tuple[tuple[str, float], ...]: ...
    def known_names(self, query: str) -> dict[str, int]: ...
    def holding(self, name: str, passages: Sequence[str]) -> frozenset[str]: ...
    def count(self) -> int: ...


class Neighbours(Protocol):
    """The dense half of a search: what knows the vectors of a moment."""

    def nearest(self, vector: Vectors, k: int, among: Sequence[str] | None = None) -> tuple[str, ...]:
        """Ids of the ``k`` nearest, nearest first, of all or of those named."""

    def close(self) -> None:
        """Lets go what it holds."""


class Moment(Protocol):
    """All that was published at one time, for reading; ``lock`` is to be held while ``catalogue`` is read."""

    name: str
    encoder: QuestionEncoder

    @property
    def lock(self) -> AbstractContextManager[object]:
        """See above."""

    @property
    def catalogue(self) -> Documents:
        """What there is."""

    def search(self, query: str, k: int, documents: Sequence[str] | None) -> tuple[Hit, ...]:
        """See ``search.hybrid``."""

    def hold(self) -> Self:
        """One holder more."""

    def release(self) -> None:
        """One holder less; the last one lets the moment go."""


class Published(Protocol):
    """Where what was published of a library is read."""

    def exists(self) -> bool:
        """Whether anything was published."""

    def current(self) -> str | None:
        """The name of what is published now, or None; cheap enough for every question."""

    def moment(self, before: Moment | None = None) -> Moment:
        """What is published now; it goes on with the encoder of the moment ``before`` where that is the same."""


class Store(Published, Protocol):
    """A place for one library, with all that can be done to it; for what is done and raised see ``ingest``."""

    def add(
        self,
        paths: Sequence[Path | str],
        *,
        recursive: bool = False,
        url: str | None = None,
        progress: Progress | None = None,
        ray: str | None = None,
    ) -> IngestReport:
        """``ray`` is the address of the Ray cluster that reads and encodes the files; see ``cluster.workers``."""

    def remove(self, document: str) -> Document: ...

    def refresh_facts(self) -> None: ...

    def bring_up_to_date(self, progress: Progress | None = None) -> None: ...

    def rebuild(self, progress: Progress | None = None) -> RebuildReport: ...

    def rollback(self) -> str: ...

    def check(self) -> CheckReport: ...

    @property
    def server(self) -> Server | None:
        """The database in which everything else that is kept lies too; None where that is the home."""

    def close(self) -> None:
        """Ends what connections there are."""
