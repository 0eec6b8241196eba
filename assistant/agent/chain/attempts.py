"""Calls a language model; again after what passes, as late as its provider asks, never beyond the deadline."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Any

from langchain.agents.middleware.types import AgentMiddleware, ModelRequest, ModelResponse
from langchain_core.exceptions import ModelRefusalError
from langchain_core.messages import AIMessage

from assistant.agent.chain.deadline import Deadline
from assistant.agent.chain.failures import BrokenOffError, cause, is_passing, model_error, retry_after
from assistant.agent.events import Status
from assistant.errors import ModelError

_ATTEMPTS = 3
# Seconds before the second attempt where the provider asks for none; doubled for each further one, and half as much again by chance.
_FIRST_DELAY = 0.5


class Attempts(AgentMiddleware[Any, Deadline]):
    """Stands next to the model, so that what its client raises is translated here and nowhere else."""

    def __init__(self, model: str) -> None:
        super().__init__()
        self.model = model

    async def awrap_model_call(
        self, request: ModelRequest[Deadline], handler: Callable[[ModelRequest[Deadline]], Awaitable[ModelResponse[Any]]]
    ) -> ModelResponse[Any]:
        """The reply, whole; raises ModelError."""
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return _whole(await handler(request), self.model)
            except ModelError:
                raise
            except Exception as error:  # noqa: BLE001 - each client has exceptions of its own, with no base in common
                if attempt == _ATTEMPTS or not is_passing(error):
                    raise model_error(error, self.model) from cause(error)
                await self._wait(error, attempt, request.runtime.context)
                request.runtime.stream_writer(Status(text="retrying"))
        raise AssertionError("the last attempt returns or raises")

    async def _wait(self, error: Exception, attempt: int, deadline: Deadline) -> None:
        asked = retry_after(error)
        delay = _FIRST_DELAY * 2 ** (attempt - 1) * (1 + random.random() / 2) if asked is None else asked
        if delay >= deadline.left:
            raise model_error(error, self.model) from cause(error)
        await asyncio.sleep(delay)


def _whole(response: ModelResponse[Any], model: str) -> ModelResponse[Any]:
    """``response``, if the provider said why it ended, as a stream that was cut does not, and if the model did not decline."""
    reply = next((message for message in response.result if isinstance(message, AIMessage)), None)
    if reply is None:
        raise ModelError(f"the model {model!r} gave no reply; ask again, or use another model")
    for block in reply.content_blocks:
        if block["type"] == "refusal":
            raise ModelRefusalError.from_refusal(block, raw_message=reply)
    told = reply.response_metadata
    if not any(told.get(name) for name in ("finish_reason", "stop_reason", "stopReason", "done_reason", "status")):
        raise BrokenOffError("the reply broke off")
    if not reply.text.strip() and not reply.tool_calls and not reply.invalid_tool_calls:
        raise ModelError(f"the model {model!r} gave an empty reply; ask again, or use another model")
    return response
