"""The library of one machine: immutable generations in the folder of a home."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.library import generations
from assistant.library.encoder import fingerprint
from assistant.library.snapshot import Snapshot
from assistant.library.store import silent

if TYPE_CHECKING:
    from assistant.library.check import CheckReport
    from assistant.library.ingest import IngestReport, RebuildReport
    from assistant.library.store import Extractor, Moment, Progress
    from assistant.values import Document


@dataclass(frozen=True)
class Generations:
    """A ``store.Published``: the generations in ``home``, whose vectors ``embedding_model`` made."""

    home: Path
    embedding_model: str

    def exists(self) -> bool:
        """Whether a generation is published."""
        return self.current() is not None

    def current(self) -> str | None:
        """The name of the published generation, or None."""
        return generations.current(self.home)

    def moment(self, before: Moment | None = None) -> Snapshot:
        """The published generation, opened."""
        fresh = Snapshot(self.home, fingerprint(self.embedding_model))
        if isinstance(before, Snapshot):
            fresh.take_encoder(before)
        return fresh


@dataclass(frozen=True)
class LocalStore(Generations):
    """A ``store.Store``: generations, and how studies are extracted."""

    extract: Extractor
    facts_version: str

    def add(
        self,
        paths: Sequence[Path | str],
        *,
        recursive: bool = False,
        url: str | None = None,
        progress: Progress | None = None,
        ray: str | None = None,
    ) -> IngestReport:
        """See ``ingest.add``."""
        from assistant.library import ingest
        from assistant.library.cluster.workers import readings
        from assistant.library.publishing import prepare_encoder

        encoder = partial(prepare_encoder, self.home, self.embedding_model, progress or silent)
        with readings(ray, self.home, self.embedding_model, self.extract, encoder) as read:
            return ingest.add(
                self.home,
                paths,
                embedding_model=self.embedding_model,
                extract=self.extract,
                facts_version=self.facts_version,
                recursive=recursive,
                url=url,
                progress=progress,
                read=read,
            )

    def remove(self, document: str) -> Document:
        """See ``ingest.remove``."""
        from assistant.library import ingest

        return ingest.remove(self.home, document)

    def refresh_facts(self) -> None:
        """See ``ingest.refresh_facts``."""
        from assistant.library import ingest

        ingest.refresh_facts(self.home, self.extract, self.facts_version)

    def bring_up_to_date(self, progress: Progress | None = None) -> None:
        """See ``ingest.bring_up_to_date``."""
        from assistant.library import ingest

        ingest.bring_up_to_date(self.home, progress=progress)

    def rebuild(self, progress: Progress | None = None) -> RebuildReport:
        """See ``ingest.rebuild``."""
        from assistant.library import ingest

        return ingest.rebuild(
            self.home, embedding_model=self.embedding_model, extract=self.extract, facts_version=self.facts_version, progress=progress
        )  # fmt: skip

    def rollback(self) -> str:
        """See ``generations.rollback``."""
        return generations.rollback(self.home)

    @property
    def server(self) -> None:
        """Everything is kept in the home."""

    def close(self) -> None:
        """Nothing is connected."""

    def check(self) -> CheckReport:
        """See ``check.check``."""
        from assistant.library.check import check

        return check(self.home)
