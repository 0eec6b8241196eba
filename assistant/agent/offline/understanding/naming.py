"""What the names, amounts and units of a question signal, beside its words: a study, two arms, a share, so many half-lives."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agent.offline.understanding.arithmetic import expression
from assistant.agent.offline.understanding.bounds import is_above, is_bound
from assistant.agent.offline.understanding.cues import asks_to_draw
from assistant.agent.offline.understanding.definitions import thing_to_define
from assistant.agent.offline.understanding.earlier import asks_earlier
from assistant.agent.offline.understanding.forms import form_of
from assistant.agent.offline.understanding.mentions import Mentions
from assistant.language.figures import Figure, figures
from assistant.language.units import ACTIVITY_UNITS, TIME_UNITS

# What a dose may be stated for one of, and a body may have.
BODY_UNITS = frozenset({"kg", "m2"})
# "2 x 500 uCi" is what an arm was given, where an arm is spoken of.
_REGIMEN = re.compile(r"(?<!\w)\d+\s*[x×]\s*\d")
# A share of what was injected, for each gram of a tissue.
_ASKS_UPTAKE = re.compile(r"%\s?I[AD]\s?/\s?g\b", re.IGNORECASE)
_HALF_LIVES = re.compile(r"[\s-]+(?:(?:physical|radioactive|full|whole|complete|such)\s+)*half[- ]?li(?:fe|ves)\b", re.IGNORECASE)


def named_signals(
    question: str, named: Mentions, amounts: Sequence[Figure], asked: Sequence[str], nuclide_names: Sequence[str]
) -> set[str]:
    """What the names, amounts and units of a question signal, beside its words; ``asked`` are the units that results are wanted in."""
    units = {figure.unit for figure in amounts}
    arms = len(named.counts) + named.several + named.control + len(named.levels) + len(named.designations)
    checks = {
        "named_study": bool(named.studies),
        "named_arm": named.arms,
        "named_two_arms": arms > 1,
        "named_two_studies": len({study.name for study in named.studies}) > 1,
        "named_nuclide": bool(nuclide_names),
        "named_activity": bool(units & ACTIVITY_UNITS),
        "named_time": bool(units & TIME_UNITS),
        "convert_amount": any(unit in family and units & family - {unit} for family in (ACTIVITY_UNITS, TIME_UNITS) for unit in asked),
        "named_unit": bool(asked),
        "named_time_unit": not TIME_UNITS.isdisjoint(asked),
        "named_body": bool(units & BODY_UNITS),
        "named_share": "percent" in units,
        "asks_earlier": bool(units & TIME_UNITS) and asks_earlier(question),
        "named_half_lives": half_lives(question) is not None,
        "yesno": form_of(question) == "yesno",
        "chart": asks_to_draw(question),
        "named_disease": bool(named.diseases),
        "named_model": any(study.model for study in named.studies),
        "operators": expression(question) is not None and not ((named.arms or named.studies) and _REGIMEN.search(question)),
        "definition": bool(thing_to_define(question, named)),
        "many_compared": len(re.findall(r"\b(?:vs\.?|versus)(?=\s)", question, re.IGNORECASE)) > 1 and arms < 3,
        "why": form_of(question) == "why",
        "uptake": _ASKS_UPTAKE.search(question) is not None,
        "takes_up": _ASKS_UPTAKE.search(question) is not None,
        "other_endpoint": _ASKS_UPTAKE.search(question) is not None,
    }
    bounds = {"bound_above" if is_above(figure) else "bound_below" for figure in amounts if is_bounding_time(figure)}
    return {name for name, on in checks.items() if on} | bounds


def is_bounding_time(figure: Figure) -> bool:
    """Whether it is a time that is a bound: "longer than 90 days"."""
    return figure.unit in TIME_UNITS and is_bound(figure)


def half_lives(question: str) -> float | None:
    """How many half-lives a question counts, "after two half-lives"; None where it counts none."""
    counted = (figure for figure in figures(question) if not figure.unit and _HALF_LIVES.match(question, figure.end))
    return next((figure.value for figure in counted), None)
