"""Bots at work in a Slack of their own, in this process."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from fake_slack import APP_TOKEN, BOT_TOKEN, SECRET, FakeSlack, fake_slack

from assistant.api import Assistant
from assistant.interfaces.slack.bot import Bot
from assistant.interfaces.slack.config import Config
from assistant.interfaces.slack.service import Ports, Tokens, running, serve

TOKENS = Tokens(bot=BOT_TOKEN, app=APP_TOKEN, signing=SECRET)


@contextmanager
def strict_slack() -> Iterator[FakeSlack]:
    """A Slack in which, at the end, nothing may have been refused, live or too fast."""
    with fake_slack() as started:
        yield started
        assert started.refused == []
        assert started.live == []
        assert started.hasty == []


@contextmanager
def bot_in(slack: FakeSlack, assistant: Assistant, config: Config | None = None, *, http: bool = False, workers: int = 4) -> Iterator[Bot]:
    """A bot at work, reached over Socket Mode or HTTP."""
    with running(assistant, TOKENS, config, workers=workers, api=slack.api) as (bot, app):
        reached: list[str] = []
        ready = threading.Event()

        def told(where: str) -> None:
            reached.append(where)
            ready.set()

        ports = Ports(http=0) if http else Ports()
        thread = threading.Thread(target=serve, args=(bot, app, TOKENS, ports, told))
        thread.start()
        try:
            assert ready.wait(20)
            if http:
                slack.deliver = slack.over_http(reached[0])
                slack.address = reached[0]
            yield bot
        finally:
            bot.stopping.set()
            thread.join()
