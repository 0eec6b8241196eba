"""Where a figure stands: what its sentence says around it, word by word, nearer words with more weight."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.agent.grounding.agreement import based
from assistant.agent.grounding.amounts import Amount, amounts
from assistant.agent.grounding.binding import named_parts
from assistant.agent.grounding.codes import codes
from assistant.agent.grounding.mentions import Registry
from assistant.agent.grounding.vocabulary import content, stem
from assistant.language.conjunctions import COMPARING, CONTRASTING
from assistant.language.schedule import numbers_a_day

_CUT = re.compile(rf"[;:|\u2013\u2014]|,(?=\s)|\.\s|\band\b|{CONTRASTING}|{COMPARING}", re.IGNORECASE)
_JOINT = re.compile(r"\s*(?:,|,?\s(?:and|or|to|versus|vs\.?|against))\s*", re.IGNORECASE)
# "A fortnight later"
_LATER = re.compile(r"\s(?:later|earlier|apart|ago)\b", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s(?:about\s)?$", re.IGNORECASE)
_BRACKET = re.compile(r"\(([^()]*)\)")
# How much a word counts by where it stands: in the figure's clause, in a clause beside it that has no such figure, elsewhere in the
# sentence, or in the sentence before.
OWN, BESIDE, SENTENCE, BEFORE = 1.0, 0.7, 0.3, 0.2
_PARTNER = 2.0  # the counterpart of a figure in two lists
_CELLS = 2  # more clauses with a heading than this are a table's row
_FEW_WORDS = 2
SCHEDULE = "day of the schedule"
_Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Place:
    """A figure with the weight of each word around it, and the ``clause`` and ``sentence`` in which it stands.

    Figures of one ``dimension`` compare. A ``listed`` one stands in a list, as "90 and 70 days", whose order tells what each is of.
    """

    figure: Amount
    dimension: str
    words: Mapping[str, float]
    clause: str
    sentence: str
    listed: bool


@lru_cache(maxsize=2048)  # the same sentences are cited again
def places(text: str, registry: Registry, before: str = "") -> tuple[Place, ...]:
    """The figures of one sentence, each with what is said around it; ``before`` is the sentence that it goes on from."""
    sentence = _Sentence(text, registry)
    earlier = dict.fromkeys(content(before), BEFORE)
    return tuple(sentence.place(figure, earlier) for figure in sentence.figures)


class _Sentence:
    """A sentence in clauses; what stands in brackets is a clause of its own, and cuts none in two."""

    def __init__(self, text: str, registry: Registry) -> None:
        self.text = text
        self.figures = amounts(text)
        self._brackets = [match.span(1) for match in _BRACKET.finditer(text)]
        self._bare = _BRACKET.sub(lambda match: " " * len(match.group()), text)
        self._mentions = named_parts(text, registry)
        self._joined = joined(text, self.figures)
        self._clauses = self._cut()
        self._partners = _partners(text, self.figures)
        self._marked: dict[tuple[_Span, bool], dict[str, float]] = {}

    def place(self, figure: Amount, earlier: Mapping[str, float]) -> Place:
        """What is said around ``figure``, after what was said ``earlier``."""
        words: dict[str, float] = dict(earlier)
        own = ""
        for span, bare, weight in self._stretches(figure):
            for word, share in self._marks(span, bare=bare).items():
                words[word] = max(words.get(word, 0.0), weight * share)
            if weight == OWN:
                own += (self._bare if bare else self.text)[slice(*span)]
        words.pop(_mark(figure), None)
        if partner := self._partners.get(figure):
            words[_mark(partner)] = _PARTNER
        listed = not partner and any(figure in pair for pair in self._joined)
        if listed:
            words = {word: weight for word, weight in words.items() if word[0] not in "@="}
        return Place(figure, self._dimension(figure), words, " ".join(own.split()).strip(" ,;:"), self.text, listed)

    def _cut(self) -> list[_Span]:
        """The clauses; what joins two figures with nothing else between them parts none."""
        joints = [(one.end, two.start) for one, two in self._joined]
        whole = [*joints, *((figure.start, figure.end) for figure in self.figures)]
        cuts = [match.start() for match in _CUT.finditer(self._bare)]
        cuts = [0, *(cut for cut in cuts if not any(start <= cut < end for start, end in whole)), len(self.text)]
        return [(start, end) for start, end in pairwise(cuts) if self.text[start:end].strip()] or [(0, len(self.text))]

    def _dimension(self, figure: Amount) -> str:
        """Lengths of time are no days of a schedule."""
        if figure.unit in ("day", "week") and (numbers_a_day(self.text, figure.start) or _LATER.match(self.text, figure.end)):
            return SCHEDULE
        return figure.kind if figure.kind in ("date", "rank") else based(1.0, figure.unit)[0]

    def _alike(self, figure: Amount, span: _Span) -> list[Amount]:
        inside = [a for a in self.figures if span[0] <= a.start < span[1] and self._dimension(a) == self._dimension(figure)]
        return [a for a in inside if self._bracket(a) == self._bracket(figure)]

    def _bracket(self, figure: Amount) -> _Span | None:
        return next((span for span in self._brackets if span[0] <= figure.start < span[1]), None)

    def _stretches(self, figure: Amount) -> Iterator[tuple[_Span, bool, float]]:
        """The parts of the sentence with their weight for ``figure``, and whether they are read without brackets."""
        bracket = self._bracket(figure)
        own = next(n for n, (start, end) in enumerate(self._clauses) if start <= figure.start < end or end == len(self.text))
        if bracket:
            yield from ((span, False, weight) for span, weight in self._around(figure, bracket))
        for number, clause in enumerate(self._clauses):
            if number == own and not bracket:
                yield from ((span, True, weight) for span, weight in self._around(figure, clause))
            else:
                alike = number != own and self._alike(figure, clause)
                near = abs(number - own) <= self._reach and not alike
                if alike and number < own and self._goes_on(self._clauses[own]):  # "52 % in A and 37 % in B": of what, A's clause tells
                    yield (clause[0], alike[0].start), True, BESIDE
                yield clause, True, BESIDE if near else SENTENCE
        for span in self._brackets:
            if span != bracket:
                start, end = self._clauses[own]
                yield span, False, BESIDE if start <= span[0] < end and not self._has_alike(figure, span) else SENTENCE

    def _goes_on(self, clause: _Span) -> bool:
        """Whether a clause says too little to stand alone."""
        start, end = clause
        text = self._bare[start:end]
        for figure in self.figures:
            if start <= figure.start < end:
                text = text.replace(figure.text, " ", 1)
        return len([word for word in content(text) if word.isalpha()]) <= _FEW_WORDS

    def _has_alike(self, figure: Amount, span: _Span) -> bool:
        return any(span[0] <= a.start < span[1] and self._dimension(a) == self._dimension(figure) for a in self.figures)

    @property
    def _reach(self) -> int:
        """How many clauses off a word may still be beside a figure: all of a table's row."""
        return len(self._clauses) if self.text.count(": ") > _CELLS and self.text.count("; ") > _CELLS else 1

    def _around(self, figure: Amount, clause: _Span) -> Iterator[tuple[_Span, float]]:
        """A clause with several figures of a kind in parts: what leads to the first is said of all, of the rest each has its share.

        "5 months in A, 8 in B and 11 in C" names what each is of behind it, "A 5, B 8 and C 11 months" before it.
        """
        start, end = clause
        alike = self._alike(figure, clause)
        if len(alike) == 1 or all(_JOINT.fullmatch(self.text, one.end, two.start) for one, two in pairwise(alike)):
            yield clause, OWN
            return
        behind = bool(content(self.text[alike[-1].end : end]))
        cuts = [start, *(a.start for a in alike), end] if behind else [start, *(a.end for a in alike[:-1]), end]
        for first, last in pairwise(cuts):
            if first < last:
                yield (first, last), OWN if (behind and first == start) or first <= figure.start < last else SENTENCE

    def _marks(self, span: _Span, *, bare: bool) -> Mapping[str, float]:
        """What a part of the sentence speaks of: content stems, figures, numbers of doses, and the arms that it names."""
        if (span, bare) not in self._marked:
            self._marked[span, bare] = dict(self._read(span, bare=bare))
        return self._marked[span, bare]

    def _read(self, span: _Span, *, bare: bool) -> Iterator[tuple[str, float]]:
        text = (self._bare if bare else self.text)[slice(*span)]
        yield from ((word, 1.0) for word in content(text) | codes(text))  # "Part A" is a name, whose letter is no word
        yield from ((_mark(figure), 1.0) for figure in self.figures if self._is_in(figure.start, span, bare=bare))
        for mention in self._mentions:
            if self._is_in(mention.start, span, bare=bare):
                yield from ((f"@{study}.{arm}", 1.0 / len(mention.pairs)) for study, arm in mention.pairs)

    def _is_in(self, position: int, span: _Span, *, bare: bool) -> bool:
        return span[0] <= position < span[1] and not (bare and any(start <= position < end for start, end in self._brackets))


