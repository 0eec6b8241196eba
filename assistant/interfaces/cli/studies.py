"""``assistant studies``: what the documents report, as a table, as data, and as a chart."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.errors import UsageError
from assistant.interfaces.cli.chart import show_chart
from assistant.interfaces.cli.opened import opened
from assistant.interfaces.cli.options import Home, Json
from assistant.interfaces.cli.screen import complain, draw, stdout_is_terminal, write, write_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.studies.facts import Study
    from assistant.values import Document


def studies(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="With --chart: the PNG or SVG file to draw to.")] = None,
    *,
    json: Json = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV: every cell with its quote and its characters.")] = False,
    chart: Annotated[bool, typer.Option("--chart", help="Draw survival by arm, to FILE or as bars on the terminal.")] = False,
    document: Annotated[str | None, typer.Option("--document", metavar="DOCUMENT", help="Only those of this document.")] = None,
    home: Home = None,
) -> None:
    """Print the studies that the documents report.

    One row for each arm, with the quote of every cell.

    Example: assistant studies --chart survival.png
    """
    if json + csv + chart > 1:
        raise UsageError("--json, --csv and --chart are three forms of the same; choose one")
    if file is not None and not chart:
        raise UsageError(f"{file} is only for --chart; to limit the table to a document: --document {file}")
    with opened(home) as assistant:
        documents = assistant.documents() if document is None else (assistant.library.document(document),)
        among = {item.id for item in documents}
        found = tuple(study for study in assistant.studies() if study.document in among)
        texts = {study.document: assistant.library.text(study.document) for study in found}
    if json:
        from assistant.interfaces.render.evidence import studies_json

        write_json(studies_json(found, texts.__getitem__))
    elif csv:
        _csv(found, documents, texts)
    elif not found:
        complain("no studies in these documents")
    elif chart:
        show_chart(found, documents, file)
    else:
        _table(found, documents, texts)


def _table(found: Sequence[Study], documents: Sequence[Document], texts: dict[str, str]) -> None:
    from assistant.interfaces.render import tables

    if stdout_is_terminal():
        from assistant.studies.evidence import evidence

        draw(tables.studies_page(found, documents, evidence(found, texts.__getitem__)))
    else:
        write(tables.studies_text(found))


def _csv(found: Sequence[Study], documents: Sequence[Document], texts: dict[str, str]) -> None:
    from assistant.interfaces.render.evidence import evidence_csv
    from assistant.studies.evidence import evidence

    write(evidence_csv(evidence(found, texts.__getitem__), documents))
