"""Evidence of one turn: numbered passages, workings and studies, as tools return it and as grounding reads it."""

from __future__ import annotations

from assistant.studies.facts import Study
from assistant.values import Document, DocumentRef, Passage, Value, Working


class Source(Value):
    """A passage with the document it stands in."""

    passage: Passage
    document: DocumentRef


class Evidence(Value):
    """Sources are cited as ``[1]``, ``[2]``… and workings as ``[c1]``, ``[c2]``… in the order in which they stand here.

    Every span of an operand or of a study lies in one of the sources.
    """

    sources: tuple[Source, ...] = ()
    workings: tuple[Working, ...] = ()
    studies: tuple[Study, ...] = ()
    documents: tuple[Document, ...] = ()
