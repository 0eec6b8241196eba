"""Is the library sound? Looks into a generation from a child process, since a damaged vector store can end the one that reads it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from assistant.errors import LibraryDamaged
from assistant.library import generations
from assistant.values import Value

# A store of 300,000 passages took a small part of this.
_SECONDS = 600
_CHILD = "assistant.library.inspection"


class CheckReport(Value):
    """What a check found; the library is sound when ``problems`` is empty. ``generation`` is empty where none can be told."""

    generation: str
    documents: int = 0
    passages: int = 0
    problems: tuple[str, ...] = ()


def check(home: Path) -> CheckReport:
    """Compares the published generation's catalogue, indexes and encoder row by row.

    Raises LibraryError where there is no library.
    """
    try:
        pin = generations.pin(home)
    except LibraryDamaged as error:
        return CheckReport(generation="", problems=(str(error),))
    found = [] if generations.names_current(home) else ["CURRENT is missing; the newest generation is taken for it"]
    try:
        seen = _inspected(home, pin.folder)
    finally:
        pin.release()
    return seen.model_copy(update={"generation": pin.name, "problems": (*found, *seen.problems)})


def _inspected(home: Path, folder: Path) -> CheckReport:
    """What the child saw: its last word on each count, and every problem."""
    command = [sys.executable, "-m", _CHILD, str(home), str(folder)]
    try:
        child = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return CheckReport(generation="", problems=(f"reading the library took more than {_SECONDS} seconds",))
    seen: dict[str, Any] = {}
    problems: list[str] = []
    for entry in map(json.loads, child.stdout.splitlines()):
        problems += [entry["problem"]] if "problem" in entry else []
        seen |= entry
    if child.returncode:
        how = f"signal {-child.returncode}" if child.returncode < 0 else f"exit code {child.returncode}"
        last = (child.stderr.strip().splitlines() or ["no message"])[-1]
        problems.append(f"reading {seen.get('stage', 'the library')} ended the process ({how}: {last})")
    counts = {name: seen[name] for name in ("documents", "passages") if name in seen}
    return CheckReport(generation="", problems=tuple(dict.fromkeys(problems)), **counts)
