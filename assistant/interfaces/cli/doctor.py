"""``assistant doctor``: is everything there, and what is configured."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import typer

from assistant.interfaces.cli.options import Home, Json, Model
from assistant.interfaces.cli.screen import FAILURE, draw, stdout_is_terminal, write, write_json

if TYPE_CHECKING:
    from rich.console import RenderableType

    from assistant.interfaces.cli.diagnosis import Finding

_SIGNS = {True: ("✓", "green"), False: ("✗", "bold red"), None: (" ", "")}


def doctor(*, json: Json = False, model: Model = None, home: Home = None) -> None:
    """Check the installation, the library and the model.

    Builds nothing; of a key only its presence is told.

    Example: assistant doctor
    """
    from assistant.interfaces.cli.diagnosis import findings
    from assistant.settings import Settings

    found = tuple(findings(Settings.load(home, model)))
    healthy = all(finding.ok is not False for finding in found)
    if json:
        from pydantic_core import to_json

        write_json(to_json({"healthy": healthy, "findings": found}, indent=2).decode())
    elif stdout_is_terminal():
        draw(_page(found))
    else:
        write(_text(found))
    if not healthy:
        raise typer.Exit(FAILURE)


def _page(found: Sequence[Finding]) -> RenderableType:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    from assistant.interfaces.render.clean import one_line

    grid = Table.grid(padding=(0, 2, 0, 0))
    for column in ("about", "sign", "name", "value"):
        grid.add_column(no_wrap=column != "value", overflow="fold")
    for about, group in groupby(found, key=lambda finding: finding.about):
        for index, finding in enumerate(group):
            sign, style = _SIGNS[finding.ok]
            heading = Text("" if index else about, style="bold")
            grid.add_row(heading, Text(sign, style=style), Text(finding.name), Text(one_line(finding.value)))
    return Padding(grid, (1, 2))


def _text(found: Sequence[Finding]) -> str:
    from assistant.interfaces.render.clean import one_line

    words = {True: "ok", False: "WRONG", None: "-"}
    return "".join(f"{finding.about}\t{finding.name}\t{words[finding.ok]}\t{one_line(finding.value)}\n" for finding in found)
