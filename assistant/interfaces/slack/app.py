"""The Bolt app: every event, command, shortcut and button, written to the queue before it is acknowledged."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from typing import Any

from slack_bolt import Ack, App, BoltResponse
from slack_bolt.context import BoltContext
from slack_sdk import WebClient

from assistant.interfaces.render.slack.answer import DRAW_CHART, FEEDBACK, SHARE, SHOW_PROOF, words
from assistant.interfaces.render.slack.proof import gone_view, proof_view, refused_view
from assistant.interfaces.serving.log import tell
from assistant.interfaces.slack.bot import Bot
from assistant.interfaces.slack.heard import Listener, Me, Payload
from assistant.interfaces.slack.task import Kind, Task, thread_key

COMMAND, SHORTCUT = "/ask", "check_figures"
_ANYTHING = re.compile(".*", re.DOTALL)


def create_app(bot: Bot, client: WebClient, me: Me, signing_secret: str = "") -> App:
    """A Bolt app whose listeners only write to the bot's queue, so that an acknowledgement means that the event is on the disk.

    ``client`` has the bot's token; ``signing_secret`` is needed where requests come over HTTP.
    """
    quiet = logging.getLogger("slack_bolt.app")
    quiet.setLevel(logging.ERROR)  # it warns of a token in the environment, which is where ours comes from
    app = App(client=client, signing_secret=signing_secret, process_before_response=True, logger=quiet)
    quiet.setLevel(logging.WARNING)
    doors = Doors(bot, Listener(me, bot.office.config, lambda key: bot.office.posts.conversation(key) is not None))
    app.event("app_mention")(doors.message)
    app.event("message")(doors.message)
    app.event("assistant_thread_started")(doors.pane)
    app.command(COMMAND)(doors.command)
    app.message_shortcut(SHORTCUT)(doors.check)
    app.action(SHOW_PROOF)(ack=doors.acknowledge, lazy=[doors.proof])
    app.action(FEEDBACK)(ack=doors.judge, lazy=[doors.thank])
    app.action(DRAW_CHART)(doors.chart)
    app.action(SHARE)(doors.share)
    # What nothing is done about is acknowledged too, or Slack would send it again.
    for everything in (app.event(_ANYTHING), app.action(_ANYTHING), app.command(_ANYTHING), app.shortcut(_ANYTHING), app.view(_ANYTHING)):
        everything(doors.acknowledge)
    app.error(_unforeseen)
    return app


class Doors:
    """The listeners. Those that raise leave their event unacknowledged, and Slack sends it again."""

    def __init__(self, bot: Bot, listener: Listener) -> None:
        self._bot = bot
        self._office = bot.office
        self._listener = listener

    def message(self, body: Payload, event: Payload) -> None:
        """A message that was written, edited or deleted, or a mention of the bot, which comes with a message of its own."""
        match event.get("subtype"):
            case "message_changed":
                self._edited(body, event)
            case "message_deleted":
                self._count(self._office.inbox.withdraw(body["event_id"], _message_key(event["channel"], event["deleted_ts"])))
            case _:
                self._written(body, event, event)

    def pane(self, body: Payload, event: Payload) -> None:
        """Somebody has opened the assistant's pane."""
        thread = event["assistant_thread"]
        channel, ts = thread["channel_id"], thread["thread_ts"]
        lane = thread_key(body["team_id"], channel, ts)
        task = Task(kind="welcome", team=body["team_id"], channel=channel, user=thread["user_id"], lane=lane, thread=ts, pane=True)
        self._take(body["event_id"], task, f"pane/{channel}/{ts}")

    def command(self, ack: Ack, command: Payload) -> None:
        """``/ask``."""
        team, channel, user = command["team_id"], command["channel_id"], command["user_id"]
        allowed = self._office.config.allows(channel, user, direct=command.get("channel_name") == "directmessage")
        task = Task(
            kind="command" if allowed else "refuse",
            team=team,
            channel=channel,
            user=user,
            lane=f"slack/{team}/{channel}/{user}/ask",
            text=str(command.get("text") or "").strip(),
            response_url=command["response_url"],
        )
        self._take(command["trigger_id"], task)
        ack(text=words("command", "waiting"), response_type="ephemeral")

    def check(self, ack: Ack, shortcut: Payload) -> None:
        """“Check this message's figures”."""
        message, team, channel, user = shortcut["message"], shortcut["team"]["id"], shortcut["channel"]["id"], shortcut["user"]["id"]
        task = Task(
            kind="check" if self._office.config.allows(channel, user, direct=channel.startswith("D")) else "refuse",
            team=team,
            channel=channel,
            user=user,
            lane=f"slack/{team}/{channel}/{user}/check",
            thread=message.get("thread_ts"),
            text=self._listener.plain(str(message.get("text") or "")),
            response_url=shortcut["response_url"],
        )
        self._take(shortcut["trigger_id"], task)
        ack()

    def chart(self, ack: Ack, body: Payload, action: Payload) -> None:
        """“Draw the chart” under an answer."""
        self._take(body["trigger_id"], self._about("chart", body, action), f"chart/{action['value']}")
        ack()

    def share(self, ack: Ack, body: Payload, action: Payload) -> None:
        """“Share in channel” under an answer that one person sees."""
        task = self._about("share", body, action).model_copy(update={"response_url": body.get("response_url")})
        self._take(body["trigger_id"], task, f"share/{action['value']}")
        ack()

    def proof(self, body: Payload, action: Payload, client: WebClient) -> None:
        """“Show proof” under an answer."""
        answer = self._office.posts.answer(int(action["value"]))
        shown = refused_view() if not self._allows(body) else proof_view(answer) if answer else gone_view()
        client.views_open(trigger_id=body["trigger_id"], view=shown)

    def judge(self, ack: Ack, body: Payload, action: Payload) -> None:
        """A judgement of an answer; the last of a person counts."""
        judgement, _, number = action["value"].partition(":")
        answer = self._office.posts.answer(int(number))
        if answer and self._allows(body) and self._office.inbox.note(body["trigger_id"]):
            self._office.rooms.default.give_feedback(
                answer, "good" if judgement == "good" else "bad", given_by=f"slack/{body['team']['id']}/{body['user']['id']}"
            )
        ack()

    def thank(self, body: Payload, action: Payload, client: WebClient) -> None:
        """Says that the judgement was taken in, or was not, to the one who gave it."""
        thread = (body.get("message") or {}).get("thread_ts")
        text = words("thanks", action["value"].partition(":")[0]) if self._allows(body) else words("apologies", "refused")
        client.chat_postEphemeral(channel=body["channel"]["id"], user=body["user"]["id"], thread_ts=thread, text=text)

    def acknowledge(self, ack: Ack) -> None:
        """Takes note, and no more."""
        ack()

    def _written(self, body: Payload, event: Payload, message: Payload) -> None:
        channel = str(event["channel"])
        task = self._listener.heard(message, str(body["team_id"]), channel, event.get("channel_type"))
        if task is None:
            self._count("ignored")
            return
        self._take(body["event_id"], task, _message_key(channel, task.ts))

    def _edited(self, body: Payload, event: Payload) -> None:
        message, before = event["message"], event.get("previous_message") or {}
        if message.get("text") == before.get("text"):
            self._count("ignored")  # Slack has unfurled a link, or somebody has reacted
            return
        text = self._listener.plain(str(message.get("text") or ""))
        change = self._office.inbox.amend(body["event_id"], _message_key(event["channel"], message["ts"]), text)
        if change == "unknown":
            self._written(body, event, message)
            return
        self._count(change)
        self._bot.wake()

    def _allows(self, pressed: Payload) -> bool:
        """Whether who pressed a button may ask where it stands: what it shows is an answer too."""
        channel = str(pressed["channel"]["id"])
        return self._office.config.allows(channel, pressed["user"]["id"], direct=channel.startswith("D"))

    def _about(self, kind: Kind, body: Payload, action: Payload) -> Task:
        team, channel, user = body["team"]["id"], body["channel"]["id"], body["user"]["id"]
        container: Mapping[str, Any] = body.get("container") or {}
        ephemeral = bool(container.get("is_ephemeral"))
        ts = None if ephemeral else container.get("message_ts")
        thread = (body.get("message") or {}).get("thread_ts") or container.get("thread_ts") or ts
        return Task(
            kind=kind if self._allows(body) else "refuse",
            team=team,
            channel=channel,
            user=user,
            lane=f"slack/{team}/{channel}/{kind}/{action['value']}",
            thread=thread,
            about=int(action["value"]),
        )

    def _take(self, event: str, task: Task, message: str | None = None) -> None:
        self._count(self._office.inbox.take(event, task, message))
        self._bot.wake()

    def _count(self, outcome: str) -> None:
        self._office.metrics.events.labels(outcome).inc()


def _message_key(channel: str, ts: str) -> str:
    return f"{channel}/{ts}"


def _unforeseen(error: Exception, context: BoltContext) -> BoltResponse:
    tell("not_acknowledged", logging.ERROR, error=type(error).__name__, channel=context.channel_id)
    return BoltResponse(status=500, body="")
