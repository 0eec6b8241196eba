"""Numbers that a cited text puts in another form: "the fifth cohort" for cohort 5, "year three" for the third, "four" of 1 to 4."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.agent.grounding.amounts import Amount
from assistant.agent.grounding.codes import codes
from assistant.agent.grounding.reading import Support
from assistant.agent.grounding.vocabulary import stem, stems

# "Conditions 1 to 4"
_RANGE = re.compile(r"\b(?P<noun>[A-Za-z]+)s\s(?P<first>\d{1,2})(?:\sto\s|\s?[–-]\s?)(?P<last>\d{1,2})\b(?![.,]?\d|\s?%)")
# "Year three", "from month two on"
_BEHIND_NOUN = re.compile(r"\b(?P<noun>year|month|week|day|cycle)\s$", re.IGNORECASE)
_EVERY = re.compile(r"\b(?:every|each|another)\s$", re.IGNORECASE)
# "One must turn to …": whoever it is
_ANYONE = re.compile(r"\s(?:must|has|can|may|might|should|will|would|needs|cannot)\b", re.IGNORECASE)
_QUARTERS = ("first", "second", "third", "fourth")


def otherwise_put(amount: Amount, said: str, support: Support) -> bool:
    """Whether ``amount`` of ``said`` is a cited number in another form, or the pronoun "one" and no number."""
    if amount.text.lower() == "one" and (_ANYONE.match(said, amount.end) or said[amount.end :].startswith(" half")):
        return True
    if amount.kind == "word" and amount.unit == "percent" and amount.text.lower().endswith("quarter"):
        return _next_quarter(support)
    if amount.unit or amount.kind not in ("rank", "number", "word"):
        return False
    return _numbered(amount, support) or amount.value in set(_in_range(amount, support)) or _as_rank(amount, said, support)


def _numbered(amount: Amount, support: Support) -> bool:
    """Whether "the fifth cohort" is a cited passage's "cohort 5", "the second quarter" its Q2, "three cohorts" its cohorts 1, 2 and 3."""
    named = [code for text in support.passages for code in codes(text)]
    if amount.kind == "rank" and any(f"{noun[0]}{amount.value:g}" in named for noun in amount.nouns & {stem("quarter"), stem("half")}):
        return True
    numbered = (re.fullmatch(r"([a-z]+)(\d+)", code) for code in named)
    found = {float(match[2]) for match in numbered if match and stem(match[1]) in amount.nouns}
    return amount.value in found if amount.kind == "rank" else len(found) > 1 and len(found) == amount.value


def _in_range(amount: Amount, support: Support) -> Iterator[float]:
    """How many things the ranges of the cited passages have that are of what ``amount`` counts: four of "conditions 1 to 4"."""
    for text in support.passages:
        for match in _RANGE.finditer(text):
            if stem(match["noun"].lower()) in amount.nouns and amount.kind != "rank":
                yield float(int(match["last"]) - int(match["first"]) + 1)


def _as_rank(amount: Amount, said: str, support: Support) -> bool:
    """Whether "year three" is the cited third year, "every eighth patient" every eight patients, or the other way round."""
    noun = _BEHIND_NOUN.search(said[: amount.start])
    nouns = stems(noun["noun"].lower()) if noun else amount.nouns if _EVERY.search(said[: amount.start]) else frozenset()
    known = (figure for line in support.lines for figure in line.figures)
    return any(
        other.value == amount.value and not other.unit and (other.kind == "rank") != (amount.kind == "rank") and other.nouns & nouns
        for other in known
    )


def _next_quarter(support: Support) -> bool:
    """Whether a cited passage has a quarter of a year and the next one, so that "a quarter" may be the time between the two."""
    for text in support.passages:
        places = {int(place) for place in re.findall(r"\bQ([1-4])\b", text)}
        named = re.findall(rf"\b({'|'.join(_QUARTERS)})[\s-]quarter\b", text, re.IGNORECASE)
        places |= {_QUARTERS.index(name.lower()) + 1 for name in named}
        if any(place + 1 in places for place in places):
            return True
    return False
