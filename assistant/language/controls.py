"""Characters that are no text: they steer a terminal, turn the reading direction, or cannot be seen.

Terminals obey what they print, and what people cannot see reaches models and indexes all the same.
"""

from __future__ import annotations

import re

# ECMA-48 control strings (OSC, DCS, SOS, PM, APC) with their payload, then CSI sequences, then two-character escapes.
SEQUENCES = re.compile(
    r"(?:\x1b[\]PX^_]|[\x90\x98\x9d\x9e\x9f])[^\x07\x1b\x9c\n]{0,4096}(?:\x07|\x1b\\|\x9c)"
    r"|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|\x1b[ -/]*[0-~]"
)
# Control characters but for tab and those that break lines; inside a character class.
CONTROLS = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
# Marks, embeddings, overrides and isolates of the bidirectional algorithm.
BIDIRECTIONAL = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Zero-width characters and tags hide text from people but not from models; joiners (U+200C, U+200D) shape real scripts.
INVISIBLE = "\u00ad\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e0fff"

_UNSEEN = re.compile(f"[{BIDIRECTIONAL}{INVISIBLE}]")
_CONTROL = re.compile(f"[{CONTROLS}\ud800-\udfff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_LINE_BREAKS = re.compile("\r\n?|[\x0b\x85\u2028\u2029]")


def inert(text: str) -> str:
    """``text`` with line feeds, form feeds and tabs as its only control characters.

    Escape sequences and what cannot be seen go; any other control character and half a surrogate become U+FFFD, lest the digits
    on its two sides become one figure.
    """
    return _CONTROL.sub("\ufffd", _UNSEEN.sub("", SEQUENCES.sub("", _LINE_BREAKS.sub("\n", text))))


def inert_line(text: str) -> str:
    """``text``, such as a file's name, on one line."""
    return " ".join(inert(text).split())


def whole(text: str) -> str:
    """``text`` with U+FFFD in place of half surrogates, which stand for bytes that are no UTF-8."""
    return _SURROGATES.sub("\ufffd", text)


def unstorable(text: str) -> str | None:
    """Why neither JSON nor a database could keep ``text``, in words that follow its name; None where they can."""
    if _SURROGATES.search(text):
        return "is not valid UTF-8"
    return "holds a NUL character" if "\0" in text else None


def count_controls(text: str) -> int:
    """How many control characters ``text`` has outside escape sequences; more than a few mean that it is no text."""
    return len(_CONTROL.findall(SEQUENCES.sub("", text)))
