"""Verification over HTTP: does an answer that was kept still hold."""

from __future__ import annotations

from fastapi import APIRouter

from assistant.interfaces.http.office import TheOffice
from assistant.values import Answer, Value

router = APIRouter(tags=["questions"])


class Verified(Value):
    """``holds`` is whether there are no ``problems``; ``changes`` tell what happened to the sources since."""

    holds: bool
    problems: tuple[str, ...]
    changes: tuple[str, ...]


@router.post("/verify", summary="Verify an answer")
def verify(answer: Answer, office: TheOffice) -> Verified:
    """Checks an Answer against the library of now: each quote at its characters, each calculation, each figure of the text."""
    recheck = office.assistant.verify(answer)
    return Verified(holds=recheck.holds, problems=recheck.problems, changes=recheck.changes)
