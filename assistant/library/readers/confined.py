"""Readers in a child process, which ends with the file that breaks them while the rest of the batch goes on.

The child reads no file and no variable for itself: it gets a document's bytes through a pipe, reads them in a process forked for
this document alone, and gives back text. ``worker.py`` is the child's side.
"""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from assistant.errors import ReadingError
from assistant.library.readers.extract import Extract
from assistant.library.readers.limits import FRAME_HEAD, OUT_OF_MEMORY, Limits, frame, frame_size

# -P: what lies in the folder the user works in must not be imported in place of a library. The package is the parent's own, wherever
# it lies, and its folder is not looked into for anything else.
_COMMAND = (
    sys.executable,
    "-P",
    "-c",
    "import sys; sys.path.insert(0, sys.argv[1]); import assistant; del sys.path[0]; "
    "from assistant.library.readers.worker import serve; serve(sys.argv[2])",
    str(Path(__file__).resolve().parents[3]),
)
_CHUNK = 1 << 20
_GARBLED = "its reader answered with something that is no text of a document"


class Confined:
    """One child process, started when it is first needed and again after it broke; close it."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._child: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def extract(self, module: str, data: bytes) -> Extract:
        """What the reader named ``module`` finds in ``data``; raises ReadingError, also where the child broke on it."""
        try:
            answer = self._exchange(module, data)
        except BaseException:
            self.close()
            raise
        if "refused" in answer:
            raise ReadingError(answer["refused"])
        try:
            return Extract(**answer)
        except TypeError as error:
            raise ReadingError(_GARBLED) from error

    def stop(self) -> None:
        """Ends the child while another thread waits for it, which then sees it broken; none is started again."""
        self._stopped = True
        if child := self._child:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)

    def close(self) -> None:
        """Ends the child and what it started."""
        child, self._child = self._child, None
        if child is None:
            return
        for pipe in (child.stdin, child.stdout):
            if pipe:
                # Raw, so that nothing is flushed into a pipe that nobody reads.
                pipe.close()
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()

    def _exchange(self, module: str, data: bytes) -> dict[str, str]:
        if self._stopped:
            raise ReadingError("its reading was stopped")
        if self._child is None:
            self._child = subprocess.Popen(
                (*_COMMAND, self._limits.as_json()),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                start_new_session=True,
            )
        until = time.monotonic() + self._limits.seconds
        try:
            self._send(frame(module.encode()) + frame(data))
            size = frame_size(self._receive(FRAME_HEAD, until))
            if size > self._limits.answer_bytes:
                raise ReadingError(self._limits.too_much_text)
            answer = json.loads(self._receive(size, until))
        except (BrokenPipeError, EOFError) as error:
            raise ReadingError(self._reason()) from error
        except ValueError as error:
            raise ReadingError(_GARBLED) from error
        if not isinstance(answer, dict):
            raise ReadingError(_GARBLED)
        return answer

    def _send(self, data: bytes) -> None:
        assert self._child is not None and self._child.stdin is not None
        rest = memoryview(data)
        while rest:
            rest = rest[self._child.stdin.write(rest) or 0 :]

    def _receive(self, size: int, until: float) -> bytes:
        """Exactly ``size`` bytes; raises EOFError where the child ended before, and ReadingError when time is up."""
        assert self._child is not None and self._child.stdout is not None
        found = bytearray()
        with selectors.DefaultSelector() as selector:
            selector.register(self._child.stdout, selectors.EVENT_READ)
            while len(found) < size:
                if not selector.select(max(0.0, until - time.monotonic())):
                    raise ReadingError(self._limits.too_slow)
                part = self._child.stdout.read(min(_CHUNK, size - len(found)))
                if not part:
                    raise EOFError
                found += part
        return bytes(found)

    def _reason(self) -> str:
        assert self._child is not None
        code = self._child.wait()
        if code == OUT_OF_MEMORY:
            return self._limits.too_much_memory
        return "its reader broke on it; the file is damaged, or needs more memory than a document may have"
