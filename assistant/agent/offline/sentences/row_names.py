"""What a row of a table is called where its first cell alone does not tell: "2 mg/kg" of "2" below "Dose (mg/kg)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from assistant.language.figures import figures
from assistant.language.tables import cells

# The unit at the end of a column's name: "Dose (mg/kg)", "Time [h]", "Dose, MBq".
_UNIT = re.compile(r"\s*[(\[](?P<inside>[^()\[\]]+)[)\]]\s*$|,\s*(?P<behind>[^\s,]+)\s*$")
_NUMBER = re.compile(r"\d[\d.,]*")
# Who gets none of it, as the text says beside the table: "doses of 0 (vehicle), 2 and 8 mg/kg".
_NONE_IS = re.compile(r"(?<![\d.,])0(?:\s*[a-zµ/]+)?\s*\((?P<arm>vehicle|control|placebo|saline|untreated)\b[^()]*\)", re.IGNORECASE)


@lru_cache(maxsize=4096)  # the rows of a table are compared with every question
def amount_named(columns: str, row: str) -> str:
    """The amount that a row is called by, its first cell with the unit of that column's name; empty where either is none."""
    names, own = cells(columns), cells(row)
    unit = _UNIT.search(names[0]) if len(names) == len(own) and _NUMBER.fullmatch(own[0]) else None
    amount = f"{own[0]} {(unit['inside'] or unit['behind']).strip()}" if unit else ""
    return amount if [figure.text for figure in figures(amount) if figure.unit] == [amount] else ""


def arm_of_none(amount: str, texts: Sequence[str]) -> str:
    """The arm that gets none of it, ``vehicle``, where the amount is 0 and a text says so; else empty."""
    if not amount or any(figure.value for figure in figures(amount)):
        return ""
    return next((none["arm"] for text in texts if (none := _NONE_IS.search(text))), "")


def without_unit(name: str) -> str:
    """The name of a column without its unit: ``ALT`` of "ALT (U/L)"."""
    unit = _UNIT.search(name)
    spelled = (unit["inside"] or unit["behind"]).strip() if unit else ""
    known = "/" in spelled or any(figure.unit for figure in figures(f"1 {spelled}"))
    return name[: unit.start()] if unit and known else name
