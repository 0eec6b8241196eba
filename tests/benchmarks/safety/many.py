"""A thousand mixed documents in one command: memory over time, and throughput."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.made_files import Made, docx, html, markdown, pdf

_MAKERS = {".txt": markdown, ".md": markdown, ".html": html, ".docx": docx, ".pdf": pdf}


@dataclass
class Many:
    """Resident memory in MB by second, of the command and of its children, and what it said at its end."""

    documents: int
    memory: list[tuple[float, float]] = field(default_factory=list)
    said: str = ""
    code: int = 0

    @property
    def rows(self) -> list[tuple[str, str]]:
        peak = max(total for _, total in self.memory)
        times = [round(len(self.memory) * part) for part in (0.25, 0.5, 0.75)]
        quarters = ", ".join(f"{self.memory[at][1]:,.0f}" for at in times)
        return [
            ("documents, exit code", f"{self.documents}, {self.code}"),
            ("MB at a quarter, half, three quarters; most", f"{quarters}; {peak:,.0f}"),
            ("it said", self.said),
        ]


def many(documents: int, work: Path) -> Many:
    """Adds ``documents`` files of five formats from one folder, by the command line."""
    folder = work / "many"
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(documents):
        suffix = list(_MAKERS)[number % len(_MAKERS)]
        (folder / f"report{number}{suffix}").write_bytes(_MAKERS[suffix](_made(number)))
    environment = os.environ | {"ASSISTANT_HOME": str(work / "many-home")}
    subprocess.run([sys.executable, "-m", "assistant", "library", "list"], env=environment, check=True, capture_output=True)
    command = [sys.executable, "-m", "assistant", "library", "add", str(folder)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    result = Many(documents)
    begun = time.monotonic()
    while process.poll() is None:
        result.memory.append((time.monotonic() - begun, _resident(process.pid)))
        time.sleep(0.5)
    assert process.stdout
    result.said, result.code = process.stdout.read().strip().splitlines()[-1], process.returncode
    return result


def _made(number: int) -> Made:
    rows = [["Arm", "n", "Activity (MBq)", "Median survival (days)"], ["Vehicle", "8", "-", f"{30 + number % 40}"]]
    rows += [[f"QX-{number}, {word}", "8", "20", f"{60 + number % 50 + extra}"] for extra, word in enumerate(("one dose", "two doses"))]
    parts = ["# Results", f"Rats with tumours of line T{number} received QX-{number} or its vehicle by injection into a vein.", rows]
    return Made([*parts, f"No animal of experiment {number} was lost to follow-up."], title=f"Survival of rats given QX-{number}")


def _resident(pid: int) -> float:
    """MB of a process and its children."""
    total = 0.0
    for one in (pid, *_children(pid)):
        try:
            pages = int(Path(f"/proc/{one}/statm").read_text(encoding="ascii").split()[1])
        except (OSError, IndexError):
            continue
        total += pages * os.sysconf("SC_PAGE_SIZE") / 1e6
    return total


def _children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]
    except OSError:
        return []
