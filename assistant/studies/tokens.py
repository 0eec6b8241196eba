"""Arithmetic in words and signs → its tokens: dates, numbers, units, names and signs, each in one spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.errors import CalculationError
from assistant.language.units import CURRENCIES, UNIT_PATTERN, matched_unit
from assistant.studies.quantities import known_unit


@dataclass(frozen=True, slots=True)
class Token:
    """``text`` is the sign, the unit's ASCII name, the function's name or the number as typed."""

    kind: Literal["date", "number", "unit", "name", "sign", "end"]
    text: str


_PLAIN_NUMBER = re.compile(r"(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?(?![\d.])")
_GROUPED_NUMBER = re.compile(rf"\d{{1,3}}(?:,\d{{3}})+(?!\d)(?:\.\d+)?(?![\d.])|{_PLAIN_NUMBER.pattern}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?![\d-])")
_SIGN = re.compile(r"\*\*|->|→|[-+*/^()·⋅×÷,]|[xX](?=\s*[\d.(-])")
_WORD = re.compile(r"[A-Za-z]+[0-9]*")
_CALL = re.compile(r"[A-Za-z]\s*\(")
_SAME_SIGN = {"**": "^", "·": "*", "⋅": "*", "×": "*", "x": "*", "X": "*", "of": "*", "times": "*", "÷": "/", "per": "/", "over": "/",
              "plus": "+", "minus": "-", "in": "in", "->": "in", "→": "in", "to": "in", "as": "in", "into": "in"}  # fmt: skip


def tokens(text: str) -> Iterator[Token]:
    """The tokens of ``text`` in order. Raises CalculationError for what cannot be read and for days that no calendar has."""
    # A comma between digits groups thousands, unless commas have to divide the arguments of a function.
    number = _PLAIN_NUMBER if _CALL.search(text) else _GROUPED_NUMBER
    position = 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        token, position = _token(text, position, number)
        yield token


def _token(text: str, position: int, number: re.Pattern[str]) -> tuple[Token, int]:
    if match := _DATE.match(text, position):
        return Token("date", _checked_date(match.group())), match.end()
    if match := number.match(text, position):
        return Token("number", match.group()), match.end()
    unit = UNIT_PATTERN.match(text, position)
    if unit and (name := matched_unit(unit)) and not _is_no_unit(text, unit):
        return Token("unit", name), unit.end()
    if match := _SIGN.match(text, position):
        return Token("sign", _SAME_SIGN.get(match.group(), match.group())), match.end()
    if match := _WORD.match(text, position):
        money = match.group() in CURRENCIES
        return Token("unit", match.group()) if money else _word(match.group().casefold()), match.end()
    raise CalculationError(f"{text[position]!r} cannot be read; use numbers, units, + - * / ^ ( ) and 'in' before a unit")


def _checked_date(typed: str) -> str:
    try:
        date.fromisoformat(typed)
    except ValueError:
        raise CalculationError(f"{typed} is no day of the calendar") from None
    return typed


def _word(word: str) -> Token:
    if word in ("percentage", "ratio"):
        return Token("unit", known_unit(word))
    return Token("sign", _SAME_SIGN[word]) if word in _SAME_SIGN else Token("name", word)


def _is_no_unit(text: str, unit: re.Match[str]) -> bool:
    """The "x" or "times" between two factors is a sign, and the "min" before a parenthesis a function."""
    rest = text[unit.end() :].lstrip()
    if matched_unit(unit) == "ratio":
        return re.match(r"[\d.(-]|[A-Za-z]+\s*\(", rest) is not None
    return unit.group().casefold() == "min" and rest.startswith("(")
