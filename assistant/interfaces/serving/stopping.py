"""How a program that serves is asked to end."""

from __future__ import annotations

import os
import signal
import threading


def stop_on_signals(stopping: threading.Event) -> None:
    """SIGTERM and Ctrl-C set ``stopping``, upon which what was begun is finished; a second one ends the process at once."""

    def end(_signal: int, _frame: object) -> None:
        if stopping.is_set():
            os._exit(1)
        stopping.set()

    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, end)
