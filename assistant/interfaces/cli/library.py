"""``assistant library …``: which documents there are, and how they come and go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.errors import UsageError
from assistant.interfaces.cli.opened import opened
from assistant.interfaces.cli.options import DocumentName, Home, Json
from assistant.interfaces.cli.screen import FAILURE, complain, draw, progress, stdout_is_terminal, write, write_json

if TYPE_CHECKING:
    pass

app = typer.Typer(help="List, show, add, remove and mend the documents.", no_args_is_help=False)


@app.command("list")
def list_documents(json: Json = False, home: Home = None) -> None:
    """List the documents."""
    with opened(home) as assistant:
        documents = assistant.documents()
    from assistant.interfaces.render import tables  # noqa: PLC0415 - Rich is not needed for help

    if json:
        from pydantic_core import to_json  # noqa: PLC0415 - not needed for help

        write_json(to_json(documents, indent=2).decode())
    elif stdout_is_terminal():
        draw(tables.documents_page(documents))
    else:
        write(tables.documents_text(documents))


@app.command("show")
def show_document(
    document: DocumentName,
    characters: Annotated[
        str | None, typer.Option("--characters", metavar="START-END", help="Only these characters, as an answer's quotes give them.")
    ] = None,
    home: Home = None,
) -> None:
    """Print a document's text, or the stretch that a quote points at."""
    with opened(home) as assistant:
        found = assistant.library.document(document)
        text = assistant.library.text(found.id)
    if characters is not None:
        start, end = _stretch(characters, len(text))
        text = text[start:end]
    from assistant.interfaces.render.clean import clean  # noqa: PLC0415 - not needed for help

    write(clean(text).rstrip("\n") + "\n")


@app.command("add")
def add(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Text or Markdown files.")],
    home: Home = None,
) -> None:
    """Add files.

    A file that is already there, unchanged, is left alone; a changed one takes the place of what it was.
    """
    with opened(home) as assistant, progress("adding to the library") as report:
        outcome = assistant.add(*files, progress=report)
    for verb, documents in (("added", outcome.added), ("updated", outcome.updated), ("unchanged", outcome.unchanged)):
        for document in documents:
            _say(verb, document.title)
    for refusal in outcome.refused:
        complain(f"refused: {refusal.reason}")
    if outcome.refused:
        raise typer.Exit(FAILURE)


@app.command("remove")
def remove(document: DocumentName, home: Home = None) -> None:
    """Remove a document.

    'assistant library rollback' brings it back, until the next change.
    """
    with opened(home) as assistant:
        removed = assistant.remove(document)
    _say("removed", removed.title)


@app.command("check")
def check(json: Json = False, home: Home = None) -> None:
    """Check that the library is sound.

    Looks at texts, indexes and encoder; if anything is wrong, the exit code is 1.
    """
    from assistant.library.check import check as examine  # noqa: PLC0415 - not needed for help
    from assistant.settings import Settings  # noqa: PLC0415

    report = examine(Settings.load(home).home)
    if json:
        write_json(report.model_dump_json(indent=2))
    else:
        write(f"{report.generation}: {report.documents} documents, {report.passages} passages, {len(report.problems)} problems\n")
    for problem in report.problems:
        complain(f"wrong: {problem}")
    if report.problems:
        complain("to mend it: assistant library rebuild")
        raise typer.Exit(FAILURE)


@app.command("rebuild")
def rebuild(home: Home = None) -> None:
    """Make the indexes again from the stored texts.

    Passages, vectors and studies are made again as well; nothing is read from the files that were added.
    """
    from assistant.api import studies_in  # noqa: PLC0415 - heavy
    from assistant.library import ingest  # noqa: PLC0415 - heavy
    from assistant.settings import Settings  # noqa: PLC0415 - heavy
    from assistant.studies.extract import EXTRACTOR_VERSION  # noqa: PLC0415 - heavy

    settings = Settings.load(home)
    with progress("rebuilding the library") as report:
        outcome = ingest.rebuild(
            settings.home,
            embedding_model=settings.embedding_model,
            extract=studies_in,
            facts_version=EXTRACTOR_VERSION,
            progress=report,
        )
    _say("rebuilt", outcome.generation)


@app.command("rollback")
def rollback(home: Home = None) -> None:
    """Go back to the generation before the last change."""
    from assistant.library import ingest  # noqa: PLC0415 - heavy
    from assistant.settings import Settings  # noqa: PLC0415 - heavy

    _say("current again", ingest.rollback(Settings.load(home).home))


def _say(verb: str, title: str) -> None:
    from assistant.interfaces.render.clean import one_line  # noqa: PLC0415 - not needed for help

    write(f"{verb}: {one_line(title)}\n")


def _stretch(given: str, length: int) -> tuple[int, int]:
    start, dash, end = given.replace("\u2013", "-").partition("-")
    if not (dash and start.strip().isdecimal() and end.strip().isdecimal() and int(start) < int(end) <= length):
        raise UsageError(f"{given!r} is no stretch of this text; give START-END with 0 <= START < END <= {length}")
    return int(start), int(end)
