"""Paths as users write them; what leads nowhere stays a path, so that whoever opens it says what is wrong."""

from __future__ import annotations

import os
from pathlib import Path


def expanded(path: Path | str) -> Path:
    """The path with its ``~`` or ``~user`` replaced; a user that there is not leaves it as it is."""
    return Path(os.path.expanduser(path))  # noqa: PTH111 - Path.expanduser raises RuntimeError where there is no such user


def resolved(path: Path | str) -> Path:
    """The absolute path with links followed, as far as they lead somewhere; a link to itself stays."""
    return Path(os.path.realpath(path))  # Path.resolve raises RuntimeError for a link to itself


def as_text(path: Path | str) -> str:
    """The path as text that can be stored and sent: bytes of a name that are no UTF-8 become ``\\xff`` and the like."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
