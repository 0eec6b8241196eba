"""A name, species, organ or month where the one sentence that says the rest has another of its sort, and another sentence has it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from assistant.agent.grounding.crossed import Thing, has_rival, sort_of, things
from assistant.agent.grounding.ground import Ground
from assistant.agent.grounding.names import capitalised
from assistant.agent.grounding.people import speaks
from assistant.agent.grounding.reading import Line, saying_most
from assistant.agent.grounding.vocabulary import content, listed, reason, stem, stems, table
from assistant.language.conjunctions import NEXT_CLAUSE

_CAPITAL = re.compile(r"\b[A-Z][a-z]{2,}[\w'’-]*")
_NAME = "name"
# A human tumour may grow in a mouse.
_HUMAN = ("species", "human")
# Codes and numbered things are told by rooms of their own.
_SORTS = frozenset(["species", "nuclide", "month", _NAME])
# A sentence says the rest of a clause where it has this share of its words, and so many at least.
_SAME, _FEWEST = 0.5, 2


def displaced(claimed: str, ground: Ground) -> str | None:
    """A thing of a clause that the one cited sentence with the rest has no place for, while it has another of its sort."""
    lines = [line for line in dict.fromkeys(ground.lines) if not line.is_row]
    named = _all(claimed)
    for clause in NEXT_CLAUSE.split(claimed):
        own = _all(clause)
        line = _saying(clause, own, lines)
        if line is None:
            continue
        there, around = _all(line.text), _around(line, lines)
        elsewhere = [other for other in lines if other is not line]
        for thing in sorted(own):
            # Of end points ranked.py and binding.py ask; "overall" alone is none.
            if (not thing[0].startswith("rivals") and thing[0] not in _SORTS) or thing[0] == sort_of("progression"):
                continue
            known = thing in there | around or stem(thing[1]) in ground.subject or thing[1] in line.text.casefold()
            if not known and has_rival(thing, there - named) and any(thing in _all(other.text) for other in elsewhere):
                return reason("rival", name=thing[1], other=next(other for sort, other in sorted(there - named) if sort == thing[0]))
    return None


def _saying(clause: str, own: frozenset[Thing], lines: Sequence[Line]) -> Line | None:
    """The one sentence that has most of what ``clause`` says beside its things; None where none or several have enough."""
    without = frozenset().union(*(content(name) for _, name in own)) | stems(table("words")["frame"])
    words = frozenset(word for word in content(clause) - without if not any(character.isdigit() for character in word))
    most, found = saying_most(words, lines)
    return found[0] if most >= max(_FEWEST, _SAME * len(words)) and len(found) == 1 else None


def _around(line: Line, lines: Sequence[Line]) -> frozenset[Thing]:
    """The things of the sentence right before and of the first of the paragraph, of which ``line`` may go on to tell."""
    before = [other for other in lines if (other.passage, other.block) == (line.passage, line.block) and other.end <= line.start]
    return frozenset().union(*(_all(other.text) for other in (*before[:1], *before[-1:])))


@lru_cache(maxsize=4096)  # the same sentences are cited again
def _all(text: str) -> frozenset[Thing]:
    named = things(text) | frozenset((_NAME, name) for name in _names(text))
    return named - {_HUMAN}


def _names(text: str) -> Iterator[str]:
    """Words with a capital, in small letters, where no sentence starts; whoever says something is another room's."""
    for name in capitalised(text):
        word = name.casefold()
        if _CAPITAL.fullmatch(name) and word not in listed("meaning", "months") | {"phase", "ing"} and not speaks(name, text):
            yield re.sub(r"['’]s?$", "", word)
