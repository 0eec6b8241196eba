"""Takes the last turn of a conversation out of the agent's state, as if it had not been asked."""

from __future__ import annotations

from typing import Any

from langchain_core.messages import RemoveMessage
from langchain_core.runnables import RunnableConfig
from langgraph.errors import InvalidUpdateError
from langgraph.graph.message import REMOVE_ALL_MESSAGES

from assistant.agent.presentation import current_turn


def last_message(agent: Any, conversation: str) -> str | None:  # noqa: ANN401 - see build_agent
    """The id of the conversation's last message, None where it has none."""
    messages = agent.get_state(_config(conversation)).values.get("messages", [])
    return messages[-1].id if messages else None


def rewind(agent: Any, conversation: str) -> None:  # noqa: ANN401 - see build_agent
    """Removes the last question and all that followed it, however far its answer had come."""
    config = _config(conversation)
    messages = agent.get_state(config).values.get("messages", [])
    turn = current_turn(messages)
    if len(turn) == len(messages):
        agent.checkpointer.delete_thread(conversation)
        return
    # Some messages of an interrupted turn may be pending and not yet in a checkpoint, so they cannot be removed one by one.
    kept = {"messages": [RemoveMessage(id=REMOVE_ALL_MESSAGES), *messages[: len(messages) - len(turn)]]}
    try:
        agent.update_state(config, kept)
    except InvalidUpdateError:  # after an interruption it may be open which node came last
        agent.update_state(config, kept, as_node="model")


def _config(conversation: str) -> RunnableConfig:
    return {"configurable": {"thread_id": conversation}}
