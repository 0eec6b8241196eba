"""Search over HTTP. The query is in the body: addresses are kept in logs on the way."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field, StringConstraints

from assistant.agent.question import LONGEST_QUESTION, checked_question
from assistant.interfaces.http.office import TheOffice
from assistant.values import Document, Hit, Value

router = APIRouter(tags=["documents"])

_MOST = 50


class Query(Value):
    """Words that the passages should have or mean, and how many passages."""

    query: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_QUESTION)]
    k: Annotated[int, Field(ge=1, le=_MOST)] = 5


class Found(Value):
    """Passages, best first, and the documents that they stand in."""

    hits: tuple[Hit, ...]
    documents: tuple[Document, ...]


@router.post("/search", summary="Find passages")
def search(body: Query, office: TheOffice) -> Found:
    """The passages nearest to the query, by words and by meaning."""
    query = checked_question(body.query)
    with office.assistant.reading() as session:
        hits = session.library.search(query, body.k)
        return Found(hits=hits, documents=tuple(session.library.documents_of(hit.passage for hit in hits).values()))
