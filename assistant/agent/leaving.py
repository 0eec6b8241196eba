"""Whoever asks may leave before the answer is there: then the answer is not kept."""

from __future__ import annotations

import threading

from assistant.values import Answer


class Leaving:
    """Settles, between the thread that answers and the task that waits for it, which of them is first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._left = False
        self._kept: Answer | None = None

    @property
    def left(self) -> bool:
        """Whether nobody waits any more."""
        return self._left

    def leave(self) -> Answer | None:
        """Nobody waits from now on; the answer that was kept before that, which is then to be taken back."""
        with self._lock:
            self._left = True
            return self._kept

    def stays(self, answer: Answer) -> bool:
        """Whether ``answer``, which is kept by now, may stay; else it is to be taken back at once."""
        with self._lock:
            self._kept = None if self._left else answer
            return not self._left
