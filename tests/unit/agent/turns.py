"""Conversations made by hand: questions, tool calls and the evidence that tools return, with short invented texts."""

from __future__ import annotations

from langchain_core.messages import AIMessage, ToolMessage

from assistant.agent.evidence import Evidence, Source
from assistant.values import DocumentRef, Operand, Passage, Result, Span, Working

DOCUMENT = DocumentRef(id="d1", title="Mice live longer", date="2031-05-07", path="news.txt")


def source(start, text="Mice lived 90 days. Others lived 60 days.", document=DOCUMENT):
    passage = Passage(id=f"{document.id}-{start}", document=document.id, start=start, end=start + len(text), text=text)
    return Source(passage=passage, document=document)


def working(value=30.0, span=None):
    return Working(
        tool="calculate",
        formula="gain = 90 − 60",
        operands=(
            Operand(name="longer", value=90.0, unit="day", span=span),
            Operand(name="half-life", value=8.0, unit="day", source="ICRP"),
        ),
        results=(Result(name="gain", value=value, unit="day"),),
        notes=("no control arm",),
    )


def span(start, document="d1"):
    return Span(document=document, start=start, end=start + 5)


def calls(*names, prefix="a", **arguments):
    made = [{"name": name, "args": arguments, "id": f"{prefix}{place}", "type": "tool_call"} for place, name in enumerate(names)]
    return AIMessage(content="", tool_calls=made)


def result(evidence=None, call_id="a0", content="as the tool said it", **fields):
    artifact = Evidence(**evidence).model_dump(mode="json") if evidence is not None else None
    return ToolMessage(content=content, tool_call_id=call_id, artifact=artifact, **fields)
