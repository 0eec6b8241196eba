"""How often each caller may ask: a bucket of tokens that fills as time goes by."""

from __future__ import annotations

import time
from collections.abc import Callable


class Rates:
    """``a_minute`` requests for each caller, as many at once when none came for a minute. For one thread, such as an event loop."""

    def __init__(self, a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = float(a_minute)
        self._a_second = a_minute / 60
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}

    def take(self, caller: str) -> float:
        """Takes a token; the seconds until there is one, and 0 where it was taken. ``caller`` is known to have a key: all are kept."""
        now = self._clock()
        left, at = self._buckets.get(caller, (self._most, now))
        left = min(self._most, left + (now - at) * self._a_second)
        wait = 0.0 if left >= 1 else (1 - left) / self._a_second
        self._buckets[caller] = (left if wait else left - 1, now)
        return wait
