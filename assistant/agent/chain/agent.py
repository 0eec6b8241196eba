"""The agent of a language model as it is put together: the model, its tools, and what stands around them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from langchain.agents import create_agent
from langchain.agents.middleware import ModelCallLimitMiddleware, ToolCallLimitMiddleware
from langchain.agents.middleware.types import AgentMiddleware, ModelRequest, ModelResponse
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AnyMessage
from langchain_core.tools import BaseTool

from assistant.agent.chain.attempts import Attempts
from assistant.agent.chain.calls import MalformedCalls
from assistant.agent.chain.chain import ROUNDS, Chain, Turn
from assistant.agent.chain.deadline import Deadline
from assistant.agent.chain.repair import Repair
from assistant.agent.chain.scout import Scout
from assistant.agent.chain.summary import Summaries
from assistant.agent.chain.turn import LanguageTurn
from assistant.agent.chain.usage import Price
from assistant.agent.grounding import Background
from assistant.agent.offline.model import OfflineChatModel
from assistant.agent.presentation import present
from assistant.resources import prompt
from assistant.settings import DEADLINE

# More tool calls than this are a circle, too.
_TOOL_CALLS = 30


class NumberedEvidence(AgentMiddleware[Any, Deadline]):
    """Shows the model its evidence under numbers that run on through the turn."""

    async def awrap_model_call(
        self, request: ModelRequest[Deadline], handler: Callable[[ModelRequest[Deadline]], Awaitable[ModelResponse[Any]]]
    ) -> ModelResponse[Any]:
        """Renumbers what the tools returned, then calls the model."""
        return await handler(request.override(messages=present(request.messages)))


def build_chain(  # noqa: PLR0913 - each part is chosen apart from the others
    model: BaseChatModel,
    tools: Sequence[BaseTool],
    name: str,
    *,
    scout: OfflineChatModel | None = None,
    seconds: float = DEADLINE,
    price: Price | None = None,
    background: Background | None = None,
) -> Chain:
    """``model``, a language model called ``name``, with ``tools``; ``scout`` looks things up before it is asked."""
    agent = create_agent(
        model,
        list(tools),
        system_prompt=prompt("system.md"),
        middleware=_around_language_model(model, name, scout, background),
        context_schema=Deadline,
    )

    def begin(messages: list[AnyMessage]) -> Turn:
        return LanguageTurn(messages, agent, name, seconds, price)

    return Chain(name, begin, scout.encoders.encode_answers if scout else None, background)


def _around_language_model(
    model: BaseChatModel, name: str, scout: OfflineChatModel | None, background: Background | None
) -> list[AgentMiddleware[Any, Deadline]]:
    """Calls pass these from the first to the last; what comes back is looked at from the last to the first."""
    return [
        Summaries(model, name),
        *([Scout(scout)] if scout else []),
        NumberedEvidence(),
        *_caching(name),
        Repair(background),
        MalformedCalls(),
        ToolCallLimitMiddleware(run_limit=_TOOL_CALLS),
        ModelCallLimitMiddleware(run_limit=ROUNDS, exit_behavior="error"),
        Attempts(name),
    ]


def _caching(name: str) -> list[AgentMiddleware[Any, Any]]:
    """Anthropic caches the prompt where it is told to; other providers do so by themselves, or not at all."""
    if not name.startswith("anthropic:"):
        return []
    from langchain_anthropic.middleware import AnthropicPromptCachingMiddleware  # an extra

    return [AnthropicPromptCachingMiddleware(unsupported_model_behavior="ignore")]
