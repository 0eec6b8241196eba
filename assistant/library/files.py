"""Files, folders and patterns as a user names them → the files to read, each once."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator

from assistant.language.controls import unstorable, whole
from assistant.library.readers import READERS
from assistant.paths import expanded, written_out
from assistant.values import Value

_PATTERN = frozenset("*?[")
# Hidden files, and what Word leaves beside a document that is open.
_NOT_DOCUMENTS = (".", "~$")


_Told = Annotated[str, BeforeValidator(whole)]


class Refused(Value):
    """A file that was not added; ``reason`` is one line that names it. Bytes of a name that are no text are U+FFFD."""

    path: _Told
    reason: _Told


@dataclass(slots=True)
class Found:
    """The files to read, in order; ``skipped`` counts those in folders that are of no format which is read."""

    files: list[str] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    skipped: int = 0


def find(paths: Sequence[Path | str], *, recursive: bool) -> Found:
    """What ``paths`` name. Of a folder, the files of a known format in it, with ``recursive`` also those in its folders.

    Hidden files in folders are left out, and links in them that lead out of the folder are refused. A pattern, such as
    ``notes/*.md``, names what it matches; one that matches nothing is refused.
    """
    found = Found()
    seen: set[str] = set()
    for named in paths:
        for path in _matches(str(named), found):
            for file in _in_folder(path, found, recursive=recursive) if expanded(path).is_dir() else (path,):
                place = file if unstorable(file) else location(file)
                if why := unstorable(place):
                    found.refused.append(Refused(path=file, reason=f"{file}: its path {why}; rename it to add it"))
                elif place not in seen:
                    seen.add(place)
                    found.files.append(file)
    return found


def location(path: str) -> str:
    """The place that a path leads to, links resolved: what tells whether a file was read before."""
    return str(expanded(path).resolve())


def _matches(named: str, found: Found) -> Sequence[str]:
    """``named`` itself, or, where there is no such file and it is a pattern, what it matches."""
    path = written_out(named)
    if "\0" in path or Path(path).exists() or not _PATTERN & set(path):
        return (named,)
    matches = sorted(glob.glob(path, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
    if not matches:
        found.refused.append(Refused(path=named, reason=f"{named}: no file matches this pattern"))
    return matches


def _in_folder(folder: str, found: Found, *, recursive: bool) -> Iterator[str]:
    root = expanded(folder)
    inside = root.resolve()
    files, deeper, unread = 0, False, len(found.refused)
    for place, folders, names in os.walk(root, onerror=lambda error: _unreadable(error, found)):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        deeper = deeper or bool(folders)
        if not recursive:
            folders.clear()
        for name in sorted(names):
            path = Path(place, name)
            if name.startswith(_NOT_DOCUMENTS):
                continue
            if path.suffix.lower() not in READERS:
                found.skipped += 1
            elif not path.resolve().is_relative_to(inside):
                found.refused.append(
                    Refused(path=str(path), reason=f"{path} is a link that leads out of {folder}; name its target to add it")
                )
            else:
                files += 1
                yield os.path.join(place, name)  # noqa: PTH118 - Path would turn "./~x" into "~x", the home of x
    if not files and unread == len(found.refused):
        more = "; --recursive looks into the folders in it" if deeper and not recursive else ""
        found.refused.append(Refused(path=str(folder), reason=f"{folder}: there is no document in this folder{more}"))


def _unreadable(error: OSError, found: Found) -> None:
    found.refused.append(Refused(path=str(error.filename), reason=f"{error.filename} cannot be read: {error.strerror}"))
