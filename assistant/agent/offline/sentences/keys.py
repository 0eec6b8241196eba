"""What a text names that tells one figure from another: words, amounts, numbered things, dates and periods."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.agent.offline.understanding.cues import content, light, scaffold
from assistant.agent.offline.understanding.terms import stem_set
from assistant.language.figures import MONTH, Figure, figures
from assistant.language.kept import kept_for_passages
from assistant.language.numerals import SMALL
from assistant.language.periods import Period, periods
from assistant.language.stems import stem, words
from assistant.language.units import CURRENCIES
from assistant.studies.quantities import scale

Key = str | Period
"""A stem, an amount in its base unit, a numbered thing ("cohort 1"), a date or a period."""

_NUMBERS = "|".join(sorted((*SMALL, "single"), key=len, reverse=True))
DOSES = re.compile(rf"\b(?P<number>{_NUMBERS}|\d{{1,2}})[- ](?P<thing>dose|cycle|treatment|injection|cohort)s?\b", re.IGNORECASE)
"""So many doses or cycles, by which arms are called."""
_NUMBERED = re.compile(
    rf"\b(?P<thing>group|arm|cohort|phase|stage|grade|cycle|visit|level|batch|lot|patient|part|table|{MONTH})\.?\s(?P<sign>[A-Z]?\d{{1,3}}|[A-Z])\b(?![.,]\d|%)",
    re.IGNORECASE,
)
_CALLED_BY_NUMBER = re.compile(r"(?<![\d.,$€£])(?P<sign>\d+(?:\.\d+)?)\s(?P<thing>degrees?)\b", re.IGNORECASE)
MANY = re.compile(r"\b(?:thousand|million|billion)\b", re.IGNORECASE)
"""How many of its unit a figure tells."""


@kept_for_passages
def keys(text: str) -> frozenset[Key]:
    """What a text names: its words with content, amounts, numbered things, dates and periods."""
    telling = content(text) - light() - scaffold()
    named = {each for each in stem_set(text) if " " in each or (each in telling or each not in _plain(text))}
    named = {each for each in named if not each.isdigit()}
    dates = {f"date {figure.value:.0f}" for figure in figures(text) if figure.kind == "date"}
    return frozenset({*named, *dates, *numbered(text), *periods(text)})


def _plain(text: str) -> frozenset[str]:
    return frozenset(word.stem for word in words(text))


def numbered(text: str) -> Iterator[str]:
    """Things by their number or letter, "cohort 1", "december 31", and so many doses."""
    for found in _NUMBERED.finditer(text):
        yield f"{stem(found['thing'].casefold())} #{found['sign'].casefold()}"
    for found in _CALLED_BY_NUMBER.finditer(text):
        yield f"{stem(found['thing'].casefold())} #{found['sign']}"
    for found in DOSES.finditer(text):
        number = found["number"].casefold()
        yield f"{stem(found['thing'].casefold())} x{1 if number == 'single' else int(SMALL.get(number, 0) or number)}"


def sort_of(figure: Figure) -> str:
    """What a figure measures: its base unit, shares of all kinds being one and sums of money, too; empty where it counts."""
    if figure.unit in CURRENCIES or (not figure.unit and MANY.search(figure.text)):
        return "sum"
    return "percent" if figure.unit.startswith("percent") else scale(figure.unit)[0]
