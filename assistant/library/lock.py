"""The lock that a writer holds from begin to end, and who holds it."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

from assistant.errors import LibraryLocked
from assistant.home import make_home

# How long, and how often, a refused writer looks for the pid of an owner or tries again: well under a second in all.
_SECONDS_OF_LOOKING = 0.5
_SECONDS_BETWEEN = 0.01
# Linux lists the locks of all processes there.
_LOCKS = Path("/proc/locks")


def file(path: Path, home: Path) -> int:
    """A descriptor of the lock's file, which is made first where there is none, with its folder and ``home``.

    Of one that is there nothing is written, nor of its folder: while an owner syncs these, who writes waits. Raises OSError.
    """
    try:
        return os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        make_home(home)
        path.parent.mkdir(exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)


def take(descriptor: int, home: Path) -> None:
    """Takes the lock on an open file and writes this process's pid to it. Raises LibraryLocked at once where another has it.

    Where that other cannot be named it is gone by now, or has the lock for a moment only: then it is tried again for a little.
    """
    until = time.monotonic() + _SECONDS_OF_LOOKING
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError as error:
            pid = _owner(descriptor)
            if pid or time.monotonic() >= until:
                raise _locked(pid, home) from error
            time.sleep(_SECONDS_BETWEEN)
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode("ascii"), 0)


def _locked(pid: int | None, home: Path) -> LibraryLocked:
    who = f"process {pid}" if pid else "another process"
    return LibraryLocked(f"{who} is changing the library in {home}; try again when it is done", pid)


def _owner(descriptor: int) -> int | None:
    """The pid in the system's list of locks, else the one in the lock's file.

    The file is of use where the system has no such list: its owner writes to it a moment after taking the lock, on a busy machine
    much later, and until then it is empty or has the pid of an owner that was killed.
    """
    return _listed_owner(descriptor) or _written_owner(descriptor)


def _written_owner(descriptor: int) -> int | None:
    written = os.pread(descriptor, 32, 0)
    return int(written) if written.endswith(b"\n") and written.strip().isdigit() else None


def _listed_owner(descriptor: int) -> int | None:
    """The pid in a line such as ``1: FLOCK ADVISORY WRITE 123 fd:01:456 0 EOF``, whose device and file are the descriptor's."""
    status = os.fstat(descriptor)
    place = f"{os.major(status.st_dev):02x}:{os.minor(status.st_dev):02x}:{status.st_ino}"
    try:
        lines = _LOCKS.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    held = (line.split() for line in lines)
    return next((int(fields[4]) for fields in held if fields[1:2] == ["FLOCK"] and fields[5:6] == [place] and int(fields[4]) > 0), None)


def look(path: Path, home: Path) -> None:
    """Raises LibraryLocked where another process has the lock; takes nothing, so that it is in nobody's way.

    For who would do much before asking for the lock. Where the system has no list of locks, nothing is told.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:  # what is wrong with it is told when the lock is asked for
        return
    try:
        if pid := _listed_owner(descriptor):
            raise _locked(pid, home)
    finally:
        os.close(descriptor)


def let_go(descriptor: int) -> None:
    """Takes this process's name off the lock before letting it go, so that none is told a pid of the past."""
    os.ftruncate(descriptor, 0)
    fcntl.flock(descriptor, fcntl.LOCK_UN)
