"""The suite itself: a test that would use the network fails, and this machine's settings are not seen."""

import os
import socket

import pytest


@pytest.mark.parametrize("address", [("192.0.2.1", 443), ("example.org", 80)])
def test_no_connection_leaves_the_machine(address):
    with socket.socket() as outward, pytest.raises(AssertionError, match="was tried"):
        outward.connect(address)
    with socket.socket() as outward, pytest.raises(AssertionError, match="was tried"):
        outward.connect_ex(address)


def test_no_name_is_looked_up():
    with pytest.raises(AssertionError, match=r"example\.org was looked up"):
        socket.create_connection(("example.org", 80))


def test_loopback_is_open():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        with socket.create_connection(server.getsockname()):
            pass


def test_no_variable_of_the_program_is_set():
    assert [name for name in os.environ if name.startswith("ASSISTANT_")] == []
