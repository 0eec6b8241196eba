"""Parts of a whole as words tell them: "a quarter", "two thirds"."""

from __future__ import annotations

import re

# The words for one part, by how many of them make the whole.
PARTS = {
    2: ("half", "halves", "halve"),
    3: ("third", "thirds"),
    4: ("quarter", "quarters"),
    5: ("fifth", "fifths"),
    6: ("sixth", "sixths"),
    7: ("seventh", "sevenths"),
    8: ("eighth", "eighths"),
    9: ("ninth", "ninths"),
    10: ("tenth", "tenths"),
    100: ("hundredth", "hundredths"),
}
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9}
WHOLES = {word: whole for whole, words in PARTS.items() for word in words}
"""How many of a part make the whole, by its word."""
# "One third dose" is the third one.
_PART = re.compile(
    rf"\b(?P<count>{'|'.join(_NUMBERS)})[ -](?P<part>{'|'.join(sorted(WHOLES, key=len, reverse=True))})\b"
    r"(?!-li[fv]e)(?!\s(?:li[fv]e|lives|dose|infusion|injection|cycle|cohort|patient|time|year|of a))",
    re.IGNORECASE,
)


def parts(text: str) -> tuple[tuple[int, int], ...]:
    """How many parts of how many, ``(2, 3)`` for "two thirds", in the order in which ``text`` tells them; less than a whole each."""
    found = ((_NUMBERS[match["count"].lower()], WHOLES[match["part"].lower()]) for match in _PART.finditer(text))
    return tuple((count, whole) for count, whole in found if count < whole)
