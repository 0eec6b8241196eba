"""A PostgreSQL and a Chroma server of the tests' own, on loopback ports and in a temporary folder; they can be killed and come back."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import urlopen

# Who runs a server that refuses to be run by root.
_NOBODY = "nobody"
_PATIENCE = 60
_CHROMA = "import sys; from chromadb.cli.cli import app; sys.argv[0] = 'chroma'; app()"


def postgres_binaries() -> Path | None:
    """The folder of PostgreSQL's programs, of the newest version that is installed; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    beside = shutil.which("initdb")
    return found[-1].parent if found else Path(beside).resolve().parent if beside else None


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as some:
        some.bind(("127.0.0.1", 0))
        return some.getsockname()[1]


@dataclass
class Server:
    """A process that listens on ``port``; ``start`` begins it, or again with the same data, ``kill`` ends it at once."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with (self.folder.parent / f"{self.folder.name}.log").open("ab") as log:
            self.process = subprocess.Popen(self.command(), stdout=log, stderr=log, start_new_session=True, cwd="/", **self.owner())
        deadline = time.monotonic() + _PATIENCE
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"{self.command()[0]} did not start; see {self.folder}.log")
            time.sleep(0.05)

    def kill(self) -> None:
        """As the kernel does it when memory is short: all its processes at once."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    @contextmanager
    def hanging(self, seconds: float) -> Iterator[None]:
        """It takes what it is asked and says nothing until the block ends, or so many ``seconds`` later."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGSTOP)
        goes_on = threading.Timer(seconds, os.killpg, (self.process.pid, signal.SIGCONT))
        goes_on.start()
        try:
            yield
        finally:
            goes_on.cancel()
            os.killpg(self.process.pid, signal.SIGCONT)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.kill()

    def command(self) -> list[str]:
        raise NotImplementedError

    def owner(self) -> dict[str, Any]:
        return {}

    def answers(self) -> bool:
        raise NotImplementedError


class Postgres(Server):
    """A cluster; ``database`` makes one database after the other in it."""

    def make(self) -> None:
        binaries = postgres_binaries()
        assert binaries is not None
        self.folder.mkdir()
        if self.owner():
            shutil.chown(self.folder, _NOBODY)
        self.folder.chmod(0o700)
        command = [binaries / "initdb", "-D", self.folder, "-U", "assistant", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        subprocess.run(command, check=True, capture_output=True, cwd="/", **self.owner())

    def command(self) -> list[str]:
        # The machine stays up, so that nothing is lost though nothing is forced to the disk.
        options = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "fsync": "off", "max_connections": "200"}
        settings = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
        return [str(postgres_binaries() / "postgres"), "-D", str(self.folder), "-p", str(self.port), *settings]

    def owner(self) -> dict[str, Any]:
        return {"user": _NOBODY, "group": pwd.getpwnam(_NOBODY).pw_gid, "extra_groups": []} if os.getuid() == 0 else {}

    def kill(self) -> None:
        """The first process only: the others end by themselves, which a restart waits for."""
        assert self.process is not None
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii").split()
        for pid in (self.process.pid, *map(int, children)):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def answers(self) -> bool:
        import psycopg

        try:
            psycopg.connect(self.url("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def url(self, database: str) -> str:
        return f"postgresql://assistant@127.0.0.1:{self.port}/{database}"

    def database(self, like: str = "template1") -> str:
        """The address of a new database, empty or a copy of another that nobody is connected to."""
        import psycopg

        name = f"test_{uuid.uuid4().hex[:12]}"
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {like}")
        return self.url(name)


class Chroma(Server):
    """What ``chroma run`` starts."""

    def command(self) -> list[str]:
        return [sys.executable, "-c", _CHROMA, "run", "--path", str(self.folder), "--host", "127.0.0.1", "--port", str(self.port)]

    def answers(self) -> bool:
        try:
            with urlopen(f"{self.url}/api/v2/heartbeat", timeout=2) as response:
                return response.status == 200
        except OSError:
            return False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@dataclass(frozen=True)
class Servers:
    """Both, running."""

    postgres: Postgres
    chroma: Chroma

    def environment(self, database: str | None = None) -> Mapping[str, str]:
        """What names a new shared store, or the one of an address, on these servers."""
        return {"ASSISTANT_DATABASE_URL": database or self.postgres.database(), "ASSISTANT_CHROMA_URL": self.chroma.url}


@contextmanager
def servers() -> Iterator[Servers]:
    """Both servers until the block ends; their data goes with them."""
    place = Path(tempfile.mkdtemp(prefix="assistant-servers-"))
    place.chmod(0o755)
    both = Servers(Postgres(place / "postgres"), Chroma(place / "chroma"))
    try:
        both.chroma.folder.mkdir()
        both.postgres.make()
        both.postgres.start()
        both.chroma.start()
        yield both
    finally:
        both.postgres.stop()
        both.chroma.stop()
        shutil.rmtree(place, ignore_errors=True)
