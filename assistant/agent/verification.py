"""A saved answer against the library of today: quotes at their characters, inputs in their quotes, arithmetic done again."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping

from assistant.agent.evidence import Evidence, Source
from assistant.agent.grounding import verify
from assistant.errors import AssistantError
from assistant.language.figures import figures
from assistant.library.library import Library
from assistant.studies.activity import convert_activity, decay, half_life
from assistant.studies.calculate import calculate
from assistant.studies.extract import extract_studies
from assistant.studies.facts import Study
from assistant.studies.quantities import convert
from assistant.values import Answer, Calculation, Citation, Document, Operand, Passage, Value, Working

_TOLERANCE = 1e-6


class Recheck(Value):
    """What no longer holds, or never did, in words; empty ``problems`` mean that the answer holds.

    ``changes`` tell what happened to its sources since: an answer may hold of versions whose place others took.
    """

    problems: tuple[str, ...]
    changes: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether nothing was found."""
        return not self.problems


def recheck(answer: Answer, library: Library) -> Recheck:
    """Checks every citation and calculation of ``answer``; never raises for what an answer contains.

    What cites a version that another superseded is checked against that version, whose text the library keeps.
    """
    known = {document.id: document for document in (*library.documents(), *library.superseded())}
    problems: list[str] = []
    for citation in answer.citations:
        problems += _citation_problems(citation, known.get(citation.document.id), library)
    quotes = {citation.id: citation for citation in answer.citations}
    for calculation in answer.calculations:
        problems += _input_problems(calculation, quotes)
        problems += _arithmetic_problems(calculation)
    problems += _text_problems(answer, known, library)
    return Recheck(problems=tuple(problems), changes=tuple(_changes(answer, known)))


def _changes(answer: Answer, known: Mapping[str, Document]) -> Iterator[str]:
    """For each document that is cited in a version of before, which one took its place."""
    for document in dict.fromkeys(known[c.document.id] for c in answer.citations if c.document.id in known):
        newest = document
        while newest.superseded_by and (later := known.get(newest.superseded_by)):
            newest = later
        if newest != document:
            marks = "".join(f"[{c.id}]" for c in answer.citations if c.document.id == document.id)
            yield f"{document.title!r}, cited by {marks}, has changed since: the library has a newer version of it, {newest.id}; ask again"


def _text_problems(answer: Answer, known: Mapping[str, Document], library: Library) -> Iterator[str]:
    """What the text says beyond its citations and calculations, as grounding judges it.

    A cell of a table says what its figure is only together with the studies that were extracted from the table; of a document
    that is not what it was they count for nothing.
    """
    found = {c.id: _passage(c, library) if c.document.id in known else None for c in answer.citations}
    sources = tuple(Source(passage=found[c.id] or _alone(c), document=c.document) for c in answer.citations)
    usable = {c.document.id for c in answer.citations if found[c.id]} - {c.document.id for c in answer.citations if not found[c.id]}
    old = (study for name in usable if known[name].superseded_by for study in extract_studies(name, library.text(name)))
    studies = (*(study for study in map(Study.model_validate_json, library.facts()) if study.document in usable), *old)
    workings = tuple(
        Working(
            tool=c.tool,
            formula=c.formula,
            operands=tuple(Operand(name=i.name, value=i.value, unit=i.unit, source=i.source) for i in c.inputs),
            results=c.results,
            notes=c.notes,
        )
        for c in answer.calculations
    )
    again = verify(answer.text, Evidence(sources=sources, workings=workings, studies=studies), answer.question, (answer.text,))
    for sentence in again.verification.sentences:
        if not sentence.supported:
            yield f"the text says {sentence.text!r}, but {sentence.reason}"


def _passage(citation: Citation, library: Library) -> Passage | None:
    """The passage of the answer at its place in the library's text, where it still stands there around the quote."""
    text, name = citation.passage, citation.document.id
    whole = library.text(name)
    start = whole.find(text, max(0, citation.start - len(text)), citation.start + len(text))
    if not 0 <= start <= citation.start < start + len(text):
        return None
    return Passage(id=f"{name}:{start}-{start + len(text)}", document=name, start=start, end=start + len(text), text=text)


def _alone(citation: Citation) -> Passage:
    """The passage of the answer, as a text of its own."""
    text = citation.passage
    return Passage(id=str(citation.id), document=citation.document.id, start=0, end=len(text), text=text)


