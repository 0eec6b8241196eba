"""The durable queue: events in, each once, and tasks out, in order within a lane and to one worker at a time."""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING, Literal

from assistant.interfaces.slack.database import Database
from assistant.interfaces.slack.owner import Owner
from assistant.interfaces.slack.posts import speak_in
from assistant.interfaces.slack.task import DIRECT, Task, Work

if TYPE_CHECKING:
    from assistant.database.portable import Connection

# Slack repeats an event for up to a day; a replay by somebody else is refused by its time after five minutes.
_EVENTS_KEPT = 2 * 86_400.0
_MOST_EVENTS = 200_000

Arrival = Literal["queued", "repeated"]
Change = Literal["changed", "again", "unknown", "repeated"]

_COLUMNS = "number, reference, arrived, began, attempts, crashes, task"
# What is asked in a thread below a direct message waits until that was answered: only then is it known to which answer it belongs.
_CLAIM = f"""
UPDATE tasks SET state = 'working', owner = ?, attempts = attempts + 1, began = coalesce(began, ?) WHERE number = (
    SELECT number FROM tasks AS t WHERE state = 'waiting' AND not_before <= ? AND NOT EXISTS (
        SELECT 1 FROM tasks AS e WHERE e.lane = t.lane AND e.state IN ('waiting', 'working')
        AND (e.state = 'working' OR (e.asked, e.number) < (t.asked, t.number))
    ) AND NOT EXISTS (
        SELECT 1 FROM tasks AS e WHERE (e.state = 'working' OR (e.state = 'waiting' AND (e.asked, e.number) < (t.asked, t.number)))
        AND replace(e.lane, '/{DIRECT}', '/') = substr(t.lane, 1, length(e.lane) - {len(DIRECT)})
    ) ORDER BY number LIMIT 1
) RETURNING {_COLUMNS}
"""


