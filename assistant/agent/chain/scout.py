"""Looks up what a question needs before a language model is asked, so that a simple question costs one call of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from langchain.agents.middleware.types import AgentMiddleware, ModelRequest, ModelResponse
from langchain_core.messages import AIMessage

from assistant.agent.chain.deadline import Deadline
from assistant.agent.offline.model import OfflineChatModel
from assistant.agent.presentation import SCOUT, current_turn


class Scout(AgentMiddleware[Any, Deadline]):
    """The offline model calls the tools that it would answer from; when it has all it wants, the language model takes over."""

    def __init__(self, offline: OfflineChatModel) -> None:
        super().__init__()
        self.offline = offline

    async def awrap_model_call(
        self, request: ModelRequest[Deadline], handler: Callable[[ModelRequest[Deadline]], Awaitable[ModelResponse[Any]]]
    ) -> ModelResponse[Any]:
        """Tool calls of the offline model, or the reply of the language model."""
        if all(message.name == SCOUT for message in current_turn(request.messages) if isinstance(message, AIMessage)):
            # Without callbacks: what the offline model does is neither streamed as a draft nor counted as a call.
            wanted = await asyncio.to_thread(self.offline.invoke, request.messages, {"callbacks": []})
            if wanted.tool_calls:
                return ModelResponse(result=[wanted.model_copy(update={"name": SCOUT})])
        return await handler(request)
