"""The queue: each event once, each message once, lanes in order, one worker at a time, nothing lost with a process."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.database.server import Server, lock, unlock
from assistant.interfaces.slack.database import QueueFile
from assistant.interfaces.slack.inbox import Inbox
from assistant.interfaces.slack.owner import LocalOwner
from assistant.interfaces.slack.posts import Posts
from assistant.interfaces.slack.shared import SharedDatabase, SharedOwner
from assistant.interfaces.slack.task import Task, Work

LANE = "slack/T1/C1/1.0"


class Process:
    """What one process has of the queue."""

    def __init__(self, folder: Path, server: Server | None) -> None:
        self.server = server
        self.database = QueueFile(folder / "slack.sqlite") if server is None else SharedDatabase(server)
        self.owner = LocalOwner(folder / "slack") if server is None else SharedOwner(server)
        self.inbox, self.posts = Inbox(self.database, self.owner), Posts(self.database)

    def end(self) -> None:
        """As the kernel does it when a process is killed: its lock goes, its rows stay."""
        if self.server:
            self.owner.close()
            with self.server.connection() as connection:  # PostgreSQL sees that within milliseconds
                lock(connection, f"slack owner {self.owner.name}")
                unlock(connection, f"slack owner {self.owner.name}")
        else:
            os.close(self.owner._descriptor)
        self.database.close()


@pytest.fixture(params=["a file", "a server"])
def start(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Process]:
    monkeypatch.setattr(SharedOwner, "SURE", 0.0)
    server = None if request.param == "a file" else request.getfixturevalue("server")
    return lambda: Process(tmp_path, server)


@pytest.fixture
def one(start: Callable[[], Process]) -> Iterator[Process]:
    process = start()
    yield process
    process.owner.close()
    process.database.close()


@pytest.fixture
def other(start: Callable[[], Process]) -> Process:
    return start()


def question(ts: str, lane: str = LANE, text: str = "?") -> Task:
    return Task(kind="question", team="T1", channel="C1", user="U1", lane=lane, thread="1.0", ts=ts, text=text)


def claimed(process: Process) -> Work:
    work = process.inbox.claim()
    assert work is not None
    return work


def test_an_event_and_a_message_are_taken_once(one: Process, other: Process) -> None:
    assert one.inbox.take("Ev1", question("1.0"), "C1/1.0") == "queued"
    assert other.inbox.take("Ev1", question("1.0"), "C1/1.0") == "repeated"
    assert other.inbox.take("Ev2", question("1.0"), "C1/1.0") == "repeated"
    assert one.inbox.note("Ev2") is False
    assert one.inbox.note("Ev3") is True
    assert one.inbox.depth() == (1, 0)
    other.end()


def test_what_is_asked_below_a_direct_message_waits_until_that_is_answered(one: Process) -> None:
    direct, below = "slack/T1/D1/direct", "slack/T1/D1/1.5"
    one.inbox.take("1", question("1.0", direct), "D1/1.0")
    answered = claimed(one)
    one.inbox.take("2", question("2.0", below).model_copy(update={"channel": "D1", "pane": True}), "D1/2.0")
    one.inbox.take("3", question("3.0", "slack/T1/D12/1.5"), "D12/3.0")
    assert claimed(one).task.ts == "3.0"
    assert one.inbox.claim() is None
    one.posts.speak_in(below, direct)  # the answer is there, and what is below it goes on with it
    one.inbox.postpone(answered.number, 60.0)
    assert one.inbox.claim() is None
    one.inbox.postpone(answered.number, 0.0)
    one.inbox.finish(claimed(one).number, "answered")
    assert claimed(one).task.ts == "2.0"
    assert one.posts.conversation(below) == direct


def test_a_lane_is_done_in_the_order_of_its_messages_by_one_worker_at_a_time(one: Process, other: Process) -> None:
    for event, ts, lane in (("1", "3.0", LANE), ("2", "2.0", LANE), ("3", "9.0", "elsewhere")):
        one.inbox.take(event, question(ts, lane), ts)
    first = claimed(one)
    assert (first.task.ts, first.attempts, first.crashes) == ("2.0", 1, 0)
    assert claimed(other).task.ts == "9.0"
    assert one.inbox.claim() is None
    one.inbox.finish(first.number, "answered")
    assert claimed(other).task.ts == "3.0"
    assert one.inbox.claim() is None
    other.end()


def test_what_is_postponed_keeps_its_place(one: Process) -> None:
    one.inbox.take("1", question("1.0"), "1")
    one.inbox.take("2", question("2.0"), "2")
    one.inbox.postpone(claimed(one).number, 60)
    assert one.inbox.claim() is None
    one.inbox.postpone(1, 0)
    again = claimed(one)
    assert (again.number, again.attempts) == (1, 2)


def test_the_tasks_of_a_process_that_ended_wait_again_and_those_of_one_that_lives_do_not(one: Process, other: Process) -> None:
    for event in ("1", "2"):
        one.inbox.take(event, question(f"{event}.0", f"lane {event}"), event)
    mine, lost = claimed(one), claimed(other)
    assert one.inbox.recover() == 0
    other.end()
    assert one.inbox.recover() == 1
    again = claimed(one)
    assert (again.number, again.crashes, again.began) == (lost.number, 1, lost.began)
    assert mine.number != again.number


def test_an_edit_changes_what_waits_and_asks_anew_what_was_begun(one: Process) -> None:
    one.inbox.take("1", question("1.0", text="a"), "m")
    assert one.inbox.amend("2", "m", "b") == "changed"
    assert one.inbox.amend("2", "m", "c") == "repeated"
    assert one.inbox.amend("3", "another", "b") == "unknown"
    begun = claimed(one)
    assert begun.task.text == "b"
    assert one.inbox.amend("4", "m", "c") == "again"
    assert one.inbox.is_stale(begun.number)
    one.inbox.finish(begun.number, "answered")
    anew = claimed(one)
    assert (anew.task.text, anew.task.about) == ("c", begun.number)


def test_a_deleted_question_is_not_answered_or_its_answer_is_retracted(one: Process) -> None:
    one.inbox.take("1", question("1.0"), "m")
    assert one.inbox.withdraw("2", "m") == "changed"
    assert one.inbox.claim() is None
    one.inbox.take("3", question("2.0"), "n")
    begun = claimed(one)
    one.inbox.amend("4", "n", "b")
    assert one.inbox.withdraw("5", "n") == "again"
    one.inbox.finish(begun.number, "withdrawn")
    work = claimed(one)
    assert (work.task.kind, work.task.about) == ("retract", begun.number)
    assert one.inbox.claim() is None


def test_messages_are_noted_before_and_after_they_are_posted(one: Process) -> None:
    one.inbox.take("1", question("1.0"), "m")
    one.posts.begin(1, 0, "C1", streams=True)
    assert (one.posts.of(1)[0].ts, one.posts.of(1)[0].streams) == (None, True)
    one.posts.record(1, 0, "5.0")
    one.posts.stopped(1, 0)
    assert one.posts.is_ours("C1", "5.0")
    one.posts.inherit(1, 2)
    assert (one.posts.of(1), one.posts.of(2)[0].ts, one.posts.of(2)[0].streams) == ({}, "5.0", False)


def test_the_file_is_bounded(one: Process) -> None:
    for number in range(30):
        one.inbox.take(f"e{number}", question(f"{number}.0", f"lane {number}"), f"m{number}")
        one.posts.begin(claimed(one).number, 0, "C1")
    for number in range(1, 30):
        one.inbox.finish(number, "answered")
    one.inbox.prune(10)
    left = [row["number"] for row in one.database.rows("SELECT number FROM tasks ORDER BY number")]
    assert left == list(range(21, 31))
    assert len(one.database.rows("SELECT 1 FROM posts")) == 10
    assert one.posts.forget_threads(25) == [f"lane {number}" for number in range(5)]
    assert one.posts.conversation("lane 4") is None
    assert one.posts.conversation("lane 5") == "lane 5"


def test_a_shared_answer_has_its_thread_go_on_with_its_conversation(one: Process) -> None:
    one.posts.speak_in("thread", "the conversation")
    one.inbox.take("1", question("1.0", lane="thread"), "m")
    assert one.posts.conversation("thread") == "the conversation"
