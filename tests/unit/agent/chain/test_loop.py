"""An asynchronous stream read synchronously: its items, its errors, its end, and what happens when nobody waits for it any more."""

import asyncio
import threading

import pytest

from assistant.agent.chain.loop import iterate


async def counting(number):
    for item in range(number):
        await asyncio.sleep(0)
        yield item


def test_all_items_in_order():
    assert list(iterate(lambda: counting(500), 30)) == list(range(500))


def test_an_error_comes_after_what_came_before_it():
    async def failing():
        yield 1
        raise ValueError("broken")

    items = iterate(failing, 30)
    assert next(items) == 1
    with pytest.raises(ValueError, match="broken"):
        next(items)


def test_what_takes_too_long_is_cancelled():
    ended = threading.Event()

    async def endless():
        yield 1
        try:
            await asyncio.sleep(3600)
        finally:
            ended.set()

    items = iterate(endless, 0.2)
    assert next(items) == 1
    with pytest.raises(TimeoutError):
        next(items)
    assert ended.wait(10)


def test_a_reader_that_leaves_cancels():
    ended = threading.Event()

    async def endless():
        try:
            for item in iter(int, 1):
                yield item
                await asyncio.sleep(0.01)
        finally:
            ended.set()

    items = iterate(endless, 3600)
    next(items)
    items.close()
    assert ended.wait(10)


def test_a_loop_that_is_blocked_does_not_hold_the_reader(monkeypatch):
    monkeypatch.setattr("assistant.agent.chain.loop._GRACE", 0.1)
    released = threading.Event()

    async def blocking():
        released.wait(30)
        yield 1

    with pytest.raises(TimeoutError):
        next(iterate(blocking, 0.1))
    released.set()


def test_several_at_once_and_inside_a_running_loop():
    async def inside():
        return list(iterate(lambda: counting(3), 30))

    assert asyncio.run(inside()) == [0, 1, 2]
    readers = [threading.Thread(target=lambda: list(iterate(lambda: counting(50), 30))) for _ in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join(30)
    assert not any(reader.is_alive() for reader in readers)
