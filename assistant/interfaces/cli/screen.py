"""Where output goes: results to stdout, everything else to stderr; Rich where a terminal reads it, plain text elsewhere."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assistant.errors import AssistantError

if TYPE_CHECKING:
    from rich.console import RenderableType

FAILURE = 1
USAGE = 2
NOT_IN_SOURCES = 3

# What a pager shows above the line that it opens at.
_LINES_ABOVE = 4

Progress = Callable[[str, int, int], None]


def stdout_is_terminal() -> bool:
    """Whether a person reads stdout."""
    return sys.stdout.isatty()


def width() -> int:
    """Columns of the terminal, or 80."""
    return shutil.get_terminal_size().columns


def draw(renderable: RenderableType) -> None:
    """Prints on the terminal at stdout, in its width; colours follow NO_COLOR and TERM."""
    from rich.console import Console

    console = Console(markup=False, highlight=False, emoji=False)
    with console.capture() as drawn:
        console.print(renderable)
    write("\n".join(line.rstrip() for line in drawn.get().split("\n")))


def write(text: str) -> None:
    """Writes a result to stdout. A reader that has gone, such as ``head``, ends the process quietly.

    Raises AssistantError where it cannot be written, as on a full disk.
    """
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        # What is still in the buffer would fail again when the process ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):
            raise SystemExit(FAILURE) from None
        raise AssistantError(f"the result cannot be written: {error.strerror}") from error


def say(verb: str, title: str) -> None:
    """One line of a result: what was done, and to what."""
    from assistant.interfaces.render.clean import one_line

    write(f"{verb}: {one_line(title)}\n")


def page(text: str, line: int) -> None:
    """Shows ``text``, which may hold styles, from ``line`` (from 1) in less; where that is not there, writes it as it is."""
    less = shutil.which("less")
    if less is None:
        write(text.rstrip("\n") + "\n")
        return
    # Ctrl-C stops what less is doing, and less goes on.
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        command = [less, "-R", "-F", f"+{max(1, line - _LINES_ABOVE)}g"]
        subprocess.run(command, input=text.rstrip("\n") + "\n", text=True, encoding="utf-8", errors="replace", check=False)
    finally:
        signal.signal(signal.SIGINT, before)


def write_json(json_text: str) -> None:
    """Writes JSON to stdout, with what could steer a terminal escaped."""
    from assistant.interfaces.render.clean import json_for_terminals

    write(json_for_terminals(json_text) + "\n")


def complain(message: str) -> None:
    """One line on stderr."""
    from assistant.interfaces.render.clean import one_line

    remark(one_line(message))


def remark(text: str) -> None:
    """Lines on stderr; on a terminal they are broken between words."""
    from assistant.interfaces.render.clean import clean

    lines = clean(text).split("\n")
    sys.stderr.write("\n".join(map(_wrapped, lines) if sys.stderr.isatty() else lines) + "\n")
    sys.stderr.flush()


def _wrapped(line: str) -> str:
    return "\n".join(textwrap.wrap(line, width(), break_long_words=False, break_on_hyphens=False)) or line


@contextmanager
def progress(work: str) -> Iterator[Progress]:
    """A bar on stderr while ``work`` reports steps; without a terminal, one line when the first step is reported."""
    if not sys.stderr.isatty():
        yield _announced_once(work)
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}", markup=False), BarColumn(bar_width=30), TimeElapsedColumn())
    bar = Bar(*columns, console=Console(stderr=True), transient=True)

    def report(stage: str, done: int, total: int) -> None:
        if not bar.task_ids:
            bar.start()
            bar.add_task("")
        bar.update(bar.task_ids[0], description=f"{work}: {stage}", completed=done, total=total or None)

    try:
        yield report
    finally:
        if bar.task_ids:
            bar.stop()


def _announced_once(work: str) -> Progress:
    said: list[str] = []

    def report(_stage: str, _done: int, _total: int) -> None:
        if not said:
            said.append(work)
            complain(f"{work} …")

    return report
