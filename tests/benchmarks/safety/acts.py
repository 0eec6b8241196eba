"""What the benchmark's processes do to a library; ``python -m safety.acts ACT …`` from the folder above.

``add HOME FILE…`` says ``begun`` and adds; ``add-telling`` also says each stage that it comes to, and each step of publishing;
``add-unchecked`` looks for no room. ``read HOME STOP COUNTS…`` asks until the file STOP is there. ``write HOME STOP FILE…`` adds and
removes until then. The last two print one JSON object with what they saw.
"""

from __future__ import annotations

import json
import random
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from assistant.errors import AssistantError, LibraryLocked
from assistant.library import generations, ingest, manifest, publishing, space
from assistant.library.encoder import Encoder
from assistant.library.library import Library
from assistant.library.store import Progress
from assistant.settings import PACKAGED_ENCODER
from assistant.values import Document
from tests.benchmarks.safety.made import cheap_vectors

_FACTS = "none-1"
# Documents that a search for their name must find, since the name stands in each passage and nowhere else.
_INVENTED = re.compile(r"[A-Z]\d+K")


def facts(document: Document, text: str) -> list[str]:
    """One fact, so that there are some to lose."""
    return [json.dumps({"document": document.id, "characters": len(text)})]


def add(home: Path, files: list[str], tell: Progress | None = None) -> ingest.IngestReport:
    return ingest.add(home, files, embedding_model=PACKAGED_ENCODER, extract=facts, facts_version=_FACTS, progress=tell)


def rebuild(home: Path) -> ingest.RebuildReport:
    return ingest.rebuild(home, embedding_model=PACKAGED_ENCODER, extract=facts, facts_version=_FACTS)


def opened(home: Path) -> Library:
    return Library.open(home, embedding_model=PACKAGED_ENCODER)


def wrongs(library: Library, counts: frozenset[int], rng: random.Random) -> list[str]:
    """One question, and what is wrong with what the library says to it; ``counts`` are the numbers of documents it may have, or empty."""
    before = library._published.current()
    library.refresh()
    found = []
    if before and library.generation < before:
        found.append(f"asked after {before} was published, answered from {library.generation}")
    with library.pinned() as pinned:
        documents = {document.id: document for document in pinned.documents()}
        if counts and len(documents) not in counts:
            found.append(f"{len(documents)} documents, not one of {sorted(counts)}")
        if len({d.sha256 for d in documents.values()}) != len(documents):
            found.append("a document is there twice")
        invented = [document for document in documents.values() if _INVENTED.fullmatch(Path(document.path).stem)]
        wanted = rng.choice(invented) if invented else None
        name = Path(wanted.path).stem if wanted else "nothing"
        hits = pinned.search(f"the animals of group {name}0", 10)
        if wanted and wanted.id not in {hit.passage.document for hit in hits}:
            found.append(f"{name} is a document, but a search for it does not find it")
        for hit in hits:
            if hit.passage.document not in documents:
                found.append(f"a hit in {hit.passage.document}, which is no document")
            elif pinned.text(hit.passage.document)[hit.passage.start : hit.passage.end] != hit.passage.text:
                found.append(f"{hit.passage.id} is not the text at its place")
    return found


def read(home: Path, stop: Path, counts: frozenset[int]) -> dict[str, object]:
    rng, found, seen, lasted = random.Random(), [], set(), []
    with opened(home) as library:
        while not stop.exists():
            begun = time.monotonic()
            found += wrongs(library, counts, rng)
            lasted.append(time.monotonic() - begun)
            seen.add(library.generation)
            time.sleep(0.05)
    first, slowest = lasted[0] if lasted else 0.0, max(lasted[1:], default=0.0)
    return {
        "asked": len(lasted),
        "wrong": found[:5],
        "wrongs": len(found),
        "generations": len(seen),
        "first": first,
        "slowest": slowest,
    }


def write(home: Path, stop: Path, files: list[str]) -> dict[str, object]:
    done, refused, without_pid = 0, [], 0
    rng = random.Random()
    there: set[str] = set()
    while not stop.exists():
        file = rng.choice(files)
        begun = time.monotonic()
        try:
            if file in there:
                ingest.remove(home, Path(file).name)
                there.discard(file)
            else:
                add(home, [file])
                there.add(file)
            done += 1
        except LibraryLocked as refusal:
            refused.append(time.monotonic() - begun)
            without_pid += refusal.pid is None
        time.sleep(rng.random() * 0.2)
    return {"changes": done, "refused": refused, "without pid": without_pid}


# The steps of publishing, whose names are told when the function that does the step is called.
STEPS = {
    "settling": (publishing, "settle"),
    "sealing": (manifest, "write"),
    "syncing": (generations, "_sync"),
    "swapping": (generations, "_point"),
    "clearing": (generations.Writer, "_remove_old"),
}


def _tell_stage(stage: str, done: int, _: int) -> None:
    if not done and stage != "publishing":
        _say(stage)


def _tell_steps() -> None:
    for step, (owner, name) in STEPS.items():
        setattr(owner, name, _telling(step, getattr(owner, name)))


def _telling(step: str, do: Callable[..., object]) -> Callable[..., object]:
    def told(*arguments: object) -> object:
        _say(step)
        return do(*arguments)

    return told


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main(act: str, home: Path, rest: list[str]) -> int:
    if act != "add-encoding":
        Encoder.encode = cheap_vectors  # type: ignore[method-assign]
    if act == "read":
        sys.stdout.write(json.dumps(read(home, Path(rest[0]), frozenset(map(int, rest[1:])))) + "\n")
    elif act == "write":
        sys.stdout.write(json.dumps(write(home, Path(rest[0]), rest[1:])) + "\n")
    else:
        if act == "add-unchecked":
            space.require = lambda folder, wanted: None
        if act == "add-telling":
            _tell_steps()
        _say("begun")
        try:
            add(home, rest, _tell_stage if act == "add-telling" else None)
        except AssistantError as error:
            sys.stdout.write(f"{type(error).__name__}: {error}\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:]))
