"""One turn of a conversation touches nothing of the others: not by its repair, nor by a summary, nor by another turn beside it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from langchain_core.messages import AIMessage, HumanMessage
from scripted import ScriptedChatModel

from assistant.agent.chain.agent import build_chain
from assistant.agent.conversations import Conversations
from assistant.agent.events import Draft
from assistant.agent.run import Asked, run
from assistant.api import Assistant
from assistant.database.server import Server

QUESTION = "How long did mice given two doses of CLR 131 survive?"
WRONG = "Two doses of CLR 131 gave 999 days [1]."
RIGHT = "Mice given two doses of CLR 131 had a mean survival of 135.6 days [1]."


def said(number: int, words: str = "") -> list:
    return [message for n in range(number) for message in (HumanMessage(f"Question {n}? {words}"), AIMessage(f"Answer {n}. {words}"))]


def texts(kept: Conversations) -> list[str]:
    return [message.text for message in kept.read("key")]


@pytest.fixture
def kept(tmp_path):
    conversations = Conversations.open(tmp_path)
    yield conversations
    conversations.close()


@pytest.fixture
def converse(release, kept):
    """Asks a scripted model under a key; gives the model and all events."""

    def ask(*script: AIMessage | str):
        model = ScriptedChatModel(script=[AIMessage(said) if isinstance(said, str) else said for said in script])
        chain = build_chain(model, release.tools(), "scripted:model")
        return model, list(run(chain, Asked(question=QUESTION, conversation="key", generation=release.generation), kept))

    return ask


def test_a_repair_is_made_with_its_question_and_leaves_what_was_said_before(converse, kept):
    kept.write("key", said(2))
    searches = [
        AIMessage("", tool_calls=[{"name": "search_passages", "args": {"query": "CLR 131 two doses survival", "k": 20}, "id": f"{n}"}])
        for n in range(6)
    ]
    model, events = converse(*searches, WRONG, RIGHT)
    assert events[-1].text == RIGHT
    assert QUESTION in [message.text for message in model.shown[-1]]
    assert len(model.shown) == len(searches) + 2
    assert texts(kept) == [message.text for message in said(2)] + [QUESTION, RIGHT]


def test_answers_of_before_a_summary_are_no_drafts(converse, kept):
    kept.write("key", said(12, "word " * 300))
    searched = AIMessage("", tool_calls=[{"name": "search_passages", "args": {"query": "CLR 131 two doses survival"}, "id": "1"}])
    _, events = converse("They asked much.", searched, RIGHT)
    assert [event.text for event in events if isinstance(event, Draft)] == [RIGHT]
    assert "They asked much." in texts(kept)[0]
    assert texts(kept)[-2:] == [QUESTION, RIGHT]


def test_what_is_asked_while_a_question_is_answered_is_kept_beside_it(release: Assistant):
    stream = release.stream(QUESTION, "beside")
    next(stream)
    meanwhile = release.ask("Which isotope does CLR 131 carry?", "beside")
    *_, answer = stream
    assert [m.text for m in release._kept().read("beside")] == [meanwhile.question, meanwhile.text, answer.question, answer.text]


def test_a_summary_keeps_what_came_behind_what_it_sums_up(kept):
    kept.write("key", said(3))
    kept.add("key", said(1, "new"), read=said(2), shortened=[HumanMessage("Summary.")])
    assert texts(kept) == ["Summary.", *(m.text for m in said(3)[4:]), *(m.text for m in said(1, "new"))]


def test_a_summary_of_what_is_taken_back_by_now_is_not_kept(kept):
    kept.write("key", said(1))
    kept.add("key", said(1, "new"), read=said(2), shortened=[HumanMessage("Summary.")])
    assert texts(kept) == [m.text for m in (*said(1), *said(1, "new"))]


def asked_at_once(handles: list[Conversations]) -> int:
    """How much is kept of what four threads add with these handles, for each thread eight times an exchange."""
    adding = [threading.Thread(target=lambda h=handle: [h.add("key", said(1)) for _ in range(8)]) for handle in handles * 2]
    for thread in adding:
        thread.start()
    for thread in adding:
        thread.join()
    kept = len(texts(handles[0]))
    for handle in handles:
        handle.close()
    return kept


def test_two_handles_with_several_threads_lose_nothing(tmp_path):
    assert asked_at_once([Conversations.open(tmp_path) for _ in range(2)]) == 2 * 4 * 8


def test_two_handles_on_a_shared_store_lose_nothing(tmp_path, server: Server):
    assert asked_at_once([Conversations.open(tmp_path, server) for _ in range(2)]) == 2 * 4 * 8


class TestWhoeverAskedHasLeft:
    @pytest.fixture(params=["aask", "astream"])
    def ask(self, request, release: Assistant):
        """Asks under a key, for asyncio, until the Answer is there."""

        async def streamed(key: str) -> list:
            return [event async for event in release.astream(QUESTION, key)]

        return streamed if request.param == "astream" else lambda key: release.aask(QUESTION, key)

    def test_a_question_that_ran_out_of_time_leaves_its_conversation_as_it_was(self, ask, release: Assistant):
        async def in_no_time() -> None:
            await asyncio.wait_for(ask("no time"), 0.001)

        with pytest.raises(TimeoutError):
            asyncio.run(in_no_time())  # it ends when its threads have ended
        assert (release._kept().read("no time"), release.history("no time")) == ([], ())

    def test_so_does_one_that_is_cancelled_while_its_answer_is_kept(self, ask, release: Assistant, monkeypatch):
        keep = release._history.keep

        async def cancelled() -> None:
            asking = asyncio.ensure_future(ask("cancelled"))
            loop = asyncio.get_running_loop()

            def keep_late(answer):
                loop.call_soon_threadsafe(asking.cancel)
                keep(answer)

            monkeypatch.setattr(release._history, "keep", keep_late)
            await asking

        with pytest.raises(asyncio.CancelledError):
            asyncio.run(cancelled())
        assert (release._kept().read("cancelled"), release.history("cancelled")) == ([], ())

    def test_an_answer_that_arrived_is_kept(self, ask, release: Assistant):
        asyncio.run(ask("arrived"))
        assert [answer.question for answer in release.history("arrived")] == [QUESTION]
        release.delete_conversation("arrived")


def test_opening_a_home_again_takes_no_lock_from_who_has_it_open(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from langchain_core.messages import HumanMessage; "
        "from assistant.agent.conversations import Conversations; kept = Conversations.open(Path(sys.argv[1])); "
        "kept.add('key', [HumanMessage('of another process')]); kept.close()"
    )
    kept = Conversations.open(tmp_path)
    kept.add("key", [HumanMessage("first")])
    # As a second Assistant in this process does, when the model is changed in a chat.
    Conversations.open(tmp_path).close()
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True)
    kept.add("key", [HumanMessage("last")])
    kept.close()
    again = Conversations.open(tmp_path)
    assert [message.text for message in again.read("key")] == ["first", "of another process", "last"]
    again.close()
