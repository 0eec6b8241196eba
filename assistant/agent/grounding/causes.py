"""Of what something came: a cause in the place of the one that the cited text gives for the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from assistant.agent.grounding.copies import kindred
from assistant.agent.grounding.ground import Ground
from assistant.agent.grounding.vocabulary import content, reason, stemmed, stems, table
from assistant.agent.grounding.wording import is_negative

# Behind which the cause stands, and before which it does.
_BEHIND = re.compile(
    r"\b(?:because(?: of)?|due to(?! (?:be|begin|start|open|end|report|run|enter|enrol))|owing to|thanks to|caused by"
    r"|attribut(?:ed|able|es|e)\b[^,;.]{0,40}?\bto|result(?:s|ed|ing) from|stem(?:s|med) from|c[ao]mes? from|driven by|explained by"
    r"|on account of|for want of|for lack of|since(?! (?:\d|the (?:start|last|first)|then|\w+ \d))|as a result of|after(?= a\b)"
    r"|blam\w+(?: it)? on|put (?:it |this )?down (?:mainly )?to|rests? on|lies? in|traced? (?:back )?to"
    r"|reason for [^,;.]{2,40}? (?:was|is|were)(?: that)?|so that|in order to"
    r"|to (?=protect|relieve|avoid|prevent|spare|reduce|limit|keep))\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"\b(?:led to|leads to|caused(?! by)|causes|responsible for|brought about|triggered|resulted in|results in"
    r"|explains?(?= (?:why|the|this|how))|(?:was|were) the (?:main |root |most common |only )?(?:cause of|reason for)|is why"
    r"|so\b(?!\s(?:far|that|\w+ that)))\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[;.]\s|\.$")
# Where the cause ends that stands behind.
_ENDS = re.compile(r",\s|\bbut\b|\band\b(?=\s\w+\s(?:was|were|is|are|has|had))")
# An effect is the same where this part of its words is, and so many of them at least where another sentence has it with the cause.
_SAME, _FEWEST = 0.5, 2


class _Told(NamedTuple):
    """What came of something, by the stems of its words, and of what, by these and as written."""

    effect: frozenset[str]
    cause: frozenset[str]
    written: str


def otherwise_caused(claimed: str, ground: Ground) -> str | None:
    """A cause that has no word in common with the one that a cited sentence gives for the same, and stands beside it in no other."""
    if is_negative(claimed):
        return None
    lines = [line for line in dict.fromkeys((*ground.best, *ground.near, *ground.lines)) if not line.is_row]
    known = [(told, line) for line in lines for told in _told(line.reading) if told.cause]
    for own in _told(claimed):
        if not own.cause or not own.effect or any(_of_one(own.written, told.written) for told, _ in known):
            continue
        same = max(1.0, _SAME * len(own.effect))
        enough = max(min(_FEWEST, len(own.effect)), same)
        beside = any(len(own.effect & line.words) >= enough and own.cause <= line.words for line in lines)
        if not beside and any(len(own.effect & told.effect) >= same for told, _ in known):
            return reason("cause", name=own.written.strip()[:60])
    return None


@lru_cache(maxsize=2048)  # the same sentences are cited again
def _told(text: str) -> tuple[_Told, ...]:
    """What ``text`` tells to have come of what."""
    return tuple(_Told(_words(effect), _words(cause), cause) for clause in _CLAUSE.split(text) for effect, cause in _parted(clause))


def _parted(clause: str) -> Iterator[tuple[str, str]]:
    if found := _BEHIND.search(clause):
        behind = clause[found.end() :].strip()
        cause = _ENDS.split(behind, maxsplit=1)[0]
        effect = f"{clause[: found.start()]} {found.group()}" if found.group().lower().startswith("reason") else clause[: found.start()]
        yield effect if effect.strip() else behind[len(cause) :], cause
    if found := _BEFORE.search(clause):
        yield clause[found.end() :], clause[: found.start()]


def _words(text: str) -> frozenset[str]:
    words = content(text) - stems(table("words")["frame"]) - stems(table("words")["numbers"])
    return frozenset(word for word in words if not any(character.isdigit() for character in word))


def _of_one(cause: str, other: str) -> bool:
    """Whether two causes have a word in common, in whatever form or by a synonym."""
    numbers = stems(table("words")["numbers"])
    ours, theirs = stemmed(cause), stemmed(other)
    one, two = content(cause) - numbers, content(other) - numbers
    return bool(one & two) or any(kindred(ours.get(a, a), theirs.get(b, b)) for a in one for b in two)
