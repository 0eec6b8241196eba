"""Which arms a sentence speaks of beside each figure and word, and whether the cited sentences say it of the same arms.

This holds figures that no study's fields have, such as a fall in platelets or a number of animals, to the arm that a document
says them of, by the clauses of both.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from assistant.agent.grounding.agreement import stated
from assistant.agent.grounding.amounts import Amount, amounts
from assistant.agent.grounding.codes import listed, listed_numbers
from assistant.agent.grounding.mentions import Mention, Pair, Registry
from assistant.agent.grounding.reading import Line
from assistant.agent.grounding.vocabulary import content, reason, stem, stemmed, stems, table
from assistant.agent.grounding.wording import asserted, is_negative
from assistant.language.conjunctions import COMPARING, CONTRASTING
from assistant.language.designations import ARM_NOUN, SIGN
from assistant.language.numerals import ORDINALS
from assistant.language.overlaps import overlaps
from assistant.language.schedule import numbers_a_day
from assistant.language.units import TIME_UNITS

_CUT = re.compile(
    r"[;]|,\s(?!\d[\d.]*(?:,|\s(?:and|or)\b)|(?:and|or)\s\d)|(?<!\d)\s(?=and\b)|\s(?=and\s(?!\d))"
    rf"|{CONTRASTING}|{COMPARING}"
    # "from 3 days at 1 uCi to 5 at 2 uCi"
    r"|\b(?:to|through)(?=\s\d[\d.]*\s(?:(?:days?|weeks?|months?|percent)\s)?(?:at|in|with|for|after|on)\b)"
    # "and 11 months at 3 uCi"
    r"|\band(?=\s\d[\d.]*\s(?:(?:days?|weeks?|months?|percent)\s)(?:at|in|with|for|after|on)\b)",
    re.IGNORECASE,
)
# Comparisons stay whole where it is asked of which arms a word is said.
_CUT_OF_WORDS = re.compile(rf";|,\sand\b|{CONTRASTING}|\band(?=\s(?:by|in|un\w+)\s)", re.IGNORECASE)
_JOINT = re.compile(r"\s*(?:,|,?\s(?:and|or|versus|vs\.?|against))\s*", re.IGNORECASE)
# A row of a table is one clause.
_ROW = re.compile(r"(?!)")
# What may stand before the name with which a list item or paragraph opens.
_OPENS = re.compile(rf"[\s*_•–-]*(?:{ARM_NOUN}s?\s)?", re.IGNORECASE)
# "and 8 months on carboplatin": another arm, whatever it is called
_ELSEWHERE = re.compile(r"\d[^,;.]*\s(?:on|with|for|in|after|without)\s(?!a (?:row|total)\b)", re.IGNORECASE)
_STATISTIC = re.compile(r"(?:\bp|\bp-value|\bHR|\bratio|\bCI)(?: of| was| is| below| above| under)*\s?[<=>≤≥]?\s?$", re.IGNORECASE)
# "(46% versus 71%)": the second is of what the sentence leaves unsaid
_AGAINST = re.compile(r"\b(?:versus|vs|against)\b\.?\s$", re.IGNORECASE)
_RANKS = {word: str(place) for word, place in ORDINALS.items()} | {"last": "last", "other": "other"}
_FEW = 3
_NOUNS = f"study|experiment|trial|{ARM_NOUN}"
_LABEL = re.compile(
    rf"(?=\b((?i:{_NOUNS})))" + listed(f"(?i:{_NOUNS})", SIGN) + rf"|\b({'|'.join(_RANKS)})\s(study|experiment|group|arm|cohort|trial)\b"
)
# The "and" of "between A and B" parts no clauses.
_BETWEEN = re.compile(r"\bbetween\b(?:(?!\band\b)[^;.]){0,60}$", re.IGNORECASE)
# "Group 3 received four injections" names one arm twice.
_RECEIVED = re.compile(
    r"[^,;:()]{0,20}\b(?:received|receiving|got|given|had|treated with|on|of|were|was|at)\s(?:only |just )?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause with the arms it names and the figures that are no part of these names.

    ``loose`` tells of each figure whether it is of all that its sentence names, the ``whole``.
    """

    text: str
    mentions: tuple[Mention, ...]
    figures: tuple[Amount, ...]
    loose: tuple[bool, ...]
    whole: frozenset[Pair]

    def arms_of(self, index: int) -> frozenset[Pair]:
        """The arms of the figure at ``index``: its own where there are as many of the one as of the other, else all named."""
        if self.loose[index]:
            return self.whole
        named = [mention for mention in self.mentions if not mention.compared]
        if len(named) == len(self.figures):
            return named[index].pairs
        return frozenset[Pair]().union(*(mention.pairs for mention in named))


