"""Who did what: a name at the head of a clause where the cited clause that says the rest is headed by another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from assistant.agent.grounding.ground import Ground
from assistant.agent.grounding.reading import NEARLY_ALL
from assistant.agent.grounding.vocabulary import content, listed, reason, table, tokens
from assistant.language.conjunctions import CONTRASTING

_CUT = re.compile(
    rf"[;\n]|,\s(?:and\s)?|\.\s|\sand\s(?=(?-i:(?:Dr\.?\s|Prof(?:\.|essor)\s)?[A-Z][a-z]+\s[A-Z][a-z]+))|{CONTRASTING}", re.IGNORECASE
)
_NAME = r"[A-Z][a-z][\w'’-]+"
# "Dr. Ada Birch wrote", "The Harrow Fund paid", "- Birch: write the report"; of what is only told, people.py asks from whose mouth it is.
_HEAD = re.compile(
    rf"[\s*•–-]*(?:[Tt]he\s)?(?:(?:Dr|Prof|Mr|Mrs|Ms)\.?\s)?(?P<name>{_NAME}(?:\s{_NAME})*)"
    r"(?:(?P<label>:)(?=\s)|(?=\s(?!report|said|says|stat|not[ei]|describ|explain|add)[a-z]|\s\())"
)
# Of one word it may be half a name, "Food and Drug Administration".
_PERSON = rf"(?:(?:Dr|Prof|Professor|Mr|Mrs|Ms)\.?\s)?{_NAME}(?:\s{_NAME})+"
_DOERS = re.compile(rf"[\s*•–-]*(?:[Tt]he\s)?{_PERSON}(?:,\s{_PERSON})*,?\sand\s(?={_NAME})")
# A cited clause says the rest where it has this share of the words of the clause, and so many at least.
_SAME, _FEWEST = 0.5, 2


class _Headed(NamedTuple):
    """A clause: the words of the name at its head, in small letters, the stems of the rest, and whether a colon stands between."""

    head: frozenset[str]
    rest: frozenset[str]
    label: bool


def mistaken(claimed: str, ground: Ground) -> str | None:
    """A name that is said to do what a cited clause has another name do, while it heads a clause of something else."""
    known = [headed for line in ground.lines for headed in _headed(line.text)]
    heads = frozenset().union(*(headed.head for headed in known))
    written = frozenset(tokens(claimed))
    for own in _headed(claimed):
        wrong = own.head & heads and _of_another(own, known, own.head)
        full = len(own.head) > 1 and not own.head & heads  # "Ada Birch", who heads no cited clause
        if wrong or (full and _of_another(own, known, own.head, NEARLY_ALL)):
            return reason("doer", name=" ".join(sorted(own.head)).title())
    labels = frozenset().union(*(headed.head for headed in known if headed.label)) & written
    whole = _Headed(labels, content(claimed), label=True)
    if labels and _of_another(whole, [headed for headed in known if headed.label], written):
        return reason("doer", name=" ".join(sorted(labels)).title())
    return None


def _of_another(own: _Headed, known: list[_Headed], named: frozenset[str], share: float = _SAME) -> bool:
    """Whether the one cited clause that says the most of the same is headed by a name that is not among ``named``."""
    shares = [len(own.rest & headed.rest) for headed in known]
    most = max(shares, default=0)
    if most < max(_FEWEST, share * len(own.rest)) or shares.count(most) > 1:
        return False
    told = known[shares.index(most)]
    return not told.head & named and not (share > _SAME and content(" ".join(named)) & told.rest)


@lru_cache(maxsize=2048)  # the same sentences are cited again
def _headed(text: str) -> tuple[_Headed, ...]:
    """The clauses of ``text`` that begin with a name."""
    found = []
    for clause in _clauses(text):
        match = _HEAD.match(clause)
        if match and not frozenset(tokens(match["name"])) <= _no_names():
            found.append(_Headed(frozenset(tokens(match["name"])), content(clause[match.end() :]), bool(match["label"])))
    return tuple(found)


def _clauses(text: str) -> Iterator[str]:
    """The clauses of ``text``; names before a verb, "Ada Birch and Joe Doe wrote", cut none."""
    start = 0
    for cut in _CUT.finditer(text):
        together = _DOERS.match(text, start)
        if cut.start() >= start and not (together and cut.start() < together.end()):
            yield text[start : cut.start()]
            start = cut.end()
    yield text[start:]


@cache
def _no_names() -> frozenset[str]:
    """Words that a capital makes no name of, for they often begin a sentence."""
    themselves = listed("meaning", "themselves")
    return (
        themselves
        | listed("words", "stop")
        | listed("words", "frame")
        | listed("meaning", "subjects")
        | frozenset(table("meaning")["statistics"])
    )
