"""A disk that is nearly full, at several levels; a small file system of its own where one can be mounted."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from assistant.library import generations, space
from assistant.library.check import check
from tests.benchmarks.safety.processes import copied, left_behind, start


@dataclass
class FullDisk:
    """What happened at each level; ``wrong`` names what was lost, left behind or said unclearly."""

    levels: list[tuple[int, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def rows(self) -> list[tuple[str, str]]:
        told = [(f"{free // 1000:,} kB free", said) for free, said in self.levels]
        return [
            *told,
            ("levels at which something was lost, left behind or unclear", f"{len(self.wrong)}"),
            *((f"  {w}", "") for w in self.wrong),
        ]


@contextmanager
def small_disk(place: Path, size: int) -> Iterator[Path]:
    """A tmpfs of ``size`` bytes at ``place``; raises PermissionError where this user may not mount one."""
    place.mkdir(parents=True, exist_ok=True)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)], capture_output=True, check=False)
    if mounted.returncode:
        raise PermissionError(mounted.stderr.decode().strip())
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def full_disk(base: Path, files: list[Path], levels: int, work: Path) -> FullDisk:
    """Adds ``files`` with less and less room, first as users do, then with the check of the room taken out."""
    result = FullDisk()
    published = generations.root(base) / str(generations.current(base))
    size = space.size(published)
    with small_disk(work / "disk", 6 * size + 80_000_000) as disk:
        need = _need(base, files, disk)
        for level in range(levels):
            room = round(need * (level + 0.5) / levels)
            for act in ("add", "add-unchecked"):
                _level(base, files, disk, room, act, result)
    return result


def _need(base: Path, files: list[Path], disk: Path) -> int:
    """How much the disk must have free for the ingest, its working files included, more or less."""
    home = copied(base, disk / "home")
    before = space.free(disk)
    writer = start("add", home, *files)
    least = before
    while writer.poll() is None:
        least = min(least, space.free(disk))
    writer.communicate()
    return before - least


def _level(base: Path, files: list[Path], disk: Path, room: int, act: str, result: FullDisk) -> None:  # noqa: PLR0917
    filler = disk / "filler"
    filler.unlink(missing_ok=True)
    home = copied(base, disk / "home")
    before = generations.current(home)
    filler.write_bytes(bytes(max(0, space.free(disk) - room)))
    writer = start(act, home, *files)
    out, err = writer.communicate()
    said = out.removeprefix("begun\n").strip() or f"added (code {writer.returncode})"
    result.levels.append((room, f"{act}: {said[:110]}"))
    where = f"{act} with {room // 1000} kB"
    if writer.returncode not in (0, 1) or "\n" in said or (writer.returncode and err.strip()):
        result.wrong.append(f"{where}: ended with {writer.returncode}: {(err.strip().splitlines() or [said])[-1]}")
    if writer.returncode and generations.current(home) != before:
        result.wrong.append(f"{where}: another generation than before")
    result.wrong += [f"{where}: left behind {name}" for name in left_behind(home)]
    filler.unlink()
    result.wrong += [f"{where}: {problem}" for problem in check(home).problems]
    if writer.returncode:
        again = start("add", home, *files)
        again.communicate()
        if again.returncode or check(home).problems:
            result.wrong.append(f"{where}: the ingest does not work when there is room again")
