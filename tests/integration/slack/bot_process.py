"""Bots as processes of their own, which can be killed; each is forked from one that has imported everything.

``python bot_process.py`` reads lines of JSON and starts a bot for each. The other half is ``Processes``, for whoever starts it.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Queue
from typing import Any

HERE = Path(__file__).resolve().parent
TOKENS = {"bot": "xoxb-1-secret", "app": "xapp-1-secret", "signing": "signing-secret"}


class Processes:
    """Starts bots; ``api`` is the address of the Slack that they are in."""

    def __init__(self, server: subprocess.Popen[str], api: str) -> None:
        self._server = server
        self._api = api
        self._lines: Queue[str] = Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def start(self, home: Path, *, http: bool = False, seconds: float | None = None, workers: int = 8) -> tuple[int, str]:
        """A bot at work: its pid, and where Slack reaches it. ``seconds`` is how long its language model takes; None is offline."""
        wanted = {"home": str(home), "api": self._api, "http": http, "seconds": seconds, "workers": workers}
        self._server.stdin.write(json.dumps(wanted) + "\n")
        self._server.stdin.flush()
        pid, where = self._lines.get(timeout=120).split(" ", 1)
        return int(pid), where

    def _listen(self) -> None:
        for line in self._server.stdout:
            self._lines.put(line.strip())


@contextmanager
def processes(api: str, environment: Mapping[str, str] | None = None) -> Iterator[Processes]:
    """Ends the bots that are left when the block ends; ``environment`` is theirs beside this process's own."""
    own = os.environ | dict(environment or {})
    path = os.pathsep.join([str(HERE), str(HERE.parent), str(HERE.parents[1]), own.get("PYTHONPATH", "")])
    command = [sys.executable, str(HERE / "bot_process.py")]
    server = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=own | {"PYTHONPATH": path}, start_new_session=True
    )
    try:
        yield Processes(server, api)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def kill(pid: int) -> None:
    """Ends a bot as a power cut would."""
    os.kill(pid, signal.SIGKILL)


def main() -> None:
    import assistant.agent.run
    import assistant.agent.session
    import assistant.interfaces.slack.service  # noqa: F401 - what a bot takes longest to import

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            run(json.loads(line))
            os._exit(0)


def run(wanted: dict[str, Any]) -> None:
    from slow_model import SlowChatModel, slow_assistant

    from assistant.api import Assistant
    from assistant.interfaces.serving.log import to_stderr
    from assistant.interfaces.serving.stopping import stop_on_signals
    from assistant.interfaces.slack.service import Ports, Tokens, running, serve
    from assistant.interfaces.slack.shared import SharedOwner

    if os.environ.get("SLACK_BOT_LOG"):
        to_stderr(text=True)
    SharedOwner.SURE = 1.0  # as sure as a test has time for
    home, tokens, seconds = Path(wanted["home"]), Tokens(**TOKENS), wanted["seconds"]

    def ready(where: str) -> None:
        sys.stdout.write(f"{os.getpid()} {where}\n")
        sys.stdout.flush()

    opened = Assistant.open(home) if seconds is None else slow_assistant(home, SlowChatModel(seconds=seconds))
    with opened as assistant, running(assistant, tokens, workers=wanted["workers"], api=wanted["api"]) as (bot, app):
        stop_on_signals(bot.stopping)
        serve(bot, app, tokens, Ports(http=0) if wanted["http"] else Ports(), ready)


if __name__ == "__main__":
    main()
