"""A large library: search, memory, disk, and what it takes to publish one more document.

    python -m tests.benchmarks.scale PASSAGES [--home HOME]

The library is made by the code that ``library add`` uses, but for reading and encoding: texts are words drawn with the frequencies of a
language, and vectors are random unit vectors, which are harder to search than those of texts, and cost no encoding. It lies in HOME
or a temporary folder; a HOME that has a library is measured as it is. Memory is the peak of a process that only searches.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles

import numpy as np

from assistant.library import generations, ingest, space
from assistant.library.catalogue import text_digest
from assistant.library.library import Library
from assistant.library.publishing import next_generation, prepare_encoder
from assistant.settings import PACKAGED_ENCODER
from assistant.values import Document, Passage

# Passages of a document, words of a passage, words of the language.
PASSAGES, WORDS, VOCABULARY = 20, 60, 30_000
SEARCHES = 200
# Times that a library is searched, by a process of its own, and added to.
ROUNDS = 5
VERSION = "none"


def documents(count: int) -> Iterator[tuple[Document, str, list[Passage]]]:
    """Documents with ``count`` passages in all."""
    chance = np.random.default_rng(7)
    letters = np.array(list("etaoinshrdlucmfwypvbgk"))
    words = np.array(["".join(chance.choice(letters, size)) for size in chance.integers(3, 10, VOCABULARY)])
    for number in range(count // PASSAGES):
        drawn = np.minimum(chance.zipf(1.3, (PASSAGES, WORDS)), VOCABULARY) - 1
        parts = [" ".join(row) + "." for row in words[drawn]]
        text, name = "\n\n".join(parts), f"{number:012x}"
        starts = [0, *np.cumsum([len(part) + 2 for part in parts]).tolist()]
        passages = [
            Passage(id=f"{name}:{start}", document=name, start=start, end=following - 2, text=text[start : following - 2])
            for start, following in pairwise(starts)
        ]
        yield Document(id=name, title=f"Report {number}", date=None, path=name, sha256=name, characters=len(text)), text, passages


def build(home: Path, count: int) -> None:
    """Publishes a library of ``count`` passages."""
    chance = np.random.default_rng(8)
    with generations.writing(home) as writer:
        encoder = prepare_encoder(home, PACKAGED_ENCODER, _tell)
        with next_generation(writer, encoder, _tell) as catalogue:
            for document, text, passages in documents(count):
                catalogue.add_document(document, text)
                catalogue.set_passages(document.id, passages)
                rows = chance.normal(size=(len(passages), encoder.usual.dimensions)).astype("<f4")
                rows /= np.linalg.norm(rows, axis=1, keepdims=True)
                catalogue.set_vectors({text_digest(p.in_context): row for p, row in zip(passages, rows, strict=True)})
            catalogue.note("facts_version", VERSION)


def search(home: Path) -> None:
    """Searches, and prints times and this process's peak."""
    queries = [passages[0].text[:80] for _, _, passages in documents(SEARCHES * PASSAGES)]
    with Library.open(home, embedding_model=PACKAGED_ENCODER) as library:
        begun = time.perf_counter()
        library.search("how long did they live", 10)
        opened = time.perf_counter() - begun
        walls, processors = [], []
        for query in queries:
            begun, before = time.perf_counter(), time.process_time()
            library.search(query, 10)
            walls.append(1000 * (time.perf_counter() - begun))
            processors.append(1000 * (time.process_time() - before))
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    peak = next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))
    print(
        "search, ms: "
        + "; ".join(f"{name} p50 {median(t):.1f} p95 {quantiles(t, n=20)[18]:.1f}" for name, t in (("wall", walls), ("cpu", processors)))
        + f"; the first {opened:.2f} s; peak {peak:.0f} MB",
        flush=True,
    )


def publish(home: Path, place: Path) -> None:
    """Adds one small document several times, and prints the stages' seconds; the first time modules are imported."""
    for number in range(1 + ROUNDS):
        file = place / f"note-{number}.txt"
        file.write_text(f"Note {number}\n\nMice that were given compound XY-{number} lived for 5{number} days.\n", encoding="utf-8")
        stages = [("start", time.perf_counter(), time.process_time())]
        ingest.add(
            home, [file], embedding_model=PACKAGED_ENCODER, extract=lambda *_: [], facts_version=VERSION,
            progress=lambda stage, *_, s=stages: s.append((stage, time.perf_counter(), time.process_time())),
        )  # fmt: skip
        stages.append(("end", time.perf_counter(), time.process_time()))
        total, processor = stages[-1][1] - stages[0][1], stages[-1][2] - stages[0][2]
        parts = ", ".join(f"{b[0]} +{b[1] - a[1]:.2f}" for a, b in pairwise(stages) if b[1] - a[1] > 0.05)
        print(f"publish one document: {total:.2f} s, of processors {processor:.2f} s ({parts})", flush=True)


def _tell(stage: str, done: int, total: int) -> None:
    if done == total:
        print(f"{time.strftime('%H:%M:%S')} {stage}: {total}", flush=True)


def main() -> None:
    """Builds where there is none, then measures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("passages", type=int)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--search-only", action="store_true")
    options = parser.parse_args()
    if options.search_only:
        search(options.home)
        return
    with tempfile.TemporaryDirectory() as place:
        home = options.home or Path(place) / "home"
        if not Library.exists(home):
            begun = time.perf_counter()
            build(home, options.passages)
            print(f"built in {time.perf_counter() - begun:.0f} s")
        size = space.size(generations.root(home) / (generations.current(home) or ""))
        print(f"{options.passages} passages, {size / 1e6:.0f} MB on the disk", flush=True)
        for _ in range(ROUNDS):
            command = [sys.executable, "-m", "tests.benchmarks.scale", str(options.passages), "--home", str(home), "--search-only"]
            subprocess.run(command, check=True, cwd=Path(__file__).resolve().parents[2])
        publish(home, Path(place))


if __name__ == "__main__":
    main()
