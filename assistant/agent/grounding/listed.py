"""Small numbers that count what a cited text lists: "three countries" of "Portugal, Spain and Australia", "four levels" of four rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.agent.grounding.amounts import Amount
from assistant.agent.grounding.reading import Line, Support, headed
from assistant.agent.grounding.vocabulary import content, stem, stems, table
from assistant.language.designations import ARM_NOUN, SIGN

_ITEM = r"(?:[^\s,;:.()|]+\s){0,4}?[^\s,;:.()|]+"
# Of two things that an "and" joins, few are a list.
_LIST = re.compile(rf"(?:{_ITEM},\s)+{_ITEM},?\s(?:and|or)\s(?=\S)")
_LABELLED = re.compile(rf"\b(?:{ARM_NOUN})s?\s(?P<codes>{SIGN}(?:,\s{SIGN})*,?\s(?:and|or|versus|vs\.?)\s{SIGN})\b", re.IGNORECASE)
_FEWEST, _MOST = 2, 10


def counts_listed(amount: Amount, said: str, support: Support) -> bool:
    """Whether ``amount`` is how many things a cited sentence that speaks of the same lists, or how many rows a cited table has of them."""
    if amount.unit or amount.kind not in ("number", "word") or not amount.nouns or not _FEWEST <= amount.value <= _MOST:
        return False
    words = content(said) - amount.nouns
    lines = [line for line in support.lines if line.words & words]
    return amount.value in {size for line in lines for size in _sizes(line.text)} or amount.value in set(_rows(amount, support.lines))


@lru_cache(maxsize=2048)
def _sizes(text: str) -> tuple[int, ...]:
    """How many items each list in ``text`` has."""
    found = [len(re.findall(SIGN, match["codes"])) for match in _LABELLED.finditer(text)]
    return (
        *found,
        *(
            match.group().count(", ") + 2 - match.group().rstrip().removesuffix("and").removesuffix("or").rstrip().endswith(",")
            for match in _LIST.finditer(text)
        ),
    )


def _rows(amount: Amount, lines: Sequence[Line]) -> Iterator[int]:
    """The number of rows below each heading of the cited tables that names what ``amount`` counts in its first column."""
    rows = [line for line in lines if line.is_row]
    arms = stems(table("meaning")["counted_arms"]) | {stem("level")}
    for passage in dict.fromkeys(line.passage for line in rows):
        heads = headed(passage)
        below: dict[int, int] = {}
        for line in rows:
            if line.passage == passage and heads.get(line.block, line.block) != line.block:
                below[heads[line.block]] = below.get(heads[line.block], 0) + 1
        for head, size in below.items():
            first = next((line.text.strip(" |").partition("|")[0] for line in rows if line.block == head and line.passage == passage), "")
            if amount.nouns & (content(first) | (arms if content(first) & arms else frozenset())):
                yield from (size, size - 1)  # the row of rules may be one
