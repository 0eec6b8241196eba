"""Generations: one writer, an atomic swap, readers that keep what they read, and nothing left of what was not published."""

from __future__ import annotations

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from assistant.errors import LibraryDamaged, LibraryError, LibraryLocked
from assistant.library import generations, lock


def publish(home: Path, content: str) -> str:
    with generations.writing(home) as writer:
        (writer.begin() / "content").write_text(content, encoding="utf-8")
        return writer.publish()


def content(home: Path) -> str:
    pin = generations.pin(home)
    try:
        return (pin.folder / "content").read_text(encoding="utf-8")
    finally:
        pin.release()


def folders(home: Path) -> list[str]:
    return [folder.name for folder in generations.folders(home)]


def test_each_publication_is_a_new_generation_and_only_the_last_before_it_is_kept(tmp_path: Path) -> None:
    assert generations.current(tmp_path) is None
    assert [publish(tmp_path, str(n)) for n in range(3)] == ["gen-000001", "gen-000002", "gen-000003"]
    assert content(tmp_path) == "2"
    assert folders(tmp_path) == ["gen-000002", "gen-000003"]


def test_a_generation_begins_as_a_copy_of_the_one_before(tmp_path: Path) -> None:
    publish(tmp_path, "first")
    with generations.writing(tmp_path) as writer:
        assert (writer.begin() / "content").read_text(encoding="utf-8") == "first"


def test_a_database_is_copied_whole_while_a_reader_writes_to_it(tmp_path: Path) -> None:
    with generations.writing(tmp_path) as writer:
        with closing(sqlite3.connect(writer.begin() / "store.sqlite3")) as store, store:
            store.execute("CREATE TABLE rows (n)")
        writer.publish()
    with closing(sqlite3.connect(generations.root(tmp_path) / "gen-000001" / "store.sqlite3", isolation_level=None)) as reader:
        reader.execute("BEGIN IMMEDIATE")
        reader.executemany("INSERT INTO rows VALUES (?)", [(n,) for n in range(9)])
        with generations.writing(tmp_path) as writer:
            copy = writer.begin()
            assert sorted(path.name for path in copy.iterdir()) == ["readers.lock", "store.sqlite3"]
            with closing(sqlite3.connect(copy / "store.sqlite3")) as store:
                assert store.execute("SELECT count(*) FROM rows").fetchone() == (0,)


def test_what_was_not_published_leaves_nothing(tmp_path: Path) -> None:
    publish(tmp_path, "first")
    with pytest.raises(KeyError), generations.writing(tmp_path) as writer:
        (writer.begin() / "content").write_text("second", encoding="utf-8")
        raise KeyError
    assert content(tmp_path) == "first"
    assert sorted(path.name for path in generations.root(tmp_path).iterdir()) == ["CURRENT", "gen-000001", "writer.lock"]


def test_a_generation_in_use_stays_until_a_writer_finds_it_unused(tmp_path: Path) -> None:
    publish(tmp_path, "first")
    pin = generations.pin(tmp_path)
    for text in ("second", "third", "fourth"):
        publish(tmp_path, text)
    assert (pin.folder / "content").read_text(encoding="utf-8") == "first"
    assert folders(tmp_path) == ["gen-000001", "gen-000003", "gen-000004"]
    pin.release()
    publish(tmp_path, "fifth")
    assert folders(tmp_path) == ["gen-000004", "gen-000005"]


def test_rollback_goes_one_back_and_no_name_is_used_twice(tmp_path: Path) -> None:
    publish(tmp_path, "first")
    with pytest.raises(LibraryError, match="nothing to go back to"):
        generations.rollback(tmp_path)
    publish(tmp_path, "second")
    assert generations.rollback(tmp_path) == "gen-000001"
    assert content(tmp_path) == "first"
    assert publish(tmp_path, "third") == "gen-000003"
    assert folders(tmp_path) == ["gen-000001", "gen-000003"]


def test_rollback_goes_to_what_the_generation_was_made_from_not_to_what_was_gone_back_from(tmp_path: Path) -> None:
    publish(tmp_path, "first")
    publish(tmp_path, "second")
    pin = generations.pin(tmp_path)  # so that it stays
    generations.rollback(tmp_path)
    publish(tmp_path, "third")
    pin.release()
    assert folders(tmp_path) == ["gen-000001", "gen-000002", "gen-000003"]
    assert generations.rollback(tmp_path) == "gen-000001"
    assert content(tmp_path) == "first"


