"""What runs ahead keeps its order and its bound, and ends where its user leaves."""

from __future__ import annotations

import threading
from contextlib import closing

import pytest

from assistant.library.ahead import ahead


def test_each_item_comes_with_what_was_made_of_it_and_little_is_made_before_its_use() -> None:
    made: list[int] = []

    def doubled(item: int) -> int:
        made.append(item)
        if item == 3:
            raise ValueError("three")
        return 2 * item

    found = []
    with closing(ahead(doubled, range(9), lambda: None)) as items:
        for item, future in items:
            assert len(made) <= item + 3
            found.append(3 if isinstance(future.exception(), ValueError) else future.result())
    assert found == [0, 2, 4, 3, 8, 10, 12, 14, 16]


def test_leaving_at_the_only_item_ends_what_is_being_made_of_it() -> None:
    stopped = threading.Event()
    with pytest.raises(KeyboardInterrupt), closing(ahead(lambda _: stopped.wait(60), (1,), stopped.set)) as items:
        next(items)
        raise KeyboardInterrupt
    assert stopped.is_set()


def test_what_comes_to_its_end_is_not_stopped() -> None:
    stopped = threading.Event()
    with closing(ahead(str, (1, 2), stopped.set)) as items:
        assert [future.result() for _, future in items] == ["1", "2"]
    assert not stopped.is_set()


def test_leaving_early_ends_what_is_being_made_and_begins_nothing_more() -> None:
    begun: list[int] = []
    stopped = threading.Event()

    def slow(item: int) -> int:
        begun.append(item)
        if item:
            assert stopped.wait(60)
        return item

    with pytest.raises(KeyboardInterrupt), closing(ahead(slow, range(9), stopped.set)) as items:
        for item, future in items:
            assert future.result() == item
            raise KeyboardInterrupt
    assert stopped.is_set()
    assert begun in ([0], [0, 1])
