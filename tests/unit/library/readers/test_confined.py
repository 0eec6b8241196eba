"""What a reader's child answers is checked, whatever a document made of it."""

from __future__ import annotations

import sys

import pytest

from assistant.errors import ReadingError
from assistant.library.readers import confined
from assistant.library.readers.confined import Confined
from assistant.library.readers.limits import Limits, frame


@pytest.mark.parametrize("answer", [b"no JSON", b"[1]", b'{"colour": "red"}', b'{"text"', b"\xff\xfe"])
def test_garbage_is_a_refusal(monkeypatch: pytest.MonkeyPatch, answer: bytes) -> None:
    code = f"import sys; sys.stdout.buffer.write({frame(answer)!r}); sys.stdout.flush(); sys.stdin.buffer.read()"
    monkeypatch.setattr(confined, "_COMMAND", (sys.executable, "-c", code))
    reader = Confined(Limits(seconds=20))
    try:
        with pytest.raises(ReadingError, match="no text of a document"):
            reader.extract("html", b"<p>text</p>")
    finally:
        reader.close()
