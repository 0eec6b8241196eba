"""One question through LangChain's agent loop: messages in, verified answer out."""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from langchain.agents.middleware.model_call_limit import ModelCallLimitExceededError
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage
from langchain_core.runnables import RunnableConfig

from assistant.agent.caveats import caveats
from assistant.agent.chain.agent import ROUNDS, Chain
from assistant.agent.chain.deadline import Deadline
from assistant.agent.chain.drafts import best, drafts
from assistant.agent.chain.loop import iterate
from assistant.agent.chain.usage import Meter
from assistant.agent.events import Calculated, Event, Retracted, Status
from assistant.agent.narration import Narrator
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


def run(chain: Chain, asked: Asked, kept: Conversations | None = None) -> Iterator[Event | Answer]:
    """Asks ``chain``; yields events as they happen and, last, the verified Answer.

    A conversation is read from ``kept`` and, when the answer is there, written to it as a whole: a question that fails leaves
    no trace. Raises ModelError where the model, or the deadline, leaves no draft to verify.
    """
    started = time.monotonic()
    meter = Meter(chain.price)
    earlier = kept.read(asked.conversation) if kept and asked.conversation is not None else []
    turn = _Turn([*_understood(earlier, chain), HumanMessage(asked.question)])
    try:
        yield from turn.events(chain, meter)
    except ModelError:
        # What the model had said before its repair failed is still an answer.
        if not drafts(turn.messages):
            raise
    except (ModelCallLimitExceededError, TimeoutError) as error:
        if not drafts(turn.messages):
            raise _endless(error, chain) from error
    yield Status(text="verifying")
    answer = _answer(turn.messages, asked, chain, meter.usage(), started)
    for sentence in answer.verification.sentences:
        if not sentence.supported:
            yield Retracted(text=sentence.text, reason=sentence.reason or "")
    yield from (Calculated(calculation=calculation) for calculation in answer.calculations)
    if kept and asked.conversation is not None:
        before = turn.messages[: len(turn.messages) - len(current_turn(turn.messages))]
        kept.write(asked.conversation, [*exchanges(before), HumanMessage(asked.question), AIMessage(answer.text)])
    yield answer


class _Turn:
    """The messages of the graph, as far as they have come."""

    def __init__(self, messages: list[AnyMessage]) -> None:
        self.messages = messages

    def events(self, chain: Chain, meter: Meter) -> Iterator[Event]:
        """What happens, until the model has no more to say."""
        narrator = Narrator()
        deadline = Deadline.after(chain.seconds)

        async def stream() -> AsyncGenerator[tuple[str, Any], None]:
            config: RunnableConfig = {"callbacks": [meter] if chain.is_language_model else []}
            modes = ["values", "updates", "messages", "custom"]
            async for update in chain.agent.astream({"messages": self.messages}, config, context=deadline, stream_mode=modes):
                yield update

        for mode, update in iterate(stream, chain.seconds):
            if mode == "values":
                self.messages = update["messages"]
            else:
                yield from narrator.events(mode, update)


def _understood(earlier: Sequence[AnyMessage], chain: Chain) -> list[AnyMessage]:
    """What the model may read of the conversation; the offline model would take a summary for a question."""
    return [m for m in earlier if chain.is_language_model or is_question(m) or isinstance(m, AIMessage)]


def _endless(error: Exception, chain: Chain) -> ModelError:
    if isinstance(error, TimeoutError):
        return ModelError(f"the model {chain.name!r} did not answer within {chain.seconds:g} s; ask again, or set ASSISTANT_DEADLINE")
    return ModelError(f"the model {chain.name!r} looked things up {ROUNDS} times without answering; ask again or use another model")


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
