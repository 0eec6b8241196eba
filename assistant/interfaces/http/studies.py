"""The evidence table over HTTP: what the documents report, each cell with its quote."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Query

from assistant.api import Assistant
from assistant.interfaces.http.office import TheOffice
from assistant.studies.evidence import Studies, evidence

router = APIRouter(tags=["documents"])


@router.get("/studies", summary="What the documents report")
async def studies(
    office: TheOffice,
    document: Annotated[str | None, Query(description="Only those of this document: an id, title or file's name.")] = None,
) -> Studies:
    """The studies with their arms, and a row for each arm whose cells have the words that they were read from."""
    return await office.questions.run(partial(_found, office.assistant, document))


def _found(assistant: Assistant, document: str | None) -> Studies:
    with assistant.reading() as session:
        wanted = session.library.document(document).id if document is not None else None
        found = tuple(study for study in session.desk.studies() if wanted in (None, study.document))
        return Studies(studies=found, evidence=evidence(found, session.library.text))
