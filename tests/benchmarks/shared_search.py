"""A shared store beside a local library of the same documents: does search find the same, and how fast?

    python -m tests.benchmarks.shared_search [--questions N]

Both hold the packaged release and the documents of tests/evals; compared are the ten best passages for questions of the fitted case
files. Starts a PostgreSQL and a Chroma server of its own.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles

from assistant.library.library import Library
from assistant.opening import library_store
from assistant.resources import folder
from assistant.settings import Settings
from assistant.values import Hit
from tests.servers import servers

EVALS = Path(__file__).resolve().parents[1] / "evals"
CASES = ("release_fitted", "documents_fitted", "documents_second", "documents_third")
BEST = 10


def questions(count: int) -> list[str]:
    """So many of the case files' questions that stand by themselves, evenly from all of them."""
    rows = [json.loads(line) for name in CASES for line in (EVALS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    found = list(dict.fromkeys(row["question"] for row in rows if isinstance(row.get("question"), str)))
    return found[:: max(1, len(found) // count)][:count]


def asked(library: Library, texts: Sequence[str]) -> tuple[list[tuple[Hit, ...]], str]:
    """What is found, and the milliseconds that it takes at the median and the 95th percentile."""
    library.search("how long did they live", BEST)
    found, times = [], []
    for text in texts:
        begun = time.perf_counter()
        found.append(library.search(text, BEST))
        times.append(1000 * (time.perf_counter() - begun))
    return found, f"{median(times):6.1f} {quantiles(times, n=20)[18]:6.1f}"


def main() -> None:
    """Prints how often both agree, and their times."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--questions", type=int, default=100)
    texts = questions(parser.parse_args().questions)
    paths = [folder("corpus"), *sorted(path for path in EVALS.iterdir() if path.is_dir())]
    with tempfile.TemporaryDirectory() as home, servers() as both:
        environments = {"local": {}, "shared": both.environment()}
        found = {}
        for name, environment in environments.items():
            store = library_store(Settings.load(home, None, environment))
            begun = time.perf_counter()
            report = store.add(paths)
            seconds = time.perf_counter() - begun
            with Library.of(store) as library:
                found[name], times = asked(library, texts)
            print(f"{name:8} {report.passages} passages added in {seconds:.1f} s; search ms p50, p95: {times}", flush=True)
    pairs = [([hit.passage.id for hit in ours], [hit.passage.id for hit in theirs]) for ours, theirs in zip(*found.values(), strict=True)]
    print(f"{len(texts)} questions; the same ten passages: {sum(set(a) == set(b) for a, b in pairs)}; ", end="")
    print(f"in the same order: {sum(a == b for a, b in pairs)}; the same first: {sum(a[:1] == b[:1] for a, b in pairs)}")
    both_found = [(x, y) for ours, theirs in zip(*found.values(), strict=True) for x in ours for y in theirs if x.passage == y.passage]
    largest = max(abs(x.lexical - y.lexical) for x, y in both_found)
    print(f"largest difference of a passage's lexical score: {largest:.4f}")


if __name__ == "__main__":
    main()
