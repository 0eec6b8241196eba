"""An Assistant for a command, with a bar while the library is built on first use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.interfaces.cli.screen import progress

if TYPE_CHECKING:
    from assistant.api import Assistant


@contextmanager
def opened(home: Path | None, model: str | None = None) -> Iterator[Assistant]:
    """The Assistant of ``home``."""
    from assistant.api import Assistant

    with progress("building the library, once") as report:
        assistant = Assistant.open(home, model, report)
    with assistant:
        yield assistant