def joined(text: str, found: Sequence[Amount]) -> list[tuple[Amount, Amount]]:
    """Neighbours of one dimension with nothing but a comma, "and" or "versus" between them."""
    joints = [(one, two) for one, two in pairwise(found) if _JOINT.fullmatch(text, one.end, two.start)]
    # the ends of a range are one figure, but "from 20 to 30 days" has two
    pairs = [(one, two) for one, two in joints if text[one.end : two.start].strip() != "to" or _FROM.search(text[: one.start])]
    return [(one, two) for one, two in pairs if based(1.0, one.unit)[0] == based(1.0, two.unit)[0]]


def _mark(amount: Amount) -> str:
    if stem("dose") in amount.nouns and not amount.unit:
        return f"={amount.value:g} doses"
    dimension, value = based(amount.value, amount.unit)
    return f"={dimension} {value:.4g}"


def _partners(text: str, found: Sequence[Amount]) -> dict[Amount, Amount]:
    """The figures of two lists of one length, each with its counterpart: "37, 58 and 49 days at 1, 2 and 4 uCi"."""
    lists: list[list[Amount]] = []
    for figure in found:
        last = lists[-1][-1] if lists else None
        same = last and based(1.0, last.unit)[0] == based(1.0, figure.unit)[0] and _JOINT.fullmatch(text, last.end, figure.start)
        if same:
            lists[-1].append(figure)
        else:
            lists.append([figure])
    several = [members for members in lists if len(members) > 1]
    pairs: dict[Amount, Amount] = {}
    for members in several:
        alike = [other for other in several if len(other) == len(members) and other is not members]
        if len(alike) == 1:
            pairs |= dict(zip(members, alike[0], strict=True))
    return pairs
