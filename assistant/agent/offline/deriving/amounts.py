"""What an amount gives with another one: what is left of it, a total or a mean, a product, a quotient, the same in another unit."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations, groupby

from assistant.agent.offline.deriving.candidate import Candidate, target, written
from assistant.agent.offline.deriving.inputs import TAKEN, alike_in_series, counts_given, nouns, taken_of
from assistant.agent.offline.deriving.labelled import Labelled
from assistant.agent.offline.deriving.meant_rows import of_meant_rows
from assistant.agent.offline.deriving.misfits import is_no_single
from assistant.agent.offline.deriving.wanted import Kind, Wanted, parts
from assistant.agent.offline.sentences.surroundings import behind
from assistant.agent.offline.understanding.administrations import administrations_in
from assistant.agent.offline.understanding.terms import forms_of
from assistant.language.figures import Figure
from assistant.language.stems import stems
from assistant.language.units import ACTIVITY_UNITS, TIME_UNITS

# "Spent $3 million out of a budget of $5 million", "of the $5 million, of which $3 million is spent".
_OUT_OF = re.compile(
    r"\b(?:(?:out )?of|against|towards?)\s+(?:(?:an?|the|its|our|their)\s+)?(?:\w+\s+){0,2}?"
    r"(?:total|target|budget|goal|limit|capacity|allowance|quota)(?:\s+(?:of|is|was|set at|at))?\s*[(:]?\s*$",
    re.IGNORECASE,
)
_OF_WHICH = re.compile(r"\bof (?:which|that|these|those|whom)\b[^.;:]*$", re.IGNORECASE)
# A third figure of their measure leaves open which is left; so does what is used each week, and not once.
_PART_AND_WHOLE = 2
_EACH_TIME = re.compile(
    r"[^.;]{0,40}?\b(?:(?:each|per|an?|every)\s+(?:hour|day|week|month|quarter|year|cycle)|daily|weekly|monthly|yearly)\b", re.IGNORECASE
)
# What is only allowed or planned is added to nothing: "210 and 140; the limit is 2,000".
_LIMIT = re.compile(r"\b(?:limit|budget|target|goal|capacity|quota|maximum|minimum|allowance|threshold)\b[^.;,]*$", re.IGNORECASE)
_NOT_AMOUNTS = frozenset(["percent", "ratio"])
# Of several groups no medians are added up.
_AVERAGED = re.compile(r"\b(?:median|mean|average)\b", re.IGNORECASE)
_OF_TIME = re.compile(
    r"\b(?:time|long|hours?|days?|weeks?|months?|years?|minutes?|min|survival|surviv\w*|lived?|half-li\w+|duration|last\w*)\b",
    re.IGNORECASE,
)


def remainders(_: Wanted, stated: Sequence[Labelled]) -> Iterator[Candidate]:
    """What a stated share, or a part that is told beside its whole, leaves: "of SEK 1.9 million an agency paid 60 %", "a quarter of the
    fee of …", "has spent $3 million out of a budget of $5 million".
    """
    for part, whole in _parts_of_wholes(stated):
        yield Candidate("remainder", f"{whole.written} - {part.written}", (whole, part))
    for amount in stated:
        for share, source in _shares(stated) if _is_amount(amount) else ():
            if source.document == amount.document:
                yield Candidate("remainder", f"{amount.written} * (1 - {share})", (amount, source))


def _parts_of_wholes(stated: Sequence[Labelled]) -> Iterator[tuple[Labelled, Labelled]]:
    """A part and its whole, of one measure, where a sentence tells the one as a part of the other."""
    for one, two in combinations(stated, 2):
        for part, whole in ((one, two), (two, one)):
            if taken_of(part, whole) and part.figure.value < whole.figure.value:
                yield part, whole
        first, second = sorted((one, two), key=lambda each: each.figure.start)
        if first.place != second.place or first.column or first.measure != second.measure or first.size == second.size:
            continue
        text = first.unit.text
        alike = [each for each in stated if each.place == first.place and each.measure == first.measure]
        if len(alike) > _PART_AND_WHOLE or any(_EACH_TIME.match(text, each.figure.end) for each in (first, second)):
            continue
        between = text[first.figure.end : second.figure.start]
        if first.size < second.size and _OUT_OF.search(between):
            yield first, second
        elif first.size > second.size and _OF_WHICH.search(between) and TAKEN.search(f"{between} {behind(second.figure, text)}"):
            yield second, first


def _is_amount(each: Labelled) -> bool:
    """Whether it is measured and no share or multiple: a share of what is only counted is no whole number."""
    return bool(each.measure) and not each.measure.startswith("percent") and each.measure not in _NOT_AMOUNTS


def _shares(stated: Sequence[Labelled]) -> Iterator[tuple[str, Labelled]]:
    """The shares that are stated, in figures or in words, with a figure of the sentence that states them."""
    yield from ((f"{each.number} / 100", each) for each in stated if each.measure == "percent")
    yield from ((part, each) for each in {each.place: each for each in stated}.values() for part in parts(each.unit.text))


def of_series(kind: Kind, asked: Wanted, stated: Sequence[Labelled]) -> Iterator[Candidate]:
    """The sum or mean of a column, of a row, or of the figures of one measure in a sentence."""
    for series in _series(asked, stated):
        if len(series) < 2 or not alike_in_series(series) or (kind == "total" and any(_AVERAGED.search(each.row) for each in series)):
            continue
        percents = series[0].measure == "percent"
        if kind == "mean":
            yield Candidate(kind, f"mean({', '.join(written(*series))}){' in percent' if percents else ''}", series)
        elif not percents:
            yield Candidate(kind, f"{' + '.join(written(*series))}{target(asked, series[0].measure)}", series)


def _series(asked: Wanted, stated: Sequence[Labelled]) -> Iterator[tuple[Labelled, ...]]:
    def column(each: Labelled) -> tuple[str, str, str]:
        return each.document, each.unit.columns, each.column

    def place(each: Labelled) -> tuple[int, int, int, str]:
        clause = 0 if each.column else each.unit.text.count(";", 0, each.figure.start)
        return *each.place, clause, each.measure

    columns = groupby(sorted((each for each in stated if each.column), key=column), key=column)
    yield from (of_meant_rows(asked.question, list(cells)) for _, cells in columns)
    added = [each for each in stated if each.column or not _LIMIT.search(each.unit.text[: each.figure.start])]
    yield from (tuple(figures) for _, figures in groupby(sorted(added, key=place), key=place))


def products(asked: Wanted, stated: Sequence[Labelled]) -> Iterator[Candidate]:
    """An amount so many times, as the text or the question counts, and a rate for the question's own amount."""
    counts = [each for each in stated if not each.column and counts_given(each)]
    for amount in stated:
        if not _is_amount(amount) or amount.measure in TIME_UNITS or is_no_single(amount):
            continue
        per, to = amount.measure.partition("/")[2], target(asked, amount.measure)
        times = [(f"{each.number} * ", each) for each in counts if each.document == amount.document]
        given = administrations_in(asked.question)
        for own in asked.own:
            if per and own.unit == per and len(given) == 1 and max(given) > 1 and not times:
                yield Candidate("product", f"{max(given)} * {amount.written} * {own.written}{to}", (amount,), (own,))
            elif per and own.unit == per:
                yield Candidate("product", f"{amount.written} * {own.written}{to}", (amount,), (own,))
                for number, count in times:
                    yield Candidate("product", f"{number}{amount.written} * {own.written}{to}", (amount, count), (own,))
            elif not own.unit and own.value > 1 and not per and _is_ordered(own, asked, amount):
                yield Candidate("product", f"{own.value:.10g} * {amount.written}{to}", (amount,), (own,))
        for number, count in times if amount.measure in ACTIVITY_UNITS else ():
            yield Candidate("product", f"{number}{amount.written}{to}", (amount, count))


