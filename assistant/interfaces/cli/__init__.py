"""The command line; ``main`` is what the console script calls."""

from assistant.interfaces.cli.main import main

__all__ = ["main"]
