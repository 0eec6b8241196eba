"""What the tools return to programs: the values of the contract, and about them what makes a span or an input quotable."""

from __future__ import annotations

from assistant.agent.evidence import Evidence, Source
from assistant.agent.presentation import marker_of
from assistant.values import Calculation, CalculationInput, Citation, Operand, Span, Value


class Passages(Value):
    """Passages that a search found, best first, each with the document it stands in."""

    passages: tuple[Source, ...]


class Calculated(Value):
    """A calculation; an input's ``citation`` is the id of one of ``citations``, its ``source`` says where else it comes from."""

    calculation: Calculation
    citations: tuple[Citation, ...]


def calculated(evidence: Evidence) -> Calculated:
    """The one working of ``evidence`` as an answer shows it, each input that a document states with its quote."""
    (working,) = evidence.workings
    cited: dict[Span, Citation] = {}
    for operand in working.operands:
        if operand.span and operand.span not in cited:
            cited[operand.span] = _citation(len(cited) + 1, operand.span, evidence)
    calculation = Calculation(
        id="c1",
        tool=working.tool,
        formula=working.formula,
        inputs=tuple(_input(operand, cited) for operand in working.operands),
        results=working.results,
        notes=working.notes,
    )
    return Calculated(calculation=calculation, citations=tuple(cited.values()))


def _input(operand: Operand, cited: dict[Span, Citation]) -> CalculationInput:
    citation = cited[operand.span].id if operand.span else None
    return CalculationInput(name=operand.name, value=operand.value, unit=operand.unit, citation=citation, source=operand.source)


def _citation(number: int, span: Span, evidence: Evidence) -> Citation:
    place = marker_of(span, evidence)
    if place is None:
        raise ValueError(f"the evidence of a calculation lacks the passage of characters {span.start} to {span.end}")
    source = evidence.sources[place - 1]
    passage = source.passage
    end = min(span.end, passage.end)
    return Citation(
        id=number,
        document=source.document,
        quote=passage.text[span.start - passage.start : end - passage.start],
        start=span.start,
        end=end,
        passage=passage.text,
        page=passage.page_at(span.start),
        section=passage.section,
    )
