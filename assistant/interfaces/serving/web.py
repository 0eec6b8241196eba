"""A web server in a thread of its own: an ASGI application at an address, until it is told to end."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from assistant.errors import UsageError

# Seconds in which requests that were begun may be finished.
_PATIENCE = 10


def listening(host: str, port: int, option: str) -> socket.socket:
    """A socket that listens at the address; port 0 takes a free one. Raises UsageError, which names the ``option`` that chose the port."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise UsageError(f"{host} port {port} cannot be listened on: {error.strerror or error}; choose another with {option}") from error


def address(host: str, listener: socket.socket) -> str:
    """What clients on this machine reach the listener by, such as ``http://127.0.0.1:8080``."""
    return f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}"


@contextmanager
def serving(app: Callable[..., Any], host: str, port: int, option: str) -> Iterator[str]:
    """Serves until the block ends, then finishes the requests it began; gives the address. Raises UsageError where it cannot be had."""
    import uvicorn

    with listening(host, port, option) as listener:
        config = uvicorn.Config(
            app, log_config=None, access_log=False, server_header=False, lifespan="off", ws="none", timeout_graceful_shutdown=_PATIENCE
        )  # fmt: skip
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="web")
        thread.start()
        try:
            yield address(host, listener)
        finally:
            server.should_exit = True
            thread.join()
