"""Messages that one person sees: answers to commands, checks, refusals."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from slack_sdk.webhook import WebhookClient

from assistant.interfaces.render.slack.answer import Message
from assistant.interfaces.slack.clients import Clients, limit_handler
from assistant.interfaces.slack.posts import Posts
from assistant.interfaces.slack.refusals import SLACK_ERRORS
from assistant.interfaces.slack.task import Work

# A response_url takes five messages in half an hour, one of which may be needed to take the others away.
_MOST = 4


class Whispers:
    """Speaks to the person who gave a task."""

    def __init__(self, clients: Clients, posts: Posts) -> None:
        self._client = clients.posting
        self._posts = posts

    def whisper(self, work: Work, messages: Sequence[Message]) -> None:
        """Shows ``messages``, of very many the first and the last, which has the buttons; raises SLACK_ERRORS."""
        task, url = work.task, work.task.response_url
        posted = self._posts.of(work.number)
        for part, message in enumerate([*messages[: _MOST - 1], *messages[_MOST - 1 :][-1:]]):
            before = posted.get(part)
            if before and before.ts:
                continue
            self._posts.begin(work.number, part, task.channel)
            # Where it is not known whether it arrived, sending it again takes the place of what is there.
            again = {"replace_original": True} if before else {}
            if not (url and _respond(url, message, again)):
                self._client.chat_postEphemeral(
                    channel=task.channel, user=task.user, thread_ts=task.thread, text=message.text, blocks=message.blocks
                )
            self._posts.record(work.number, part, "ephemeral")

    def dismiss(self, response_url: str) -> None:
        """Takes away a message that is no longer needed; if it stays, no harm is done."""
        with suppress(*SLACK_ERRORS):
            WebhookClient(response_url).send_dict({"delete_original": True})


def _respond(url: str, message: Message, options: dict[str, Any]) -> bool:
    """Whether Slack took the message at a response_url, which it does for half an hour."""
    client = WebhookClient(url, retry_handlers=[limit_handler()])
    try:
        response = client.send(text=message.text, blocks=message.blocks, response_type="ephemeral", **options)
    except SLACK_ERRORS:
        return False
    return response.status_code == 200
