"""Documents over HTTP: which there are, their texts, and what a citation points at."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query

from assistant.interfaces.http.office import TheOffice
from assistant.interfaces.stretch import Stretch, stretch
from assistant.values import Document, Value

router = APIRouter(prefix="/documents", tags=["documents"])

DocumentName = Annotated[str, Path(description="An id, the beginning of one, a title or a file's name.")]
_MOST = 1_000


class Documents(Value):
    """Some documents, in the order in which they were added; ``total`` counts all that there are."""

    documents: tuple[Document, ...]
    total: int


class DocumentText(Value):
    """A document with its canonical text, of which the offsets of citations and passages count the characters."""

    document: Document
    text: str


@router.get("", summary="List the documents")
def documents(
    office: TheOffice, offset: Annotated[int, Query(ge=0)] = 0, limit: Annotated[int, Query(ge=1, le=_MOST)] = 100
) -> Documents:  # fmt: skip
    """The documents that questions are answered from."""
    found = office.assistant.documents()
    return Documents(documents=found[offset : offset + limit], total=len(found))


@router.get("/{document}", summary="One document")
def document(document: DocumentName, office: TheOffice) -> Document:
    """Its id, title, date and path; a version that another superseded goes by its id."""
    with office.assistant.reading() as session:
        return session.library.document(document)


@router.get("/{document}/text", summary="A document's text")
def text(document: DocumentName, office: TheOffice) -> DocumentText:
    """The whole canonical text."""
    with office.assistant.reading() as session:
        found = session.library.document(document)
        return DocumentText(document=found, text=session.library.text(found.id))


@router.get("/{document}/quote", summary="Open a citation in its source")
def quote(
    document: DocumentName,
    office: TheOffice,
    start: Annotated[int, Query(ge=0, description="As a citation has it.")],
    end: Annotated[int, Query(ge=1, description="As a citation has it; exclusive.")],
) -> Stretch:
    """The characters from `start` to `end`, with what stands before and after them in their passage, to be shown with the quote marked."""
    with office.assistant.reading() as session:
        return stretch(session.library, session.library.document(document), start, end)
