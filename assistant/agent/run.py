"""One question: messages in, verified answer out."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage

from assistant.agent.caveats import caveats
from assistant.agent.chain.chain import Chain
from assistant.agent.chain.drafts import best, drafts
from assistant.agent.events import Calculated, Event, Retracted, Status
from assistant.agent.leaving import Leaving
from assistant.agent.presentation import current_turn, exchanges, gather, is_question
from assistant.errors import ModelError
from assistant.values import Answer, Usage, Value

if TYPE_CHECKING:
    from assistant.agent.conversations import Conversations


class Asked(Value):
    """What an answer records of its asking."""

    question: str
    conversation: str | None
    generation: str


def run(chain: Chain, asked: Asked, kept: Conversations | None = None, leaving: Leaving | None = None) -> Iterator[Event | Answer]:
    """Asks ``chain``; yields events as they happen and, last, the verified Answer.

    A conversation is read from ``kept`` and, when the answer is there, both are added to it at once: a question that fails leaves
    no trace, and what others asked meanwhile stays. Where whoever asked is ``leaving``, there is no
    Answer, and nothing is added.

    Raises ModelError where the model, or the deadline, leaves no draft to verify.
    """
    started = time.monotonic()
    earlier = kept.read(asked.conversation) if kept and asked.conversation is not None else []
    before = _understood(earlier, chain)
    turn = chain.begin([*before, HumanMessage(asked.question)])
    try:
        yield from turn.events()
    except ModelError:
        # What the model had said before its repair failed is still an answer.
        if not drafts(turn.messages):
            raise
    yield Status(text="verifying")
    answer = _answer(turn.messages, asked, chain, turn.usage(), started)
    for sentence in answer.verification.sentences:
        if not sentence.supported:
            yield Retracted(text=sentence.text, reason=sentence.reason or "")
    yield from (Calculated(calculation=calculation) for calculation in answer.calculations)
    if leaving and leaving.left:
        return
    if kept and asked.conversation is not None:
        exchange: list[AnyMessage] = [HumanMessage(asked.question), AIMessage(answer.text)]
        kept.add(asked.conversation, exchange, earlier, _shortened(turn.messages, before))
    yield answer


def _understood(earlier: Sequence[AnyMessage], chain: Chain) -> list[AnyMessage]:
    """What the model may read of the conversation; the offline model would take a summary for a question."""
    return [m for m in earlier if chain.is_language_model or is_question(m) or isinstance(m, AIMessage)]


def _shortened(messages: Sequence[AnyMessage], before: Sequence[AnyMessage]) -> list[AnyMessage] | None:
    """What stands in ``messages`` for all that was said ``before`` the question; None where that was not summarized."""
    now = messages[: len(messages) - len(current_turn(messages))]
    return exchanges(now) if len(now) < len(before) else None


def _answer(messages: Sequence[AnyMessage], asked: Asked, chain: Chain, usage: Usage, started: float) -> Answer:
    grounded = best(messages, chain.encode, chain.background)
    studies = gather(current_turn(messages)).studies
    return Answer(
        question=asked.question,
        text=grounded.text,
        status=grounded.status,
        missing=grounded.missing,
        citations=grounded.citations,
        calculations=grounded.calculations,
        caveats=caveats(grounded.text, grounded.citations, grounded.calculations, studies),
        verification=grounded.verification,
        model=chain.name,
        usage=usage,
        elapsed_ms=round((time.monotonic() - started) * 1000),
        conversation=asked.conversation,
        library_generation=asked.generation,
        created_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )
