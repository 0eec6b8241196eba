"""Runs a command, and turns whatever goes wrong into one line on stderr and an exit code."""

from __future__ import annotations

import logging
import sys
import warnings
from types import TracebackType

import typer
from typer.main import get_command

from assistant.errors import AssistantError
from assistant.interfaces.cli.app import app
from assistant.interfaces.cli.screen import USAGE, complain


def run() -> int:
    """Runs the command that the process was started with; returns its exit code."""
    _prepare_process()
    try:
        outcome = get_command(app)(prog_name="assistant", standalone_mode=False)
    except AssistantError as error:
        complain(f"error: {error}")
        return error.exit_code
    except typer.TyperException as error:
        # Only errors of usage know the command that they belong to.
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "assistant"
        complain(f"error: {error.format_message().rstrip('.')}; see: {command} --help")
        return USAGE
    return outcome if isinstance(outcome, int) else 0


def _prepare_process() -> None:
    """Keeps stderr for our own words and stdout printable, whatever the locale.

    ``python -X dev -m assistant`` leaves warnings and tracebacks as they are.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    if sys.flags.dev_mode:
        return
    warnings.simplefilter("ignore")
    logging.getLogger().addHandler(logging.NullHandler())
    sys.excepthook = _one_line


def _one_line(kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
    complain(f"error: a fault of the assistant itself, {kind.__name__}: {error}; to see where: python -X dev -m assistant …")