def _is_ordered(own: Figure, asked: Wanted, amount: Labelled) -> bool:
    """Whether the question counts something that is given, or that the amount is stated of: "four cycles", "three boxes"."""
    counted = stems(asked.question[own.end :])[:1]
    return asked.counts_given(own) or any(forms_of(word) & (amount.near | amount.said) for word in counted)


def quotients(asked: Wanted, stated: Sequence[Labelled]) -> Iterator[Candidate]:
    """One amount for each of another that the question names: the cost of a patient, an activity per millilitre, patients per site."""
    for one in stated:
        if one.measure in _NOT_AMOUNTS or "/" in one.measure or (one.measure in TIME_UNITS and not _OF_TIME.search(asked.question)):
            continue  # a lease of so many months tells nothing of its rent
        for two in stated:
            alike = one.measure == two.measure and (one.measure or nouns(one) & nouns(two))
            if one != two and one.document == two.document and not alike and two.figure.value and _is_called(two, asked.each):
                if not one.measure and not any(forms_of(stem) & nouns(one) for word in asked.operation.words for stem in word.stem.split()):
                    continue  # so many countries tell nothing of the patients of each centre
                yield Candidate("quotient", f"{one.written} / {two.written}", (one, two))
        for own in asked.own:
            if own.unit in asked.each and one.measure not in ("", own.unit) and own.value:
                yield Candidate("quotient", f"{one.written} / {own.written}", (one,), (own,))


def _is_called(each: Labelled, names: Collection[str]) -> bool:
    """Whether a figure is of one of the things that the question wants something for each of."""
    return each.measure in names if each.measure else any(forms_of(name) & nouns(each) for name in names)


def conversions(asked: Wanted, stated: Sequence[Labelled]) -> Iterator[Candidate]:
    """A stated activity in the unit that is asked for."""
    for each in stated:
        own, _, per = each.measure.partition("/")
        for unit in asked.units if own in ACTIVITY_UNITS and (not per or per in asked.each) else ():
            if unit in ACTIVITY_UNITS and unit != own:
                yield Candidate("converted", f"{each.written} in {unit}{'/' + per if per else ''}", (each,))
