"""A library goes from a machine to the shared store and to another machine, and is the same there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from first_use import FirstUse, shared_home, shared_store
from library_acts import add, checked, forget, open_library
from servers import Servers

from assistant.errors import LibraryError
from assistant.library import ingest
from assistant.library.shared.transfer import pull, push
from assistant.settings import PACKAGED_ENCODER

Note = Callable[..., Path]
CHANGED = "Report on XY-1\n\nMice that were given XY-1 lived for 77 days in this study.\n"


def tell(stage: str, done: int, total: int) -> None:
    assert stage
    assert done <= total


def contents(home: Path) -> list[object]:
    with open_library(home) as library:
        everything = [*sorted(library.documents(), key=lambda d: d.id), *sorted(library.superseded(), key=lambda d: d.id)]
        hits = [hit.passage.id for hit in library.search("How long did mice live?", 5)]
        passages = [library.passages(document.id) for document in everything]
        return [everything, [library.text(d.id) for d in everything], passages, hits, sorted(library.facts())]


@pytest.fixture
def empty(first_use: FirstUse, servers: Servers, tmp_path: Path) -> Iterator[Path]:
    with shared_home(first_use, servers, tmp_path / "shared") as home:
        yield home


def test_a_library_goes_there_and_back_with_all_that_it_holds(home: Path, empty: Path, note: Note) -> None:
    add(home, note("XY-1"), note("XY-2"))
    add(home, note("XY-1", CHANGED))
    pushed = push(shared_store(empty), home, tell)
    assert (len(pushed.copied), pushed.known, pushed.generation) == (3, 0, "ingest-000001")
    assert contents(empty) == contents(home)
    assert checked(empty).problems == ()
    again = push(shared_store(empty), home, tell)
    assert (again.copied, again.known, again.generation) == ((), 3, "ingest-000001")
    other = empty  # a shared store's home has no library of its own yet
    pulled = pull(shared_store(empty), other, PACKAGED_ENCODER, tell)
    assert (len(pulled.copied), pulled.generation) == (3, "gen-000001")
    assert pull(shared_store(empty), other, PACKAGED_ENCODER, tell).copied == ()
    there = contents(empty)
    forget(other)
    assert contents(other) == there
    assert checked(other).problems == ()


def test_what_only_the_target_has_stays_and_what_it_replaced_does_not_come_back(home: Path, empty: Path, note: Note) -> None:
    add(home, note("XY-1"), note("XY-2"))
    push(shared_store(empty), home, tell)
    add(empty, note("XY-1", CHANGED), note("XY-3"))
    report = push(shared_store(empty), home, tell)
    assert (report.copied, report.known) == ((), 3)
    with open_library(empty) as library:
        assert sorted(Path(d.path).stem for d in library.documents()) == ["XY-1", "XY-2", "XY-3", "release"]
        assert "77 days" in library.search("XY-1", 1)[0].passage.text
    add(home, note("XY-4"))
    pulled = pull(shared_store(empty), home, PACKAGED_ENCODER, tell)
    assert sorted(Path(d.path).stem for d in pulled.copied) == ["XY-1", "XY-3"]
    with open_library(home) as library:
        assert sorted(Path(d.path).stem for d in library.documents()) == ["XY-1", "XY-2", "XY-3", "XY-4", "release"]
        assert "77 days" in library.search("XY-1", 1)[0].passage.text
        assert [Path(d.path).stem for d in library.superseded()] == ["XY-1"]
    assert checked(home).problems == checked(empty).problems == ()


def test_two_copies_at_a_time_bring_each_document_once(home: Path, empty: Path, note: Note) -> None:
    add(home, note("XY-1"))
    add(home, note("XY-1", CHANGED))
    another = iter([push])

    def meanwhile(stage: str, done: int, total: int) -> None:
        for copy in another:
            copy(shared_store(empty), home, tell)

    push(shared_store(empty), home, meanwhile)
    assert contents(empty) == contents(home)
    assert checked(empty).problems == ()


def test_studies_of_another_version_are_extracted_again_where_they_go(home: Path, empty: Path) -> None:
    there = contents(home)
    ingest.refresh_facts(home, lambda *_: ["{}"], "another")
    push(shared_store(empty), home, tell)
    assert contents(empty) == there


def test_nothing_is_copied_from_nothing(empty: Path, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="nothing to copy"):
        pull(shared_store(empty), tmp_path / "new", PACKAGED_ENCODER, tell)
    with pytest.raises(LibraryError, match="there is no library"):
        push(shared_store(empty), tmp_path / "new", tell)
