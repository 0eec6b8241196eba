"""The library that several machines share, as one of the two places that a library can have."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.database.server import Server
from assistant.errors import LibraryError, LibraryOutdated
from assistant.library import generations
from assistant.library.encoder import encoder_folder, fingerprint
from assistant.library.questions import QuestionEncoder
from assistant.library.shared.catalogue import SharedCatalogue
from assistant.library.shared.moment import SharedMoment
from assistant.library.shared.vectors import SharedVectors
from assistant.library.store import silent
from assistant.library.terms import spelling_version

if TYPE_CHECKING:
    from assistant.library.bulk import PassageEncoder
    from assistant.library.check import CheckReport
    from assistant.library.ingest import IngestReport, RebuildReport
    from assistant.library.store import Extractor, Moment, Progress
    from assistant.settings import Settings, SharedServers
    from assistant.values import Document


class SharedStore:
    """A ``store.Store`` on two servers; only the encoder lies in ``home``. Usable from several threads.

    ``home`` is this machine's, ``embedding_model`` and how studies are extracted must be the same on all.
    """

    def __init__(self, settings: Settings, servers: SharedServers, server: Server, extract: Extractor, facts_version: str) -> None:
        self.server = server
        self.extract = extract
        self.facts_version = facts_version
        self._home = settings.home
        self._embedding_model = settings.embedding_model
        self._servers = servers
        self._opening = threading.RLock()
        self._vectors: SharedVectors | None = None

    @cached_property
    def fingerprint(self) -> str:
        """What tells the configured encoder from others."""
        return fingerprint(self._embedding_model)

    def exists(self) -> bool:
        """Whether anything was published."""
        return self.number() > 0

    def current(self) -> str | None:
        """The name of the last ingest, or None."""
        from assistant.library.shared.moment import name_of

        number = self.number()
        return name_of(number) if number else None

    def number(self) -> int:
        """The number of the last ingest that was published; 0 where there is none."""
        return int(self.server.rows("SELECT coalesce(max(number), 0) FROM ingests")[0][0])

    def published(self) -> SharedCatalogue:
        """The documents as of now."""
        return SharedCatalogue(self.server, self.number())

    def moment(self, before: Moment | None = None) -> SharedMoment:
        """What is published now. Raises LibraryError where there is nothing, or this program cannot read it."""
        number = self.number()
        if not number:
            raise LibraryError("the shared store is empty; add documents first: assistant library add FILE, or: assistant library push")
        self.require_fitting()
        encoder = before.encoder if isinstance(before, SharedMoment) else self._questions
        return SharedMoment(self.server, number, self.vectors, encoder)

    def require_fitting(self) -> None:
        """Raises LibraryError where another encoder, LibraryOutdated where another version of this program made terms or studies."""
        self.require_encoder()
        spelled = self._meta("spelling")
        if (spelled and spelled != spelling_version()) or self.published().has_other_facts(self.facts_version):
            raise LibraryOutdated(
                "the shared store holds terms or studies of another version of this program; have all machines use one version, then run: "
                "assistant library rebuild"
            )

    def require_encoder(self) -> None:
        """Raises LibraryError where the vectors come from another encoder than the one that is configured."""
        made_with = self._meta("encoder")
        if made_with and made_with != self.fingerprint:
            raise LibraryError(
                f"the shared store was made with another embedding model (weights {made_with[:12]}…, configured {self.fingerprint[:12]}…); "
                "set ASSISTANT_EMBEDDING_MODEL back, or fill another database and Chroma server"
            )

    def vectors(self, *, create: bool = False) -> SharedVectors:
        """The collection on the Chroma server, connected when first needed; ``create`` makes it where it is not there, or is no more."""
        with self._opening:
            if self._vectors is None or create:
                name = f"passages-{self._meta('id')}-{self.fingerprint[:12]}"
                self._vectors = SharedVectors(self._servers, name, create=create)
            return self._vectors

    def encoder(self, tell: Progress) -> PassageEncoder:
        """The encoder of passages, made in this machine's home where it is not there yet."""
        from assistant.library.publishing import prepare_encoder

        folder = encoder_folder(self._home, self.fingerprint)
        if folder.exists():
            return prepare_encoder(self._home, self._embedding_model, tell)
        with generations.writing(self._home):  # of several processes one makes it
            return prepare_encoder(self._home, self._embedding_model, tell)

    def add(
        self,
        paths: Sequence[Path | str],
        *,
        recursive: bool = False,
        url: str | None = None,
        progress: Progress | None = None,
        ray: str | None = None,
    ) -> IngestReport:
        """See ``shared.ingest.add``."""
        from assistant.library.cluster.workers import readings
        from assistant.library.shared import ingest

        tell = progress or silent
        with readings(ray, self._home, self._embedding_model, self.extract, partial(self.encoder, tell)) as read:
            return ingest.add(self, paths, recursive=recursive, url=url, tell=tell, read=read)

    def remove(self, document: str) -> Document:
        """See ``shared.ingest.remove``."""
        from assistant.library.shared import ingest

        return ingest.remove(self, document)

    def refresh_facts(self) -> None:
        """Nothing: where it is needed, ``moment`` refuses, as machines with two versions of this program would take turns."""

    def bring_up_to_date(self, progress: Progress | None = None) -> None:
        """Raises LibraryOutdated where that is needed: others use the store, and nothing is changed behind their backs."""
        self.require_fitting()

    def rebuild(self, progress: Progress | None = None) -> RebuildReport:
        """See ``shared.ingest.rebuild``."""
        from assistant.library.shared import ingest

        return ingest.rebuild(self, progress or silent)

    def rollback(self) -> str:
        """Raises LibraryError: what others have added since would go with it."""
        raise LibraryError("a shared store keeps no generations to go back to; remove what is wrong, or restore a backup of the database")

    def close(self) -> None:
        """Closes the connections to PostgreSQL."""
        self.server.close()

    def check(self) -> CheckReport:
        """See ``shared.check.check``."""
        from assistant.library.shared.check import check

        return check(self)

    @cached_property
    def _questions(self) -> QuestionEncoder:
        self.encoder(silent)
        return QuestionEncoder(self._home, self.fingerprint)

    def _meta(self, column: str) -> str:
        return str(self.server.rows(f"SELECT coalesce({column}::text, '') FROM store")[0][0])
