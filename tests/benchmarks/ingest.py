"""Adding documents, side by side with the usual stack's ``add_texts`` of the same passages.

    python -m tests.benchmarks.ingest CORPUS [--documents N] [--usual PYTHON] [--rounds N]

CORPUS is a ``corpus.jsonl`` in BEIR's format, whose first N texts (260) are added. Ours is all that ``assistant library add`` does:
reading files, splitting, extracting studies, encoding, indexing, checking and publishing; theirs is encoding and Chroma, given our
passages. The sides take turns, each in a process of its own whose imports and encoder are loaded before its clock starts.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
SIDES = ("ours", "usual")


def ours(place: Path) -> int:
    """Adds the files in ``place/files`` to a library that has its encoder; returns the passages."""
    from assistant import Assistant

    with tempfile.TemporaryDirectory(dir=place) as home, Assistant.open(home) as assistant:
        assistant.prepare()
        begun = now()
        count = assistant.add(place / "files").passages
        end(begun, count)
        if not (place / "passages.json").exists():
            texts = [p.in_context for d in assistant.documents() for p in assistant.library.passages(d.id)]
            (place / "passages.json").write_text(json.dumps(texts), encoding="utf-8")
    return count


def usual(place: Path) -> int:
    """Adds the passages to a store of the usual stack; returns how many they are."""
    from langchain_chroma import Chroma
    from langchain_huggingface import HuggingFaceEmbeddings

    from assistant.library.encoder import weights
    from assistant.settings import PACKAGED_ENCODER

    texts = json.loads((place / "passages.json").read_text(encoding="utf-8"))
    model = str(weights(PACKAGED_ENCODER).folder)
    embeddings = HuggingFaceEmbeddings(model_name=model, model_kwargs={"device": "cpu"}, encode_kwargs={"normalize_embeddings": True})
    embeddings.embed_query("ready")
    with tempfile.TemporaryDirectory(dir=place) as store:
        passages = Chroma("passages", embeddings, persist_directory=store)
        begun = now()
        passages.add_texts(texts)
        end(begun, len(texts))
    return len(texts)


def now() -> tuple[float, float]:
    """Seconds on the clock, and of processors."""
    return time.perf_counter(), time.process_time()


def end(begun: tuple[float, float], passages: int) -> None:
    """Prints passages, and the seconds on the clock and of processors since they were ``begun``, as JSON."""
    print(json.dumps([passages, *(after - before for before, after in zip(begun, now(), strict=True))]), flush=True)


def main() -> None:
    """Prints a row for each round, and the medians."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--documents", type=int, default=260)
    parser.add_argument("--usual", default=sys.executable, metavar="PYTHON")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--side", choices=SIDES)
    options = parser.parse_args()
    if options.side:
        globals()[options.side](options.corpus)
        return
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "files").mkdir()
        with options.corpus.open(encoding="utf-8") as lines:
            for row in map(json.loads, islice(lines, options.documents)):
                (place / "files" / f"{row['_id']}.txt").write_text(f"{row['title']}\n\n{row['text']}\n", encoding="utf-8")
        ratios = []
        for _ in range(options.rounds):
            found = [_side(side, sys.executable if side == "ours" else options.usual, place) for side in SIDES]
            ratios.append([found[1][n] / found[0][n] for n in (1, 2)])
            rows = [f"{side} {n} passages, {wall:.1f} s, cpu {cpu:.1f} s" for side, (n, wall, cpu) in zip(SIDES, found, strict=True)]
            print("; ".join(rows), flush=True)
    wall, processor = (median(column) for column in zip(*ratios, strict=True))
    print(f"medians of {options.rounds}: the usual stack takes {wall:.2f} times our time, {processor:.2f} times our processor time")


def _side(side: str, python: str, place: Path) -> tuple[int, float, float]:
    command = [python, "-m", "tests.benchmarks.ingest", str(place), "--side", side]
    done = subprocess.run(command, check=True, cwd=ROOT, capture_output=True, text=True)
    passages, wall, processor = json.loads(done.stdout.splitlines()[-1])
    return passages, wall, processor


if __name__ == "__main__":
    main()
