"""The model that needs no model: a LangChain chat model that reads the messages, calls tools and composes cited sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AnyMessage, BaseMessage, HumanMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.tools import BaseTool
from pydantic import ConfigDict

from assistant.agent.offline.findings import Call, call_id, findings
from assistant.agent.offline.intents import Intents
from assistant.agent.offline.lookup import Encode
from assistant.agent.offline.reply import Mind, next_step, survey
from assistant.agent.presentation import current_turn


class OfflineChatModel(BaseChatModel):
    """Decides from the messages alone: what was asked, which tools have answered, what is still wanted.

    ``encode`` turns texts into unit vectors, which decide between sentences where words leave it open, and ``encode_kept`` does so
    for texts that are the same each time; ``common_words`` gives words that are no typing errors.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    encode: Encode
    encode_kept: Encode
    common_words: Callable[[], frozenset[str]]

    @property
    def _llm_type(self) -> str:
        return "offline"

    def bind_tools(
        self,
        tools: Sequence[dict[str, Any] | type | Callable[..., Any] | BaseTool],
        *,
        tool_choice: str | None = None,
        **kwargs: Any,
    ) -> Runnable[Any, AIMessage]:
        """The model itself: the tools it calls are the ones of this project, by name."""
        return self

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        conversation = cast("list[AnyMessage]", messages)
        questions = [message.text for message in messages if isinstance(message, HumanMessage)]
        answered = len(current_turn(conversation)) > 1
        mind = Mind(self.encode, self.common_words(), Intents(self.encode, self.encode_kept))
        step = next_step(questions, findings(conversation), mind) if answered else survey(questions[-1])
        message = AIMessage(content=step) if isinstance(step, str) else AIMessage(content="", tool_calls=_tool_calls(step, len(messages)))
        return ChatResult(generations=[ChatGeneration(message=message)])


def _tool_calls(calls: Sequence[Call], step: int) -> list[dict[str, Any]]:
    """Ids count calls through the conversation, so that no two are the same."""
    return [
        {"name": c.name, "args": dict(c.arguments), "id": call_id(c, 100 * step + position), "type": "tool_call"}
        for position, c in enumerate(calls)
    ]
