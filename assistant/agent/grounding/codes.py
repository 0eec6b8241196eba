"""Names with a figure in them, in one spelling: CLR 131, PC3, 22Rv1, 10-K, CLR 1602-PTX, Phase II."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.agent.grounding.amounts import amounts
from assistant.language.names import fold, plain

_CODE = re.compile(r"(?<![\w.])(?=[a-z0-9-]*[a-z])(?=[a-z0-9-]*\d)[a-z0-9]+(?:-[a-z0-9]+)*")
_NUMBERED = re.compile(r"\b(phase|stage|grade|form|cohort|part|class|type)\s+([ivx]+|\d+)([ab])?\b(?:/([ivx]+|\d+)\b)?", re.IGNORECASE)
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6"}


@lru_cache(maxsize=4096)
def codes(text: str) -> frozenset[str]:
    """Names with figures in one spelling: ``clr131``, ``pc3``, ``phase2``, ``10k``."""
    blank = list(plain(text))
    for amount in amounts(text):
        blank[amount.start : amount.end] = " " * (amount.end - amount.start)
    rest = re.sub(r"-(?=[a-z]{4,})", " ", "".join(blank))  # "PC3-bearing"
    found = {code.replace("-", "") for code in _CODE.findall(fold(rest))}
    for match in _NUMBERED.finditer(text):
        for number in (match[2], match[4]):
            if number:
                found.add(match[1].lower() + _ROMAN.get(number.lower(), number.lower()))
    return frozenset(code for code in found if not re.fullmatch(r"\d+(?:st|nd|rd|th|s|x|d)", code))
