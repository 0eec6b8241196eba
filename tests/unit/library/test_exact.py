"""The vectors of a small library are compared with a query one by one."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from assistant.library.catalogue import text_digest
from assistant.library.exact import ExactVectors
from assistant.library.revision import Revision
from assistant.values import Document, Passage


def test_the_nearest_come_first_and_only_those_asked_for(tmp_path: Path) -> None:
    vectors = np.eye(4, dtype="<f4")
    with Revision.create(tmp_path) as catalogue:
        catalogue.add_document(Document(id="d", title="d", date=None, path="d", sha256="d", characters=8), "a b c d ")
        passages = [Passage(id=f"d:{n}", document="d", start=2 * n, end=2 * n + 1, text="abcd"[n]) for n in range(4)]
        catalogue.set_passages("d", passages)
        catalogue.set_vectors(dict(zip((text_digest(p.text) for p in passages), vectors, strict=True)))
        exact = ExactVectors(catalogue)
    query = np.array([0.1, 0.5, 0.8, 0.2], dtype=np.float32)
    assert exact.nearest(query, 3) == ("d:2", "d:1", "d:3")
    assert exact.nearest(query, 9, ["d:3", "d:0"]) == ("d:3", "d:0")
    assert exact.nearest(query, 0) == ()


def test_an_empty_library_has_nothing_near(tmp_path: Path) -> None:
    with Revision.create(tmp_path) as catalogue:
        assert ExactVectors(catalogue).nearest(np.zeros(4, dtype=np.float32), 3) == ()
