"""Whether a figure that is said is the one that a document states or a calculation gives.

Rounding: a figure may be rounded as it is written ("110 %" for 109.907) when that changes it by no more than one part in
twenty, or one in a hundred where the figure stands in a document; behind "about" the last digit that is no zero may be the
rounded one. Units convert by exact factors; months and years meet days by the Gregorian mean, in a document within one part in fifty.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Literal

from assistant.agent.grounding.amounts import Amount
from assistant.agent.grounding.vocabulary import content, stem, stems, table
from assistant.language.dates import day_of_month
from assistant.language.thesaurus import related
from assistant.studies.quantities import scale

# A year is twelve months exactly; both meet days by their mean length only, and so are a dimension of their own. A cent is a hundredth of
# the currency that releases of the field are written in, if they speak of cents.
_OWN_BASES = {"month": ("month", 1.0), "year": ("month", 12.0), "cent": ("USD", 0.01)}
# What was given "per mouse" was given "per animal".
_TREATED = {"mouse": "animal"}
_EXACT = 1e-9
Origin = Literal["document", "calculation"]
_TOLERATED: dict[Origin, float] = {"document": 0.01, "calculation": 0.05}
_TOLERATED_MONTHS = 0.02
_TOLERATED_BOUND = 0.1
_TOLERATED_STEP = 0.25
_TOLERATED_MULTIPLE = 0.33  # "more than twice" holds until three times
_TOLERATED_ABOUT: dict[Origin, float] = {"document": 0.02, "calculation": 0.05}
_TOLERATED_NEARLY = 0.025  # "nearly 2.5 times" for 2.45
# "about half" for 54 %, "about a third" for 31 %, "nearly three times" for 2.8
_TOLERATED_IN_WORDS = {"percent": 0.08, "ratio": 0.08}
_HIGHEST_RANK = 10


def based(value: float, unit: str) -> tuple[str, float]:
    """The base unit of what ``unit`` measures, and the value in it; unknown units are bases of their own."""
    unit, _, per = unit.partition("/")
    base, factor = _OWN_BASES.get(unit) or scale(unit)
    return f"{base}/{_TREATED.get(per, per)}" if per else base, value * factor


def agree(said: Amount, value: float, unit: str, origin: Origin) -> bool:
    """Whether ``said`` is ``value`` in ``unit``, as written or rounded as the module says. Qualifiers are not looked at."""
    if said.unit and unit and said.unit != unit:
        (said_dimension, said_base), (dimension, base) = based(said.value, said.unit), based(value, unit)
        if {said_dimension, dimension} == {"day", "month"}:
            said_base, base = said_base * scale(said_dimension)[1], base * scale(dimension)[1]
            if origin == "document":  # "three months" for 90 days
                return abs(said_base - base) <= _TOLERATED_MONTHS * base
            dimension = said_dimension
        if said_dimension != dimension or not said.value:
            return said_dimension == dimension and said_base == base
        value = base / (said_base / said.value)
    return _close(said, value, origin)


def _close(said: Amount, value: float, origin: Origin) -> bool:
    error = abs(said.value - value)
    scale = max(abs(value), _EXACT)
    if error <= _EXACT * max(1.0, scale):
        return True
    if said.kind in ("date", "phone", "rank", "count"):
        return False
    about = said.qualifier == "~"
    grain = _last_digit(said) if about else said.grain
    if (said.qualifier in (">", ">=") and value > said.value) or (said.qualifier in ("<", "<=") and value < said.value):
        tight = error <= _last_digit(said) and error <= _TOLERATED_STEP * scale  # "under 3 %" for 2.6 %
        return tight or error / scale <= (_TOLERATED_MULTIPLE if said.kind == "word" and said.unit == "ratio" else _TOLERATED_BOUND)
    rounded = error <= grain / 2 * (1 + _EXACT)
    if about and said.kind == "word" and said.unit in _TOLERATED_IN_WORDS:
        return rounded and error / scale <= _TOLERATED_IN_WORDS[said.unit]
    if about and origin == "calculation" and error / scale <= _TOLERATED_NEARLY:
        return True
    return rounded and error / scale <= (_TOLERATED_ABOUT[origin] if about else _TOLERATED[origin])


def _last_digit(said: Amount) -> float:
    step = said.grain
    while said.value and abs(said.value / (step * 10) - round(said.value / (step * 10))) < _EXACT:
        step *= 10
    return step


def stated(said: Amount, source: Amount) -> bool:
    """Whether the document's figure ``source`` is what ``said`` says: value, unit or noun, and qualifier."""
    if source.kind == "date" or said.kind == "date":
        return _same_date(said, source)
    if source.kind == "rank" or said.kind == "rank":
        part = said.nouns & {stem("half"), stem("quarter")}  # of a year, of which the second does not imply the first
        same = said.value == source.value and source.kind == "rank" and part <= source.nouns if part else said.value <= source.value
        return said.kind == "rank" and same and _counts(source) and _same_noun(said, source)
    return _same_sort(said, source) and agree(said, source.value, source.unit, "document") and _qualifies(said, source)


def valued(said: Amount, source: Amount) -> bool:
    """Whether ``source`` has the value, unit and qualifier of ``said``, whatever the two count."""
    if stated(said, source):
        return True
    countable = said.kind not in ("date", "phone", "rank") and source.kind not in ("date", "phone", "rank")
    return countable and bool(said.nouns) and stated(replace(said, nouns=frozenset()), replace(source, nouns=frozenset()))


