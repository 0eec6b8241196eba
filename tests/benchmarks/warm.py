"""Questions to an open Assistant: times of answers and searches, and memory after many of them.

    python -m tests.benchmarks.warm [--many N]

Asks questions of tests/evals about the packaged release that the process has not heard, first those that it begins with, then more of
them, then the first again; searches for others; then asks N questions more (10,000 take some minutes), with the resident memory at ten
points of the way.
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

EVALS = Path(__file__).resolve().parents[1] / "evals"


def questions(*names: str) -> list[str]:
    """The questions of the sets ``names`` that stand by themselves."""
    lines = [line for name in names for line in (EVALS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    return [row["question"] for row in map(json.loads, lines) if isinstance(row.get("question"), str)]


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
    first, more, others = questions("release_fitted"), questions("release_second", "release_third"), questions("release_practice")
    with tempfile.TemporaryDirectory() as home, Assistant.open(home) as assistant:
        assistant.prepare()
        print(f"{'ms':28} wall p50     p95   cpu p50     p95")
        rows = (("ask, the first questions", assistant.ask, first), ("ask, further questions", assistant.ask, more))
        for name, act, texts in (*rows, ("ask, the first again", assistant.ask, first), ("search", assistant.search, others)):
            print(f"{f'{name} ({len(texts)})':28} {measured(act, texts)}", flush=True)
        for step in range(10 if many else 0):
            for text in islice(cycle(first), many // 10):
                assistant.ask(text)
            print(f"{(step + 1) * (many // 10):6} questions more: {resident():.1f} MB", flush=True)


if __name__ == "__main__":
    main()
