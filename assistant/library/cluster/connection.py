"""Ray: a running cluster, or workers on this machine that end with the command. What Ray raises is told in one line."""

from __future__ import annotations

import hashlib
import io
import os
import platform
import signal
import socket
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, redirect_stdout
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import urlsplit

from assistant.errors import AssistantError, LibraryError, UsageError

# Workers on this machine, for this command only.
HERE = "auto"
_ANSWERS_WITHIN = 10
_BEGINS_WITHIN = 180
# What lies between two stages, and what came and is not stored yet; beyond it Ray writes to the disk.
_SHARED_MEMORY = 500_000_000
# Ray's own place: the path of a socket may have some hundred characters, which other places for temporary files leave no room for.
_TEMPORARY = "/tmp"
_PACKAGE = Path(__file__).resolve().parents[2]


def require(address: str) -> None:
    """Raises LibraryError where Ray is not installed, and UsageError for what is no address of a cluster."""
    if find_spec("ray") is None or find_spec("pyarrow") is None:
        raise LibraryError("--ray needs Ray: pip install 'biotech-assistant[ray]'")
    if address != HERE:
        _host_and_port(address)


@contextmanager
def connected(address: str) -> Iterator[None]:
    """The cluster at ``address``, which is HERE or ``host:port``, until the block ends. Raises LibraryError."""
    import ray

    if ray.is_initialized():
        raise LibraryError("this process is connected to a Ray cluster already; end that first: ray.shutdown()")
    with ExitStack() as stack:
        stack.enter_context(_signals_kept())
        stack.enter_context(_stdout_kept())
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="ray-", dir=_TEMPORARY, ignore_cleanup_errors=True))
        stack.callback(_shut_down)
        try:
            if address == HERE:
                _start(folder)
            else:
                _join(address)
        except (ConnectionError, RuntimeError, ValueError, OSError, ray.exceptions.RayError) as error:
            if address == HERE:
                raise LibraryError(f"Ray cannot be started here: {told(error)}") from error
            remedy = "if it asks for a token, set RAY_AUTH_MODE=token and RAY_AUTH_TOKEN"
            raise LibraryError(f"the Ray cluster at {address} cannot be used: {told(error)}; {remedy}") from error
        yield


def on_every_machine(task: Callable[..., object], *arguments: object) -> None:
    """Has each machine of the cluster compare its programs with those of this process, and then run ``task``.

    Raises LibraryError in one line that names the machine.
    """
    import ray

    remote = ray.remote(_unlike)
    asked = {}
    for node in ray.nodes():
        if node["Alive"]:
            begun = remote.options(num_cpus=0, max_retries=1, label_selector={"ray.io/node-id": node["NodeID"]})
            asked[node["NodeManagerAddress"]] = begun.remote(programs(), task, arguments)
    for machine, answer in asked.items():
        try:
            wrong = ray.get(answer, timeout=_BEGINS_WITHIN)
        except ray.exceptions.RayError as error:
            raise LibraryError(f"the worker on {machine} cannot begin, is this program installed there? {told(error)}") from error
        if wrong:
            raise LibraryError(f"the worker on {machine} {wrong}")


def programs() -> dict[str, str]:
    """What has to be the same on all machines."""
    code = hashlib.sha256()
    for file in sorted(_PACKAGE.rglob("*.py")):
        code.update(file.relative_to(_PACKAGE).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    assistant = f"{version('biotech-assistant')} ({code.hexdigest()[:12]})"
    return {"Python": platform.python_version(), "Ray": version("ray"), "biotech-assistant": assistant}


def unlike(there: dict[str, str], here: dict[str, str]) -> str:
    """In what the programs of a worker differ from those of this process, in words; empty where they are the same."""
    other = [f"{name} {there[name]} instead of {here[name]}" for name in here if there[name] != here[name]]
    return f"has {', '.join(other)}; install the same there" if other else ""


def _unlike(here: dict[str, str], task: Callable[..., object], arguments: tuple[object, ...]) -> str:
    wrong = unlike(programs(), here)
    if not wrong:
        try:
            task(*arguments)
        except AssistantError as error:
            wrong = f"cannot work: {error}"
    return wrong


def _start(folder: str) -> None:
    """Workers on all processors of this machine. Ray's ports are open to its networks, but only who has this user's token is let in."""
    _initialise(address="local", include_dashboard=False, object_store_memory=_SHARED_MEMORY, _temp_dir=folder)


def _shut_down() -> None:
    import ray

    with redirect_stdout(io.StringIO()):  # the messages that Ray held back
        ray.shutdown()


def _join(address: str) -> None:
    socket.create_connection(_host_and_port(address), timeout=_ANSWERS_WITHIN).close()
    os.environ.setdefault("RAY_gcs_server_port_wait_time_s", "1")  # one attempt; twenty, which take minutes, otherwise
    _initialise(address=address)


def _initialise(**options: Any) -> None:
    import ray

    with _stderr_kept():
        ray.init(log_to_driver=False, configure_logging=True, logging_level="CRITICAL", **options)


def _host_and_port(address: str) -> tuple[str, int]:
    try:
        parts = urlsplit(f"//{address}")
        if parts.hostname and parts.port and parts.netloc == address:
            return parts.hostname, parts.port
    except ValueError:
        pass
    raise UsageError(f"--ray {address}: name a cluster's address, such as 10.0.0.5:6379, or {HERE} for workers on this machine")


@contextmanager
def _signals_kept() -> Iterator[None]:
    """Ray takes SIGTERM for itself."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGTERM)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _stdout_kept() -> Iterator[None]:
    """Ray prints to stdout, where results belong, that workers ended; it tries their work again, and what fails in the end is told."""
    before = sys.stdout
    sys.stdout = _WithoutRay(before)
    try:
        yield
    finally:
        sys.stdout = before


@contextmanager
def _stderr_kept() -> Iterator[None]:
    """What Ray's own libraries write past Python while they try to connect is told in one line, if need be."""
    kept, nothing = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nothing)


class _WithoutRay:
    """A stream to which Ray's own threads write nothing."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Writes ``text``, or drops it."""
        return len(text) if threading.current_thread().name.startswith("ray_") else self._stream.write(text)

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)


def told(error: Exception) -> str:
    """What Ray raised, in one line."""
    import ray

    if isinstance(error, ray.exceptions.RayTaskError):
        error = error.cause
        return _line(error) if isinstance(error, AssistantError) else f"{type(error).__name__}: {told(error)}"
    if isinstance(error, ray.exceptions.OutOfMemoryError):
        return "its worker had too little memory for it"
    if isinstance(error, ray.exceptions.WorkerCrashedError):
        return "its worker ended, each time anew"
    return _line(error)


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())
