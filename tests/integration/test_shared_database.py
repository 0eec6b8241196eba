"""The database of a shared store: machines that vanish, connections that are all taken, addresses that cannot be read."""

from __future__ import annotations

from contextlib import closing

from assistant.database.server import Server

WATCHES = ("tcp_keepalives_idle", "tcp_keepalives_interval", "tcp_keepalives_count", "tcp_user_timeout")


def test_the_server_looks_whether_a_machine_that_holds_locks_is_still_there(server: Server) -> None:
    with server.connection() as pooled, closing(server.alone()) as alone:
        for connection in (pooled, alone):
            assert [connection.execute(f"SHOW {name}".encode()).fetchone()[0] for name in WATCHES] == ["30", "10", "3", "20000"]
