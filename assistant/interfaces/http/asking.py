"""Questions over HTTP: the Answer as JSON, or, while it is made, a stream of events that ends with it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import Field, StringConstraints

from assistant.agent.events import Calculated, Draft, DraftPiece, Retracted, Status, ToolCall, ToolResult
from assistant.agent.question import LONGEST_QUESTION
from assistant.interfaces.http.conversations import ConversationKey, own, theirs
from assistant.interfaces.http.office import Caller, TheOffice
from assistant.interfaces.http.problems import Problem, refusal
from assistant.interfaces.http.questions import Asked
from assistant.values import Answer, Value

router = APIRouter(tags=["questions"])

# What web servers note where whoever asked has gone; nobody reads it.
_GONE = 499
_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")
# What is streamed, by the names that go before it.
STREAMED: Mapping[str, type[Value]] = {
    _CAPITAL.sub("_", kind.__name__).lower(): kind
    for kind in (Status, ToolCall, ToolResult, DraftPiece, Draft, Retracted, Calculated, Answer, Problem)
}
_NAMES = {kind: name for name, kind in STREAMED.items()}


class Question(Value):
    """A question that can be understood by itself or, under a ``conversation``, after those that were asked under it before."""

    question: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST_QUESTION)] = Field(
        examples=["How long did mice given two doses of CLR 131 survive?"]
    )
    conversation: ConversationKey | None = None


async def _begun(body: Question, office: TheOffice, caller: Caller) -> AsyncIterator[Asked]:
    """The question on its way; when the response is sent, or nobody is there any more to read it, it is left."""
    asked = office.questions.begin(body.question, body.conversation and own(caller, body.conversation))
    try:
        yield asked
    finally:
        asked.leave()


Begun = Annotated[Asked, Depends(_begun)]


@router.post("/ask", summary="Ask a question", response_model=Answer)
async def ask(body: Question, asked: Begun, request: Request) -> Answer | Response:
    """The verified Answer: each figure is a quote that opens in its source, or a calculation whose inputs are shown.

    `status` tells `answered` from `not_in_sources` and `needs_clarification`; all three come with 200.
    """
    answering, going = asyncio.create_task(_answer(asked)), asyncio.create_task(_gone(request))
    try:
        await asyncio.wait({answering, going}, return_when=asyncio.FIRST_COMPLETED)
        return theirs(answering.result(), body.conversation) if answering.done() else Response(status_code=_GONE)
    finally:
        answering.cancel()
        going.cancel()


@router.post("/ask/stream", summary="Ask a question and hear how it is answered", response_class=EventSourceResponse)
async def stream(body: Question, asked: Begun) -> AsyncIterator[ServerSentEvent]:
    """The same as server-sent events. The last is `answer`, with the Answer, or `problem`, where there is none.

    What `draft_piece` and `draft` say has not been verified, and some of it may be missing in the Answer.
    """
    try:
        async for event in asked.events():
            shown = theirs(event, body.conversation) if isinstance(event, Answer) else event
            yield ServerSentEvent(event=_NAMES[type(event)], data=shown)
    except Exception as error:  # noqa: BLE001 - what began with 200 can tell of it in no other way
        yield ServerSentEvent(event=_NAMES[Problem], data=refusal(error).problem)


async def _answer(asked: Asked) -> Answer:
    async for event in asked.events():
        if isinstance(event, Answer):
            return event
    raise AssertionError("the events end with the Answer")


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