def _citation_problems(citation: Citation, document: Document | None, library: Library) -> Iterator[str]:
    if document is None:
        yield f"[{citation.id}] cites {citation.document.title!r}, which is not in the library, or not in this version"
        return
    if library.text(document.id)[citation.start : citation.end] != citation.quote:
        yield f"[{citation.id}] is not what stands at characters {citation.start} to {citation.end} of {document.title!r}"
    for name in ("title", "date"):
        was, now = getattr(citation.document, name), getattr(document, name)
        if was != now:
            yield f"[{citation.id}] gives the {name} {was!r}; the library has {now!r}"


def _input_problems(calculation: Calculation, quotes: Mapping[int, Citation]) -> Iterator[str]:
    for entry in calculation.inputs:
        if entry.citation is None:
            continue
        quote = quotes.get(entry.citation)
        if quote is None:
            yield f"[{calculation.id}] takes {entry.name} from [{entry.citation}], which the answer does not have"
        elif entry.unit and not any(_same(figure.value, figure.unit, entry.value, entry.unit) for figure in figures(quote.passage)):
            yield f"[{calculation.id}] takes {entry.name} = {entry.value:g} {entry.unit} from [{entry.citation}], which does not say so"


def _arithmetic_problems(calculation: Calculation) -> Iterator[str]:
    expected = _EXPECTED.get(calculation.tool)
    if expected is None:
        yield f"[{calculation.id}] was made by {calculation.tool!r}, which this version does not know"
        return
    try:
        results = expected(calculation)
    except (AssistantError, LookupError, ArithmeticError):
        yield f"[{calculation.id}] cannot be computed again from its inputs"
        return
    for result in calculation.results:
        right = results.get((result.name, result.unit))
        if right is not None and not math.isclose(right, result.value, rel_tol=_TOLERANCE, abs_tol=_TOLERANCE):
            yield f"[{calculation.id}] says {result.name} = {result.value:g} {result.unit}; its inputs give {right:g}"


_Results = dict[tuple[str, str], float]


def _benefit(calculation: Calculation) -> _Results:
    treated, base = calculation.inputs[:2]
    unit = next(result.unit for result in calculation.results if result.name == "gain")
    longer, shorter = convert(treated.value, treated.unit, unit), convert(base.value, base.unit, unit)
    results = {
        ("gain", unit): longer - shorter,
        ("ratio", "ratio"): longer / shorter,
        ("increase", "percent"): 100 * (longer - shorter) / shorter,
    }
    added = next((result for result in calculation.results if result.name == "added activity"), None)
    if added:
        results["gain per added activity", f"{unit}/{added.unit}"] = (longer - shorter) / added.value
    return results


def _doses(calculation: Calculation) -> _Results:
    stated = {result.name: result for result in calculation.results if not result.name.startswith("total")}
    one, count = stated.get("activity per administration"), stated.get("administrations")
    if one is None or count is None:
        return {}
    return {
        (result.name, result.unit): convert(one.value * count.value, one.unit, result.unit)
        for result in calculation.results
        if result.name == "total activity"
    }


def _decay(calculation: Calculation) -> _Results:
    values = {entry.name.partition("(")[0]: entry for entry in calculation.inputs}
    activity, period = values["activity"], values["half-life"]
    again = decay(_nuclide(period.name), activity.value, activity.unit, values["elapsed"].value)
    return {(result.name, result.unit): result.value for result in again.results}


def _half_life(calculation: Calculation) -> _Results:
    again = half_life(_nuclide(calculation.inputs[0].name))
    return {(result.name, result.unit): result.value for result in again.results}


def _nuclide(name: str) -> str:
    """``I-131`` of the input's name ``half-life(I-131)``."""
    return name.partition("(")[2].removesuffix(")")


def _conversion(calculation: Calculation) -> _Results:
    amount = calculation.inputs[0]
    again = [convert_activity(amount.value, amount.unit, result.unit).results[0] for result in calculation.results]
    return {(result.name, result.unit): result.value for result in again}


def _expression(calculation: Calculation) -> _Results:
    again = calculate(calculation.formula.removeprefix("result = "))
    return {(result.name, result.unit): result.value for result in again.results}


# By the tool that made the calculation.
_EXPECTED: Mapping[str, Callable[[Calculation], _Results]] = {
    "survival_benefit": _benefit,
    "dose_summary": _doses,
    "decay": _decay,
    "half_life": _half_life,
    "convert_activity": _conversion,
    "calculate": _expression,
}


def _same(value: float, unit: str, other: float, other_unit: str) -> bool:
    try:
        return math.isclose(convert(value, unit, other_unit), other, rel_tol=1e-3)
    except AssistantError:
        return False
