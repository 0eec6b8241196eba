"""What was said where: the answers by the number of their tasks, the messages that show them, the threads that the bot speaks in."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.interfaces.slack.database import Database
from assistant.values import Answer

if TYPE_CHECKING:
    from assistant.database.portable import Connection


@dataclass(frozen=True, slots=True)
class Post:
    """One message of ours. ``ts`` is None from before Slack is asked to post it until it has said that it did.

    ``streams`` is whether it was begun as a stream that was not stopped yet.
    """

    part: int
    channel: str
    ts: str | None
    streams: bool


class Posts:
    """Kept beside the queue. Usable from several threads and processes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, number: int, answer: Answer) -> None:
        """Keeps what is about to be posted, so that it is not worked out twice."""
        with self._database.transaction() as connection:
            connection.execute("UPDATE tasks SET answer = ? WHERE number = ?", (answer.model_dump_json(), number))

    def answer(self, number: int) -> Answer | None:
        """The answer of a task; None where there is none or it is no longer kept."""
        found = self._database.rows("SELECT answer FROM tasks WHERE number = ? AND answer IS NOT NULL", number)
        return Answer.model_validate_json(found[0]["answer"]) if found else None

    def of(self, number: int) -> dict[int, Post]:
        """The messages of a task by their place in it."""
        found = self._database.rows("SELECT part, channel, ts, streams FROM posts WHERE task = ? ORDER BY part", number)
        return {row["part"]: Post(row["part"], row["channel"], row["ts"], bool(row["streams"])) for row in found}

    def begin(self, number: int, part: int, channel: str, *, streams: bool = False) -> None:
        """Says that Slack is now asked to post."""
        with self._database.transaction(durable=True) as connection:
            connection.execute(_BEGIN, (number, part, channel, int(streams)))

    def record(self, number: int, part: int, ts: str) -> None:
        """Slack has posted."""
        with self._database.transaction() as connection:
            connection.execute("UPDATE posts SET ts = ? WHERE task = ? AND part = ?", (ts, number, part))

    def stopped(self, number: int, part: int) -> None:
        """The stream has become a message like others."""
        with self._database.transaction() as connection:
            connection.execute("UPDATE posts SET streams = 0 WHERE task = ? AND part = ?", (number, part))

    def forget(self, number: int, part: int) -> None:
        """The message is not there, or not any more."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM posts WHERE task = ? AND part = ?", (number, part))

    def inherit(self, old: int, new: int) -> None:
        """The messages of ``old`` are from now on those of ``new``, which has none of its own yet."""
        with self._database.transaction() as connection:
            if not connection.execute("SELECT 1 FROM posts WHERE task = ?", (new,)).fetchone():
                connection.execute("UPDATE posts SET task = ? WHERE task = ?", (new, old))

    def is_ours(self, channel: str, ts: str) -> bool:
        """Whether a message is known as one of ours."""
        return bool(self._database.rows("SELECT 1 FROM posts WHERE channel = ? AND ts = ?", channel, ts))

    def speak_in(self, thread: str, conversation: str) -> None:
        """From now on follow-ups in ``thread``, a key, need no mention; they continue ``conversation``."""
        with self._database.transaction() as connection:
            speak_in(connection, thread, conversation)

    def conversation(self, thread: str) -> str | None:
        """The conversation of a thread that the bot speaks in; None where it does not."""
        found = self._database.rows("SELECT conversation FROM threads WHERE key = ?", thread)
        return str(found[0]["conversation"]) if found else None

    def forget_threads(self, most: int) -> list[str]:
        """Forgets the threads that were least lately used but for ``most``; the conversations that no thread has any more."""
        with self._database.transaction() as connection:
            gone = connection.execute(_FORGET, (most,)).fetchall()
            left = {row[0] for row in connection.execute("SELECT conversation FROM threads")} if gone else set()
        return [conversation for (conversation,) in gone if conversation not in left]


def speak_in(connection: Connection, thread: str, conversation: str) -> None:
    """Within a transaction, what ``Posts.speak_in`` does; a thread that is known keeps its conversation."""
    connection.execute(_SPEAK, (thread, conversation, time.time()))


_BEGIN = """
INSERT INTO posts (task, part, channel, ts, streams) VALUES (?, ?, ?, NULL, ?)
ON CONFLICT (task, part) DO UPDATE SET channel = excluded.channel, ts = NULL, streams = excluded.streams
"""
_SPEAK = "INSERT INTO threads VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET used = excluded.used"
_FORGET = """
DELETE FROM threads WHERE used <= (SELECT used FROM threads ORDER BY used DESC LIMIT 1 OFFSET ?) RETURNING conversation
"""
