"""Whether an activity is said of each dose or of all doses together, as the source or calculation means it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.agent.grounding.administrations import dose_count
from assistant.agent.grounding.agreement import agree, calculated, stated
from assistant.agent.grounding.amounts import Amount, amounts
from assistant.agent.grounding.mentions import Registry
from assistant.agent.grounding.reading import Line
from assistant.agent.grounding.vocabulary import pattern, reason
from assistant.language.conjunctions import CONTRASTING
from assistant.language.units import ACTIVITY_UNITS
from assistant.values import Working

_CUT = re.compile(rf"[;:()]|,\s(?=(?:i\.e|that is|or|and|both)\b)|{CONTRASTING}", re.IGNORECASE)


def confused(said: str, registry: Registry, workings: Sequence[Working], cited: Sequence[Line]) -> str | None:
    """Why an activity of ``said`` is not what each, or all, of the doses had, in words; None where it may be."""
    cuts = [0, *(match.start() for match in _CUT.finditer(said)), len(said)]
    for start, end in pairwise(cuts):
        clause = said[start:end]
        together = pattern("meaning", "altogether", anchored=False).search(clause)
        each = pattern("meaning", "each_time", anchored=False).search(clause)
        word = together or each
        activities = [amount for amount in amounts(clause) if amount.unit.split("/")[0] in ACTIVITY_UNITS]
        if word and not (together and each) and activities:
            amount = min(activities, key=lambda a: max(word.start() - a.end, a.start - word.end()))
            if _said_so(amount, cited, "altogether" if together else "each_time"):
                continue
            if (together and _of_each(amount, clause, said, registry, workings)) or (each and _of_all(amount, registry, workings)):
                return reason("total", name=amount.text)
    return None


def _said_so(amount: Amount, cited: Sequence[Line], words: str) -> bool:
    """Whether a cited sentence has the figure with such words itself."""
    saying = (line for line in cited if any(stated(amount, figure) for figure in line.figures))
    return any(pattern("meaning", words, anchored=False).search(line.reading) for line in saying)


def _of_each(amount: Amount, clause: str, said: str, registry: Registry, workings: Sequence[Working]) -> bool:
    """Whether the figure is a single dose of arms that got several, and no calculation's total."""
    if any(calculated(amount, r.value, r.unit, r.name) and "total" in r.name for working in workings for r in working.results):
        return False
    named = registry.arm_mentions(clause) or registry.arm_mentions(said)
    arms = [registry.arm(pair) for pair in frozenset(registry.pairs).intersection(*(m.pairs for m in named if m.pairs & registry.pairs))]
    like = [arm for arm in arms if arm.activity and agree(amount, arm.activity.value, arm.activity.measure, "document")]
    return bool(like) and all((dose_count(arm) or 1) > 1 for arm in like)


def _of_all(amount: Amount, registry: Registry, workings: Sequence[Working]) -> bool:
    """Whether the figure is the sum of an arm's doses, and no arm's single dose."""
    arms = [arm for pair in registry.pairs if (arm := registry.arm(pair)).activity]
    singles = [(arm, arm.activity) for arm in arms if arm.activity]
    if any(agree(amount, activity.value, activity.measure, "document") for _, activity in singles):
        return False
    totals = [r for working in workings for r in working.results if "total" in r.name]
    if any(calculated(amount, r.value, r.unit, r.name) for r in totals):
        return True
    return any(agree(amount, activity.value * (dose_count(arm) or 1), activity.measure, "document") for arm, activity in singles)
