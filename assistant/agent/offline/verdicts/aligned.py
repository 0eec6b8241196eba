"""Whether the figure that a yes/no question states, or holds to a bound, is that of whom, when and where it asks about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import isclose

from assistant.agent.offline.sentences.alignment import Told, stretches, told
from assistant.agent.offline.sentences.cells import tells_figures_only
from assistant.agent.offline.sentences.keys import Key, keys, sort_of
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.scope import codes
from assistant.agent.offline.understanding.bounds import bounded, is_bound
from assistant.agent.offline.understanding.cues import words_of
from assistant.agent.offline.understanding.mentions import mentions
from assistant.agent.offline.understanding.terms import all_forms
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.offline.verdicts.beside import is_beside
from assistant.agent.offline.verdicts.meant import Asked, asked_of, hits, meant, noun_behind, rivals, with_noun
from assistant.language.figures import YEAR, Figure, figures
from assistant.language.periods import Period, periods
from assistant.language.tables import cells
from assistant.language.units import TIME_UNITS
from assistant.studies.quantities import scale

# When something was so, which is not itself stated: "at 24 hours".
_AT = re.compile(r"\b(?:at|after|by|on|within|until|to)\s+(?:the\s+|about\s+)?(?:day\s+|week\s+|month\s+)?$", re.IGNORECASE)
_WHOLE = re.compile(r"(?:\bof(?: the| those| all)?\s+|/\s*)$", re.IGNORECASE)
_DOSES_OF = re.compile(r"[- ](?:dose|cycle|treatment|injection|cohort)s?\b", re.IGNORECASE)
_RANGE = re.compile(r"\d%?\s*(?:to|-|–|—)\s*(?:[A-Z]{3}\s)?[$€£]?$", re.IGNORECASE)
_ZERO = re.compile(r"0(?:\.0+)?(?:\s*[(/%].*)?$")
_UNSAID = re.compile(r"[-–—]|n/?a|nr|nd|", re.IGNORECASE)
_LETTERS = re.compile(r"[A-Za-z][\s-]?$")
_ARM = re.compile(r"\b(?:arm|group|cohort)s?\b", re.IGNORECASE)
_RANGE_BEHIND = re.compile(r"\s*(?:to|-|–|—)\s*(?:[A-Z]{3}\s)?[$€£]?\d")
_LED_FROM = re.compile(r"\bfrom\b[^.;]{0,60}$", re.IGNORECASE)


def _names_year(question: str) -> bool:
    """Whether a question names a whole year, in which quarters and days lie."""
    return any(period.parts == 1 for period in periods(question))


def held(bound: Figure, question: str, match: Match, found: Sequence[tuple[int, Figure]]) -> list[Figure]:
    """Of the figures ``found`` in a text, each by the place of its cell or where it begins, those that the question means; none where that
    is not clear.
    """
    values = dict(found)
    place = {each: each.part if match.unit.columns else each.figure.start for each in told(match.unit)}
    likely = meant(
        asked_of(question, [with_noun(question, bound)]), list({at: each for each, at in place.items() if at in values}.values())
    )
    return [values[place[each]] for each in likely]


def are_meant(pair: Sequence[tuple[Figure, str]], match: Match) -> bool:
    """Whether each of two figures of one sentence or row is the one that is meant by what a question asks of it, which stands beside it."""
    every = told(match.unit)
    for figure, question in pair:
        asked = asked_of(question)
        own = [each for each in every if each.figure.value == figure.value and sort_of(each.figure) == sort_of(figure)]
        if own and not any(each in meant(asked, [each, *rivals(each, every)]) for each in own):
            return False
    return True


def counts_nothing(topic: Topic, match: Match) -> bool | None:
    """Whether the cell of a row that a question names by its column counts none; None where no cell is named and some count none, or the
    cell says nothing.
    """
    if not match.unit.columns:
        return False
    row, names = cells(match.unit.text), cells(match.unit.columns)
    called = {figure.value for figure in figures(row[0])}  # "at 2 mg/kg" names the row
    if any(figure.value not in called for figure in _stated(topic.question, match)):
        return False
    if len(row) != len(names):
        return False
    asked = asked_of(topic.question)
    named = [hits(asked, keys(name)) for name in names]
    most = max(map(len, named[1:]), default=0)
    meant = {_ZERO.match(row[place]) is not None if row[place] else None for place in range(1, len(row)) if len(named[place]) == most}
    unsaid = any(_UNSAID.fullmatch(row[place]) for place in range(1, len(row)) if len(named[place]) == most)
    if not most:
        return None if any(_ZERO.match(cell) for cell in row[1:]) or tells_figures_only(match.unit) else False
    return None if len(meant) != 1 or unsaid else meant.pop()


def is_of_another_arm(topic: Topic, match: Match) -> bool:
    """Whether a question names the control and a sentence only another arm, or the sentence the control and the question another."""
    asked, text = topic.question, match.unit.text
    ours, theirs = (mentions(each, topic.known, topic.callings) for each in (asked, text))
    if ours.control and not theirs.control:
        return _ARM.search(text) is not None and not match.unit.columns
    return theirs.control and not ours.control and bool(codes(asked)) and not codes(asked) & codes(text)


def states(topic: Topic, match: Match) -> bool | None:
    """Whether what a question states, a figure or a period, is what the sentence or row tells of just that of which it is asked: False
    where it tells it of something else and another figure of the very thing, None where that is not clear.
    """
    if is_beside(topic.question, match):
        return None
    every = told(match.unit)
    held = [_is_stated(topic.question, each, match, every) for each in _stated(topic.question, match)]
    held += [_is_in_period(topic.question, match)] if not held else []
    return False if False in held else None if None in held else True


def _stated(question: str, match: Match) -> list[Figure]:
    """The figures that a question states, without those that tell of whom or when, "at 24 hours", "two doses", or are in a name: "qx 7"."""
    names = codes(f"{match.unit.meaning} {match.unit.context}") & codes(question)
    found = [
        figure
        for figure in bounded(question)
        if figure.kind in ("number", "word")
        and figure.unit != "ratio"
        and not is_bound(figure)
        and not any(name.endswith(figure.text) and _LETTERS.search(question[: figure.start]) for name in names)
        and not (not figure.unit and YEAR.fullmatch(figure.text))
        and not (figure.kind == "word" and _DOSES_OF.match(question, figure.end))
    ]
    when = [figure for figure in found if figure.unit in TIME_UNITS and _AT.search(question[: figure.start])]
    return [figure for figure in found if figure not in when] or when


def _is_stated(question: str, stated: Figure, match: Match, every: Sequence[Told]) -> bool | None:
    text = match.unit.text
    same = [each for each in every if _is_same(stated, each, rows=bool(match.unit.columns))]
    if not same:
        said = {figure.value for figure in figures(match.unit.meaning)}
        return None if _is_in(stated, every) or (stated.kind == "number" and stated.value not in said) else True
    sentence = not match.unit.columns
    if sentence and all(_is_beside(question, stated, each.figure, text) for each in same):
        return None
    asked = asked_of(question, [with_noun(question, stated)])
    around = keys(f"{text} {match.unit.meaning} {match.unit.columns}")
    if any(not hits([forms], around) for forms in asked if not any(isinstance(form, Period) or " " in form for form in forms)):
        return None
    if sentence and not stated.unit and (counted := _counts_another(question, stated, same, every, text)) is not True:
        return counted
    alike = [*same, *rivals(same[0], every)]
    likely = meant(asked, alike)
    first = min((each for each in likely if not each.aside), key=lambda each: each.figure.start, default=None)
    if any(each in same for each in likely) and (len({each.figure.value for each in likely}) == 1 or first in same):
        return True
    return False if len(likely) == 1 and not _names_year(question) and _is_surely(asked, likely[0], same) else None


def _is_same(stated: Figure, each: Told, *, rows: bool) -> bool:
    """Whether a figure of the text is the one that a question states; a cell's unit may stand in the name of its column."""
    figure = each.figure
    if rows and not (figure.unit and stated.unit):
        return isclose(figure.value, stated.value)
    factor, its_factor = scale(stated.unit)[1], scale(figure.unit)[1]
    if sort_of(stated) == "sum" and stated.unit and figure.unit not in ("", stated.unit):
        return False
    return sort_of(figure) == sort_of(stated) and isclose(figure.value * its_factor, stated.value * factor)


