"""``assistant library export``: everything that the library holds, in files that other programs read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.errors import UsageError
from assistant.interfaces.cli.opened import opened
from assistant.interfaces.cli.options import Home
from assistant.interfaces.cli.screen import say

if TYPE_CHECKING:
    from assistant.api import Assistant

DOCUMENTS, PASSAGES, STUDIES, TABLE = "documents.jsonl", "passages.jsonl", "studies.jsonl", "evidence.csv"


def export(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Made where it is not there; none of the files may be in it yet.")],
    home: Home = None,
) -> None:
    """Write the documents and all that was read from them.

    Documents, passages and studies as JSON lines, and the evidence table as CSV. A document's line has its whole
    text; superseded versions are among them, and say so.

    Example: assistant library export everything
    """
    there = [name for name in (DOCUMENTS, PASSAGES, STUDIES, TABLE) if (folder / name).exists()]
    if there:
        raise UsageError(f"{folder} has {', '.join(there)} already; name another folder")
    with opened(home) as assistant:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for name, lines in _contents(assistant).items():
                _write(folder / name, lines)
                say("written", str(folder / name))
        except OSError as error:
            raise UsageError(f"{folder} cannot be written: {error.strerror or error}") from error


def _contents(assistant: Assistant) -> dict[str, Iterable[str]]:
    from assistant.interfaces.render.evidence import evidence_csv
    from assistant.studies.evidence import evidence

    studies, documents = assistant.studies(), assistant.documents()
    rows = evidence(studies, assistant.library.text)
    return {
        DOCUMENTS: _documents(assistant),
        PASSAGES: (passage.model_dump_json() + "\n" for item in documents for passage in assistant.library.passages(item.id)),
        STUDIES: (study.model_dump_json() + "\n" for study in studies),
        TABLE: (evidence_csv(rows, documents),),
    }


def _documents(assistant: Assistant) -> Iterator[str]:
    from pydantic_core import to_json

    for document in (*assistant.documents(), *assistant.library.superseded()):
        yield to_json(document.model_dump() | {"text": assistant.library.text(document.id)}).decode() + "\n"


def _write(file: Path, lines: Iterable[str]) -> None:
    """Writes a file whole or not at all."""
    partial = file.with_name(file.name + ".partial")
    try:
        with partial.open("w", encoding="utf-8", newline="") as stream:
            stream.writelines(lines)
        partial.rename(file)
    finally:
        partial.unlink(missing_ok=True)
