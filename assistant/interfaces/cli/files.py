"""Files that a user named to be written."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import UsageError
from assistant.interfaces.render.transcript import SUFFIXES
from assistant.paths import expanded


def suffix_of(file: Path) -> str:
    """The kind of transcript that the name asks for; raises UsageError where it asks for none."""
    suffix = file.suffix.lower()
    if suffix not in SUFFIXES:
        raise UsageError(f"{file} must end in .md, .json or .html")
    return suffix


def write_file(file: Path, text: str, *, replace: bool) -> None:
    """Writes ``text`` as UTF-8; raises UsageError where it cannot, and where the file is there and is not to be replaced."""
    try:
        with expanded(file).open("w" if replace else "x", encoding="utf-8") as target:
            target.write(text)
    except FileExistsError as error:
        raise UsageError(f"{file} is already there; name another file") from error
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}") from error
