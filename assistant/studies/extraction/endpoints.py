"""Which times of a sentence are survival, and whether as a mean or a median; half-lives, follow-up and PFS are not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from assistant.language.figures import Figure
from assistant.language.subjects import SUBJECT, SUBJECTS
from assistant.studies.extraction.heads import STATISTIC, Head, heads_of, named
from assistant.studies.extraction.lengths import is_length, replaces, supposed
from assistant.studies.extraction.mentions import Clause
from assistant.studies.facts import Statistic

Side = Literal["", "from", "to"]
_RIGHT_HEAD = re.compile(
    r"[\s)]*(?:of\s+|in\s+)?(?P<words>(?:(?:mean|median|average|overall)\s+){0,2})(?P<other>(?:progression|event"
    r"|disease|relapse)[- ]free)?\s*(?:survival\b|OS\b)"
    r"(?!\s+(?:rates?|benefits?|advantages?|gains?|fractions?|probabilit))",
    re.IGNORECASE,
)
# "44 days (mean)" says it of this figure alone; "survival (median, 15 vs. 11 months)" of both.
_ASIDE = re.compile(
    r"(?:\s*(?:\+/-|\u00b1)\s*[\d.]+(?:\s?\w+)?)?\s*(?:\(\s*|,\s+(?:again\s+)?(?:(?:(?:that|this|which)\s+(?:is|was)\s+)?(?:the|an?)\s+)?)(mean|median|average)\b(?!\s+\w)",
    re.IGNORECASE,
)
_OPENING = re.compile(r"\(\s*(mean|median)\s*[,:]?\s*$", re.IGNORECASE)
# What one animal did is no result of its arm.
_ONE_ANIMAL = re.compile(
    rf"\b(?:last|longest|first|one|single|a|another|oldest|each)\s+(?:[\w-]+\s+){{0,2}}?(?:{SUBJECT}"
    r"|survivor|responder)\b(?:(?!\b(?:mean|median)\b)[^,;.])*$",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\s*(?:after|post|following|since|from)\b|-?post-?", re.IGNORECASE)
# Words that tie a time to the survival before them, although "after inoculation" follows.
_LINK = re.compile(
    r"(?:[,:=(]|\b(?:of|for|was|were|is|reached|averaged|lived|survived|to|from|at|after|and|or|vs\.?|versus|than"
    r"|with|mean|median|average|about|approximately|only))\s*$",
    re.IGNORECASE,
)
# "- Saline (n = 8): 21 days" tells survival where that is the stated end point, or where the list follows a sentence on it.
_RESULT_ITEM = re.compile(
    r"\W*[^:;]{3,120}\bn\s*=\s*\d+[^:;]{0,20}:[\s*]*\d[\d.]*\s?(?:d|days?|weeks?|months?)\W*", re.IGNORECASE | re.DOTALL
)
# Under the heading "Median survival", "- Saline: 21 days" does so too.
_LABELLED_ITEM = re.compile(
    r"\W*(?:[^:;.]|(?<=\d)\.(?=\d)){3,60}:[\s*]*\d[\d.]*\s?(?:d|days?|weeks?|months?)\W*(?:\([^()]*\)\W*)?", re.IGNORECASE
)
_ENDPOINT = re.compile(
    r"\bend[ -]?points?\s*(?::|was|is|=)\s*(?:the\s+)?(?:time\s+to\s+death|(?:overall\s+)?survival|death|life\s?span)\b", re.IGNORECASE
)
# "G1 vehicle, n=8: median 20 days" where survival is the one thing that the document measures.
_MEDIAN_LINE = re.compile(
    r"\W*[^:;]{2,80}[:=][\s*]*(?:median|mean|average)\s+(?:of\s+)?\d[\d.]*\s?(?:d|days?|weeks?|months?)\W*", re.IGNORECASE
)
_SURVIVAL = re.compile(r"\b(?:survival|OS)\b")
_OTHER_ENDPOINT = re.compile(
    r"\b(?:progression|event|disease|relapse|tumou?r)[- ]free\b|\b(?:r|m)?(?:PFS|EFS|DFS)\b|\btime\s+to\s+(?!death)|\bduration\s+of\b"
    r"|\bdoubling\b|\bdelay\b",
    re.IGNORECASE,
)
_LIST_UNIT = re.compile(r"(?:\bin\s+|[(\[,]\s*)(?P<unit>day|week|month)s\b", re.IGNORECASE)
_UNIT_BEFORE = re.compile(r"\((?:in\s+)?(?P<unit>day|week|month)s\)\s*(?:[:=]|was|of)\s*$", re.IGNORECASE)
_THERE_IS_MORE = re.compile(r"\s*(?:,|/|and|or|vs\.?|versus|to|-)\s*\d")
_SET_OFF = re.compile(r"(?:\s[-:=|]|:)\s*$")
# "It was 34 days with 20 MBq", "In treated mice this reached 34 days", "The figures for 20 MBq …"
_GOES_ON = re.compile(
    r"(?:(?:In|For|Among|With|At|After|Following|Under|Without)\s[^.;]*?,?\s+)?(?:it|this|that|the\s+(?:corresponding\s+)?(?:values?|figures?|times?|medians?|means?))\s+(?:was"
    r"|were|reached|rose|fell|increased)\b|"
    r"(?:The\s+)?(?:results?|figures?|values?|medians?|means?)\s+(?:of|for|in)\s|"
    r"(?:It|This|The\s+corresponding\s+(?:values?|figures?|times?))\s+(?:was|were|reached|rose|fell|increased)\b",
)
# "20 MBq raised this to 43 days"
_RAISED = re.compile(
    r"\b(?:raised|increased|prolonged|extended|lengthened|shortened|took|brought|pushed|got)\s+(?:this|it|that)\s+(?:figure\s+|time\s+)?to\s+\d",
    re.IGNORECASE,
)
_BARE_LIFE = re.compile(rf"\b(?:survived|lived|lasted|it\s+was|ones|{SUBJECTS}|controls?)\s+(?:only\s+|just\s+)?$", re.IGNORECASE)
_RESULTED = re.compile(r"\b(?:resulted\s+in|gave|yielded|produced|led\s+to|brought)\s+(?:only\s+|just\s+)?$", re.IGNORECASE)
# After a sentence on survival, "the saline group reached a median of 24 days" goes on with it.
_REACHED = re.compile(
    r"\b(?:reached|had|attained|achieved|showed|was)\s+an?\s+(?:mean|median|average)\s+of\s+(?:only\s+|about\s+)?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Lifetime:
    """A survival figure; ``side`` tells which end of "from 21 to 34 days" it is, ``bound`` that it is only a bound (">120 days")."""

    start: int
    end: int
    value: float
    unit: str
    statistic: Statistic | None
    side: Side = ""
    bound: bool = False


def lifetimes(clause: Clause, inherited: Statistic | Literal["no"] | None = "no", unit: str = "") -> tuple[Lifetime, ...]:
    """The survival figures of a sentence, in order.

    ``inherited`` is the statistic of the survival that the sentence before spoke of, for sentences such as "It was 21 days in
    controls"; ``"no"`` where there is none to go on with. ``unit`` is that of a list under a heading such as "Survival in days".
    """
    heads = heads_of(clause)
    times = [f for f in clause.figures if f.unit in ("day", "week", "month", "year") and is_length(clause, f)]
    times = _with_bare(clause, times) or _with_unit_apart(clause)
    if not any(head.life for head in heads):
        if unit and inherited != "no" and not times and (listed := _bare_item(clause, unit)):
            return (_lifetime(clause, listed, inherited),)
        return _continued(clause, times, heads, inherited)
    if supposed(clause):
        return ()
    own = [figure for figure in times if not _ONE_ANIMAL.search(clause.before(figure.start))]
    found = [life for figure in own if (life := _under(clause, figure, heads) or _led_to(clause, figure, heads, inherited))]
    return tuple(_coordinated(clause, heads, _drop_ambiguous(clause, heads, found)))


def _with_bare(clause: Clause, times: list[Figure]) -> list[Figure]:
    """ "Treated mice survived 66 days; littermates survived 47": a figure without a unit has that of the time before it."""
    found = list(times)
    for figure in clause.figures:
        before = [f for f in times if f.end <= figure.start]
        bare = before and not figure.unit and not figure.qualifier and _BARE_LIFE.search(clause.before(figure.start))
        if bare and re.match(r"\s*(?:[,.;)(]|$)", clause.after(figure.end)):
            found.append(replace(figure, unit=before[-1].unit))
    return sorted(found, key=lambda figure: figure.start)


def list_unit(clause: Clause) -> str:
    """The unit of survivals that a heading puts over a list: "Median survival (days)", "OS in weeks, n per arm"."""
    if not any(head.life for head in heads_of(clause)) or any(f.unit in ("day", "week", "month") and f.value for f in clause.figures):
        return ""
    named = next(clause.find(_LIST_UNIT), None)
    return named["unit"].casefold() if named else ""


def _with_unit_apart(clause: Clause) -> list[Figure]:
    """ "Median overall survival (months): 23.9": the unit stands before the figure."""
    found = []
    for figure in clause.figures:
        unit = _UNIT_BEFORE.search(clause.before(figure.start))
        if unit and not figure.unit and figure.value and figure.kind == "number" and not _THERE_IS_MORE.match(clause.after(figure.end)):
            found.append(replace(figure, unit=unit["unit"].casefold()))
    return found


def _bare_item(clause: Clause, unit: str) -> Figure | None:
    """The bare figure that ends an item of a list: "- saline, n = 10: 32"."""
    last = clause.figures[-1] if clause.kind == "item" and clause.figures else None
    if last is None or last.unit or last.qualifier or last.kind != "number" or not last.value:
        return None
    ends = not clause.after(last.end).strip(" .*_") and _SET_OFF.search(clause.before(last.start))
    return replace(last, unit=unit) if ends else None


def _coordinated(clause: Clause, heads: Sequence[Head], found: list[Lifetime]) -> list[Lifetime]:
    """A statistic that stands with the first figure holds for those that follow under the same survival word."""
    for place in range(1, len(found)):
        one, other = found[place - 1], found[place]
        parted = any(one.end <= head.start < other.start for head in heads)
        if other.statistic is None and one.statistic and not parted and not _ASIDE.match(clause.page.text, one.end, clause.end):
            found[place] = replace(other, statistic=one.statistic)
    return found


def _under(clause: Clause, figure: Figure, heads: Sequence[Head]) -> Lifetime | None:
    """The figure as the head above it makes it; None where that is no survival."""
    right = _RIGHT_HEAD.match(clause.page.text, figure.end, clause.end)
    if right:
        if right["other"]:
            return None
        stat = STATISTIC.search(right["words"])
        return _lifetime(clause, figure, named(stat) if stat else _left_statistic(clause, figure))
    around = clause.bracket_of(figure.start)
    visible = [h for h in heads if h.end <= figure.start and (not (b := clause.bracket_of(h.start)) or b == around)]
    if not visible:
        head = next((h for h in heads if h.start >= figure.end), None)
        if not (head and head.life and around):
            return None
        return _lifetime(clause, figure, head.statistic)
    head = visible[-1]
    if not head.life or _elsewhere(clause, figure):
        return None
    return _lifetime(clause, figure, head.statistic)


def _led_to(clause: Clause, figure: Figure, heads: Sequence[Head], inherited: Statistic | Literal["no"] | None) -> Lifetime | None:
    """ "10 MBq resulted in 40 days, while controls survived for 20 days" after a sentence on survival: the first figure is one too."""
    if inherited == "no" or any(head.start < figure.start for head in heads) or not _RESULTED.search(clause.before(figure.start)):
        return None
    return _lifetime(clause, figure, inherited)


def _left_statistic(clause: Clause, figure: Figure) -> Statistic | None:
    local = re.search(r"\b(mean|median|average)\s+(?:of\s+)?$", clause.before(figure.start), re.IGNORECASE)
    return named(m) if local and (m := STATISTIC.search(local.group())) else None


def _elsewhere(clause: Clause, figure: Figure) -> bool:
    """Whether the time belongs to another verb: "survival of mice treated 7 days after inoculation"."""
    if not _SINCE.match(clause.page.text, figure.end, clause.end):
        return False
    return not _LINK.search(clause.before(figure.start))


def _lifetime(clause: Clause, figure: Figure, statistic: Statistic | None) -> Lifetime:
    before, after = clause.before(figure.start), clause.after(figure.end)
    local = re.search(r"\b(?:mean|median|average)\s+(?:of\s+)?(?:approximately\s+|about\s+)?$", before, re.IGNORECASE)
    trailing = _ASIDE.match(after) or _OPENING.search(before)
    averaged = re.search(
        r"\b(?:averag(?:ed|ing)|on\s+average,?)\s+(?:for\s+)?(?:approximately\s+|about\s+)?$", before, re.IGNORECASE
    ) or re.match(r"\s+on\s+average\b", after, re.IGNORECASE)
    if (local and (match := STATISTIC.search(local.group()))) or (trailing and (match := STATISTIC.search(trailing.group()))):
        statistic = named(match)
    elif averaged:
        statistic = "mean"
    side: Side = ""
    if re.search(r"\bfrom\s+(?:an?\s+(?:mean|median)\s+of\s+|approximately\s+)?$", before):
        side = "from"
    elif re.search(r"\bto\s+(?:an?\s+(?:mean|median)\s+of\s+|approximately\s+)?$", before) and re.search(r"\bfrom\s+[^;]{0,80}\d", before):
        side = "to"
    bound = figure.qualifier in (">", "<", ">=", "<=") or (bool(re.match(r"\s*\+", after)) and figure.text[-1:].isdigit())
    return Lifetime(figure.start, figure.end, figure.value, figure.unit, statistic, side, bound)


def _drop_ambiguous(clause: Clause, heads: Sequence[Head], found: list[Lifetime]) -> list[Lifetime]:
    """Where two endpoints are named together ("PFS and OS were 4 and 11 months"), figures go to them in turn or to none."""
    for first, second in pairwise(heads):
        gap = clause.between(first.end, second.start)
        if (
            re.search(r"\d", gap)
            or not re.fullmatch(r"\s*(?:\([^)]*\)\s*)?(?:,|and|or|/|&)\s*(?:(?:mean|median|overall)\s+)*", gap, re.IGNORECASE)
            or first.life == second.life
        ):
            continue
        times = [f for f in clause.figures if f.start > second.end and f.unit in ("day", "week", "month", "year") and is_length(clause, f)]
        if len(times) % 2:
            return [f for f in found if f.start < first.start]
        mine = {f.start for f in (times[0::2] if first.life else times[1::2])}
        head = first if first.life else second
        listed = [_lifetime(clause, f, head.statistic) for f in times if f.start in mine]
        return [f for f in found if f.start < first.start] + listed
    return found


def _line_of_list(clause: Clause, inherited: Statistic | Literal["no"] | None) -> bool:
    """Whether a line gives a name and a time alone, under survival or where a document measures nothing else."""
    if _MEDIAN_LINE.fullmatch(clause.text):
        return clause.page.says(_SURVIVAL) is not None and clause.page.says(_OTHER_ENDPOINT) is None
    counted = _RESULT_ITEM.fullmatch(clause.text) and (inherited != "no" or clause.page.says(_ENDPOINT))
    labelled = inherited != "no" and clause.kind in ("item", "paragraph") and _LABELLED_ITEM.fullmatch(clause.text)
    return bool(labelled or (clause.kind == "item" and counted))


def _continued(
    clause: Clause, times: list[Figure], heads: Sequence[Head], inherited: Statistic | Literal["no"] | None
) -> tuple[Lifetime, ...]:
    """Figures of a sentence without a survival word that plainly goes on with the survival of the one before."""
    if not heads and inherited != "no" and (replacing := [f for f in times if replaces(clause, f.start)]):
        return tuple(_lifetime(clause, f, inherited) for f in replacing)
    if heads or supposed(clause):
        return ()
    if _line_of_list(clause, inherited):
        return tuple(_lifetime(clause, f, None if inherited == "no" else inherited) for f in times[-1:])
    if inherited == "no":
        return ()
    led = any(_RESULTED.search(clause.before(f.start)) for f in times)
    if led or _GOES_ON.match(clause.text.lstrip("\"'")) or _RAISED.search(clause.text):
        return tuple(_lifetime(clause, f, inherited) for f in times)
    return tuple(_lifetime(clause, f, inherited) for f in times if _REACHED.search(clause.before(f.start)))
