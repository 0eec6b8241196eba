"""Questions to an open Assistant: times of answers and searches, and memory after many of them.

    python -m tests.benchmarks.warm [--many N]

Asks the questions of tests/evals/release_fitted.jsonl about the packaged release three times: the first time every question is new, as
it is for a user; then N questions more (10,000 take some minutes), with the resident memory at ten points of the way.
"""

from __future__ import annotations

import argparse
import gc
import json
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles

from assistant import Assistant

QUESTIONS = Path(__file__).resolve().parents[1] / "evals" / "release_fitted.jsonl"


def questions() -> list[str]:
    """The questions that stand by themselves."""
    rows = [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]
    return [row["question"] for row in rows if isinstance(row.get("question"), str)]


def measured(act: Callable[[str], object], texts: Sequence[str]) -> str:
    """Milliseconds on the clock and of processors, at the median and the 95th percentile."""
    walls, processors = [], []
    for text in texts:
        wall, processor = time.perf_counter(), time.process_time()
        act(text)
        walls.append(1000 * (time.perf_counter() - wall))
        processors.append(1000 * (time.process_time() - processor))
    return "  ".join(f"{median(times):7.1f} {quantiles(times, n=20)[18]:7.1f}" for times in (walls, processors))


def resident() -> float:
    """Megabytes in memory, after a collection."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4096 / 1e6


def main() -> None:
    """Prints the times, then the memory."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--many", type=int, default=0)
    many = parser.parse_args().many
    texts = questions()
    with tempfile.TemporaryDirectory() as home, Assistant.open(home) as assistant:
        assistant.prepare()
        print(f"{len(texts)} questions; ms    wall p50     p95   cpu p50     p95")
        for name, act in (("ask, new", assistant.ask), ("ask, again", assistant.ask), ("ask, again", assistant.ask)):
            print(f"{name:20} {measured(act, texts)}", flush=True)
        for _ in range(2):
            print(f"{'search':20} {measured(assistant.search, texts)}", flush=True)
        for step in range(10 if many else 0):
            for text in islice(cycle(texts), many // 10):
                assistant.ask(text)
            print(f"{(step + 1) * (many // 10):6} questions more: {resident():.1f} MB", flush=True)


if __name__ == "__main__":
    main()
