"""The agent as it is put together: the model, its tools, and what stands around them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from langchain.agents import create_agent
from langchain.agents.middleware import ModelCallLimitMiddleware, ToolCallLimitMiddleware
from langchain.agents.middleware.types import AgentMiddleware, ModelRequest, ModelResponse
from langchain_core.language_models import BaseChatModel
from langchain_core.tools import BaseTool

from assistant.agent.chain.attempts import Attempts
from assistant.agent.chain.calls import MalformedCalls
from assistant.agent.chain.deadline import Deadline
from assistant.agent.chain.repair import Repair
from assistant.agent.chain.scout import Scout
from assistant.agent.chain.summary import Summaries
from assistant.agent.chain.usage import Price
from assistant.agent.grounding import Background
from assistant.agent.offline.lookup import Encode
from assistant.agent.offline.model import OfflineChatModel
from assistant.agent.presentation import present
from assistant.resources import prompt
from assistant.settings import DEADLINE, OFFLINE

# A question that needs more rounds of the loop, or more tool calls, than this is going in circles.
ROUNDS = 12
_TOOL_CALLS = 30


@dataclass(frozen=True, slots=True)
class Chain:
    """A compiled agent, ``agent``, whose type is generic in ways that no caller here needs.

    ``name`` is that of its model, ``seconds`` the time for an answer, ``encode`` what finds the nearest sentence where nothing of
    a language model's draft is left, ``background`` what such a draft is verified with beside its evidence.
    """

    agent: Any
    name: str
    seconds: float
    price: Price | None
    encode: Encode | None
    background: Background | None = None

    @property
    def is_language_model(self) -> bool:
        """Whether another model than ``offline`` answers."""
        return self.name != OFFLINE


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
    """``model``, called ``name``, with ``tools``; ``scout`` looks things up before a language model is asked."""
    around = [NumberedEvidence(), ModelCallLimitMiddleware[Any, Deadline](run_limit=ROUNDS, exit_behavior="error")]
    agent = create_agent(
        model,
        list(tools),
        system_prompt=prompt("system.md"),
        middleware=around if name == OFFLINE else _around_language_model(model, name, scout, background),
        context_schema=Deadline,
    )
    return Chain(agent, name, seconds, price, scout.encode if scout else None, background)


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
