"""One generation of the library with the agents that answer from it; held open until its last question is answered."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any

from langchain_core.messages import HumanMessage

from assistant.agent.chain.chain import Chain, Turn
from assistant.agent.desk import Desk, Output
from assistant.agent.grounding import Background
from assistant.agent.offline.sentences.lookup import texts_to_encode
from assistant.agent.offline.sentences.units import units
from assistant.agent.offline.turn import OfflineTurn
from assistant.agent.run import Asked, run
from assistant.library.library import Library
from assistant.settings import OFFLINE, Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AnyMessage

# It needs search, studies, calculation, units and verification.
_REHEARSAL = "How much longer did the treated live than the control, in weeks?"
# Sentences of so many characters of text are encoded in about two seconds; of a larger library each is when it is first met.
_READ_AHEAD = 20_000


class Session:
    """The chain over one generation, compiled when first used."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.generation = library.generation
        self.desk = Desk(library)
        self._chain: Chain | None = None

    def ready(self) -> None:
        """Loads what questions need, by answering one that nobody hears, and encodes what they are compared with: a small library's
        sentences."""
        turn = OfflineTurn([HumanMessage(_REHEARSAL)], self.desk, self.library, math.inf)
        for _ in run(Chain(OFFLINE, lambda _: turn), Asked(question=_REHEARSAL, conversation=None, generation=self.generation)):
            pass
        sources = self.desk.every_passage(_READ_AHEAD)
        titles = {source.document.id: source.document.title for source in sources}
        self.library.encode_answers(texts_to_encode(units(sources, titles)))

    def chain(self, model: BaseChatModel | None, settings: Settings) -> Chain:
        """The chain around ``model``, which ``settings`` name; None for the offline one. Raises SettingsError for a wrong price table."""
        if self._chain is None:
            self._chain = self._offline(settings) if model is None else self._around(model, settings)
        return self._chain

    def _offline(self, settings: Settings) -> Chain:
        def begin(messages: list[AnyMessage]) -> Turn:
            return OfflineTurn(messages, self.desk, self.library, settings.deadline)

        return Chain(OFFLINE, begin)

    def _around(self, model: BaseChatModel, settings: Settings) -> Chain:
        # What is imported here is slow, and no offline question needs it.
        from assistant.agent.chain.agent import build_chain
        from assistant.agent.chain.usage import read_price
        from assistant.agent.offline.model import OfflineChatModel
        from assistant.agent.tools import tools_over

        own = self.library
        return build_chain(
            model,
            tools_over(self.desk),
            settings.model,
            scout=OfflineChatModel(encoders=own),
            seconds=settings.deadline,
            price=read_price(settings.prices, settings.model),
            background=Background(studies=self.desk.studies(), encode=own.encode),
        )


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

    @property
    def tools(self) -> Mapping[str, Callable[..., Output]]:
        """The tools of a desk by their names; each call is over the newest generation, from its beginning to its end."""
        return {name: self._over_newest(name, function) for name, function in Desk(self._library).tools.items()}

    def _over_newest(self, name: str, function: Callable[..., Output]) -> Callable[..., Output]:
        @wraps(function)
        def use(*args: Any, **kwargs: Any) -> Output:
            with self.held() as session:
                return session.desk.tools[name](*args, **kwargs)

        return use

    def close(self) -> None:
        """Closes the sessions that no question runs on; the others close when theirs is answered."""
        with self._lock:
            current, self._current = self._current, None
            self._close_unused(current)

    def _close_unused(self, session: Session | None) -> None:
        if session is not None and session is not self._current and not self._users[session]:
            del self._users[session]
            session.library.close()