def test_rollback_leaves_out_what_a_killed_writer_was_removing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(tmp_path, "first")
    publish(tmp_path, "second")
    generations.rollback(tmp_path)
    with monkeypatch.context() as killed:
        killed.setattr(shutil, "rmtree", lambda *_, **__: None)
        publish(tmp_path, "third")
    (generations.root(tmp_path) / "gen-000003" / "before").unlink()  # as one of an older version of this program
    assert folders(tmp_path) == ["gen-000001", "gen-000002", "gen-000003"]
    assert generations.rollback(tmp_path) == "gen-000001"
    assert content(tmp_path) == "first"


def test_an_owner_that_has_not_written_its_pid_yet_is_known_by_the_list_of_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    generations.root(tmp_path).mkdir()
    file, listed = generations.root(tmp_path) / "writer.lock", tmp_path / "locks"
    with file.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        held.write("1234\n")  # what an owner left that was killed
        held.flush()
        status = file.stat()
        place = f"{os.major(status.st_dev):02x}:{os.minor(status.st_dev):02x}:{status.st_ino}"
        listed.write_text(
            f"1: FLOCK  ADVISORY  WRITE 7 00:00:1 0 EOF\n2: -> FLOCK  ADVISORY  WRITE 8 {place} 0 EOF\n"
            f"3: POSIX  ADVISORY  WRITE 9 {place} 0 EOF\n4: FLOCK  ADVISORY  WRITE 4321 {place} 0 EOF\n"
        )
        for path, pid in ((listed, 4321), (tmp_path / "missing", 1234)):
            monkeypatch.setattr(lock, "_LOCKS", path)
            with pytest.raises(LibraryLocked) as caught, generations.writing(tmp_path):
                pass
            assert caught.value.pid == pid


def test_a_second_writer_is_refused_with_the_pid_of_the_first(tmp_path: Path) -> None:
    with generations.writing(tmp_path), pytest.raises(LibraryLocked, match=str(os.getpid())) as caught, generations.writing(tmp_path):
        pass
    assert caught.value.pid == os.getpid()
    publish(tmp_path, "the lock is free again")


def test_a_writer_at_work_is_seen_without_asking_for_its_lock(tmp_path: Path) -> None:
    generations.require_no_writer(tmp_path)
    assert not generations.root(tmp_path).exists()
    with generations.writing(tmp_path), pytest.raises(LibraryLocked) as caught:
        generations.require_no_writer(tmp_path)
    assert caught.value.pid == os.getpid()
    generations.require_no_writer(tmp_path)


def test_one_writer_publishes_several_generations(tmp_path: Path) -> None:
    with generations.writing(tmp_path) as writer:
        for text in ("first", "second", "third"):
            (writer.begin() / "content").write_text(text, encoding="utf-8")
            assert writer.publish() == writer.name
            assert content(tmp_path) == text
    assert folders(tmp_path) == ["gen-000002", "gen-000003"]


def test_no_library_and_damaged_pointers_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="there is no library"):
        generations.pin(tmp_path / "nowhere")
    publish(tmp_path, "first")
    pointer = generations.root(tmp_path) / "CURRENT"
    pointer.write_text("../../etc\n", encoding="ascii")
    with pytest.raises(LibraryDamaged, match="names no generation"):
        generations.pin(tmp_path)
    pointer.write_text("gen-000009\n", encoding="ascii")
    with pytest.raises(LibraryDamaged, match="missing or incomplete"):
        generations.pin(tmp_path)


def test_a_home_that_cannot_be_a_folder_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(LibraryError, match="cannot write to") as caught, generations.writing(tmp_path / "file" / "home"):
        pass
    assert "\n" not in str(caught.value)
    assert generations.current(tmp_path / "file" / "home") is None


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become a user that must not write")
def test_a_home_without_permission_is_one_clear_line(tmp_path: Path) -> None:
    code = (
        "import os, sys, pathlib; from assistant.errors import LibraryError; from assistant.library import generations; os.setuid(65534)\n"
        "try:\n    generations.writing(pathlib.Path('/root/home')).__enter__()\n"
        "except LibraryError as error:\n    sys.stdout.write(str(error))\n"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd="/")
    assert told.stdout.startswith("cannot write to /root/home: Permission denied;")
