"""The figures of sentences and rows that may go into a calculation, each with what it measures or counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.agent.offline.deriving.labelled import Labelled, labelled
from assistant.agent.offline.deriving.linking import order
from assistant.agent.offline.deriving.sharing import is_of_these
from assistant.agent.offline.deriving.wanted import numbered
from assistant.agent.offline.findings import Findings
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.understanding.cues import scaffold, signals
from assistant.language.figures import MONTH, YEAR, figures
from assistant.language.units import TIME_UNITS, measures_alike

# Of "$1.8 million, of which 1.1 has been paid" no text states the second one in full.
_SCALED = re.compile(r"\b(?:thousand|million|billion)\b", re.IGNORECASE)
# Behind a figure that leaves what it is of to another stands no noun: "2.9 Gy for terbium and 2.0 for lutetium".
_NO_NOUN = re.compile(
    r"\s*(?:$|[.;,:)\]]|(?:for|in|with|at|on|by|after|and|to|per|of the|from|under|over|against|versus|vs|the|a|later|then|before|now"
    r"|today|respectively)\b)",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"(?:\b(?:and|against|to|or|versus|vs\.?|than|from|with)|[,(])\s+(?:about\s+|some\s+|only\s+)?$", re.IGNORECASE)
# What is no amount: the number of a code, "EA/RSR/3308", a p-value.
_NO_AMOUNT = re.compile(r"(?:[A-Za-z][/-]|\bp\s*[=<>≤])\s*$", re.IGNORECASE)
_BEHIND_MONTH = re.compile(rf"\b{MONTH}\.?\s*$", re.IGNORECASE)
_BEFORE_MONTH = re.compile(rf"\s*(?:st|nd|rd|th)?\s*(?:of\s+)?{MONTH}\b", re.IGNORECASE)
_AGAINST = re.compile(r"\b(?:or|versus|vs|against|compared|than|but|while|whereas)\b", re.IGNORECASE)
# What stands between a part and its whole: "9 of the 23 patients", "9/23".
_AMONG = re.compile(r"\b(?:among|amongst|of|out of)\s+(?:(?:the|these|those|all|our)\s+)*$", re.IGNORECASE)
# "The loss came to 60,000, of which 45,000 was for isotope": the whole stands first.
_OF_WHICH = re.compile(r"[^.;()]*\bof\s+(?:which|whom|these|them|those)\b[^.;()]*", re.IGNORECASE)
# What takes a part away, and what a part is taken of: what only came from somewhere is still there.
TAKEN = re.compile(
    r"\b(?:spent|used|paid|sold|drawn|consumed|committed|disbursed|gone|delivered|given|enroll?ed|randomi[sz]ed|completed|done|lost|shipped)\b",
    re.IGNORECASE,
)
_ALLOWED = re.compile(
    r"\b(?:approved|budget(?:ed)?|planned|allocated|allowance|target|ordered|available|capacity|quota|granted)\b", re.IGNORECASE
)
_AT = re.compile(r"\s+(?:at|with|on|got|received)\s+")
_OF_THESE = re.compile(r"\s+[^\d.;:,]{3,60},\s+(?:only\s+|just\s+)?")
_PART_OF = re.compile(r"\s*(?:/|(?:\w+\s+){0,3}?(?:out\s+)?of(?:\s+(?:the|all|these|a|an))*(?:\s+[a-z]+)?)\s*", re.IGNORECASE)


def inputs(matches: Sequence[Match], findings: Findings) -> tuple[Labelled, ...]:
    """The figures of the sentences and rows, in their order."""
    found = [each for each in labelled(matches, findings, loosely=True) if not _names(each)]
    filled = found[:1]
    for each in found[1:]:
        filled.append(_filled(filled[-1], each))
    return tuple(filled)


def _names(each: Labelled) -> bool:
    """Whether a figure is part of a date, a code or a name, or the time of something else."""
    if each.column:
        return False
    before, behind = each.unit.text[: each.figure.start], each.unit.text[each.figure.end :]
    if _NO_AMOUNT.search(before):
        return True
    if each.measure in TIME_UNITS:
        return each.tells_when
    return not each.measure and bool(_BEHIND_MONTH.search(before) or _BEFORE_MONTH.match(behind) or numbered().search(before))


def _filled(before: Labelled, each: Labelled) -> Labelled:
    """``each`` in the measure of the figure before where it has none of its own, or leaves out of what it is a share."""
    if each.column or before.place != each.place:
        return each
    if each.measure == "percent" and before.measure.startswith("percent/"):
        return replace(each, measure=before.measure)
    if any(
        other.unit == before.measure and _AT.fullmatch(each.unit.text, each.figure.end, other.start) for other in figures(each.unit.text)
    ):
        return each  # "15 at 2.0 MBq and 24 at 2.5 MBq"
    leaves_out = not each.measure and each.figure.kind != "word" and _lacks_noun(each)
    if not (leaves_out and _GOES_ON.search(each.unit.text[: each.figure.start])) or _SCALED.search(before.figure.text):
        return each
    return replace(each, measure=before.measure)


def _lacks_noun(each: Labelled) -> bool:
    """Whether it is not said right behind a figure what it counts or measures."""
    return not each.column and _NO_NOUN.match(each.unit.text, each.figure.end) is not None


def nouns(each: Labelled) -> frozenset[str]:
    """The stems behind a figure, which tell what it counts."""
    return frozenset(word for word in each.counted if word.isalpha()) - scaffold()


def _are_alternatives(series: Sequence[Labelled]) -> bool:
    """Whether a sentence sets figures against each other and does not join them: "either 400 kBq or 150 kBq"."""
    text, first, last = series[0].unit.text, series[0].figure, series[-1].figure
    return _AGAINST.search(text, min(first.end, last.end), max(first.start, last.start)) is not None


def counts_given(each: Labelled) -> bool:
    """Whether a figure counts what is given several times: "three injections"."""
    return not each.measure and "given" in signals(" ".join(each.counted), "derivations_named")


def joined(one: Labelled, two: Labelled) -> bool:
    """Whether one is told as a part of the other: "9 of 23", "among the 23 patients with sarcoma, 9 had it"."""
    first, last = in_text(one, two)
    if one.place != two.place:
        return False
    among = _AMONG.search(one.unit.text, 0, first.figure.start) and _OF_THESE.fullmatch(one.unit.text, first.figure.end, last.figure.start)
    return bool(among) or _PART_OF.fullmatch(one.unit.text, first.figure.end, last.figure.start) is not None


def told_as_part(part: Labelled, whole: Labelled) -> bool:
    """Whether a sentence tells of the one as a part of the other, of the same measure too: "the loss was 60,000, of which 45,000"."""
    if joined(part, whole) or taken_of(part, whole) or is_of_these(part, whole):
        return True
    behind = part.place == whole.place and whole.figure.end <= part.figure.start
    return behind and _OF_WHICH.fullmatch(part.unit.text, whole.figure.end, part.figure.start) is not None


def of_two_wholes(pair: Sequence[Labelled], stated: Sequence[Labelled]) -> bool:
    """Whether a sentence tells other parts of two figures by themselves: of the 36 and the 18 of "9 of 36 and 1 of 18"."""
    if len(pair) < 2 or told_as_part(pair[0], pair[1]):
        return False
    others = [part for part in stated if part not in pair]
    return any(joined(part, other) or joined(other, part) for part in pair for other in others)


def taken_of(part: Labelled, whole: Labelled) -> bool:
    """Whether the columns of a row tell of the one as what is spent or done of the other: "Approved", "Spent to date"."""
    if not (part.column and whole.column and part.place == whole.place and part.measure == whole.measure):
        return False
    return bool(TAKEN.search(part.column) and _ALLOWED.search(whole.column) and not TAKEN.search(whole.column))


def came_of(one: Labelled, two: Labelled) -> tuple[Labelled, Labelled] | None:
    """What came of it and what was before, "from 20 to 50", as their sentence or row tells; None where it does not."""
    return order(*in_text(one, two)) if one.place == two.place else None


def in_text(one: Labelled, two: Labelled) -> tuple[Labelled, Labelled]:
    """Both in the order in which they stand."""
    return (one, two) if one.figure.start <= two.figure.start else (two, one)


def comparable(one: Labelled, two: Labelled) -> bool:
    """Whether two figures are of one measure, or count one thing, and stand together: in a sentence, in a row, in a column."""
    if not (one.measure == two.measure or measures_alike(one.measure, two.measure)) or one == two:
        return False
    if taken_of(one, two) or taken_of(two, one):
        return True
    if one.column and two.column and one.place != two.place:
        return (one.column, one.unit.columns) == (two.column, two.unit.columns)
    if bool(one.column) != bool(two.column):
        return bool(one.measure)
    return bool(one.measure) or _count_alike(one, two)


def _count_alike(one: Labelled, two: Labelled) -> bool:
    """Whether both count one thing, or one leaves to the other what it counts: "from 20 to 50 vials", "9 of 23"."""
    if counts_given(one) or counts_given(two):
        return False  # "one dose" and "two doses" tell which animals are meant
    if nouns(one) & nouns(two) or joined(one, two):
        return True
    if one.place != two.place or one.column or two.column:
        return one.column == two.column != ""
    lacking = [_lacks_noun(one), _lacks_noun(two)]
    return all(lacking) or (any(lacking) and came_of(one, two) is not None)


def alike_in_series(series: Sequence[Labelled]) -> bool:
    """Whether several figures are of one measure or one thing: of one column, of the years of a row, of one noun."""
    if len({each.measure for each in series}) > 1 or series[0].measure == "ratio":
        return False
    if not series[0].column:
        told_again = len({each.figure.value for each in series}) == 1  # one amount, twice in a sentence
        times = series[0].measure in TIME_UNITS  # of which few are of one thing
        alike = bool(series[0].measure) or bool(frozenset[str].intersection(*map(nouns, series)))
        moved = any(came_of(one, two) for one, two in pairwise(series))  # "rose from 93 % to 97 %"
        return alike and not (told_again or times or moved or _are_alternatives(series))
    if series[0].measure:
        return True
    return len({each.column for each in series}) == 1 or all(YEAR.search(each.column) for each in series)
