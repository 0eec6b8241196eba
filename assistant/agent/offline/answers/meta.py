"""Replies about the assistant: what it is, which documents it knows, what it will not do."""

from __future__ import annotations

from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import missing, phrase, reply, title
from assistant.agent.offline.topic import Topic

_DOCUMENTS_SHOWN = 10


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


def plan_documents(_: Topic | None, __: Findings) -> list[Call]:
    """The list of documents."""
    return [call("list_documents")]


def say_documents(findings: Findings) -> list[str]:
    """Title and date of each document, cited by its opening, in a sentence of its own, so that each stands or falls by itself."""
    documents = findings.evidence.documents
    if not documents:
        return [missing("documents")]
    lines = []
    for document in documents[:_DOCUMENTS_SHOWN]:
        number = next((n for n, s in enumerate(findings.evidence.sources, 1) if s.document.id == document.id), None)
        date = document.date or phrase("undated")
        lines.append(reply("document").format(title=title(document.title), date=date, marker=f"[{number}]" if number else ""))
    return [f"{line}." for line in (reply("documents").format(documents=lines[0]), *lines[1:])]
