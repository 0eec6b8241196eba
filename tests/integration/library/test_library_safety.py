"""Short rounds of the safety benchmark: kills, a crowd, a full disk, mutilations; and libraries of older versions."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from library_acts import add, open_library, rebuild

from assistant.errors import LibraryDamaged, LibraryError, LibraryFull, LibraryOutdated
from assistant.library import generations, ingest, snapshot, space
from assistant.library.check import check
from tests.benchmarks.safety import crowd, disk, kills, made
from tests.benchmarks.safety.mutilations import DAMAGES
from tests.benchmarks.safety.processes import copied

Note = Callable[..., Path]
# Those that need no graph in files, which a library as small as this has not.
_DAMAGES = (
    "catalogue deleted",
    "catalogue: bytes flipped",
    "catalogue: documents dropped",
    "Chroma's database: embeddings dropped",
    "lexical index: a file deleted",
    "spare copy: bytes flipped",
    "manifest cut in half",
    "readers.lock deleted",
    "CURRENT names nothing",
)


def folder(home: Path) -> Path:
    return generations.root(home) / str(generations.current(home))


def test_killed_writers_lose_and_double_nothing(home: Path, tmp_path: Path) -> None:
    files = made.write(tmp_path / "files", 8, 10)
    result = kills.kills(home, files, 3, tmp_path)
    assert result.wrong == []
    assert result.asked > 0


def test_readers_and_writers_in_a_crowd(home: Path, tmp_path: Path) -> None:
    result = crowd.crowd(home, made.write(tmp_path / "files", 6, 3), 2, 2, 5, tmp_path)
    assert result.wrong == []
    assert result.asked > 0
    assert result.changes > 0


def test_a_disk_without_room_changes_nothing(home: Path, tmp_path: Path) -> None:
    files = made.write(tmp_path / "files", 10, 10)
    try:
        result = disk.full_disk(home, files, 2, tmp_path)
    except PermissionError as error:
        pytest.skip(f"no file system can be mounted: {error}")
    assert result.wrong == []
    assert any("LibraryFull" in said for _, said in result.levels)


def test_room_is_looked_for_before_anything_is_written(home: Path, note: Note, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(space, "free", lambda _: 1_000_000)
    before = sorted(path.name for path in generations.root(home).iterdir())
    with pytest.raises(LibraryFull, match="1 MB are free"):
        add(home, note("XY-1"))
    assert sorted(path.name for path in generations.root(home).iterdir()) == sorted({*before, "writer.lock"})


def test_a_disk_that_cannot_be_written_is_told_from_damage(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "MOST_PASSAGES", 0)  # a small library is searched on a full disk, too
    try:
        with disk.small_disk(tmp_path / "disk", 40_000_000) as small, open_library(copied(home, small / "home")) as library:
            filler = small / "filler"
            with pytest.raises(OSError, match="No space"), filler.open("wb", buffering=0) as file:
                while file.write(bytes(1 << 16)):
                    pass
            with pytest.raises(LibraryFull, match="make room"):
                library.search("two doses", 1)
            filler.unlink()
            subprocess.run(["mount", "-o", "remount,ro", str(small)], check=True)
            with pytest.raises(LibraryError, match="read-only disk; copy") as refused:
                library.search("two doses", 1)
            assert "rebuild" not in str(refused.value)
            subprocess.run(["mount", "-o", "remount,rw", str(small)], check=True)
            assert library.search("two doses", 1)
    except PermissionError as error:
        pytest.skip(f"no file system can be mounted: {error}")


@pytest.mark.parametrize("name", _DAMAGES)
def test_damage_is_found_or_harmless_and_mended(home: Path, name: str) -> None:
    with open_library(home) as library:
        right = [hit.passage.id for hit in library.search("two doses of HRB 131 in mice", 10)]
        documents = library.documents()
    DAMAGES[name](generations.root(home), folder(home))
    assert check(home).problems
    rebuild(home)
    assert check(home).problems == ()
    with open_library(home) as library:
        assert [hit.passage.id for hit in library.search("two doses of HRB 131 in mice", 10)] == right
        assert library.documents() == documents


def test_a_writer_builds_on_nothing_that_is_damaged(home: Path, note: Note) -> None:
    DAMAGES["catalogue: bytes flipped"](generations.root(home), folder(home))
    with pytest.raises(LibraryDamaged, match="rebuild"):
        add(home, note("XY-1"))


def test_without_current_the_newest_generation_is_read_and_no_document_is_lost(home: Path, note: Note) -> None:
    add(home, note("XY-1"))
    (generations.root(home) / "CURRENT").unlink()
    assert any("CURRENT is missing" in problem for problem in check(home).problems)
    with open_library(home) as library:
        assert len(library.documents()) == 2
    add(home, note("XY-2"))
    with open_library(home) as library:
        assert len(library.documents()) == 3
    assert check(home).problems == ()


def test_where_the_catalogue_and_its_copy_are_lost_the_generation_before_serves(home: Path, note: Note) -> None:
    add(home, note("XY-1"))
    for name in ("catalogue.sqlite", "documents.jsonl.gz"):
        (folder(home) / name).unlink()
    report = rebuild(home)
    assert (report.documents, report.read_from) == (1, "the catalogue of gen-000001")
    assert check(home).problems == ()


def test_a_rebuild_encodes_nothing_that_is_stored(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from assistant.library.encoder import Encoder

    shutil.rmtree(folder(home) / "chroma")
    monkeypatch.setattr(Encoder, "encode", lambda *_, **__: pytest.fail("a text was encoded"))
    rebuild(home)
    assert check(home).problems == ()


def test_a_library_of_an_older_version_is_brought_up_to_date(home: Path, note: Note) -> None:
    catalogue = folder(home) / "catalogue.sqlite"
    with closing(sqlite3.connect(catalogue)) as connection, connection:
        for column in ("superseded_by", "old_path", "old_url"):
            connection.execute(f"ALTER TABLE documents DROP COLUMN {column}")
        for column in ("url", "file_sha256", "reader"):
            connection.execute(f"ALTER TABLE sources DROP COLUMN {column}")
        connection.execute("ALTER TABLE passages DROP COLUMN columns")
        connection.execute("UPDATE meta SET value = '2' WHERE name = 'schema_version'")
    for name in ("manifest.json", "documents.jsonl.gz"):
        (folder(home) / name).unlink()
    with pytest.raises(LibraryOutdated):
        open_library(home)
    ingest.bring_up_to_date(home)
    with open_library(home) as library:
        assert library.search("LN4 prostate cancer", 1)
    assert check(home).problems == ()
    assert len(add(home, note("XY-1")).added) == 1
