"""How a sentence is worded: what it asserts, what it says is lacking, its clauses, negation and direction."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.agent.grounding.amounts import amounts
from assistant.agent.grounding.vocabulary import has, listed, pattern, stem, stems, table, tokens

CONTRAST = re.compile(
    r",\s+(?:and |but )?not\s+(?:in |by |for |with |from |of |to |on |a |an |the )*[^,.;:()]{1,40}(?=[,.;:)]|$)", re.IGNORECASE
)
_CLAUSE = re.compile(
    r"[;:()\"\u201c\u201d]|,\s(?:and|but)\s(?:it|they|the|that|this|its)\b|\b(?:but|while|whereas|although|however|which|and it is)\b"
    r"|\band\b(?=\s(?:may|might|could|can|is|was|has|will|would|did)\b)",
    re.IGNORECASE,
)
_VERDICT = re.compile(r"^\W*(?:yes|no)\s*[:,;.\u2013\u2014-]\s+", re.IGNORECASE)
LACK = re.compile(
    r"\b(?:no|without|neither|nor|lacks?|lacked|lacking)\s+((?:(?!(?:in|for|of|to|on|at|was|were|is|are|has|had|and|or)\b)[\w-]+\s?){1,3})",
    re.IGNORECASE,
)
_NOT_NEGATING = re.compile(r"\b(?:not only|no (?:more|less|fewer|later|earlier|sooner) than|not (?:just|merely))\b", re.IGNORECASE)


@lru_cache(maxsize=1024)
def asserted(said: str) -> str:
    """``said`` without what it says the sources lack, and without what it says something is not ("PC3, not Capan-1")."""
    said = CONTRAST.sub("", _VERDICT.sub("", said))
    return " ".join(clause for clause in turns(said) if not pattern("draft", "absence", anchored=False).search(clause))


def turns(said: str) -> list[str]:
    """The clauses of ``said`` that a contrast or an "and" sets apart."""
    turning = "|".join(rf"\b{re.escape(word)}\b" if word[0].isalpha() else re.escape(word) for word in table("draft")["turns"])
    return [clause for clause in re.split(rf"(?:{turning}|,\s+and\s)", said, flags=re.IGNORECASE) if clause.strip()]


def clauses(text: str) -> list[str]:
    """The clauses of ``text`` that may differ in negation and certainty."""
    return [clause for clause in _CLAUSE.split(text) if clause.strip()]


def without_lack(text: str) -> str:
    """``text`` without the nouns that "no" and "without" deny."""
    return LACK.sub(" ", text)


def lacks(clause: str) -> list[str]:
    """What a clause says the sources lack, or that there was none of."""
    absent = pattern("draft", "absence", anchored=False).search(clause)
    return [clause[absent.end() :]] if absent else [match[1] for match in LACK.finditer(_NOT_NEGATING.sub("", clause))]


def is_negative(text: str) -> bool:
    """Whether a negation stands in ``text``; "not only" and "no more than" are none."""
    return has(tokens(_NOT_NEGATING.sub(" ", text)), listed("meaning", "negations"))


def way(said: str) -> int:
    """1 where words of increase stand in ``said``, -1 for words of decrease, 0 for both or neither.

    "More than 80" and the like bound a figure and are no such words.
    """
    for amount in reversed(amounts(said)):
        if amount.qualifier and amount.kind == "number":
            said = re.sub(r"(?:\bno )?\b(?:more|less|fewer|greater) than\s*$|\bat (?:least|most)\s*$|\b(?:above|below|over|under)\s*$", "",
                          said[: amount.start], flags=re.IGNORECASE) + said[amount.start :]  # fmt: skip
    words = [stem(token) for token in tokens(said)]
    up, down = has(words, stems(table("meaning")["up"])), has(words, stems(table("meaning")["down"]))
    return int(up) - int(down)
