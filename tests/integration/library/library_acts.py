"""What a test's processes do to a library, with an extractor that counts characters."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from assistant.library import ingest
from assistant.library.check import CheckReport
from assistant.library.chosen import store_of
from assistant.library.library import Library
from assistant.library.store import Store
from assistant.settings import Settings
from assistant.values import Document

VERSION = "counts-1"
# The homes whose library is a shared one, with what names it; in a process of its own the environment does.
SHARED: dict[Path, Mapping[str, str]] = {}
_STORES: dict[Path, Store] = {}


def extract(document: Document, text: str) -> Sequence[str]:
    return [json.dumps({"document": document.id, "characters": len(text)})]


def store(home: Path | str) -> Store:
    place = Path(home)
    if place not in _STORES:
        _STORES[place] = store_of(Settings.load(place, None, SHARED.get(place, os.environ)), extract, VERSION)
    return _STORES[place]


def forget(home: Path) -> None:
    """The test is over."""
    SHARED.pop(home, None)
    if home in _STORES:
        _STORES.pop(home).close()


def add(home: Path | str, *paths: Path | str, progress: Callable[[str, int, int], None] | None = None) -> ingest.IngestReport:
    return store(home).add(paths, progress=progress)


def rebuild(home: Path | str) -> ingest.RebuildReport:
    return store(home).rebuild()


def remove(home: Path | str, document: str) -> Document:
    return store(home).remove(document)


def checked(home: Path | str) -> CheckReport:
    return store(home).check()


def open_library(home: Path | str) -> Library:
    return Library.of(store(home))
