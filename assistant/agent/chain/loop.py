"""An asynchronous stream, read synchronously and within a time limit; what has not ended by then is cancelled."""

from __future__ import annotations

import asyncio
import os
import queue
import threading
import time
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing
from functools import cache
from typing import TypeVar

Item = TypeVar("Item")

# The limit is kept inside the event loop; should something block the loop itself, the reader goes on after this many seconds more.
_GRACE = 5.0


class _End:
    """What follows the last item."""


def iterate(make: Callable[[], AsyncGenerator[Item, None]], seconds: float) -> Iterator[Item]:
    """The items of the generator that ``make`` gives, which runs in a thread of its own.

    Raises TimeoutError when it has not ended after ``seconds``, and what the generator raises. Where the reader leaves early or
    the time is up, the generator is cancelled: connections are closed and waiting ends.
    """
    items: queue.SimpleQueue[Item | _End] = queue.SimpleQueue()

    async def pump() -> None:
        async with asyncio.timeout(seconds), aclosing(make()) as source:
            async for item in source:
                items.put(item)

    until = time.monotonic() + seconds + _GRACE
    pumping = asyncio.run_coroutine_threadsafe(pump(), _loop(os.getpid()))
    pumping.add_done_callback(lambda _: items.put(_End()))
    try:
        while not isinstance(item := _next(items, until), _End):
            yield item
        pumping.result()
    finally:
        pumping.cancel()


def _next(items: queue.SimpleQueue[Item | _End], until: float) -> Item | _End:
    try:
        return items.get(timeout=max(0.0, until - time.monotonic()))
    except queue.Empty:
        raise TimeoutError from None


@cache
def _loop(_process: int) -> asyncio.AbstractEventLoop:
    """The event loop of this process; the clients of model providers keep their connections in it from question to question."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="assistant-models", daemon=True).start()
    return loop
