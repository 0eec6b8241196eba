"""Readers and writers in processes of their own, all at one library."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from assistant.library.check import check
from tests.benchmarks.safety.processes import command, copied, ended, start

_SECONDS_BETWEEN = 0.5


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
    # Of commands that were refused: seconds from the first line of the process, and from its start to its end.
    commands: list[tuple[float, float]] = field(default_factory=list)
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
            *self._commands(),
            ("wrong answers, older generations, refusals without a pid, corruption", f"{len(self.wrong)}"),
            *((f"  {line}", "") for line in self.wrong[:5]),
        ]

    def _commands(self) -> list[tuple[str, str]]:
        lasted = zip(*self.commands, strict=True) if self.commands else ([0.0], [0.0])
        first_line, whole = (f"{median(some):.2f} s, {max(some):.2f} s" for some in map(list, lasted))
        return [
            ("commands refused", f"{len(self.commands)}"),
            ("… from their first line, in the middle and at most", first_line),
            ("… from start to end of the process", whole),
        ]


def crowd(base: Path, files: list[Path], readers: int, writers: int, seconds: float, work: Path) -> Crowd:  # noqa: PLR0917
    """Each writer adds and removes ``files`` of its own; each reader must find what its generation holds, and the newest generation."""
    home = copied(base, work / "crowd")
    stop = work / "stop"
    stop.unlink(missing_ok=True)
    reading = [start("read", home, stop) for _ in range(readers)]
    writing = [start("write", home, stop, *files[number::writers]) for number in range(writers)]
    result = Crowd(readers, writers, seconds)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        _try_to_write(home, {process.pid for process in writing}, result)
        time.sleep(_SECONDS_BETWEEN)
    stop.touch()
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


def _try_to_write(home: Path, writers: set[int], result: Crowd) -> None:
    """A command that changes nothing where it gets the lock, since there is no such document."""
    begun = time.monotonic()
    trial = command(home, "library", "remove", "no such document")
    out, err = trial.communicate()
    whole = time.monotonic() - begun
    if "is changing the library" not in err:
        if "there is no document" not in err:
            result.wrong.append(f"a command said: {err.strip() or out.strip()}")
        return
    result.commands.append((json.loads(out)["seconds"], whole))
    if not any(f"process {pid} " in err for pid in writers):
        result.wrong.append(f"a refusal without the pid of a writer: {err.strip()}")
