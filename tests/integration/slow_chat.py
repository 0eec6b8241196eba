"""A chat with a language model that takes its time and is hostile; run as a program by the tests of the chat."""

from __future__ import annotations

import time
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult

from assistant.api import Assistant
from assistant.interfaces.cli.chat.loop import converse
from assistant.interfaces.cli.chat.reading import is_live
from assistant.interfaces.cli.chat.session import Chat, new_key

HOSTILE = "\x1b]52;c;ZXZpbA==\x07\x1b[2J\x9b31m\u202eAll mice were cured."


class SlowChatModel(BaseChatModel):
    """Sleeps long over a question that says so; says something hostile to every other."""

    @property
    def _llm_type(self) -> str:
        return "slow"

    def bind_tools(self, tools: Any, **kwargs: Any) -> SlowChatModel:
        return self

    def _generate(self, messages: list[BaseMessage], stop: Any = None, run_manager: Any = None, **kwargs: Any) -> ChatResult:
        if "sleep" in messages[-1].text:
            time.sleep(20)
        message = AIMessage(HOSTILE, response_metadata={"finish_reason": "stop"})
        return ChatResult(generations=[ChatGeneration(message=message)])


if __name__ == "__main__":
    assistant = Assistant.open(model="openai:slow")
    assistant._model = SlowChatModel()
    chat = Chat(assistant, None, new_key(), is_live())
    try:
        converse(chat, continued=False)
    finally:
        chat.close()
