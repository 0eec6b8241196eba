"""API keys: told once, kept as hashes, known to a running server within seconds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.errors import ServerUnreachable, UsageError
from assistant.interfaces.http.keys import NEWEST, OLDEST, PREFIX, Keys, Ring


@pytest.fixture(params=["a file", "a server"])
def keys(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Keys]:
    return Keys(tmp_path / "home", request.getfixturevalue("server") if request.param == "a server" else None)


def test_a_key_is_told_once_and_only_its_hash_is_kept(keys: Keys, tmp_path: Path) -> None:
    key = keys.add("reports")
    (listed,) = keys.all()
    assert key.startswith(PREFIX)
    assert len(key) >= len(PREFIX) + 43
    assert listed.name == "reports"
    assert key not in str(keys.digests())
    for file in (tmp_path / "home").glob("*"):
        assert key.encode() not in file.read_bytes()
        assert file.stat().st_mode & 0o077 == 0


def test_each_key_lets_in_its_holder_until_it_is_removed(keys: Keys) -> None:
    one, other = keys.add("one"), keys.add("other")
    assert one != other
    assert [Ring(keys).holder(key) for key in (one, other, one[:-1], one + "x", one.upper(), "", "\ud800")] == ["one", "other", *[None] * 5]
    keys.remove("one")
    assert [Ring(keys).holder(key) for key in (one, other)] == [None, "other"]
    assert keys.add("one") != one


def test_a_running_server_learns_of_new_keys_soon_and_of_removed_ones_a_little_later(keys: Keys) -> None:
    now = 0.0
    ring = Ring(keys, lambda: now)
    assert ring.holder("none") is None
    key = keys.add("late")
    now += NEWEST
    assert ring.holder(key) == "late"
    keys.remove("late")
    now += OLDEST
    assert ring.holder(key) is None


def test_keys_are_not_read_anew_for_everybody_who_tries_one(keys: Keys, monkeypatch) -> None:
    read: list[None] = []
    monkeypatch.setattr(Keys, "digests", lambda _: read.append(None) or {})
    ring = Ring(keys, lambda: 0.0)
    assert [ring.holder(f"guess-{number}") for number in range(100)] == [None] * 100
    assert len(read) == 1


def test_a_store_that_is_away_is_asked_once_a_second(keys: Keys, monkeypatch) -> None:
    clock, tried, read = [0.0], [], Keys.digests
    key, ring = keys.add("reports"), Ring(keys, lambda: clock[0])

    def away(_: Keys) -> None:
        tried.append(clock[0])
        raise ServerUnreachable("PostgreSQL is away")

    monkeypatch.setattr(Keys, "digests", away)
    for clock[0] in (0.0, 0.1, NEWEST, NEWEST + 0.1):
        with pytest.raises(ServerUnreachable):
            ring.holder(key)
    assert tried == [0.0, NEWEST]
    monkeypatch.setattr(Keys, "digests", read)
    clock[0] = 2 * NEWEST
    assert ring.holder(key) == "reports"


@pytest.mark.parametrize("name", ["", "-", "a/b", "a b", "a" * 41, "é", "a\n", "../a"])
def test_a_name_that_could_be_taken_for_something_else_is_refused(keys: Keys, name: str) -> None:
    with pytest.raises(UsageError, match="is no name for a key"):
        keys.add(name)


def test_a_name_is_given_once_and_an_unknown_one_is_told(keys: Keys) -> None:
    keys.add("reports")
    with pytest.raises(UsageError, match="there is a key 'reports'"):
        keys.add("reports")
    with pytest.raises(UsageError, match="there is no key 'other'"):
        keys.remove("other")
