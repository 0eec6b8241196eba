"""How much of the machine one document may take, and how parent and child talk about it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Limits:
    """Of wall-clock time and, by itself, of processor time; of address space; and of text, as UTF-8."""

    seconds: int = 60
    memory_bytes: int = 1_000_000_000
    text_bytes: int = 50_000_000

    @property
    def answer_bytes(self) -> int:
        """The longest answer: JSON writes a character with up to six bytes where UTF-8 needs one."""
        return 6 * self.text_bytes + 10_000

    @property
    def too_slow(self) -> str:
        return f"reading it takes longer than {self.seconds} seconds; it was given up"

    @property
    def too_much_memory(self) -> str:
        return f"reading it takes more than {self.memory_bytes // 1_000_000:,} MB of memory; it was given up"

    @property
    def too_much_text(self) -> str:
        return f"it has more than {self.text_bytes / 1_000_000:g} MB of text; split it into documents"

    def as_json(self) -> str:
        """For ``from_json`` in the child."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The limits that the parent gave."""
        return cls(**json.loads(text))


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
