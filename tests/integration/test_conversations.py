"""Conversations of an Assistant: kept with their answers, taken back, deleted, and left as they were by a question that fails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from homes import copied
from langchain_core.messages import AIMessage
from scripted import ScriptedChatModel

from assistant.api import Assistant
from assistant.errors import ModelError
from assistant.values import Answer

TWO_DOSES = "How long did mice given two doses of CLR 125 survive?"
ONE_DOSE = "And one dose?"


@pytest.fixture(scope="module", params=["local", "shared"])
def release(request: pytest.FixtureRequest, home: Path) -> Iterator[Assistant]:
    """An Assistant over the packaged documents, which keeps its conversations in a home or on the server of a shared store."""
    if request.param == "shared":
        yield request.getfixturevalue("shared_release")
        return
    with Assistant.open(home) as assistant:
        yield assistant


def messages(assistant: Assistant, key: str) -> int:
    return len(assistant._kept().read(key))


def test_answers_are_kept_under_their_key(release: Assistant) -> None:
    answers = (release.ask(TWO_DOSES, "under-its-key"), release.ask(ONE_DOSE, "under-its-key"))
    assert release.history("under-its-key") == answers
    assert release.find_conversation("under-its").title == TWO_DOSES
    assert release.search_conversations("one dose 135")[0] == answers[1]


def test_a_question_without_a_key_is_not_kept(release: Assistant) -> None:
    before = release.conversations()
    release.ask(TWO_DOSES)
    assert release.conversations() == before


def test_a_question_taken_back_was_never_asked(release: Assistant) -> None:
    release.ask(TWO_DOSES, "taken")
    before = messages(release, "taken")
    first = release.ask(ONE_DOSE, "taken")
    assert release.take_back("taken") == first
    assert messages(release, "taken") == before
    again = release.ask(ONE_DOSE, "taken")
    assert again.text == first.text
    assert "135 days" in again.text


def test_the_only_question_can_be_taken_back(release: Assistant) -> None:
    release.ask(TWO_DOSES, "only")
    assert release.take_back("only")
    assert (messages(release, "only"), release.history("only")) == (0, ())
    assert release.take_back("only") is None
    assert release.ask(ONE_DOSE, "only").status == release.ask(ONE_DOSE).status


def test_a_deleted_conversation_is_gone(release: Assistant) -> None:
    release.ask(TWO_DOSES, "deleted")
    release.delete_conversation("deleted")
    assert (messages(release, "deleted"), release.history("deleted")) == (0, ())


@pytest.mark.parametrize("events", range(1, 6))
def test_a_question_left_in_the_middle_leaves_its_conversation_as_it_was(release: Assistant, events: int) -> None:
    key = f"left-{events}"
    release.ask(TWO_DOSES, key)
    before = messages(release, key)
    stream = release.stream(ONE_DOSE, key)
    seen = [next(stream) for _ in range(events)]
    assert not any(isinstance(event, Answer) for event in seen)
    stream.close()
    assert messages(release, key) == before
    assert len(release.history(key)) == 1
    assert "135 days" in release.ask(ONE_DOSE, key).text


def test_a_model_that_fails_leaves_the_conversation_as_it_was(home, tmp_path) -> None:
    own = copied(home, tmp_path / "home")
    call = AIMessage("", tool_calls=[{"name": "list_studies", "args": {}, "id": "1"}])
    with Assistant.open(own, "openai:scripted") as assistant:
        assistant._model = ScriptedChatModel(script=[call])
        with pytest.raises(ModelError):
            assistant.ask(TWO_DOSES, "failed")
        assert (messages(assistant, "failed"), assistant.history("failed")) == (0, ())
    with Assistant.open(own) as assistant:
        assert assistant.ask(TWO_DOSES, "failed").status == "answered"


def test_a_long_conversation_leaves_one_state_on_the_server(shared_release: Assistant) -> None:
    for _ in range(3):
        shared_release.ask(TWO_DOSES, "long")
    tables = [
        f"SELECT count(*) FROM {table} WHERE thread_id = 'long'" for table in ("checkpoints", "checkpoint_blobs", "checkpoint_writes")
    ]
    assert [shared_release.store.server.rows(query) for query in tables] == [[(1,)], [(1,)], [(0,)]]
    shared_release.delete_conversation("long")
    assert [shared_release.store.server.rows(query) for query in tables] == [[(0,)]] * 3


def test_feedback_is_kept(release: Assistant) -> None:
    answer = release.ask(TWO_DOSES, "judged")
    release.give_feedback(answer, "good")
    release.give_feedback(answer, "bad", "too short")
    (given,) = [f for f in release.feedback() if f.answer == answer]
    assert (given.judgement, given.words, given.given_by) == ("bad", "too short", "python")


def test_preparing_names_a_model_that_is_not_there(home) -> None:
    with Assistant.open(home, "nobody:model") as assistant, pytest.raises(ModelError, match="nobody"):
        assistant.prepare()
