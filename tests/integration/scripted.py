"""A chat model that says what it is told to say, behind LangChain's real interface, and keeps what it was shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import Field


class ScriptedChatModel(BaseChatModel):
    """Gives the messages of ``script`` in order; ``shown`` has what each call was given, ``bound`` the names of its tools."""

    script: list[AIMessage]
    shown: list[list[BaseMessage]] = Field(default_factory=list)
    bound: list[str] = Field(default_factory=list)

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> ScriptedChatModel:
        self.bound[:] = [tool.name for tool in tools]
        return self

    def _generate(self, messages: list[BaseMessage], stop: Any = None, run_manager: Any = None, **kwargs: Any) -> ChatResult:
        self.shown.append(messages)
        said = self.script[min(len(self.shown), len(self.script)) - 1]
        message = said.model_copy(update={"response_metadata": {"finish_reason": "stop"}}, deep=True)
        return ChatResult(generations=[ChatGeneration(message=message)])
