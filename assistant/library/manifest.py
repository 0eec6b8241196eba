"""What a published generation's files must be: sizes and SHA-256, written before it is published, compared whenever it is doubted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

FILE = "manifest.json"
# Chroma writes to its database when it is opened; its rows are compared one by one.
_CHANGING = frozenset({FILE, "chroma.sqlite3"})
_PASSING = (".lock", "-journal", "-wal", "-shm")
# A graph of Chroma's that lacks this file is not in use yet: what lies there changes with every opening and is never read.
_GRAPH, _IN_USE = "header.bin", "index_metadata.pickle"


def write(folder: Path) -> None:
    """Writes the manifest of a generation that is settled."""
    files = dict(_files(folder))
    with ThreadPoolExecutor() as beside:
        digests = dict(zip(files, beside.map(_digest, files.values()), strict=True))
    listed = {name: {"bytes": path.stat().st_size, "sha256": digests[name]} for name, path in files.items()}
    (folder / FILE).write_text(json.dumps(listed, indent=1), encoding="utf-8")


def differences(folder: Path) -> tuple[str, ...]:
    """What is not as it was published, one line for each file.

    A generation of a version that wrote no manifest has none to compare with; that is no difference.
    """
    listed = _listed(folder)
    if listed is None:
        return (f"{FILE} cannot be read",) if (folder / FILE).exists() else ()
    with ThreadPoolExecutor() as beside:
        lines = beside.map(lambda name: _difference(folder / name, name, *listed[name]), listed)
        return tuple(line for line in lines if line)


def is_changed(folder: Path, name: str) -> bool:
    """Whether one file is another than was published; False where the manifest does not tell."""
    entry = (_listed(folder) or {}).get(name)
    return entry is not None and bool(_difference(folder / name, name, *entry))


def _listed(folder: Path) -> dict[str, tuple[int, str]] | None:
    try:
        listed = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return {name: (entry["bytes"], entry["sha256"]) for name, entry in listed.items()}
    except (OSError, ValueError, AttributeError, TypeError, KeyError):
        return None


def _difference(path: Path, name: str, size: int, sha256: str) -> str:
    try:
        if path.stat().st_size != size:
            return f"{name} has {path.stat().st_size} bytes, not {size}"
        return "" if _digest(path) == sha256 else f"{name} was changed since it was published"
    except FileNotFoundError:
        return f"{name} is missing"
    except OSError as error:
        return f"{name} cannot be read: {error.strerror}"


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        unused = (path.parent / _GRAPH).exists() and not (path.parent / _IN_USE).exists()
        if path.is_file() and path.name not in _CHANGING and not path.name.endswith(_PASSING) and not unused:
            yield path.relative_to(folder).as_posix(), path


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
