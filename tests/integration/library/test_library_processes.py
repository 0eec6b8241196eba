"""Several processes and threads at one library, and writers that are killed."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from first_use import HERE, run_python
from library_acts import add, open_library

from assistant.errors import LibraryLocked
from assistant.library import generations, ingest
from assistant.library.catalogue import Catalogue
from assistant.library.check import check

Note = Callable[..., Path]

KILLED = """
import os, signal, sys
from library_acts import add
from assistant.library import generations
moment = sys.argv[1]
def die(*_): os.kill(os.getpid(), signal.SIGKILL)
def progress(stage, done, total):
    if moment == f"{stage} {'begins' if done == 0 else 'ends'}" and done in (0, total): die()
if moment == "the swap": generations._point = die
if moment == "the sync": generations._sync = die
add(sys.argv[2], *sys.argv[3:], progress=progress)
"""
MOMENTS = [
    "reading ends",
    "encoding begins",
    "encoding ends",
    "indexing begins",
    "indexing ends",
    "publishing begins",
    "the sync",
    "the swap",
]


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_writer_leaves_the_library_as_it_was(home: Path, note: Note, moment: str) -> None:
    child = run_python(KILLED, moment, home, note("XY-1"), note("XY-2"))
    assert child.killed, child.err
    with open_library(home) as library:
        assert [document.title for document in library.documents()] == ["Two Doses of HRB 131 Prolong Survival"]
        assert "LN4" in library.search("LN4 prostate cancer", 1)[0].passage.text
    assert len(add(home, note("XY-1"), note("XY-2")).added) == 2
    assert check(home).problems == ()
    left = {path.name for path in generations.root(home).iterdir()} - {"CURRENT", "writer.lock", "encoders"}
    assert left == {"gen-000001", str(generations.current(home))}


def test_a_writer_killed_after_the_swap_has_published(home: Path, note: Note) -> None:
    assert run_python(KILLED, "publishing ends", home, note("XY-1")).killed
    assert check(home).documents == 2


WRITING = """
import sys
from library_acts import add
def progress(stage, done, total):
    if stage == "publishing" and done == 0:
        print("writing", flush=True)
        sys.stdin.readline()
add(sys.argv[1], sys.argv[2], progress=progress)
"""


def python(code: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(HERE)!r})\n{code}", *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_a_second_writer_is_refused_and_readers_are_not(home: Path, note: Note) -> None:
    with python(WRITING, home, note("XY-1")) as writer:
        assert writer.stdout and writer.stdin
        assert writer.stdout.readline() == "writing\n"
        with pytest.raises(LibraryLocked, match=f"process {writer.pid} ") as caught:
            add(home, note("XY-2"))
        assert caught.value.pid == writer.pid
        with open_library(home) as library:
            assert len(library.documents()) == 1
            writer.stdin.write("\n")
            writer.stdin.flush()
            assert writer.wait() == 0
            assert len(library.documents()) == 1, "a handle moves only when it is refreshed"
            library.refresh()
            assert len(library.documents()) == 2


def test_a_refused_writer_has_looked_at_nothing(home: Path, note: Note, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest, "find", lambda *_, **__: pytest.fail("the files were looked for"))
    monkeypatch.setattr(Catalogue, "reading", lambda *_: pytest.fail("the library was read"))
    with generations.writing(home), pytest.raises(LibraryLocked):
        add(home, note("XY-1"))


READING = """
import json, sys
from library_acts import open_library
seen = []
with open_library(sys.argv[1]) as library:
    print("reading", flush=True)
    for line in sys.stdin:
        library.refresh()
        documents = {d.id: library.text(d.id) for d in library.documents()}
        hits = library.search("mice that were given the compound", 50)
        assert {hit.passage.document for hit in hits} == set(documents), "a search and the catalogue are of two generations"
        assert all(documents[h.passage.document][h.passage.start : h.passage.end] == h.passage.text for h in hits)
        print(json.dumps([library.generation, len(documents)]), flush=True)
"""


def test_a_reader_in_another_process_sees_one_generation_or_the_next(home: Path, note: Note) -> None:
    with python(READING, home) as reader:
        assert reader.stdout and reader.stdin
        assert reader.stdout.readline() == "reading\n"

        def ask() -> None:
            assert reader.stdin
            reader.stdin.write("?\n")
            reader.stdin.flush()

        changes = [lambda n=n: add(home, note(f"XY-{n}")) for n in range(3)] + [lambda: ingest.remove(home, "XY-1")]
        for change in changes:
            ask()  # answered while the change is under way
            change()
        ask()
        reader.stdin.close()
        seen = [json.loads(line) for line in reader.stdout]
        assert reader.wait() == 0
    assert len(seen) == 5
    held = {f"gen-{n:06d}": documents for n, documents in enumerate([1, 2, 3, 4, 3], start=1)}
    assert all(held[generation] == documents for generation, documents in seen)
    assert seen == sorted(seen)
    assert seen[-1] == ["gen-000005", 3]


def test_threads_share_a_handle_while_it_is_refreshed(home: Path, note: Note) -> None:
    failures: list[BaseException] = []
    stop = threading.Event()
    with open_library(home) as library:

        def ask() -> None:
            try:
                while not stop.is_set():
                    with library.pinned() as pinned:
                        hits = pinned.search("mice that were given the compound", 50)
                        assert {hit.passage.document for hit in hits} == {d.id for d in pinned.documents()}
            except BaseException as error:  # noqa: BLE001 - whatever it is, the test's own thread tells it
                failures.append(error)

        threads = [threading.Thread(target=ask) for _ in range(4)]
        for thread in threads:
            thread.start()
        for n in range(3):
            add(home, note(f"XY-{n}"))
            library.refresh()
        ingest.remove(home, "XY-0")
        library.refresh()
        stop.set()
        for thread in threads:
            thread.join()
        assert failures == []
        assert len(library.documents()) == 3
    add(home, note("XY-9"))
    assert [folder.name for folder in generations.folders(home)] == ["gen-000005", "gen-000006"], "a handle kept an old generation"
