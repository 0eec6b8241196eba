"""Calculations: every input must read so at its span, come from a named outside source, or be found in the turn."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.agent.evidence import Evidence, Source
from assistant.agent.grounding.agreement import Origin, agree
from assistant.agent.grounding.amounts import Amount, amounts
from assistant.agent.grounding.facts import Fact
from assistant.agent.grounding.reading import Line, lines_of, locate
from assistant.language.abbreviations import with_one_counted
from assistant.language.dates import dated_in, names
from assistant.language.parts import PARTS
from assistant.language.units import CURRENCIES
from assistant.studies.expression import DATE
from assistant.values import Operand, Result, Working

QUESTION = "the question"
# What an input from an earlier question of the conversation comes from: this and that question, as the answer does not hold it otherwise.
EARLIER_QUESTION = "an earlier question: "
CONSTANT = "a constant of the formula"
_LONGEST_QUESTION = 400
# Units that a formula in plain numbers makes by a constant.
_MADE_BY = ((7.0, "week"), (100.0, "percent"))
_HALF = 0.5
_WORD = re.compile(r"[a-z]+")
# So much more an operand with a unit tells of which sentence a calculation is than a plain number.
_MEASURED = 3
# The months of a quarter or a half, by which an amount of a year, or one of such a part for each month, is told.
_MONTHS_OF_PART = re.compile(r"[×/] (?P<months>3|6) month(?: / 12 month)?(?:\)|$)")
# Plain numbers that a formula brings along: parts of a whole, percent, and exact ratios of units of time and of SI prefixes.
_CONSTANTS = frozenset({0.0, 1.0, 7.0, 12.0, 24.0, 60.0, 100.0, 1000.0, 1e6})


@dataclass(frozen=True, slots=True)
class Traced:
    """Where an operand was found: a sentence of a source, an outside source in words, or another working by its index.

    ``unit`` is what an operand in plain numbers has there, and ``scale`` what one such number stands for: 1e6 of "$248.9 million".
    """

    operand: Operand
    line: tuple[Source, Line] | None = None
    source: str | None = None
    working: int | None = None
    unit: str = ""
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Checked:
    """A working with its traced operands; ``failing`` is the first operand that could not be traced."""

    working: Working
    traced: tuple[Traced, ...]
    failing: Operand | None


def check(evidence: Evidence, questions: Sequence[str], known: Sequence[Fact] = ()) -> tuple[Checked, ...]:
    """All workings of the turn, in order; ``known`` are the studies' typed facts, ``questions`` that to be answered
    and the earlier ones of the conversation.

    A number comes from the question that is answered, else from the evidence, else from an earlier question: what was read in a
    source stays so however often it has been spoken of. A working that rests on an unsupported one is unsupported too.
    """
    found: list[Checked] = []
    for index, working in enumerate(evidence.workings):
        traced = [_trace(operand, index, evidence, questions, known) for operand in working.operands]
        failing = next((operand for operand, trace in zip(working.operands, traced, strict=True) if trace is None), None)
        if not all(math.isfinite(result.value) for result in working.results):
            failing = failing or (working.operands[0] if working.operands else None)
        found.append(Checked(working, tuple(trace for trace in traced if trace), failing))
    return tuple(_resting(found))


def _trace(operand: Operand, index: int, evidence: Evidence, questions: Sequence[str], known: Sequence[Fact]) -> Traced | None:
    if operand.span:
        located = locate(operand.span, evidence)
        if not located:
            return None
        source, _ = located
        start, end = operand.span.start - source.passage.start, operand.span.end - source.passage.start
        near = [a for a in amounts(source.passage.text) if a.start < end and start < a.end]
        counted = not operand.unit and len(near) == operand.value  # "day 0 and day 21" are two administrations
        typed = any(fact.span == operand.span and (fact.value, fact.unit) == (operand.value, operand.unit) for fact in known)
        return Traced(operand, line=located) if counted or typed or any(_reads(a, operand) for a in near) else None
    if operand.source and operand.source != QUESTION and not operand.source.startswith(EARLIER_QUESTION):
        return Traced(operand, source=operand.source)
    if operand.day and questions and dated_in(questions[0], date.fromisoformat(operand.day)):
        return Traced(operand, source=QUESTION)
    said = [[amount for amount in amounts(with_one_counted(question)) if _reads(amount, operand, "calculation")] for question in questions]
    continued = _continued(operand, questions)
    if (said and any(amount.unit == operand.unit for amount in said[0])) or (continued and not continued[0]):
        return Traced(operand, source=QUESTION)
    found = None if operand.source else _found(operand, index, evidence, known)
    spoken = ((n, said_in) for n, said_in in enumerate(said) if said_in)
    place, read = next(spoken, (continued[0], [continued[1]]) if continued else (0, []))
    return found or (_spoken(operand, questions[place], read, earlier=place > 0) if read else None)


def _continued(operand: Operand, questions: Sequence[str]) -> tuple[int, Amount] | None:
    """The question, by its place, that puts a bare number where another gave one in the operand's unit: "and after 20?"."""
    said = [amounts(with_one_counted(question)) for question in questions]
    if operand.unit in ("", "ratio") or not any(amount.unit == operand.unit for of_one in said for amount in of_one):
        return None
    bare = ((place, a) for place, of_one in enumerate(said) for a in of_one if a.value == operand.value and not a.unit)
    return next(bare, None)


