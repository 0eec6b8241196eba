"""Verification over HTTP: does an answer that was kept still hold."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus

from fastapi import APIRouter

from assistant.interfaces.http.office import TheOffice
from assistant.interfaces.http.problems import Refused
from assistant.values import Answer, Value

router = APIRouter(tags=["questions"])

# Far longer than answers are; the time that a text takes grows with the square of its length.
_LONGEST_TEXT = 10_000


class Verified(Value):
    """``holds`` is whether there are no ``problems``; ``changes`` tell what happened to the sources since."""

    holds: bool
    problems: tuple[str, ...]
    changes: tuple[str, ...]


@router.post("/verify", summary="Verify an answer")
async def verify(answer: Answer, office: TheOffice) -> Verified:
    """Checks an Answer against the library of now: each quote at its characters, each calculation, each figure of the text."""
    if len(answer.text) > _LONGEST_TEXT:
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, f"text: has {len(answer.text)} characters, more than {_LONGEST_TEXT}")
    recheck = await office.questions.run(partial(office.assistant.verify, answer))
    return Verified(holds=recheck.holds, problems=recheck.problems, changes=recheck.changes)
