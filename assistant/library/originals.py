"""The newest copy of the documents that is whole: what a rebuild starts from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import LibraryDamaged, LibraryOutdated
from assistant.library import catalogue as catalogues
from assistant.library import manifest, spare
from assistant.library.catalogue import Catalogue, text_digest


@dataclass(frozen=True, slots=True)
class Originals:
    """A generation's ``folder``, and whether its ``spare`` copy is to be read in place of its catalogue.

    ``salvaged`` where it is not simply the published generation's catalogue.
    """

    folder: Path
    spare: bool
    salvaged: bool

    @property
    def told(self) -> str:
        """What is read, in words."""
        return f"the spare copy in {self.folder.name}" if self.spare else f"the catalogue of {self.folder.name}"


def find_originals(folders: Sequence[Path]) -> Originals:
    """The first whole copy in ``folders``, the published generation's first; of each its catalogue before its spare copy.

    Raises LibraryTooNew, and LibraryDamaged where none is whole.
    """
    for folder in folders:
        if _catalogue_is_whole(folder):
            return Originals(folder, spare=False, salvaged=folder != folders[0])
        if _spare_is_whole(folder):
            return Originals(folder, spare=True, salvaged=True)
    raise LibraryDamaged("no copy of the documents is whole; restore the library's folder from a backup, or add the files anew elsewhere")


def _catalogue_is_whole(folder: Path) -> bool:
    """Raises LibraryTooNew before anything else is thought of what this version cannot read."""
    try:
        with closing(Catalogue.reading(folder)) as catalogue:
            everything = (*catalogue.documents(), *catalogue.superseded())
            texts = all(catalogue.holds(document.id, document.sha256) for document in everything)
            return texts and catalogue.integrity() == "ok" and not manifest.is_changed(folder, catalogues.FILE)
    except LibraryOutdated:
        return not manifest.is_changed(folder, catalogues.FILE)
    except LibraryDamaged:
        return False


def _spare_is_whole(folder: Path) -> bool:
    try:
        return all(_is_itself(row) for table, row in _rows(folder) if table == "documents")
    except LibraryDamaged:
        return False


def _rows(folder: Path) -> Iterator[tuple[str, dict[str, object]]]:
    """All rows; raises LibraryDamaged where there are none, since a format's number is always among them."""
    empty = True
    for entry in spare.read(folder):
        empty = False
        yield entry
    if empty:
        raise LibraryDamaged(f"the spare copy in {folder} is empty")


def _is_itself(row: dict[str, object]) -> bool:
    return text_digest(str(row.get("text"))) == row.get("sha256")
