"""A library on two servers: several writers, killed ones, questions that go on reading meanwhile."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from first_use import HERE, FirstUse, run_python, shared_home, shared_store
from library_acts import SHARED, add, checked, open_library, rebuild, remove, store
from servers import Servers

from assistant.errors import LibraryError
from assistant.library.shared.terms import rounded_length

Note = Callable[..., Path]

KILLED = """
import os, signal, sys
from library_acts import add
def progress(stage, done, total):
    if sys.argv[1] == f"{stage} {'begins' if done == 0 else 'ends'}" and done in (0, total): os.kill(os.getpid(), signal.SIGKILL)
add(sys.argv[2], *sys.argv[3:], progress=progress)
"""
ADDING = """
import sys
from library_acts import add
sys.stdin.readline()
add(sys.argv[1], *sys.argv[2:])
"""
ROWS = ("ingests", "texts", "documents", "passages", "facts", "vectors")


def rows(home: Path) -> dict[str, int]:
    return {table: shared_store(home).server.rows(f"SELECT count(*) FROM {table}")[0][0] for table in ROWS}


@pytest.mark.parametrize("moment", ["encoding begins", "publishing begins"])
def test_what_a_killed_ingest_leaves_is_never_seen_and_swept(shared: Path, note: Note, moment: str) -> None:
    before, vectors = rows(shared), shared_store(shared).vectors()
    child = run_python(KILLED, moment, shared, note("XY-1"), note("XY-2"), environment=SHARED[shared])
    assert child.killed, child.err
    assert rows(shared)["documents"] == before["documents"] + 2
    assert (vectors.count() > before["vectors"]) == (moment == "publishing begins")
    with open_library(shared) as library:
        assert library.generation == "ingest-000001"
        assert [document.title for document in library.documents()] == ["Two Doses of HRB 131 Prolong Survival"]
        assert all(hit.passage.document == library.documents()[0].id for hit in library.search("XY-1 lived for 50 days", 20))
    add(shared, note("XY-3"))
    after = rows(shared)
    assert {table: after[table] - before[table] for table in ("ingests", "texts", "documents", "facts")} == dict.fromkeys(
        ("ingests", "texts", "documents", "facts"), 1
    )
    assert vectors.keys() == {key for (key,) in shared_store(shared).server.rows("SELECT key FROM vectors")}
    assert checked(shared).problems == ()


def test_several_processes_add_at_a_time_and_nothing_is_doubled(shared: Path, note: Note) -> None:
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(HERE)!r})\n{ADDING}", str(shared)]
    everyone, texts = note("everyone"), [note(f"XY-{n}") for n in range(6)]
    writers = [
        subprocess.Popen([*command, *map(str, files)], stdin=subprocess.PIPE, env=os.environ | SHARED[shared])
        for files in ([everyone, *texts[:3]], [*texts[3:], everyone])
    ]
    for writer in writers:
        writer.stdin.write(b"\n")
        writer.stdin.flush()
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0]
    with open_library(shared) as library:
        assert sorted(Path(document.path).stem for document in library.documents()) == [
            "XY-0",
            "XY-1",
            "XY-2",
            "XY-3",
            "XY-4",
            "XY-5",
            "everyone",
            "release",
        ]
        assert library.generation == "ingest-000003"
    assert checked(shared).problems == ()


def test_a_known_text_at_a_new_place_is_not_worked_on_again(shared: Path, note: Note, monkeypatch: pytest.MonkeyPatch) -> None:
    first = note("XY-1")
    add(shared, first)
    worked: list[str] = []
    monkeypatch.setattr(shared_store(shared), "extract", lambda document, text: worked.append(document.path) or ())
    text = first.read_text(encoding="utf-8")
    report = add(shared, note("copy", text), note("XY-2"), note("XY-2 again", note("XY-2").read_text(encoding="utf-8")))
    assert [Path(path).stem for path in worked] == ["XY-2"]
    assert ([d.title for d in report.unchanged], [d.title for d in report.added]) == (["Report on XY-1"], ["Report on XY-2"])
    first.unlink()
    add(shared, note("copy", "Report on nothing\n\nNothing at all is left of what stood here before, not even a figure.\n"))
    with open_library(shared) as library:
        assert library.document("Report on XY-1").superseded_by is None
    assert checked(shared).problems == ()


def test_a_question_reads_what_was_published_when_it_was_asked(shared: Path, note: Note) -> None:
    add(
        shared, note("XY-1"), note("FW-9", "Report on FW-9\n\nThe zebrafish that were given FW-9 swam for 9 weeks, and all others for 5.\n")
    )
    with open_library(shared) as library, library.pinned() as pinned:
        (old,) = (document for document in library.documents() if document.path.endswith("XY-1.txt"))
        remove(shared, "FW-9.txt")
        add(shared, note("XY-1", "Report on XY-1\n\nMice that were given XY-1 lived for 77 days in this study.\n"), note("XY-2"))
        library.refresh()
        assert (len(pinned.documents()), len(library.documents())) == (3, 3)
        for query in ("FW-9", "zebrafish", "zebrafihs"):
            (hit,) = pinned.search(query, 1)
            assert "swam for 9 weeks" in hit.passage.text
            assert hit.lexical > 0
            assert "swam" not in library.search(query, 1)[0].passage.text
        assert "50 days" in pinned.search("how long with XY-1", 1)[0].passage.text
        assert "77 days" in library.search("how long with XY-1", 1)[0].passage.text
        assert pinned.document(old.id).superseded_by is None
        assert all("XY-2" not in hit.passage.text for hit in pinned.search("XY-2", 9))
    shared_store(shared).server.rows("UPDATE ingests SET published = published - interval '2 hours' RETURNING 1")
    add(shared, note("XY-3"))
    assert shared_store(shared).server.rows("SELECT term FROM vocabulary WHERE passages <= 0") == []
    assert checked(shared).problems == ()


def test_a_check_tells_damage_and_not_what_others_publish_meanwhile(shared: Path, note: Note, monkeypatch: pytest.MonkeyPatch) -> None:
    number, others = shared_store(shared).number, iter([note("XY-1")])

    def and_then_another() -> int:
        found = number()
        for file in others:
            add(shared, file)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(shared_store(shared), "number", and_then_another)
        report = checked(shared)
    assert (report.generation, report.documents, report.problems) == ("ingest-000001", 1, ())
    shared_store(shared).server.rows("DELETE FROM vectors RETURNING 1")
    shared_store(shared).server.rows("UPDATE vocabulary SET passages = passages + 1 RETURNING 1")
    assert [problem.partition(":")[0] for problem in checked(shared).problems] == [
        "counted wrongly",
        "without a vector in PostgreSQL",
    ]
    rebuild(shared)
    assert checked(shared).problems == ()
    for file in ("XY-1.txt", "release.txt"):
        remove(shared, file)
    assert (checked(shared).documents, checked(shared).problems) == (0, ())


def test_a_store_with_nothing_in_it_says_so(first_use: FirstUse, servers: Servers, tmp_path: Path) -> None:
    with shared_home(first_use, servers, tmp_path / "empty") as home:
        assert not store(home).exists()
        with pytest.raises(LibraryError, match="the shared store is empty"):
            open_library(home)
        assert checked(home).problems == ("nothing was published yet",)
        with pytest.raises(LibraryError, match="keeps no generations"):
            store(home).rollback()


def test_a_local_library_loads_nothing_of_a_shared_one(home: Path) -> None:
    code = (
        "import sys; from library_acts import open_library\n"
        "with open_library(sys.argv[1]) as library: library.search('HRB')\n"
        "sys.stdout.write(' '.join(sorted({'psycopg', 'psycopg_pool', 'yoyo', 'assistant.library.shared'} & set(sys.modules))))"
    )
    child = run_python(code, home)
    assert (child.code, child.out) == (0, ""), child.err


def test_lengths_are_those_that_lucene_keeps_in_a_byte() -> None:
    assert [rounded_length(n) for n in (0, 7, 40, 41, 42, 57, 60, 87, 100, 151, 1000)] == [0, 7, 40, 40, 42, 56, 60, 84, 96, 144, 984]
