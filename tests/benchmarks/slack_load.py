"""Slack's bot under load: acknowledgements and order, turns and memory, conversations that must not mix, answers that must not ping.

Run from the repository: ``python tests/benchmarks/slack_load.py [burst] [turns] [leaks] [fuzz]``; without a name all four. The bot is a
process of its own in a Slack on the same machine, which is strict about Block Kit; the fuzzed answers are rendered here and judged by
that Slack's rules.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "integration" / "slack"), str(ROOT / "tests" / "unit" / "interfaces")]

from bot_process import Processes, kill, processes  # noqa: E402
from fake_slack import BOT_USER, FakeSlack, Message, fake_slack  # noqa: E402

from assistant.api import Assistant  # noqa: E402

MODEL_SECONDS = 2.0
EVENTS, THREADS, SECONDS = 200, 50, 10.0
TURNS, LEAK_TURNS, FUZZED = 5_000, 1_000, 10_000
ASKED = re.compile(r"Do you ask this: (.+?)\?")


def main() -> None:
    runs = {"burst": burst, "turns": turns, "leaks": leaks, "fuzz": fuzz}
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("runs", nargs="*", choices=[*runs, []])
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        with Assistant.open(home):
            pass
        for name in arguments.parse_args().runs or runs:
            runs[name](home)


@contextmanager
def at_work(home: Path, *, http: bool = False, seconds: float | None = 0.0, workers: int = 8) -> Iterator[tuple[FakeSlack, int]]:
    """A bot in a new Slack; its pid."""
    for file in (*home.glob("slack*.sqlite*"), *home.glob("conversations*"), *home.glob("history*")):
        file.unlink()
    with fake_slack() as slack, processes(slack.api) as bots:
        pid, where = Processes.start(bots, home, http=http, seconds=seconds, workers=workers)
        if http:
            slack.deliver = slack.over_http(where)
        yield slack, pid
        kill(pid)


def burst(home: Path) -> None:
    """200 events in 10 s over 50 threads, with a model that takes 2 s."""
    for mode in ("Socket Mode", "HTTP"):
        with at_work(home, http=mode == "HTTP", seconds=MODEL_SECONDS) as (slack, _):
            began = time.monotonic()
            asked = _asked_in_a_burst(slack)
            slack.wait(lambda slack=slack, asked=asked: sum(len(done(slack, *thread)) for thread in asked) >= EVENTS, 300)
            took = time.monotonic() - began
            time.sleep(3)  # for answers too many
            times = sorted(slack.acknowledged[name] - at for name, at in slack.sent.items() if name in slack.acknowledged)
            orderly = sum(done(slack, *thread) == words for thread, words in asked.items())
            answers = sum(len(slack.replies(*thread)) for thread in asked)
            print(f"burst, {mode}: {EVENTS} events; all answered {took:.0f} s after the first")
            print(
                f"  acknowledged {len(times)}: median {statistics.median(times):.3f} s, p99 {times[int(len(times) * 0.99) - 1]:.3f} s,",
                end=" ",
            )
            print(f"slowest {times[-1]:.3f} s; answers {answers}; threads in order {orderly} of {THREADS}")


def _asked_in_a_burst(slack: FakeSlack) -> dict[tuple[str, str], list[str]]:
    """Asks; gives what was asked, in order, by channel and thread."""
    began = time.monotonic()
    asked: dict[tuple[str, str], list[str]] = {}
    threads: dict[str, str] = {}
    with ThreadPoolExecutor(32) as people:
        for number in range(EVENTS):
            time.sleep(max(0.0, began + SECONDS * number / EVENTS - time.monotonic()))
            place, words = f"C{number % THREADS:05d}", f"item {number}"
            if place not in threads:
                threads[place] = slack.say(place, "U1", f"<@{BOT_USER}> {words}", both=False)
            else:
                people.submit(slack.say, place, "U1", words, threads[place])
            asked.setdefault((place, threads[place]), []).append(words)
    return asked


def done(slack: FakeSlack, place: str, thread: str) -> list[str]:
    """What the answers in a thread are to, in order."""
    replies = [message for message in slack.replies(place, thread) if not message.streaming]
    return [match[1] for message in replies if (match := ASKED.search(message.words))]


def turns(home: Path) -> None:
    """5,000 turns in 500 threads, offline: memory and files."""
    question = f"<@{BOT_USER}> how long did mice given two doses of CLR 131 survive?"
    with at_work(home, seconds=None, workers=4) as (slack, pid):
        print("turns: after, resident MB, MB in files")
        for number in range(TURNS):
            if number % 10 == 0:
                place = f"C{number:05d}"
                thread = slack.say(place, "U1", question)
            else:
                slack.say(place, "U1", "and with one dose?", thread)
            if number % 50 == 49:
                slack.wait(lambda n=number: slack.calls["chat.postMessage"] >= n + 1, 300)
                with slack.lock:  # a Slack remembers more than this process has room for
                    slack.messages = {key: m for key, m in slack.messages.items() if m.channel == place}
                    slack.arguments.clear()
            if number + 1 in (500, 1000, 2000, 3000, 4000, 5000):
                files = sum(file.stat().st_size for file in home.glob("*.sqlite*"))
                print(f"  {number + 1:5d} {resident(pid):7.1f} {files / 1e6:7.1f}")
        print(f"  posted {slack.calls['chat.postMessage']}, refused {len(slack.refused)}")


def resident(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def leaks(home: Path) -> None:
    """1,000 interleaved turns over teams, channels, threads and direct messages: what is said in one place is never seen in another."""
    drawn = random.Random(7)
    with at_work(home, seconds=0.0, workers=8) as (slack, _):
        places = [(team, f"{kind}{number:04d}") for team in ("T1", "T2") for kind in "CGD" for number in range(5)]
        started: dict[tuple[str, str, int], str] = {}
        sent = []
        for number in range(LEAK_TURNS):
            team, place = drawn.choice(places)
            channel = f"{place}{team}" if drawn.random() < 0.5 else place  # the same id in two teams too
            key = (team, channel, drawn.randrange(3))
            direct = place.startswith("D")
            words = f"secret {number} of {team} {channel} {key[2]}"
            text = words if direct or key in started else f"<@{BOT_USER}> {words}"
            ts = slack.say(channel, "U1", text, started.get(key), team=team)
            sent.append((key, words))
            started.setdefault(key, ts if not direct else slack.ts())
            if number % 20 == 19:
                slack.wait(lambda n=number: sum(bool(ASKED.search(m.words)) for m in own(slack)) >= n + 1, 120)
        histories = _histories(home)
        said = sum(map(len, histories.values()))
        wrong = sum(not _belongs(key, words, started) for key, heard in histories.items() for words in heard)
        print(f"leaks: {LEAK_TURNS} turns in {len(histories)} conversations; answers {len(own(slack))};", end=" ")
        print(f"questions and answers remembered {said}, of which in a wrong conversation {wrong}")


def own(slack: FakeSlack) -> list[Message]:
    with slack.lock:
        return [message for message in slack.messages.values() if message.user == BOT_USER and not message.streaming]


def _histories(home: Path) -> dict[str, list[str]]:
    """What a model would be shown of each conversation: the words of both sides."""
    from assistant.agent.conversations import Conversations

    with Assistant.open(home) as assistant:
        keys = [conversation.key for conversation in assistant.conversations()]
    kept = Conversations.open(home)
    found = {key: [message.text for message in kept.read(key)] for key in keys}
    kept.close()
    return found


def _belongs(key: str, words: str, started: dict[tuple[str, str, int], str]) -> bool:
    """Whether ``words`` were said in the conversation under ``key``."""
    _, team, channel, thread = key.split("/")
    match = re.search(r"secret \d+ of (\S+) (\S+) (\d)", words)
    if match is None or (match[1], match[2]) != (team, channel):
        return False
    return thread == "direct" or started[team, channel, int(match[3])] == thread


def fuzz(home: Path) -> None:
    """10,000 answers made of pings, links, markup, long and odd texts: nothing live, nothing refused."""
    from block_kit import Refused, check_message, check_view, live
    from hypothesis import HealthCheck, Phase, given, settings
    from test_slack_answers import answers

    from assistant.interfaces.render.slack.answer import answer_messages
    from assistant.interfaces.render.slack.proof import proof_view

    counts = {"answers": 0, "messages": 0, "live": 0, "refused": 0}

    @settings(max_examples=FUZZED, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(answers())
    def judge(answer) -> None:
        counts["answers"] += 1
        view = proof_view(answer)
        counts["live"] += len(live("", view["blocks"]))
        for message in answer_messages(answer, "7", chart=True, share=True):
            counts["messages"] += 1
            counts["live"] += len(live(message.text, message.blocks))
            try:
                check_message(message.text, message.blocks)
                check_view(view)
            except Refused:
                counts["refused"] += 1

    judge()
    print(f"fuzz: {counts}")


if __name__ == "__main__":
    main()
