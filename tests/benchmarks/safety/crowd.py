"""Readers and writers in processes of their own, all at one library."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from safety.processes import copied, ended, start

from assistant.library.check import check


@dataclass
class Crowd:
    """What they saw; ``wrong`` names every wrong answer and every process that broke."""

    readers: int
    writers: int
    seconds: float
    asked: int = 0
    first: float = 0.0
    slowest: float = 0.0
    changes: int = 0
    refused: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def rows(self) -> list[tuple[str, str]]:
        return [
            ("readers, writers, seconds", f"{self.readers}, {self.writers}, {self.seconds:.0f}"),
            ("questions asked", f"{self.asked}"),
            ("a process's first question at its slowest, a later one", f"{self.first:.2f} s, {self.slowest:.2f} s"),
            ("changes published", f"{self.changes}"),
            ("writers refused", f"{len(self.refused)}"),
            ("… the slowest refusals", ", ".join(f"{seconds:.3f}" for seconds in sorted(self.refused)[:-4:-1]) + " s"),
            ("… in the middle", f"{median(self.refused or [0.0]):.4f} s"),
            ("wrong answers, older generations, refusals without a pid, corruption", f"{len(self.wrong)}"),
            *((f"  {line}", "") for line in self.wrong[:5]),
        ]


def crowd(base: Path, files: list[Path], readers: int, writers: int, seconds: float, work: Path) -> Crowd:  # noqa: PLR0917
    """Each writer adds and removes ``files`` of its own; each reader must find what its generation holds, and the newest generation."""
    home = copied(base, work / "crowd")
    stop = work / "stop"
    stop.unlink(missing_ok=True)
    reading = [start("read", home, stop) for _ in range(readers)]
    writing = [start("write", home, stop, *files[number::writers]) for number in range(writers)]
    time.sleep(seconds)
    stop.touch()
    result = Crowd(readers, writers, seconds)
    for seen in map(ended, reading):
        result.asked += seen["asked"]
        result.first = max(result.first, seen.get("first", 0.0))
        result.slowest = max(result.slowest, seen.get("slowest", 0.0))
        result.wrong += seen["wrong"]
    for seen in map(ended, writing):
        result.wrong += seen.get("wrong", [])
        result.changes += seen.get("changes", 0)
        result.refused += seen.get("refused", [])
        result.wrong += ["a refusal without the owner's pid"] * seen.get("without pid", 0)
    result.wrong += check(home).problems
    return result