def misbound(said: str, registry: Registry, cited: Sequence[Line], computed: Collection[Amount], *, row: bool) -> str | None:
    """Why a figure of ``said`` belongs to another arm, in words; None where all may belong where they stand.

    ``computed`` are the figures that cited calculations give; ``row`` tells that ``said`` is a row of a table.
    """
    known = [clause for line in cited for clause in _clauses_of(line, cited, registry, _CUT)]
    listed_together = _listed_together(said)
    for clause in _clauses(said, registry, _ROW if row else _CUT):
        for one, two in pairwise(clause.mentions):
            if are_apart(one.pairs, two.pairs) and not two.compared and _RECEIVED.fullmatch(said, one.end, two.start):
                return reason("arm", name=said[two.start : two.end])
        for index, figure in enumerate(clause.figures):
            if (
                figure not in computed
                and figure.start not in listed_together
                and not _compares(figure, said)
                and _belongs_elsewhere(figure, clause, index, known)
            ):
                return reason("arm", name=figure.text)
            if rival := _rival(figure, clause, known):
                return reason("rival", name=figure.text, other=rival)
    wide = [clause for line in cited for clause in _clauses_of(line, cited, registry, _CUT_OF_WORDS)]
    for clause in _clauses(said, registry, _CUT_OF_WORDS):
        for figure in clause.figures:
            if (
                figure.unit not in TIME_UNITS
                and _compares(figure, said)
                and not _AGAINST.search(said[: figure.start])
                and _compares_others(figure, clause, wide)
            ):
                return reason("arm", name=figure.text)
    return None


def misworded(said: str, registry: Registry, cited: Sequence[Line]) -> str | None:
    """Why a word of ``said`` belongs to another arm than its clause names, in words; None where all may belong where they stand."""
    wide = [clause for line in cited for clause in _clauses_of(line, cited, registry, _CUT_OF_WORDS)]
    for clause in _clauses(said, registry, _CUT_OF_WORDS):
        if clause.mentions and not is_negative(clause.text) and (wrong := _word_of_another_arm(clause, wide, registry)):
            return reason("arm", name=wrong)
    return None


def _listed_together(said: str) -> frozenset[int]:
    """Where figures start that stand in one list, "118, 71 and 44 days for…", of which the order tells whose each is."""
    pairs = [(one, two) for one, two in pairwise(amounts(said)) if _JOINT.fullmatch(said, one.end, two.start) and one.unit == two.unit]
    return frozenset(figure.start for pair in pairs for figure in pair)


def _compares(figure: Amount, said: str) -> bool:
    """Whether a figure is of a comparison, as a p-value is, or stands in brackets behind what it is of."""
    before = said[: figure.start]
    return is_statistic(before) or before.count("(") > before.count(")")


def _compares_others(figure: Amount, clause: _Clause, known: Sequence[_Clause]) -> bool:
    """Whether the cited text has the figure of other arms only, or of a comparison with another."""
    saying = [other for other in known if any(stated(figure, source) for source in other.figures)]
    if not clause.mentions or not saying:
        return False
    return not any(may_compare(clause.mentions, other.mentions) for other in saying)


