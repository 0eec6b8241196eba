"""``kill -9`` at random moments of an ingest, with a reader that asks throughout."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from pathlib import Path

from safety.acts import opened
from safety.processes import copied, ended, left_behind, start

from assistant.library.check import check


@dataclass
class Kills:
    """What ``rounds`` kills did; ``wrong`` names every loss, doubling, disagreement and wrong answer."""

    rounds: int = 0
    seconds: float = 0.0
    published: int = 0
    asked: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def rows(self) -> list[tuple[str, str]]:
        return [
            ("kills at random moments", f"{self.rounds} of an ingest of {self.seconds:.0f} s"),
            ("… after which the new generation was there", f"{self.published}"),
            ("questions a reader asked meanwhile", f"{self.asked}"),
            ("lost, doubled, half-seen, catalogue not as vectors, wrong answers", f"{len(self.wrong)}"),
            *((f"  {line}", "") for line in self.wrong[:5]),
        ]


def kills(base: Path, files: list[Path], rounds: int, work: Path, minutes: float = 60) -> Kills:
    """Adds ``files`` to copies of ``base`` and kills each writer; its documents must stay, and the new ones come all or not at all.

    No round begins after ``minutes``.
    """
    begun = time.monotonic()
    before = _documents(base)
    result = Kills(rounds)
    result.seconds, whole = _whole_ingest(base, files, work)
    home = copied(base, work / "killed")
    stop = work / "stop"
    stop.unlink(missing_ok=True)
    reader = start("read", home, stop, len(before), len(whole))
    rng = random.Random(7)
    for number in range(rounds):
        if time.monotonic() - begun > minutes * 60:
            result.rounds = number
            break
        writer = start("add", home, *files)
        assert writer.stdout
        writer.stdout.readline()
        time.sleep(rng.random() * result.seconds)
        writer.kill()
        writer.wait()
        writer.stdout.close()
        now = _documents(home)
        if now not in (before, whole):
            result.wrong.append(f"kill {number}: {len(now)} documents, neither as before nor as after")
        result.wrong += [f"kill {number}: {problem}" for problem in check(home).problems]
        if now == whole and whole != before:
            result.published += 1
            _back(home)
    stop.touch()
    seen = ended(reader)
    result.asked = seen["asked"]
    result.wrong += [f"reader: {line}" for line in seen["wrong"]]
    _finish(home, files, whole, result)
    return result


def _finish(home: Path, files: list[Path], whole: dict[str, str], result: Kills) -> None:
    """After all kills an ingest ends well, and nothing of the killed ones is left."""
    writer = start("add", home, *files)
    out, _ = writer.communicate()
    if writer.returncode or _documents(home) != whole or check(home).problems:
        result.wrong.append(f"the ingest after the kills failed: {out.strip().splitlines()[-1:]}")
    result.wrong += [f"left behind: {name}" for name in left_behind(home)]


def _whole_ingest(base: Path, files: list[Path], work: Path) -> tuple[float, dict[str, str]]:
    home = copied(base, work / "whole")
    writer = start("add", home, *files)
    assert writer.stdout
    writer.stdout.readline()
    begun = time.monotonic()
    writer.communicate()
    return time.monotonic() - begun, _documents(home)


def _back(home: Path) -> None:
    """To the generation before, as a user goes back."""
    from assistant.library import ingest

    ingest.rollback(home)


def _documents(home: Path) -> dict[str, str]:
    with opened(home) as library:
        return {document.id: document.sha256 for document in library.documents()}
