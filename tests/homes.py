"""Copies of a home for tests that change one, or that must not meet what others asked."""

from __future__ import annotations

import shutil
from pathlib import Path


def copied(home: Path, place: Path) -> Path:
    """A home at ``place`` with the library of ``home``, and nothing of what was said there.

    The files of conversations are not so much as opened: closing them would let go of the locks that this process, which may have
    the conversations open, holds on them, and SQLite in another process would then take away their log.
    """
    shutil.copytree(home / "library", place / "library")
    return place
