"""What is set against what: "A instead of B", "more in A than in B", where the cited text has it the other way round."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.agent.grounding.copies import kindred
from assistant.agent.grounding.ground import Ground
from assistant.agent.grounding.vocabulary import listed, reason, stem, tokens
from assistant.agent.grounding.wording import is_negative, way

_AGAINST = re.compile(r"\b(?:instead of|rather than|in place of|in lieu of|as opposed to)\b|(?:,\s|\band\s|\bbut\s)not\b", re.IGNORECASE)
# "It's not the chemistry, it's the alpha"
_NOT_BUT = re.compile(
    r"(?:\b(?:is|was|are|were)(?:n['’]t|\snot)|(?<=it)['’]s\snot)\s(?P<out>[^,;.]{2,60}),\s(?:but\s)?(?:it(?:['’]s| is| was)\s)?"
    r"(?P<chosen>[^,;.]{2,60})",
    re.IGNORECASE,
)
_NO_COMPARATIVE = (
    "after|other|under|over|whether|either|neither|rather|together|cancer|further|number|later|earlier|order|never|however|water|power"
    "|another|center|carrier|linker|former|latter|buffer|marker|supplier|partner|member|user|paper|layer|tumor|dimer|monomer|polymer"
    "|letter|matter|per|ever"
)
_THAN = re.compile(rf"\b(?P<word>more|less|fewer|(?!(?:{_NO_COMPARATIVE})\b)[a-z]{{3,}}er)\b(?:\s[\w-]+){{0,9}}?\sthan\b", re.IGNORECASE)
_COMPARED_WITH = re.compile(
    r"\b(?:compared (?:with|to)|relative to|versus|against|unlike)\s(?P<other>[^,;.]{2,50}),\s(?P<one>[^,;.]{2,60}?)\s"
    r"(?P<word>more|less|fewer|[a-z]{3,}er)\b",
    re.IGNORECASE,
)
_MORE_OF = re.compile(r"\bthe\s(?:more|less|most|least)\s(?P<word>[a-z]{4,})\s(?:\w+\s)?of\s(?:the|these|those|all|both)\b", re.IGNORECASE)
_BEGINS = re.compile(r"[,;:()]\s|\b(?:because|that|but|and)\b")
_ENDS = re.compile(r"[,;:().]|\b(?:because|although)\b")
_COMPARED_ENDS = re.compile(r"[,;:().]|\b(?:and|because|although)\b")
# So many words before and behind say what is set against what.
_BEFORE, _BEHIND = 7, 6
_SIGNS = {"more": 1, "less": -1, "fewer": -1}
_SURE = 2

Sides = tuple[frozenset[str], frozenset[str]]


def chosen(said: str, ground: Ground) -> str | None:
    """What is preferred where the cited text sets it aside: "every six months instead of every month"."""
    known = [pair for line in dict.fromkeys((*ground.best, *ground.near)) if not line.is_row for pair in _choices(line.reading)]
    for own in _choices(said):
        for other in known:
            straight, crossed = _met(own, other)
            if crossed > straight and (own[0] - own[1]) & (other[1] - other[0]):
                return reason("swapped", name=_one(own[0] - own[1]), other=_one(other[0] - other[1]))
    return None


def outdone(claimed: str, ground: Ground) -> str | None:
    """A comparison whose two sides stand in each other's place in the cited text, or that goes the other way between the same sides."""
    if ground.computed or is_negative(claimed):
        return None
    lines = [line for line in dict.fromkeys((*ground.best, *ground.near)) if not line.is_row and not is_negative(line.reading)]
    known = [each for line in lines for each in _comparisons(line.reading)]
    for word, own in _comparisons(claimed):
        for other_word, other in known:
            turned = _sense(word) * _sense(other_word)
            if not turned and stem(word) != stem(other_word):
                continue
            straight, crossed = _met(own, other) if turned >= 0 else _met(own, other)[::-1]
            behind = own[1] - own[0]
            whole = not straight and bool(behind) and (behind <= other[0] or behind <= other[1])
            if crossed > straight and (crossed >= _SURE or whole):
                return reason("direction", name=claimed.strip()[:60])
    return None


def unheard(claimed: str, ground: Ground) -> str | None:
    """What is called the more of something than the other, of which the cited text does not speak: "the more potent of the two"."""
    for found in _MORE_OF.finditer(claimed) if not ground.computed else ():
        word = found["word"].lower()
        known = {token for line in ground.lines for token in line.tokens}
        if stem(word) not in ground.words and not ground.says(word) and not any(kindred(word, other) for other in known):
            return reason("word", name=found.group())
    return None


def _met(own: Sides, other: Sides) -> tuple[int, int]:
    """How many words stand on the same side of both, and how many on the other side; words of both sides count for neither."""
    (left, right), (one, two) = ((pair[0] - pair[1], pair[1] - pair[0]) for pair in (own, other))
    return len(left & one) + len(right & two), len(left & two) + len(right & one)


def _one(words: frozenset[str]) -> str:
    return " ".join(sorted(words))


def _sense(word: str) -> int:
    """1 for more, -1 for less, 0 for a comparative of neither."""
    return _SIGNS.get(word, 0) or way(word)


@lru_cache(maxsize=2048)  # the same sentences are cited again
def _choices(text: str) -> tuple[Sides, ...]:
    """What is preferred and what is set aside for it, in the words right before, and in as many as there are behind."""
    found: list[Sides] = []
    for match in _AGAINST.finditer(text):
        before = _BEGINS.split(text[: match.start()].rstrip(" ,"))[-1].split()
        behind = _ENDS.split(text[match.end() :])[0].split()
        aside = _stems(behind[:_BEFORE])
        found += [(_stems(before[-count:]), aside) for count in dict.fromkeys((len(behind) + 1, _BEFORE))]
    found += [(_stems(match["chosen"].split()), _stems(match["out"].split())) for match in _NOT_BUT.finditer(text)]
    return tuple(found)


@lru_cache(maxsize=2048)  # the same sentences are cited again
def _comparisons(text: str) -> tuple[tuple[str, Sides], ...]:
    """Each comparative with what it is said of and with what that is compared."""
    return tuple(_compared(text))


def _compared(text: str) -> Iterator[tuple[str, Sides]]:
    for match in _THAN.finditer(text):
        before = _BEGINS.split(text[: match.start()])[-1].split()
        behind = _COMPARED_ENDS.split(text[match.end() :])[0].split()
        yield match["word"].lower(), (_stems(before[-_BEFORE:]), _stems(behind[:_BEHIND]))
    for match in _COMPARED_WITH.finditer(text):
        yield match["word"].lower(), (_stems(match["one"].split()), _stems(match["other"].split()))


def _stems(words: list[str]) -> frozenset[str]:
    """The stems of what carries content, numbers among them."""
    stopped = listed("words", "stop") - {"one"}
    return frozenset(stem(word) for word in tokens(" ".join(words)) if word not in stopped)
