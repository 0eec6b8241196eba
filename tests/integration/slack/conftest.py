"""A Slack, and bots in it that answer from the packaged documents."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from fake_slack import FakeSlack
from homes import copied
from slack_bots import bot_in, strict_slack

from assistant.api import Assistant
from assistant.interfaces.slack import service
from assistant.interfaces.slack.bot import Bot

_PLACES = itertools.count(1)


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    """A Slack of the test's own."""
    with strict_slack() as started:
        yield started


@pytest.fixture(scope="module")
def team(slack_assistant: Assistant) -> Iterator[tuple[FakeSlack, Bot]]:
    """A Slack with a bot, for tests that keep to a channel of their own."""
    with strict_slack() as started, bot_in(started, slack_assistant) as bot:
        yield started, bot


@pytest.fixture
def place() -> str:
    """A channel of the test's own."""
    return f"C{next(_PLACES):05d}"


@pytest.fixture(scope="session", autouse=True)
def quick_pings() -> Iterator[None]:
    """A cut connection is noticed in half the time that people wait."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(service, "_PING", 1)
        yield


@pytest.fixture(scope="session")
def slack_home(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library to copy: homes of bots, with no conversations."""
    folder = tmp_path_factory.mktemp("slack") / "home"
    copied(home, folder)
    return folder


@pytest.fixture(scope="session")
def slack_assistant(slack_home: Path) -> Iterator[Assistant]:
    """One Assistant for all bots of one home; channels, or teams, of their own keep tests apart."""
    with Assistant.open(slack_home) as assistant:
        yield assistant


@pytest.fixture
def start(slack: FakeSlack, slack_assistant: Assistant) -> Iterator[Callable[..., Bot]]:
    """Starts a bot in the test's Slack."""
    with ExitStack() as stack:
        yield lambda **options: stack.enter_context(bot_in(slack, options.pop("assistant", slack_assistant), **options))
