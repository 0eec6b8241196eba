"""Letters and numbers by which documents call their arms: "group E", "Arm II", "cohorts 2 and 3", "A, formulation buffer"."""

from __future__ import annotations

import re

ARM_NOUN = "(?:group|arm|cohort|level|part)"
"""The nouns that a letter or number is said of, as a pattern."""
SIGN = r"(?:VI{1,3}|I{2,3}|I[VX]|[A-Z]\d{0,2}|\d{1,2})"
"""One such letter, number or Roman numeral, as a pattern of capitals; a word boundary has to follow."""
_LABEL = re.compile(
    rf"(?:(?:the\s+)?(?:dose\s+)?{ARM_NOUN}\s+)?(?P<sign>{SIGN})(?=$|[,:;(]|\s[-–(])|(?:.*\()?{ARM_NOUN}\s+(?P<named>{SIGN})\b",
    re.IGNORECASE,
)


def sign_of(label: str) -> str | None:
    """What a label consists of or begins with, in lower case: ``a`` of "A, buffer", ``2`` of "Cohort 2", ``ii`` of "saline (arm II)"."""
    match = _LABEL.match(label.strip())
    return (match["sign"] or match["named"]).casefold() if match else None
