"""Whether what a sentence measures or counts lies beyond a bound that a question sets: "over 150 people?" of "156 patients"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import isclose

from assistant.agent.offline.sentences.alignment import told
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.numbered import is_of_other_number, names_other_code
from assistant.agent.offline.sentences.surroundings import around
from assistant.agent.offline.understanding.bounds import bounded, holds, is_above, is_bound
from assistant.agent.offline.understanding.cues import content, light, words_of
from assistant.agent.offline.understanding.terms import all_forms, forms_of
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.offline.verdicts.aligned import held
from assistant.agent.offline.verdicts.beside import is_beside
from assistant.agent.offline.verdicts.elsewhere import has_opposite, is_of_another_study
from assistant.agent.offline.verdicts.meant import noun_behind
from assistant.agent.offline.verdicts.undecided import CLAUSE
from assistant.language.figures import YEAR, Figure, figures
from assistant.language.negations import NEGATION
from assistant.language.stems import Word, stem, stems, words
from assistant.language.tables import cells
from assistant.language.units import CURRENCIES
from assistant.studies.quantities import scale

# So near the sentence is to the question.
_CLOSE = 0.3
# "Longer than a year" is than one.
_ONE = re.compile(r"(?<=\s)an?(?=\s(?:minute|hour|day|week|month|year)\b)", re.IGNORECASE)
# What a question says of a bound, and of nothing else.
_BOUNDING = re.compile(
    r"go|goes|went|gone|get|got|come|came|over|above|past|exceed\w*|more|less|fewer|than|pass\w*|any(?:body|one)?|some(?:body|one)|ever"
    r"|under|below|beyond|within|(?:long|short|high|low|great|larg|small|old|young|bigg)er|at least|at most|least|most|last\w*|reach\w*"
    r"|all|every|each|just|only|already|total|altogether|overall|put|people|about|roughly|keep|kept|stay\w*|remain\w*|minimum|maximum",
    re.IGNORECASE,
)
# What is set, planned or expected was not found so.
_SET = re.compile(
    r"\b(?:limits?|specifications?|criteri\w+|thresholds?|targets?|plan\w*|expect\w*|aim\w*|will|would|(?-i:may)|might|could|should|must"
    r"|up to|eligib\w+|allow\w*|permit\w*|requir\w*)\b",
    re.IGNORECASE,
)
_APART = re.compile(rf"{CLAUSE.pattern}|[()]", re.IGNORECASE)
_ANY, _ALL = re.compile(r"\b(?:any\w*|ever|some\w*)\b", re.IGNORECASE), re.compile(r"\b(?:all|every|each|always|both)\b", re.IGNORECASE)
_OF_MANY = re.compile(r"\s*(?:out )?of (?:the |its |those )?(?P<many>\d+|[a-z]+)\b|\s*/\s*(?P<all>\d+)", re.IGNORECASE)
_UNIT_NAMED = re.compile(r"\((?P<unit>[^()]{1,12})\)|(?P<percent>%)")
_WITH_SHARE = re.compile(r"(?P<number>\d+)\s*\((?P<share>\d+(?:\.\d+)?)\s?%?\)")
_SPREAD = re.compile(r"\s*(?:±|\+/-)\s*[\d.]+")
_PER = re.compile(r"\s(?:per|a|an|each)\s")
# "Up to 15 %" may be asked of what is and of what is set.
_UP_TO = re.compile(r"\bup to\s*$", re.IGNORECASE)
_NONE_OF = re.compile(r"\b0\s*(?:/|(?:out )?of (?:the )?)\s*\d+\b|(?<![\d.,])0(?:\.0+)?\s?%")
# So many words behind a number tell what it counts; so near to a rounded figure nothing is said of the side it lies on.
_COUNTED_WITHIN, _ROUNDED = 2, 0.05
_PERCENT = 100


def lies_beyond(topic: Topic, match: Match) -> bool | None:
    """Whether the figure of a sentence lies where the one bound of a yes/no question is; None where none or several that differ may be
    meant, or the sentence lacks words of the question.
    """
    question = _ONE.sub("1", topic.question)
    bounds = [bound for bound in bounded(question) if is_bound(bound) and not (not bound.unit and YEAR.fullmatch(bound.text))]
    text = match.unit.text
    if len(bounds) != 1 or match.cosine < _CLOSE or NEGATION.search(f"{question} {text}"):
        return None
    if _is_of_another(topic, match) or lacks_more(match, bounds[0]):
        return None
    return holds_of(question, bounds[0], match)


def holds_of(question: str, bound: Figure, match: Match) -> bool | None:
    """Whether the figure of a sentence or row that a question means lies where its ``bound`` is; None where several may be meant that
    differ, or the text only names that bound.
    """
    found = list(_found(question, bound, match))
    if _UP_TO.search(question[: bound.start]) or any(_is_bound_itself(bound, figure) for figure in figures(match.unit.text)):
        return None
    if is_beside(question, match):
        return None
    values = held(bound, question, match, found)
    sides = {_holds(value, bound) for value in values}
    so = sides.pop() if len(sides) == 1 else None
    # Several together may be more than each of them.
    added = len({value.value for value in values}) > 1 and (not bound.unit or bound.unit in CURRENCIES)
    return None if added and so is not is_above(bound) else _as_asked(question, match.unit.text, so)


def _is_bound_itself(bound: Figure, figure: Figure) -> bool:
    """Whether a figure is the bound of the question, by which a text tells who is meant: "in patients at 150 MBq/L or more"."""
    return is_bound(figure) and is_above(figure) is is_above(bound) and (figure.value, figure.unit) == (bound.value, bound.unit)


def counts_none(topic: Topic, match: Match) -> bool | None:
    """Whether a sentence or row counts none of what a question asks about, "0 of 12"; None where it has no such count or several."""
    text, question = match.unit.text, topic.question
    if not _NONE_OF.search(text) or NEGATION.search(question) or lacks_more(match, None):
        return None
    if match.unit.columns:
        named = frozenset(form for word in words(question) if _tells(word) for form in all_forms(word))
        row, columns = cells(text), cells(match.unit.columns)
        told_in = (
            [(len(named & frozenset(stems(name))), cell) for cell, name in zip(row, columns, strict=False)]
            if len(row) == len(columns)
            else []
        )
        most = max((count for count, _ in told_in[1:]), default=0)
        best = [cell for count, cell in told_in[1:] if count == most > 0]
        none = {bool(_NONE_OF.fullmatch(cell)) for cell in best} if all(_share_in(cell) is not None for cell in best) else set()
    else:
        asked = [all_forms(word) for word in words(question) if _tells(word)]
        found = ((replace(each, value=share), around(each, text)) for each in figures(text) if (share := share_of(each, text)) is not None)
        none = {not figure.value for figure in _fitting(found, asked)}
    return none.pop() if len(none) == 1 else None


def _share_in(cell: str) -> float | None:
    return next((share for each in figures(cell) if (share := share_of(each, cell)) is not None), None)


def _as_asked(question: str, text: str, held: bool | None) -> bool | None:
    """``held``, where it is so of any or of all who are asked about: one may lie beyond what several do in the middle."""
    of_all = _ALL.search(question) is not None and _ALL.search(text) is None
    return None if (held and of_all) or (held is False and _ANY.search(question)) else held


def _is_of_another(topic: Topic, match: Match) -> bool:
    """Whether the sentence tells of another study, number, code or property than the question."""
    question, meaning = topic.question, match.unit.meaning
    other = is_of_another_study(topic, meaning) or names_other_code(question, meaning) or has_opposite(question, meaning)
    return other or is_of_other_number(question, match.unit)


def _tells(word: Word) -> bool:
    """Whether a word of the question tells what is measured, and does not only bound it."""
    return word.stem in content(word.text) - light() and not _BOUNDING.fullmatch(word.text)


def lacks_more(match: Match, bound: Figure | None) -> bool:
    """Whether the sentence lacks words of the question beside the bound, and those for whom."""
    text = bound.text.casefold() if bound else ""
    whom, own = words_of("whom", table="reference_figures"), set(re.findall(r"\d+", text))
    for word in match.lacks:
        digits = set(re.findall(r"\d+", word))
        if digits and not digits <= own:
            return True
        if not digits and word not in text and not _BOUNDING.fullmatch(word) and stem(word) not in whom | light():
            return True
    return False


def _found(question: str, bound: Figure, match: Match) -> Iterator[tuple[int, Figure]]:
    """The figures of a text in the unit of the bound, or that count the same, each by where it begins or the place of its cell."""
    if match.unit.columns:
        yield from in_cells(bound, match)
        return
    text = match.unit.text
    counted, so_far = _counts(question, bound), False
    for figure in (each.figure for each in told(match.unit)):
        if (is_set(figure, text) and not _SET.search(question)) or (_PER.match(text, figure.end) and not _PER.match(question, bound.end)):
            continue
        if bound.unit in ("ratio", "percent"):
            if (share := share_of(figure, text)) is not None:
                yield figure.start, replace(figure, value=share * (_PERCENT if bound.unit == "percent" else 1), unit=bound.unit)
        elif bound.unit:
            base, factor = scale(figure.unit)
            its_base, its_factor = scale(bound.unit)
            if figure.unit and base == its_base and figure.unit != "date":
                yield figure.start, replace(figure, value=figure.value * factor / its_factor, unit=bound.unit)
        elif not figure.unit and counted:
            named = noun_behind(text, figure.end)
            so_far = any(forms_of(each) & counted for each in stems(text[figure.end :])[:_COUNTED_WITHIN]) or (so_far and named is None)
            if so_far:
                yield figure.start, figure


def is_set(figure: Figure, text: str) -> bool:
    """Whether the clause or the brackets in which a figure stands tell that it is set, planned or expected."""
    return _SET.search(f"{_APART.split(text[: figure.start])[-1]} {_APART.split(text[figure.end :])[0]}") is not None


def in_cells(bound: Figure, match: Match) -> Iterator[tuple[int, Figure]]:
    """The figures in the cells of a row, in the unit that its label, its column or the caption names, if that is what ``bound`` has, by
    their place: of "17 (21.0)" the share where one is asked for.
    """
    row, columns = cells(match.unit.text), cells(match.unit.columns)
    if len(row) != len(columns):
        return
    caption = "%" if not _UNIT_NAMED.search(" ".join((row[0], *columns))) and "%" in match.unit.context else ""
    for place, (cell, column) in enumerate(zip(row, columns, strict=True)):
        named = _UNIT_NAMED.search(f"{column} {row[0]} {caption}") if place else None
        unit = (named["unit"] or named["percent"]) if named else ""
        told = figures(f"{_part_of_cell(cell, bound, unit)} {unit}".strip()) if place else ()
        if len(told) != 1 or (bool(bound.unit) and _kind(told[0].unit) != _kind(bound.unit)) or (told[0].unit and not bound.unit):
            continue
        factor = scale(told[0].unit)[1] / scale(bound.unit)[1]
        yield place, replace(told[0], value=told[0].value * factor, unit=bound.unit)


def _kind(unit: str) -> str:
    """What a unit measures; what has none only counts, and is no ratio."""
    return scale(unit)[0] if unit else "counted"


def _part_of_cell(cell: str, bound: Figure, unit: str) -> str:
    """Of a number with its share, "17 (21.0)", the one that a bound asks about; of a mean with its spread the mean."""
    if found := _WITH_SHARE.fullmatch(cell):
        return found["share"] if bound.unit in ("percent", "ratio") or unit == "%" else found["number"]
    return _SPREAD.sub("", cell)


def share_of(figure: Figure, text: str) -> float | None:
    """The share that a figure of a text tells, 0..1: "46 %", "six of ten", "14 of the 31"."""
    if figure.unit.startswith("percent"):
        return figure.value / _PERCENT
    of = _OF_MANY.match(text, figure.end)
    many = figures(of["many"] or of["all"]) if of and not figure.unit else ()
    return figure.value / many[0].value if many and many[0].value >= max(figure.value, 1) and not many[0].unit else None


def _counts(question: str, bound: Figure) -> frozenset[str]:
    """What a bound without a unit counts, by all its forms."""
    counted = [word for word in words(question[bound.end :])[:_COUNTED_WITHIN] if word.stem in content(word.text)]
    return frozenset(form for word in counted[:1] for form in all_forms(word))


def _fitting(found: Iterator[tuple[Figure, frozenset[str]]], asked: Sequence[frozenset[str]]) -> list[Figure]:
    """The figures around which most of the words that are asked about stand."""
    told = [(figure, sum(bool(forms & near) for forms in asked)) for figure, near in found]
    most = max((count for _, count in told), default=0)
    return [figure for figure, count in told if count == most]


def _holds(value: Figure, bound: Figure) -> bool | None:
    """Whether a figure, which may be rounded or a bound itself, lies where the question's bound is."""
    if value.qualifier == "~" and isclose(value.value, bound.value, rel_tol=_ROUNDED):
        return None
    if not is_bound(value):
        return holds(value.value, bound)
    beyond = value.value >= bound.value if is_above(bound) else value.value <= bound.value
    return True if is_above(value) is is_above(bound) and beyond else None
