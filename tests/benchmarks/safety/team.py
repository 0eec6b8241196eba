"""Bots on several machines that share one queue, asked all the while: is each event answered once, and rightly?"""

from __future__ import annotations

import itertools
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

TESTS = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TESTS), str(TESTS / "integration" / "slack")]

from bot_process import Processes, kill, processes  # noqa: E402 - the folders must be known first
from fake_slack import BOT_USER, FakeSlack, fake_slack  # noqa: E402

# Questions on the packaged release, with what an answer must and must not say.
KNOWN = {
    "How long did mice given two doses of CLR 131 survive?": ("135.6 days", "161 days"),
    "How long did the mice with two doses of CLR 125 live?": ("161 days", "135.6 days"),
    "How long did the control mice in the PC3 study live?": ("122 days", "64.6 days"),
    "How much longer did mice live with two doses of CLR 131 than with one?": ("71.0 days", "26 days"),
}
# People who ask at a time, each as soon as the last question is answered.
PEOPLE = 4
# Seconds after which an answer is missing, and after which one bot ends by SIGKILL and another takes its place.
_PATIENCE = 120.0
_LIFE = 60.0


@dataclass
class Team:
    """What was asked, and what was wrong with the answers; times are in seconds."""

    slack: FakeSlack
    asked: dict[tuple[str, str], str] = field(default_factory=dict)
    took: list[float] = field(default_factory=list)
    ended: int = 0
    wrong: list[str] = field(default_factory=list)

    def ask(self, place: str, done: threading.Event) -> None:
        """One person asks, in a new thread each time; Slack sends each of the two events of a mention twice."""
        for question in itertools.cycle(KNOWN):
            if done.is_set():
                return
            begun = time.monotonic()
            ts = self.slack.say(place, "U1", f"<@{BOT_USER}> {question}", times=2)
            self.asked[place, ts] = question
            try:
                self.slack.answered(place, ts, seconds=_PATIENCE)
            except AssertionError:
                continue  # told below
            self.took.append(time.monotonic() - begun)

    def judge(self) -> None:
        """Each question has one answer, with its own figure and not another's; nothing was refused by Slack."""
        for (place, ts), question in self.asked.items():
            said = [message.words for message in self.slack.replies(place, ts)]
            wanted, other = KNOWN[question]
            if len(said) != 1:
                self.wrong.append(f"{len(said)} answers to {question}")
            elif wanted not in said[0] or other in said[0]:
                self.wrong.append(f"{question} {said[0]}")
        self.wrong += self.slack.refused + self.slack.live

    def __str__(self) -> str:
        times = f"{median(self.took):.2f} s in the middle, {max(self.took):.2f} at most" if self.took else "none answered"
        return f"{len(self.asked):,} questions to bots, each sent four times, {times}; {self.ended} bots killed"


@contextmanager
def asked_all_the_while(homes: Path, environment: Mapping[str, str], encoders: Path, bots: int) -> Iterator[Team]:
    """Has ``bots`` asked until the block ends; then their answers were judged. Each has a home of its own in ``homes``."""
    with fake_slack() as slack, processes(slack.api, environment) as started:
        team, done = Team(slack), threading.Event()
        machines = (_home(homes / f"bot-{number}", encoders) for number in itertools.count())
        at_work = [started.start(next(machines))[0] for _ in range(bots)]
        slack.wait(lambda: len(slack.sockets) == bots, _PATIENCE)
        people = [threading.Thread(target=team.ask, args=(f"C{number:05d}", done)) for number in range(PEOPLE)]
        replacing = threading.Thread(target=_replace, args=(team, started, machines, at_work, done))
        for thread in (*people, replacing):
            thread.start()
        yield team
        done.set()
        for thread in (*people, replacing):
            thread.join()
        team.judge()


def _replace(team: Team, started: Processes, machines: Iterator[Path], at_work: list[int], done: threading.Event) -> None:
    while not done.wait(_LIFE):
        kill(at_work.pop(0))
        team.ended += 1
        at_work.append(started.start(next(machines))[0])


def _home(home: Path, encoders: Path) -> Path:
    (home / "library").mkdir(parents=True)
    (home / "library" / "encoders").symlink_to(encoders)
    return home
