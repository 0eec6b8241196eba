"""Opens what questions are asked of: the store that the settings name, and the library in it, built and brought up to date."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from assistant.errors import LibraryLocked, LibraryOutdated
from assistant.library.chosen import store_of
from assistant.library.library import Library
from assistant.resources import folder
from assistant.studies.extract import EXTRACTOR_VERSION, extract_studies

if TYPE_CHECKING:
    from assistant.library.store import Progress, Store
    from assistant.settings import Settings
    from assistant.values import Document


def library_store(settings: Settings) -> Store:
    """Where the library of these settings lies; nothing is opened yet."""
    return store_of(settings, studies_in, EXTRACTOR_VERSION)


def opened_library(store: Store, progress: Progress | None = None) -> Library:
    """The library of a store, built from corpus/ where there is none.

    What an older version of this program stored, or extracted, is brought up to date; raises LibraryError and its kin.
    """
    if not store.exists():
        store.add(sorted(folder("corpus").iterdir()), progress=progress)
    library = _of_this_version(store, progress)
    if library.facts_version != EXTRACTOR_VERSION:
        # Where another process is writing, the studies that are there serve until it is done.
        with suppress(LibraryLocked):
            store.refresh_facts()
            library.refresh()
    return library


def studies_in(document: Document, text: str) -> Sequence[str]:
    """The studies that ``text``, the canonical text of ``document``, reports, each as JSON."""
    return [study.model_dump_json() for study in extract_studies(document.id, text)]


def _of_this_version(store: Store, progress: Progress | None) -> Library:
    try:
        return Library.of(store)
    except LibraryOutdated:
        store.bring_up_to_date(progress)
        return Library.of(store)
