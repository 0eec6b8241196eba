"""What Slack shows around messages: status lines, titles of threads, suggested questions. Answers can do without any of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.interfaces.slack.clients import Clients
from assistant.interfaces.slack.refusals import SLACK_ERRORS, kind
from assistant.interfaces.slack.task import Work


class Surroundings:
    """Of the thread that a task is in; a refusal of Slack's is let pass, unless it concerns the token."""

    def __init__(self, clients: Clients) -> None:
        self._client = clients.repeating

    def tell(self, work: Work, status: str) -> None:
        """Says in the status line what is being done, until a message follows."""
        if (thread := work.task.thread) is not None:
            _try(lambda: self._client.assistant_threads_setStatus(channel_id=work.task.channel, thread_ts=thread, status=status))

    def name(self, work: Work, title: str) -> None:
        """Names the thread, for the pane's history."""
        if (thread := work.task.thread) is not None:
            _try(lambda: self._client.assistant_threads_setTitle(channel_id=work.task.channel, thread_ts=thread, title=title))

    def suggest(self, work: Work, title: str, questions: Sequence[str]) -> None:
        """Offers questions."""
        prompts = [{"title": question, "message": question} for question in questions]
        task, offer = work.task, self._client.assistant_threads_setSuggestedPrompts
        if prompts:
            _try(lambda: offer(channel_id=task.channel, thread_ts=task.thread, title=title, prompts=prompts))


def _try(call: Callable[[], object]) -> None:
    try:
        call()
    except SLACK_ERRORS as error:
        if kind(error) == "revoked":
            raise