def _spoken(operand: Operand, question: str, said: Sequence[Amount], *, earlier: bool) -> Traced:
    """An operand that the user gave in ``question``, the one to be answered or an earlier one, which is quoted around its figure."""
    unit = _lent(operand, said)
    if not earlier:
        return Traced(operand, source=QUESTION, unit=unit)
    if question.startswith(EARLIER_QUESTION):
        return Traced(operand, source=question, unit=unit)
    start = max(0, said[0].end - _LONGEST_QUESTION // 2)
    quoted = " ".join(question[start : start + _LONGEST_QUESTION].split())
    return Traced(operand, source=f"{EARLIER_QUESTION}“{quoted}”", unit=unit)


def _found(operand: Operand, index: int, evidence: Evidence, known: Sequence[Fact]) -> Traced | None:
    working = evidence.workings[index]
    others = [other for other in working.operands if other is not operand]
    stated = _stated(operand, others, evidence)
    constant = is_constant(operand.value, operand.unit, working.formula)
    if stated:
        return stated if not constant or _among(stated, others) else Traced(operand, source=CONSTANT)
    for fact in known if not operand.unit else ():  # a number of doses or animals
        if (fact.value, fact.unit, fact.dated) == (operand.value, "", False) and (located := locate(fact.span, evidence)):
            return Traced(operand, line=located)
    for number, earlier in enumerate(evidence.workings[:index]):
        for result in earlier.results:
            if result.unit == operand.unit and _rounds(operand.value, result.value):
                return Traced(operand, working=number)
    return Traced(operand, source=CONSTANT) if constant else None


def _stated(operand: Operand, others: Sequence[Operand], evidence: Evidence) -> Traced | None:
    """Where a source states an operand: of several sentences the first that states most of the working's ``others`` too."""
    found: list[tuple[int, Traced]] = []
    for source in evidence.sources:
        for line in lines_of(source.passage):
            read = [amount for amount in line.figures if _reads(amount, operand)]
            if read or _says_part(line, operand) or _says_day(line, source, operand):
                traced = Traced(operand, line=(source, line), unit=_lent(operand, read), scale=_scale(operand, read))
                found.append((_shared(line, others), traced))
    return max(found, key=lambda each: each[0])[1] if found else None


def _shared(line: Line, others: Sequence[Operand]) -> int:
    """How many of ``others`` a sentence states, those with a unit counted more."""
    stated = (each for each in others if _says_part(line, each) or any(_reads(amount, each) for amount in line.figures))
    return sum(_MEASURED if each.unit else 1 for each in stated)


def _among(stated: Traced, others: Sequence[Operand]) -> bool:
    """Whether the sentence states one of ``others``, too, so that a number which formulas bring along is the text's own."""
    least = _MEASURED if any(other.unit for other in others) else 1
    return stated.line is not None and _shared(stated.line[1], others) >= least


def _says_part(line: Line, operand: Operand) -> bool:
    """Whether a sentence names the part of a whole that an operand divides by: the 4 of "a quarter"."""
    names = PARTS.get(int(operand.value), ()) if not operand.unit and operand.value.is_integer() else ()
    return bool(names) and not frozenset(names).isdisjoint(_WORD.findall(line.text.lower()))


def _says_day(line: Line, source: Source, operand: Operand) -> bool:
    """Whether a sentence names the day and the month of a date, without a year or in that year, which the passage or the document has,
    or the year before it: "heard on 8 October, to be decided on 17 January".
    """
    if not operand.day:
        return False
    day = date.fromisoformat(operand.day)
    dated = f"{source.document.date} {source.passage.text}"
    return names(line.text, day) and any(str(year) in dated for year in (day.year, day.year - 1))


def is_constant(value: float, unit: str, formula: str) -> bool:
    """Whether a number is one that formulas bring along, such as 100 of a percentage, or the half of a decay: "0.5^(t / half-life)"."""
    if unit == "month":
        of_part = _MONTHS_OF_PART.search(formula)
        return of_part is not None and (value == float(of_part["months"]) or (value == 12.0 and "12" in of_part.group()))
    return not unit and (value in _CONSTANTS or (value == _HALF and f"{_HALF:g}^(" in formula))


def _lent(operand: Operand, read: Sequence[Amount]) -> str:
    """The unit of a figure that an operand without one was found as."""
    return "" if operand.unit else next((amount.unit for amount in read if amount.unit), "")


def _scale(operand: Operand, read: Sequence[Amount]) -> float:
    """What a plain number leaves away of the figure as which it was found: "248.9" of "$248.9 million" a million."""
    return next((float(round(amount.value / operand.value)) for amount in read if _is_in_words(amount, operand)), 1.0)


def _is_in_words(amount: Amount, operand: Operand) -> bool:
    """Whether a plain number is what a figure has before its "thousand", "million" or "billion"."""
    written = re.search(r"[\d,]*\.?\d+(?=\s(?:thousand|million|billion)\b)", amount.text)
    return not operand.unit and written is not None and float(written.group().replace(",", "")) == operand.value


def in_units(checked: Checked) -> Working:
    """The working with each plain number also in the units that its inputs have where they were found.

    "103.8 - 47.2" is in days where both are; a quotient by seven may be in weeks, a product with a hundred in percent.
    """
    working = checked.working
    lent = [trace.unit for trace in checked.traced if trace.unit]
    if not lent or any(operand.unit for operand in working.operands):
        return working
    constants = {operand.value for operand in working.operands}
    units = list(dict.fromkeys(part for unit in lent for part in (unit, unit.partition("/")[0])))
    units += [name for number, name in _MADE_BY if number in constants]
    scales = {trace.scale for trace in checked.traced if trace.unit in CURRENCIES}
    scale = scales.pop() if len(scales) == 1 else 1.0
    plain = [result for result in working.results if not result.unit]
    results = [Result(name=r.name, value=r.value * (scale if unit in CURRENCIES else 1.0), unit=unit) for r in plain for unit in units]
    lenders = [trace for trace in checked.traced if trace.unit]
    operands = [Result(name=trace.operand.name, value=trace.operand.value * trace.scale, unit=trace.unit) for trace in lenders]
    return working.model_copy(update={"results": (*working.results, *results, *operands)})


def _rounds(value: float, exact: float) -> bool:
    """Whether ``value`` is ``exact`` as a model copies it: rounded to the digits it has, at least three that count."""
    written = f"{value:.10g}"
    decimals = len(written.partition(".")[2])
    return math.isclose(value, exact, rel_tol=5e-3) and abs(value - exact) <= 0.5 * 10.0**-decimals


def _reads(amount: Amount, operand: Operand, origin: Origin = "document") -> bool:
    """Whether the document's or question's figure is the operand's value."""
    if amount.kind in ("date", "phone"):
        return amount.unit == operand.unit == DATE and amount.value == operand.value
    if operand.unit == DATE:
        return False
    if amount.unit and not operand.unit:  # "90.5 / 7": a formula in plain numbers
        return amount.value == operand.value or _is_in_words(amount, operand)
    if operand.unit not in ("", "ratio") and not amount.unit:
        return False
    exact = Amount(0, 0, operand.value, operand.unit, "number", "", "", 0.0, frozenset())
    return agree(exact, amount.value, amount.unit, origin)


def _resting(found: list[Checked]) -> list[Checked]:
    settled: list[Checked] = []
    for checked in found:
        rests = [trace for trace in checked.traced if trace.working is not None and settled[trace.working].failing]
        settled.append(Checked(checked.working, checked.traced, checked.failing or rests[0].operand) if rests else checked)
    return settled
