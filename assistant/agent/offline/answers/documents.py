"""Which documents there are: all of them, those from the newest or the oldest on, those that mention something."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import missing, phrase, reply, title
from assistant.agent.offline.understanding.cues import light, scaffold
from assistant.language.stems import stems
from assistant.values import Document, DocumentRef

_Listed = tuple[Document | DocumentRef, int | None]
# So many documents are listed, and so many passages looked through for what they are to mention.
_SHOWN = 10
_PASSAGES = 12
_NEWEST = re.compile(r"\b(?:newest|latest|(?:most\s+)?recent(?:ly)?|new|current|up[ -]to[ -]date|last)\b", re.IGNORECASE)
_OLDEST = re.compile(r"\b(?:oldest|earliest|first)\b", re.IGNORECASE)
# What stands behind these is what the documents are to speak of.
_MENTION = re.compile(
    r"\b(?:documents?|docs?|papers?|reports?|sources?)\s+(?:(?:do|does|that|which|you|have|is|are)\s+)*"
    r"(?:mention\w*|discuss\w*|cover\w*|speak\w*\s+(?:of|about)|talk\w*\s+about|tells?\s+(?:of|about)|deals?\s+with|contain\w*|names?\s|refer\w*\s+to"
    r"|describ\w+|about|on)\s+(?P<thing>.+)",
    re.IGNORECASE,
)


def plan(question: str, _: Findings) -> list[Call]:
    """The list of documents, and a search for what they are to mention."""
    thing = _mentioned(question)
    return [call("list_documents"), *([call("search_passages", query=thing, k=_PASSAGES)] if thing else [])]


def say(question: str, findings: Findings) -> list[str]:
    """Title and date of each document that is asked for, cited, in a sentence of its own, so that each stands or falls by itself."""
    if not findings.evidence.documents:
        return [missing("documents")]
    if thing := _mentioned(question):
        cited = _mentioning(thing, findings)
        return _listed("documents_that_mention", cited) if cited else [missing("name", name=thing)]
    dated = [document for document in findings.evidence.documents if document.date]
    undated = [document for document in findings.evidence.documents if not document.date]
    for pattern, name in ((_NEWEST, "documents_newest"), (_OLDEST, "documents_oldest")):
        if pattern.search(question):
            ordered = sorted(dated, key=lambda document: document.date or "", reverse=pattern is _NEWEST)
            return _listed(name, [(d, _opening(d, findings)) for d in (*ordered, *undated)])
    return _listed("documents", [(d, _opening(d, findings)) for d in findings.evidence.documents])


def _listed(name: str, documents: Sequence[_Listed]) -> list[str]:
    lines = [
        reply("document").format(title=title(d.title), date=d.date or phrase("undated"), marker=f"[{number}]" if number else "")
        for d, number in documents[:_SHOWN]
    ]
    return [f"{line}." for line in (reply(name).format(documents=lines[0]), *lines[1:])]


def _opening(document: Document, findings: Findings) -> int | None:
    return next((n for n, s in enumerate(findings.evidence.sources, 1) if s.document.id == document.id), None)


def _mentioned(question: str) -> str:
    """What the documents are to mention, as the question has it; empty where it asks for no such."""
    match = _MENTION.search(question)
    thing = match["thing"].strip(" ?.!\"“”'") if match else ""
    return thing if frozenset(stems(thing)) - light() - scaffold() else ""


def _mentioning(thing: str, findings: Findings) -> list[_Listed]:
    """The documents with a passage that has all words of ``thing``, each with the number of that passage."""
    wanted = frozenset(stems(thing)) - light() - scaffold()
    found: dict[str, _Listed] = {}
    for number, source in enumerate(findings.evidence.sources, 1):
        if wanted <= frozenset(stems(source.passage.text)):
            found.setdefault(source.document.id, (source.document, number))
    return list(found.values())
