"""Which kind of reply about the assistant a message calls for: what it is, which documents it knows, what it will not do."""

from __future__ import annotations

import re

from assistant.agent.offline.understanding.cues import signals
from assistant.agent.offline.understanding.message import read_message
from assistant.agent.offline.understanding.topic import Topic

_ROLE = re.compile(r"\W*(?:please\s+)?act as\b", re.IGNORECASE)
_WHY = re.compile(r"\W*(?:(?:so|and|but)\W+)?(?:why|how come)\b", re.IGNORECASE)
_SOMEBODY = re.compile(r"\b(?:he|she|they|him|her|them)\b", re.IGNORECASE)
# "What can you tell me?" asks what may be asked; "what can you tell me about X?" asks about X.
_OFFERS = re.compile(
    r"\bwhat\s+(?:all\s+|else\s+)?(?:can|could|would|will|do)\s+you\s+(?:tell|say|answer|show|offer|give|explain)(?:\s+(?:me|us|to|about|here))*\W*$",
    re.IGNORECASE,
)


def kind_of(shown: frozenset[str], topic: Topic | None) -> str | None:
    """Which reply the meta signals of a message call for; None where it is a question about the documents.

    A greeting before a question does not count, and advice is asked for by somebody, for somebody, about doing something.
    """
    if "instruction" in shown:
        return "instruction"
    calculated = topic is not None and topic.aspect == "decay" and bool(topic.nuclides and topic.figures)  # "what should I order?"
    if {"advice_subject", "advice_form"} <= shown and "advice_never" not in shown and not calculated:
        return "advice"
    for name in ("documents", "help"):
        if name in shown:
            return name
    asks = topic is not None and (topic.aspect != "text" or "?" in topic.question or len(topic.question.split()) > 4)
    return next((name for name in ("greeting", "thanks") if name in shown and not asks), None)


def signals_of(question: str) -> frozenset[str]:
    """What a message shows of being about the assistant or about somebody's treatment: "My uncle has it. Should he get it?".

    For whom a treatment is thought of may stand where a purpose does: "Would it work for my aunt?".
    """
    shown = signals(question, "signals_meta")
    if _ROLE.match(question):
        return shown | {"instruction"}
    if "beneficiary" in shown and shown & {"hope", "advice_form"}:
        return frozenset(["advice_subject", "advice_form"])
    if _OFFERS.search(question):
        return frozenset({"help"}) | shown & {"greeting"}
    message = read_message(question)
    asked = " ".join(message.questions)
    told = signals(message.around, "signals_meta") & {"advice_subject"} if _SOMEBODY.search(asked) else frozenset[str]()
    reason = frozenset({"advice_form"}) if _WHY.match(asked) else frozenset[str]()  # "why should patients drink?" asks for no advice
    return (signals(asked, "signals_meta") | told) - reason
