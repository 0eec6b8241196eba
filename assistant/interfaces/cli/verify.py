"""``assistant verify``: does a saved answer still hold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.errors import UsageError
from assistant.interfaces.cli.opened import opened
from assistant.interfaces.cli.options import Home
from assistant.interfaces.cli.screen import FAILURE, complain, remark, write

if TYPE_CHECKING:
    from assistant.values import Answer


def verify(
    file: Annotated[Path, typer.Argument(metavar="ANSWER.json", help="What 'assistant ask --json' printed.")],
    *,
    home: Home = None,
) -> None:
    """Check a saved answer against the library.

    Its quotes must stand at their characters and its arithmetic must be right; else the exit code is 1. Quotes of a version that
    another superseded are looked for in that version, and it is said that there is a newer one.

    Example: assistant verify answer.json
    """
    answer = _saved(file)
    with opened(home) as assistant:
        recheck = assistant.verify(answer)
    for problem in recheck.problems:
        complain(f"wrong: {problem}")
    for change in recheck.changes:
        remark(change)
    if recheck.problems:
        raise typer.Exit(FAILURE)
    from assistant.interfaces.render.wording import counted

    write(f"holds: {counted(len(answer.citations), 'quote')}, {counted(len(answer.calculations), 'calculation')}\n")


def _saved(file: Path) -> Answer:
    from pydantic import ValidationError

    from assistant.values import Answer

    try:
        return Answer.model_validate_json(file.read_bytes())
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}") from error
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise UsageError(f"{file} is no answer as 'assistant ask --json' prints it: {where or 'file'}: {first['msg']}") from error