def may_compare(ones: Sequence[Mention], others: Sequence[Mention]) -> bool:
    """Whether arms named with a figure can be those that a source names with it."""
    meeting = [any(not are_apart(one.pairs, other.pairs) for other in others) for one in ones]
    return not others or (all(meeting) if len(others) >= len(ones) else any(meeting))


def bound(figure: Amount, mention: Mention, registry: Registry, cited: Sequence[Line]) -> bool:
    """Whether a cited clause says ``figure`` of the arm of ``mention`` and of no other."""
    return any(
        len(clause.mentions) == 1 and clause.mentions[0].pairs & mention.pairs and any(stated(figure, source) for source in clause.figures)
        for line in cited
        for clause in _clauses(line.reading, registry, _CUT)
    )


def is_statistic(before: str) -> bool:
    """Whether a p-value, a ratio or an interval stands behind ``before``, which leads in to it."""
    return _STATISTIC.search(before) is not None


@lru_cache(maxsize=2048)  # the same sentences are cited again
def named_parts(text: str, registry: Registry) -> tuple[Mention, ...]:
    """Arms and labelled parts that ``text`` names, in order; an arm that is called by its label is that part too."""
    mentions = registry.arm_mentions(text)
    labels = list(_labels(text))
    joined = [
        replace(mention, pairs=mention.pairs.union(*(label.pairs for label in labels if overlaps(label.start, label.end, [mention]))))
        for mention in mentions
    ]
    apart = [label for label in labels if not overlaps(label.start, label.end, mentions)]
    return tuple(sorted([*joined, *apart], key=lambda mention: mention.start))


def _clauses_of(line: Line, cited: Sequence[Line], registry: Registry, cut: re.Pattern[str]) -> Sequence[_Clause]:
    """The clauses of a cited sentence; one that names no arm speaks of the one that the nearest line before it opens with."""
    found = _clauses(asserted(line.reading), registry, _ROW if line.is_row else cut)
    if any(clause.mentions for clause in found):
        return found
    block = [other for other in cited if (other.passage, other.block) == (line.passage, line.block) and other.start <= line.start]
    openings = (
        [mention for mention in named_parts(other.reading, registry) if _OPENS.fullmatch(other.reading[: mention.start])]
        for other in reversed(block)
    )
    told = next(filter(None, openings), [])
    return [replace(clause, mentions=tuple(told[:1])) for clause in found] if told else found


@lru_cache(maxsize=2048)  # the same sentences are cited again
def _clauses(text: str, registry: Registry, cut: re.Pattern[str]) -> tuple[_Clause, ...]:
    """The clauses between the cuts, each with the arms and labels that it names; an "and" goes on about what was named before it."""
    mentions = named_parts(text, registry)
    named = [(m.start, m.end) for m in mentions]
    figures = [a for a in amounts(text) if not _is_day(a, text) and not any(a.start < end and start < a.end for start, end in named)]
    cuts = [0, *(match.start() for match in cut.finditer(text) if _parts(text, match.start())), len(text)]
    whole = frozenset[Pair]().union(*(mention.pairs for mention in mentions))
    own: tuple[Mention, ...] = ()
    found: list[_Clause] = []
    for start, end in pairwise(cuts):
        goes_on = own if text[start:end].lstrip(" ,").startswith("and ") and not _ELSEWHERE.search(text, start, end) else ()
        own = tuple(mention for mention in mentions if start <= mention.start < end) or goes_on
        here = tuple(figure for figure in figures if start <= figure.start < end)
        found.append(_Clause(text[start:end], own, here, tuple(_compares(figure, text) for figure in here), whole))
    return tuple(found)


def _is_day(amount: Amount, text: str) -> bool:
    """Whether a figure is a day of the schedule: "day 20", "days 0 and 20"."""
    return amount.unit in ("day", "week") and numbers_a_day(text, amount.start)


def _parts(text: str, position: int) -> bool:
    """Whether a cut there parts clauses: not inside brackets, "groups A, B and C", nor at the "and" of "between A and B"."""
    before = text[:position]
    listing = any(match.start() < position < match.end() for match in _LABEL.finditer(text))
    return before.count("(") <= before.count(")") and not listing and not _BETWEEN.search(before)


