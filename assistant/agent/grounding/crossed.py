"""Things that the cited text never has in one sentence, each with another of the other's sort: rats with the cells that the mice got."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import combinations

from assistant.agent.grounding.codes import codes
from assistant.agent.grounding.ground import Ground
from assistant.agent.grounding.vocabulary import content, reason, stem, stems, table
from assistant.language.conjunctions import CONTRASTING
from assistant.language.figures import MONTH, MONTHS
from assistant.language.names import nuclides

# A sort and what is of it, of which a thing is one only.
Thing = tuple[str, str]

_CUT = re.compile(rf";|,\s(?:and\s)?|\band\b|{CONTRASTING}", re.IGNORECASE)
_NUMBERED = re.compile(r"\b(?i:(group|arm|cohort|phase|stage|grade|cycle|visit|level|batch|lot|patient|day))\s([A-Z0-9][\w-]{0,6})\b")
# "Q1 2027", "phase1", "day42", "cohort2": no names, or numbered things already
_NO_NAME = re.compile(r"[qh][1-4]|(?:phase|day|ph|p|group|arm|cohort|stage|grade|cycle|visit|level|batch|lot|patient)\w*")


def crossed(claimed: str, ground: Ground) -> str | None:
    """Two things of one clause that no cited sentence has together.

    Each sentence that has the one has another of the other's sort, and some sentence that has the other another of the one's.
    """
    told = [things(line.reading) for line in dict.fromkeys((*ground.best, *ground.near, *ground.lines))]
    for clause in _CUT.split(claimed):
        for pair in combinations(sorted(things(clause)), 2):
            if pair[0][0] == pair[1][0] or any(set(pair) <= known for known in told):
                continue
            for one, other in (pair, pair[::-1]):
                ones, others = ([known for known in told if thing in known] for thing in (one, other))
                if ones and others and all(has_rival(other, known) for known in ones) and any(has_rival(one, known) for known in others):
                    return reason("rival", name=one[1], other=other[1])
    return None


def has_rival(thing: Thing, known: frozenset[Thing]) -> bool:
    """Whether ``known`` has another of the sort of ``thing``."""
    return any(sort == thing[0] and name != thing[1] for sort, name in known)


@lru_cache(maxsize=4096)  # the same sentences are cited again
def things(text: str) -> frozenset[Thing]:
    """What ``text`` names of which there is one of a sort: species, organs, codes, radionuclides, months, numbered things."""
    return frozenset(_named(text))


def _named(text: str) -> Iterator[Thing]:
    labels = {mention.name.replace("-", "").lower() for mention in nuclides(text)}
    for label in labels:
        yield "nuclide", label
    for code in codes(text):
        if not any(label in code for label in labels) and not _NO_NAME.fullmatch(code):
            yield "code", code
    for word in content(text):
        if word in _sorts():
            yield _sorts()[word]
    for noun, sign in _NUMBERED.findall(text):
        yield noun.lower(), sign.lower()
    for name in re.findall(rf"\b({MONTH})\b", text):
        if name[0].isupper():
            yield "month", str(MONTHS[name.lower()])


def sort_of(word: str) -> str:
    """The sort of what ``word`` names, which must be of one."""
    return _sorts()[stem(word)][0]


@cache
def _sorts() -> Mapping[str, Thing]:
    """The species and the things that exclude one another, by their stems."""
    found = {one: ("species", sort) for sort, words in table("meaning")["species"].items() for one in stems(words)}
    for number, sort in enumerate(table("meaning")["rivals"]):
        for line in sort:
            for one in stems(line):
                found.setdefault(one, (f"rivals {number}", line.split()[0]))
    return found
