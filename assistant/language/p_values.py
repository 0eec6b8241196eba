"""p-values as texts state them, and on which side of the usual level they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

SIGNIFICANT = 0.05
"""The level below which a difference is called significant by convention (R. A. Fisher, Statistical Methods for Research Workers, 1925)."""
P_VALUE = re.compile(
    r"\bp(?:[- ]?values?)?\s*(?P<sign>(?:of|was|were|is|below|above|(?:less|greater|more) than|[=<>≤≥]+)(?:\s*[=<>≤≥]+)?)"
    r"\s*(?P<value>0?\.\d+)",
    re.IGNORECASE,
)
"""A p-value with its sign, "p < 0.001"."""
_BELOW, _ABOVE = re.compile(r"[<≤]|below|less", re.IGNORECASE), re.compile(r"[>≥]|above|greater|more", re.IGNORECASE)


class PValue(NamedTuple):
    """A p-value or a bound of one, as ``sign`` says, and as it is written."""

    text: str
    sign: str
    value: float

    @property
    def is_below_level(self) -> bool | None:
        """Whether it is below the usual level; None for a bound that leaves it open, "p < 0.1"."""
        if _BELOW.search(self.sign):
            return True if self.value <= SIGNIFICANT else None
        if _ABOVE.search(self.sign):
            return False if self.value >= SIGNIFICANT else None
        return self.value < SIGNIFICANT


def p_values(text: str) -> Iterator[PValue]:
    """The p-values that ``text`` states, in its order."""
    return (PValue(found.group(), found["sign"], float(found["value"])) for found in P_VALUE.finditer(text))
