"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Home = Annotated[
    Path | None,
    typer.Option(
        "--home",
        metavar="FOLDER",
        help="Where the library and the conversations are kept; default: $ASSISTANT_HOME, else a folder of yours.",
    ),
]
Model = Annotated[
    str | None,
    typer.Option("--model", metavar="NAME", help="'offline' or 'provider:model'; default: $ASSISTANT_MODEL, else offline."),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
DocumentName = Annotated[str, typer.Argument(metavar="DOCUMENT", help="An id, the beginning of one, a title or a file name.")]
