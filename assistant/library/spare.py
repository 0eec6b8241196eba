"""A generation's documents once more, as compressed JSON lines: what a rebuild starts from where the catalogue is damaged."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from assistant.errors import LibraryDamaged
from assistant.library.catalogue import Catalogue

FILE = "documents.jsonl.gz"
# Text shrinks to a third at the fastest level already, at 100 MB/s.
_LEVEL = 1


def write(folder: Path) -> None:
    """Writes every row of the folder's catalogue that cannot be made again from another, texts included."""
    with closing(Catalogue.reading(folder)) as catalogue, gzip.GzipFile(folder / FILE, "wb", _LEVEL, mtime=0) as stream:
        for table, row in catalogue.originals():
            stream.write(json.dumps({"table": table, "row": row}).encode("ascii") + b"\n")


def read(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Table → row, in the order written. Raises LibraryDamaged where the file is missing or not whole."""
    try:
        with gzip.open(folder / FILE, "rb") as stream:
            for line in stream:
                entry = json.loads(line)
                yield entry["table"], entry["row"]
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise LibraryDamaged(f"the spare copy of the documents in {folder} cannot be read ({error})") from error
