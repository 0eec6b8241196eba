"""What people thought of answers: one store for chat, Slack and Python."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from assistant.agent.store import tables
from assistant.values import Answer, Value

if TYPE_CHECKING:
    from assistant.database.server import Server

Judgement = Literal["good", "bad"]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS feedback (
    answer_key TEXT NOT NULL,
    given_by TEXT NOT NULL,
    given_at TEXT NOT NULL,
    feedback TEXT NOT NULL,
    PRIMARY KEY (answer_key, given_by)
)
"""


class Feedback(Value):
    """One person's judgement of one answer; ``given_by`` says where it came from, e.g. ``chat`` or a Slack user's id."""

    judgement: Judgement
    words: str
    given_by: str
    given_at: str
    answer: Answer


class FeedbackStore:
    """The judgements kept in ``home/feedback.sqlite``, or on the ``server`` of a shared store; of one person on one answer the last
    counts. Reading creates no file."""

    def __init__(self, home: Path, server: Server | None = None) -> None:
        self._store = tables(home / "feedback.sqlite", server, "feedback", _SCHEMA)

    def give(self, answer: Answer, judgement: Judgement, words: str = "", given_by: str = "chat") -> Feedback:
        """Keeps a judgement in place of an earlier one by the same person on the same answer."""
        given = Feedback(
            judgement=judgement,
            words=words,
            given_by=given_by,
            given_at=datetime.now(UTC).isoformat(timespec="seconds"),
            answer=answer,
        )
        row = (_key(answer), given_by, given.given_at, given.model_dump_json())
        with self._store.writing() as connection:
            connection.execute("DELETE FROM feedback WHERE answer_key = ? AND given_by = ?", row[:2])
            connection.execute("INSERT INTO feedback (answer_key, given_by, given_at, feedback) VALUES (?, ?, ?, ?)", row)
        return given

    def all(self) -> tuple[Feedback, ...]:
        """Every judgement, the oldest first."""
        rows = self._store.rows("SELECT feedback FROM feedback ORDER BY given_at, rowid")
        return tuple(Feedback.model_validate_json(text) for (text,) in rows)


def _key(answer: Answer) -> str:
    """What tells an answer from every other: where and when it was asked, and what."""
    return "\n".join((answer.conversation or "", answer.created_at, answer.question))
