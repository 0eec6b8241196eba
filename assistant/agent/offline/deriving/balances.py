"""Sums of money that a question sets against each other: what lasts how long, what is still to come, one less another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.agent.offline.deriving.linking import earlier_and_later
from assistant.agent.offline.deriving.made import Composed, money
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.surroundings import around
from assistant.agent.offline.understanding.cues import content, light, scaffold, words_of
from assistant.agent.offline.understanding.operation import operation_of
from assistant.agent.offline.understanding.terms import forms_of, stem_set
from assistant.language.figures import Figure
from assistant.language.stems import stem

_HOW_LONG = re.compile(r"\bhow (?:long|many (?P<unit>months?|quarters?|years?))\b", re.IGNORECASE)
_LASTS = re.compile(r"\b(?:lasts?|cover|enough|run out|suffice)\b", re.IGNORECASE)
_AT_RATE = re.compile(r"\b(?:rate|pace|burn\w*|spen[dt]\w*|us(?:ing|ed?))\b", re.IGNORECASE)
_CASH = re.compile(r"\b(?:cash|balance|money|funds)\b", re.IGNORECASE)
_USED = re.compile(r"\bused(?: (?:about|approximately|in operations|in operating activities)| was| totall?ed)?\s*$", re.IGNORECASE)
_PLANNED = re.compile(r"\b(?:expects?|plans?|will|guidance|forecast|between)\b", re.IGNORECASE)
# Of which time an amount was used, and in so many months.
_OF_TIME = re.compile(r"\b(?P<period>quarter|three months|six months|half[- ]year|year|twelve months)\b", re.IGNORECASE)
_MONTHS = {"quarter": 3, "three months": 3}
_STILL = re.compile(r"\b(?:still|remain\w*|left|yet to|outstanding)\b", re.IGNORECASE)
_RECEIVED = re.compile(r"\b(?:received|earned|paid|collected)\b", re.IGNORECASE)
_UP_TO = re.compile(r"\b(?:up to|as much as|a total of|maximum of)\s*$", re.IGNORECASE)
_OF_WHAT = re.compile(r"\s+(?:in|of)\s+(?:\w+\s+)?(?P<noun>[a-z]{4,})", re.IGNORECASE)
_LESS = re.compile(r"\b(?:minus|less(?! than)|net of|excluding|without|not counting|after deducting)\b", re.IGNORECASE)


def lasting(question: str, _: Sequence[str], told: Sequence[Match]) -> Iterator[Composed]:
    """For how long the cash lasts at the rate at which it was used in a quarter."""
    asked = _HOW_LONG.search(question)
    if not (asked and _LASTS.search(question) and _AT_RATE.search(question) and _CASH.search(question)):
        return
    for one, cash in _cash(told):
        for other, used, months in _uses(told):
            in_quarters = (asked["unit"] or "").startswith("quarter")
            rate = used.written if in_quarters else f"({used.written} / {months} month)"
            yield Composed("lasting_quarters" if in_quarters else "lasting", f"{cash.written} / {rate}", tuple(dict.fromkeys((one, other))))


def _cash(told: Sequence[Match]) -> list[tuple[Match, Figure]]:
    """What cash there was on a day that a sentence sets beside an earlier one."""
    found = []
    for match in told:
        sums, text = money(match.unit.text), match.unit.text
        if len(sums) == 2 and re.match(r"\W*(?:\w+\W+){0,3}cash\b", text, re.IGNORECASE) and not _USED.search(text[: sums[0].start]):
            now = earlier_and_later(sums[0], sums[1], text)[1]
            found += [(match, now)] if now else []
    return found


def _uses(told: Sequence[Match]) -> Iterator[tuple[Match, Figure, int]]:
    """What was used in operating activities in a quarter."""
    for match in told:
        text = match.unit.text
        times = {each["period"].casefold() for each in _OF_TIME.finditer(text)}
        if "operat" in text and len(times) == 1 and (months := _MONTHS.get(times.pop())) and not _PLANNED.search(text):
            yield from ((match, figure, months) for figure in money(text) if _USED.search(text[: figure.start]))


def still_to_come(question: str, _: Sequence[str], told: Sequence[Match]) -> Iterator[Composed]:
    """Of "up to $210 million in milestones" what was not received yet, where one sentence tells what was."""
    if not _STILL.search(question) or not re.search(r"\bhow much\b|\bwhat\b", question, re.IGNORECASE):
        return
    asked = {form for word in content(question) for form in forms_of(word)}
    for match in told:
        for figure in money(match.unit.text):
            of = _OF_WHAT.match(match.unit.text, figure.end)
            noun = stem(of["noun"].casefold()) if of else ""
            if noun not in asked or not (figure.qualifier or _UP_TO.search(match.unit.text[: figure.start])):
                continue
            if of is None or _names_part(asked, match.unit.text[: of.end()], match.unit.text[of.end() :]):
                continue
            for other in told:
                got = money(other.unit.text)
                if other is not match and len(got) == 1 and _RECEIVED.search(other.unit.text) and noun in stem_set(other.unit.text):
                    yield Composed("remainder", f"{figure.written} - {got[0].written}", (match, other))


def _names_part(asked: set[str], before: str, behind: str) -> bool:
    """Whether a question has a word of what a sentence tells behind the whole: its parts, "for approvals"."""
    parts = stem_set(behind) - stem_set(before) - light() - scaffold()
    return any(" " not in part and part in asked for part in parts)


def one_less_other(question: str, _: Sequence[str], told: Sequence[Match]) -> Iterator[Composed]:
    """One sum of money less another, "cash and securities minus the loan", each the only one that its words tell."""
    sides = _LESS.split(question)
    if len(sides) != 2 or re.search(r"\bper\b|%|\bpercent", question, re.IGNORECASE):
        return
    first, second = (_sums_of(side, told) for side in sides)
    if len({figure.value for _, figure in first}) == len({figure.value for _, figure in second}) == 1:
        (one, whole), (other, part) = first[0], second[0]
        if whole.unit == part.unit and whole.value > part.value:
            yield Composed("rest", f"{whole.written} - {part.written}", tuple(dict.fromkeys((one, other))))


def _sums_of(side: str, told: Sequence[Match]) -> list[tuple[Match, Figure]]:
    """The sums near which all words of a side stand, without those of which a text tells what came of them."""
    weighed = operation_of(side, ()).words
    words = [word.stem for word, weight in weighed.items() if weight >= 1 and word.stem not in words_of("filler", table="accounts_named")]
    found = []
    for match in told if words else ():
        sums = [each for each in money(match.unit.text) if not each.qualifier]
        early = {earlier_and_later(one, two, match.unit.text)[0] for one, two in pairwise(sums)}
        lead = stem_set(match.unit.text[: sums[0].start]) if sums else frozenset[str]()  # "cash, cash equivalents and securities were"
        near = [(each, around(each, match.unit.text) | (lead if each is sums[0] else set())) for each in sums if each not in early]
        found += [(match, figure) for figure, own in near if all(forms_of(word) & own for word in words)]
    return found
