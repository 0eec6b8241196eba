"""``assistant studies``: what the documents report, one row for each arm."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.interfaces.cli.opened import opened
from assistant.interfaces.cli.options import Home, Json
from assistant.interfaces.cli.screen import complain, draw, stdout_is_terminal, write, write_json


def studies(
    json: Json = False,
    document: Annotated[str | None, typer.Option("--document", metavar="DOCUMENT", help="Only those of this document.")] = None,
    home: Home = None,
) -> None:
    """Print what the documents report.

    One row for each arm, with the characters where its survival is stated.
    """
    with opened(home) as assistant:
        documents = assistant.documents() if document is None else (assistant.library.document(document),)
        among = {item.id for item in documents}
        found = tuple(study for study in assistant.studies() if study.document in among)
    from assistant.interfaces.render import tables  # noqa: PLC0415 - Rich is not needed for help

    if json:
        from pydantic_core import to_json  # noqa: PLC0415 - not needed for help

        write_json(to_json(found, indent=2).decode())
    elif not found:
        complain("no studies in these documents")
    elif stdout_is_terminal():
        draw(tables.studies_page(found, documents))
    else:
        write(tables.studies_text(found))
