"""A short round of tests/benchmarks/at_once.py: threads and tasks on one Assistant get their own answers."""

from __future__ import annotations

import sys
from pathlib import Path

from assistant.api import Assistant

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))
from at_once import run_round


def test_threads_and_tasks_get_the_answers_to_their_own_questions(release: Assistant) -> None:
    done = run_round(release, "at-once", threads=8, tasks=12)
    assert (done.asked, done.right, done.crossed) == (40, 40, 0)
