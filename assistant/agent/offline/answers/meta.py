"""Which kind of reply about the assistant a message calls for: what it is, which documents it knows, what it will not do."""

from __future__ import annotations

from assistant.agent.offline.topic import Topic


def kind_of(signals: frozenset[str], topic: Topic | None) -> str | None:
    """Which reply the meta signals of a message call for; None where it is a question about the documents.

    A greeting before a question does not count, and advice is asked for by somebody, for somebody, about doing something.
    """
    if "instruction" in signals:
        return "instruction"
    if {"advice_subject", "advice_form"} <= signals and "advice_never" not in signals:
        return "advice"
    for name in ("documents", "help"):
        if name in signals:
            return name
    asks = topic is not None and (topic.aspect != "text" or "?" in topic.question or len(topic.question.split()) > 4)
    return next((name for name in ("greeting", "thanks") if name in signals and not asks), None)
