"""The traits of an arm as a text mentions them: an activity, a number of doses, days, animals, a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypedDict, Unpack

from assistant.language.figures import figures
from assistant.studies.extraction.mentions import Clause
from assistant.studies.facts import Activity

Attribute = Literal["activity", "doses", "days", "n", "control", "group", "drug", "compound", "schedule", "model"]
_WORDS = {"thrice": 3, "single": 1, "a single": 1, "double": 2, "triple": 3, "once": 1, "twice": 2}


@dataclass(frozen=True, slots=True)
class Trait:
    """One attribute of an arm as it is mentioned. ``text`` is the wording; the field that ``kind`` names holds the value."""

    kind: Attribute
    start: int
    end: int
    text: str
    number: int = 0
    activity: Activity | None = None
    days: tuple[int, ...] = ()
    name: str = ""
    each: bool = False
    source: tuple[int, int] | None = None

    @property
    def place(self) -> tuple[int, int]:
        """Where the value was read: elsewhere than the mention where that only refers to it ("the same dose")."""
        return self.source or (self.start, self.end)


class Values(TypedDict, total=False):
    """The fields of a trait beside its place and its wording."""

    number: int
    activity: Activity | None
    days: tuple[int, ...]
    name: str
    each: bool
    source: tuple[int, int] | None


def trait(clause: Clause, kind: Attribute, start: int, end: int, **values: Unpack[Values]) -> Trait:
    """The trait of a kind that stands at ``start``:``end``; ``values`` are its other fields."""
    return Trait(kind, start, end, clause.page.raw[start:end], **values)


def number(word: str) -> int | None:
    """A count written as a numeral or a word; None for any other word."""
    word = " ".join(word.casefold().split())
    if word.startswith("a total of "):
        word = word.removeprefix("a total of ")
    if word in _WORDS:
        return _WORDS[word]
    read = figures(word)
    if len(read) == 1 and not read[0].unit and read[0].end - read[0].start == len(word) and read[0].value == int(read[0].value):
        return int(read[0].value)
    return None
