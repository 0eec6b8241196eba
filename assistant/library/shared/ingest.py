"""Changes to a shared store: add, remove, rebuild; each becomes visible as one ingest or not at all. Several may run at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing, nullcontext
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import LibraryError, ReadingError, UsageError
from assistant.library import readers
from assistant.library.arrivals import Readings, read_here
from assistant.library.catalogue import Source
from assistant.library.encoding import EncodingBeside, encode_missing
from assistant.library.files import Refused, find
from assistant.library.ingest import IngestReport, RebuildReport
from assistant.library.intake import Incoming, Intake
from assistant.library.library import find_document
from assistant.library.prepared import prepare
from assistant.library.shared.catalogue import SharedCatalogue
from assistant.library.shared.counting import count_anew
from assistant.library.shared.moment import name_of
from assistant.library.shared.publishing import Published, publishing, versions
from assistant.library.shared.staging import Staging, staging
from assistant.library.terms import spelling_version
from assistant.values import Document

if TYPE_CHECKING:
    from assistant.library.shared.store import SharedStore
    from assistant.library.store import Progress

# Vectors that are brought to Chroma again in one step.
_AT_ONCE = 1000


def add(  # noqa: PLR0913 - each says something else of what is added
    store: SharedStore,
    paths: Sequence[Path | str],
    *,
    recursive: bool,
    url: str | None,
    tell: Progress,
    read: Readings = read_here,
) -> IngestReport:
    """See ``assistant.library.ingest.add``. A place is the path of a file as this machine has it, whichever machine that is."""
    found = find(paths, recursive=recursive)
    if url and len(found.files) > 1:
        raise UsageError(f"a source names where one file comes from, and these are {len(found.files)}; add them one by one")
    store.require_fitting()
    number = store.number()
    intake = Intake(lambda: nullcontext(SharedCatalogue(store.server, number)), found.files, url, tell, read)
    done = Published(number)
    with closing(intake.changed()) as changed:
        if first := next(changed, None):
            done = _brought(store, intake, chain([first], changed), tell)
    for document, outcome in done.outcomes.items():
        intake.outcomes.setdefault(document, outcome)
    return IngestReport(
        **intake.sorted_out(SharedCatalogue(store.server, done.number).documents()),
        superseded=tuple(done.replaced),
        refused=(*found.refused, *intake.refused),
        skipped=found.skipped,
        passages=done.passages,
        generation=name_of(done.number) if done.number else None,
    )


def remove(store: SharedStore, document: str) -> Document:
    """See ``assistant.library.ingest.remove``; there is no way back."""
    with staging(store.server, store.vectors()) as staged, publishing(store.server, staged) as publication:
        before = store.published()
        found = find_document(before.documents(), document, before.superseded())
        publication.remove(versions(before.superseded(), found.id))
        publication.finish(store.fingerprint, spelling_version())
    return found


def rebuild(store: SharedStore, tell: Progress) -> RebuildReport:
    """Makes passages, facts and terms again from the stored texts, and fills Chroma from the stored vectors.

    What other ingests add or remove meanwhile stays added or removed.
    """
    if not store.exists():
        raise LibraryError("the shared store is empty; add documents first: assistant library add FILE")
    store.require_encoder()
    encoder = store.encoder(tell)
    before = store.published()
    documents = before.documents()
    with staging(store.server, store.vectors(create=True)) as staged:
        _fill(store, staged, tell)
        keys = {}
        for document in documents:
            text = before.text(document.id) or ""
            prepared = prepare(document, text, encoder.usual.tokens, store.extract)
            keys[document.id] = staged.add(document, text, prepared.passages, prepared.facts, store.facts_version)
        encode_missing(staged, encoder, tell)
        with publishing(store.server, staged, tell) as publication:
            publication.renew(keys)
            done = publication.finish(store.fingerprint, spelling_version())
            count_anew(staged.connection)
    return RebuildReport(generation=name_of(done.number), documents=len(documents), read_from="the texts in PostgreSQL")


def _brought(store: SharedStore, intake: Intake, changed: Iterable[Incoming], tell: Progress) -> Published:
    """Stages what ``changed`` and publishes it."""
    encoder = store.encoder(tell)
    placed: list[Incoming] = []
    keys: dict[str, int] = {}
    there = store.published()
    with staging(store.server, store.vectors(create=not store.exists())) as staged:
        with EncodingBeside(staged, encoder, intake.bytes) as beside:
            for incoming in changed:
                if not (incoming.document.id in keys or there.has(incoming.document.id)):
                    try:
                        prepared = incoming.prepared(encoder.usual.tokens, store.extract)
                        parts = prepared.passages, prepared.facts, store.facts_version
                        keys[incoming.document.id] = staged.add(incoming.document, incoming.text, *parts)
                    except ReadingError as error:
                        intake.refused.append(Refused(path=incoming.file.path, reason=str(error)))
                        continue
                    beside.came(len(prepared.passages), incoming.arrival.vectors)
                placed.append(incoming)
        encode_missing(staged, encoder, tell)
        with publishing(store.server, staged, tell) as publication:
            for incoming in placed:
                source = Source(incoming.document.id, intake.url, incoming.file.sha256, readers.VERSION)
                publication.place(incoming.file.location, incoming.file.path, source, keys)
            return publication.finish(store.fingerprint, spelling_version())


def _fill(store: SharedStore, staged: Staging, tell: Progress) -> None:
    """Has Chroma hold every vector that PostgreSQL has."""
    import numpy as np

    vectors, total, done, last = store.vectors(), store.server.rows("SELECT count(*) FROM vectors")[0][0], 0, ""
    query = b"SELECT key, vector FROM vectors WHERE key > %s ORDER BY key LIMIT %s"
    while rows := staged.connection.execute(query, (last, _AT_ONCE)).fetchall():
        last, done = rows[-1][0], done + len(rows)
        vectors.add([row[0] for row in rows], np.stack([np.frombuffer(row[1], dtype="<f4") for row in rows]))
        tell("indexing", done, total)
