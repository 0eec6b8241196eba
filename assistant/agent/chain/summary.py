"""Long conversations: what lies back is summarized before a question is worked on, never while its evidence is gathered."""

from __future__ import annotations

from typing import Any

from langchain.agents.middleware import SummarizationMiddleware
from langchain.agents.middleware.types import AgentState
from langchain_core.language_models import BaseChatModel
from langgraph.runtime import Runtime

from assistant.agent.chain.deadline import Deadline
from assistant.agent.chain.failures import cause, model_error
from assistant.agent.presentation import is_question
from assistant.resources import prompt

# Some twenty exchanges; below that, the conversation itself is cheaper than a summary of it.
_TOKENS_KEPT = 3_000
# The question and the four exchanges before it.
_MESSAGES_KEPT = 9


class Summaries(SummarizationMiddleware[Any, Deadline]):
    """Replaces all but the last exchanges by a summary when a new question finds the conversation long."""

    def __init__(self, model: BaseChatModel, name: str) -> None:
        super().__init__(model, trigger=("tokens", _TOKENS_KEPT), keep=("messages", _MESSAGES_KEPT), summary_prompt=prompt("summary.md"))
        self._model_name = name

    async def abefore_model(self, state: AgentState[Any], runtime: Runtime[Deadline]) -> dict[str, Any] | None:
        """The shortened messages, where the last one is a question; a request to repair belongs to the question before it."""
        if not is_question(state["messages"][-1]):
            return None
        try:
            return await super().abefore_model(state, runtime)
        except Exception as error:  # noqa: BLE001 - what Attempts says; this call of the model does not pass it
            raise model_error(error, self._model_name) from cause(error)
