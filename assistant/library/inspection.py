"""Every row of a generation against every other copy of it; runs as a process of its own, which damage may end.

Writes one JSON object a line: the ``stage`` that begins, counts, and each ``problem`` in words.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import AssistantError
from assistant.library import answering, manifest, spare
from assistant.library.catalogue import Catalogue, text_digest
from assistant.library.encoder import Encoder, encoder_folder
from assistant.library.indexes import batches, finds_itself
from assistant.library.lexical import LexicalIndex
from assistant.library.vectors import FOLDER as CHROMA
from assistant.library.vectors import VectorIndex

# Of many rows with the same fault, so many are named.
_NAMED = 3
# Stored vectors are the catalogue's to the last bits of a 32-bit float.
_SAME = 1e-6


@dataclass(frozen=True, slots=True)
class _Place:
    """What is inspected; every stage opens the catalogue for itself, since each may fail by itself."""

    home: Path
    folder: Path

    def catalogue(self) -> closing[Catalogue]:
        return closing(Catalogue.reading(self.folder))


def inspect(home: Path, folder: Path) -> Iterator[dict[str, object]]:
    """Stages, counts and problems. A stage that cannot be finished is a problem, and the next begins."""
    place = _Place(home, folder)
    for stage, look in _STAGES.items():
        yield {"stage": stage}
        try:
            yield from look(place)
        except AssistantError as error:
            yield {"problem": str(error)}


def _files(place: _Place) -> Iterator[dict[str, object]]:
    yield from _problems(manifest.differences(place.folder))


def _catalogue(place: _Place) -> Iterator[dict[str, object]]:
    with place.catalogue() as catalogue:
        yield {"documents": len(catalogue.documents()), "passages": catalogue.count("passages")}
        if (verdict := catalogue.integrity()) != "ok":
            yield {"problem": f"the catalogue is damaged: {verdict}"}
        everything = (*catalogue.documents(), *catalogue.superseded())
        altered = [document.id for document in everything if not catalogue.holds(document.id, document.sha256)]
        yield from _named("not the text that was added", altered, "document")
        for document in everything:
            yield from _passage_problems(catalogue, document.id)
        keys = catalogue.passage_keys()
        yield from _named("of no document", [name for name in keys if name.partition(":")[0] not in {d.id for d in everything}], "passage")
        if catalogue.missing_count():
            yield {"problem": f"the catalogue lacks vectors of {catalogue.missing_count()} texts"}


def _passage_problems(catalogue: Catalogue, document: str) -> Iterator[dict[str, object]]:
    text, keys = catalogue.text(document) or "", catalogue.passage_keys([document])
    passages = catalogue.passages(document)
    moved = [p.id for p in passages if text[p.start : p.end] != p.text]
    yield from _named("not what stands in the document's text", moved, "passage")
    yield from _named("under another key than its text has", [p.id for p in passages if keys[p.id] != text_digest(p.in_context)], "passage")


def _lexical(place: _Place) -> Iterator[dict[str, object]]:
    with place.catalogue() as catalogue:
        yield from _set_problems("the lexical index", catalogue.passage_keys(), LexicalIndex(place.folder).ids())


def _chroma_file(place: _Place) -> Iterator[dict[str, object]]:
    """Chroma's own database, without Chroma."""
    file = place.folder / CHROMA / "chroma.sqlite3"
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as database:
            verdict = str(database.execute("PRAGMA integrity_check(1)").fetchone()[0])
    except sqlite3.Error as error:
        verdict = str(error)
    if verdict != "ok":
        yield {"problem": f"{CHROMA}/{file.name} is damaged: {verdict}"}


def _vectors(place: _Place) -> Iterator[dict[str, object]]:
    with place.catalogue() as catalogue, closing(VectorIndex(place.folder)) as vectors:
        keys = catalogue.passage_keys()
        there = vectors.ids()
        yield from _set_problems("Chroma", keys, there)
        both = [name for name in keys if name in there]
        different = [name for some in batches(both) for name in _different(catalogue, vectors, some)]
        yield from _named("another vector in Chroma than in the catalogue", different, "passage")
        if (verdict := finds_itself(catalogue, vectors, keys)) is not None:
            yield {"problem": verdict}


def _different(catalogue: Catalogue, vectors: VectorIndex, names: Sequence[str]) -> list[str]:
    ours, theirs = catalogue.vectors(names), vectors.stored(names)
    return [
        name
        for name, vector in zip(names, ours, strict=True)
        if name not in theirs or theirs[name].shape != vector.shape or not float(abs(theirs[name] - vector).max()) <= _SAME
    ]


def _spare(place: _Place) -> Iterator[dict[str, object]]:
    if not (place.folder / manifest.FILE).exists():
        return  # made by a version that wrote neither
    with place.catalogue() as catalogue:
        ours = {document.id for document in (*catalogue.documents(), *catalogue.superseded())}
        theirs = {str(row["id"]): row for table, row in spare.read(place.folder) if table == "documents"}
        yield from _set_problems("the spare copy", dict.fromkeys(ours, ""), frozenset(theirs), "documents")


def _encoder(place: _Place) -> Iterator[dict[str, object]]:
    with place.catalogue() as catalogue:
        used = encoder_folder(place.home, catalogue.meta("encoder"))
    if used != answering.folder(place.home):
        Encoder(used)
    if answering.folder(place.home).exists():  # else it is made when it is needed
        Encoder(answering.folder(place.home))
    yield from ()


_STAGES: Mapping[str, Callable[[_Place], Iterator[dict[str, object]]]] = {
    "the files": _files,
    "the catalogue": _catalogue,
    "the spare copy": _spare,
    "the lexical index": _lexical,
    "Chroma's database": _chroma_file,
    "the vectors": _vectors,
    "the encoder": _encoder,
}


def _problems(found: Iterable[str]) -> Iterator[dict[str, object]]:
    return ({"problem": problem} for problem in found)


def _set_problems(what: str, ours: Mapping[str, str], theirs: frozenset[str], kind: str = "passages") -> Iterator[dict[str, object]]:
    lacking, beyond = [name for name in ours if name not in theirs], sorted(theirs.difference(ours))
    if lacking:
        yield {"problem": f"{what} lacks {len(lacking)} of {len(ours)} {kind}: {_some(lacking)}"}
    if beyond:
        yield {"problem": f"{what} has {len(beyond)} {kind} that the catalogue has not: {_some(beyond)}"}


def _named(what: str, names: Sequence[str], kind: str) -> Iterator[dict[str, object]]:
    if names:
        yield {"problem": f"{what}: {kind} {_some(names)}"}


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


if __name__ == "__main__":
    for entry in inspect(Path(sys.argv[1]), Path(sys.argv[2])):
        # Each at once: a later stage may end the process.
        sys.stdout.write(json.dumps(entry) + "\n")
        sys.stdout.flush()