class Inbox:
    """Tasks by number. Usable from several threads and processes; what a method has returned from is on the disk."""

    def __init__(self, database: Database, owner: Owner) -> None:
        self._database = database
        self._owner = owner

    def take(self, event: str, task: Task, message: str | None = None) -> Arrival:
        """Queues ``task`` unless its event, or another event for the same ``message``, was here before.

        From a question on, the bot speaks in its thread; in one below a direct message from its answer on, which tells of which
        conversation the thread is.
        """
        with self._database.transaction(durable=True) as connection:
            if not (_is_new(connection, event) and _insert(connection, task, message)):
                return "repeated"
            if task.kind == "question" and not task.pane:
                speak_in(connection, task.lane, task.lane)
            return "queued"

    def note(self, event: str) -> bool:
        """Whether an event that leads to no task is here for the first time."""
        with self._database.transaction() as connection:
            return _is_new(connection, event)

    def amend(self, event: str, message: str, text: str) -> Change:
        """A question's message was edited: it is asked with its new ``text``, ``again`` where its answer was begun."""
        with self._database.transaction(durable=True) as connection:
            found = connection.execute("SELECT number, state, task FROM tasks WHERE message = ?", (message,)).fetchone()
            if found is None:
                return "unknown"
            if not _is_new(connection, event):
                return "repeated"
            number, state, task = found[0], found[1], Task.model_validate_json(found[2]).model_copy(update={"text": text})
            if state == "waiting":
                connection.execute("UPDATE tasks SET task = ? WHERE number = ?", (task.model_dump_json(), number))
                return "changed"
            connection.execute("UPDATE tasks SET stale = 1, message = NULL WHERE number = ?", (number,))
            _insert(connection, task.model_copy(update={"about": number}), message)
            return "again"

    def withdraw(self, event: str, message: str) -> Change:
        """A question's message was deleted: it is not answered or, where its answer was begun, that is retracted."""
        with self._database.transaction(durable=True) as connection:
            found = connection.execute("SELECT number, state, task FROM tasks WHERE message = ?", (message,)).fetchone()
            if found is None:
                return "unknown"
            if not _is_new(connection, event):
                return "repeated"
            number, state, task = found[0], found[1], Task.model_validate_json(found[2])
            if state == "waiting" and task.about is None:
                connection.execute("UPDATE tasks SET state = 'done', outcome = 'withdrawn', stale = 1 WHERE number = ?", (number,))
                return "changed"
            if state == "waiting":  # edited before, so there may be an answer to the question as it was
                connection.execute("UPDATE tasks SET state = 'done', outcome = 'withdrawn', stale = 1 WHERE number = ?", (number,))
                number = task.about
            connection.execute("UPDATE tasks SET stale = 1 WHERE number = ?", (number,))
            _insert(connection, task.model_copy(update={"kind": "retract", "about": number}), None)
            return "again"

    def claim(self) -> Work | None:
        """The oldest task that is due and first in its lane; None where there is none."""
        now = time.time()
        with self._database.transaction() as connection:
            found = connection.execute(_CLAIM, (self._owner.name, now, now)).fetchone()
        if found is None:
            return None
        number, reference, arrived, began, attempts, crashes, task = found
        return Work(
            number=number,
            reference=reference,
            arrived=arrived,
            began=began,
            attempts=attempts,
            crashes=crashes,
            task=Task.model_validate_json(task),
        )

    def finish(self, number: int, outcome: str, *, again: bool = False) -> None:
        """The task is done; ``again`` is whether the same may be asked for again."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE tasks SET state = 'done', outcome = ?, owner = NULL, message = CASE WHEN ? THEN NULL ELSE message END"
                " WHERE number = ?",
                (outcome, again, number),
            )

    def postpone(self, number: int, seconds: float) -> None:
        """The task waits again; nothing behind it in its lane overtakes it."""
        with self._database.transaction() as connection:
            connection.execute(
                "UPDATE tasks SET state = 'waiting', owner = NULL, not_before = ? WHERE number = ?", (time.time() + seconds, number)
            )

    def recover(self) -> int:
        """Has the tasks of processes that ended wait again; how many these were."""
        self._owner.hold()
        owners = {row["owner"] for row in self._database.rows("SELECT DISTINCT owner FROM tasks WHERE state = 'working'")}
        recovered = 0
        for owner in filter(self._owner.is_gone, owners):
            with self._database.transaction() as connection:
                recovered += connection.execute(
                    "UPDATE tasks SET state = 'waiting', owner = NULL, crashes = crashes + 1 WHERE state = 'working' AND owner = ?",
                    (owner,),
                ).rowcount
            self._owner.forget(owner)
        return recovered

    def is_stale(self, number: int) -> bool:
        """Whether the message that asked was edited or deleted since."""
        return bool(self._database.rows("SELECT 1 FROM tasks WHERE number = ? AND stale <> 0", number))

    def depth(self) -> tuple[int, int]:
        """How many tasks wait, and how many are worked on."""
        found = {row["state"]: row["tasks"] for row in self._database.rows(_DEPTH)}
        return found.get("waiting", 0), found.get("working", 0)

    def prune(self, tasks: int) -> None:
        """Forgets events that cannot come again, and done tasks but for the newest ``tasks``, with what was posted for them."""
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM events WHERE seen < ?", (time.time() - _EVENTS_KEPT,))
            connection.execute(
                "DELETE FROM events WHERE seen <= (SELECT seen FROM events ORDER BY seen DESC LIMIT 1 OFFSET ?)", (_MOST_EVENTS,)
            )
            oldest = "(SELECT number FROM tasks ORDER BY number DESC LIMIT 1 OFFSET ?)"
            connection.execute(f"DELETE FROM tasks WHERE state = 'done' AND number <= {oldest}", (tasks,))
            connection.execute("DELETE FROM posts WHERE task NOT IN (SELECT number FROM tasks)")


_DEPTH = "SELECT state, count(*) AS tasks FROM tasks WHERE state IN ('waiting', 'working') GROUP BY state"


def _is_new(connection: Connection, event: str) -> bool:
    return connection.execute("INSERT INTO events VALUES (?, ?) ON CONFLICT DO NOTHING", (event, time.time())).rowcount == 1


def _insert(connection: Connection, task: Task, message: str | None) -> bool:
    now = time.time()
    # Requests overtake each other on their way here; Slack's time of a message tells which was first.
    asked = float(task.ts) if task.kind == "question" else now
    return (
        connection.execute(
            "INSERT INTO tasks (lane, message, task, reference, asked, arrived) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (task.lane, message, task.model_dump_json(), secrets.token_hex(4), asked, now),
        ).rowcount
        == 1
    )
