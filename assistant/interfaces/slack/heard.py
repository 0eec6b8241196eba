"""What a message in Slack asks of the bot, if anything."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from assistant.interfaces.slack.config import Config
from assistant.interfaces.slack.task import Task, thread_key

Payload = Mapping[str, Any]

# Kinds of messages that people write; others tell of joins, pins and the like. None is an ordinary message.
_WRITTEN = frozenset((None, "file_share", "thread_broadcast", "bot_message"))
# What Slack puts between angle brackets: <@U1>, <#C1|general>, <!here>, <https://a.b|label>.
_MARKUP = re.compile(r"<([@#!]?)([^<>|]+)(?:\|([^<>]*))?>")
_BLANKS = re.compile(r"[ \t]+")


@dataclass(frozen=True, slots=True)
class Me:
    """Who the bot is in Slack."""

    user: str
    bot: str


@dataclass(frozen=True, slots=True)
class Listener:
    """Tells what is asked. ``speaks_in`` says whether a thread, by its key, is one that the bot speaks in."""

    me: Me
    config: Config
    speaks_in: Callable[[str], bool]

    def heard(self, message: Payload, team: str, channel: str, channel_type: str | None) -> Task | None:
        """The task that ``message`` gives; None where it is not for the bot, or of a bot that is not listened to."""
        direct = channel_type == "im" or (channel_type is None and channel.startswith("D"))
        user, text = str(message.get("user") or message.get("bot_id") or ""), str(message.get("text") or "")
        if message.get("subtype") not in _WRITTEN or not message.get("ts") or not self._listens_to(message):
            return None
        mentioned = f"<@{self.me.user}" in text
        under = message.get("thread_ts")
        thread = under if direct else under or message["ts"]
        key = thread_key(team, channel, thread)
        if not (mentioned or direct or self._follows_up(message, text, key if under else None)):
            return None
        allowed = self.config.allows(channel, user, direct=direct)
        return Task(
            kind="question" if allowed else "refuse",
            team=team,
            channel=channel,
            user=user,
            lane=key,
            thread=thread,
            ts=str(message["ts"]),
            text=self.plain(text),
            pane=direct and under is not None,
        )

    def plain(self, text: str) -> str:
        """A message's text as people see it, without mentions of the bot."""
        return plain(text, self.me.user)

    def _listens_to(self, message: Payload) -> bool:
        """Whether the author is a person, or another bot that is allowed by name and mentions this one."""
        if message.get("user") == self.me.user or message.get("bot_id") == self.me.bot:
            return False
        if not message.get("bot_id") and message.get("subtype") != "bot_message":
            return bool(message.get("user"))
        profile = message.get("bot_profile") or {}
        names = {message.get("username"), message.get("bot_id"), message.get("app_id"), profile.get("name"), profile.get("app_id")}
        return bool(names & set(self.config.bots)) and f"<@{self.me.user}" in str(message.get("text") or "")

    def _follows_up(self, message: Payload, text: str, key: str | None) -> bool:
        """Whether it stands in a thread of the bot's and is not said to somebody else."""
        others = [match[2] for match in _MARKUP.finditer(text) if match[1] == "@"]
        return key is not None and not message.get("bot_id") and not others and self.speaks_in(key)


def plain(text: str, me: str) -> str:
    """A message's text as people see it, without mentions of the bot ``me``."""

    def seen(match: re.Match[str]) -> str:
        sign, name, label = match.groups()
        if sign == "@":
            return "" if name == me else f"@{label or name}"
        if sign == "!":
            return label or f"@{name.partition('^')[0]}"
        return f"{sign}{label or name}"

    return _BLANKS.sub(" ", html.unescape(_MARKUP.sub(seen, text))).strip()
