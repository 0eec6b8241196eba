"""Messages → the offline model's next message: the tools that it calls, or cited sentences. It decides from the messages alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage

from assistant.agent.offline.encoders import Encoders
from assistant.agent.offline.findings import Call, call_id, findings
from assistant.agent.offline.reply import Mind, next_step, survey
from assistant.agent.offline.understanding.intents import Intents
from assistant.agent.presentation import current_turn


def next_message(messages: Sequence[AnyMessage], encoders: Encoders) -> AIMessage:
    """What was asked, which tools have answered, what is still wanted."""
    questions = [message.text for message in messages if isinstance(message, HumanMessage)]
    answered = len(current_turn(messages)) > 1
    mind = Mind(encoders.encode_answers, encoders.words(), Intents(encoders.encode, encoders.encode_kept))
    step = next_step(questions, findings(messages), mind) if answered else survey(questions[-1])
    return AIMessage(content=step) if isinstance(step, str) else AIMessage(content="", tool_calls=_tool_calls(step, len(messages)))


def _tool_calls(calls: Sequence[Call], step: int) -> list[dict[str, Any]]:
    """Ids count calls through the conversation, so that no two are the same."""
    return [
        {"name": c.name, "args": dict(c.arguments), "id": call_id(c, 100 * step + position), "type": "tool_call"}
        for position, c in enumerate(calls)
    ]
