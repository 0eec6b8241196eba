"""Sums whose currency or scale stands apart from them: at the other end of a range, or in the heading of a table's column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.agent.grounding.amount import Amount
from assistant.language.figures import figures
from assistant.language.units import CURRENCIES

# "€38 to 41 million", "between $4.5 and 5 million"
_JOINT = re.compile(r"\s?[\u2013\u2014-]\s?|\s(?:to|and|or|versus|vs\.?|against)\s")
_SCALED = re.compile(r"\s(thousand|million|billion)$", re.IGNORECASE)
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
_CODES = "|".join(sorted(CURRENCIES))
_SCALE = r"(?P<scale>thousands?|millions?|billions?|000s?|mn|bn|m|k)"
# "€ million", "USD thousands", "$m", "in millions of euros", "EUR"
_MONEY = re.compile(
    rf"(?:US)?(?P<sign>[$€£]|(?:{_CODES})\b|dollars?|euros?)\s?(?:in\s)?(?:['’]?{_SCALE}\b)?"
    r"|(?P<first>thousands?|millions?|billions?)\s(?:of\s)?(?:US\s)?(?P<behind>[$€£]|dollars?|euros?|" + _CODES + r")"
)  # fmt: skip
_SHORT = {"m": "million", "mn": "million", "bn": "billion", "k": "thousand", "000": "thousand", "000s": "thousand"}
_NAMES = {"dollar": "USD", "euro": "EUR"}
# "Neutrophil nadir (10^9/L)"
_POWER = re.compile(r"[(,\[]\s?(?:[x×]\s?)?10(?:\^(?P<plain>\d{1,2})|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))\s?/\s?[\wµμ]+\s?[)\]]?")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def completed(text: str, found: Sequence[Amount]) -> list[Amount]:
    """The figures of ``text``, each end of a range with the currency and the scale that only the other end has."""
    whole = list(found)
    for place, (left, right) in enumerate(pairwise(found)):
        if {left.kind, right.kind} != {"number"} or not _JOINT.fullmatch(text, left.end, right.start):
            continue
        one, two = whole[place], right
        money = one.unit in CURRENCIES and (two.unit == one.unit or not (two.unit or two.nouns))
        scale = _SCALED.search(two.text)
        if money and scale and not _SCALED.search(one.text):
            factor = _SCALES[scale[1].lower()]
            whole[place] = replace(one, value=one.value * factor, grain=one.grain * factor)
        if money and scale:
            whole[place + 1] = replace(two, unit=one.unit)
    return whole


def of_heading(heading: str) -> tuple[float, str] | None:
    """The factor and the unit, empty for none, that a column's heading gives its bare numbers: ``(1e6, "EUR")`` for "€ million"."""
    if power := _POWER.search(heading):
        return 10.0 ** int((power["plain"] or power["raised"]).translate(_RAISED)), ""
    match = _MONEY.search(heading)
    if not match or any(
        figure.unit in CURRENCIES and figure.value for figure in figures(heading)
    ):  # "more than $5 million" is a sum itself
        return None
    written = (match["sign"] or match["behind"]).removesuffix("s")
    scale = (match["scale"] or match["first"] or "").lower().removesuffix("s" if (match["scale"] or "")[-1:] != "0" else "")
    unit = _NAMES.get(written.lower()) or next(figure.unit for figure in figures(f"{written}1" if len(written) == 1 else f"{written} 1"))
    return _SCALES.get(_SHORT.get(scale, scale), 1.0), unit
