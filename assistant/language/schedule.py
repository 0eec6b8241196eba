"""Days and weeks of a schedule, which are points in time and no lengths: "day 7", "on days 0, 14 and 28"."""

from __future__ import annotations

import re

_NUMBERED = re.compile(r"\b(?:days?|weeks?)(?:\s[\d\s,and&]*)?\s*$", re.IGNORECASE)
# So many characters hold the word and the numbers that stand between.
_REACH = 60


def numbers_a_day(text: str, start: int) -> bool:
    """Whether what stands at ``start`` of ``text`` is the number of a day or week."""
    return _NUMBERED.search(text[max(0, start - _REACH) : start]) is not None
