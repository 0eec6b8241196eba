"""How much of the machine one document may take, and how parent and child talk about it."""

from __future__ import annotations

# Of wall-clock time and, by itself, of processor time.
SECONDS = 60
MEMORY_BYTES = 1_000_000_000
TEXT_BYTES = 50_000_000
# JSON writes a character outside ASCII with up to six bytes for two of UTF-8, and a control character with six for one.
ANSWER_BYTES = 6 * TEXT_BYTES + 10_000

TOO_MUCH_TEXT = f"it has more than {TEXT_BYTES // 1_000_000} MB of text; split it into documents"
TOO_MUCH_MEMORY = f"reading it takes more than {MEMORY_BYTES // 1_000_000_000} GB of memory; it was given up"
TOO_DEEP = "it is nested deeper than a document ever is; it was given up"

# What the child ends with where its reader ran out of memory.
OUT_OF_MEMORY = 71

# A frame is its length as eight bytes, then its bytes.
FRAME_HEAD = 8


def frame(data: bytes) -> bytes:
    """``data`` with its length before it."""
    return len(data).to_bytes(FRAME_HEAD, "big") + data


def frame_size(head: bytes) -> int:
    """The length that a frame's head gives."""
    return int.from_bytes(head, "big")
