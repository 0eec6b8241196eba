"""Is there room on the disk for what is about to be written?"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from assistant.errors import LibraryFull

# Bytes of a generation for each byte of text that is added (text twice, its vector twice, words, a compressed copy), rounded up.
PER_TEXT_BYTE = 10
# What indexes write beside what they keep, while they are changed.
SLACK = 8_000_000
# The encoder's graph as it is exported and as it is kept, and its vocabulary.
ENCODER = 190_000_000


def size(folder: Path, without: Iterable[str] = ()) -> int:
    """Bytes of all files in ``folder``, but those of its entries named in ``without``."""
    left_out = frozenset(without)
    entries = [path for path in folder.iterdir() if path.name not in left_out]
    files = (file for path in entries for file in (path.rglob("*") if path.is_dir() else (path,)))
    return sum(file.stat().st_size for file in files if file.is_file())


def free(folder: Path) -> int:
    """Bytes that this user may still write to the disk of ``folder``."""
    return shutil.disk_usage(folder).free


def require(folder: Path, wanted: int) -> None:
    """Raises LibraryFull where the disk of ``folder`` has less room than ``wanted`` bytes."""
    left = free(folder)
    if left < wanted:
        raise LibraryFull(
            f"nothing was changed: this needs about {_megabytes(wanted)} on the disk of {folder}, and {_megabytes(left)} are free; "
            "make room, or name a folder on another disk with ASSISTANT_HOME"
        )


def _megabytes(count: int) -> str:
    return f"{count / 1_000_000:,.0f} MB"
