"""What may reach a screen: text from documents, models, questions and file names without control characters.

Terminals obey what they print, and Rich passes escape sequences and bidirectional controls through. Everything that a
renderer shows goes through ``shown`` or ``clean`` first, so no other module has to think of it.
"""

from __future__ import annotations

import re
from typing import TypeVar

from pydantic import BaseModel

from assistant.language.controls import BIDIRECTIONAL, CONTROLS, INVISIBLE, SEQUENCES, whole

_HIDDEN = re.compile(f"[{CONTROLS}{BIDIRECTIONAL}{INVISIBLE}]")
_LINE_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNSAFE_IN_JSON = re.compile(f"[\x7f-\x9f\u2028\u2029\ud800-\udfff{BIDIRECTIONAL}{INVISIBLE}]")

V = TypeVar("V", bound=BaseModel)


def clean(text: str) -> str:
    """``text`` with line feeds as its only control characters; half surrogates become U+FFFD, tabs become spaces."""
    text = _LINE_BREAKS.sub("\n", SEQUENCES.sub("", text)).replace("\t", " ")
    return whole(_HIDDEN.sub("", text))


def one_line(text: str) -> str:
    """``text`` cleaned, with every run of white space as one space."""
    return " ".join(clean(text).split())


def shown(value: V) -> V:
    """``value`` with every text in it cleaned, however deep."""
    return type(value).model_validate(_every_text(value.model_dump()))


def json_for_terminals(json_text: str) -> str:
    """The same JSON with characters that steer or hide text escaped; parsing gives what it gave before."""
    return _UNSAFE_IN_JSON.sub(_escaped, json_text)


def _every_text(value: object) -> object:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _every_text(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_every_text(item) for item in value)
    return value


def _escaped(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code > 0xFFFF:
        high, low = divmod(code - 0x10000, 0x400)
        return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
    return f"\\u{code:04x}"
