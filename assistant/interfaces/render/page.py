"""An answer laid out as the parts that every rendering shows, in the order in which they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.interfaces.render.clean import one_line, shown
from assistant.interfaces.render.wording import day_month_year, position
from assistant.language.brackets import covered
from assistant.language.written import number, rounded, unit_name
from assistant.settings import OFFLINE
from assistant.values import Answer, Calculation, CalculationInput, Citation


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation on one line; ``place`` says where in its document it opens.

    ``repeated`` is whether the answer's text has it in full. ``before`` and ``after`` are what stands around it in its passage.
    """

    marker: str
    text: str
    place: str
    repeated: bool
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Source:
    """A document and what is quoted from it."""

    title: str
    date: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a calculation; ``origin`` is a marker such as ``[1]``, an outside source, or empty for a result."""

    name: str
    value: str
    unit: str
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A calculation; ``formulas`` has a line for each equation, ``notes`` what the answer's caveats do not say already."""

    marker: str
    title: str
    formulas: tuple[str, ...]
    inputs: tuple[Row, ...]
    results: tuple[Row, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """An answer, cleaned. ``missing`` holds only what the text does not already say; ``dropped`` gives sentence and reason.

    ``written`` is whether a language model wrote the text, which may then be Markdown, ``quoted_from`` what it may quote.
    """

    question: str
    text: str
    written: bool
    quoted_from: tuple[str, ...]
    missing: tuple[str, ...]
    sources: tuple[Source, ...]
    cards: tuple[Card, ...]
    caveats: tuple[str, ...]
    verdict: str
    dropped: tuple[tuple[str, str], ...]
    footer: str

    @property
    def covered(self) -> str:
        """``text`` with the brackets covered that its quotations have of themselves; what is left of ``[1]`` are markers."""
        return covered(self.text, self.quoted_from)


def page(answer: Answer) -> Page:
    """The parts of ``answer``, safe to show."""
    answer = shown(answer)
    said = one_line(answer.text).casefold()
    checked = answer.verification.sentences
    return Page(
        question=one_line(answer.question),
        text=answer.text.strip(),
        written=answer.model != OFFLINE,
        quoted_from=tuple(text for citation in answer.citations for text in (citation.passage, citation.document.title)),
        missing=tuple(item for item in answer.missing if one_line(item).casefold().rstrip(".") not in said),
        sources=sources(answer.citations, one_line(answer.text)),
        cards=tuple(card(calculation, answer.caveats) for calculation in answer.calculations),
        caveats=tuple(one_line(caveat) for caveat in answer.caveats),
        verdict=_verdict(answer),
        dropped=tuple((one_line(sentence.text), sentence.reason or "no reason given") for sentence in checked if not sentence.supported),
        footer=" · ".join((answer.model, answer.library_generation, f"{answer.elapsed_ms} ms")),
    )


def sources(citations: Sequence[Citation], said: str = "") -> tuple[Source, ...]:
    """Quotes under the document they stand in, documents in the order in which they are first cited.

    ``said`` is the text on one line that cites them; the citations are clean already.
    """
    by_document: dict[str, list[Citation]] = {}
    for citation in citations:
        by_document.setdefault(citation.document.id, []).append(citation)
    return tuple(
        Source(
            title=one_line(group[0].document.title),
            date=day_month_year(group[0].document.date),
            quotes=tuple(quoted(citation, said) for citation in group),
        )
        for group in by_document.values()
    )


def quoted(citation: Citation, said: str = "") -> Quote:
    """A citation's quotation in its passage; ``said`` is the answer's text on one line."""
    words = one_line(citation.quote)
    # A quote of hidden characters only is empty once it is cleaned.
    before, found, after = citation.passage.partition(citation.quote) if words else ("", "", "")
    if not found:
        before = after = ""
    place = position(citation.start, citation.end, citation.page, one_line(citation.section or ""), one_line(citation.columns or ""))
    return Quote(f"[{citation.id}]", words, place, words in said, one_line(before), one_line(after))


def card(calculation: Calculation, caveats: tuple[str, ...] = ()) -> Card:
    """A calculation as people read it; notes that are among ``caveats`` are left off."""
    return Card(
        marker=f"[{calculation.id}]",
        title=calculation.tool.replace("_", " "),
        formulas=tuple(one_line(formula) for formula in calculation.formula.split(";")),
        inputs=tuple(map(_input_row, calculation.inputs)),
        results=tuple(Row(item.name, rounded(item.value), unit_name(item.unit, item.value)) for item in calculation.results),
        notes=tuple(one_line(note) for note in calculation.notes if note not in caveats),
    )


def _input_row(item: CalculationInput) -> Row:
    value, unit = (item.day, "") if item.day else (number(item.value), unit_name(item.unit, item.value))
    return Row(item.name, value, unit, _origin(item))


def _origin(item: CalculationInput) -> str:
    if item.citation is not None:
        return f"[{item.citation}]"
    return f"from {one_line(item.source)}" if item.source else ""


def _verdict(answer: Answer) -> str:
    taken_out = sum(not sentence.supported for sentence in answer.verification.sentences)
    if answer.verification.verdict == "verified":
        return "verified"
    return f"partly verified: {taken_out or len(answer.verification.dropped)} unsupported taken out"
