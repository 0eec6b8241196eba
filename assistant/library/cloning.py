"""Copies of files that share their blocks with the original where the file system can do that; elsewhere their bytes are copied."""

from __future__ import annotations

import fcntl
import shutil
import sys
from pathlib import Path

# Linux's FICLONE of <linux/fs.h>; Btrfs, XFS, bcachefs and some network file systems know it.
_FICLONE = 0x40049409


def clone(source: Path | str, target: Path | str) -> None:
    """Makes ``target`` a file with the content of ``source``; raises OSError as ``shutil.copyfile`` does."""
    if not (sys.platform == "linux" and _shares_blocks(source, target)):
        shutil.copyfile(source, target)


def _shares_blocks(source: Path | str, target: Path | str) -> bool:
    with Path(source).open("rb") as original, Path(target).open("wb") as copy:
        try:
            fcntl.ioctl(copy.fileno(), _FICLONE, original.fileno())
        except OSError:  # a file system that cannot, or two of them: copying the bytes tells what else may be wrong
            return False
    return True
