"""Puts messages into Slack exactly once: each is noted before Slack is asked for it, and looked for where the outcome is not known."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from slack_sdk.errors import SlackApiError

from assistant.interfaces.render.slack.answer import Message
from assistant.interfaces.slack.clients import Clients
from assistant.interfaces.slack.posts import Post, Posts
from assistant.interfaces.slack.refusals import code, kind
from assistant.interfaces.slack.task import Work

_METADATA = "biotech_assistant_answer"
_LOOKED_AT = 100


class Delivery:
    """Speaks for everybody to see, and keeps track of it in ``posts``."""

    def __init__(self, clients: Clients, posts: Posts, bot_user: str) -> None:
        self.client = clients.repeating
        self.posting = clients.posting
        self._posts = posts
        self._bot_user = bot_user

    def say(self, work: Work, messages: Sequence[Message]) -> None:
        """Shows ``messages`` as those of the task: posts them, or changes what was posted for it before; raises SLACK_ERRORS."""
        posted = self._posts.of(work.number)
        for part, message in enumerate(messages):
            if ts := self._standing(work, part, posted.get(part)):
                self._change(work, part, ts, message)
            else:
                self._post(work, part, message)
        for part in posted.keys() - set(range(len(messages))):
            self._take_away(work.number, posted[part])

    def retract(self, number: int) -> None:
        """Deletes all messages of a task; raises SLACK_ERRORS."""
        for post in self._posts.of(number).values():
            self._take_away(number, post)

    def begin_stream(self, work: Work, chunks: list[dict[str, Any]]) -> str | None:
        """Starts the task's first message as a stream, or goes on with the one that was begun before; raises SLACK_ERRORS.

        None where the message is there and is no stream, as it is when a question was edited, and where there is no thread: Slack
        has streams only there.
        """
        task, before = work.task, self._posts.of(work.number).get(0)
        if ts := self._standing(work, 0, before):
            return ts if before and before.streams else None
        if task.thread is None:
            return None
        self._posts.begin(work.number, 0, task.channel, streams=True)
        try:
            response = self.posting.chat_startStream(
                channel=task.channel,
                thread_ts=task.thread,
                recipient_team_id=task.team,
                recipient_user_id=task.user,
                chunks=chunks,
            )
        except SlackApiError as error:
            if kind(error) == "final":
                self._posts.forget(work.number, 0)
            raise
        self._posts.record(work.number, 0, str(response["ts"]))
        return str(response["ts"])

    def upload(self, work: Work, content: bytes, title: str) -> None:
        """Uploads a picture to the task's thread; raises SLACK_ERRORS."""
        name = f"survival-{work.reference}.png"
        before = self._posts.of(work.number).get(0)
        if before and (before.ts or self._file(work, name)):
            return
        self._posts.begin(work.number, 0, work.task.channel)
        self.posting.files_upload_v2(
            channel=work.task.channel, thread_ts=work.task.thread, filename=name, content=content, title=title, alt_txt=title
        )
        self._posts.record(work.number, 0, "file")

    def _standing(self, work: Work, part: int, post: Post | None) -> str | None:
        """The message that is there for a part; None where there is none."""
        if post is None:
            return None
        if post.ts:
            return post.ts
        found = self._find(work, part, post)
        if found:
            self._posts.record(work.number, part, found)
        return found

    def _post(self, work: Work, part: int, message: Message) -> None:
        task = work.task
        self._posts.begin(work.number, part, task.channel)
        try:
            response = self.posting.chat_postMessage(
                channel=task.channel,
                thread_ts=task.thread,
                text=message.text,
                blocks=message.blocks,
                metadata=_metadata(work, part),
                unfurl_links=False,
                unfurl_media=False,
            )
        except SlackApiError as error:
            if kind(error) == "final":
                self._posts.forget(work.number, part)
            raise
        self._posts.record(work.number, part, str(response["ts"]))

    def _change(self, work: Work, part: int, ts: str, message: Message) -> None:
        post = self._posts.of(work.number)[part]
        if post.streams and self._stop_stream(work, part, ts, message):
            return
        try:
            self.client.chat_update(channel=post.channel, ts=ts, text=message.text, blocks=message.blocks, metadata=_metadata(work, part))
        except SlackApiError as error:
            if code(error) not in ("message_not_found", "cant_update_message"):
                raise
            self._post(work, part, message)  # somebody has deleted it

    def _stop_stream(self, work: Work, part: int, ts: str, message: Message) -> bool:
        """Ends the stream with its message; False where Slack has ended it itself."""
        try:
            self.client.chat_stopStream(channel=work.task.channel, ts=ts, blocks=message.blocks, metadata=_metadata(work, part))
        except SlackApiError as error:
            if kind(error) != "final":
                raise
            self._posts.stopped(work.number, part)
            return False
        self._posts.stopped(work.number, part)
        return True

    def _take_away(self, number: int, post: Post) -> None:
        if post.ts and post.ts != "ephemeral":
            try:
                self.client.chat_delete(channel=post.channel, ts=post.ts)
            except SlackApiError as error:
                if kind(error) != "final":
                    raise
        self._posts.forget(number, post.part)

    def _find(self, work: Work, part: int, post: Post) -> str | None:
        """The message that Slack may have posted without our hearing of it: it carries the task, or is a stream that nobody knows."""
        own = self._own_messages(work)
        wanted = {"task": work.reference, "part": part}
        for message in own:
            if (message.get("metadata") or {}).get("event_payload") == wanted:
                return str(message["ts"])
        streams = [m for m in own if post.streams and not m.get("metadata") and not m.get("files")]
        return next((str(m["ts"]) for m in streams if not self._posts.is_ours(post.channel, str(m["ts"]))), None)

    def _file(self, work: Work, name: str) -> bool:
        return any(file.get("name") == name for message in self._own_messages(work) for file in message.get("files") or ())

    def _own_messages(self, work: Work) -> list[dict[str, Any]]:
        """What the bot has said in the task's thread, or channel, since the question; nothing where it may not look."""
        task = work.task
        options: dict[str, Any] = {"channel": task.channel, "include_all_metadata": True, "limit": _LOOKED_AT}
        if task.ts:
            options["oldest"] = task.ts
        try:
            if task.thread:
                found = self.client.conversations_replies(ts=task.thread, **options)
            else:
                found = self.client.conversations_history(**options)
        except SlackApiError as error:
            if kind(error) != "final":
                raise
            return []
        messages: list[dict[str, Any]] = found.get("messages", [])
        return [message for message in messages if message.get("user") == self._bot_user]


def _metadata(work: Work, part: int) -> dict[str, Any]:
    return {"event_type": _METADATA, "event_payload": {"task": work.reference, "part": part}}
