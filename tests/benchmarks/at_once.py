"""Many conversations at once on one Assistant, from threads and from asyncio: right answers, each in its own conversation, flat memory.

    python tests/benchmarks/at_once.py [ROUNDS [THREADS [TASKS]]]

Every conversation is a question and one that follows up on it, whose answer is another where conversations mix. A round runs all
threads and all tasks together; half of the tasks stream. Memory is the process's resident set after a collection.
"""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from assistant import Answer, Assistant

ROUNDS, THREADS, TASKS = 5, 32, 200


@dataclass(frozen=True)
class Turn:
    """A question, and what its answer says when it is right."""

    question: str
    says: str


STORIES = (
    (Turn("How long did mice given two doses of CLR 125 survive?", "161 days"), Turn("And one dose?", "135 days")),
    (Turn("How long did mice given two doses of CLR 131 survive?", "135.6 days"), Turn("And one dose?", "64.6 days")),
    (Turn("How long did the control mice in the PC3 study live?", "122 days"), Turn("And those given two doses?", "161 days")),
    (Turn("How long did mice given one dose of CLR 131 survive?", "64.6 days"), Turn("And two doses?", "135.6 days")),
)


@dataclass(frozen=True)
class Round:
    """What became of one round: ``right`` of ``asked`` answers, and in how many conversations stood what was asked in another."""

    asked: int
    right: int
    crossed: int
    seconds: float
    megabytes: float


def run_round(assistant: Assistant, name: str, threads: int = THREADS, tasks: int = TASKS) -> Round:
    """Asks everything of one round; ``name`` keeps its conversations apart from those of other rounds."""
    begun = time.monotonic()
    of_threads = {f"{name}-thread-{number}": STORIES[number % len(STORIES)] for number in range(threads)}
    of_tasks = {f"{name}-task-{number}": STORIES[number % len(STORIES)] for number in range(tasks)}
    with ThreadPoolExecutor(threads + 1) as pool:
        loop = pool.submit(asyncio.run, _all_tasks(assistant, of_tasks))
        told = {key: pool.submit(_tell, assistant, key, story) for key, story in of_threads.items()}
        answers = {key: future.result() for key, future in told.items()} | loop.result()
    seconds = time.monotonic() - begun
    stories = of_threads | of_tasks
    right = sum(
        turn.says in answer.text and answer.status == "answered"
        for key, story in stories.items()
        for turn, answer in zip(story, answers[key], strict=True)
    )
    crossed = sum(_crossed(assistant, key, story, answers[key]) for key, story in stories.items())
    return Round(sum(map(len, answers.values())), right, crossed, seconds, _resident())


def _crossed(assistant: Assistant, key: str, story: Sequence[Turn], answers: Sequence[Answer]) -> bool:
    """Whether the conversation holds anything but its own questions and answers, in their order."""
    asked = [turn.question for turn in story]
    named = all((answer.question, answer.conversation) == (question, key) for question, answer in zip(asked, answers, strict=True))
    return not named or list(assistant.history(key)) != list(answers)


def _tell(assistant: Assistant, key: str, story: Sequence[Turn]) -> list[Answer]:
    return [assistant.ask(turn.question, key) for turn in story]


async def _all_tasks(assistant: Assistant, stories: dict[str, tuple[Turn, Turn]]) -> dict[str, list[Answer]]:
    told = [_told(assistant, key, story, streamed=number % 2 == 1) for number, (key, story) in enumerate(stories.items())]
    return dict(zip(stories, await asyncio.gather(*told), strict=True))


async def _told(assistant: Assistant, key: str, story: Sequence[Turn], *, streamed: bool) -> list[Answer]:
    return [await (_streamed if streamed else _asked)(assistant, turn.question, key) for turn in story]


async def _asked(assistant: Assistant, question: str, key: str) -> Answer:
    return await assistant.aask(question, key)


async def _streamed(assistant: Assistant, question: str, key: str) -> Answer:
    return [event async for event in assistant.astream(question, key) if isinstance(event, Answer)][-1]


def _resident() -> float:
    """Megabytes of memory that the process holds."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main(rounds: int = ROUNDS, threads: int = THREADS, tasks: int = TASKS) -> None:
    print(f"{threads} threads and {tasks} tasks at once, two questions each")
    print(f"{'round':>6} {'asked':>7} {'right':>7} {'crossed':>8} {'seconds':>8} {'a second':>9} {'RSS in MB':>10}")
    with tempfile.TemporaryDirectory() as home, Assistant.open(home) as assistant:
        assistant.prepare()
        print(f"{'before':>6} {'':>7} {'':>7} {'':>8} {'':>8} {'':>9} {_resident():>10.0f}")
        for number in range(1, rounds + 1):
            done = run_round(assistant, f"round-{number}", threads, tasks)
            rate = done.asked / done.seconds
            print(
                f"{number:>6} {done.asked:>7} {done.right:>7} {done.crossed:>8} {done.seconds:>8.1f} {rate:>9.1f} {done.megabytes:>10.0f}",
                flush=True,
            )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
