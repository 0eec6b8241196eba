"""The home: a folder of the user's own, in which what was asked and answered is kept, so only its owner may look into it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def make_home(home: Path) -> None:
    """Makes the folder, for its owner only, and those above it as usual; one that is there already stays as it is."""
    home.parent.mkdir(parents=True, exist_ok=True)
    home.mkdir(mode=0o700, exist_ok=True)


def make_file(file: Path) -> None:
    """Makes an empty file in a home, for its owner only; one that is there already stays as it is.

    That one is not opened either: closing a file of SQLite's lets go of all locks that this process holds on it, and then another
    process takes away its log from under an open connection, which writes on into nowhere.
    """
    make_home(file.parent)
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
