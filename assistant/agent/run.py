"""One question through LangChain's agent loop: messages in, verified answer out."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from langchain.agents import create_agent
from langchain.agents.middleware.model_call_limit import ModelCallLimitExceededError, ModelCallLimitMiddleware
from langchain.agents.middleware.types import AgentMiddleware, ModelRequest, ModelResponse
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, ToolMessage
from langchain_core.runnables import RunnableConfig
from langchain_core.tools import BaseTool

from assistant.agent.caveats import caveats
from assistant.agent.events import Calculated, Draft, Event, Status, ToolCall, ToolResult
from assistant.agent.grounding import verify
from assistant.agent.presentation import current_turn, gather, present
from assistant.errors import ModelError
from assistant.resources import prompt
from assistant.values import Answer, Usage

if TYPE_CHECKING:
    from langgraph.checkpoint.base import BaseCheckpointSaver

# A question that needs more turns of the loop than this is going in circles.
_MODEL_CALLS = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """What an answer records of its asking."""

    question: str
    conversation: str | None
    model: str
    generation: str


class NumberedEvidence(AgentMiddleware[Any, Any]):
    """Shows the model its evidence under numbers that run on through the turn."""

    def wrap_model_call(self, request: ModelRequest[Any], handler: Callable[[ModelRequest[Any]], ModelResponse[Any]]) -> ModelResponse[Any]:
        """Renumbers what the tools returned, then calls the model."""
        return handler(request.override(messages=present(request.messages)))


def build_agent(model: BaseChatModel, tools: Sequence[BaseTool], checkpointer: BaseCheckpointSaver[str] | None) -> Any:  # noqa: ANN401
    """The compiled LangGraph agent; its type is generic in ways that no caller here needs."""
    return create_agent(
        model,
        list(tools),
        system_prompt=prompt("system.md"),
        middleware=[NumberedEvidence(), ModelCallLimitMiddleware(run_limit=_MODEL_CALLS, exit_behavior="error")],
        checkpointer=checkpointer,
    )


def run(agent: Any, asked: Asked) -> Iterator[Event | Answer]:  # noqa: ANN401 - see build_agent
    """Asks ``agent``; yields events as they happen and, last, the verified Answer."""
    started = time.monotonic()
    config: RunnableConfig = {"configurable": {"thread_id": asked.conversation or "-"}}
    messages: list[AnyMessage] = []
    request = {"messages": [HumanMessage(asked.question)]}
    try:
        for mode, update in agent.stream(request, config, stream_mode=["values", "updates"]):
            if mode == "values":
                messages = update["messages"]
            else:
                yield from _events(update)
    except ModelCallLimitExceededError as error:
        raise ModelError(
            f"the model {asked.model!r} asked for tools {_MODEL_CALLS} times without answering; ask again or use another model"
        ) from error
    yield Status(text="verifying")
    answer = _answer(messages, asked, started)
    yield from (Calculated(calculation=calculation) for calculation in answer.calculations)
    yield answer


def _events(update: dict[str, Any]) -> Iterator[Event]:
    for change in update.values():
        for message in (change or {}).get("messages", []):
            if isinstance(message, ToolMessage):
                yield ToolResult(name=message.name or "", content=message.text, failed=message.status == "error")
            elif isinstance(message, AIMessage) and message.tool_calls:
                yield Status(
                    text="searching" if any(c["name"].startswith(("search", "list")) for c in message.tool_calls) else "calculating"
                )
                yield from (ToolCall(name=call["name"], arguments=call["args"]) for call in message.tool_calls)
            elif isinstance(message, AIMessage):
                yield Draft(text=message.text)


def _answer(messages: Sequence[AnyMessage], asked: Asked, started: float) -> Answer:
    turn = current_turn(messages)
    evidence = gather(turn)
    earlier = [m.text for m in messages[: len(messages) - len(turn)] if isinstance(m, HumanMessage)]
    replies = [m for m in turn if isinstance(m, AIMessage)]
    grounded = verify(replies[-1].text, evidence, asked.question, earlier)
    return Answer(
        question=asked.question,
        text=grounded.text,
        status=grounded.status,
        missing=grounded.missing,
        citations=grounded.citations,
        calculations=grounded.calculations,
        caveats=caveats(grounded.text, grounded.citations, grounded.calculations, evidence.studies),
        verification=grounded.verification,
        model=asked.model,
        usage=_usage(replies),
        elapsed_ms=round((time.monotonic() - started) * 1000),
        conversation=asked.conversation,
        library_generation=asked.generation,
        created_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _usage(replies: Sequence[AIMessage]) -> Usage:
    """Tokens as the provider counted them; a reply without a count, such as the offline model's, is no call."""
    counted = [reply.usage_metadata for reply in replies if reply.usage_metadata]
    return Usage(
        input_tokens=sum(usage["input_tokens"] for usage in counted),
        output_tokens=sum(usage["output_tokens"] for usage in counted),
        calls=len(counted),
    )
