"""Files of a home: for their owner only, made when first written."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import pytest
from kept import made_answer

from assistant.agent.conversations import Conversations
from assistant.agent.feedback import FeedbackStore
from assistant.agent.history import History
from assistant.agent.store import Store
from assistant.errors import LibraryError

SCHEMA = "CREATE TABLE IF NOT EXISTS words (word TEXT);"


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_nobody_else_may_read_what_was_said(tmp_path: Path) -> None:
    home = tmp_path / "above" / "home"
    History(home).keep(made_answer("One?"))
    FeedbackStore(home).give(made_answer("One?"), "good")
    conversations = Conversations.open(home)
    try:
        conversations.read("a")
        files = list(home.iterdir())
        assert {file.name for file in files} >= {"history.sqlite", "feedback.sqlite", "conversations.sqlite"}
        assert {mode(file) for file in files} == {0o600}
        assert mode(home) == 0o700
    finally:
        conversations.close()


def test_a_folder_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    History(tmp_path).keep(made_answer("One?"))
    assert mode(tmp_path) == 0o750


def test_what_fails_in_a_transaction_is_undone(tmp_path: Path) -> None:
    store = Store(tmp_path / "words.sqlite", "words", SCHEMA)
    with store.writing() as connection:
        connection.execute("INSERT INTO words VALUES ('kept')")
    with pytest.raises(LibraryError, match=r"words in .*; set ASSISTANT_HOME"), store.writing() as connection:
        connection.execute("INSERT INTO words VALUES ('lost')")
        raise sqlite3.OperationalError("disk I/O error")
    assert store.rows("SELECT word FROM words") == [("kept",)]
