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
from pydantic import ConfigDict

from assistant.agent.offline.decision import next_message
from assistant.agent.offline.lookup import Encode


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
        message = next_message(cast("list[AnyMessage]", messages), self.encode, self.encode_kept, self.common_words)
        return ChatResult(generations=[ChatGeneration(message=message)])
