"""Tool calls whose arguments are no JSON object: the model is told so, and its message is kept in a form that providers accept."""

from __future__ import annotations

from typing import Any

from langchain.agents.middleware.types import AgentMiddleware, AgentState
from langchain_core.messages import AIMessage, ToolMessage
from langchain_core.messages.tool import tool_call
from langgraph.runtime import Runtime

from assistant.agent.chain.deadline import Deadline

_TOLD = "The arguments are not a JSON object; call the tool again with arguments that its schema allows."


class MalformedCalls(AgentMiddleware[Any, Deadline]):
    """Every tool call needs an answer before a model is called again; LangChain leaves unreadable ones unanswered."""

    async def aafter_model(self, state: AgentState[Any], runtime: Runtime[Deadline]) -> dict[str, Any] | None:
        """Answers unreadable calls with an error, and turns them into calls without arguments."""
        reply = state["messages"][-1]
        if not isinstance(reply, AIMessage) or not reply.invalid_tool_calls:
            return None
        unreadable = [
            tool_call(name=call["name"] or "unnamed", args={}, id=call["id"] or f"unnamed-{place}")
            for place, call in enumerate(reply.invalid_tool_calls)
        ]
        mended = AIMessage(
            reply.text,
            id=reply.id,
            tool_calls=[*reply.tool_calls, *unreadable],
            response_metadata=reply.response_metadata,
            usage_metadata=reply.usage_metadata,
        )
        told = [ToolMessage(_TOLD, tool_call_id=call["id"], name=call["name"], status="error") for call in unreadable]
        return {"messages": [mended, *told]}
