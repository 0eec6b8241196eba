"""What a draft is judged by: the evidence of the turn, read and checked once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from assistant.agent.evidence import Evidence, Source
from assistant.agent.grounding.agreement import stated
from assistant.agent.grounding.amounts import Amount, amounts
from assistant.agent.grounding.background import Background
from assistant.agent.grounding.citations import runs
from assistant.agent.grounding.codes import codes, names_in
from assistant.agent.grounding.facts import facts, names_together
from assistant.agent.grounding.ground import Ground
from assistant.agent.grounding.mentions import Pair, Registry, registry_of
from assistant.agent.grounding.reading import Line, Support, headed, lines, lines_of, locate
from assistant.agent.grounding.studied import studies_of
from assistant.agent.grounding.vocabulary import content, stems, table
from assistant.agent.grounding.workings import check, in_units
from assistant.language.names import element_names, nuclides
from assistant.studies.facts import Study
from assistant.values import Span, Working


class Turn:
    """The evidence of one turn with its checked calculations, its studies and the user's questions."""

    def __init__(self, evidence: Evidence, questions: Sequence[str], background: Background) -> None:
        self.questions = tuple(questions)
        self.background = background
        self.studies = studies_of(evidence, background.studies)
        self.facts = facts(self.studies)
        self.checked = check(evidence, questions, self.facts)
        self.evidence = evidence.model_copy(update={"workings": tuple(map(in_units, self.checked))})

    @cached_property
    def registry(self) -> Registry:
        """The studies by their names."""
        return registry_of(tuple(self.studies), tuple(map(self._rank, self.studies)))

    def _rank(self, study: Study) -> int | None:
        """The number that the study's paragraph gives it: "in the first study"."""
        nouns = stems(table("meaning")["counted_studies"])
        for span in _spans(study):
            if located := locate(span, self.evidence):
                ranks = [a.value for line in _paragraph(*located) for a in line.figures if a.kind == "rank" and a.nouns & nouns]
                return int(ranks[0]) if ranks else None
        return None

    def asked(self, amount: Amount) -> bool:
        """Whether the user named this figure."""
        return any(stated(amount, known) for question in self.questions for known in amounts(question))

    def repeats(self, amount: Amount) -> bool:
        """Whether the user named this value with this unit, whatever it counts."""
        known = [figure for question in self.questions for figure in amounts(question)]
        return any(amount.value == figure.value and amount.unit in ("", figure.unit) for figure in known)

    def read_from(self, support: Support) -> list[tuple[Working, frozenset[Pair]]]:
        """The cited calculations with the study arms that their inputs were read from."""
        return [(working, self._pairs(working)) for _, working in support.workings]

    def _pairs(self, working: Working) -> frozenset[Pair]:
        wanted = [operand.span for operand in working.operands if operand.span]
        found = frozenset(
            (s, a)
            for s, study in enumerate(self.studies)
            for a, arm in enumerate(study.arms)
            if arm.survival and any(_overlap(arm.survival.span, span) for span in wanted)
        )
        if found:
            return found
        studies = {s for s, study in enumerate(self.studies) if any(_overlap(one, two) for one in _spans(study) for two in wanted)}
        return self.registry.of_studies(studies)

    def ground(self, said: str, support: Support) -> Ground:
        """What ``said`` is held against."""
        best: list[Line] = []
        near: list[Line] = []
        for _, source in support.sources:
            passage = lines_of(source.passage)
            for first, last in runs(said, source.passage):
                chosen = [line for line in passage if first.start <= line.start <= last.start]
                best += chosen
                blocks = {line.block for line in chosen}
                blocks |= {heading for row, heading in headed(source.passage.text).items() if row in blocks}
                captions = {heading - 1 for heading in headed(source.passage.text).values() if heading in blocks}  # "Table 1. Mean ± SD"
                near += [line for line in passage if line.block in blocks | captions]
        named = codes(said)
        if named:
            passages = [lines_of(source.passage) for _, source in support.sources]
            near += [
                line
                for passage in passages
                for line in passage
                if named <= codes(" ".join(o.text for o in passage if o.block == line.block))
            ]
        operands = [line for marker, _ in support.workings for line in self._operand_lines(int(marker[1:]) - 1)]
        notes = [line for _, working in support.workings for note in working.notes for line in lines(note)]
        return Ground(
            best=tuple(best or operands),
            near=(*near, *operands, *notes),
            lines=(*support.lines, *notes),
            beside=self._beside(support, [*near, *operands]),
            questions=self.questions,
            computed=bool(support.workings),
            studied=tuple(names_together(study) for study in self.studies),
            subject=content("\n".join(source.document.title for _, source in support.sources)),
            openings={source.passage.text: self._opening(source) for _, source in support.sources},
        )

    def _beside(self, support: Support, near: Sequence[Line]) -> str:
        """What may be named beside the cited text: headings, calculations, fields of the studies concerned, elements of nuclides."""
        known = (_words(working) for _, working in support.workings)
        return "\n".join([*support.headings, *known, *self._fields(near), *self._alone(support), *_elements(support)])

    def _alone(self, support: Support) -> list[str]:
        """What paragraphs may leave unsaid: the only compound and species of a document, and whose nuclide a calculation is of."""
        found: list[str] = []
        for document in {source.document.id for _, source in support.sources}:
            own = [study for study in self.studies if study.document == document]
            for values in ({study.compound for study in own}, {study.species for study in own}):
                found += [value for value in values if value and len(values) == 1]
        decaying = {mention.name for _, working in support.workings for mention in nuclides(_words(working))}
        found += [study.compound or "" for study in self.studies if study.nuclide and study.nuclide.name in decaying]
        return found

    def _opening(self, source: Source) -> frozenset[str]:
        """The codes of the title of a source's document and of its first passage, where that is among the evidence."""
        document = source.document.id
        first = [s.passage.text for s in self.evidence.sources if s.passage.document == document and s.passage.start == 0]
        return codes("\n".join([source.document.title, *first]))

    def _operand_lines(self, index: int) -> list[Line]:
        return [line for trace in self.checked[index].traced if trace.line for line in _paragraph(*trace.line)]

    def _fields(self, near: Sequence[Line]) -> list[str]:
        """What is known of the studies that were read from the lines ``near``."""
        found: list[str] = []
        mentioned = frozenset[str]().union(*(codes(line.text) for line in near))
        for study in self.studies:
            if any(part in mentioned for part in _codes_of(study)):
                found.append(study.compound or "")
            own = [*(arm.survival.span for arm in study.arms if arm.survival), *(span for arm in study.arms for span in arm.spans.values())]
            if any(self._is_near(span, near) for span in own or study.spans.values()):
                nuclide = study.nuclide.name if study.nuclide and study.nuclide.stated else None
                found.append(" ".join(filter(None, (study.compound, study.model, study.disease, study.species, nuclide))))
            # A table's heading or a remark says "mean" of every row, however far from it.
            survivals = [arm.survival for arm in study.arms if arm.survival]
            found += [s.statistic for s in survivals if s.statistic and any(self._is_beside(s.span, line) for line in near)]
            found += [study.model or ""] if any(self._is_of_its_disease(study, line) for line in near) else []
            if any(arm.control and arm.survival and self._is_near(arm.survival.span, near) for arm in study.arms):
                found.append("control")
        return found

    def _is_of_its_disease(self, study: Study, line: Line) -> bool:
        """Whether ``line``, of the study's document, names a disease that only this study is of: "the pancreatic cancer model"."""
        own = {number for number, each in enumerate(self.studies) if each is study}
        mentions = (m for m in self.registry.study_mentions(line.text) if m.kind == "model")
        of_it = any({number for number, _ in mention.pairs} == own for mention in mentions)
        return of_it and any(s.passage.text == line.passage and s.passage.document == study.document for s in self.evidence.sources)

    def _is_near(self, span: Span, near: Sequence[Line]) -> bool:
        """Whether ``span`` lies in the paragraph of one of the lines."""
        located = locate(span, self.evidence)
        return located is not None and any(line.passage == located[1].passage and line.block == located[1].block for line in near)

    def _is_beside(self, span: Span, line: Line) -> bool:
        """Whether ``span`` lies in the passage of ``line``."""
        located = locate(span, self.evidence)
        return located is not None and line.passage == located[1].passage

    @cached_property
    def _parts(self) -> tuple[str, ...]:
        """The questions and each piece of evidence; pieces come again in other turns, so that what is read from each can be kept."""
        evidence = self.evidence
        titles = [f"{document.title}\n{document.date}\n{document.path}" for document in evidence.documents]
        texts = [f"{source.document.title}\n{source.passage.text}" for source in evidence.sources]
        studies = (f"{study.name} {study.nuclide.name if study.nuclide else ''}" for study in self.studies)
        return (*self.questions, *titles, *texts, *map(_words, evidence.workings), *studies)

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name of the questions, in which "clr 7" is one too, the evidence and the library's studies."""
        studies = [f"{study.name} {study.compound or ''} {study.model or ''}" for study in self.background.studies]
        return frozenset().union(*map(names_in, (*self._parts, *studies)), *(codes(question.upper()) for question in self.questions))

    @cached_property
    def words(self) -> frozenset[str]:
        """Every content stem of the questions and the evidence."""
        return frozenset().union(*map(content, self._parts))


