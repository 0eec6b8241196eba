"""Shows what is done while an answer is made: the steps in a stream or, where Slack has none, in a message that is edited.

What a model drafts is not among it: nothing is said that was not verified.
"""

from __future__ import annotations

import time
from typing import Any

from slack_sdk.errors import SlackApiError

from assistant.agent.events import DraftPiece, Event, Status, ToolCall, ToolResult
from assistant.interfaces.render.clean import one_line
from assistant.interfaces.render.slack.answer import Message, words
from assistant.interfaces.render.slack.kit import blocks_of, escaped, paragraph, shortened
from assistant.interfaces.slack.delivery import Delivery
from assistant.interfaces.slack.refusals import SLACK_ERRORS, kind
from assistant.interfaces.slack.task import Work
from assistant.resources import prompt_table

# Seconds between two changes: Slack takes about one edit a second, and pieces of a stream somewhat faster.
_BETWEEN_EDITS = 1.2
_BETWEEN_PIECES = 0.5
_LONGEST_STEP = 120


class Progress:
    """The steps towards one answer, as they are taken in."""

    def __init__(self, delivery: Delivery, work: Work) -> None:
        self._delivery = delivery
        self._work = work
        self._steps: list[str] = []
        self._unsent: list[dict[str, Any]] = []
        self._stream: str | None = None
        self._last = 0.0
        self._mute = False

    def take(self, event: Event) -> None:
        """Shows what ``event`` tells, now or with the next; a refusal of Slack's ends the showing and nothing else."""
        step = _step(event)
        if step is not None and step not in self._steps[-1:]:
            self._advance(step)
        if self._mute or not self._unsent:
            return
        try:
            self._show()
        except SLACK_ERRORS as error:
            if kind(error) == "revoked":
                raise
            self._mute = True

    def close(self) -> None:
        """The last step is done; what is not shown yet will not be, as the answer follows, no sooner than Slack takes an edit."""
        if not self._stream and self._last:
            time.sleep(max(0.0, self._last + _BETWEEN_EDITS - time.monotonic()))
        if self._stream and not self._mute:
            self._unsent.append(self._chunk(len(self._steps), "complete"))
            try:
                self._send()
            except SLACK_ERRORS as error:
                if kind(error) == "revoked":
                    raise

    def _advance(self, step: str) -> None:
        if self._steps:
            self._unsent.append(self._chunk(len(self._steps), "complete"))
        self._steps.append(step)
        self._unsent.append(self._chunk(len(self._steps), "in_progress"))

    def _show(self) -> None:
        if self._last == 0.0:
            self._begin()
        elif time.monotonic() - self._last >= (_BETWEEN_PIECES if self._stream else _BETWEEN_EDITS):
            self._send()
        else:
            return
        self._last = time.monotonic()

    def _begin(self) -> None:
        try:
            self._stream = self._delivery.begin_stream(self._work, self._unsent)
        except SlackApiError as error:
            if kind(error) != "final":
                raise
        if self._stream is None:
            self._delivery.say(self._work, [self._message()])
        self._unsent = []

    def _send(self) -> None:
        if self._stream:
            self._delivery.client.chat_appendStream(channel=self._work.task.channel, ts=self._stream, chunks=self._unsent)
        else:
            self._delivery.say(self._work, [self._message()])
        self._unsent = []

    def _message(self) -> Message:
        return Message(escaped(self._steps[-1]), list(blocks_of([paragraph(f"{self._steps[-1]} …")])))

    def _chunk(self, number: int, status: str) -> dict[str, Any]:
        return {"type": "task_update", "id": str(number), "title": self._steps[number - 1], "status": status}


def _step(event: Event) -> str | None:
    match event:
        case ToolCall():
            tools: dict[str, str] = prompt_table("slack.toml")["tools"]
            said = next((str(value) for value in event.arguments.values()), "")
            return shortened(one_line(tools.get(event.name, words("steps", "tool")).format(said=said)), _LONGEST_STEP)
        case Status():
            steps: dict[str, str] = prompt_table("slack.toml")["steps"]
            return steps.get(event.text)
        case DraftPiece():
            return words("steps", "writing")
        case ToolResult() if event.failed:
            return words("steps", "failed")
        case _:
            return None
