"""An Assistant for a command, with a bar while the library is built on first use; who cannot change it is told at once."""

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


def require_no_writer(home: Path | None) -> None:
    """Raises LibraryLocked where another process is changing the library, before anything that takes time is imported or read."""
    from assistant.library import generations
    from assistant.settings import Settings

    settings = Settings.load(home)
    if settings.shared is None:  # to a shared store several may write
        generations.require_no_writer(settings.home)
