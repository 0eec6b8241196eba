"""Conversations over HTTP: each key has its own, and sees none of another's."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import StringConstraints

from assistant.interfaces.http.office import Caller, TheOffice
from assistant.interfaces.http.problems import Refused
from assistant.values import Answer, Value

router = APIRouter(prefix="/conversations", tags=["conversations"])

ConversationKey = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._:@-]{1,100}$")]


class Kept(Value):
    """What was answered under a conversation's key, in order."""

    conversation: str
    answers: tuple[Answer, ...]


@router.get("/{conversation}", summary="What was answered in a conversation")
def history(conversation: ConversationKey, office: TheOffice, caller: Caller) -> Kept:
    """The answers that were given under this conversation's key to the caller's API key."""
    answers = office.assistant.history(own(caller, conversation))
    if not answers:
        raise Refused(HTTPStatus.NOT_FOUND, "nothing was asked in this conversation")
    return Kept(conversation=conversation, answers=tuple(theirs(answer, conversation) for answer in answers))


@router.delete("/{conversation}", summary="Forget a conversation", status_code=HTTPStatus.NO_CONTENT, response_class=Response)
def forget(conversation: ConversationKey, office: TheOffice, caller: Caller) -> None:
    """Deletes what is kept of it; nothing happens where there is none."""
    office.assistant.delete_conversation(own(caller, conversation))


def own(caller: str, conversation: str) -> str:
    """The key under which a caller's conversation is kept: no name of an API key has a slash, so no other caller comes by it."""
    return f"serve/{caller}/{conversation}"


def theirs(answer: Answer, conversation: str | None) -> Answer:
    """The answer with the conversation's key that its caller gave."""
    return answer.model_copy(update={"conversation": conversation})
