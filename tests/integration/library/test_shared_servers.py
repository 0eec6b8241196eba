"""The servers of a shared store: they go away and come back, hang, lose what they had, and hold what another version made."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from first_use import run_python, shared_store
from library_acts import SHARED, VERSION, add, checked, extract, open_library, rebuild
from servers import Servers

from assistant.api import Assistant
from assistant.database import server as connections
from assistant.database.server import Server
from assistant.errors import LibraryError, LibraryOutdated, LibraryTooNew, ServerUnreachable
from assistant.interfaces.cli.diagnosis import findings
from assistant.library.chosen import store_of
from assistant.library.library import Library
from assistant.library.shared import vectors as chroma
from assistant.settings import Settings

Note = Callable[..., Path]


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections are waited for no longer than a test has time for."""
    monkeypatch.setattr(connections, "_TURN", 1.0)


def test_a_server_that_is_away_is_one_line_and_comes_back(hasty: None, shared: Path, servers: Servers, note: Note) -> None:
    with open_library(shared) as library:
        found = library.search("LN4 prostate", 2)
        for server, name in ((servers.chroma, "Chroma"), (servers.postgres, "PostgreSQL")):
            server.kill()
            try:
                with pytest.raises(ServerUnreachable, match=rf"^{name} at 127\.0\.0\.1.* cannot be used: [^\n]*$"):
                    library.search("LN4 prostate", 2)
                with pytest.raises(ServerUnreachable, match=name):
                    add(shared, note(f"XY-{name}"))
            finally:
                server.start()
            assert library.search("LN4 prostate", 2) == found
            add(shared, note(f"XY-{name}"))
    assert (checked(shared).documents, checked(shared).problems) == (3, ())


def test_a_chroma_server_that_does_not_answer_is_not_waited_for_long(
    shared: Path, servers: Servers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chroma, "_LONGEST", 0.5)
    with closing(store_of(Settings.load(shared, None, SHARED[shared]), extract, VERSION)) as hasty, Library.of(hasty) as library:
        found = library.search("LN4 prostate", 2)
        with (
            servers.chroma.hanging(seconds=10),
            pytest.raises(ServerUnreachable, match=r"^Chroma at \S+ cannot be used: timed out; [^\n]*$"),
        ):
            library.search("LN4 prostate", 2)
        assert library.search("LN4 prostate", 2) == found


def test_vectors_that_chroma_has_lost_are_told_and_brought_back(shared: Path, note: Note) -> None:
    with open_library(shared) as library:
        found = [(hit.passage.id, round(hit.score, 5)) for hit in library.search("HRB 125 survival")]
    vectors = shared_store(shared).vectors()
    vectors.remove(sorted(vectors.keys())[:2])
    assert next(problem.partition(":")[0] for problem in checked(shared).problems) == "not in Chroma"
    vectors._client.delete_collection(vectors._collection.name)
    with (
        open_library(shared) as library,
        pytest.raises(LibraryError, match=r"does not have the vectors of this library .* assistant library rebuild"),
    ):
        library.search("HRB 125 survival")
    with pytest.raises(LibraryError, match="does not have the vectors"):
        add(shared, note("XY-1"))
    rebuild(shared)
    assert checked(shared).problems == ()
    with open_library(shared) as library:
        assert [(hit.passage.id, round(hit.score, 5)) for hit in library.search("HRB 125 survival")] == found


def test_a_process_that_runs_goes_on_with_what_another_rebuilt(shared: Path, note: Note) -> None:
    with open_library(shared) as library:
        found = library.search("HRB 125 survival")
        vectors = shared_store(shared).vectors()
        vectors._client.delete_collection(vectors._collection.name)
        child = run_python("import sys; from library_acts import rebuild; rebuild(sys.argv[1])", shared, environment=SHARED[shared])
        assert child.code == 0, child.err
        assert library.search("HRB 125 survival") == found
    add(shared, note("XY-1"))
    assert checked(shared).problems == ()


def test_tables_terms_and_studies_of_other_versions_are_refused(shared: Path, note: Note) -> None:
    for change in ("UPDATE store SET spelling = 'another'", "UPDATE documents SET facts_version = 'another'"):
        shared_store(shared).server.rows(f"{change} RETURNING 1")
        for act in (lambda: open_library(shared), lambda: add(shared, note("XY-1"))):
            with pytest.raises(LibraryOutdated, match=r"another version of this program; .* run: assistant library rebuild"):
                act()
        assert [problem for problem in checked(shared).problems if "another version" in problem]
        rebuild(shared)
        open_library(shared).close()
        assert checked(shared).problems == ()
    shared_store(shared).server.rows("INSERT INTO _yoyo_migration (migration_hash, migration_id) VALUES ('x', '9999-newer') RETURNING 1")
    with pytest.raises(LibraryTooNew, match=r"newer version of this program \(step 9999-newer\)"):
        Server(SHARED[shared]["ASSISTANT_DATABASE_URL"]).rows("SELECT 1")


def test_what_cannot_be_opened_is_closed(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SHARED[shared].items():
        monkeypatch.setenv(name, value)
    pools = workers_of_pools()
    with pytest.raises(LibraryOutdated) as _kept:  # its studies are not this program's but the tests'
        Assistant.open(shared)
    assert workers_of_pools() == pools
    (finding,) = (found for found in findings(Settings.load(shared)) if found.about == "library")
    assert (finding.ok, "another version of this program" in finding.value) == (False, True)
    assert workers_of_pools() == pools


def workers_of_pools() -> set[str]:
    return {thread.name for thread in threading.enumerate() if "worker" in thread.name}
