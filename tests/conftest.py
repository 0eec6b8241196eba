"""Tests never leave this machine, see none of its settings, and share one library of the packaged documents."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from homes import copied
from hypothesis import settings
from servers import Servers, postgres_binaries
from servers import servers as running_servers

from assistant.api import Assistant
from assistant.database.server import Server

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
# What a developer may have set: the program's own variables, keys of model providers, tracing.
_SETTINGS = ("ASSISTANT_", "SLACK_", "LANGCHAIN_", "LANGSMITH_", "ANTHROPIC_", "OPENAI_", "AZURE_OPENAI_", "GOOGLE_", "OLLAMA_")

# A machine may be busy: no drawn case is held to a time.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


class NetworkUsed(AssertionError):
    """A test wanted to leave the machine."""


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Connections to other machines, and questions about their names, fail the test that makes them."""
    connect, connect_ex, look_up = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def stays(host: object) -> bool:
        return host is None or str(host) in _LOOPBACK

    def guarded(original):
        def run(self, address):
            if self.family != socket.AF_UNIX and not stays(address[0]):
                raise NetworkUsed(f"a connection to {address[0]} was tried")
            return original(self, address)

        return run

    def known_only(host, *args, **kwargs):
        if not stays(host):
            raise NetworkUsed(f"the address of {host} was looked up")
        return look_up(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded(connect))
        patch.setattr(socket.socket, "connect_ex", guarded(connect_ex))
        patch.setattr(socket, "getaddrinfo", known_only)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_settings() -> Iterator[None]:
    """The environment sets nothing that this program or a library of its reads for choosing a home, a model or a service."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith(_SETTINGS)]:
            patch.delenv(name)
        yield


@pytest.fixture(scope="session")
def home(no_settings: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a library, built by the command line as a first use builds it; tests must not change its documents."""
    folder = tmp_path_factory.mktemp("assistant") / "home"
    command = [sys.executable, "-m", "assistant", "library", "list"]
    subprocess.run(command, env=os.environ | {"ASSISTANT_HOME": str(folder)}, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="session")
def servers() -> Iterator[Servers]:
    """A PostgreSQL and a Chroma server for shared stores.

    Where PostgreSQL is not installed the tests that need it are left out, but not where TESTS_NEED_POSTGRES is set, as in .ci/run.
    """
    if postgres_binaries() is None:
        if os.environ.get("TESTS_NEED_POSTGRES"):
            pytest.fail("PostgreSQL is not installed, and TESTS_NEED_POSTGRES is set")
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    with running_servers() as both:
        yield both


@pytest.fixture(scope="session")
def empty_database(servers: Servers) -> str:
    """The name of a database that has the tables of a shared store, to be copied."""
    made = Server(servers.postgres.database())
    made.rows("SELECT 1")
    made.close()
    return made.place.rpartition("/")[2]


@pytest.fixture
def server(servers: Servers, empty_database: str) -> Iterator[Server]:
    """A new database with the tables of a shared store."""
    made = Server(servers.postgres.database(like=empty_database))
    yield made
    made.close()


@pytest.fixture(scope="session")
def shared_environment(home: Path, servers: Servers) -> Mapping[str, str]:
    """What names a shared store with the packaged documents, built by the command line as a first use builds it."""
    environment = servers.environment()
    command = [sys.executable, "-m", "assistant", "library", "list"]
    subprocess.run(command, env=os.environ | {"ASSISTANT_HOME": str(home)} | environment, check=True, capture_output=True)
    return environment


@pytest.fixture(scope="session")
def shared_release(home: Path, shared_environment: Mapping[str, str]) -> Iterator[Assistant]:
    """An Assistant over that shared store; give each conversation a key of its own."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in shared_environment.items():
            patch.setenv(name, value)
        opened = Assistant.open(home)
    with opened as assistant:
        yield assistant


@pytest.fixture(scope="session")
def release(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An Assistant over a copy of that library; give each conversation a key of its own.

    A copy, for its conversations are open all the time: a test that reads or copies the files of a home in this process lets go of
    SQLite's locks on them, and a command on the same home would then take the log from under the open connection.
    """
    folder = tmp_path_factory.mktemp("release") / "home"
    copied(home, folder)
    with Assistant.open(folder) as assistant:
        yield assistant
