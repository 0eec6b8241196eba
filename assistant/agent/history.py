"""Answers of conversations on disk, for reading again: listed, searched, exported, taken back, deleted.

LangGraph's checkpoints hold what a model needs to go on; they have neither citations nor verdicts, so answers are kept beside them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.agent.store import tables
from assistant.errors import UsageError
from assistant.values import Answer, Value

if TYPE_CHECKING:
    from assistant.database.server import Server

# An answer takes about 10 KB; a bot that runs for years must not fill a disk.
_KEPT = 10_000

_SCHEMA = """
CREATE TABLE IF NOT EXISTS answers (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation TEXT NOT NULL,
    question TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    answer TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS answers_of_conversation ON answers (conversation, number);
"""

_TAKE_BACK = """
DELETE FROM answers WHERE number = (SELECT max(number) FROM answers WHERE conversation = ? AND (CAST(? AS TEXT) IS NULL OR answer = ?))
RETURNING answer
"""


class Conversation(Value):
    """A conversation as a list shows it: ``title`` is its first question, times are ISO 8601 in UTC."""

    key: str
    title: str
    questions: int
    began: str
    last: str


class History:
    """The answers kept in ``home/history.sqlite``, or on the ``server`` of a shared store.

    Usable from several threads and processes; reading creates no file.
    """

    def __init__(self, home: Path, server: Server | None = None) -> None:
        self._store = tables(home / "history.sqlite", server, "conversations", _SCHEMA)

    def keep(self, answer: Answer) -> None:
        """Adds an answer that belongs to a conversation; the oldest go when there are more than ten thousand."""
        row = (answer.conversation, answer.question, answer.created_at, answer.model_dump_json())
        with self._store.writing() as connection:
            connection.execute("INSERT INTO answers (conversation, question, asked_at, answer) VALUES (?, ?, ?, ?)", row)
            connection.execute("DELETE FROM answers WHERE number <= (SELECT max(number) FROM answers) - ?", (_KEPT,))

    def conversations(self) -> tuple[Conversation, ...]:
        """All conversations, the last used first."""
        rows = self._store.rows(
            "SELECT kept.conversation, first.question, kept.questions, kept.began, kept.last FROM ("
            " SELECT conversation, min(number) AS opening, max(number) AS newest, count(*) AS questions,"
            " min(asked_at) AS began, max(asked_at) AS last FROM answers GROUP BY conversation"
            ") AS kept JOIN answers AS first ON first.number = kept.opening ORDER BY kept.newest DESC"
        )
        return tuple(Conversation(key=key, title=title, questions=count, began=began, last=last) for key, title, count, began, last in rows)

    def find(self, name: str) -> Conversation:
        """The conversation with this key or, where it is the only one, with a key that begins so; raises UsageError."""
        known = self.conversations()
        for matches in ([c for c in known if c.key == name], [c for c in known if name and c.key.startswith(name)]):
            if len(matches) == 1:
                return matches[0]
            if matches:
                raise UsageError(f"several conversations begin with {name!r}: {', '.join(c.key for c in matches[:5])}")
        raise UsageError(f"there is no conversation {name!r}; list them with: assistant conversations list")

    def answers(self, key: str) -> tuple[Answer, ...]:
        """The answers of the conversation with exactly this key, in order; none for an unknown key."""
        rows = self._store.rows("SELECT answer FROM answers WHERE conversation = ? ORDER BY number", (key,))
        return tuple(Answer.model_validate_json(text) for (text,) in rows)

    def search(self, words: str) -> tuple[Answer, ...]:
        """The answers that have all ``words`` in their question or text, whatever the case, the newest first."""
        wanted = words.casefold().split()
        rows = self._store.rows("SELECT answer FROM answers ORDER BY number DESC")
        answers = (Answer.model_validate_json(text) for (text,) in rows)
        return tuple(a for a in answers if wanted and all(word in f"{a.question}\n{a.text}".casefold() for word in wanted))

    def take_back(self, key: str, answer: Answer | None = None) -> Answer | None:
        """Removes ``answer``, by default the last, from the conversation and returns it; None where it is not there."""
        text = answer.model_dump_json() if answer else None
        with self._store.writing() as connection:
            rows = connection.execute(_TAKE_BACK, (key, text, text)).fetchall()
        return Answer.model_validate_json(rows[0][0]) if rows else None

    def delete(self, key: str) -> None:
        """Removes all answers of the conversation, and their text from the file."""
        with self._store.writing() as connection:
            connection.execute("DELETE FROM answers WHERE conversation = ?", (key,))
