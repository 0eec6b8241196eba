"""Which words of a passage support a sentence, and the ids that citations and calculations get in the final text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.agent.evidence import Source
from assistant.agent.grounding.agreement import stated
from assistant.agent.grounding.amounts import Amount, amounts
from assistant.agent.grounding.quotes import pieces, quotations
from assistant.agent.grounding.reading import Line, lines_of, verbatim
from assistant.agent.grounding.vocabulary import content
from assistant.agent.grounding.workings import Checked, Traced
from assistant.language.sentences import sentences
from assistant.language.tables import headed_rows
from assistant.values import Calculation, CalculationInput, Citation, Passage

# A quote of more sentences than this is cut into several.
_LONGEST_QUOTE = 3
# What marks a heading or a list item; a document that is no text file does not show it.
_MARK = re.compile(r"(?:#{1,6}|[-*•–])[ \t]+")


class Register:
    """Numbers citations and calculations in the order in which they are asked for; the same quote has one id."""

    def __init__(self, checked: Sequence[Checked]) -> None:
        self._checked = checked
        self._citations: list[Citation] = []
        self._order: list[int] = []

    def source(self, said: str, source: Source) -> list[int]:
        """The ids of the quotes of ``source`` that support ``said``."""
        return [self._cite(source, first.start, last.end) for first, last in runs(said, source.passage)]

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
        mark = _MARK.match(passage.text, start, end)
        start = mark.end() if mark and mark.end() < end else start
        first, last = passage.start + start, passage.start + end
        for known in self._citations:
            if known.document.id == source.document.id and known.start == first and known.end == last:
                return known.id
        number = len(self._citations) + 1
        cited = Citation(
            id=number,
            document=source.document,
            quote=passage.text[start:end],
            start=first,
            end=last,
            passage=passage.text,
            page=passage.page_at(first),
            section=passage.section,
            columns=next((names for row, names in headed_rows(sentences(passage.text), passage.columns) if row.start == start), None),
        )
        self._citations.append(cited)
        return number


@lru_cache(maxsize=1024)
def runs(said: str, source: Passage) -> tuple[tuple[Line, Line], ...]:
    """First and last sentence of the shortest runs that cover what ``said`` takes from a passage; the best run comes first.

    Figures and quotations count most, then shortness, then words. There is always one run, where the passage has a sentence.
    """
    passage = lines_of(source)
    wanted = amounts(said)
    quoted = [part for quotation in quotations(said) for part in pieces(quotation)]
    words = content(said)
    figures = _figures(wanted, passage)
    shared = [len(words & line.words) for line in passage]
    long = [run for part in dict.fromkeys(quoted) if (run := _holding(passage, part)) and run.stop - run.start > _LONGEST_QUOTE]
    found = [(passage[run][0], passage[run][-1]) for run in long]
    open_figures = frozenset(range(len(wanted))).difference(*(held for run in long for held in figures[run]))
    open_quotes = frozenset(quoted).difference(*(_quoted_in(passage[run], frozenset(quoted)) for run in long))
    if found and not open_figures and not open_quotes:
        return tuple(found)
    while True:
        best, score = (0, 0), (0, -_LONGEST_QUOTE - 1, 0)
        for first in range(len(passage)):
            for length in range(1, min(_LONGEST_QUOTE, len(passage) - first) + 1):
                run = slice(first, first + length)
                covered = len(open_figures.intersection(frozenset().union(*figures[run]))) + len(_quoted_in(passage[run], open_quotes))
                if (here := (covered, -length, sum(shared[run]))) > score:
                    best, score = (first, first + length), here
        if not passage or (found and not score[0]):
            return tuple(found)
        run = slice(*best)
        found.append((passage[run][0], passage[run][-1]))
        open_figures -= frozenset().union(*figures[run])
        open_quotes -= _quoted_in(passage[run], open_quotes)
        if not open_figures and not open_quotes:
            return tuple(found)


def _figures(wanted: Sequence[Amount], passage: Sequence[Line]) -> list[frozenset[int]]:
    """Which of the ``wanted`` each sentence states; of one whose unit none has, "51.7" in a row below "(days)", the bare number."""
    stating = [frozenset(i for i, a in enumerate(wanted) if any(stated(a, known) for known in line.figures)) for line in passage]
    nowhere = frozenset(range(len(wanted))).difference(*stating)
    bare = [frozenset(i for i in nowhere if any(_is_bare(wanted[i], known) for known in line.figures)) for line in passage]
    return [own | others for own, others in zip(stating, bare, strict=True)]


def _is_bare(wanted: Amount, known: Amount) -> bool:
    return bool(wanted.unit) and not known.unit and known.value == wanted.value


def _holding(passage: Sequence[Line], part: str) -> slice | None:
    """The shortest run of sentences that holds a quotation whole, however many that takes, such as the lines of an address."""
    last = next((end for end in range(1, len(passage) + 1) if _quoted_in(passage[:end], frozenset({part}))), None)
    if last is None:
        return None
    first = next(start for start in reversed(range(last)) if _quoted_in(passage[start:last], frozenset({part})))
    return slice(first, last)


def _quoted_in(run: Sequence[Line], quoted: frozenset[str]) -> frozenset[str]:
    if not quoted:
        return quoted
    text = verbatim(" ".join(line.text for line in run))
    return frozenset(part for part in quoted if part in text)
