"""Sums whose currency or scale stands apart from them: at the other end of a range, or in the heading of a table's column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.agent.grounding.amount import Amount
from assistant.language.figures import figures
from assistant.language.units import CURRENCIES

# "€38 to 41 million", "between $4.5 and 5 million"; any other "and" may join clauses: "it costs €300 and 2 million were sold".
_RANGE = re.compile(r"\s?[\u2013\u2014-]\s?|\sto\s")
_AND = re.compile(r"\sand\s")
_BETWEEN = re.compile(r"\bbetween\s(?:about\s)?[$€£]?\s?$", re.IGNORECASE)
_SCALED = re.compile(r"\s(thousand|million|billion)$", re.IGNORECASE)
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
_CODES = "|".join(sorted(CURRENCIES))
_SCALE = r"(?P<scale>thousands?|millions?|billions?|000s?|mn|bn|(?-i:[mk]))"
# "€ million", "USD thousands", "$m", "in millions of euros", "EUR"; a code is written in capitals, and "A$" is another dollar.
_MONEY = re.compile(
    rf"(?<![A-Za-z])(?:US)?(?P<sign>[$€£]|(?-i:{_CODES})\b|(?:dollars?|euros?)\b)\s?(?:in\s)?(?:['’]?{_SCALE}\b)?"
    rf"|\b(?P<first>thousands?|millions?|billions?)\s(?:of\s)?(?:US\s)?(?P<behind>[$€£]|(?:dollars?|euros?|(?-i:{_CODES}))\b)",
    re.IGNORECASE,
)
# Where such a word is left over, the scale was not read: "EUR (millions)", "$MM", "CHF lakhs".
_LEFT_OVER = re.compile(
    r"(?<![A-Za-z])(?:hundreds?|thousands?|lakhs?|crores?|millions?|mio|billions?|trillions?|000s?|mm|mn|bn|tn|[mkbt])(?![A-Za-z])",
    re.IGNORECASE,
)
_SHORT = {"m": "million", "mn": "million", "bn": "billion", "k": "thousand", "000": "thousand", "000s": "thousand"}
_NAMES = {"dollar": "USD", "euro": "EUR"}
# "Neutrophil nadir (10^9/L)"
_POWER = re.compile(r"[(,\[]\s?(?:[x×]\s?)?10(?:\^(?P<plain>\d{1,2})|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))\s?/\s?[\wµμ]+\s?[)\]]?")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def completed(text: str, found: Sequence[Amount]) -> list[Amount]:
    """The figures of ``text``, each end of a range with the currency and the scale that only the other end has."""
    whole = list(found)
    for place, (left, right) in enumerate(pairwise(found)):
        if {left.kind, right.kind} != {"number"} or not _is_range(text, left, right):
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
    # The longest, as "millions of euros" has more than its "euros".
    match = max(_MONEY.finditer(heading), key=lambda found: len(found.group()), default=None)
    is_sum = any(figure.unit in CURRENCIES and figure.value for figure in figures(heading))  # "more than $5 million"
    if not match or is_sum:
        return None
    if _LEFT_OVER.search(heading[: match.start()]) or _LEFT_OVER.search(heading, match.end()):
        return None
    written = (match["sign"] or match["behind"]).removesuffix("s").removesuffix("S")
    scale = (match["scale"] or match["first"] or "").lower()
    scale = _SHORT.get(scale) or scale.removesuffix("s")
    unit = _NAMES.get(written.lower()) or next(figure.unit for figure in figures(f"{written}1" if len(written) == 1 else f"{written} 1"))
    return _SCALES.get(scale, 1.0), unit


def _is_range(text: str, left: Amount, right: Amount) -> bool:
    """Whether two neighbours are the ends of a range."""
    if _AND.fullmatch(text, left.end, right.start):
        return _BETWEEN.search(text[: left.start]) is not None
    return _RANGE.fullmatch(text, left.end, right.start) is not None
