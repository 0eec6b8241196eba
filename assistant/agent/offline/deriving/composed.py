"""Results of two steps: an amount for each of so many, so often, so long; what it costs for each; how long it lasts at that rate."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from assistant.agent.offline.deriving.apportioned import (
    for_each_patient,
    of_allotment,
    of_half_lives,
    of_list,
    of_organs,
    of_rate,
    of_tolerance,
)
from assistant.agent.offline.deriving.balances import lasting, one_less_other, still_to_come
from assistant.agent.offline.deriving.before_after import cash_used, new_shares
from assistant.agent.offline.deriving.made import Composed, amounts, money, period_of
from assistant.agent.offline.deriving.proportions import shares
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.understanding.cues import content, light, words_of
from assistant.agent.offline.understanding.terms import forms_of, stem_set
from assistant.language.dates import dates
from assistant.language.figures import Figure, figures
from assistant.language.stems import stem, stems
from assistant.language.units import ACTIVITY_UNITS, CURRENCIES, TIME_UNITS, measures_alike

# In which months a period has, and how questions ask for an amount of each.
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_EACH = r"(?:a|an|per|each|every|for (?:each|every|the))\s+(?:\w+\s+)?"
_PERIOD = r"(?P<period>month|quarter|year|annum|yr)\b"
_PER_PERIOD = re.compile(rf"\s*(?:\([^()]*\)\s*)?{_EACH}{_PERIOD}", re.IGNORECASE)
_ASKED_PERIOD = re.compile(rf"\b(?:per|each|every|a)\s+{_PERIOD}|\b(?P<often>monthly|quarterly|yearly|annual|annually)\b", re.IGNORECASE)
_WHOLE_TERM = re.compile(
    r"\b(?:total|in all|altogether|(?:whole|full|entire)\s+(?:term|period|life|lease|contract|agreement)"
    r"|over (?:the|its) (?:\w+ )?(?:term|life|lease))\b",
    re.IGNORECASE,
)
_EACH_OF = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:each|apiece|per\s+(?P<noun>[a-z]+))\b", re.IGNORECASE)
_LASTING = re.compile(r"\b(?:for|over|during|of|lasts?|runs?)\s+(?:a (?:term|period) of\s+)?(?:(?:the|its)\s+)?$", re.IGNORECASE)
_PER_THING = re.compile(r"\bper\s+(?P<noun>(?:square\s+)?[a-z]{3,})\b", re.IGNORECASE)
_ANIMALS = re.compile(r"\b(?:all|every|each|whole|entire)\b[^?]*\b(?:mice|mouse|animals?|rats?|dogs?|patients?|subjects?)\b", re.IGNORECASE)
_ANIMAL = re.compile(r"\s+(?:\w+\s+){0,2}?(?:mice|animals|rats|dogs|patients|subjects)\b", re.IGNORECASE)
_N_OF = re.compile(r"\bn\s*=\s*$", re.IGNORECASE)
# What is due by terms, kept or sold, of which no arm of a study tells.
_OF_MONEY = re.compile(
    r"\b(?:interest|market (?:cap\w*|value)|rent\w*|leas\w+|contract\w*|agreements?|supply|supplies|shipments?|deliver\w*|costs?"
    r"|prices?|fees?|pays?|paid|cash|balance|money|funds|milestones?|royalt\w+|debt|loans?|minus|net of|securities)\b",
    re.IGNORECASE,
)
# "Each mouse got" tells of one of them.
_OF_ONE = re.compile(
    r"\b(?:each|every|per|an?|one|a single)\s+(?:\w+\s+)?(?:mouse|animal|rat|dog|cat|patient|subject)\b(?!'?s\b)", re.IGNORECASE
)
_TOGETHER = re.compile(r"\b(?:total|how much|needed|used|required|together|altogether)\b", re.IGNORECASE)
# Who is given an amount more than once gets more in all than a question about one time means.
_AGAIN = re.compile(r"\b(?:again|twice|two|three|four|five|six|every|weekly|repeated|thrice|times)\b(?!\s+at\b)", re.IGNORECASE)
_ONCE = re.compile(r"\b(?:first|second|one|single|each|per|day \d+) ?(?:dose|injection|infusion|administration|round)?\b", re.IGNORECASE)
# So much of what a question tells of has to be said in a sentence and around it.
_SAID, _AROUND = 0.5, 0.6


class _Rate(NamedTuple):
    """An amount that is due as ``often``, "month", with the expression of what that is in all."""

    amount: Figure
    often: str
    expression: str


def may_compose(question: str) -> bool:
    """Whether a question may want such a calculation at all, which its words tell before any sentence is read."""
    return _OF_MONEY.search(question) is not None or (_ANIMALS.search(question) is not None and _TOGETHER.search(question) is not None)


def composed(question: str, units: Sequence[str], matches: Sequence[Match]) -> Composed | None:
    """What a question wants in two steps of figures that single sentences state; None where it wants nothing of the kind.

    ``units`` are those that the question names; ``matches`` the sentences, the likeliest first.
    """
    told = [match for match in matches if not match.unit.columns and not match.unit.title]
    for made in _MAKERS:
        found = {each.expression: each for each in made(question, units, told)}
        if len(found) == 1:
            return next(iter(found.values()))
        if found:
            return None  # nothing tells which is meant
    return None


def _interest(question: str, _: Sequence[str], told: Sequence[Match]) -> Iterator[Composed]:
    """The interest on a sum for a period, where its sentence has the sum and the yearly rate."""
    period = period_of(_ASKED_PERIOD.search(question))
    if not re.search(r"\binterest\b", question, re.IGNORECASE) or not period or re.search(r"\b(?:rate|percent|income)\b|%", question):
        return
    for match in told:
        text = match.unit.text
        rates = [f for f in amounts(text) if f.unit == "percent" and period_of(_PER_PERIOD.match(text, f.end)) == "year"]
        if len(rates) == 1 and len(money(text)) == 1 and re.search(r"\binterest\b", text, re.IGNORECASE):
            part = "" if period == "year" else f" * {_MONTHS[period]} month / 12 month"
            yield Composed("converted", f"{money(text)[0].written} * {rates[0].written}{part}", (match,))


def _market_value(question: str, _: Sequence[str], told: Sequence[Match]) -> Iterator[Composed]:
    """The number of shares outstanding times the price of one, on the days that the question names, if it does."""
    if not re.search(r"\bmarket (?:cap\w*|value)\b", question, re.IGNORECASE):
        return
    counts = [(m, f) for m in told for f in amounts(m.unit.text) if not f.unit and _counts_outstanding(m.unit.text, f)]
    prices = [(m, f) for m in told for f in money(m.unit.text) if _is_price(m.unit.text, f)]
    for one, held in _on_days(question, counts):
        for other, price in _on_days(question, prices):
            yield Composed("converted", f"{held.value:.10g} * {price.written}", tuple(dict.fromkeys((one, other))))


def _counts_outstanding(text: str, figure: Figure) -> bool:
    behind = text[figure.end : figure.end + 60]
    return re.match(r"\s+(?:(?!options?\b|further\b)\w+\s+){0,2}shares\b[^,;.]*\boutstanding\b", behind, re.IGNORECASE) is not None


def _is_price(text: str, figure: Figure) -> bool:
    before = text[: figure.start]
    return (
        re.search(r"\b(?:closing price|(?:share|stock) price|closed at|price of (?:our|its|the) (?:\w+ )?(?:shares|stock))\b", before, re.I)
        is not None
    )


def _on_days(question: str, found: Sequence[tuple[Match, Figure]]) -> Sequence[tuple[Match, Figure]]:
    """Those whose sentence has a day that the question names; all where none has."""
    asked = {(each.month, each.day) for each in dates(question)}
    named = [pair for pair in found if asked & {(each.month, each.day) for each in dates(pair[0].unit.text)}]
    return named or found


def _over_term(question: str, units: Sequence[str], told: Sequence[Match]) -> Iterator[Composed]:
    """An amount each period, for as long as its sentence says, for another period, or for each of what the sentence counts beside it."""
    whole, period = _WHOLE_TERM.search(question) is not None, period_of(_ASKED_PERIOD.search(question))
    if not (whole or period):
        return
    for match in _about(question, told):
        text = match.unit.text
        for rate in _rates(text, units):
            lasting = [f for f in amounts(text) if f.unit in ("month", "year") and _LASTING.search(text[: f.start])]
            if whole and not period and len(lasting) == 1 and (times := _count_of(lasting[0], rate.often)):
                yield Composed("product", f"{rate.expression} * {times}{_target(rate.amount, units)}", (match,))
            elif period and (period != rate.often or rate.expression != rate.amount.written):
                yield from _of_period(question, match, rate, units)


def _count_of(lasting: Figure, often: str) -> str:
    """How often an amount is due in so long a time, as an expression in plain numbers; empty where that is not whole."""
    if lasting.unit == often:
        return f"{lasting.value:.10g}"
    known = {("year", "month"): f"{lasting.value:.10g} * 12", ("month", "year"): f"{lasting.value:.10g} / 12"}
    return known.get((lasting.unit, often), "")


def _of_period(question: str, match: Match, rate: _Rate, units: Sequence[str]) -> Iterator[Composed]:
    """The amount of the period that a question names, for each of a thing that the sentence counts where it names one, too."""
    often, period = rate.often, period_of(_ASKED_PERIOD.search(question))
    times = {("month", "year"): " * 12", ("year", "month"): " / 12"}.get((often, period), "" if often == period else None)
    thing = _PER_THING.search(_ASKED_PERIOD.sub(" ", question))
    if times is None:
        return
    if thing is None:
        yield Composed("converted", f"{rate.expression}{times}{_target(rate.amount, units)}", (match,))
        return
    names = [stem(word) for word in thing["noun"].casefold().split()]
    counted = [f for f in amounts(match.unit.text) if not f.unit and set(_of_noun(match.unit.text, f)) & _forms(names[-1:])]
    if len(counted) == 1:
        yield Composed("quotient", f"{rate.expression}{times} / {counted[0].value:.10g}", (match,))


def _of_noun(text: str, figure: Figure) -> tuple[str, ...]:
    return stems(text[figure.end : figure.end + 40])[:2]


def _forms(words: Iterable[str]) -> set[str]:
    return {"feet", "foot"} if set(words) & {"foot", "feet", "ft"} else {form for word in words for form in forms_of(word)}


def _rates(text: str, units: Sequence[str]) -> Iterator[_Rate]:
    """Amounts of a sentence for each period: "$185,000 a month", "24 shipments a year of 3.7 GBq each"."""
    found = amounts(text)
    for figure in found:
        if figure.unit in CURRENCIES and (period := period_of(_PER_PERIOD.match(text, figure.end))):
            yield _Rate(figure, period, figure.written)
        if figure.unit:
            continue
        often = re.compile(rf"\s+(?:\w+\s+){{1,2}}?{_EACH}{_PERIOD}", re.IGNORECASE).match(text, figure.end)
        each = [other for other in found if often and other.start >= often.end() and _EACH_OF.match(text, _past_restated(text, other))]
        meant = [other for other in each if other.unit in units] or [other for other in each if not units or _alike(other, units)]
        if often and meant:
            yield _Rate(meant[0], period_of(often), f"{figure.value:.10g} * {meant[0].written}")


def _past_restated(text: str, figure: Figure) -> int:
    """Where a figure ends, with the bracket that states it again or in which it does: "3.7 GBq (100 mCi) each"."""
    inside = re.compile(r"\)").match(text, figure.end)
    return inside.end() if inside else figure.end


def _alike(figure: Figure, units: Sequence[str]) -> bool:
    return any(measures_alike(figure.unit, unit) for unit in units)


def _target(amount: Figure, units: Sequence[str]) -> str:
    unit = next((unit for unit in units if unit != amount.unit and unit in ACTIVITY_UNITS and amount.unit in ACTIVITY_UNITS), "")
    return f" in {unit}" if unit else ""


def _about(question: str, told: Sequence[Match]) -> list[Match]:
    """The sentences that say enough of what a question tells of, those that say most."""
    rest = question
    for figure in reversed(figures(question)):
        rest = f"{rest[: figure.start]} {rest[figure.end :]}"
    how = words_of(table="operations") | words_of(table="derivations") | light() | frozenset(TIME_UNITS) | {"quarter", "term", "annual"}
    words = content(rest) - how
    said = [(sum(_said_in(word, match) for word in words), match) for match in told]
    most = max((number for number, _ in said), default=0.0)
    return [match for number, match in said if number == most and words and number >= _SAID * len(words)]


def _said_in(word: str, match: Match) -> float:
    """How well a word is said in a sentence, 1, or only around it, or not at all, 0."""
    forms = forms_of(word)
    return 1.0 if forms & stem_set(match.unit.meaning) else _AROUND if forms & stem_set(match.unit.context) else 0.0


def _for_all(question: str, units: Sequence[str], told: Sequence[Match]) -> Iterator[Composed]:
    """What all animals of a group are given together, where one sentence counts them and tells what each got."""
    if not _ANIMALS.search(question) or not ({*units} & ACTIVITY_UNITS or re.search(r"\bactivity\b", question, re.IGNORECASE)):
        return
    if not _TOGETHER.search(question) or _OF_ONE.search(question):
        return
    for match in _about(question, told):
        text = match.unit.text
        counts = [f for f in amounts(text) if not f.unit and (_N_OF.search(text[: f.start]) or _ANIMAL.match(text, f.end))]
        given = [f for f in amounts(text) if f.unit in ACTIVITY_UNITS]
        own = [f for f in given if f.unit in units] or given[:1]
        if _AGAIN.search(text) and not _ONCE.search(question):
            continue  # what each got in all is another amount
        if len(counts) == 1 and len({f.unit for f in given}) == len(given) and own:
            yield Composed("product", f"{counts[0].value:.10g} * {own[0].written}{_target(own[0], units)}", (match,))


_MAKERS: tuple[Callable[[str, Sequence[str], Sequence[Match]], Iterator[Composed]], ...] = (
    _interest,
    _market_value,
    _over_term,
    _for_all,
    lasting,
    still_to_come,
    one_less_other,
    of_organs,
    of_rate,
    of_tolerance,
    of_allotment,
    of_list,
    of_half_lives,
    for_each_patient,
    cash_used,
    new_shares,
    shares,
)
