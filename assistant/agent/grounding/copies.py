"""What a statement that nearly repeats a cited sentence has in place of its words: another word, words of another sentence, another extent.

A paraphrase has its own words and order throughout. Where a statement has the words of one cited sentence and their neighbours, the
one word that differs says something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import NamedTuple

from assistant.agent.grounding.ground import Ground
from assistant.agent.grounding.vocabulary import has, listed, reason, stem, stems, table, tokens
from assistant.agent.grounding.wording import clauses, is_negative
from assistant.language import stems as language
from assistant.language.thesaurus import related
from assistant.language.units import canonical_unit

# A statement nearly repeats a sentence of which it has this share of its own words; of words in order, where one replaces another.
SHARED = 0.7
_FEWEST = 4
# Words with as many first letters in common are forms of one.
_SAME_LETTERS = 4
# Words of another sentence stand in for some of this one where so many others are kept, which with them are nearly all.
_FEWEST_KEPT = 3
_ALL_BUT = 0.85
# A clause is another's counterpart where it has this share of its words in order, and they are this share of the other's.
_COUNTERPART, _OF_OTHER = 0.75, 0.5
_FEWEST_OF_CLAUSE = 3
# "In all but one dog", "in every dog but two": not all.
_ALL_BUT_SOME = re.compile(
    r"\b(?:all|every)((?:\s\w+){0,2}?)\s(?:but|except(?: for)?)(?=\s(?:one|two|three|four|five|\d+)\b)", re.IGNORECASE
)
_AND = re.compile(r"\band\b")


class Unit(NamedTuple):
    """A word with content: as written, its stem, and the stems of the words before and behind it; articles are no neighbours."""

    word: str
    stem: str
    before: str
    behind: str


@lru_cache(maxsize=2048)
def units(text: str) -> tuple[Unit, ...]:
    """The words with content of ``text`` in order."""
    written = [word for word in tokens(text) if word not in listed("words", "articles")]
    around = ["", *map(stem, written), ""]
    found = enumerate(written, 1)
    return tuple(
        Unit(word, around[place], around[place - 1], around[place + 1])
        for place, word in found
        if word == "not" or (word not in listed("words", "stop") and len(word) > 1)
    )


def replaced(claimed: str, ground: Ground) -> str | None:
    """A word in the place of another of a cited sentence that is repeated but for it: "the yield fell" where the purity did."""
    framing = stems(table("words")["frame"]) | _themselves(claimed)
    for line in ground.best:
        ours, theirs = units(claimed), units(line.reading)
        if line.is_row or len(ours) < _FEWEST or aligned(ours, theirs)[0] < SHARED * len(ours):
            continue
        for own, other in _instead(ours, theirs):
            one, two = own[0], other[0]
            framed = {one.stem, two.stem} & framing or _denied(one, two, claimed, line.reading)
            if len(own) == len(other) == 1 and not framed and _foreign(own, theirs) and _foreign(other, ours):
                return reason("instead", name=one.word, other=two.word)
    return None


def _themselves(claimed: str) -> frozenset[str]:
    """The stems of "the company" and the like, by which ``claimed`` calls whom a name stands for; a capital makes a name of them."""
    return frozenset(stem(word) for word in listed("meaning", "themselves") if re.search(rf"\b{word}\b", claimed))


def moved(claimed: str, ground: Ground) -> str | None:
    """Words of one cited sentence in the place of others in a second: the secondary end point where the primary one stands."""
    framing = stems(table("words")["frame"])
    for line in ground.best:
        ours, theirs = units(claimed), units(line.reading)
        same = aligned(ours, theirs)[0]
        for own, other in _instead(ours, theirs) if same >= _FEWEST_KEPT and not line.is_row else ():
            foreign, lost = _foreign(own, theirs), _foreign(other, ours)
            wanted = frozenset(unit.stem for unit in foreign)
            elsewhere = any(wanted <= known.words for known in ground.lines if known is not line)
            between = own[0].before == other[0].before and own[-1].behind == other[-1].behind
            single = between and len(own) == len(other) == 1  # whatever order the rest is in
            kept = len([unit for unit in ours if unit.stem in line.words]) if single else same
            if wanted - framing and lost and elsewhere and between and kept + len(own) >= _ALL_BUT * len(ours):
                return reason("instead", name=_words(foreign), other=_words(lost))
    return None


def _words(some: Sequence[Unit]) -> str:
    return " ".join(unit.word for unit in some)


def _instead(ours: Sequence[Unit], theirs: Sequence[Unit]) -> Iterator[tuple[Sequence[Unit], Sequence[Unit]]]:
    """What stands here instead of what stands there, between or beside the same words, be they ever so common."""
    for kind, start, end, first, last in aligned(ours, theirs)[1]:
        own, other = ours[start:end], theirs[first:last]
        if kind == "replace" and (own[0].before == other[0].before != "" or own[-1].behind == other[-1].behind != ""):
            yield own, other


def _denied(own: Unit, other: Unit, claimed: str, reading: str) -> bool:
    """Whether a negation tells the two apart: "independent of" for "does not depend", "undertakes no" for "disclaims any"."""
    if has((own.word, other.word), listed("meaning", "negations")):
        return True
    short, long = sorted((own.stem, other.stem), key=len)
    return short in long and is_negative(claimed) != is_negative(reading)


def aligned(ours: Sequence[Unit], theirs: Sequence[Unit]) -> tuple[int, Sequence[tuple[str, int, int, int, int]]]:
    """How many words both have in one order, and the steps from the one to the other."""
    matcher = SequenceMatcher(None, [unit.stem for unit in ours], [unit.stem for unit in theirs], autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()), matcher.get_opcodes()


def _foreign(some: Sequence[Unit], others: Sequence[Unit]) -> list[Unit]:
    """The words of ``some`` that ``others`` have in no form and by no synonym; figures, codes and "not" are left to other rooms."""
    spoken = [unit for unit in some if unit.word != "not" and not any(character.isdigit() for character in unit.word)]
    return [unit for unit in spoken if not any(_alike(unit, other) for other in others)]


def kindred(word: str, other: str) -> bool:
    """Whether two words, as written, say nearly the same: forms of one word, synonyms, or two that go one way."""
    return _alike(*(Unit(each, stem(each), "", "") for each in (word, other)))


def _alike(one: Unit, other: Unit) -> bool:
    if one.stem == other.stem or (len(one.word) >= _SAME_LETTERS and one.word[:_SAME_LETTERS] == other.word[:_SAME_LETTERS]):
        return True
    if (unit := canonical_unit(one.word)) and unit == canonical_unit(other.word):
        return True
    for way in ("up", "down"):  # "longer survival" is an improvement of it
        if {one.stem, other.stem} <= stems(table("meaning")[way]):
            return True
    beside = _beside().get(one.stem, frozenset())
    return other.stem in beside or _means(one.word, other.word) or _means(other.word, one.word)


@cache
def _beside() -> dict[str, frozenset[str]]:
    """From each stem of the opposites to those that stand on its side: "rapid" to "quickly"."""
    found: dict[str, frozenset[str]] = {}
    for side in (stems(side) for pair in table("meaning")["opposites"] for side in pair):
        for word in side:
            found[word] = found.get(word, frozenset()) | side
    return found


@lru_cache(maxsize=8192)
def _means(word: str, other: str) -> bool:
    wanted = frozenset(language.stems(other))
    return any(wanted <= entry for entry in related(" ".join(language.stems(word))))


def shifted(claimed: str, ground: Ground) -> str | None:
    """A clause that differs from its counterpart in a word of extent, order or certainty: "every", "before", "will"."""
    readings = [_ALL_BUT_SOME.sub("nearly all", line.reading) for line in ground.best if not line.is_row]
    parts = [part for reading in readings for part in (*clauses(reading), *_AND.split(reading), reading)]
    for clause in clauses(claimed):
        for kind in table("shifts"):
            found = _pattern(kind, "here").search(clause)
            part = _counterpart(clause[: found.start()] + clause[found.end() :], parts) if found else None
            if found and part and not _pattern(kind, "there").search(part):
                return reason("some", name=found.group())
    return None


@cache
def _pattern(kind: str, side: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(table('shifts')[kind][side])})\b", re.IGNORECASE)


def _counterpart(clause: str, parts: Iterable[str]) -> str | None:
    """The part that has most of the words of ``clause`` in their order; None where none has nearly all, or has much more."""
    ours = units(clause)
    best, share = None, 0.0
    for part in parts if len(ours) >= _FEWEST_OF_CLAUSE else ():
        theirs = units(part)
        same = aligned(ours, theirs)[0]
        if same >= _COUNTERPART * len(ours) and same >= _OF_OTHER * len(theirs) and (both := same / len(ours) + same / len(theirs)) > share:
            best, share = part, both
    return best
