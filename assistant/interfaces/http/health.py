"""Whether the server can answer: tried by a search, which needs all that a question needs but the language model."""

from __future__ import annotations

import threading
import time

from assistant.api import Assistant
from assistant.errors import AssistantError
from assistant.interfaces.http.questions import Questions
from assistant.interfaces.serving.log import tell_failure
from assistant.settings import redacted
from assistant.values import Value

# Seconds that a finding holds, so that nobody makes work by asking for it.
_FRESH = 5.0


class State(Value):
    """``ok`` is whether questions are answered; ``generation`` names what is read of the library, None where it cannot be read."""

    ok: bool
    stopping: bool
    generation: str | None
    waiting: int
    working: int


class Health:
    """The state of one server; usable from several threads."""

    def __init__(self, assistant: Assistant, questions: Questions) -> None:
        self._assistant = assistant
        self._questions = questions
        self._lock = threading.Lock()
        self._tried = float("-inf")
        self._generation: str | None = None

    def state(self) -> State:
        """What is found now, or was a moment ago."""
        with self._lock:
            if time.monotonic() - self._tried > _FRESH:
                self._generation = self._try()
                self._tried = time.monotonic()
            generation = self._generation
        waiting, working = self._questions.depth()
        stopping = self._questions.stopping
        ok = generation is not None and not stopping
        return State(ok=ok, stopping=stopping, generation=generation, waiting=waiting, working=working)

    def _try(self) -> str | None:
        try:
            self._assistant.search("ready", 1)
            return self._assistant.generation
        except AssistantError as error:
            tell_failure(error, redacted(str(error)))
            return None
