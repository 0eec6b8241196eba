"""Arithmetic in words and signs → a tree: a recursive-descent parser over its tokens, bounded in length and depth, no eval."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.errors import CalculationError
from assistant.language.names import plain
from assistant.language.units import TIME_UNITS
from assistant.studies.quantities import LIMIT
from assistant.studies.tokens import Token, tokens

_LONGEST = 300
_DEEPEST = 30

# The unit of a number that is a date; its value is the ordinal of the day, 1 for 0001-01-01.
DATE = "date"

Sign = Literal["+", "-", "*", "/", "^"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number as typed and its unit in ASCII, empty for a plain number, ``DATE`` for a date such as ``2024-09-26``."""

    typed: str
    unit: str

    @property
    def value(self) -> float:
        return float(date.fromisoformat(self.typed).toordinal() if self.unit == DATE else self.typed.replace(",", ""))

    @property
    def text(self) -> str:
        return self.typed if self.unit == DATE else f"{self.typed} {self.unit}".strip()


@dataclass(frozen=True, slots=True)
class Unit:
    """One of a unit, as in ``26 day / uCi``."""

    name: str


@dataclass(frozen=True, slots=True)
class Negative:
    """The negative of ``operand``."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Group:
    """What stands in parentheses, with the unit that follows them, if one does."""

    inner: Node
    unit: str


@dataclass(frozen=True, slots=True)
class Binary:
    """``left sign right``."""

    sign: Sign
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Call:
    """A function of some arguments."""

    name: str
    arguments: tuple[Node, ...]


Node = Number | Unit | Negative | Group | Binary | Call


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression and the unit that its value is wanted in; empty where none was named."""

    body: Node
    target: str


def parse(text: str) -> Expression:
    """The tree of ``text``. Raises CalculationError, with what is wrong and where, for all that is no expression."""
    if len(text) > _LONGEST:
        raise CalculationError(f"the expression has {len(text)} characters; keep it under {_LONGEST}")
    return _Parser([*tokens(plain(text).strip().rstrip("=?").rstrip()), Token("end", "")]).expression()


def numbers(node: Node) -> Iterator[Number]:
    """The numbers of a tree in the order in which they were typed."""
    match node:
        case Number():
            yield node
        case Negative(operand=inner) | Group(inner=inner):
            yield from numbers(inner)
        case Binary(left=left, right=right):
            yield from numbers(left)
            yield from numbers(right)
        case Call(arguments=arguments):
            for argument in arguments:
                yield from numbers(argument)


_SHOWN = {"+": " + ", "-": " − ", "*": " × ", "/": " / ", "^": "^"}


def shown(node: Node) -> str:
    """The tree as a formula in one spelling."""
    match node:
        case Number():
            return node.text
        case Unit(name=name):
            return name
        case Negative(operand=operand):
            return f"−{shown(operand)}"
        case Group(inner=inner, unit=unit):
            return f"({shown(inner)}) {unit}".strip()
        case Binary(sign=sign, left=left, right=right):
            return f"{shown(left)}{_SHOWN[sign]}{shown(right)}"
        case Call(name=name, arguments=arguments):
            return f"{name}({', '.join(map(shown, arguments))})"


def _with_unit(node: Node, unit: str) -> Node | None:
    """``(41 - 34) day`` as the difference of two times that it is; None for what is no sum of plain numbers."""
    match node:
        case Number(unit=""):
            return Number(node.typed, unit)
        case Binary(sign="+" | "-"):
            left, right = _with_unit(node.left, unit), _with_unit(node.right, unit)
            return Binary(node.sign, left, right) if left and right else None
    return None


@dataclass(slots=True)
class _Parser:
    tokens: list[Token]
    position: int = 0
    depth: int = 0

    def expression(self) -> Expression:
        if self._peek().kind == "end":
            raise CalculationError("the expression is empty; write one such as '2 * 40 uCi in MBq'")
        body = self._sum()
        target = self._target() if self._accept("in") else ""
        if self._peek().kind != "end":
            raise CalculationError(f"{self._peek().text[:40]!r} is not expected there; check operators and parentheses")
        return Expression(body, target)

    def _target(self) -> str:
        token = self._advance()
        if token.kind != "unit":
            raise CalculationError(f"{token.text[:40] or 'nothing'!r} is no unit to convert to; write e.g. 'in MBq' or 'in day/uCi'")
        if self._peek().text == "/" and self._accept("/"):
            return f"{token.text}/{self._target()}"
        return token.text

    def _sum(self) -> Node:
        node = self._product()
        while (sign := self._accept("+", "-")) is not None:
            node = Binary("+" if sign == "+" else "-", node, self._product())
        return node

    def _product(self) -> Node:
        node = self._signed()
        while (sign := self._accept("*", "/")) is not None:
            node = Binary("*" if sign == "*" else "/", node, self._signed())
        return node

    def _signed(self) -> Node:
        if self._accept("-"):
            return Negative(self._nested(self._signed))
        if self._accept("+"):
            return self._nested(self._signed)
        base = self._primary()
        return Binary("^", base, self._nested(self._signed)) if self._accept("^") else base

    def _primary(self) -> Node:
        token = self._advance()
        if token.kind == "date":
            return Number(token.text, DATE)
        if token.kind == "number":
            return self._number(token.text, self._unit())
        if token.text == "(":
            inner = self._nested(self._sum)
            self._close()
            unit = self._unit()
            meant = _with_unit(inner, unit) if unit else None
            return Group(meant, "") if meant else Group(inner, unit)
        if token.kind == "name" and self._accept("("):
            return self._call(token.text)
        if token.kind == "unit":  # "day 42" is 42 days of a schedule
            timed = token.text in TIME_UNITS and self._peek().kind == "number"
            return self._number(self._advance().text, token.text) if timed else Unit(token.text)
        if token.kind == "name":
            raise CalculationError(f"{token.text[:40]!r} is neither a number, a unit nor a function known here")
        raise CalculationError(f"a number is missing before {token.text!r}" if token.text else "the expression ends too early")

    def _number(self, typed: str, unit: str) -> Number:
        number = Number(typed, unit)
        if number.value > LIMIT:
            raise CalculationError(f"{typed[:40]} is beyond anything administered or measured; check the number")
        return number

    def _unit(self) -> str:
        return self._advance().text if self._peek().kind == "unit" else ""

    def _call(self, name: str) -> Call:
        arguments = [self._nested(self._sum)]
        while self._accept(","):
            arguments.append(self._nested(self._sum))
        self._close()
        return Call(name, tuple(arguments))

    def _close(self) -> None:
        if not self._accept(")"):
            raise CalculationError("a closing parenthesis is missing")

    def _nested(self, rule: Callable[[], Node]) -> Node:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise CalculationError(f"the expression is nested more than {_DEEPEST} deep; simplify it")
        node = rule()
        self.depth -= 1
        return node

    def _peek(self) -> Token:
        return self.tokens[self.position]

    def _advance(self) -> Token:
        token = self.tokens[self.position]
        self.position = min(self.position + 1, len(self.tokens) - 1)
        return token

    def _accept(self, *signs: str) -> str | None:
        token = self._peek()
        return self._advance().text if token.kind == "sign" and token.text in signs else None
