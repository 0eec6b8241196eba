"""Questions that are being answered: so many at a time, some more wait, and what nobody waits for any more is given up."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from functools import partial
from http import HTTPStatus
from typing import TypeVar

from assistant.agent.events import Event
from assistant.agent.question import checked_question
from assistant.api import Assistant
from assistant.interfaces.http.metrics import Metrics
from assistant.interfaces.http.problems import AGAIN, Refused
from assistant.values import Answer

# For each question that is being answered so many may wait; more would wait longer than their callers do.
_WAITING = 4
# Seconds beyond the deadline of the answer itself, which ends it with a better reason.
_GRACE = 5.0
_LEFT = "left"

T = TypeVar("T")


class Questions:
    """The questions to one Assistant. Asked from one event loop; each is answered in a thread, from its beginning to its end."""

    def __init__(self, assistant: Assistant, workers: int, metrics: Metrics) -> None:
        self._assistant = assistant
        self._metrics = metrics
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="question")
        self._workers = workers
        self._most = workers * (1 + _WAITING)
        self._open = 0
        self._stopping = False
        self._changed = threading.Condition()
        metrics.watch(self.depth)

    def begin(self, question: str, conversation: str | None) -> Asked:
        """Begins to answer, or has the question wait its turn.

        Raises UsageError for what is no question, and Refused where too many wait, or the server is stopping.
        """
        asked = Asked(self._assistant, checked_question(question), conversation)
        self._take_place()
        asked.answering = self._threads.submit(asked.answer)
        asked.answering.add_done_callback(partial(self._end, time.monotonic()))
        return asked

    async def run(self, work: Callable[[], T]) -> T:
        """The result of other work that is as much as a question; raises Refused likewise, and what the work raises."""
        self._take_place()
        working = self._threads.submit(work)
        working.add_done_callback(lambda _: self._give_place())
        return await asyncio.wrap_future(working)

    def depth(self) -> tuple[int, int]:
        """How many questions wait, and how many are being answered."""
        with self._changed:
            working = min(self._open, self._workers)
            return self._open - working, working

    @property
    def stopping(self) -> bool:
        """Whether no question is taken any more."""
        return self._stopping

    def stop(self) -> None:
        """Takes no more questions, and waits until those that were taken are answered; each has its deadline."""
        with self._changed:
            self._stopping = True
            self._changed.wait_for(lambda: not self._open)
        self._threads.shutdown()

    def _end(self, began: float, answering: Future[str]) -> None:
        try:
            self._metrics.questions.labels(_LEFT if answering.cancelled() else answering.result()).inc()
            self._metrics.seconds.observe(time.monotonic() - began)
        finally:
            self._give_place()

    def _take_place(self) -> None:
        with self._changed:
            if self._stopping:
                raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, "the server is stopping; ask another, or again later", AGAIN)
            if self._open >= self._most:
                raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, f"{self._open} questions are being answered; ask again later", AGAIN)
            self._open += 1

    def _give_place(self) -> None:
        with self._changed:
            self._open -= 1
            self._changed.notify_all()


class Asked:
    """One question on its way: a thread answers it, and an event loop reads what comes."""

    def __init__(self, assistant: Assistant, question: str, conversation: str | None) -> None:
        self._assistant = assistant
        self._question = question
        self._conversation = conversation
        self._loop = asyncio.get_running_loop()
        self._until = self._loop.time() + assistant.settings.deadline + _GRACE
        self._heard: asyncio.Queue[Event | Answer | Exception] = asyncio.Queue()
        self._left = threading.Event()
        self.answering: Future[str] | None = None

    async def events(self) -> AsyncIterator[Event | Answer]:
        """What happens, the Answer last. Raises Refused where that takes too long, and what answering raises."""
        while True:
            try:
                async with asyncio.timeout_at(self._until):
                    heard = await self._heard.get()
            except TimeoutError as error:
                raise Refused(HTTPStatus.GATEWAY_TIMEOUT, "there was no answer in time; ask again later", AGAIN) from error
            if isinstance(heard, Exception):
                raise heard
            yield heard
            if isinstance(heard, Answer):
                return

    def leave(self) -> None:
        """Nobody reads on: the thread ends with its next step, or never begins; the question is forgotten where it has no answer yet."""
        self._left.set()
        if self.answering:
            self.answering.cancel()

    def answer(self) -> str:
        """What the thread does; the outcome in a word. What goes wrong is raised again where the events are read."""
        try:
            with closing(self._assistant.stream(self._question, self._conversation)) as events:
                for event in events:
                    if self._left.is_set():
                        self._forget(event)
                        return _LEFT
                    self._tell(event)
                    if isinstance(event, Answer):
                        return event.status
        except Exception as error:  # noqa: BLE001 - whoever reads the events is told, whatever it was, and would wait in vain
            self._tell(error)
        return "failed"

    def _forget(self, event: Event | Answer) -> None:
        if isinstance(event, Answer) and self._conversation is not None:
            self._assistant.take_back(self._conversation, event)

    def _tell(self, what: Event | Answer | Exception) -> None:
        self._loop.call_soon_threadsafe(self._heard.put_nowait, what)
