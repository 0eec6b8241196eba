"""The words that say what a time measures, survival or something else, and as which statistic."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from assistant.language.subjects import SUBJECTS
from assistant.studies.extraction.mentions import Clause, Page
from assistant.studies.facts import Statistic

STATISTIC = re.compile(r"\b(?P<mean>mean|average|averaged|averaging)\b|\b(?P<median>median)\b|\bm(?=OS\b)", re.IGNORECASE)
_LIFE = (
    r"(?:(?:overall|cancer-specific|animal|host)\s+)?\bsurvivals?(?:\s+(?:times?|duration|period))?|\bm?OS\b|\bMST\b"
    r"|\blife\s?-?spans?\b|\btime\s+to\s+death\b"
    r"|\b(?:survived|survive|surviving|lived|live|outlived)\b|\bdied\s+(?:at|after|within)\b|\balive\s+for\b"
    rf"|\b(?:{SUBJECTS}|ones|group|controls)\s+(?:lasted|made\s+it\s+to)\b"
)
_OTHER = (
    r"\b(?:\w+-free|progression[- ]free|event[- ]free|disease[- ]free|relapse[- ]free|metastasis[- ]free)\s+(?:survival"
    r"|interval|period)|\b(?:r|m)?(?:PFS|EFS|DFS|RFS|MFS|TTP|TTD)\b"
    r"|\bsurvival\s+(?:rates?|fractions?|probabilit\w+|advantages?|benefits?|gains?|improvements?|extensions?|increases?"
    r"|prolongations?|differences?)\b"
    r"|\bOS\s+(?:rates?|benefits?|gains?)\b|\b(?:doubling|tripling|quadrupling)\s+times?\b|\bhalf-?\s?li(?:fe|ves)\b"
    r"|\bfollow(?:ed)?[- ]?up\b|\bgrowth\s+delay\b|\bTGD\b"
    r"|\b(?:duration|length)\s+of\s+\w+|\b(?:DOR|DoR)\b|\btime\s+to\s+(?!death\b)\w+|\b(?:tumou?r\s+)?(?:stasis|regression"
    r"|remission|regrowth)\b|\b(?:median|mean)\s+age\b|\baged?\b"
    r"|\b(?:dosing\s+)?intervals?\b|\blatency\b|\bexposure\b|\bresponses?\b|\btumou?r\s+(?:growth|volume|control"
    r"|free)\b|\btumou?r-free\b|\bweight\s+loss\b|\bnadir\b|\brecover\w*\b"
    r"|\bobserv(?:ed|ation)\s+(?:for|period)\b|\bclear(?:ed|ance)\b|\bretention\b|\bresidence\s+times?\b|\bcensored\b"
    r"|\bdisease\s+(?:control|stabili[sz]ation)\b|\bstable\s+disease\b"
)
_HEAD = re.compile(rf"(?P<other>{_OTHER})|(?P<life>{_LIFE})", re.IGNORECASE)
_EXTREME = re.compile(r"\b(?:longest|maxim(?:um|al)|shortest|minim(?:um|al)|individual)\s+(?:\w+\s+)?$", re.IGNORECASE)
_SHORT_LIFE = frozenset({"live", "survive", "surviving"})
_MST_MEANS = re.compile(
    r"\bMST\s*(?:=|:|,|is|denotes|stands\s+for)?\s*\(?(?P<first>mean|median)\s+survival"
    r"|\b(?P<last>mean|median)\s+survival\s+times?\s*[(,;:]*\s*MST\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Head:
    """A word that says what a time measures: survival (``life``) or something else."""

    start: int
    end: int
    life: bool
    statistic: Statistic | None


@lru_cache(maxsize=1024)  # several readers look for them in each sentence
def heads_of(clause: Clause) -> tuple[Head, ...]:
    """The words of a sentence that say what its times measure, in order."""
    found: list[Head] = []
    for match in clause.find(_HEAD):
        word = match.group().casefold()
        if word in _SHORT_LIFE or (match.group() == "os" and clause.text != clause.text.upper()):
            continue
        life = match["life"] is not None and not _EXTREME.search(clause.before(match.start()))
        if life and re.match(
            r"\s+(?:curves?|analys[ei]s|studies|study|data|experiments?|endpoints?|outcomes?|was\s+monitored)\b", clause.after(match.end())
        ):
            continue
        lead = clause.before(match.start(), 32)
        cut = max(lead.rfind(","), lead.rfind(";"), lead.rfind("("))
        stats = list(STATISTIC.finditer(lead[cut + 1 :]))
        near = stats and len(lead[cut + 1 :][stats[-1].end() :].split()) <= 2
        statistic = named(stats[-1]) if near else None
        if match.group().startswith("mOS"):
            statistic = "median"
        if match.group() == "MST":
            statistic = abbreviated(clause.page)
        found.append(Head(match.start(), match.end(), life, statistic))
    return tuple(_merged(clause, found))


def last_statistic(clause: Clause) -> Statistic | Literal["no"] | None:
    """The statistic of the last survival word of a sentence, ``"no"`` without one."""
    lives = [head for head in heads_of(clause) if head.life]
    return lives[-1].statistic if lives else "no"


def abbreviated(page: Page) -> Statistic | None:
    """What a document's "MST" stands for, where it says so."""
    match = page.says(_MST_MEANS)
    if not match:
        return None
    return "mean" if (match["first"] or match["last"]).casefold() == "mean" else "median"


def _merged(clause: Clause, heads: list[Head]) -> list[Head]:
    """ "overall survival (OS)" is one head."""
    kept: list[Head] = []
    for head in heads:
        if kept and kept[-1].life == head.life and re.fullmatch(r"\s*\(\s*", clause.between(kept[-1].end, head.start)):
            kept[-1] = replace(kept[-1], end=head.end + 1)
        else:
            kept.append(head)
    return kept


def named(match: re.Match[str]) -> Statistic:
    """The statistic that a match of STATISTIC names."""
    return "mean" if match["mean"] else "median"