def _labels(text: str) -> Iterator[Mention]:
    """Parts that a document names by letter or rank ("study B", "the third group"), as pairs of their own."""
    for match in _LABEL.finditer(text):
        noun = stem((match[1] or match[5]).lower())
        for code in listed_numbers(match[2] or match[3]) if match[1] else [_RANKS[match[4].lower()]]:
            first, last = match.span()
            if match[2]:  # of several, each has its own place
                first = text.lower().find(code, match.start(2), match.end(2))
                first, last = (first, first + len(code)) if first >= 0 else match.span(2)
            yield Mention(first, last, "arm", frozenset({(-1, int.from_bytes(f"{noun}{code}".encode()[:12], "big"))}))


def _belongs_elsewhere(figure: Amount, clause: _Clause, index: int, known: Sequence[_Clause]) -> bool:
    if figure.nouns & stems(table("meaning")["counted_arms"]) or figure.kind in ("rank", "date"):
        return False
    if figure.value == 1 and figure.nouns & stems("dose"):  # "these are the values after one injection"
        return False
    wanted = clause.arms_of(index)
    if figure.value <= _FEW and figure.nouns & stems(table("meaning")["subjects"]):  # of whom much else may be told
        known = [other for other in known if _speaks(other.text) & _speaks(clause.text)]
    told = [
        other.arms_of(place)
        for other in known
        for place, source in enumerate(other.figures)
        if stated(figure, source) and (source.kind != "count" or figure.kind == "count")  # "both" is no "two" of these
    ]
    return bool(wanted and told) and all(are_apart(arms, wanted) for arms in told)


def _speaks(text: str) -> frozenset[str]:
    """What a clause says of its arm."""
    return content(text) - stems(table("words")["frame"]) - stems(table("meaning")["subjects"]) - stems("arm dose one two three")


def are_apart(ones: frozenset[Pair], others: frozenset[Pair]) -> bool:
    """Whether both name arms, or both name labelled parts, and none in common."""
    known, named = {pair for pair in ones if pair[0] >= 0}, {pair for pair in others if pair[0] >= 0}
    if ones & others:
        return False
    return bool(known and named) or bool(ones - known and others - named)


def _rival(figure: Amount, clause: _Clause, known: Sequence[_Clause]) -> str | None:
    """The organ, endpoint or blood count of the clause where the cited text gives the figure for another of the same sort only."""
    saying = [content(other.text) for other in known if any(stated(figure, source) for source in other.figures)]
    for sort in table("meaning")["rivals"]:
        here = [line for line in sort if content(clause.text) & stems(line)]
        told = [[line for line in sort if words & stems(line)] for words in saying]
        if here and told and all(lines and not set(lines) & set(here) for lines in told):
            return stemmed(clause.text)[next(iter(content(clause.text) & stems(here[0])))]
    return None


def _word_of_another_arm(clause: _Clause, known: Sequence[_Clause], registry: Registry) -> str | None:
    """A word, no part of a study's name, that the cited text has in one clause only, which speaks of other arms."""
    wanted = frozenset[Pair]().union(*(mention.pairs for mention in clause.mentions))
    generic = (
        registry.label_words
        | stems(table("words")["frame"])
        | stems(table("meaning")["subjects"])
        | stems(table("meaning")["of_every_arm"])
    )
    text = clause.text
    for figure in amounts(text):
        text = text.replace(figure.text, " ", 1)
    written = stemmed(text)
    for word in sorted(word for word in content(text) - generic - registry.name_words if word.isalpha()):
        saying = [other for other in known if word in content(other.text)]
        if len(saying) == 1 and saying[0].mentions:
            arms = frozenset[Pair]().union(*(mention.pairs for mention in saying[0].mentions))
            if are_apart(arms, wanted):
                return f"“{written[word]}”"
    return None
