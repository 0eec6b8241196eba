"""Small numbers that count what a cited text lists: "three countries" of "Portugal, Spain and Australia", "four levels" of four rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.agent.grounding.amounts import Amount
from assistant.agent.grounding.reading import Line, Support, headed
from assistant.agent.grounding.vocabulary import content, listed, stem, stems, table
from assistant.language.designations import ARM_NOUN, SIGN
from assistant.language.tables import RULE

_ITEM = r"(?:[^\s,;:.()|]+\s){0,4}?[^\s,;:.()|]+"
_NAME = r"(?:the\s)?[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)*+"
# Of two things that an "and" joins, few are a list. What a list is of, only a colon right before it tells: the sites in three countries may
# be many, and "the mice were weighed, scanned and fed" lists no mice.
_OF_COLON = re.compile(rf"(?P<head>[\w-]+):\s(?P<items>(?:{_ITEM},\s)+{_ITEM}),?\s(?:and|or)\s(?P<last>{_ITEM})(?=[.;]|$)")
_OF_NAMES = re.compile(rf"(?P<items>(?:{_ITEM},\s)+{_ITEM}),?\s(?:and|or)\s(?P<last>{_NAME})(?!,?\s(?:and|or|as)\b)")
_LABELLED = re.compile(
    rf"\b(?P<head>{ARM_NOUN})s?\s(?P<codes>{SIGN}(?:,\s{SIGN})*,?\s(?:and|or|versus|vs\.?)\s{SIGN})\b(?!,?\s(?:and|or)\b)", re.IGNORECASE
)
_AND = re.compile(r"\b(?:and|or)\b")
_FEWEST, _MOST = 2, 10


def counts_listed(amount: Amount, said: str, support: Support) -> bool:
    """Whether ``amount`` is how many of what it counts a cited sentence that speaks of the same lists, or a cited table has in rows.

    Animals and people are not counted so: what is listed of them are their traits.
    """
    if amount.unit or amount.kind not in ("number", "word") or not amount.nouns or not _FEWEST <= amount.value <= _MOST:
        return False
    if amount.nouns & (
        stems(table("meaning")["subjects"]) | stems(table("meaning")["any_person"]) | stems(table("meaning")["any_subject"])
    ):
        return amount.value in set(_rows(amount, support.lines))
    words = content(said) - amount.nouns
    sizes = {size for line in support.lines if line.words & words for head, size in _lists(line.text) if head in amount.nouns}
    return amount.value in sizes or amount.value in set(_rows(amount, support.lines))


@lru_cache(maxsize=2048)
def _lists(text: str) -> tuple[tuple[str, int], ...]:
    """The stem of what each list in ``text`` is of, and how many items it has."""
    found = [(match["head"], len(re.findall(SIGN, match["codes"]))) for match in _LABELLED.finditer(text)]
    found += [
        (match["head"], len(_items(match))) for match in _OF_COLON.finditer(text) if not _AND.search(f"{match['items']} {match['last']}")
    ]
    for match in _OF_NAMES.finditer(text):
        items = [item for item in _items(match) if content(item)]  # "However, Portugal, Spain and Australia"
        if all(item.split()[-1].lower() in listed("meaning", "countries") for item in items):
            found.append(("country", len(items)))
    return tuple((stem(head.lower()), size) for head, size in found)


def _items(match: re.Match[str]) -> list[str]:
    return [*match["items"].split(", "), match["last"]]


def _rows(amount: Amount, lines: Sequence[Line]) -> Iterator[int]:
    """The number of rows below each heading of the cited tables that names what ``amount`` counts in its first column."""
    rows = [line for line in lines if line.is_row and not RULE.fullmatch(line.text)]
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
                yield size
