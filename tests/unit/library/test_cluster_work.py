"""What workers finished is kept and comes back as it was, and files are shared out in batches; none of it needs Ray."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import LibraryError
from assistant.library.cluster import connection
from assistant.library.cluster.finished import FILE, Finished, finished_work, key_of
from assistant.library.cluster.pipeline import batched
from assistant.library.cluster.stages import Named
from assistant.library.prepared import Prepared
from assistant.library.readers import Reading
from assistant.values import Passage

PASSAGES = (
    Passage(id="d:0", document="d", start=0, end=9, text="µ \ud800 \n| 5", page=2, section="Results", columns="| arm | days"),
    Passage(id="d:9", document="d", start=9, end=10, text="b"),
)


@pytest.mark.parametrize("passages", [PASSAGES, ()])
def test_what_is_packed_comes_back(passages: tuple[Passage, ...]) -> None:
    vectors = np.linspace(-1, 1, 4 * len(passages), dtype=np.float32).reshape(len(passages), 4)
    finished = Finished(Reading("µ \ud800 \n| 5b", "A title", None), Prepared(passages, ('{"a": "µ"}', "{}")), vectors)
    back = Finished.unpacked(finished.packed())
    assert (back.reading, back.prepared) == (finished.reading, finished.prepared)
    assert back.vectors.dtype == np.float32
    assert np.array_equal(back.vectors, vectors)
    assert [vector.tolist() for vector in back.by_key().values()] == vectors.tolist()


def test_what_is_kept_is_there_for_the_next_process_until_it_is_forgotten(tmp_path: Path) -> None:
    keys = [key_of("a.txt", digest, "4") for digest in ("1", "2", None)]
    assert len(set(keys)) == 3
    with finished_work(tmp_path) as work:
        for key in keys:
            work.keep(key, key.encode())
    with closing(sqlite3.connect(tmp_path / FILE)) as connection:
        connection.execute("UPDATE finished SET made = datetime('now', '-31 days') WHERE key = ?", (keys[2],))
        connection.commit()
    with finished_work(tmp_path) as work:
        assert work.known([*keys, "another"]) == frozenset(keys[:2])
        work.forget(keys[:1])
        assert [work.get(key) for key in keys] == [None, keys[1].encode(), None]
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


def test_a_file_that_is_no_database_is_one_line(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"x" * 5000)
    with pytest.raises(LibraryError, match=r"cannot be kept in .*finished\.sqlite .*remove that file"), finished_work(tmp_path):
        pass


def test_without_ray_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "find_spec", lambda name: None)
    with pytest.raises(LibraryError, match=r"pip install 'biotech-assistant\[ray\]'"):
        connection.require("auto")


def named(count: int) -> list[Named]:
    return [Named(number, str(number), Path(str(number))) for number in range(count)]


def test_batches_keep_the_order_and_their_bounds() -> None:
    files = named(1000)
    for sizes in ([1] * 1000, [1_000_000] * 1000, [90_000_000, 1] * 500):
        batches = batched(list(zip(files, sizes, strict=True)), processors=2)
        assert [file for batch in batches for file in batch] == files
        assert max(map(len, batches)) == (16 if sizes[1] == 1 and sizes[0] == 1 else 8 if sizes[0] == 1_000_000 else 1)


def test_few_files_are_for_all_processors() -> None:
    assert [len(batch) for batch in batched([(file, 1) for file in named(24)], processors=2)] == [3] * 8
    assert batched([(file, 1) for file in named(3)], processors=64) == [[file] for file in named(3)]
    assert batched([], processors=2) == []
