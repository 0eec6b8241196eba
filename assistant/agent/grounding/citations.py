"""Which words of a passage support a sentence, and the ids that citations and calculations get in the final text."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.agent.evidence import Source
from assistant.agent.grounding.amounts import Amount, amounts, stated
from assistant.agent.grounding.quotes import pieces, quotations
from assistant.agent.grounding.reading import Line, lines
from assistant.agent.grounding.vocabulary import content, squeezed
from assistant.agent.grounding.workings import Checked, Traced
from assistant.values import Calculation, CalculationInput, Citation

# A quote of more sentences than this is cut into several.
_LONGEST_QUOTE = 3


class Register:
    """Numbers citations and calculations in the order in which they are asked for; the same quote has one id."""

    def __init__(self, checked: Sequence[Checked]) -> None:
        self._checked = checked
        self._citations: list[Citation] = []
        self._order: list[int] = []

    def source(self, said: str, source: Source) -> list[int]:
        """The ids of the quotes of ``source`` that support ``said``."""
        return [self._cite(source, first.start, last.end) for first, last in runs(said, lines(source.passage.text))]

    def working(self, index: int) -> str:
        """The id of the calculation that rests on the working at ``index``."""
        if index not in self._order:
            self._order.append(index)
        return f"c{self._order.index(index) + 1}"

    def citations(self) -> tuple[Citation, ...]:
        """All citations by id; ask after ``calculations``, whose inputs are quoted too."""
        return tuple(self._citations)

    def calculations(self) -> tuple[Calculation, ...]:
        """The calculations that were asked for, then those that they rest on."""
        made: list[Calculation] = []
        while len(made) < len(self._order):
            checked = self._checked[self._order[len(made)]]
            w = checked.working
            inputs = tuple(self._input(trace) for trace in checked.traced)
            number = f"c{len(made) + 1}"
            made.append(Calculation(id=number, tool=w.tool, formula=w.formula, inputs=inputs, results=w.results, notes=w.notes))
        return tuple(made)

    def _input(self, trace: Traced) -> CalculationInput:
        citation, source = None, trace.source
        if trace.line:
            where, line = trace.line
            citation = self._cite(where, line.start, line.end)
        elif trace.working is not None:
            source = self.working(trace.working)
        operand = trace.operand
        return CalculationInput(name=operand.name, value=operand.value, unit=operand.unit, citation=citation, source=source)

    def _cite(self, source: Source, start: int, end: int) -> int:
        passage = source.passage
        first, last = passage.start + start, passage.start + end
        for known in self._citations:
            if known.document.id == source.document.id and known.start == first and known.end == last:
                return known.id
        number = len(self._citations) + 1
        quote = passage.text[start:end]
        self._citations.append(Citation(id=number, document=source.document, quote=quote, start=first, end=last, passage=passage.text))
        return number


def runs(said: str, passage: Sequence[Line]) -> list[tuple[Line, Line]]:
    """First and last sentence of the shortest runs that cover what ``said`` takes from a passage; the best run comes first.

    Figures and quotations count most, then shortness, then words. There is always one run, where the passage has a sentence.
    """
    figures = [a for a in amounts(said) if any(stated(a, known) for line in passage for known in line.figures)]
    quoted = [part for quotation in quotations(said) for part in pieces(quotation)]
    words = content(said)
    found: list[tuple[Line, Line]] = []
    while best := _best(passage, figures, quoted, words, first_run=not found):
        found.append((best[0], best[-1]))
        figures = [a for a in figures if not _covers(best, a)]
        text = _text(best)
        quoted = [part for part in quoted if part not in text]
        if not figures and not quoted:
            break
    return found


def _best(
    passage: Sequence[Line], figures: Sequence[Amount], quoted: Sequence[str], words: frozenset[str], first_run: bool
) -> Sequence[Line]:
    """The run with the most support; none where a further run would add nothing."""
    best: Sequence[Line] = ()
    score = (0, -_LONGEST_QUOTE - 1, 0)
    for first in range(len(passage)):
        for length in range(1, _LONGEST_QUOTE + 1):
            run = passage[first : first + length]
            if len(run) < length:
                break
            text = _text(run) if quoted else ""
            covered = sum(_covers(run, a) for a in figures) + sum(part in text for part in quoted)
            here = (covered, -length, sum(len(words & line.words) for line in run))
            if here > score and (covered or first_run):
                best, score = run, here
    return best


def _covers(run: Sequence[Line], amount: Amount) -> bool:
    return any(stated(amount, known) for line in run for known in line.figures)


def _text(run: Sequence[Line]) -> str:
    return squeezed(" ".join(line.text for line in run)).casefold()
