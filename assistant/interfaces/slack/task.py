"""What there is to do for somebody in Slack, as it waits in the queue."""

from __future__ import annotations

from typing import Literal

from assistant.values import Value

# question: asked in a message · command: asked with /ask · check: figures of a message · chart, share: of an answer ·
# retract: an answer whose question was deleted · welcome: a pane was opened · refuse: asked where or by whom it is not allowed
Kind = Literal["question", "command", "check", "chart", "share", "retract", "welcome", "refuse"]


class Task(Value):
    """``thread`` is the message under which is replied, None for the channel itself; ``ts`` is the asking message.

    ``lane`` orders tasks: those of one lane are done one after the other. ``about`` is the number of the task whose answer is meant:
    the one to chart, share or retract, or, for a question, the one that it takes the place of since its message was edited.
    """

    kind: Kind
    team: str
    channel: str
    user: str
    lane: str
    thread: str | None = None
    ts: str = ""
    text: str = ""
    pane: bool = False
    response_url: str | None = None
    about: int | None = None


class Work(Value):
    """A task that a worker has claimed. ``reference`` names it in logs and apologies.

    ``arrived`` and ``began`` are seconds since the epoch; ``began`` is when it was first claimed. ``crashes`` counts the processes
    that ended while they worked on it.
    """

    number: int
    reference: str
    arrived: float
    began: float
    attempts: int
    crashes: int
    task: Task


DIRECT = "direct"
"""In the key of a conversation, the place of the thread where a direct message stands in none."""


def thread_key(team: str, channel: str, thread: str | None) -> str:
    """The key of a conversation; a direct message without a thread is one conversation."""
    return f"slack/{team}/{channel}/{thread or DIRECT}"
