"""Who does what in a text: each verb with its doer and the rest of its clause, read from the order of words alone.

No grammar is needed for what is asked: a claim and its source are read in the same way, so that a misreading meets its like.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from assistant.agent.grounding.vocabulary import content, listed, stem
from assistant.agent.grounding.wording import without_bounds
from assistant.language.stems import is_irregular

_TOKEN = re.compile(r"[^\W_](?:[\w'’/.-]*\w)?%?|[,;:()\u2013\u2014.]")
# A clause that joins another within so many words of an "and" has a verb of its own.
_NEXT_VERB = 7
# So many words may stand between "the" and its verb in "s".
_LONG_SUBJECT = 4
# A past form has more letters: "red" and "bed" are none.
_SHORTEST_PAST = 4


class Frame(NamedTuple):
    """A verb by its stem, its doer and to whom it is done as written, either empty where none is told, and whether it is denied.

    ``rest`` are the content stems of its clause without verb and doer.
    """

    verb: str
    doer: str
    done: str
    rest: frozenset[str]
    negative: bool


class _Verb(NamedTuple):
    """The words ``start`` to ``end`` of a verb with its auxiliaries."""

    start: int
    end: int
    passive: bool


@lru_cache(maxsize=4096)  # the same sentences are cited again
def frames(text: str) -> tuple[Frame, ...]:
    """The frames of ``text``, in order."""
    words = _TOKEN.findall(without_bounds(text))
    small = [word.lower() for word in words]
    found: list[Frame] = []
    subject: Sequence[str] = []
    at = since = 0
    while at < len(words):
        verb = _verb_at(words, small, at)
        if verb is None:
            at += 1
            continue
        gerund = small[verb.start].endswith("ing")
        own = [] if gerund else _subject(words, small, at, since)
        subject = own or (subject if gerund or (since and small[at - 1] in _listed("joining")) else [])
        found.append(_framed(words, small, verb, subject, negative=_denied(small, verb, since, own or subject)))
        at = since = verb.end
    return tuple(found)


def _framed(words: Sequence[str], small: Sequence[str], verb: _Verb, subject: Sequence[str], *, negative: bool) -> Frame:
    behind = words[verb.end : _stop(small, verb.end)]
    doer = " ".join(subject)
    if verb.passive:
        by = next((place for place, word in enumerate(behind, 1) if word.lower() == "by"), None)
        doer = " ".join(_phrase(behind[by:])) if by else ""
    rest = content(" ".join([*(subject if verb.passive else ()), *behind])) - content(doer)
    return Frame(stem(small[verb.end - 1]), doer, " ".join(subject) if verb.passive else "", rest, negative)


def _listed(name: str) -> frozenset[str]:
    return listed("frames", name)


def _verb_at(words: Sequence[str], small: Sequence[str], at: int) -> _Verb | None:
    """The verb that begins at ``at``; None where none does."""
    if small[at] in _listed("auxiliary"):
        return _with_auxiliary(small, at)
    if not at:
        return None
    before, behind = small[at - 1], small[at + 1 : at + 2]
    if small[at].endswith("ing") and before in _listed("before_gerund"):
        return _Verb(at, at + 1, passive=False)
    opens = before in _listed("determiners") or (before in _listed("boundaries") and before not in (*_listed("relatives"), "and", ","))
    if _is_past(small[at]):
        return None if opens else _Verb(at, at + 1, passive=behind == ["by"])
    return _Verb(at, at + 1, passive=False) if behind and _is_present(words, small, at) else None


def _with_auxiliary(small: Sequence[str], at: int) -> _Verb | None:
    """The verb whose auxiliary stands at ``at``; None where it has no other, as in "is the first"."""
    end, last = at + 1, small[at]
    while end < len(small) and (small[end] in _listed("auxiliary") or small[end] in _listed("between") or small[end].endswith("ly")):
        last = small[end] if small[end] in _listed("auxiliary") else last
        end += 1
    if end >= len(small) or small[end] in _listed("boundaries") or small[end] in _listed("determiners"):
        return None
    if last not in _listed("being"):
        return _Verb(at, end + 1, passive=False)
    if _is_past(small[end]) or small[end] in _listed("participles"):
        return _Verb(at, end + 1, passive=True)
    return _Verb(at, end + 1, passive=False) if small[end].endswith("ing") else None


def _is_past(word: str) -> bool:
    """Whether a word can be a past form; "lutetium-labelled" is an adjective."""
    return (len(word) >= _SHORTEST_PAST and word.endswith("ed") and "-" not in word) or is_irregular(word)


def _is_present(words: Sequence[str], small: Sequence[str], at: int) -> bool:
    """Whether a word in "s" is a verb: behind a name or "the" and a noun, and before what a noun does not stand before."""
    word, behind = small[at], words[at + 1]
    if (
        len(word) < _SHORTEST_PAST
        or not words[at].islower()
        or not word.endswith("s")
        or word.endswith("ss")
        or small[at - 1] in _listed("determiners")
    ):
        return False
    opens = (
        behind.lower() in _listed("determiners") | _listed("prepositions") | _listed("objects")
        or behind[0].isupper()
        or behind[0].isdigit()
    )
    known = words[at - 1][0].isupper() or small[at - 1] in _listed("subjects") or (at > 1 and small[at - 2] in _listed("determiners"))
    if behind.lower() in _listed("objecting"):  # "the prostate cancer model suggests that"
        known = known or any(small[place] in _listed("determiners") for place in range(max(0, at - _LONG_SUBJECT), at - 2))
    return opens and known


def _subject(words: Sequence[str], small: Sequence[str], at: int, since: int) -> Sequence[str]:
    """The words before the verb at ``at``, back to where its clause begins; of a relative, what stands before it.

    None where they begin with a preposition: these do nothing. What stands in apposition is named together with its noun, if at all.
    """
    start = _begin(small, at, since)
    if start < at:
        while (
            not since and start > 1 and small[start - 1] == "and" and small[start - 2] not in _listed("boundaries")
        ):  # "Ada and Joe wrote"
            start = _begin(small, start - 1, 0)
            while start > 1 and small[start - 1] == ",":
                start = _begin(small, start - 1, 0)
        apposed = start > 0 and small[start - 1] == "," and small[start] in ("a", "an")
        return [] if apposed or small[start] in _listed("prepositions") else words[start:at]
    if start > since and small[start - 1] == "," and not since:  # "The supplier, Lundby of Ulm, has"
        first = _begin(small, start - 1, 0)
        while first > 1 and small[first - 1] == ",":
            first = _begin(small, first - 1, 0)
        return [] if small[first] in _listed("prepositions") else words[first : start - 1]
    if start > since and small[start - 1] in _listed("relatives"):
        end = start - 1 - (start > 1 and small[start - 2] == ",")
        return words[_begin(small, end, 0) : end]
    return []


def _begin(small: Sequence[str], at: int, since: int, cutting: str = "boundaries") -> int:
    start = at
    while start > since and small[start - 1] not in _listed(cutting):
        start -= 1
    return start


def _denied(small: Sequence[str], verb: _Verb, since: int, subject: Sequence[str]) -> bool:
    """Whether a negation stands in front of a verb, in it or right behind: "No mouse died", "has not begun", "found no cause"."""
    behind = small[verb.end : verb.end + 2]
    around = [
        *small[_begin(small, verb.start, since, "cutting") : verb.end],
        *(behind if behind[:1] and behind[0] not in _listed("cutting") else ()),
    ]
    negations = _listed("negations")
    return any(word in negations or word.endswith(("n't", "n’t")) for word in around) or bool(subject and subject[0].lower() in negations)


def _stop(small: Sequence[str], end: int) -> int:
    """Where the clause of a verb that ends at ``end`` ends."""
    for place in range(end, len(small)):
        joined = small[place] in ("and", ",") and place > end and _clause_follows(small, place + 1)
        if joined or small[place] in _listed("ends"):
            return place
    return len(small)


def _clause_follows(small: Sequence[str], at: int) -> bool:
    """Whether a verb stands among the next words, before another mark."""
    for place, word in enumerate(small[at : at + _NEXT_VERB]):
        if word in _listed("auxiliary") or (place == 0 and _is_past(word)):
            return True
        if word in (",", ";", ".", "("):
            return False
    return False


def _phrase(words: Sequence[str]) -> Sequence[str]:
    """The words of a name or noun phrase at the head of ``words``."""
    ends = _listed("boundaries") | (_listed("prepositions") - {"of"})
    return words[
        : next((place for place, word in enumerate(words) if word.lower() in (ends if place else _listed("boundaries"))), len(words))
    ]
