"""Titles of documents, quoted from where they stand."""

from __future__ import annotations

from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import quoted
from assistant.agent.offline.sentences.scope import scope
from assistant.agent.offline.understanding.topic import Topic

_PASSAGES = 2
_DOCUMENTS_AT_MOST = 4


def plan(topic: Topic, findings: Findings) -> list[Call]:
    """A search for each title, since it may stand in no passage that the question found."""
    return [call("search_passages", query=title, k=_PASSAGES) for title in _titles(topic, findings).values()]


def say(topic: Topic, findings: Findings) -> list[str]:
    """The title of each document that is meant; none of those that only the name of their file tells."""
    said = []
    for document, title in _titles(topic, findings).items():
        holding = (
            number
            for number, source in enumerate(findings.evidence.sources, 1)
            if source.document.id == document and title in " ".join(source.passage.text.split())
        )
        if number := next(holding, None):
            said.append(quoted("", title, f"[{number}]"))
    return said


def _titles(topic: Topic, findings: Findings) -> dict[str, str]:
    """The titles of the documents in question, on one line, by id."""
    meant = scope(topic, findings.evidence.sources)
    titles = {source.document.id: " ".join(source.document.title.split()) for source in findings.evidence.sources}
    return {document: title for document, title in list(titles.items())[:_DOCUMENTS_AT_MOST] if document in meant}
