"""How safe is the library? Kills, crowds, full disks, mutilations, a thousand documents; prints a table of what was lost.

    python -m tests.benchmarks.library_safety --passages 20000 --kills 100 --readers 8 --writers 2 --seconds 180

Sizes are options, so that a minute or an afternoon can be spent; ``--only`` names parts. Ends with 1 where anything was wrong. The
vectors are cheap ones made from words, as 20,000 passages are indexed a hundred times; ``many`` uses the real encoder.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from assistant.library.encoder import Encoder
from assistant.library.publishing import prepare_encoder
from assistant.settings import PACKAGED_ENCODER
from tests.benchmarks.safety import acts, crowd, disk, kills, made, many, mutilations

PARTS = ("kills", "crowd", "disk", "mutilations", "many")
# Passages of one invented document.
PER_DOCUMENT = 20


def main() -> int:
    options = _options()
    work = Path(tempfile.mkdtemp(prefix="library-safety-", dir=options.workdir))
    files = made.write(work / "files", max(1, options.passages // PER_DOCUMENT), PER_DOCUMENT)
    some = made.write(work / "some", 20, 10, "Z")
    base = work / "base"
    (base / "library").mkdir(parents=True)
    prepare_encoder(base, PACKAGED_ENCODER, lambda *_: None)
    # The real encoder was exported; from here on cheap vectors stand in for its own, of a function that mypy takes for no method.
    Encoder.encode = made.cheap_vectors  # type: ignore[method-assign]
    acts.add(base, list(map(str, some)))
    measures: dict[str, Callable[[], object]] = {
        "kills": lambda: kills.kills(
            base, files, options.kills, work, options.minutes, seed=options.seed, parallel=options.parallel, within=options.within
        ),
        "crowd": lambda: crowd.crowd(base, files[:40], options.readers, options.writers, options.seconds, work),
        "disk": lambda: disk.full_disk(base, files[: max(1, len(files) // 10)], options.levels, work),
        "mutilations": lambda: mutilations.mutilate(_larger(base, files, work), work),
        "many": lambda: many.many(options.documents, work),
    }
    wrong = 0
    for part in options.only or PARTS:
        begun = time.monotonic()
        result = measures[part]()
        # Each part has a result of its own kind, all of them with rows.
        _print(f"{part} ({time.monotonic() - begun:,.0f} s)", result.rows)  # type: ignore[attr-defined]
        wrong += len(getattr(result, "wrong", ()))
    shutil.rmtree(work, ignore_errors=True)
    return 1 if wrong else 0


def _larger(base: Path, files: list[Path], work: Path) -> Path:
    """Two generations, so many passages that Chroma keeps its graph in files."""
    from tests.benchmarks.safety.processes import copied

    home = copied(base, work / "larger")
    acts.add(home, list(map(str, files[:100])))
    return home


def _print(title: str, rows: list[tuple[str, str]]) -> None:
    widest = max(len(name) for name, _ in rows)
    lines = [f"## {title}", *(f"{name.ljust(widest)}  {value}".rstrip() for name, value in rows), ""]
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--passages", type=int, default=2000, help="of the ingest that is killed")
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--within", nargs="*", default=(), choices=("reading", "encoding", "indexing", *acts.STEPS), help="kill only there")
    parser.add_argument("--parallel", type=int, default=1, help="libraries among which the kills are shared out")
    parser.add_argument("--seed", type=int, default=7, help="of the moments of the kills")
    parser.add_argument("--minutes", type=float, default=60, help="after which no further kill is begun")
    parser.add_argument("--readers", type=int, default=4)
    parser.add_argument("--writers", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--levels", type=int, default=10, help="of room on the disk; needs the right to mount a tmpfs")
    parser.add_argument("--documents", type=int, default=100, help="of mixed formats, added in one command")
    parser.add_argument("--only", nargs="*", choices=PARTS)
    parser.add_argument("--workdir", help="where temporary libraries are made")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
