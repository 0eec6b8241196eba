"""Bots as processes of their own: killed in the midst of an answer, and stopped; the benchmarks do the same a hundred times."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Mapping
from pathlib import Path

import pytest
from bot_process import kill, processes
from fake_slack import BOT_USER, FakeSlack
from homes import copied
from servers import Postgres, Servers
from slack_bots import strict_slack

ASK = f"<@{BOT_USER}> what about PC3"


def said(slack: FakeSlack, place: str, ts: str) -> list[str]:
    """The words of each reply, without its verdict."""
    return [reply.words.partition(" verified")[0] for reply in slack.replies(place, ts)]


@pytest.fixture
def database(shared_environment: Mapping[str, str], servers: Servers, monkeypatch: pytest.MonkeyPatch) -> Postgres:
    """Where bots keep everything, as a shared store is named to them."""
    for name, value in shared_environment.items():
        monkeypatch.setenv(name, value)
    return servers.postgres


def test_a_question_outlives_its_machine_and_a_restart_of_the_database(
    database: Postgres, slack_home: Path, tmp_path: Path, place: str
) -> None:  # fmt: skip
    homes = [
        Path(shutil.copytree(slack_home, tmp_path / name, ignore=shutil.ignore_patterns("slack*"), copy_function=os.link))
        for name in ("one machine", "another")
    ]
    with strict_slack() as slack, processes(slack.api) as bots:
        pid, _ = bots.start(homes[0], seconds=0.5)
        slack.wait(lambda: slack.sockets)
        lost = slack.say(place, "U1", ASK)
        slack.wait(lambda: any(message.streaming for message in slack.replies(place, lost)))
        kill(pid)
        bots.start(homes[1], seconds=0.5)
        slack.answered(place, lost)
        asked = slack.say(place, "U1", ASK)
        slack.wait(lambda: slack.replies(place, asked))
        database.kill()
        time.sleep(3.5)  # longer than a connection is waited for
        database.start()
        slack.answered(place, asked)
        assert said(slack, place, lost) == said(slack, place, asked) == ["Do you ask this: what about PC3?"]


def test_a_question_outlives_kills_before_within_and_after_its_answer(slack_home: Path, tmp_path: Path, place: str) -> None:
    home = copied(slack_home, tmp_path / "home")
    with strict_slack() as slack, processes(slack.api) as bots:
        slack.pace = 0.05
        asked = []

        def streams() -> bool:
            return any(message.streaming for message in slack.replies(place, asked[-1]))

        def answered() -> bool:
            return any(not message.streaming for message in slack.replies(place, asked[-1]))

        for moment in (lambda: True, streams, answered):
            pid, _ = bots.start(home, seconds=0.3)
            slack.wait(lambda: slack.sockets)
            for ts in asked:  # a question over which three processes end is given up
                slack.answered(place, ts)
            before = len(slack.acknowledged)
            asked.append(slack.say(place, "U1", ASK))
            slack.wait(lambda before=before: len(slack.acknowledged) > before)
            slack.wait(moment)
            kill(pid)
            slack.wait(lambda: not slack.sockets)
        pid, _ = bots.start(home, seconds=0.3)
        for ts in asked:
            slack.answered(place, ts)
        late = slack.say(place, "U1", ASK)
        time.sleep(0.2)
        os.kill(pid, signal.SIGTERM)
        slack.answered(place, late)
        slack.wait(lambda: not slack.sockets)
        assert [said(slack, place, ts) for ts in (*asked, late)] == [["Do you ask this: what about PC3?"]] * 4
