"""The child's side of ``confined.py``: bytes in, text out, each document in a process forked for it alone."""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict
from importlib import import_module
from typing import BinaryIO

from assistant.errors import ReadingError
from assistant.library.readers.extract import Extract
from assistant.library.readers.limits import FRAME_HEAD, OUT_OF_MEMORY, TOO_DEEP, Limits, frame, frame_size

_Extractor = Callable[[bytes], Extract]


def serve(limits_as_json: str) -> None:
    """Reads documents from stdin and writes what they say to stdout until stdin ends; ends itself where one breaks its reader."""
    documents, answers, limits = sys.stdin.buffer, sys.stdout.buffer, Limits.from_json(limits_as_json)
    while (module := _frame(documents)) is not None:
        data = _frame(documents)
        if data is None:
            return
        extract: _Extractor = import_module(f"{__package__}.{module.decode()}").extract
        if code := _in_a_fork(extract, data, answers, limits):
            sys.exit(code)


def _in_a_fork(extract: _Extractor, data: bytes, answers: BinaryIO, limits: Limits) -> int:
    """Has the answer written by a forked process; returns its exit code, 1 where a signal ended it."""
    process = os.fork()
    if not process:
        code = 1
        try:
            _limit_resources(limits)
            code = _answer(extract, data, answers, limits)
        finally:
            # Neither the parent's buffers nor its exit handlers are this process's to run.
            os._exit(code)
    _, status = os.waitpid(process, 0)
    return os.WEXITSTATUS(status) if os.WIFEXITED(status) else 1


def _answer(extract: _Extractor, data: bytes, answers: BinaryIO, limits: Limits) -> int:
    try:
        answer = json.dumps(asdict(_checked(extract(data), limits))).encode()
    except ReadingError as error:
        answer = json.dumps({"refused": str(error)}).encode()
    except RecursionError:
        answer = json.dumps({"refused": TOO_DEEP}).encode()
    except MemoryError:
        return OUT_OF_MEMORY
    answers.write(frame(answer))
    answers.flush()
    return 0


def _checked(extract: Extract, limits: Limits) -> Extract:
    if len(extract.text) > limits.text_bytes or len(extract.text.encode("utf-8", "surrogatepass")) > limits.text_bytes:
        raise ReadingError(limits.too_much_text)
    return extract


def _limit_resources(limits: Limits) -> None:
    signal.alarm(limits.seconds + 1)
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        ceiling = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (ceiling, ceiling))


def _frame(stream: BinaryIO) -> bytes | None:
    """The next frame's bytes, None at the end of the stream."""
    head = stream.read(FRAME_HEAD)
    if len(head) < FRAME_HEAD:
        return None
    size = frame_size(head)
    data = stream.read(size)
    return data if len(data) == size else None
