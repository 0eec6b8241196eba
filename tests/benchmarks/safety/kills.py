"""``kill -9`` at random moments of an ingest, with a reader that asks throughout."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

from assistant.library import generations
from assistant.library.check import check
from tests.benchmarks.safety.acts import STEPS, opened
from tests.benchmarks.safety.processes import copied, ended, left_behind, start

_BEGUN = "begun"


@dataclass
class Kills:
    """What the kills of writers did; ``wrong`` names every loss, doubling, disagreement and wrong answer.

    ``stages`` counts what the writers were at when they were killed, ``seconds`` are those of a whole ingest.
    """

    rounds: int = 0
    libraries: int = 1
    seconds: float = 0.0
    published: int = 0
    asked: int = 0
    stages: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @property
    def rows(self) -> list[tuple[str, str]]:
        return [
            ("kills at random moments, libraries", f"{self.rounds} of an ingest of {self.seconds:.0f} s, {self.libraries}"),
            ("… while it was at", ", ".join(f"{stage} {count}" for stage, count in self.stages.most_common())),
            ("… after which the new generation was there", f"{self.published}"),
            ("questions readers asked meanwhile", f"{self.asked}"),
            ("lost, doubled, half-seen, catalogue not as vectors, wrong answers", f"{len(self.wrong)}"),
            *((f"  {line}", "") for line in self.wrong[:5]),
        ]


def kills(
    base: Path,
    files: list[Path],
    rounds: int,
    work: Path,
    minutes: float = 60,
    *,
    seed: int = 7,
    parallel: int = 1,
    within: Sequence[str] = (),
) -> Kills:
    """Adds ``files`` to copies of ``base`` and kills each writer; its documents must stay, and the new ones come all or not at all.

    The kills are shared out among ``parallel`` libraries, and fall ``within`` these stages where some are named. No round begins
    after ``minutes``.
    """
    shares = [rounds // parallel + (number < rounds % parallel) for number in range(parallel)]
    with ThreadPoolExecutor(parallel) as pool:
        running = [
            pool.submit(_kills, base, files, share, work / f"library{number}", minutes, random.Random(seed + number), within)
            for number, share in enumerate(shares)
        ]
        parts = [one.result() for one in running]
    return Kills(
        rounds=sum(part.rounds for part in parts),
        libraries=parallel,
        seconds=max(part.seconds for part in parts),
        published=sum(part.published for part in parts),
        asked=sum(part.asked for part in parts),
        stages=sum((part.stages for part in parts), Counter()),
        wrong=[line for part in parts for line in part.wrong],
    )


def _kills(  # noqa: PLR0917
    base: Path, files: list[Path], rounds: int, work: Path, minutes: float, rng: random.Random, within: Sequence[str]
) -> Kills:
    begun = time.monotonic()
    before = _documents(base)
    result = Kills()
    work.mkdir()
    lasted, whole = _whole_ingest(base, files, work)
    result.seconds = sum(lasted.values())
    home = copied(base, work / "killed")
    stop = work / "stop"
    reader = start("read", home, stop, len(before), len(whole))
    moments = _moments(rounds, lasted, rng, within)
    for number, (stage, moment) in enumerate(moments):
        if time.monotonic() - begun > minutes * 60:
            break
        at = _killed(home, files, stage, moment)
        if at:
            result.rounds += 1
            result.stages[at] += 1
        else:  # it was faster than the whole one, and had ended
            moments.append((stage, rng.random() * moment))
        now = _documents(home)
        if now not in (before, whole):
            result.wrong.append(f"kill {number}: {len(now)} documents, neither as before nor as after")
        result.wrong += [f"kill {number}: {problem}" for problem in check(home).problems]
        if now == whole and whole != before:
            result.published += at is not None
            _back(home)
    stop.touch()
    seen = ended(reader)
    result.asked = seen["asked"]
    result.wrong += [f"reader: {line}" for line in seen["wrong"]]
    _finish(home, files, whole, result)
    return result


def _moments(rounds: int, lasted: dict[str, float], rng: random.Random, within: Sequence[str]) -> list[tuple[str, float]]:
    """Stages, and seconds after they begin. Half anywhere in the ingest, a quarter in its stages by turns, since some are short, and a
    quarter in the steps of publishing, which are shorter still; or all of them ``within`` the stages named.
    """
    stages = [stage for stage in lasted if stage != _BEGUN and stage not in STEPS]
    steps = [step for step in lasted if step in STEPS]
    shares = [(within, rounds)] if within else [(stages, rounds // 4), (steps, rounds // 4)]
    moments = [(stage, rng.random() * lasted[stage]) for some, share in shares for stage, _ in zip(cycle(some), range(share), strict=False)]
    anywhere = rounds - len(moments)
    moments += [(_BEGUN, (part + rng.random()) / anywhere * sum(lasted.values())) for part in range(anywhere)]
    rng.shuffle(moments)
    return moments


def _killed(home: Path, files: list[Path], stage: str, moment: float) -> str | None:
    """Kills a writer ``moment`` seconds after it came to ``stage``; returns what it was at, None where it had ended by itself."""
    writer = start("add-telling", home, *files)
    assert writer.stdout
    for line in writer.stdout:
        if (at := line.strip()) == stage:
            break
    time.sleep(moment)
    ended_before = writer.poll() is not None
    writer.kill()
    told, _ = writer.communicate()
    return None if ended_before else (told.split("\n")[:-1] or [at])[-1]


def _finish(home: Path, files: list[Path], whole: dict[str, str], result: Kills) -> None:
    """After all kills an ingest ends well, and nothing of the killed ones is left."""
    writer = start("add", home, *files)
    out, _ = writer.communicate()
    if writer.returncode or _documents(home) != whole or check(home).problems:
        result.wrong.append(f"the ingest after the kills failed: {out.strip().splitlines()[-1:]}")
    result.wrong += [f"left behind: {name}" for name in left_behind(home)]


def _whole_ingest(base: Path, files: list[Path], work: Path) -> tuple[dict[str, float], dict[str, str]]:
    """How many seconds each stage lasts, and the documents at the end."""
    home = copied(base, work / "whole")
    writer = start("add-telling", home, *files)
    assert writer.stdout
    begins = {line.strip(): time.monotonic() for line in writer.stdout}
    writer.communicate()
    ends = [*list(begins.values())[1:], time.monotonic()]
    return {stage: end - begin for (stage, begin), end in zip(begins.items(), ends, strict=True)}, _documents(home)


def _back(home: Path) -> None:
    """To the generation before, as a user goes back."""
    generations.rollback(home)


def _documents(home: Path) -> dict[str, str]:
    with opened(home) as library:
        return {document.id: document.sha256 for document in library.documents()}
