"""What is read of a passage is read again with every question, so it is kept; of a whole document it is not, lest memory fill."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

Read = TypeVar("Read")

_PASSAGE = 4_000  # characters, above the longest passage
_MOST = 2_048


def kept_for_passages(read: Callable[[str], Read]) -> Callable[[str], Read]:
    """``read``, whose results for the last texts up to the length of a passage are kept. They must not be changed."""
    remembered = lru_cache(maxsize=_MOST)(read)

    @wraps(read)
    def reading(text: str) -> Read:
        return remembered(text) if len(text) <= _PASSAGE else read(text)

    return reading
