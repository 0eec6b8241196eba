"""One chance for a language model to mend what verification would take out of its draft."""

from __future__ import annotations

import asyncio
from typing import Any

from langchain.agents.middleware.types import AgentMiddleware, AgentState, hook_config
from langchain_core.messages import AIMessage, HumanMessage
from langgraph.runtime import Runtime

from assistant.agent.chain.deadline import Deadline
from assistant.agent.chain.drafts import drafts, judged
from assistant.agent.events import Status
from assistant.agent.grounding import Background
from assistant.agent.presentation import aside
from assistant.resources import prompt
from assistant.values import CheckedSentence


class Repair(AgentMiddleware[Any, Deadline]):
    """Hands the model its failed sentences with the reasons; it may look things up again, and is not asked a second time."""

    def __init__(self, background: Background | None = None) -> None:
        super().__init__()
        self._background = background

    @hook_config(can_jump_to=["model"])
    async def aafter_model(self, state: AgentState[Any], runtime: Runtime[Deadline]) -> dict[str, Any] | None:
        """Back to the model when its first draft has sentences that fail."""
        messages = state["messages"]
        last = messages[-1]
        if not isinstance(last, AIMessage) or last.tool_calls or len(drafts(messages)) > 1:
            return None
        grounded = await asyncio.to_thread(judged, last.text, messages, self._background)
        failed = [sentence for sentence in grounded.verification.sentences if not sentence.supported]
        if not failed:
            return None
        runtime.stream_writer(Status(text="repairing"))
        return {"messages": [repair_request(failed)], "jump_to": "model"}


def repair_request(failed: list[CheckedSentence]) -> HumanMessage:
    """What the model is told of its failed sentences; no question of the user's."""
    lines = [f"- “{' '.join(sentence.text.split())}”: {sentence.reason}" for sentence in failed]
    return aside(prompt("repair.md").replace("{failed}", "\n".join(lines)))
