"""Two quantities of what was given that one question asks for together: "activity per dose and dosing interval"."""

from __future__ import annotations

import re
from itertools import pairwise

# How questions call each quantity, by the aspect that tells it.
_CALLED = {
    "total": r"(?:total|cumulative|overall|summed) (?:activity|dose|amount)(?: given| administered)?",
    "interval": r"(?:(?:dosing|dose|treatment|injection|between-dose) )?(?:intervals?|gaps?|spacing)"
    r"(?: between (?:the )?(?:doses|injections|shots))?",
    "dose_count": r"numbers? of (?:doses|injections|administrations|shots)",
    "schedule": r"(?:dosing |treatment )?(?:days(?: of dosing)?|schedules?|timing)",
    "dose": r"(?:(?:administered|injected|given) )?(?:activity|activities|dose levels?|doses?|amounts?)"
    r"(?: per (?:dose|injection|administration|shot|mouse|animal)| given| administered| each time| level)?",
}
_QUANTITY = "|".join(rf"(?P<{aspect}>{called})" for aspect, called in _CALLED.items())
# "The first dose and …" is one dose, and no quantity.
_ONE = "".join(rf"(?<!{word}\s)" for word in ("first", "1st", "second", "2nd", "single", "last", "next", "each", "per", "every", "one"))
_NAMED = re.compile(rf"(?<![\w-]){_ONE}(?:{_QUANTITY})\b(?! (?:arm|group|mice|study|studies))", re.IGNORECASE)
_JOINED = re.compile(r"\s*(?:,|&|\+|/|;|\b(?:and|as well as|plus)\b)+\s*(?:(?:the|their|its|what|of|both)\s+)*", re.IGNORECASE)
# Aspects of which one is what the whole question was taken for.
_GIVEN = frozenset([*_CALLED, "regimen"])
# What was given tells its days, too.
_TELLS = frozenset([frozenset(["dose", "schedule"])])


def quantities(question: str, aspect: str) -> tuple[str, ...]:
    """The aspects of two or more quantities that stand side by side in a question which asks for one of them; else none."""
    if aspect not in _GIVEN:
        return ()
    found = list(_NAMED.finditer(question))
    joined: list[str] = []
    for one, other in pairwise(found):
        if _JOINED.fullmatch(question[one.end() : other.start()]):
            joined += [match.lastgroup or "" for match in (one, other)]
    aspects = tuple(dict.fromkeys(joined))
    return aspects if len(aspects) > 1 and frozenset(aspects) not in _TELLS else ()