def _elements(support: Support) -> list[str]:
    """The elements of the radionuclides that the cited passages name: a text that says 161Tb speaks of terbium."""
    return [element_names(mention.name).replace("|", " ") for text in support.passages for mention in nuclides(text)]


def _codes_of(study: Study) -> list[str]:
    """The codes in the parts of a compound's name: a text that says 177Lu-NFX7 once goes on with NFX7."""
    return [code for part in (study.compound or "").split("-") for code in codes(part) if not nuclides(part)]


def _paragraph(source: Source, line: Line) -> list[Line]:
    return [other for other in lines_of(source.passage) if other.block == line.block]


def _words(working: Working) -> str:
    operands = [f"{operand.name} {operand.unit} {operand.source or ''}" for operand in working.operands]
    results = [f"{result.name} {result.unit}" for result in working.results]
    return " ".join([working.tool.replace("_", " "), working.formula, *operands, *results, *working.notes])


def _spans(study: Study) -> list[Span]:
    """Where a study was read, the survival of its arms first."""
    return [
        *(arm.survival.span for arm in study.arms if arm.survival),
        *study.spans.values(),
        *(span for arm in study.arms for span in arm.spans.values()),
    ]


def _overlap(one: Span, two: Span) -> bool:
    return one.document == two.document and one.start < two.end and two.start < one.end
