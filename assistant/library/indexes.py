"""The derived indexes of a generation that is being made: brought in line with its catalogue, settled and compared."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from assistant.errors import LibraryDamaged
from assistant.library.catalogue import Catalogue
from assistant.library.lexical import FOLDER as LEXICAL
from assistant.library.lexical import LexicalIndex
from assistant.library.revision import Revision
from assistant.library.terms import spelling_version
from assistant.library.vectors import VectorIndex

# Passages that are indexed, or looked at, in one step.
_AT_ONCE = 1000
# How many passages are searched for by their own vectors, and the share of them that must be found; a damaged graph finds hardly any.
_SAMPLE = 32
_FOUND_SHARE = 0.9
# The name under which the catalogue notes the rules by which the lexical index spells names.
_SPELLING = "spelling"


def update_indexes(folder: Path, catalogue: Revision, *, create: bool, progress: Callable[[str, int, int], None]) -> None:
    """Removes from both indexes the passages that are gone, and adds the new ones; or creates both, with all passages.

    A lexical index whose names another version of this program spelled is made again.
    """
    gone, new = ([], list(catalogue.passage_keys())) if create else (catalogue.gone(), catalogue.new())
    progress("indexing", 0, len(new))
    with closing(VectorIndex(folder, create=create)) as vectors:
        if gone:
            vectors.remove(gone)
        for number, some in enumerate(batches(new)):
            vectors.add(some, catalogue.vectors(some))
            progress("indexing", number * _AT_ONCE + len(some), len(new))
    if not create and catalogue.meta(_SPELLING) != spelling_version():
        shutil.rmtree(folder / LEXICAL)
        create, gone, new = True, [], list(catalogue.passage_keys())
    lexical = LexicalIndex(folder, create=create)
    if gone or new:
        lexical.change(gone, ((p.id, p.document, p.in_context) for some in batches(new) for p in catalogue.passages_named(some).values()))
    catalogue.note(_SPELLING, spelling_version())


def batches(names: Sequence[str]) -> Iterator[Sequence[str]]:
    """Some at a time, so that memory stays the same however many there are."""
    return (names[first : first + _AT_ONCE] for first in range(0, len(names), _AT_ONCE))


def settle(folder: Path) -> None:
    """Opens, asks and closes both indexes, so that what is published has nothing pending, and compares them with the catalogue.

    Raises LibraryDamaged where they do not agree, or the catalogue is damaged, which SQLite looks into meanwhile.
    """
    with ThreadPoolExecutor(max_workers=1) as beside, closing(Catalogue.reading(folder)) as catalogue:
        verdict = beside.submit(_integrity, folder)
        found = problems(folder, catalogue)
    if verdict.result() != "ok":
        found = (f"the catalogue is damaged: {verdict.result()}", *found)
    if found:
        raise LibraryDamaged(f"the new generation is not sound ({found[0]}); run: assistant library rebuild")


def _integrity(folder: Path) -> str:
    with closing(Catalogue.reading(folder)) as catalogue:
        return catalogue.integrity()


def problems(folder: Path, catalogue: Catalogue) -> tuple[str, ...]:
    """What does not agree between a generation's catalogue and its indexes as far as counts and a sample tell, one line each."""
    keys = catalogue.passage_keys()
    found = []
    lexical = LexicalIndex(folder).count()
    if lexical != len(keys):
        found.append(f"the lexical index has {lexical} passages, the catalogue {len(keys)}")
    with closing(VectorIndex(folder)) as vectors:
        if vectors.count() != len(keys):
            found.append(f"Chroma has {vectors.count()} vectors, the catalogue {len(keys)}")
        if (verdict := finds_itself(catalogue, vectors, keys)) is not None:
            found.append(verdict)
    return tuple(found)


def finds_itself(catalogue: Catalogue, vectors: VectorIndex, keys: Mapping[str, str]) -> str | None:
    """What is wrong where passages, a sample of those in ``keys``, are not found by their own vectors; else None."""
    sample = list(keys)[:: max(1, len(keys) // _SAMPLE)]
    own = [
        keys[name] in {keys.get(near) for near in vectors.nearest(vector, 10)}
        for name, vector in zip(sample, catalogue.vectors(sample) if sample else (), strict=True)
    ]
    return f"Chroma finds only {sum(own)} of {len(own)} passages by their own vectors" if sum(own) < _FOUND_SHARE * len(own) else None
