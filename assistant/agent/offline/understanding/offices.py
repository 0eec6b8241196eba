"""What people are in a company or a trial: the offices that a text names, by the table in prompts/questions.toml."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from assistant.language.kept import kept_for_passages
from assistant.resources import prompt_table

WHO_THE = r"\W*(?i:who(?:\s?['’]?s|\s+(?:is|was|are|were)))\s+(?i:the|your|their|our|its)\s+"
"""How a question begins that asks who is something, as a part of a regular expression without groups."""


@kept_for_passages
def chiefs_in(text: str) -> frozenset[str]:
    """The chief officers that a text names: ``{"cfo"}`` of "CFO" and "chief financial officer"."""
    return _named(_table("chiefs"), text)


def offices_in(text: str) -> frozenset[str]:
    """The offices that a text names, chief officers among them."""
    return _named({**_table("chiefs"), **_table("others")}, text)


def names_role(text: str) -> bool:
    """Whether a text has a word for what somebody is, be it an office or "professor" or "contact"."""
    return _roles().search(text) is not None


def office_pattern() -> str:
    """The offices as questions name them, as a regular expression."""
    return "|".join([*_spellings(), *prompt_table("questions.toml")["offices"]["called"]])


def _named(offices: Mapping[str, str], text: str) -> frozenset[str]:
    return frozenset(office for office, spelling in offices.items() if re.search(rf"\b(?:{spelling})\b", text, re.IGNORECASE))


@cache
def _roles() -> re.Pattern[str]:
    beside: list[str] = prompt_table("questions.toml")["offices"]["beside"]
    return re.compile(rf"\b(?:{'|'.join([*_spellings(), *beside])})\b", re.IGNORECASE)


def _spellings() -> Iterable[str]:
    return [*_table("chiefs").values(), *_table("others").values()]


def _table(name: str) -> Mapping[str, str]:
    table: Mapping[str, str] = prompt_table("questions.toml")["offices"][name]
    return table
