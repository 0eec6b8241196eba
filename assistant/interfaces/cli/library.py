"""``assistant library …``: which documents there are, and how they come and go."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.interfaces.cli.library_add import add
from assistant.interfaces.cli.library_export import export
from assistant.interfaces.cli.library_show import show
from assistant.interfaces.cli.library_transfer import pull, push
from assistant.interfaces.cli.opened import opened, require_no_writer
from assistant.interfaces.cli.options import DocumentName, Home, Json
from assistant.interfaces.cli.screen import FAILURE, complain, draw, progress, remark, say, stdout_is_terminal, write, write_json

if TYPE_CHECKING:
    from assistant.library.store import Store
    from assistant.settings import Settings

app = typer.Typer(help="List, show, add, remove, export and mend the documents.\n\nExample: assistant library list", no_args_is_help=False)


@app.command("list")
def list_documents(
    json: Json = False,
    superseded: Annotated[bool, typer.Option("--superseded", help="The versions whose place another took, instead.")] = False,
    home: Home = None,
) -> None:
    """List the documents.

    Example: assistant library list
    """
    with opened(home) as assistant:
        documents = assistant.library.superseded() if superseded else assistant.documents()
    from assistant.interfaces.render import tables

    if json:
        from pydantic_core import to_json

        write_json(to_json(documents, indent=2).decode())
    elif stdout_is_terminal():
        draw(tables.documents_page(documents))
    else:
        write(tables.documents_text(documents))


app.command("show")(show)
app.command("add")(add)


@app.command("remove")
def remove(document: DocumentName, home: Home = None) -> None:
    """Remove a document, and the versions that it superseded.

    'assistant library rollback' brings it back, until the next change; from a shared store it goes for good.

    Example: assistant library remove report.pdf
    """
    require_no_writer(home)
    with opened(home) as assistant:
        removed = assistant.remove(document)
    say("removed", removed.title)


app.command("export")(export)
app.command("push")(push)
app.command("pull")(pull)


@app.command("check")
def check(json: Json = False, home: Home = None) -> None:
    """Check that the library is sound.

    Compares texts, passages, both indexes, the spare copy and the encoder row by row; if anything is wrong, the exit code is 1.

    Example: assistant library check
    """
    from assistant.interfaces.render.wording import counted
    from assistant.settings import Settings

    with closing(store_of(Settings.load(home))) as store:
        report = store.check()
    if json:
        write_json(report.model_dump_json(indent=2))
    else:
        told = (counted(report.documents, "document"), counted(report.passages, "passage"), counted(len(report.problems), "problem"))
        write(f"{report.generation or 'no generation'}: {', '.join(told)}\n")
    for problem in report.problems:
        complain(f"wrong: {problem}")
    if report.problems:
        complain("to mend it: assistant library rebuild")
        raise typer.Exit(FAILURE)


@app.command("rebuild")
def rebuild(
    embedding_model: Annotated[
        str | None,
        typer.Option("--embedding-model", metavar="NAME", help="Encode again with this one: a folder in sentence-transformers' format."),
    ] = None,
    home: Home = None,
) -> None:
    """Make the indexes again from the stored texts.

    Passages and studies are made again as well; vectors only with another embedding model. Where the library is damaged, the texts
    come from its spare copy, or from the generation before. Nothing is read from the files that were added.

    Example: assistant library rebuild
    """
    require_no_writer(home)
    from dataclasses import replace

    from assistant.interfaces.render.wording import counted
    from assistant.settings import Settings

    settings = Settings.load(home)
    model = embedding_model or settings.embedding_model
    with closing(store_of(replace(settings, embedding_model=model))) as store, progress("rebuilding the library") as report:
        outcome = store.rebuild(report)
    say("rebuilt", f"{outcome.generation}, {counted(outcome.documents, 'document')} from {outcome.read_from}")
    if model != settings.embedding_model:
        remark(f"from now on set ASSISTANT_EMBEDDING_MODEL={model}")


@app.command("rollback")
def rollback(home: Home = None) -> None:
    """Go back to the generation before the last change.

    Example: assistant library rollback
    """
    require_no_writer(home)
    from assistant.settings import Settings

    with closing(store_of(Settings.load(home))) as store:
        say("current again", store.rollback())


def store_of(settings: Settings) -> Store:
    """Where the library lies."""
    from assistant.opening import library_store

    return library_store(settings)
