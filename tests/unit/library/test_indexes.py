"""The derived indexes follow their catalogue, and what does not agree with it is found out."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import LibraryDamaged
from assistant.library.catalogue import Catalogue, text_digest
from assistant.library.indexes import problems, settle, update_indexes
from assistant.library.lexical import LexicalIndex
from assistant.library.revision import Revision
from assistant.library.vectors import VectorIndex
from assistant.values import Document, Passage

# More than Chroma keeps in its log, so that the graph is in files.
MANY = 1100


def silent(stage: str, done: int, total: int) -> None:
    """Tells nobody."""


def store(catalogue: Revision, name: str, count: int) -> None:
    """A document of ``count`` passages with random vectors."""
    text = "".join(f"{name} {n:04d}. " for n in range(count))
    step = len(text) // count
    catalogue.add_document(Document(id=name, title=name, date=None, path=name, sha256=name, characters=len(text)), text)
    spans = [(n * step, (n + 1) * step - 1) for n in range(count)]
    passages = [Passage(id=f"{name}:{s}-{e}", document=name, start=s, end=e, text=text[s:e]) for s, e in spans]
    catalogue.set_passages(name, passages)
    vectors = np.random.default_rng(len(name)).normal(size=(count, 16)).astype("<f4")
    catalogue.set_vectors(dict(zip((text_digest(p.text) for p in passages), vectors, strict=True)))


def test_indexes_follow_the_catalogue(tmp_path: Path) -> None:
    with Revision.create(tmp_path) as catalogue:
        store(catalogue, "first", 5)
        update_indexes(tmp_path, catalogue, create=True, progress=silent)
        store(catalogue, "other", 3)
        catalogue.forget_document("first")
        update_indexes(tmp_path, catalogue, create=False, progress=silent)
        assert problems(tmp_path, catalogue) == ()
        kept = set(catalogue.passage_keys())
    assert len(kept) == 3
    with closing(VectorIndex(tmp_path)) as vectors:
        assert vectors.ids() == kept
    assert {name for name, _ in LexicalIndex(tmp_path).search("first other", 10)} == kept


def test_passages_are_indexed_in_the_order_in_which_they_came(tmp_path: Path) -> None:
    """As a rebuild does, so that of passages that score alike the same come first."""
    with Revision.create(tmp_path) as catalogue:
        store(catalogue, "later in the alphabet", 3)
        store(catalogue, "earlier", 2)
        assert catalogue.new() == list(catalogue.passage_keys())


def test_an_index_of_another_spelling_is_made_again(tmp_path: Path) -> None:
    with Revision.create(tmp_path) as catalogue:
        store(catalogue, "first", 5)
        update_indexes(tmp_path, catalogue, create=True, progress=silent)
        before = catalogue.passage_keys()
        index = LexicalIndex(tmp_path)
        index.change(list(before), [(name, "first", "spelled otherwise") for name in before])
        catalogue.note("spelling", "of an older version")
        update_indexes(tmp_path, catalogue, create=False, progress=silent)
    assert {name for name, _ in LexicalIndex(tmp_path).search("first", 10)} == set(before)


def test_an_empty_catalogue_has_sound_indexes(tmp_path: Path) -> None:
    with Revision.create(tmp_path) as catalogue:
        update_indexes(tmp_path, catalogue, create=True, progress=silent)
    settle(tmp_path)


def test_an_index_that_lacks_passages_is_not_published(tmp_path: Path) -> None:
    with Revision.create(tmp_path) as catalogue:
        store(catalogue, "first", 5)
        update_indexes(tmp_path, catalogue, create=True, progress=silent)
        store(catalogue, "other", 3)
    with pytest.raises(LibraryDamaged, match="not sound"):
        settle(tmp_path)
    with closing(Catalogue.reading(tmp_path)) as catalogue:
        assert len(problems(tmp_path, catalogue)) == 3


def test_a_vector_graph_that_was_overwritten_is_found_out(tmp_path: Path) -> None:
    with Revision.create(tmp_path) as catalogue:
        store(catalogue, "first", MANY)
        update_indexes(tmp_path, catalogue, create=True, progress=silent)
    settle(tmp_path)
    (graph,) = tmp_path.rglob("data_level0.bin")
    graph.write_bytes(bytes(graph.stat().st_size))
    # In a process of its own, which a damaged graph may end.
    code = "import sys, pathlib; from assistant.library.indexes import settle; settle(pathlib.Path(sys.argv[1]))"
    assert subprocess.run([sys.executable, "-c", code, tmp_path], capture_output=True, check=False).returncode != 0
