"""For which year, part of a year or month a question asks something, and whether a sentence tells it of other ones only."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.agent.evidence import Source
from assistant.agent.offline.findings import Findings
from assistant.agent.offline.sentences.units import Unit
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.periods import Period, periods, tells_earlier

_ASKS_YEAR = re.compile(r"\b(?:what|which) year\b", re.IGNORECASE)
_A_YEAR = re.compile(r"\b(?:1[89]|20|21)\d{2}\b")
# In so many parts a year is told.
_HALVES, _QUARTERS, _MONTHS = 2, 4, 12
_HALF_A_YEAR = re.compile(r"\b(?:first|last|second|past)\s+(?:six|6)\s+months\b", re.IGNORECASE)

# A year before a comma, which ``periods`` takes for the beginning of a number.
_BEFORE_COMMA = re.compile(r"\b((?:19|20)\d\d),(?!\d)")

# What a sentence sets its own period against, which it may leave to the heading: "was $5 million, compared with $4 million in Q2 2024".
_AGAINST = re.compile(r"\b(?:compared (?:with|to)|against|versus|vs\.?|relative to)\b", re.IGNORECASE)

# What is no quarter, though the year is not named.
_LONGER = re.compile(r"\b(?:six|nine|twelve|6|9|12)[ -]months?\b|\bfull[ -]year\b", re.IGNORECASE)
_OF_A_QUARTER = re.compile(r"\bquarter|\b(?:three|3)[ -]months?\b", re.IGNORECASE)


def lacks_year(topic: Topic, unit: Unit, findings: Findings) -> bool:
    """Whether a year is asked for or named, and neither the text nor what stands around it has one or that one, nor the document."""
    around = f"{unit.text} {unit.context} {unit.meaning} {unit.columns}"
    named = frozenset[str]() if topic.follows or topic.form == "yesno" else frozenset(_A_YEAR.findall(topic.question))
    if named and named.isdisjoint(_A_YEAR.findall(around)):
        return _A_YEAR.search(around) is not None or named.isdisjoint(_years_of_document(unit, findings))
    return _ASKS_YEAR.search(topic.question) is not None and not _A_YEAR.search(f"{unit.text} {unit.context} {unit.meaning}")


def _years_of_document(unit: Unit, findings: Findings) -> frozenset[str]:
    """The years that the title and the found passages of the sentence's document name: one in a heading is said of what stands under it."""
    own = findings.document_of(unit.source)
    dated = (own.date or "")[:4]
    texts = (source.passage.text for source in findings.evidence.sources if source.document == own)
    return frozenset(year for text in (own.title, dated, *texts) for year in _A_YEAR.findall(text))


def is_of_other_period(topic: Topic, unit: Unit) -> bool:
    """Whether half a year is asked about, and the text tells only of quarters; or a quarter or month of a year, and it tells of others.

    One that names only the period that it compares its own with leaves that open.
    """
    if topic.form == "yesno" or topic.follows:
        return False
    told = _told(f"{unit.text} {unit.columns}")
    half = _HALF_A_YEAR.search(topic.question) or any(period.parts == _HALVES for period in periods(topic.question))
    if half and told and {period.parts for period in told} <= {_QUARTERS}:
        return True
    asked = _asked(topic)
    longer = _LONGER.search(unit.text) and not _OF_A_QUARTER.search(unit.text)
    if longer and asked and all(each.parts == _QUARTERS for each in asked):
        return True
    its_own = _told(f"{_AGAINST.split(unit.text)[0]} {unit.columns}")
    return bool(asked and its_own) and not any(_tells(each, told, f"{unit.text} {unit.columns}") for each in asked)


def untold_periods(topic: Topic, sources: Iterable[Source]) -> list[Period]:
    """The parts of years that a question asks about and that no passage tells of."""
    texts = [f"{source.passage.columns or ''} {source.passage.text}" for source in sources]
    return [each for each in _asked(topic) if not any(_tells(each, _told(text), "") for text in texts)]


def _asked(topic: Topic) -> list[Period]:
    return [period for period in periods(topic.question) if period.year and period.parts > 1]


def _told(text: str) -> tuple[Period, ...]:
    return periods(_BEFORE_COMMA.sub(r"\1 ,", text))


def _tells(asked: Period, told: Iterable[Period], text: str) -> bool:
    """Whether one of the periods is the one asked about, its last month, or the whole year where no part of any is told."""
    found = frozenset(told)
    parts = frozenset(period for period in found if period.parts > 1)
    if tells_earlier(text):
        parts |= {earlier for each in parts for earlier in (each.before, each._replace(year=each.year - 1))}
    meant = _names(asked)
    at_the_end_of_one = any(each.parts == 1 for each in meant)
    return any(each.is_meant_by(period) for each in meant for period in (found if at_the_end_of_one or not parts else parts))


def _names(period: Period) -> frozenset[Period]:
    """The period, with that of which it is the last month, or with its last month: a balance of June is that of the second quarter."""
    each = _MONTHS // period.parts
    last = period._replace(part=period.part * each, parts=_MONTHS)
    ended = (parts for parts in (1, _HALVES, _QUARTERS) if last.part % (_MONTHS // parts) == 0)
    longer = (last._replace(part=last.part * parts // _MONTHS, parts=parts) for parts in ended)
    return frozenset([period, last, *longer])
