"""A language model that takes its time and asks back, so that an answer tells which question it is to."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import Field

from assistant.api import Assistant
from assistant.library.library import Library
from assistant.opening import library_store
from assistant.settings import Settings


class SlowChatModel(BaseChatModel):
    """Says, ``seconds`` after it was asked, ``Do you ask this: …?``; raises instead what ``fault`` holds, if anything."""

    seconds: float = 0.0
    fault: list[Exception] = Field(default_factory=list)

    @property
    def _llm_type(self) -> str:
        return "slow"

    def bind_tools(self, tools: Sequence[Any], **kwargs: Any) -> SlowChatModel:
        return self

    def _generate(self, messages: list[BaseMessage], stop: Any = None, run_manager: Any = None, **kwargs: Any) -> ChatResult:
        time.sleep(self.seconds)
        if self.fault:
            raise self.fault[0]
        asked = [message.text for message in messages if message.type == "human"][-1].strip(" ?")
        said = AIMessage(f"Do you ask this: {asked}?", response_metadata={"finish_reason": "stop"})
        return ChatResult(generations=[ChatGeneration(message=said)])


@contextmanager
def slow_assistant(home: Path, model: BaseChatModel):
    """An Assistant over the library of ``home`` that asks ``model``."""
    settings = Settings.load(home, "scripted:slow")
    store = library_store(settings)
    assistant = Assistant(settings, Library.of(store), store)
    assistant._model = model
    with assistant:
        yield assistant
