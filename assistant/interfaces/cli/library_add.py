"""``assistant library add``: files, folders and patterns come in, and what became of each is told."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.interfaces.cli.opened import opened, require_no_writer
from assistant.interfaces.cli.options import Home, Json
from assistant.interfaces.cli.screen import FAILURE, complain, progress, say, write, write_json

if TYPE_CHECKING:
    from assistant.library.ingest import IngestReport

# Of each kind so many are named; a folder of a thousand would push the rest off the screen.
_NAMED = 20


def add(
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="PDF, HTML, DOCX, Markdown or text files, folders, patterns.")],
    *,
    recursive: Annotated[bool, typer.Option("--recursive", "-r", help="Look into the folders of folders.")] = False,
    source: Annotated[str | None, typer.Option("--source", metavar="URL", help="Where the one file that is added comes from.")] = None,
    ray: Annotated[
        str | None,
        typer.Option(
            "--ray", metavar="ADDRESS", help="Read and encode on this Ray cluster; 'auto': on workers of this machine (extra 'ray')."
        ),
    ] = None,
    json: Json = False,
    home: Home = None,
) -> None:
    """Add files, folders, or what matches a pattern.

    A file that is already there, unchanged, is left alone; a changed one takes the place of what it was, which stays findable as
    superseded. If a file was refused, the exit code is 1; the others are added all the same.

    Example: assistant library add --recursive ~/papers "notes/*.md"
    """
    begun = time.monotonic()
    require_no_writer(home)
    with opened(home) as assistant, progress("adding to the library") as report:
        outcome = assistant.add(*paths, recursive=recursive, source=source, progress=report, ray=ray)
    if json:
        write_json(outcome.model_dump_json(indent=2))
    else:
        _tell(outcome, time.monotonic() - begun)
    for refusal in outcome.refused:
        complain(f"refused: {refusal.reason}")
    if outcome.refused:
        raise typer.Exit(FAILURE)


def _tell(outcome: IngestReport, seconds: float) -> None:
    replaced = {old.superseded_by: old.id for old in outcome.superseded}
    for verb, documents in (("added", outcome.added), ("updated", outcome.updated), ("unchanged", outcome.unchanged)):
        for document in documents[:_NAMED]:
            before = f" (supersedes {replaced[document.id]})" if document.id in replaced else ""
            say(verb, document.title + before)
        if len(documents) > _NAMED:
            say(verb, f"… and {len(documents) - _NAMED:,} more")
    documents_in_all = len(outcome.added) + len(outcome.updated) + len(outcome.unchanged)
    if documents_in_all + len(outcome.refused) + outcome.skipped > 1:
        write(_summary(outcome, seconds) + "\n")


def _summary(outcome: IngestReport, seconds: float) -> str:
    """One line: what became of how many, and how fast."""
    from assistant.interfaces.render.wording import counted

    kinds = ("added", "updated", "unchanged", "refused")
    parts = [f"{len(found):,} {kind}" for kind in kinds if (found := getattr(outcome, kind))]
    if outcome.skipped:
        parts.append(f"{counted(outcome.skipped, 'file')} of other formats left out")
    speed = ""
    if outcome.passages:
        speed = f", {counted(outcome.passages, 'passage')}, {outcome.passages / max(seconds, 0.001):,.0f} a second"
    return f"{', '.join(parts)} (in {seconds:,.1f} s{speed})"
