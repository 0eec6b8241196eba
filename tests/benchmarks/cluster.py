"""Adding on a Ray cluster beside adding without: is it the same library, also after a kill, and how fast is it?

    python -m tests.benchmarks.cluster [--documents 2000] [--address auto] [--shared]

Invented documents of two passages each are added to four libraries: by the plain command; by ``--ray``; by ``--ray`` again, where the
command ends by SIGKILL when half is read; and by the same command after that. The encoder is made before. With ``--shared`` the
libraries of ``--ray`` are shared stores, on servers of their own. Ends with 1 where a library is not the plain one.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.library.bulk import MANY
from assistant.library.chosen import store_of
from assistant.library.publishing import prepare_encoder
from assistant.library.store import silent
from assistant.settings import PACKAGED_ENCODER, Settings
from assistant.studies.extract import EXTRACTOR_VERSION, extract_studies
from tests.benchmarks.safety import made
from tests.servers import servers

PASSAGES = 2
# Of any number of a vector, by the order in which sums are made.
TOLERANCE = 1e-5
# Processes whose parents ended become this one's, so that their seconds are counted.
_SUBREAPER = 36


@dataclass
class Place:
    """A home, and what names the shared store that has its library."""

    home: Path
    names: Mapping[str, str]


@dataclass
class Run:
    """What a command took: seconds on the clock and of processors, and what it said at its end."""

    name: str
    wall: float
    cpu: float
    said: str


def act(ray: str, home: str, kill_at: int, folder: str) -> None:
    """What a process of its own does: adds the files, and says how many documents and passages came."""

    def progress(stage: str, done: int, total: int) -> None:
        if stage == "reading" and done == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    with closing(store_of(Settings.load(home), extract_studies, EXTRACTOR_VERSION)) as store:
        report = store.add([folder], progress=progress, ray=None if ray == "-" else ray)
    print(len(report.added), report.passages, len(report.refused))


def run(name: str, ray: str, place: Place, files: Path, kill_at: int = -1) -> Run:
    command = [sys.executable, "-m", "tests.benchmarks.cluster", "--act", ray, place.home, kill_at, files]
    begun, processors = time.monotonic(), Processors()
    with subprocess.Popen(
        [*map(str, command)], stdout=subprocess.PIPE, text=True, env=os.environ | dict(place.names), start_new_session=True
    ) as process:
        while process.poll() is None:
            processors.look()
            time.sleep(0.2)
        wall, said = time.monotonic() - begun, process.stdout.read() if process.stdout else ""
    if process.returncode != (0 if kill_at < 0 else -signal.SIGKILL):
        sys.exit(f"{name} ended with {process.returncode}")
    print(f"{name}: {wall:.0f} s, {processors.seconds:.0f} s of processors; {said.strip()}", file=sys.stderr, flush=True)
    return Run(name, wall, processors.seconds, said.strip())


class Processors:
    """Seconds of processors that the processes below this one took, up to the last look at each."""

    def __init__(self) -> None:
        self._ticks: dict[tuple[str, str], int] = {}
        self._before = {process for process, _, _ in self._below()}

    @property
    def seconds(self) -> float:
        return sum(self._ticks.values()) / os.sysconf("SC_CLK_TCK")

    def look(self) -> None:
        for process, _, ticks in self._below():
            if process not in self._before:
                self._ticks[process] = ticks

    def _below(self) -> list[tuple[tuple[str, str], str, int]]:
        """(pid and beginning), parent's pid, ticks of all processes whose parents lead to this one."""
        found = []
        for file in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = file.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            except OSError:
                continue  # it has ended
            found.append(((file.parent.name, fields[19]), fields[1], int(fields[11]) + int(fields[12])))
        below = {str(os.getpid())}
        while more := {process[0] for process, parent, _ in found if parent in below} - below:
            below |= more
        return [entry for entry in found if entry[1] in below]


def contents(place: Place) -> tuple[list[object], np.ndarray]:
    """Documents, passages and studies, and the vectors of the passages."""
    with closing(store_of(Settings.load(place.home, None, place.names), extract_studies, EXTRACTOR_VERSION)) as store:
        catalogue = store.moment().catalogue
        documents = catalogue.documents()
        passages = [passage for document in documents for passage in catalogue.passages(document.id)]
        return [documents, passages, catalogue.facts()], catalogue.vectors([passage.id for passage in passages])


def compared(plain: tuple[list[object], np.ndarray], other: tuple[list[object], np.ndarray]) -> tuple[bool, str]:
    """Whether all but the vectors is equal and these are nearly, and how near they are."""
    if plain[0] != other[0] or plain[1].shape != other[1].shape:
        return False, "-"
    difference = float(abs(plain[1] - other[1]).max())
    return difference < TOLERANCE, f"{difference:.0e}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--address", default="auto")
    parser.add_argument("--shared", action="store_true")
    options = parser.parse_args()
    ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)
    with ExitStack() as stack:
        work = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cluster-")))
        files = work / "files"
        made.write(files, options.documents, PASSAGES)
        (files / "empty.txt").touch()
        both = stack.enter_context(servers()) if options.shared else None
        plain = Place(home(work), {})
        whole, killed = (Place(home(work), both.environment() if both else {}) for _ in range(2))
        runs = [
            (run("plain", "-", plain, files), None),
            (run("`--ray`", options.address, whole, files), whole),
            (run("`--ray`, killed at half", options.address, killed, files, options.documents // 2), None),
            (run("`--ray`, resumed", options.address, killed, files), killed),
        ]
        sys.exit(0 if table(runs, contents(plain)) else 1)


def home(work: Path) -> Path:
    """A new home, with the encoder."""
    made_home = Path(tempfile.mkdtemp(dir=work))
    (made_home / "library").mkdir()
    prepare_encoder(made_home, PACKAGED_ENCODER, silent).quickest(MANY)
    return made_home


def table(runs: Sequence[tuple[Run, Place | None]], expected: tuple[list[object], np.ndarray]) -> bool:
    """Prints a row for each run; whether each library that one gave is as expected."""
    right = True
    print("| | wall s | cpu s | documents/s | documents, passages, refused | the same library | largest difference of vectors |")
    print("|---|---|---|---|---|---|---|")
    for done, place in runs:
        same, cosine = compared(expected, contents(place)) if place else (True, "")
        right = right and same
        rate = f"{int(done.said.split()[0]) / done.wall:.1f}" if done.said else ""
        told = "" if place is None else "yes" if same else "NO"
        print(f"| {done.name} | {done.wall:.0f} | {done.cpu:.0f} | {rate} | {done.said} | {told} | {cosine} |")
    return right


if __name__ == "__main__":
    if sys.argv[1:2] == ["--act"]:
        act(sys.argv[2], sys.argv[3], int(sys.argv[4]), sys.argv[5])
    else:
        main()
