"""What is said to be the same, where the cited sentences that speak of it have one more than another."""

from __future__ import annotations

import re

from assistant.agent.grounding.amounts import amounts
from assistant.agent.grounding.ground import Ground
from assistant.agent.grounding.vocabulary import content, reason, stems, table
from assistant.agent.grounding.wording import is_negative, way

_SAME = r"(?:the same|an? (?:equal|identical|comparable|similar)|equal|identical|comparable|similar)"
# "Roughly the same disease burden": of what, in up to four words
_EQUAL = re.compile(rf"\b{_SAME}\s(?P<what>(?:(?!as\b|in\b|for\b|to\b|with\b)[\w-]+\s?){{1,4}})", re.IGNORECASE)
# "Tumour burden at the start was the same in all arms"
_WAS_EQUAL = re.compile(
    r"(?P<what>[^,;.]{3,60}?)\s(?:was|were|is|are)\s(?:about\s|roughly\s|much\s|nearly\s)?"
    r"(?:the same|equal|identical|alike|similar|comparable)(?=\s(?:in|for|between|among|across|with|to)\b|\W*$)",
    re.IGNORECASE,
)
_ANY_EQUAL = re.compile(rf"\b(?:{_SAME}|same|equally|each|both|all|respectively|unchanged|likewise)\b", re.IGNORECASE)
_THAN = re.compile(r"\bthan\b", re.IGNORECASE)


def unequal(claimed: str, ground: Ground) -> str | None:
    """ "The same disease burden" where a cited sentence has twice the burden, or a higher one than another, and none has it the same."""
    found_all = (*_EQUAL.finditer(claimed), *_WAS_EQUAL.finditer(claimed)) if not is_negative(claimed) else ()
    for found in found_all:
        words = content(found["what"]) - stems(table("words")["frame"]) - stems("dose arm study")
        telling = [line for line in ground.lines if words and words <= line.words]
        differing = [line for line in telling if _differs(line.reading)]
        if differing and not any(_ANY_EQUAL.search(line.reading) for line in telling):
            return reason("word", name=found.group().strip())
    return None


def _differs(reading: str) -> bool:
    multiple = any(amount.kind == "word" and amount.unit == "ratio" and amount.value != 1 for amount in amounts(reading))
    return multiple or (_THAN.search(reading) is not None and way(reading) != 0)
