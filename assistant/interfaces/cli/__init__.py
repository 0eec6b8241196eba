"""The command line; ``main`` is what the console script calls."""

from __future__ import annotations

import sys
from typing import NoReturn

_INTERRUPTED = 130


def main() -> NoReturn:
    """Runs the command line and exits: 0 answered, 3 not in the sources, 2 usage, 1 failure, 130 interrupted."""
    try:
        from assistant.interfaces.cli.main import run  # an interrupt while it is imported must be caught, too

        code = run()
    except KeyboardInterrupt:
        code = _INTERRUPTED
    sys.exit(code)


__all__ = ["main"]
