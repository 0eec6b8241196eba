"""The offline model's next message, from the messages alone: what it looks up first, then what it says."""

from __future__ import annotations

from types import SimpleNamespace

from langchain_core.messages import AIMessage, HumanMessage, ToolMessage

from assistant.agent.offline.decision import next_message
from tests.unit.agent.offline.worded import bag


def decide(*messages):
    return next_message(list(messages), SimpleNamespace(encode=bag, encode_kept=bag, encode_answers=bag, words=frozenset))


def test_a_question_is_looked_up_before_anything_is_said():
    message = decide(HumanMessage("Which isotope does it carry?"))
    assert [call["name"] for call in message.tool_calls] == ["list_studies", "search_passages"]
    assert len({call["id"] for call in message.tool_calls}) == 2
    assert message.text == ""


def test_a_later_question_gets_other_ids():
    first = decide(HumanMessage("Which isotope?"))
    answered = [HumanMessage("Which isotope?"), first, *(ToolMessage("none", tool_call_id=call["id"]) for call in first.tool_calls)]
    later = decide(*answered, AIMessage("None."), HumanMessage("Which model?"))
    assert not {call["id"] for call in later.tool_calls} & {call["id"] for call in first.tool_calls}


def test_only_the_question_of_a_message_is_searched_for():
    message = decide(HumanMessage("I am writing a slide on it. What was the HR in Q3 24?"))
    query = message.tool_calls[1]["args"]["query"]
    assert "slide" not in query
    assert "third quarter of 2024" in query
    assert "hazard ratio" in query
