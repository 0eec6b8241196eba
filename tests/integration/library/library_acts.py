"""What a test's processes do to a library, with an extractor that counts characters."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.library import ingest
from assistant.library.library import Library
from assistant.settings import PACKAGED_ENCODER
from assistant.values import Document

VERSION = "counts-1"


def extract(document: Document, text: str) -> Sequence[str]:
    return [json.dumps({"document": document.id, "characters": len(text)})]


def add(home: Path | str, *paths: Path | str, progress: Callable[[str, int, int], None] | None = None) -> ingest.IngestReport:
    return ingest.add(
        Path(home), paths, embedding_model=PACKAGED_ENCODER, extract=extract, facts_version=VERSION, progress=progress
    )  # fmt: skip


def rebuild(home: Path | str) -> ingest.RebuildReport:
    return ingest.rebuild(Path(home), embedding_model=PACKAGED_ENCODER, extract=extract, facts_version=VERSION)


def open_library(home: Path | str) -> Library:
    return Library.open(Path(home), embedding_model=PACKAGED_ENCODER)
