"""Adding on a Ray cluster: the library is the one that a process alone makes, also where a process or a worker is killed meanwhile."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import library_acts
import numpy as np
import pytest
from first_use import HERE

from assistant.errors import LibraryError, UsageError
from assistant.library.catalogue import Catalogue
from assistant.library.cluster import connection
from assistant.library.cluster.finished import FILE
from assistant.library.generations import current, root
from assistant.library.ingest import IngestReport
from assistant.library.local import LocalStore
from assistant.settings import PACKAGED_ENCODER

if os.environ.get("TESTS_NEED_RAY") is None:
    pytest.importorskip("ray", reason="Ray is not installed (pip install 'biotech-assistant[ray]')")

DOCUMENTS, KILLED_AT = 12, 5
# A cluster of one machine that is there until its input ends.
CLUSTER = """
import sys, ray
folder = sys.argv[1]
quiet = {"include_dashboard": False, "log_to_driver": False, "logging_level": "CRITICAL"}
print(ray.init("local", num_cpus=2, object_store_memory=100_000_000, _temp_dir=folder, **quiet).address_info["address"], flush=True)
sys.stdin.read()
"""


@pytest.fixture
def own_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ray keeps the token that lets into a user's clusters in the user's home."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("RAY_AUTH_MODE", "token")


@pytest.fixture
def cluster(own_token: None) -> Iterator[subprocess.Popen[str]]:
    """Prints its address."""
    with tempfile.TemporaryDirectory(prefix="ray-", dir="/tmp") as folder:  # the path of a socket must be short
        command, pipe = [sys.executable, "-c", CLUSTER, folder], subprocess.PIPE
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True) as process:
            yield process
            process.communicate()


def add(ray: str, home: Path, kill_at: int, files: list[Path]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, HERE / "cluster_add.py", ray, home, kill_at, *files]
    return subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)


def contents(home: Path) -> tuple[list[object], np.ndarray]:
    """Documents, passages and facts, and the vectors of the passages."""
    with closing(Catalogue.reading(root(home) / str(current(home)))) as catalogue:
        documents = catalogue.documents()
        passages = [passage for document in documents for passage in catalogue.passages(document.id)]
        return [documents, passages, catalogue.facts()], catalogue.vectors([passage.id for passage in passages])


def test_a_killed_ingest_goes_on_where_it_was_and_gives_the_same_library(
    home: Path, cluster: subprocess.Popen[str], tmp_path: Path
) -> None:
    plain = shutil.copytree(home, tmp_path / "plain", copy_function=os.link)
    words = ["", *(f"Mice of group {number} lived for {number + 20} days." for number in range(1, DOCUMENTS - 1)), "FAULT"]
    words[DOCUMENTS - 2] += " FATAL"
    files = [tmp_path / f"{number:02}.txt" for number in range(DOCUMENTS)]
    for file, text in zip(files, words, strict=True):
        file.write_text(text, encoding="utf-8")
    killed = add("auto", home, KILLED_AT, files)
    assert killed.returncode == -9, killed.stderr
    assert current(home) == "gen-000001"
    with closing(sqlite3.connect(home / FILE)) as kept:
        finished = kept.execute("SELECT count(*) FROM finished").fetchone()[0]
    assert finished >= KILLED_AT - 1  # the first file has no text

    assert cluster.stdout is not None
    resumed = add(cluster.stdout.readline().strip(), home, -1, files)
    assert resumed.returncode == 0, resumed.stderr
    report = IngestReport.model_validate_json(resumed.stdout)
    assert [Path(document.path).name for document in report.added] == [file.name for file in files[1:-1]]
    assert [refused.reason for refused in report.refused] == [
        f"{files[0]}: the file has no text in it; of a scan, add the recognised text",
        f"{files[-1]}: KeyError: 'two of one'; it was given up",
    ]
    met = Counter((home / "met.txt").read_text().split())
    assert [met[file.name] for file in files[1 : finished + 1]] == [1] * finished
    assert met[files[-2].name] > 1  # its worker ended, and it was tried again

    library_acts.add(plain, *files[:-1])
    (told, vectors), (told_alone, vectors_alone) = contents(home), contents(plain)
    assert told == told_alone
    np.testing.assert_allclose(vectors, vectors_alone, atol=1e-5)
    with closing(sqlite3.connect(home / FILE)) as kept:
        assert kept.execute("SELECT count(*) FROM finished").fetchone()[0] == 0
    again = LocalStore(home, PACKAGED_ENCODER, library_acts.extract, library_acts.VERSION).add(files[1:-1], ray="auto")
    assert (len(again.unchanged), again.generation) == (DOCUMENTS - 2, "gen-000002")


@pytest.mark.parametrize("address", ["", "here", "ray://10.0.0.5:10001", "10.0.0.5:port", "10.0.0.5:6379/x", "http://10.0.0.5:6379"])
def test_what_is_no_address_of_a_cluster_is_refused(home: Path, address: str) -> None:
    with pytest.raises(UsageError, match=r"name a cluster's address, such as 10\.0\.0\.5:6379, or auto for workers on this machine"):
        LocalStore(home, PACKAGED_ENCODER, library_acts.extract, library_acts.VERSION).add([], ray=address)


def test_a_cluster_that_does_not_answer_is_one_line_and_changes_nothing(home: Path, note: Callable[..., Path]) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{closed.getsockname()[1]}"
        with pytest.raises(LibraryError, match=rf"the Ray cluster at {address} cannot be used: .*refused") as raised:
            LocalStore(home, PACKAGED_ENCODER, library_acts.extract, library_acts.VERSION).add([note("XY-1")], ray=address)
    assert "\n" not in str(raised.value)
    assert current(home) == "gen-000001"


def test_workers_with_other_programs_are_told_apart() -> None:
    here = connection.programs()
    assert set(here) == {"Python", "Ray", "biotech-assistant"}
    assert connection.unlike(here, here) == ""
    assert connection.unlike({**here, "Python": "3.99.1"}, here) == f"has Python 3.99.1 instead of {here['Python']}; install the same there"
