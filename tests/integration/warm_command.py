"""The command ``assistant`` for examples: each run is a process of its own, forked from one that has imported everything already.

``serving`` runs the one in which the forks begin; ``python warm_command.py SOCKET ARGUMENT…`` stands for the console script. It hands
over its arguments, environment, folder, stdin, stdout and stderr, and ends with the exit code of the fork.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

_LONGEST = 1 << 20


@contextmanager
def serving(folder: Path) -> Iterator[Path]:
    """A folder for the path, in which ``assistant`` is this command."""
    address, program = folder / "assistant.socket", folder / "assistant"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -S "{__file__}" "{address}" "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    with subprocess.Popen([sys.executable, __file__, str(address)], stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == b"ready\n"
        yield folder
        server.terminate()


def ask(address: str, arguments: list[str]) -> int:
    """Has the server run the command; its exit code."""
    request = {"arguments": arguments, "environment": dict(os.environ), "folder": str(Path.cwd())}
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(address)
        socket.send_fds(connection, [json.dumps(request).encode()], [0, 1, 2])
        return int(connection.recv(16) or b"70")


def serve(address: str) -> NoReturn:
    """Forks for every request, for ever."""
    import assistant.agent.run
    import assistant.agent.session
    import assistant.interfaces.cli.main  # noqa: F401 - what a command takes longest to import

    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while True:
            connection, _ = listener.accept()
            if os.fork() == 0:
                if os.fork() == 0:  # whose parent is nobody's child, so that nobody has to wait for it
                    _run(connection)
                os._exit(0)
            os.wait()
            connection.close()


def _run(connection: socket.socket) -> NoReturn:
    message, descriptors, _, _ = socket.recv_fds(connection, _LONGEST, 3)
    request = json.loads(message)
    for number, descriptor in enumerate(descriptors):
        os.dup2(descriptor, number)
    sys.stdin, sys.stdout, sys.stderr = (os.fdopen(number, "r" if number == 0 else "w", encoding="utf-8") for number in range(3))
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["environment"])
    sys.argv = ["assistant", *request["arguments"]]
    from assistant.interfaces.cli.main import run

    code = 70
    try:
        code = run()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    finally:
        if sys.exc_info()[0] is not None:
            traceback.print_exc()
        sys.stdout.flush()
        sys.stderr.flush()
        connection.sendall(str(code).encode())
        os._exit(code)


if __name__ == "__main__":
    if sys.argv[2:]:
        sys.exit(ask(sys.argv[1], sys.argv[2:]))
    serve(sys.argv[1])
