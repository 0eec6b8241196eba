"""What is made of a text before it is stored: its passages and the studies that it reports."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.library.encoder import Tokens
from assistant.library.passages import split
from assistant.library.store import Extractor
from assistant.values import Document, Passage


@dataclass(frozen=True, slots=True)
class Prepared:
    """``facts`` are one JSON text for each study."""

    passages: tuple[Passage, ...]
    facts: tuple[str, ...]


def prepare(document: Document, text: str, tokens: Tokens, extract: Extractor) -> Prepared:
    """Splits a document's text into passages that the encoder can read whole, and extracts its studies."""
    return Prepared(split(document.id, text, tokens.count, tokens.limit), tuple(extract(document, text)))
