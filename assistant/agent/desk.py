"""The tools over the library and the studies: content in words for the model, and the evidence. All are read-only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Annotated

from pydantic import WithJsonSchema

from assistant.agent.evidence import Evidence, Source
from assistant.agent.presentation import render
from assistant.errors import CalculationError, StudyError, UnknownDocument
from assistant.library.library import Library
from assistant.studies import activity as activity_calculations
from assistant.studies.benefit import survival_benefit as benefit_of
from assistant.studies.calculate import calculate as calculate_expression
from assistant.studies.chart import gains
from assistant.studies.facts import Study
from assistant.studies.naming import find_arm, find_study, matching_studies
from assistant.values import Document, DocumentRef, Passage, Span, Working

Output = tuple[str, Evidence]
# A model is told of a text that may be left out, in fewer words than of one that may be a text or nothing.
OptionalText = Annotated[str | None, WithJsonSchema({"type": "string"})]

# More studies than this tell a model nothing; it is asked to name a compound or model instead.
_STUDIES_SHOWN = 200
_DOCUMENTS_SHOWN = 50
_PASSAGES_AT_MOST = 20


# A name or an expression that a model can give better: it is told of it. A library that cannot be read ends the question with its
# error, lest its silence be taken for "not in the sources".
MENDABLE = (StudyError, CalculationError, UnknownDocument)


class Desk:
    """What the tools work on. ``documents`` limits every tool to some documents, by id."""

    def __init__(self, library: Library, documents: Sequence[str] | None = None) -> None:
        self._library = library
        self._documents = tuple(documents) if documents else None
        self._parsed: tuple[str, tuple[Study, ...]] | None = None
        self._listed: tuple[str, Output] | None = None

    @property
    def tools(self) -> Mapping[str, Callable[..., Output]]:
        """The tools of the contract by their names. What a model can mend they raise as one of MENDABLE."""
        functions: tuple[Callable[..., Output], ...] = (
            self.search_passages,
            self.list_documents,
            self.list_studies,
            self.survival_benefit,
            self.dose_summary,
            self.convert_activity,
            self.decay,
            self.half_life,
            self.calculate,
            self.chart,
        )
        return {function.__name__: function for function in functions}

    def studies(self) -> tuple[Study, ...]:
        """The library's studies; parsed once per generation."""
        generation = self._library.generation
        if self._parsed is None or self._parsed[0] != generation:
            self._parsed = generation, tuple(Study.model_validate_json(text) for text in self._library.facts())
        return tuple(s for s in self._parsed[1] if not self._documents or s.document in self._documents)

    def search_passages(self, query: str, k: int = 5) -> Output:
        """Search the documents for the passages nearest to a query."""
        hits = self._library.search(query, min(max(k, 1), _PASSAGES_AT_MOST), self._documents)
        return _output(Evidence(sources=self._cited(hit.passage for hit in hits)))

    def every_passage(self, most: int) -> tuple[Source, ...]:
        """All passages of a library with up to so many characters of text; none of a larger one."""
        documents = [d for d in self._library.documents() if not self._documents or d.id in self._documents]
        small = sum(document.characters for document in documents) <= most
        return self._cited(passage for document in documents for passage in self._library.passages(document.id)) if small else ()

    def list_documents(self) -> Output:
        """List the documents: title, date, id and opening; of very many the newest."""
        documents = [d for d in self._library.documents() if not self._documents or d.id in self._documents]
        if len(documents) > _DOCUMENTS_SHOWN:
            documents = sorted(documents, key=lambda document: document.date or "", reverse=True)[:_DOCUMENTS_SHOWN]
        openings = [passages[0] for d in documents if (passages := self._library.passages(d.id))]
        return _output(Evidence(sources=self._cited(openings), documents=tuple(documents)))

    def list_studies(self, compound: OptionalText = None, model: OptionalText = None) -> Output:
        """List studies with their arms: activity, schedule, survival; all, or of one compound or model."""
        if compound or model:
            return self._listing(compound, model)
        generation, listed = self._library.generation, self._listed
        if listed is None or listed[0] != generation:  # every question begins with it
            listed = self._listed = generation, self._listing()
        return listed[1]

    def _listing(self, compound: str | None = None, model: str | None = None) -> Output:
        studies: Sequence[Study] = self.studies()
        for name in (compound, model):
            if name:
                studies = matching_studies(studies, name)
        shown = tuple(studies[:_STUDIES_SHOWN])
        return _output(Evidence(sources=self._sources(_spans(shown)), studies=shown))

    def survival_benefit(
        self,
        study: str,
        treatment: str,
        reference: str,
        reference_study: OptionalText = None,
        document: OptionalText = None,
        per_activity: bool = True,
    ) -> Output:
        """Survival gained by an arm over a reference arm: difference, ratio, percent, gain per added activity.

        Name study and arms as list_studies does; ``document``, an id, only where two documents have a study of that name.
        """
        chosen = find_study(self._studies_of(document), study, [treatment] if reference_study else [treatment, reference])
        other = find_study(self.studies(), reference_study) if reference_study else None
        working = benefit_of(chosen, find_arm(chosen, treatment), find_arm(other or chosen, reference), other, per_activity=per_activity)
        return self._calculated(working, [chosen, *([other] if other else [])])

    def dose_summary(self, study: str, arm: str, document: OptionalText = None) -> Output:
        """Activity given to an arm: each time, in total, and the interval."""
        chosen = find_study(self._studies_of(document), study, [arm])
        return self._calculated(activity_calculations.dose_summary(chosen, find_arm(chosen, arm)), [chosen])

    def convert_activity(self, value: float, unit: str, to: str) -> Output:
        """Convert an activity (Bq, kBq, MBq, GBq, uCi, mCi, Ci) or a time (day, week, month) to another unit."""
        return self._calculated(activity_calculations.convert_activity(value, unit, to))

    def decay(self, nuclide: str, activity: float, unit: str, elapsed_days: float) -> Output:
        """Physical decay of an activity of a nuclide such as I-131, without biological clearance."""
        return self._calculated(activity_calculations.decay(nuclide, activity, unit, elapsed_days))

    def half_life(self, nuclide: str) -> Output:
        """Physical half-life of a nuclide such as I-131."""
        return self._calculated(activity_calculations.half_life(nuclide))

    def calculate(self, expression: str) -> Output:
        """Unit-aware arithmetic, for example "80 day / 52 day", "2 * 300 uCi in MBq" or, of two dates, "2031-09-26 - 2031-01-08 in week".
        Use figures of the sources only."""
        return self._calculated(calculate_expression(expression))

    def chart(self, study: OptionalText = None, document: OptionalText = None) -> Output:
        """Show the user a bar chart of survival by arm, of one study or all, with the gains it marks. Only where a chart is asked for."""
        studies = [find_study(self._studies_of(document), study)] if study else list(self._studies_of(document))
        drawn = [s for s in studies if any(arm.survival for arm in s.arms)]
        if not drawn:
            raise StudyError(f"no arm of {study or 'any study'} has a survival that could be drawn")
        workings = tuple(gain.working for s in drawn for gain in gains(s))
        spans = [operand.span for working in workings for operand in working.operands if operand.span]
        return _output(Evidence(sources=self._sources([*_spans(drawn), *spans]), workings=workings, studies=tuple(drawn)))

    def _studies_of(self, document: str | None) -> tuple[Study, ...]:
        return tuple(study for study in self.studies() if document in (None, study.document))

    def _calculated(self, working: Working, studies: Sequence[Study] = ()) -> Output:
        spans = [operand.span for operand in working.operands if operand.span]
        return _output(Evidence(sources=self._sources(spans), workings=(working,), studies=tuple(studies)))

    def _sources(self, spans: Iterable[Span]) -> tuple[Source, ...]:
        passages = {passage.id: passage for passage in self._library.passages_at(tuple(spans))}
        return self._cited(passages.values())

    def _cited(self, passages: Iterable[Passage]) -> tuple[Source, ...]:
        cited = tuple(passages)
        documents = self._library.documents_of(cited)
        return tuple(Source(passage=passage, document=reference(documents[passage.document])) for passage in cited)


def reference(document: Document) -> DocumentRef:
    """What a citation says of ``document``."""
    return DocumentRef(id=document.id, title=document.title, date=document.date, path=document.path)


def _output(evidence: Evidence) -> Output:
    return render(evidence, evidence), evidence


def _spans(studies: Iterable[Study]) -> list[Span]:
    found: list[Span] = []
    for study in studies:
        found += study.spans.values()
        for arm in study.arms:
            found += arm.spans.values()
            found += [note.span for note in arm.notes]
            if arm.survival:
                found.append(arm.survival.span)
    return sorted(found, key=lambda span: (span.document, span.start))
