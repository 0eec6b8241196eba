"""Kept answers: listed, found, searched, taken back, deleted; and nothing of a deleted one stays in the file."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from kept import made_answer

from assistant.agent import history as history_module
from assistant.agent.history import Conversation, History
from assistant.errors import LibraryError, UsageError


@pytest.fixture(params=["a file", "a server"])
def history(request: pytest.FixtureRequest, tmp_path: Path) -> History:
    return History(tmp_path, None if request.param == "a file" else request.getfixturevalue("server"))


def test_reading_makes_no_file(tmp_path: Path) -> None:
    history = History(tmp_path / "home")
    assert history.conversations() == ()
    assert history.answers("a") == ()
    assert history.search("days") == ()
    assert not (tmp_path / "home").exists()


def test_a_conversation_is_its_answers_in_order(history: History) -> None:
    first, other, second = made_answer("First?"), made_answer("Other?", conversation="b"), made_answer("Second?")
    for answer in (first, other, second):
        history.keep(answer)
    assert history.answers("a") == (first, second)
    assert history.answers("b") == (other,)


def test_the_list_has_the_last_used_first_under_its_first_question(history: History) -> None:
    history.keep(made_answer("First?", at="2031-01-01T00:00:00+00:00"))
    history.keep(made_answer("Other?", conversation="b", at="2031-01-02T00:00:00+00:00"))
    history.keep(made_answer("Second?", at="2031-01-03T00:00:00+00:00"))
    assert history.conversations() == (
        Conversation(key="a", title="First?", questions=2, began="2031-01-01T00:00:00+00:00", last="2031-01-03T00:00:00+00:00"),
        Conversation(key="b", title="Other?", questions=1, began="2031-01-02T00:00:00+00:00", last="2031-01-02T00:00:00+00:00"),
    )


def test_a_conversation_is_found_by_the_beginning_of_its_key(history: History) -> None:
    for key in ("chat-1", "chat-12", "note"):
        history.keep(made_answer("What?", conversation=key))
    assert history.find("no").key == "note"
    assert history.find("chat-1").key == "chat-1"
    for name, message in (("chat", "several conversations"), ("x", "there is no conversation"), ("", "there is no conversation")):
        with pytest.raises(UsageError, match=message):
            history.find(name)


def test_search_wants_every_word_in_question_or_text(history: History) -> None:
    history.keep(made_answer("How long did the ÄNIMALS live?", "Ninety days."))
    history.keep(made_answer("How much was given?", "Ninety uCi."))
    assert [a.question for a in history.search("ninety")] == ["How much was given?", "How long did the ÄNIMALS live?"]
    assert [a.text for a in history.search("änimals NINETY")] == ["Ninety days."]
    assert history.search("ninety weeks") == ()
    assert history.search(" ") == ()


def test_the_last_answer_is_taken_back(history: History) -> None:
    first, second = made_answer("First?"), made_answer("Second?")
    for answer in (first, second, made_answer("Other?", conversation="b")):
        history.keep(answer)
    assert history.take_back("a") == second
    assert history.answers("a") == (first,)
    assert history.take_back("a") == first
    assert history.take_back("a") is None
    assert len(history.answers("b")) == 1


def test_nothing_of_a_deleted_conversation_stays_in_the_file(tmp_path: Path) -> None:
    history = History(tmp_path)
    history.keep(made_answer("Is the xylophone kept?"))
    history.keep(made_answer("Other?", conversation="b"))
    history.delete("a")
    assert [c.key for c in history.conversations()] == ["b"]
    assert b"xylophone" not in (tmp_path / "history.sqlite").read_bytes()


def test_the_oldest_go_when_there_are_too_many(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history_module, "_KEPT", 3)
    for number in range(5):
        history.keep(made_answer(f"{number}?"))
    assert [a.question for a in history.answers("a")] == ["2?", "3?", "4?"]


def test_threads_lose_nothing(history: History) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda number: history.keep(made_answer(f"{number}?")), range(20)))
    assert {a.question for a in history.answers("a")} == {f"{number}?" for number in range(20)}


def test_a_damaged_file_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "history.sqlite").write_bytes(b"no database" * 100)
    for act in (lambda h: h.conversations(), lambda h: h.keep(made_answer("What?")), lambda h: h.delete("a")):
        with pytest.raises(LibraryError, match=r"history\.sqlite: file is not a database; set ASSISTANT_HOME"):
            act(History(tmp_path))


def test_the_file_is_plain_sqlite(tmp_path: Path) -> None:
    History(tmp_path).keep(made_answer("What?"))
    with sqlite3.connect(tmp_path / "history.sqlite") as connection:
        assert connection.execute("SELECT question FROM answers").fetchall() == [("What?",)]
