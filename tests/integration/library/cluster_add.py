"""Adds files by the workers of a Ray cluster, in a process of its own, and ends by SIGKILL where it is told to.

The extractor writes down each file that it meets; it fails on one that says FAULT, and the first time that one says FATAL it ends its
worker as a lack of memory does.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from library_acts import VERSION

from assistant.library.local import LocalStore
from assistant.settings import PACKAGED_ENCODER
from assistant.values import Document


def add(ray: str, home: str, kill_at: int, files: Sequence[str]) -> None:
    log = Path(home, "met.txt")

    def extract(document: Document, text: str) -> Sequence[str]:
        with log.open("a") as met:
            met.write(Path(document.path).name + "\n")
        if "FATAL" in text and log.read_text().count(Path(document.path).name) == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        if "FAULT" in text:
            raise KeyError("two of one")
        return [json.dumps({"document": document.id, "characters": len(text)})]

    def progress(stage: str, done: int, total: int) -> None:
        if stage == "reading" and done == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    report = LocalStore(Path(home), PACKAGED_ENCODER, extract, VERSION).add(files, progress=progress, ray=ray)
    sys.stdout.write(report.model_dump_json())


if __name__ == "__main__":
    add(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4:])
