"""A question from a cold start, as a whole process, beside the usual stack and the other commands.

    python -m tests.benchmarks.cold [--usual PYTHON] [--runs N]

The commands take turns (A B C A B C …) after one round that is not counted; each figure is the median of N rounds (5). PYTHON is an
interpreter that has the usual stack: ``pip install '.[benchmarks]'``, in an environment of its own where you like. The usual stack is
``tests/benchmarks/usual/ask.py``, on a store of the same passages. Processor time is user + system; memory is the peak of the process.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from assistant import Assistant
from assistant.library.encoder import weights
from assistant.settings import PACKAGED_ENCODER

QUESTION = "How long did mice given two doses of CLR 131 survive?"
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Run:
    """One process: seconds on the clock, seconds of processors, megabytes at its peak."""

    wall: float
    processor: float
    memory: float


def timed(command: Sequence[str], environment: Mapping[str, str]) -> Run:
    """Runs a command to its end; raises RuntimeError where it fails."""
    begun = time.perf_counter()
    process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def commands(usual: str, store: Path) -> dict[str, Sequence[str]]:
    """Name → command; the usual stack first, which the others are compared with."""
    ours = [sys.executable, "-m", "assistant"]
    folder = str(weights(PACKAGED_ENCODER).folder)
    return {
        "the usual stack, one query": [usual, "-m", "tests.benchmarks.usual.ask", str(store), folder, QUESTION],
        "assistant ask": [*ours, "ask", QUESTION],
        "assistant library list": [*ours, "library", "list"],
        "assistant --help": [*ours, "--help"],
        "import assistant": [sys.executable, "-c", "import assistant"],
    }


def prepare(usual: str, store: Path, home: Path) -> None:
    """A library of the packaged release, and the usual stack's store of the same passages."""
    with Assistant.open(home) as assistant:
        texts = [passage.text for document in assistant.documents() for passage in assistant.library.passages(document.id)]
    build = [usual, "-m", "tests.benchmarks.usual.build", str(store), str(weights(PACKAGED_ENCODER).folder)]
    subprocess.run(build, input=json.dumps(texts), text=True, check=True, cwd=ROOT, capture_output=True)


def main() -> None:
    """Prints one row for each command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--usual", default=sys.executable, metavar="PYTHON")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        home, store = Path(place) / "home", Path(place) / "store"
        # In a process of its own: the peak of a child counts from what its parent had.
        preparing = multiprocessing.get_context("spawn").Process(target=prepare, args=(options.usual, store, home))
        preparing.start()
        preparing.join()
        # Programs that are installed keep their bytecode.
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {"ASSISTANT_HOME": str(home)}
        runs: dict[str, list[Run]] = {}
        for number in range(options.runs + 1):
            for name, command in commands(options.usual, store).items():
                run = timed(command, environment)
                if number:
                    runs.setdefault(name, []).append(run)
    print(f"{'medians of ' + str(options.runs):28} {'wall s':>8} {'cpu s':>8} {'MB':>6}   of the usual stack: wall, cpu, MB")
    usual_runs = next(iter(runs.values()))
    for name, own in runs.items():
        wall, cpu, memory = (median(getattr(run, field) for run in own) for field in ("wall", "processor", "memory"))
        pairs = list(zip(own, usual_runs, strict=True))
        shares = [median(getattr(a, f) / getattr(b, f) for a, b in pairs) for f in ("wall", "processor", "memory")]
        print(f"{name:28} {wall:8.2f} {cpu:8.2f} {memory:6.0f}   {shares[0]:8.2f} {shares[1]:8.2f} {shares[2]:8.2f}")


if __name__ == "__main__":
    main()
