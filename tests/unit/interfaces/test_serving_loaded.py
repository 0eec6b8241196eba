"""What is set aside is no longer looked through by the garbage collector, and no garbage is kept with it."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from assistant.interfaces.serving.loaded import set_aside


class Knot:
    """An object that holds itself, so that only the garbage collector frees it."""

    def __init__(self) -> None:
        self.own = self


@pytest.fixture(autouse=True)
def unfrozen() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_what_is_loaded_is_left_out_of_later_rounds() -> None:
    loaded = Knot()
    set_aside()
    assert all(tracked is not loaded for tracked in gc.get_objects())


def test_what_has_ended_by_then_is_freed() -> None:
    ended = weakref.ref(Knot())
    set_aside()
    assert ended() is None


def test_what_ends_later_is_freed_as_ever() -> None:
    set_aside()
    ended = weakref.ref(Knot())
    gc.collect()
    assert ended() is None
