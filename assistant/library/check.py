"""Is the library sound? Looks into a generation from a child process, since a damaged vector store can end the one that reads it."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from assistant.errors import AssistantError
from assistant.library import generations
from assistant.library.catalogue import Catalogue
from assistant.library.encoder import Encoder
from assistant.library.indexes import problems
from assistant.library.snapshot import encoder_folder
from assistant.values import Value

# A store of 300,000 passages took a small part of this.
_SECONDS = 600


class CheckReport(Value):
    """What a check found; the library is sound when ``problems`` is empty."""

    generation: str
    documents: int = 0
    passages: int = 0
    problems: tuple[str, ...] = ()


def check(home: Path) -> CheckReport:
    """Compares the published generation's catalogue, indexes and encoder. Raises LibraryError where there is no library."""
    pin = generations.pin(home)
    try:
        child = subprocess.run(
            [sys.executable, "-m", __name__, str(home), str(pin.folder)], capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return CheckReport(generation=pin.name, problems=(f"reading the library took more than {_SECONDS} seconds",))
    finally:
        pin.release()
    if child.returncode == 0:
        return CheckReport(generation=pin.name, **json.loads(child.stdout))
    how = f"signal {-child.returncode}" if child.returncode < 0 else f"exit code {child.returncode}"
    last = (child.stderr.strip().splitlines() or ["no message"])[-1]
    return CheckReport(generation=pin.name, problems=(f"reading the library ended the process ({how}: {last})",))


def look(home: Path, folder: Path) -> dict[str, object]:
    """What one generation's folder holds and what is wrong with it, in this process."""
    found: list[str] = []
    counts = {"documents": 0, "passages": 0}
    try:
        with closing(Catalogue.reading(folder)) as catalogue:
            counts = {table: catalogue.count(table) for table in counts}
            found += _text_problems(catalogue)
            found += problems(folder, catalogue)
            Encoder(encoder_folder(home, catalogue.meta("encoder")))
    except AssistantError as error:
        found.append(str(error))
    return {**counts, "problems": found}


def _text_problems(catalogue: Catalogue) -> list[str]:
    return [
        f"document {document.id} is not the text that was added"
        for document in catalogue.documents()
        if not catalogue.holds(document.id, document.sha256)
    ]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(look(Path(sys.argv[1]), Path(sys.argv[2]))))
