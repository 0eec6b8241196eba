"""The model that needs no model, as a LangChain chat model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, cast

from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AnyMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from langchain_core.runnables import Runnable
from langchain_core.tools import BaseTool
from pydantic import ConfigDict, SkipValidation

from assistant.agent.offline.decision import next_message
from assistant.agent.offline.encoders import Encoders


class OfflineChatModel(BaseChatModel):
    """Decides from the messages alone: what was asked, which tools have answered, what is still wanted.

    The ``encoders``' vectors decide between sentences where words leave it open.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    encoders: SkipValidation[Encoders]

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
        message = next_message(cast("list[AnyMessage]", messages), self.encoders)
        return ChatResult(generations=[ChatGeneration(message=message)])