def calculated(said: Amount, value: float, unit: str, name: str = "") -> bool:
    """Whether ``said`` is a calculation's ``value`` in ``unit``; a loss may be said without its sign. ``name`` tells what it counts."""
    if value < 0:
        value = -value
    if said.unit == "ratio" and not unit and stem("dose") in content(name):
        return False
    if said.kind in ("date", "phone", "rank"):
        return False
    if said.unit and unit in ("", "ratio") and said.text[-1:].isdigit():
        said = replace(said, unit="")  # a unit that only the next figure of a list has: "2.10 or 110 %"
    if said.unit and said.unit != unit and not (said.unit == "ratio" and unit == ""):
        return bool(unit) and agree(said, value, unit, "calculation")
    if not said.unit and unit and said.nouns and unit != "ratio":
        return False
    if not said.unit and not unit and said.grain < 1 and value == int(value):  # "2.0" is no number of doses
        return False
    return _close(said, value, "calculation") and _holds(said, value, "")


def _counts(source: Amount) -> bool:
    """Whether a figure can stand for "the second": the same rank, or a number of two or more things."""
    return not source.unit and source.kind in ("rank", "number", "word", "count") and source.value <= _HIGHEST_RANK


def _same_sort(said: Amount, source: Amount) -> bool:
    """Whether the two figures can be of one kind: convertible units, or nouns that meet."""
    if said.unit and source.unit:
        return True
    if said.unit == "ratio":  # "doubled" is no 2 of "2 of 10"
        return not source.nouns and (said.kind != "word" or source.grain < 1 or source.text.lower().endswith("times"))
    if said.unit:
        return False
    if source.unit:  # "fifty on day 0", "41 recurrence-free days"
        named = not said.nouns or stem(source.unit) in said.nouns
        return named and (said.kind == "number" or (said.kind == "word" and said.value > _HIGHEST_RANK))
    finer = said.grain < 1 and source.kind != "number"  # "2.0" is no number of doses
    of_models = tells_how_often(said) and not (tells_how_often(source) or stem("dose") in source.nouns)  # "three times": no "three models"
    return not finer and not of_models and _same_noun(said, source)


def tells_how_often(amount: Amount) -> bool:
    """Whether a figure counts times: "once", "twice", "three times"."""
    return amount.kind == "count" and amount.text.lower().endswith(("once", "twice", "thrice", "times"))


def _same_noun(said: Amount, source: Amount) -> bool:
    if not said.nouns or not source.nouns or said.nouns & source.nouns:
        return True
    occurrences = stems(table("meaning")["occurrences"])  # three responses are those of three patients, two occasions two deliveries
    if said.nouns & occurrences or source.nouns & occurrences:
        return True
    if any(frozenset({other}) in related(one) for one in said.nouns for other in source.nouns):
        return True
    if any(said.nouns & stems(line) and source.nouns & stems(line) for line in table("meaning")["counted_alike"]):  # "14 centres", 14 sites
        return True
    # "two animals" are two mice; that it is the right species is asked elsewhere
    wider = (("any_subject", "subjects"), ("any_person", "people_in_source"))
    groups = ((stems(table("meaning")[some]), stems(table("meaning")[members])) for some, members in wider)
    return any((said.nouns & some and source.nouns & own) or (said.nouns & own and source.nouns & some) for some, own in groups)


def _qualifies(said: Amount, source: Amount) -> bool:
    """A bound stays a bound: "more than 80" is neither 80 nor "fewer than 80"; "about" may be left out or added."""
    return _holds(
        said,
        source.value if said.unit == source.unit else None,
        "<=" if source.peak and said.qualifier in ("no>", "<=") else source.qualifier,
    )


def _holds(said: Amount, value: float | None, qualifier: str) -> bool:
    if "limit" in (said.qualifier[:5], qualifier[:5]):  # the bound itself may be named, but whoever keeps it does not pass it
        return _side(said.qualifier) in ("", _side(qualifier)) or qualifier in ("", "~")
    if "no" in (qualifier[:2], said.qualifier[:2]):  # "none lost more than 6 %" is "at most 6 %", and may be said of "more than 6 %"
        bounds = {"no>": ("no>", ">", "<="), "no<": ("no<", "<", ">=")}
        one, other = (said.qualifier, qualifier) if said.qualifier[:2] == "no" else (qualifier, said.qualifier)
        return other[:2] in bounds[one] or other in bounds[one]
    if qualifier[:1] in (">", "<"):
        return said.qualifier[:1] == qualifier[:1]
    if said.qualifier in (">", "<"):
        return qualifier == "" and value is not None and (value > said.value if said.qualifier == ">" else value < said.value)
    if said.qualifier in (">=", "<=") and value is not None and qualifier == "" and said.unit:  # "12 days at most" where 12 were measured
        return value != said.value and said.grain >= 1
    return True


def _side(qualifier: str) -> str:
    """On which side of its figure a qualifier puts what is told of, ``>`` or ``<``; empty where on neither."""
    qualifier = {"no>": "<", "no<": ">"}.get(qualifier, qualifier.removeprefix("limit"))
    return qualifier[:1] if qualifier[:1] in (">", "<") else ""


def _same_date(said: Amount, source: Amount) -> bool:
    if said.kind == source.kind:
        return said.value == source.value if said.unit == source.unit else _day_of_month(said) == _day_of_month(source)
    if source.kind != "date" or said.unit or said.grain != 1.0:
        return False
    if source.unit != "date":
        return False
    day = date.fromordinal(int(source.value))
    return said.value == day.year or (said.value == day.day and day.strftime("%B").lower() in said.text.lower())


def _day_of_month(amount: Amount) -> float:
    return day_of_month(date.fromordinal(int(amount.value))) if amount.unit == "date" else amount.value
