"""Which activities of a sentence were administered, each at a time: "20 MBq", "25 mCi/m2"; totals, limits and ranges are not."""

from __future__ import annotations

import re

from assistant.language.figures import Figure
from assistant.language.subjects import SUBJECTS
from assistant.language.units import ACTIVITY, is_activity
from assistant.studies.extraction.mentions import Clause
from assistant.studies.extraction.traits import Trait, trait
from assistant.studies.facts import Activity
from assistant.studies.quantities import scale

_TOTAL = re.compile(
    r"\b(?:median|mean|average|cumulative|total|specific|molar|maximum\s+tolerated|MTD|limit|maximal)\s+(?:(?:administered\s+)?(?:activity"
    r"|activities|dose|doses))?\s*(?:of|was|=|:)?\s*$",
    re.IGNORECASE,
)

# Per gram of the animal; per gram of tissue or of antibody it is no dose.
_BODY_WEIGHT = re.compile(rf"{ACTIVITY}\s?(?:/|per\s)\s?g(?:ram)?\s+(?:of\s+)?(?:body|b\.?w\b|mouse|animal)")

# Per litre of what was instilled; per litre of blood it is no dose.
_INSTILLED = re.compile(
    rf"\b(?:treated|infused|instilled|given|received|dosed)\s+(?:\w+\s+){{0,4}}?\d[\d.]*\s?{ACTIVITY}(?:/|\s+per\s+)(?:L|litre|liter)\b"
)
# "The highest activity given to a patient was 355 MBq": an extreme, and no arm.
_EXTREME = re.compile(
    r"\b(?:highest|largest|greatest|lowest|smallest|maximum)\s+(?:\w+\s+)?(?:activity|dose)\s+(?:\w+\s+)?(?:given|administered|injected|received|used)\b[^.;]*$",
    re.IGNORECASE,
)
# "1.5 ± 0.1 MBq": how far the amounts that were given lie apart, and none of them.
_SPREAD = re.compile(r"(?:±|\+/-|\+-)\s?$")
# "Arm 2 - 30 MBq" is no range.
_AFTER_NAME = re.compile(r"\b(?:arm|group|cohort|level|G)\s?\d{1,2}\s?-\s?$", re.IGNORECASE)

# "3 at 10, 4 at 20 and 6 at 30 MBq"
_STEP = rf"\d{{1,3}}\s+(?:{SUBJECTS}\s+)?(?:at|received|got)\s+\d[\d.]*"
_STEPS = re.compile(rf"\b(?:{_STEP}\s*(?:,\s*and|,|and)\s*)+{_STEP}(?=\s?{ACTIVITY})", re.IGNORECASE)
_IN_STEP = re.compile(r"(?P<n>\d{1,3})(?P<who>\s+[a-z]+)??\s+(?:at|received|got)\s+(?P<amount>\d[\d.]*)", re.IGNORECASE)


def steps(clause: Clause) -> list[Trait]:
    """The levels of an escalation and how many each had, where the unit stands behind the last."""
    found: list[Trait] = []
    for run in clause.find(_STEPS):
        last = next((f for f in clause.figures if f.start < run.end() <= f.end and is_activity(f.unit)), None)
        unit, _, per = last.unit.partition("/") if last else ("", "", "")
        for match in _IN_STEP.finditer(clause.page.text, run.start(), run.end()) if last else ():
            found.append(trait(clause, "n", match.start("n"), match.end("n"), number=int(match["n"])))
            if match.end() < run.end():
                amount = Activity(value=float(match["amount"]), unit=unit, per=per or None)
                found.append(trait(clause, "activity", match.start("amount"), match.end("amount"), activity=amount))
    return found


def activities(clause: Clause) -> list[Trait]:
    """The administered activities of a sentence; one that is given again in another unit counts once."""
    found: list[Trait] = steps(clause)
    amounts = [f for f in clause.figures if is_activity(f.unit)]
    previous: tuple[Figure, Activity] | None = None
    for figure in amounts:
        unit, _, per = figure.unit.partition("/")
        activity = Activity(value=figure.value, unit=unit, approximate=figure.qualifier == "~", per=per or None)
        if previous and _restates(clause, previous, figure, activity):
            continue
        previous = (figure, activity)
        if _is_administered(clause, figure, per):
            start = figure.start
            if activity.approximate:
                lead = re.search(
                    r"(?:approximately|approx\.?|about|around|nearly|almost|roughly|circa|ca\.|some|close\s+to|~|≈)\s*$",
                    clause.before(start),
                    re.IGNORECASE,
                )
                start -= len(lead.group()) if lead else 0
            found.append(trait(clause, "activity", start, figure.end, activity=activity))
    return found


def _is_administered(clause: Clause, figure: Figure, per: str) -> bool:
    before, after = clause.before(figure.start), clause.after(figure.end)
    if figure.qualifier not in ("", "~") or per == "mL" or not figure.value or _SPREAD.search(before):
        return False
    if (per == "g" and not clause.page.says(_BODY_WEIGHT)) or (per == "L" and not clause.page.says(_INSTILLED)):
        return False
    if (
        _TOTAL.search(before)
        or _EXTREME.search(before)
        or re.match(r"\s?/\s?(?!kg|m2|mouse|animal|patient|dose|injection|rat)", after)
        or re.match(r"\s+(?:in\s+total|cumulative|total)\b", after)
    ):
        return False
    ranged = re.search(rf"(?<![:\d])\d\s?(?:{ACTIVITY}\s?)?(?:-|\bto)\s?$", before) and not _AFTER_NAME.search(before)
    return not ranged and not re.match(r"\s?(?:-|to)\s?\d(?![\d.]*\s?(?:days?|weeks?|months?)\b)", after)


def _restates(clause: Clause, previous: tuple[Figure, Activity], figure: Figure, activity: Activity) -> bool:
    """Whether the figure gives the one before again in another unit, in brackets or after a slash."""
    before, gap = previous[0], clause.between(previous[0].end, figure.start)
    return (
        bool(re.fullmatch(r"\s*[\[(/=;,]\s*(?:or\s+|=\s*)?~?\s*(?:approximately\s+|about\s+)?", gap))
        and _alike(previous[1], activity)
        and before.end <= figure.start
    )


def _alike(one: Activity, other: Activity) -> bool:
    if one.unit == other.unit:
        return False
    return abs(becquerels(one) - becquerels(other)) <= 0.1 * becquerels(one)


def becquerels(activity: Activity) -> float:
    """An activity in becquerels, whatever it is per."""
    return activity.value * scale(activity.unit)[1]
