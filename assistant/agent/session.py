"""One generation of the library with the agents that answer from it; held open until its last question is answered."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from langchain_core.language_models import BaseChatModel

from assistant.agent.run import build_agent
from assistant.agent.tools import Desk, tools_over
from assistant.library.library import Library

if TYPE_CHECKING:
    from langgraph.checkpoint.base import BaseCheckpointSaver


class Session:
    """Agents over one generation: one for single questions, one for conversations. Compiled when first used."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.generation = library.generation
        self.desk = Desk(library)
        self._agents: dict[bool, Any] = {}

    def agent(self, model: BaseChatModel, checkpointer: BaseCheckpointSaver[str] | None) -> Any:  # noqa: ANN401 - see build_agent
        """The agent that keeps conversations in ``checkpointer``, or the one that keeps none."""
        kept = checkpointer is not None
        if kept not in self._agents:
            self._agents[kept] = build_agent(model, tools_over(self.desk), checkpointer)
        return self._agents[kept]


class Sessions:
    """The session of the library's current generation, and earlier ones while questions still run on them."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lock = threading.Lock()
        self._current: Session | None = None
        self._users: dict[Session, int] = {}

    @contextmanager
    def held(self) -> Iterator[Session]:
        """The session of the newest generation; it stays as it is until the block ends."""
        with self._lock:
            self._library.refresh()
            if self._current is None or self._current.generation != self._library.generation:
                fresh = Session(self._library.pinned())
                self._users[fresh] = 0
                self._current, old = fresh, self._current
                self._close_unused(old)
            session = self._current
            self._users[session] += 1
        try:
            yield session
        finally:
            with self._lock:
                self._users[session] -= 1
                self._close_unused(session)

    def close(self) -> None:
        """Closes the sessions that no question runs on; the others close when theirs is answered."""
        with self._lock:
            current, self._current = self._current, None
            self._close_unused(current)

    def _close_unused(self, session: Session | None) -> None:
        if session is not None and session is not self._current and not self._users[session]:
            del self._users[session]
            session.library.close()
