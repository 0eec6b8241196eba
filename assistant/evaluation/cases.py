"""Questions with checks: one JSON object a line, read strictly and reported by line where one is malformed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Protocol, Self, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, field_validator, model_validator

from assistant.errors import UsageError
from assistant.values import Status


class Expected(BaseModel):
    """A result that some calculation of the answer has to have: within ``tol`` of ``value``, in ``unit`` (ASCII) or, without, in any."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: float
    unit: str | None = None
    tol: float


def _statuses(given: object) -> object:
    """One status or a list of them; ``clarify`` is short for ``needs_clarification``."""
    listed = given if isinstance(given, list) else [given]
    return tuple("needs_clarification" if status == "clarify" else status for status in listed)


class Case(BaseModel):
    """What is asked and what the last answer is checked for; an absent check checks nothing.

    ``turns`` are asked in one conversation. ``documents`` are the files that the library holds for this case, none meaning the
    packaged ones. Of every group in ``must`` one expression matches the text (re.search, re.I), of ``must_not`` none does.
    Each ``quote`` occurs, white space aside, in a citation's quote or passage.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    kind: str
    turns: tuple[str, ...]
    documents: tuple[str, ...] = ()
    status: Annotated[tuple[Status, ...], BeforeValidator(_statuses)] = ()
    must: tuple[tuple[str, ...], ...] = ()
    must_not: tuple[str, ...] = ()
    quote: tuple[str, ...] = ()
    calc: tuple[Expected, ...] = ()
    why: str = ""

    @model_validator(mode="before")
    @classmethod
    def _one_question_is_one_turn(cls, given: object) -> object:
        if isinstance(given, dict) and "question" in given:
            if "turns" in given:
                raise ValueError("has both a question and turns")
            return {**{key: value for key, value in given.items() if key != "question"}, "turns": [given["question"]]}
        return given

    @field_validator("turns")
    @classmethod
    def _asks_something(cls, turns: tuple[str, ...]) -> tuple[str, ...]:
        if not turns:
            raise ValueError("asks nothing")
        return turns

    @field_validator("must", "must_not")
    @classmethod
    def _are_expressions(cls, given: tuple[str | tuple[str, ...], ...]) -> tuple[str | tuple[str, ...], ...]:
        for entry in given:
            for pattern in (entry,) if isinstance(entry, str) else entry:
                try:
                    re.compile(pattern)
                except re.error as error:
                    raise ValueError(f"{pattern!r} is no regular expression: {error}") from error
        return given


class _Identified(Protocol):
    @property
    def id(self) -> str: ...

    @classmethod
    def model_validate_json(cls, json_data: str) -> Self: ...


Record = TypeVar("Record", bound=_Identified)


def read_cases(path: Path) -> tuple[Case, ...]:
    """The cases of a JSON-lines file, blank lines aside. Raises UsageError, naming file and line, for all that is no case."""
    return read_records(path, Case)


def read_records(path: Path, model: type[Record]) -> tuple[Record, ...]:
    """Like ``read_cases``, for JSON objects of the pydantic ``model``, which are identified by their ``id``."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise UsageError(f"the cases in {path} cannot be read: {reason}") from error
    cases = tuple(_records(path, text, model))
    if not cases:
        raise UsageError(f"{path} holds no case; write one JSON object a line")
    return cases


def _records(path: Path, text: str, model: type[Record]) -> Iterator[Record]:
    seen: set[str] = set()
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            case = model.model_validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"]))
            raise UsageError(f"{path} line {number} is no case: {where + ': ' if where else ''}{first['msg']}") from None
        if case.id in seen:
            raise UsageError(f"{path} line {number}: a case {case.id!r} stands there already; give each its own id")
        seen.add(case.id)
        yield case
