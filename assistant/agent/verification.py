"""A saved answer against the library of today: quotes at their characters, inputs in their quotes, arithmetic done again."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date

from assistant.agent.evidence import Evidence, Source
from assistant.agent.grounding import Background, verify
from assistant.agent.grounding.workings import CONSTANT, EARLIER_QUESTION, QUESTION, is_constant
from assistant.agent.recomputing import recomputed
from assistant.errors import AssistantError, CalculationError
from assistant.language.dates import dated_in, names
from assistant.language.figures import Figure, figures
from assistant.library.library import Library
from assistant.studies.activity import half_life
from assistant.studies.expression import DATE
from assistant.studies.extract import extract_studies
from assistant.studies.facts import Study
from assistant.studies.quantities import convert
from assistant.values import Answer, Calculation, CalculationInput, Citation, Document, Operand, Passage, Value, Working

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
    for calculation in answer.calculations:
        problems += _input_problems(calculation, answer)
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
    known_studies = tuple(map(Study.model_validate_json, library.facts()))
    studies = (*(study for study in known_studies if study.document in usable), *old)
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
    again = verify(
        answer.text,
        Evidence(sources=sources, workings=workings, studies=studies),
        answer.question,
        _earlier(answer),
        Background(studies=known_studies),
    )
    for sentence in again.verification.sentences:
        if not sentence.supported:
            yield f"the text says {sentence.text!r}, but {sentence.reason}"


def _earlier(answer: Answer) -> tuple[str, ...]:
    """The earlier questions that inputs come from, which these quote."""
    named = (entry.source or "" for calculation in answer.calculations for entry in calculation.inputs)
    return tuple(dict.fromkeys(source for source in named if source.startswith(EARLIER_QUESTION)))


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


def _input_problems(calculation: Calculation, answer: Answer) -> Iterator[str]:
    quotes = {citation.id: citation for citation in answer.citations}
    for entry in calculation.inputs:
        constant = entry.source == CONSTANT and is_constant(entry.value, entry.unit, calculation.formula)
        taken = f"[{calculation.id}] takes {entry.name} = {entry.amount}"
        quote = quotes.get(entry.citation) if entry.citation is not None else None
        if entry.citation is None:
            if not constant and not _has_source(entry, answer):
                yield f"{taken} from {entry.source or 'nowhere'}, which does not say so"
        elif quote is None:
            yield f"{taken} from [{entry.citation}], which the answer does not have"
        elif entry.unit and not _is_stated(entry, quote.passage):
            yield f"{taken} from [{entry.citation}], which does not say so"


def _is_stated(entry: CalculationInput, passage: str) -> bool:
    if entry.day:
        return names(passage, date.fromisoformat(entry.day))
    return any(_same(figure.value, figure.unit, entry.value, entry.unit) for figure in figures(passage))


def _has_source(entry: CalculationInput, answer: Answer) -> bool:
    """Whether an input that no document states comes from where it says: another calculation, a question, nuclear data."""
    earlier = {calculation.id: calculation for calculation in answer.calculations}.get(entry.source or "")
    if earlier:
        return any(_same(result.value, result.unit, entry.value, entry.unit) for result in earlier.results)
    if entry.source == QUESTION or (entry.source or "").startswith(EARLIER_QUESTION):
        asked = answer.question if entry.source == QUESTION else str(entry.source)
        if entry.day:
            return dated_in(asked, date.fromisoformat(entry.day))
        return any(_states(figure, entry) for figure in figures(asked))
    nuclear = _nuclear_data(entry.name)
    return nuclear is not None and (nuclear.source, nuclear.value, nuclear.unit) == (entry.source, entry.value, entry.unit)


def _states(figure: Figure, entry: CalculationInput) -> bool:
    """Whether the user's figure is the input; a number may be taken in a unit that the question leaves out."""
    if figure.unit == DATE:
        return False
    return figure.value == entry.value if not figure.unit or not entry.unit else _same(figure.value, figure.unit, entry.value, entry.unit)


def _nuclear_data(name: str) -> Operand | None:
    """The half-life that an input called ``half-life(I-131)`` must be; None where there is none."""
    kind, _, nuclide = name.partition("(")
    try:
        return half_life(nuclide.removesuffix(")")).operands[0] if kind == "half-life" else None
    except CalculationError:
        return None


def _arithmetic_problems(calculation: Calculation) -> Iterator[str]:
    try:
        results = recomputed(calculation)
    except LookupError:
        yield f"[{calculation.id}] was made by {calculation.tool!r}, which this version does not know"
        return
    except CalculationError:
        yield f"[{calculation.id}] cannot be computed again from its inputs"
        return
    for result in calculation.results:
        right = results.get((result.name, result.unit))
        if right is None:
            yield f"[{calculation.id}] says {result.name} = {result.value:g} {result.unit}, which its inputs do not give"
        elif not math.isclose(right, result.value, rel_tol=_TOLERANCE, abs_tol=_TOLERANCE):
            yield f"[{calculation.id}] says {result.name} = {result.value:g} {result.unit}; its inputs give {right:g}"


def _same(value: float, unit: str, other: float, other_unit: str) -> bool:
    try:
        return math.isclose(convert(value, unit, other_unit), other, rel_tol=1e-3)
    except AssistantError:
        return False