def _is_in(stated: Figure, every: Sequence[Told]) -> bool:
    """Whether only others of the kind of a figure that a question states are in the text."""
    return bool(stated.unit) and any(sort_of(each.figure) == sort_of(stated) for each in every)


def _is_beside(question: str, stated: Figure, figure: Figure, text: str) -> bool:
    """Whether a figure is a spread, one end of a range, or the number of all of whom another counts some, and is not asked as such."""
    before, behind = text[: figure.start], text[figure.end :]
    whole = _WHOLE.search(before)
    of_all = whole is not None and re.search(r"[\w%]\s*$", before[: whole.start()]) is not None
    counted = any(found.end == len(before[: whole.start()].rstrip()) for found in figures(text)) if whole else False
    if of_all and counted and not _WHOLE.search(question[: stated.start]):
        return True
    spread = before.rstrip().endswith(("±", "+/-"))
    ends = _RANGE_BEHIND.match(behind) is not None or (_RANGE.search(before) is not None and not _LED_FROM.search(before))
    ranged = _RANGE_BEHIND.match(question[stated.end :]) is not None or _RANGE.search(question[: stated.start]) is not None
    return spread or (ends and not ranged and not _LED_FROM.search(before))


def _counts_another(question: str, stated: Figure, same: Sequence[Told], every: Sequence[Told], text: str) -> bool | None:
    """True where a number counts what the question's counts, or the text does not tell; False where beside it another counts that."""
    named = noun_behind(question, stated.end)
    if not named:
        return True
    forms = all_forms(named)
    whom = words_of("whom", table="reference_figures")
    own = [noun_behind(text, each.figure.end) for each in same]
    if not all(own) or any(noun and (noun.stem in forms or {noun.stem, named.stem} <= whom) for noun in own):
        return True
    others = [each for each in every if each not in same and (noun := noun_behind(text, each.figure.end)) and noun.stem in forms]
    if not others:
        return True
    return False if {each.part for each in others} == {each.part for each in same} else None


