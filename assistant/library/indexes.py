"""The derived indexes of a generation that is being made: brought in line with its catalogue, settled and compared."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

from assistant.errors import LibraryDamaged
from assistant.library.catalogue import Catalogue
from assistant.library.lexical import FOLDER as LEXICAL
from assistant.library.lexical import LexicalIndex, spelling_version
from assistant.library.vectors import VectorIndex

# So many passages look for themselves in the vectors; a damaged graph finds hardly any.
_SAMPLE = 32
_FOUND_SHARE = 0.9
# Under which the catalogue notes how the lexical index is spelled.
_SPELLING = "spelling"


def update_indexes(
    folder: Path, catalogue: Catalogue, before: Mapping[str, str], *, create: bool, progress: Callable[[str, int, int], None]
) -> None:
    """Removes from both indexes the passages that were there ``before`` and are no more, and adds the new ones.

    A lexical index whose names another version of this program spelled is made again.
    """
    after = catalogue.passage_keys()
    gone, new = [name for name in before if name not in after], [name for name in after if name not in before]
    progress("indexing", 0, len(new))
    with closing(VectorIndex(folder, create=create)) as vectors:
        if gone:
            vectors.remove(gone)
        if new:
            vectors.add(new, catalogue.vectors(new), lambda done: progress("indexing", done, len(new)))
    if not create and catalogue.meta(_SPELLING) != spelling_version():
        shutil.rmtree(folder / LEXICAL)
        create, gone, new = True, [], list(after)
    lexical = LexicalIndex(folder, create=create)
    if gone or new:
        texts = catalogue.passages_named(new)
        lexical.change(gone, ((name, texts[name].document, texts[name].text) for name in new))
    catalogue.note(_SPELLING, spelling_version())


def settle(folder: Path) -> None:
    """Opens, asks and closes both indexes, so that what is published has nothing pending, and compares them with the catalogue.

    Raises LibraryDamaged where they do not agree.
    """
    with closing(Catalogue.reading(folder)) as catalogue:
        found = problems(folder, catalogue)
    if found:
        raise LibraryDamaged(f"the new generation is not sound ({found[0]}); run: assistant library rebuild")


def problems(folder: Path, catalogue: Catalogue) -> tuple[str, ...]:
    """What does not agree between a generation's catalogue and its indexes, one line each."""
    keys = catalogue.passage_keys()
    found = []
    if catalogue.integrity() != "ok":
        found.append(f"the catalogue is damaged: {catalogue.integrity()}")
    lexical = LexicalIndex(folder).count()
    if lexical != len(keys):
        found.append(f"the lexical index has {lexical} passages, the catalogue {len(keys)}")
    with closing(VectorIndex(folder)) as vectors:
        if vectors.count() != len(keys):
            found.append(f"Chroma has {vectors.count()} vectors, the catalogue {len(keys)}")
        sample = list(keys)[:: max(1, len(keys) // _SAMPLE)]
        own = [
            keys[name] in {keys.get(near) for near in vectors.nearest(vector, 10)}
            for name, vector in zip(sample, catalogue.vectors(sample) if sample else (), strict=True)
        ]
    if sum(own) < _FOUND_SHARE * len(own):
        found.append(f"Chroma finds only {sum(own)} of {len(own)} passages by their own vectors")
    return tuple(found)
