"""Work that runs ahead of its use, by a bounded amount."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")

# What is ready and not yet used lies in memory, and a document's text may be large.
_MOST_AHEAD = 2


def ahead(
    make: Callable[[Item], Made], items: Iterable[Item], stop: Callable[[], None]
) -> Generator[tuple[Item, Future[Made]], None, None]:
    """Each item with what ``make`` gives or raises for it, in order; a thread makes the next two meanwhile.

    Where the caller leaves before the end, ``stop`` is called, which ends what is being made.
    """
    with ThreadPoolExecutor(max_workers=1) as thread:
        waiting: deque[tuple[Item, Future[Made]]] = deque()
        try:
            for item in items:
                waiting.append((item, thread.submit(make, item)))
                if len(waiting) > _MOST_AHEAD:
                    yield waiting.popleft()
            while waiting:
                yield waiting.popleft()
        except BaseException:
            thread.shutdown(wait=False, cancel_futures=True)
            stop()
            raise