def _is_surely(asked: Asked, other: Told, same: Sequence[Told]) -> bool:
    """Whether ``other`` has all that each of ``same`` has of what is asked and more, both are told apart by words of their own, and neither
    is a part of the other or stands in brackets.
    """
    theirs = hits(asked, other.said)
    apart = all(hits(asked, each.said) < theirs and _names(each) and not each.aside for each in same)
    nested = other.nested and any(not each.nested for each in same)
    return apart and _names(other) and not other.aside and not nested


def _names(each: Told) -> bool:
    return any(isinstance(key, Period) or not any(map(str.isdigit, key)) or "#" in key for key in each.label)


def _is_in_period(question: str, match: Match) -> bool | None:
    """As ``states`` for the one period that a question names, where it states nothing else."""
    named = periods(question)
    if len(named) != 1 or match.unit.columns:
        return True
    parts: list[tuple[frozenset[Key], bool]] = []
    waiting = frozenset[Key]()
    for stretch in stretches(match.unit.text):
        waiting |= keys(stretch)
        if found := periods(stretch):
            parts.append((waiting, any(each.is_meant_by(named[0]) for each in found)))
            waiting = frozenset()
    if len(parts) < 2 and (not parts or parts[0][1]):
        return True
    asked = [forms for forms in asked_of(question) if not any(isinstance(form, Period) for form in forms)]
    own = [hits(asked, told_of) for told_of, is_it in parts if is_it]
    others = [hits(asked, told_of) for told_of, is_it in parts if not is_it]
    if own and all(other <= max(own, key=len) for other in others):
        return True
    surely = bool(own) and not _names_year(question) and len(parts) == 2 and own[0] < others[0]
    return False if surely else None
