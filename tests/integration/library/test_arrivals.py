"""Vectors and passages that come along with what a file says are stored as they are, in a library of either kind."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from pathlib import Path

import numpy as np
from library_acts import VERSION, extract, open_library, store

from assistant.library import ingest
from assistant.library.arrivals import Arrival, File, document_of
from assistant.library.catalogue import text_digest
from assistant.library.prepared import Prepared
from assistant.library.readers import Reading
from assistant.library.shared import ingest as shared_ingest
from assistant.library.shared.store import SharedStore
from assistant.library.store import silent
from assistant.settings import PACKAGED_ENCODER
from assistant.values import Passage

TEXT = "Mice lived long. Rats did not."
BORDERS = (0, 16), (17, 30)


def test_what_came_along_is_stored(either: Path, note: Callable[..., Path]) -> None:
    vectors = np.eye(2, 384, dtype=np.float32)

    def read(files: Sequence[File]) -> Generator[Arrival, None, None]:
        reading = Reading(TEXT, "From elsewhere", None)
        name = document_of(files[0].path, reading).id
        passages = tuple(Passage(id=f"{name}:{a}", document=name, start=a, end=b, text=TEXT[a:b]) for a, b in BORDERS)
        keys = [text_digest(passage.text) for passage in passages]
        yield Arrival(files[0], reading, prepared=Prepared(passages, ("{}",)), vectors=dict(zip(keys, vectors, strict=True)))
        yield Arrival(files[1], None, refused="it was given up")

    files, kept = [note("XY-1"), note("XY-2")], store(either)
    if isinstance(kept, SharedStore):
        report = shared_ingest.add(kept, files, recursive=False, url=None, tell=silent, read=read)
    else:
        report = ingest.add(either, files, embedding_model=PACKAGED_ENCODER, extract=extract, facts_version=VERSION, read=read)
    assert [document.title for document in report.added] == ["From elsewhere"]
    assert [refused.reason for refused in report.refused] == ["it was given up"]
    with open_library(either) as library:
        assert [TEXT[p.start : p.end] for p in library.passages(report.added[0].id)] == ["Mice lived long.", "Rats did not."]
        assert "{}" in library.facts()
    catalogue = kept.moment().catalogue
    stored = catalogue.vectors([passage.id for passage in catalogue.passages(report.added[0].id)])
    assert np.array_equal(stored, vectors)
    assert kept.check().problems == ()
