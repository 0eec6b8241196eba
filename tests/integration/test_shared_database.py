"""The database of a shared store: machines that vanish, connections that are all taken, addresses that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from servers import Servers

from assistant.api import Assistant
from assistant.database import server as connections
from assistant.database.server import Server
from assistant.errors import LibraryError, ServerUnreachable

WATCHES = ("tcp_keepalives_idle", "tcp_keepalives_interval", "tcp_keepalives_count", "tcp_user_timeout")


def test_the_server_looks_whether_a_machine_that_holds_locks_is_still_there(server: Server) -> None:
    with server.connection() as pooled, closing(server.alone()) as alone:
        for connection in (pooled, alone):
            assert [connection.execute(f"SHOW {name}".encode()).fetchone()[0] for name in WATCHES] == ["30", "10", "3", "20000"]


@pytest.fixture
def one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever holds a connection of the pool and asks for another waits in vain."""
    monkeypatch.setattr(connections, "_MOST_CONNECTIONS", 1)
    monkeypatch.setattr(connections, "_TURN", 1.0)


def test_nobody_holds_a_connection_while_taking_another(
    one_connection: None, home: Path, shared_environment: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in shared_environment.items():
        monkeypatch.setenv(name, value)
    with Assistant.open(home) as assistant:
        assert assistant.check("Mice given two doses of CLR 125 survived for 161 days.")
        answers = tuple(assistant.ask(question, "one connection") for question in ("What is CLR 125?", "And CLR 131?"))
        assert assistant.history("one connection") == answers
        assert assistant.take_back("one connection") == answers[1]
        assistant.give_feedback(answers[0], "good")
        assistant.delete_conversation("one connection")
        assert assistant.history("one connection") == ()


def test_a_server_whose_connections_are_all_taken_is_busy_and_not_away(one_connection: None, server: Server) -> None:
    with server.connection(), pytest.raises(ServerUnreachable, match=r"^PostgreSQL at \S+ is busy: none of this process's 1 connections"):
        server.rows("SELECT 1")
    assert server.rows("SELECT 1") == [(1,)]


@pytest.mark.parametrize(
    "password", ["canary%zzsecret", "canary/secret", "canary@secret", "5432/secret", "canary?secret/x@y", "[canary", "a b@"]
)
@pytest.mark.parametrize("tail", ["host:5432/name", "host/name?sslmode=require"])
def test_no_part_of_a_password_is_told(password: str, tail: str) -> None:
    try:
        told = Server(f"postgresql://user:{password}@{tail}").place
    except LibraryError as error:
        told = f"{error} {error.__cause__} {error.__context__}"
    assert re.search(r"host:5432|percent-encoded", told)
    assert not re.search(r"canary|secret|a b|x@", told)


def test_an_address_is_told_as_libpq_reads_it() -> None:
    assert Server("postgresql://user:can%2Fary%40x@db.example/name").place == "db.example:5432/name"
    assert Server("postgresql://user:hidden@one:5433,two:5434/name?target_session_attrs=read-write").place == "one:5433,two:5434/name"
    assert Server("postgresql:///name?host=/run/postgresql").place == "/run/postgresql:5432/name"


def test_tables_are_made_on_the_host_of_several_that_answers(servers: Servers) -> None:
    name = servers.postgres.database().rpartition("/")[2]
    address = f"postgresql://assistant@127.0.0.1:1,127.0.0.1:{servers.postgres.port}/{name}?application_name=several"
    with closing(Server(address)) as server:
        assert server.rows("SELECT count(*) FROM store") == [(1,)]
    with psycopg.connect(servers.postgres.url(name)) as connection:
        assert connection.execute("SELECT to_regclass('passages') IS NOT NULL").fetchone() == (True,)
