"""kill -9 after Slack's acknowledgement, at many moments: is each question answered once?

Run from the repository: ``python tests/benchmarks/slack_faults.py [--kills 100]``. The bot is a process of its own in a Slack on the same
machine. Each round asks a question, waits for the acknowledgement and then a while that differs from round to round, kills the bot, looks
into its file how far it had come, starts it again, and counts what stands in the thread. In every other round a language model is asked,
and the answer is streamed.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "integration" / "slack")]

from bot_process import Processes, kill, processes  # noqa: E402
from fake_slack import BOT_USER, FakeSlack, fake_slack  # noqa: E402

from assistant.api import Assistant  # noqa: E402

OFFLINE = f"<@{BOT_USER}> how long did mice given two doses of CLR 131 survive?"
MODEL_SECONDS = 0.3
# Seconds on the way to Slack and back: long enough for kills to fall between a call's effect and its answer.
PACE = 0.1
MODELS = (None, MODEL_SECONDS)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--kills", type=int, default=100)
    kills = arguments.parse_args().kills
    stages: Counter[str] = Counter()
    outcomes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder, fake_slack() as slack:
        slack.pace = PACE
        homes = {seconds: Path(folder) / f"home-{seconds}" for seconds in MODELS}
        with Assistant.open(homes[None]):
            pass
        shutil.copytree(homes[None], homes[MODEL_SECONDS])
        with processes(slack.api) as bots:
            whole = {seconds: undisturbed(slack, bots, homes[seconds], seconds) for seconds in MODELS}
            for number in range(kills):
                seconds = MODELS[number % 2]
                pid, _ = bots.start(homes[seconds], seconds=seconds)
                place = f"C{number:05d}"
                ts = ask(slack, place)
                time.sleep(whole[seconds] * 0.9 * (number // 2) / max(1, kills // 2 - 1))
                kill(pid)
                stages[stage(homes[seconds])] += 1
                drop(slack)
                pid, _ = bots.start(homes[seconds], seconds=seconds)
                outcome = settled(slack, homes[seconds], place, ts)
                outcomes[outcome] += 1
                if outcome != "one answer":
                    print(number, seconds, outcome, [message.words for message in slack.replies(place, ts)])
                kill(pid)
                drop(slack)
    print(f"{kills} kills; how far the question had come: {dict(stages.most_common())}")
    print(f"in the thread afterwards: {dict(outcomes.most_common())}")
    print(f"refused by Slack: {len(slack.refused)}; live pings or links: {len(slack.live)}")


def undisturbed(slack: FakeSlack, bots: Processes, home: Path, seconds: float | None) -> float:
    """Seconds from the acknowledgement of the first question after a start to the end of its answer."""
    pid, _ = bots.start(home, seconds=seconds)
    place = f"C-{seconds}"
    ts = ask(slack, place)
    began = time.monotonic()
    settled(slack, home, place, ts)
    took = time.monotonic() - began
    kill(pid)
    drop(slack)
    return took


def ask(slack: FakeSlack, place: str) -> str:
    """Asks, and waits for the acknowledgement of the mention and of its message."""
    slack.wait(lambda: len(slack.sockets) == 1, 60)
    before = len(slack.acknowledged)
    ts = slack.say(place, "U1", OFFLINE)
    slack.wait(lambda: len(slack.acknowledged) >= before + 1, 60)
    return ts


def stage(home: Path) -> str:
    """How far the last question had come, by the bot's file."""
    with sqlite3.connect(home / "slack.sqlite") as connection:
        number, state, answer = connection.execute("SELECT number, state, answer IS NOT NULL FROM tasks ORDER BY number DESC").fetchone()
        posts = connection.execute("SELECT ts IS NOT NULL, streams FROM posts WHERE task = ?", (number,)).fetchall()
    connection.close()
    if state == "done":
        return "done"
    if posts:
        told, streams = posts[0]
        return ("streaming" if streams else "posted" if answer else "edited") if told else "posting"
    return "answer kept" if answer else state


def settled(slack: FakeSlack, home: Path, place: str, ts: str) -> str:
    """What stands in the thread once nothing is left to do."""

    def idle() -> bool:
        with sqlite3.connect(home / "slack.sqlite", timeout=30) as connection:
            (left,) = connection.execute("SELECT count(*) FROM tasks WHERE state != 'done'").fetchone()
        connection.close()
        return left == 0

    slack.wait(idle, 60)
    said = slack.replies(place, ts)
    if len(said) != 1 or said[0].streaming or not said[0].blocks:
        return f"{len(said)} messages"
    return "one apology" if "Sorry" in said[0].words else "one answer"


def drop(slack: FakeSlack) -> None:
    """Waits until Slack has noticed that the bot is gone."""
    slack.wait(lambda: not slack.sockets, 60)


if __name__ == "__main__":
    main()
