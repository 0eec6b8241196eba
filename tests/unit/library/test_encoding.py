"""Passages get their vectors beside the reading of others, each its own, and none where the reading fails."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from assistant.library import encoding
from assistant.library.bulk import Encodes, PassageEncoder
from assistant.library.catalogue import text_digest
from assistant.library.encoding import EncodingBeside, encode_missing
from assistant.library.revision import Revision
from assistant.values import Document, Passage

if TYPE_CHECKING:
    from assistant.library.encoder import Vectors

MANY = 5


class Lengths(PassageEncoder):
    """Encodes a text as its length; waits for ``gate`` where it has one. ``asked`` has each request's texts and thread."""

    def __init__(self, gate: threading.Event | None = None) -> None:
        self.asked: list[tuple[int, str]] = []
        self.gate = gate

    def quickest(self, count: int) -> Encodes:
        return self

    def encode(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> Vectors:
        self.asked.append((len(texts), threading.current_thread().name))
        for done in range(len(texts)):
            if self.gate:
                self.gate.wait(0.01)
            if progress:
                progress(done + 1)
        return np.array([[len(text), 1.0] for text in texts], dtype=np.float32)


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "MANY", MANY)


def added(catalogue: Revision, number: int) -> int:
    """Adds a document with two passages; returns their count."""
    name, text = f"d{number}", "a" * (number + 1) + " " + "b" * (number + 40)
    catalogue.add_document(Document(id=name, title=name, date=None, path=name, sha256=name, characters=len(text)), text)
    borders = (0, number + 1), (number + 2, len(text))
    catalogue.set_passages(name, [Passage(id=f"{name}:{a}", document=name, start=a, end=b, text=text[a:b]) for a, b in borders])
    return 2


def test_each_passage_gets_its_own_vector_most_of_them_meanwhile(tmp_path: Path) -> None:
    encoder = Lengths()
    with Revision.create(tmp_path) as catalogue:
        with EncodingBeside(catalogue, encoder) as beside:
            for number in range(10):
                beside.came(added(catalogue, number), {})
        assert catalogue.missing_count() == 2
        encode_missing(catalogue, encoder, lambda *_: None)
        passages = [passage for number in range(10) for passage in catalogue.passages(f"d{number}")]
        lengths = catalogue.vectors([passage.id for passage in passages])[:, 0].tolist()
    assert lengths == [len(passage.text) for passage in passages]
    main = threading.current_thread().name
    assert [(count, thread == main) for count, thread in encoder.asked] == [(6, False), (6, False), (6, False), (2, True)]


def test_where_many_are_to_come_the_first_are_encoded_soon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "_STEP", 2)
    encoder = Lengths()
    with Revision.create(tmp_path) as catalogue:
        with EncodingBeside(catalogue, encoder, MANY * encoding.PASSAGE_BYTES) as beside:
            beside.came(added(catalogue, 0), {})
        assert (catalogue.missing_count(), [count for count, _ in encoder.asked]) == (0, [2])


def test_few_passages_are_left_to_the_end(tmp_path: Path) -> None:
    encoder = Lengths()
    with Revision.create(tmp_path) as catalogue:
        with EncodingBeside(catalogue, encoder) as beside:
            beside.came(added(catalogue, 0), {})
        assert catalogue.missing_count() == 2
    assert encoder.asked == []


def test_a_failure_of_the_reading_ends_the_encoding(tmp_path: Path) -> None:
    gate = threading.Event()
    encoder = Lengths(gate)
    before = threading.active_count()
    with pytest.raises(KeyboardInterrupt), Revision.create(tmp_path) as catalogue, EncodingBeside(catalogue, encoder) as beside:
        for number in range(3):
            beside.came(added(catalogue, number), {})
        raise KeyboardInterrupt
    assert threading.active_count() == before


def test_vectors_that_come_along_are_stored_and_only_the_others_made(tmp_path: Path) -> None:
    encoder = Lengths()
    with Revision.create(tmp_path) as catalogue:
        with EncodingBeside(catalogue, encoder) as beside:
            for number in range(10):
                added(catalogue, number)
                brought = {text_digest(p.text): np.array([-1.0, number], dtype=np.float32) for p in catalogue.passages(f"d{number}")}
                beside.came(2, brought if number else {})
        assert catalogue.missing_count() == 2
        encode_missing(catalogue, encoder, lambda *_: None)
        made = [catalogue.vectors([p.id for p in catalogue.passages(f"d{number}")]).tolist() for number in range(10)]
    assert made == [[[1.0, 1.0], [40.0, 1.0]], *([[-1.0, number]] * 2 for number in range(1, 10))]
    assert [count for count, _ in encoder.asked] == [2]
