"""Feedback: one judgement a person and answer, the last one counts."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from kept import made_answer

from assistant.agent.feedback import FeedbackStore
from assistant.errors import LibraryError


@pytest.fixture(params=["a file", "a server"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> FeedbackStore:
    return FeedbackStore(tmp_path, None if request.param == "a file" else request.getfixturevalue("server"))


def test_what_was_given_is_read_back_in_order(store: FeedbackStore) -> None:
    one, two = made_answer("One?"), made_answer("Two?")
    store.give(one, "good")
    store.give(two, "bad", "the wrong arm")
    assert [(f.answer, f.judgement, f.words, f.given_by) for f in store.all()] == [
        (one, "good", "", "chat"),
        (two, "bad", "the wrong arm", "chat"),
    ]


def test_the_last_judgement_of_a_person_counts_and_of_each_person_one(store: FeedbackStore) -> None:
    answer = made_answer("One?")
    for judgement, person in (("good", "U1"), ("bad", "U1"), ("good", "U2")):
        store.give(answer, judgement, given_by=person)
    assert sorted((f.given_by, f.judgement) for f in store.all()) == [("U1", "bad"), ("U2", "good")]


def test_an_answer_to_a_long_question_is_judged(store: FeedbackStore) -> None:
    answer = made_answer(" ".join(hashlib.sha256(bytes([n])).hexdigest() for n in range(60)))
    for judgement in ("good", "bad"):
        store.give(answer, judgement)
    assert [(f.answer, f.judgement) for f in store.all()] == [(answer, "bad")]


def test_reading_makes_no_file(tmp_path: Path) -> None:
    assert FeedbackStore(tmp_path / "home").all() == ()
    assert not (tmp_path / "home").exists()


def test_a_file_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "feedback.sqlite").mkdir()
    with pytest.raises(LibraryError, match=r"feedback\.sqlite: .*; set ASSISTANT_HOME"):
        FeedbackStore(tmp_path).give(made_answer("One?"), "good")
