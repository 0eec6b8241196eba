"""Which process works on a task, told by a lock that ends with the process, however it ends."""

from __future__ import annotations

import fcntl
import os
import secrets
from pathlib import Path
from typing import Protocol

from assistant.home import make_file


class Owner(Protocol):
    """This process among those that share a queue; ``name`` stands in the rows that it claimed."""

    name: str

    def hold(self) -> None:
        """Sees to it that this process is not taken for one that has ended; to be called every few seconds."""

    def is_gone(self, name: str) -> bool:
        """Whether the process that ``name`` stands for has ended."""

    def forget(self, name: str) -> None:
        """Removes what a process that has ended left."""

    def close(self) -> None:
        """This process works on nothing any more."""


class LocalOwner:
    """A process on this machine: ``name`` stands in the rows that it claimed, and a locked file of that name
    in ``folder`` says that it lives."""

    def __init__(self, folder: Path) -> None:
        self.name = secrets.token_hex(8)
        self._folder = folder
        self._file = folder / self.name
        make_file(self._file)
        self._descriptor = os.open(self._file, os.O_RDWR)
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)

    def hold(self) -> None:
        """A file's lock is held as long as the process lives."""

    def is_gone(self, name: str) -> bool:
        """Whether the process that ``name`` stands for has ended."""
        if name == self.name:
            return False
        try:
            descriptor = os.open(self._folder / name, os.O_RDWR)
        except FileNotFoundError:
            return True
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            os.close(descriptor)
        return True

    def forget(self, name: str) -> None:
        """Removes the file of a process that has ended."""
        (self._folder / name).unlink(missing_ok=True)

    def close(self) -> None:
        """This process works on nothing any more."""
        self.forget(self.name)
        os.close(self._descriptor)
