"""Whose a figure of a statement may be: the study arms that have this value, as extraction read them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.agent.grounding.administrations import dose_count
from assistant.agent.grounding.agreement import agree, calculated, tells_how_often
from assistant.agent.grounding.amounts import Amount, amounts
from assistant.agent.grounding.mentions import Pair, Registry
from assistant.agent.grounding.vocabulary import stems, table
from assistant.language.schedule import numbers_a_day
from assistant.language.units import TIME_UNITS, is_activity
from assistant.values import Working

_COUNT = re.compile(r"\bn\s?=\s?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure of the statement with the study arms that have this value; ``kind`` tells of what."""

    amount: Amount
    kind: str
    pairs: frozenset[Pair]


def place(said: str, amount: Amount, registry: Registry, workings: Sequence[tuple[Working, frozenset[Pair]]]) -> Placed | None:
    """The figure with the arms whose it may be; None where it is nobody's.

    ``workings`` are the cited calculations with the arms that their inputs were read from.
    """
    given = (operand for working, _ in workings for operand in working.operands if operand.span is None and operand.source is None)
    if any(calculated(amount, operand.value, operand.unit, operand.name) for operand in given):
        return None  # a figure that the question gives to compute with is nobody's, whatever arm may have a like one
    origins = [pairs for working, pairs in workings if any(calculated(amount, r.value, r.unit, r.name) for r in working.results)]
    if any(not pairs for pairs in origins):  # a half-life or a conversion, whatever arm may have a like figure
        return None
    computed = frozenset[Pair]().union(*origins)
    for kind, pairs in (
        ("day", _with_day(said, amount, registry)),
        ("survival", _with_survival(amount, registry)),
        ("activity", frozenset(p for p in registry.pairs if _is_activity(amount, registry, p))),
        ("interval", _with_interval(amount, registry)),
        ("n", _with_number(said, amount, registry)),
    ):
        if pairs:
            return Placed(amount, "computed" if computed else kind, pairs | computed)
    return Placed(amount, "computed", computed) if computed else None


def _with_day(said: str, amount: Amount, registry: Registry) -> frozenset[Pair]:
    if amount.unit != "day" or not amount.text[-1:].isdigit() or not numbers_a_day(said, amount.start):
        return frozenset()
    return frozenset(pair for pair in registry.pairs if amount.value in registry.arm(pair).days)


def _with_survival(amount: Amount, registry: Registry) -> frozenset[Pair]:
    bare = not amount.unit and not amount.nouns and amount.kind == "number" and amount.value >= 10
    if amount.unit not in TIME_UNITS and not bare:
        return frozenset()
    return frozenset(pair for pair in registry.pairs if (s := registry.arm(pair).survival) and agree(amount, s.value, s.unit, "document"))


def _is_activity(amount: Amount, registry: Registry, pair: Pair) -> bool:
    activity = registry.arm(pair).activity
    if activity is None or not is_activity(amount.unit):
        return False
    return agree(amount, activity.value, activity.measure, "document")


def _with_interval(amount: Amount, registry: Registry) -> frozenset[Pair]:
    if amount.unit not in TIME_UNITS:
        return frozenset()
    return frozenset(
        pair
        for pair in registry.pairs
        if any(agree(amount, later - earlier, "day", "document") for earlier, later in pairwise(registry.arm(pair).days))
    )


def _with_number(said: str, amount: Amount, registry: Registry) -> frozenset[Pair]:
    counted = amount.nouns & stems(table("meaning")["subjects"]) or _COUNT.search(said[: amount.start])
    if amount.kind == "rank" or not counted:
        return frozenset()
    exact = frozenset(pair for pair in registry.pairs if registry.arm(pair).n == amount.value)
    return exact and exact | {pair for pair in registry.pairs if registry.arm(pair).n is None}


def administrations(said: str, registry: Registry) -> list[Placed]:
    """The numbers of administrations that ``said`` tells in so many words ("given twice"), each with the arms that may have got so many."""
    found = []
    for amount in amounts(said):
        if not tells_how_often(amount):
            continue
        known = {pair: dose_count(registry.arm(pair)) for pair in registry.pairs}
        pairs = frozenset(pair for pair, count in known.items() if count in (None, amount.value) and not registry.arm(pair).control)
        if any(known[pair] for pair in pairs):
            found.append(Placed(amount, "doses", pairs))
    return found
