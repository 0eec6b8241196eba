"""Bots as processes of their own: killed in the midst of an answer, and stopped; the benchmarks do the same a hundred times."""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from bot_process import kill, processes
from fake_slack import BOT_USER
from servers import Servers
from slack_bots import strict_slack

ASK = f"<@{BOT_USER}> what about PC3"


@pytest.fixture
def on_servers(shared_environment: Mapping[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Bots keep everything in the shared store."""
    for name, value in shared_environment.items():
        monkeypatch.setenv(name, value)


def test_a_question_outlives_a_restart_of_the_database(
    on_servers: None, servers: Servers, slack_home: Path, tmp_path: Path, place: str
) -> None:  # fmt: skip
    home = Path(shutil.copytree(slack_home, tmp_path / "home", ignore=shutil.ignore_patterns("slack*"), copy_function=os.link))
    with strict_slack() as slack, processes(slack.api) as bots:
        bots.start(home, seconds=0.5)
        slack.wait(lambda: slack.sockets)
        asked = slack.say(place, "U1", ASK)
        slack.wait(lambda: slack.replies(place, asked))
        servers.postgres.kill()
        time.sleep(3.5)  # longer than a connection is waited for
        servers.postgres.start()
        slack.answered(place, asked)
        assert [reply.words.partition(" verified")[0] for reply in slack.replies(place, asked)] == ["Do you ask this: what about PC3?"]


@pytest.fixture(params=["one machine", "several machines"])
def homes(request: pytest.FixtureRequest, slack_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The home of one bot after the other: the same for all, or one each, where a shared store has the queue."""
    shared = request.param == "several machines"
    for name, value in request.getfixturevalue("shared_environment").items() if shared else ():
        monkeypatch.setenv(name, value)

    def copy(name: str) -> Path:
        return Path(shutil.copytree(slack_home, tmp_path / name, ignore=shutil.ignore_patterns("slack*"), copy_function=os.link))

    if shared:
        return map(copy, ("first", "second", "third", "fourth"))
    return itertools.repeat(Path(shutil.copytree(slack_home, tmp_path / "home", ignore=shutil.ignore_patterns("slack*"))))


def test_a_question_outlives_kills_before_within_and_after_its_answer(homes: Iterator[Path], place: str) -> None:
    with strict_slack() as slack, processes(slack.api) as bots:
        slack.pace = 0.05
        asked = []

        def streams() -> bool:
            return any(message.streaming for message in slack.replies(place, asked[-1]))

        def answered() -> bool:
            return any(not message.streaming for message in slack.replies(place, asked[-1]))

        for moment in (lambda: True, streams, answered):
            pid, _ = bots.start(next(homes), seconds=0.3)
            slack.wait(lambda: slack.sockets)
            for ts in asked:  # a question over which three processes end is given up
                slack.answered(place, ts)
            before = len(slack.acknowledged)
            asked.append(slack.say(place, "U1", ASK))
            slack.wait(lambda before=before: len(slack.acknowledged) > before)
            slack.wait(moment)
            kill(pid)
            slack.wait(lambda: not slack.sockets)
        pid, _ = bots.start(next(homes), seconds=0.3)
        for ts in asked:
            slack.answered(place, ts)
        late = slack.say(place, "U1", ASK)
        time.sleep(0.2)
        os.kill(pid, signal.SIGTERM)
        slack.answered(place, late)
        slack.wait(lambda: not slack.sockets)
        assert [len(slack.replies(place, ts)) for ts in (*asked, late)] == [1] * 4
        said = [slack.replies(place, ts)[0].words for ts in (*asked, late)]
        assert [words.partition(" verified")[0] for words in said] == ["Do you ask this: what about PC3?"] * 4
