"""A language model's turn: updates of LangGraph's stream, read within the deadline, as events."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator
from typing import TYPE_CHECKING, Any

from langchain.agents.middleware.model_call_limit import ModelCallLimitExceededError
from langchain_core.messages import AnyMessage
from langchain_core.runnables import RunnableConfig

from assistant.agent.chain.chain import endless, late
from assistant.agent.chain.deadline import Deadline
from assistant.agent.chain.loop import iterate
from assistant.agent.chain.usage import Meter, Price
from assistant.agent.events import Event
from assistant.agent.narration import Narrator
from assistant.values import Usage

if TYPE_CHECKING:
    from langgraph.graph.state import CompiledStateGraph
    from langgraph.types import StreamMode

_MODES: list[StreamMode] = ["values", "updates", "messages", "custom"]


class LanguageTurn:
    """One question to ``agent``, which LangChain's ``create_agent`` made. See ``Turn``."""

    def __init__(
        self, messages: list[AnyMessage], agent: CompiledStateGraph[Any, Deadline, Any, Any], name: str, seconds: float, price: Price | None
    ) -> None:
        self.messages = messages
        self._agent = agent
        self._name = name
        self._seconds = seconds
        self._meter = Meter(price)

    def events(self) -> Iterator[Event]:
        """What happens, until the model has no more to say. Raises ModelError."""
        narrator = Narrator()
        try:
            for mode, update in iterate(self._stream, self._seconds):
                if mode == "values":
                    self.messages = update["messages"]
                    narrator.starts_from(self.messages)
                else:
                    yield from narrator.events(mode, update)
        except ModelCallLimitExceededError as error:
            raise endless(self._name) from error
        except TimeoutError as error:
            raise late(self._name, self._seconds) from error

    def usage(self) -> Usage:
        """What was counted so far."""
        return self._meter.usage()

    async def _stream(self) -> AsyncGenerator[tuple[str, Any], None]:
        config: RunnableConfig = {"callbacks": [self._meter]}
        deadline = Deadline.after(self._seconds)
        async for mode, update in self._agent.astream({"messages": self.messages}, config, context=deadline, stream_mode=_MODES):
            yield mode, update
