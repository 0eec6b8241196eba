"""The bytes of a file that a user named; nothing but a regular file is opened, so no pipe or device can hold the reader up."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.errors import ReadingError
from assistant.language.controls import inert_line


def file_bytes(path: Path, most: int) -> bytes:
    """What the file holds; raises ReadingError for what is missing, not a regular file, or larger than ``most`` bytes."""
    with _translated(path):
        # Between a look at the path and its opening another file may take its place; what was opened is looked at instead.
        # Without O_NONBLOCK a pipe would wait here for somebody to write into it.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
        try:
            _require_regular(path, os.fstat(descriptor).st_mode)
            with os.fdopen(descriptor, "rb", closefd=False) as file:
                data = file.read(most + 1)
        finally:
            os.close(descriptor)
    if len(data) > most:
        raise ReadingError(f"{inert_line(str(path))} is larger than {most // 1_000_000} MB; split it into documents")
    return data


def require_document(path: Path) -> None:
    """Raises ReadingError for a missing file, a folder, a pipe, a socket or a device; opens nothing."""
    with _translated(path):
        _require_regular(path, path.stat().st_mode)


def _require_regular(path: Path, mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise ReadingError(f"{inert_line(str(path))} is a folder; name the files in it")
    if not stat.S_ISREG(mode):
        raise ReadingError(f"{inert_line(str(path))} is not a regular file")


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    try:
        yield
    except FileNotFoundError as error:
        raise ReadingError(f"{inert_line(str(path))}: there is no such file") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path itself
        raise ReadingError(f"{inert_line(str(path))} cannot be read: {getattr(error, 'strerror', None) or error}") from error
