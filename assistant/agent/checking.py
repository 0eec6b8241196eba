"""Checks any text against the library: which of its sentences a document or a calculation supports. No model is asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from itertools import permutations

from assistant.agent.desk import Desk, Output
from assistant.agent.evidence import Evidence
from assistant.agent.grounding import Background, Grounded, verify
from assistant.agent.grounding.draft import read
from assistant.errors import CalculationError, StudyError
from assistant.language.brackets import MARKER, covered, quotations_covered, uncovered
from assistant.studies.facts import Study
from assistant.values import Calculation, CheckedSentence, Citation, Value

# How many passages a sentence is held against, and calculations on the studies that these report.
_PASSAGES = 4
_MOST_WORKINGS = 40
_OPEN_END = re.compile(r"(?<=[\w)\]%\"”’])(?=[ \t]*$)", re.MULTILINE)


class Check(Value):
    """A text, those of its sentences that state something, each with the quotes and calculations that support it or why none does.

    ``by`` of a sentence names ``citations`` by their ids and ``calculations`` as ``"c1"``.
    """

    text: str
    sentences: tuple[CheckedSentence, ...]
    citations: tuple[Citation, ...] = ()
    calculations: tuple[Calculation, ...] = ()


def check(text: str, desk: Desk, background: Background) -> Check:
    """What the documents of ``desk`` say to ``text``; markers in it are left out of account, unless they are quoted from a document."""
    # People leave off the last full stop; a line without one would be taken for a heading.
    bare = _OPEN_END.sub(".", MARKER.sub("", quotations_covered(text)))
    ledger = _Ledger()
    for statement in read(bare):
        if statement.states:
            ledger.enter(statement.said, *_judged(statement.said, desk, background))
    return Check(text=text, sentences=tuple(ledger.sentences), citations=tuple(ledger.citations), calculations=tuple(ledger.calculations))


def _judged(said: str, desk: Desk, background: Background) -> tuple[Grounded | None, str]:
    """What supports the sentence, or None and why the passages that are nearest to it do not."""
    found = _evidence(desk.search_passages(said, _PASSAGES))
    said = uncovered(MARKER.sub("", covered(said, [source.passage.text for source in found.sources])))
    reason = ""
    for number in range(1, len(found.sources) + 1):
        grounded, why = _held(f"{said} [{number}]", found, background)
        if grounded:
            return grounded, ""
        reason = reason or why
    together, why = _held(said + "".join(f" [{number}]" for number in range(1, len(found.sources) + 1)), found, background)
    if together:
        return together, ""
    near = {source.document.id for source in found.sources}
    for count, evidence in enumerate(_workings(desk, [study for study in desk.studies() if study.document in near])):
        if count == _MOST_WORKINGS:
            break
        grounded, _ = _held(f"{said} [c1]", evidence, background)
        if grounded:
            return grounded, ""
    return None, why or reason


def _held(draft: str, evidence: Evidence, background: Background) -> tuple[Grounded | None, str]:
    grounded = verify(draft, evidence, draft, background=background)
    faults = [sentence.reason or "" for sentence in grounded.verification.sentences if not sentence.supported]
    return (None, faults[0]) if faults else (grounded, "")


def _workings(desk: Desk, studies: list[Study]) -> Iterator[Evidence]:
    """What can be calculated about these studies: gains of each arm over each other, and doses."""
    for study in studies:
        measured = [arm for arm in study.arms if arm.survival]
        for arm, other in permutations(measured, 2):
            yield from _made(partial(desk.survival_benefit, study.name, arm.label, other.label, document=study.document))
        for arm in study.arms:
            yield from _made(partial(desk.dose_summary, study.name, arm.label, study.document))


def _made(calculate: Callable[[], Output]) -> Iterator[Evidence]:
    try:
        yield _evidence(calculate())
    except (StudyError, CalculationError):
        return  # nothing sound can be calculated there


def _evidence(output: Output) -> Evidence:
    return Evidence.model_validate(output[1])


class _Ledger:
    """The sentences as they are judged, and what supports them under numbers of the whole text."""

    def __init__(self) -> None:
        self.sentences: list[CheckedSentence] = []
        self.citations: list[Citation] = []
        self.calculations: list[Calculation] = []

    def enter(self, said: str, grounded: Grounded | None, reason: str) -> None:
        """Adds a sentence with what supports it."""
        if grounded is None:
            self.sentences.append(CheckedSentence(text=said, supported=False, reason=reason))
            return
        numbers = {citation.id: self._cite(citation) for citation in grounded.citations}
        names = {made.id: self._calculate(made, numbers) for made in grounded.calculations}
        by = (marker for sentence in grounded.verification.sentences for marker in sentence.by)
        self.sentences.append(
            CheckedSentence(text=said, supported=True, by=tuple(names[m] if m in names else str(numbers[int(m)]) for m in by))
        )

    def _cite(self, citation: Citation) -> int:
        for known in self.citations:
            if (known.document.id, known.start, known.end) == (citation.document.id, citation.start, citation.end):
                return known.id
        self.citations.append(citation.model_copy(update={"id": len(self.citations) + 1}))
        return len(self.citations)

    def _calculate(self, made: Calculation, numbers: dict[int, int]) -> str:
        inputs = tuple(item.model_copy(update={"citation": numbers.get(item.citation or 0)}) for item in made.inputs)
        for known in self.calculations:
            if made.model_copy(update={"id": known.id, "inputs": inputs}) == known:
                return known.id
        name = f"c{len(self.calculations) + 1}"
        self.calculations.append(made.model_copy(update={"id": name, "inputs": inputs}))
        return name
