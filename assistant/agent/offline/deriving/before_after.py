"""What two balances that one sentence sets side by side give: how much cash was used up, which share of the shares is new."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.agent.offline.deriving.made import Composed, amounts, money
from assistant.agent.offline.sentences.lookup import Match
from assistant.language.abbreviations import written_out
from assistant.language.dates import dates
from assistant.language.periods import periods

_BURN = re.compile(
    r"\b(?:burn\w*|use[sd]? up|go through|went through|eat(?:en)? up|shr[aiu]nk|dwindle[sd]?|drop(?:ped)?|fall|fell|fallen"
    r"|decreased?|declined?|lose|lost|lower|less)\b",
    re.IGNORECASE,
)
_CASH = re.compile(r"\b(?:cash|money|funds|liquidity|balance)\b", re.IGNORECASE)
_HOW_MUCH = re.compile(r"\b(?:how much|by what|cash burn|burn(?:ed|t)?)\b", re.IGNORECASE)
_OTHER = re.compile(r"\b(?:per|monthly|a month|each|rate|operat\w+|how long|last|percent|percentage|share|runway)\b|%", re.IGNORECASE)
_OF_CASH = re.compile(r"\b(?:cash|liquidity|funds)\b", re.IGNORECASE)
_COMPARED = re.compile(r"\b(?:compared (?:with|to)|versus|vs\.?|against|down from|from|after)\b", re.IGNORECASE)
_DAYS_OF_MONTH, _LEEWAY = 30.4, 16
_SHARE = re.compile(r"\b(?:percent|percentage|per cent|pct|share|fraction|proportion|portion)\b|%", re.IGNORECASE)
_NEW = re.compile(r"\b(?:new(?:ly)?|issued|offered|offering|sold)\b", re.IGNORECASE)
_SHARES = re.compile(r"\bshares\b", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:after(?:wards)?|now|enlarged|outstanding|post|following)\b", re.IGNORECASE)
_BEFORE_TEXT = re.compile(r"\bbefore\b[^.;]*\bshares\b[^.;]*\boutstanding\b|\bshares\b[^.;]*\boutstanding\b[^.;]*\bbefore\b", re.IGNORECASE)


def cash_used(question: str, _: Sequence[str], told: Sequence[Match]) -> Iterator[Composed]:
    """The earlier of two balances of cash less the later one, where their days are as far apart as the period that is asked for."""
    if not (_BURN.search(question) and _CASH.search(question) and _HOW_MUCH.search(question)) or _OTHER.search(question):
        return
    asked = [each for each in periods(written_out(question)) if each.parts < 12]
    for match in told:
        text = match.unit.text
        sums, days = money(text), [each for each in dates(text) if each.year]
        if len(sums) != 2 or len(days) != 2 or not _OF_CASH.search(text[: sums[0].start]) or not _COMPARED.search(text):
            continue
        ordered = all(sums[place].start < days[place].start for place in (0, 1)) and days[0].start < sums[1].start
        one, two = (each.within(0) for each in days)
        if not ordered or not one or not two or sums[0].unit != sums[1].unit:
            continue
        (now, later), (then, earlier) = ((sums[0], one), (sums[1], two)) if one > two else ((sums[1], two), (sums[0], one))
        if then.value > now.value and len(asked) <= 1 and all(_is_so_long(each.parts, each.year, later, earlier) for each in asked):
            yield Composed("difference", f"{then.written} - {now.written}", (match,))


def _is_so_long(parts: int, year: int, later: date, earlier: date) -> bool:
    """Whether two days are as far apart as one of so many parts of a year, the later one of that year if there is one."""
    fits = abs((later - earlier).days - _DAYS_OF_MONTH * 12 / parts) <= _LEEWAY
    return fits and year in (0, later.year)


def new_shares(question: str, _: Sequence[str], told: Sequence[Match]) -> Iterator[Composed]:
    """The share of all shares after an issue that the new ones are, of the numbers before and after that one sentence tells."""
    if not (_SHARE.search(question) and _SHARES.search(question) and _NEW.search(question) and _AFTER.search(question)):
        return
    for match in told:
        counts = [figure for figure in amounts(match.unit.text) if not figure.unit and figure.kind == "number"]
        if len(counts) == 2 and _BEFORE_TEXT.search(match.unit.text) and re.search(r"\bafter\b", match.unit.text):
            low, high = (f"{value:.10g}" for value in sorted(figure.value for figure in counts))
            yield Composed("share", f"({high} - {low}) / {high} in percent", (match,))
