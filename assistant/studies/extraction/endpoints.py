"""Which times of a sentence are survival, and whether as a mean or a median; half-lives, follow-up and PFS are not."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from assistant.language.figures import Figure
from assistant.studies.extraction.mentions import Clause
from assistant.studies.facts import Statistic

Side = Literal["", "from", "to"]

_STATISTIC = re.compile(r"\b(?P<mean>mean|average|averaged|averaging)\b|\b(?P<median>median)\b|\bm(?=OS\b)", re.IGNORECASE)
_LIFE = (
    r"(?:(?:overall|cancer-specific|animal|host)\s+)?\bsurvivals?(?:\s+(?:times?|duration|period))?|\bm?OS\b|\bMST\b"
    r"|\blife\s?-?spans?\b|\btime\s+to\s+death\b"
    r"|\b(?:survived|survive|surviving|lived|live|outlived)\b|\bdied\s+(?:at|after)\b"
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
_SHORT_LIFE = frozenset({"live", "survive", "surviving"})
_RIGHT_HEAD = re.compile(
    r"[\s)]*(?:of\s+|in\s+)?(?P<words>(?:(?:mean|median|average|overall)\s+){0,2})(?P<other>(?:progression|event"
    r"|disease|relapse)[- ]free)?\s*(?:survival\b|OS\b)"
    r"(?!\s+(?:rates?|benefits?|advantages?|gains?|fractions?|probabilit))",
    re.IGNORECASE,
)
_JOIN = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:,|and|or|vs\.?|versus|,\s*and|compared\s+(?:to|with)|against|/|to)\s*", re.IGNORECASE)
# What stands right before or after a time that is a point, a step or a spread and not a length of life.
_POINT_BEFORE = re.compile(
    r"\b(?:day|days|week|weeks|month|months|every|by|at|within|over|until|after|before|beyond|past|aged?|first|last"
    r"|next|than\s+by|up\s+to|on|q|additional|extra|further|gain\s+of|increase\s+of|"
    r"difference\s+of|benefit\s+of|another|additionally|(?:for|than)\s+(?:more|longer|at\s+least)(?:\s+than)?)\s*(?:an?\s+)?(?:approximately\s+"
    r"|about\s+|~\s*|some\s+|nearly\s+)?$|(?:±|\+/-|\+-)\s*$",
    re.IGNORECASE,
)
_AFTER_VERB_OK = re.compile(r"\b(?:died|dead|succumbed|euthani[sz]ed)\s+(?:at|after|by)\s*$", re.IGNORECASE)
_AVERAGE_AT = re.compile(r"\b(?:at|after|by|on)\s+(?:an?\s+)?(?:mean|median|average)\s+(?:of\s+)?$", re.IGNORECASE)
_POINT_AFTER = re.compile(
    r"(?:-|\s)*(?:apart|old|ago|earlier|later|longer|shorter|more|less|interval|intervals|follow-?up|of\s+(?:age"
    r"|follow|observation|treatment|dosing|therapy)|half-?li)"
    r"|\s*(?:before|prior|(?:-|\s)*(?:increase|improvement|gain|extension|difference|prolongation|benefit|advantage|reduction))"
    r"|(?:\s*|-)(?:overall\s+)?(?:survival|OS)\s+(?:rates?|probabilit\w+|fractions?|was\s+\d+(?:\.\d+)?\s?%)",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\s*(?:after|post|following|since|from)\b|-?post-?", re.IGNORECASE)
_SPREAD = re.compile(r"\b(?:CI|confidence|range|ranging|IQR|interquartile|SD|SE|SEM|interval)\b|±", re.IGNORECASE)
_RANGED = re.compile(r"\b(?:ranged|ranging|range|varied|between|spanned)\b(?:\s+\w+){0,2}\s*$", re.IGNORECASE)
_LINK = re.compile(
    r"(?:[\s,:=(~]|\b(?:of|for|was|were|is|reached|averaged|averaging|being|to|from|an?|the|approximately|about|only"
    r"|on\s+average|mean|median|average|time|times|"
    r"increased|improved|prolonged|extended|rose|fell|remained|significantly|respectively|and|or|vs|versus|mice|animals"
    r"|patients|they)\b)*$",
    re.IGNORECASE,
)
_MST_MEANS = re.compile(r"\b(mean|median)\s+survival\s+times?\s*[(,;:]*\s*MST\b", re.IGNORECASE)
_SUPPOSED = re.compile(
    r"\b(?:could|would|(?-i:may)|might|should|expect\w*|anticipat\w*|project(?:s|ed|ions?)|predict\w*|forecast\w*"
    r"|assum\w*|hypothes\w*|simulat\w*|estimated\s+to|aims?|goal|target(?:ed)?\s+of|if|"
    r"hope[sd]?|believes?|designed\s+to|intend\w*|will|plan(?:s|ned)?|model(?:l)?ed|powered)\b",
    re.IGNORECASE,
)
_BACKGROUND = re.compile(
    r"\b(?:histor\w+|previously|prior\s+(?:studies|reports?|trials?)|literature|published|reported\s+(?:by|elsewhere"
    r"|for)|typically|typical|generally|usually|known\s+to|prognosis|registry|"
    r"natural\s+history|standard\s+chemotherapy|in\s+the\s+(?:\w+\s+)?trial\s+by|independent(?:ly)?|competitor\w*"
    r"|epidemiolog\w+|nationwide|worldwide|et\s+al)\b",
    re.IGNORECASE,
)
_PRESENT = re.compile(r"\b(?:is|are|has|have|remains?|ranges?|stands?)\b", re.IGNORECASE)
_PAST = re.compile(
    r"\b(?:was|were|had|achieved|reached|experienced|showed|survived|lived|resulted|increased|prolonged|extended"
    r"|improved|averaged|received|given|observed|produced|led|demonstrated|yielded)\b",
    re.IGNORECASE,
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


@dataclass(frozen=True, slots=True)
class _Head:
    start: int
    end: int
    life: bool
    statistic: Statistic | None


def lifetimes(clause: Clause, inherited: Statistic | Literal["no"] | None = "no") -> tuple[Lifetime, ...]:
    """The survival figures of a sentence, in order.

    ``inherited`` is the statistic of the survival that the sentence before spoke of, for sentences such as "It was 21 days in
    controls"; ``"no"`` where there is none to go on with.
    """
    heads = _heads(clause)
    times = [f for f in clause.figures if f.unit in ("day", "week", "month", "year") and _is_length(clause, f)]
    if not any(head.life for head in heads):
        return _continued(clause, times, heads, inherited)
    if _supposed(clause):
        return ()
    found = [life for figure in times if (life := _under(clause, figure, heads))]
    return tuple(_coordinated(heads, _drop_ambiguous(clause, heads, found)))


def _coordinated(heads: list[_Head], found: list[Lifetime]) -> list[Lifetime]:
    """A statistic that stands with the first figure holds for those that follow under the same survival word."""
    for place in range(1, len(found)):
        one, other = found[place - 1], found[place]
        parted = any(one.end <= head.start < other.start for head in heads)
        if other.statistic is None and one.statistic and not parted:
            found[place] = replace(other, statistic=one.statistic)
    return found


def speaks_of_survival(clause: Clause) -> bool:
    """Whether the sentence has a survival word at all."""
    return any(head.life for head in _heads(clause))


def last_statistic(clause: Clause) -> Statistic | Literal["no"] | None:
    """The statistic of the last survival word of a sentence, ``"no"`` without one."""
    lives = [head for head in _heads(clause) if head.life]
    return lives[-1].statistic if lives else "no"


def _supposed(clause: Clause) -> bool:
    """Forecasts, and what is said of a disease or of other people's trials in general."""
    if _SUPPOSED.search(clause.text) or _BACKGROUND.search(clause.text):
        return True
    return bool(_PRESENT.search(clause.text)) and not _PAST.search(clause.text)


def _heads(clause: Clause) -> list[_Head]:
    found: list[_Head] = []
    for match in clause.find(_HEAD):
        word = match.group().casefold()
        if word in _SHORT_LIFE or (match.group() == "os" and clause.text != clause.text.upper()):
            continue
        life = match["life"] is not None
        if life and re.match(
            r"\s+(?:curves?|analys[ei]s|studies|study|data|experiments?|endpoints?|outcomes?|was\s+monitored)\b", clause.after(match.end())
        ):
            continue
        lead = clause.before(match.start(), 32)
        cut = max(lead.rfind(","), lead.rfind(";"), lead.rfind("("))
        stats = list(_STATISTIC.finditer(lead[cut + 1 :]))
        near = stats and len(lead[cut + 1 :][stats[-1].end() :].split()) <= 2
        statistic = _named(stats[-1]) if near else None
        if match.group().startswith("mOS"):
            statistic = "median"
        if match.group() == "MST":
            statistic = _abbreviated(clause)
        found.append(_Head(match.start(), match.end(), life, statistic))
    return _merged(clause, found)


def _abbreviated(clause: Clause) -> Statistic | None:
    """What a document's "MST" stands for, where it says so."""
    match = clause.page.says(_MST_MEANS)
    if not match:
        return None
    return "mean" if match[1].casefold() == "mean" else "median"


def _merged(clause: Clause, heads: list[_Head]) -> list[_Head]:
    """ "overall survival (OS)" is one head."""
    kept: list[_Head] = []
    for head in heads:
        if kept and kept[-1].life == head.life and re.fullmatch(r"\s*\(\s*", clause.between(kept[-1].end, head.start)):
            kept[-1] = replace(kept[-1], end=head.end + 1)
        else:
            kept.append(head)
    return kept


def _named(match: re.Match[str]) -> Statistic:
    return "mean" if match["mean"] else "median"


def _is_length(clause: Clause, figure: Figure) -> bool:
    """Whether a time is a length and neither a point in time, a step, a spread nor a range."""
    if not figure.value:
        return False
    before, after = clause.before(figure.start), clause.after(figure.end)
    bracket = clause.bracket_of(figure.start)
    if bracket and _SPREAD.search(clause.page.text, bracket[0], figure.start):
        return False
    if _RANGED.search(before) or (re.match(r"\s*(?:±|\+/-)", after) and not figure.unit):
        return False
    if _POINT_BEFORE.search(before) and not (_AVERAGE_AT.search(before) or _AFTER_VERB_OK.search(before)):
        return False
    return not _POINT_AFTER.match(after) and not _spans_range(clause, figure)


def _spans_range(clause: Clause, figure: Figure) -> bool:
    """ "20-34 days" and "20 to 34 days" are ranges; "from 20 to 34 days" is a change."""
    before, after = clause.before(figure.start), clause.after(figure.end)
    if re.match(r"\s?(?:-|–)\s?\d", after) or re.search(r"\d\s?(?:-|–)\s?$", before):
        return True
    if re.match(r"\s+to\s+\d", after):
        return not re.search(r"\bfrom\s+(?:an?\s+(?:mean|median)\s+of\s+)?$", before)
    return bool(re.search(r"\d(?:\s+days|\s+weeks|\s+months)?\s+to\s+$", before) and not re.search(r"\bfrom\s+[^;]{0,60}$", before))


def _under(clause: Clause, figure: Figure, heads: list[_Head]) -> Lifetime | None:
    """The figure as the head above it makes it; None where that is no survival."""
    right = _RIGHT_HEAD.match(clause.page.text, figure.end, clause.end)
    if right:
        if right["other"]:
            return None
        stat = _STATISTIC.search(right["words"])
        return _lifetime(clause, figure, _named(stat) if stat else _left_statistic(clause, figure, heads))
    around = clause.bracket_of(figure.start)
    visible = [h for h in heads if h.end <= figure.start and (not (b := clause.bracket_of(h.start)) or b == around)]
    if not visible:
        head = next((h for h in heads if h.start >= figure.end), None)
        if not (head and head.life and around):
            return None
        return _lifetime(clause, figure, head.statistic)
    head = visible[-1]
    if not head.life or _elsewhere(clause, head, figure):
        return None
    return _lifetime(clause, figure, head.statistic)


def _left_statistic(clause: Clause, figure: Figure, heads: list[_Head]) -> Statistic | None:
    local = re.search(r"\b(mean|median|average)\s+(?:of\s+)?$", clause.before(figure.start), re.IGNORECASE)
    return _named(m) if local and (m := _STATISTIC.search(local.group())) else None


def _elsewhere(clause: Clause, head: _Head, figure: Figure) -> bool:
    """Whether the time belongs to another verb: "survival of mice treated 7 days after inoculation"."""
    if not _SINCE.match(clause.page.text, figure.end, clause.end):
        return False
    return not _LINK.search(clause.between(head.end, figure.start)) or bool(
        re.search(r"\b(?:treated|treatment|started|began|initiated|given|dosed|injected|randomi[sz]ed)\s*$", clause.before(figure.start))
    )


def _lifetime(clause: Clause, figure: Figure, statistic: Statistic | None) -> Lifetime:
    before, after = clause.before(figure.start), clause.after(figure.end)
    local = re.search(r"\b(?:mean|median|average)\s+(?:of\s+)?(?:approximately\s+|about\s+)?$", before, re.IGNORECASE)
    trailing = re.match(r"(?:\s*(?:\+/-|\u00b1)\s*[\d.]+(?:\s?\w+)?)?\s*\(\s*(mean|median)\b", after, re.IGNORECASE)
    averaged = re.search(
        r"\b(?:averag(?:ed|ing)|on\s+average,?)\s+(?:for\s+)?(?:approximately\s+|about\s+)?$", before, re.IGNORECASE
    ) or re.match(r"\s+on\s+average\b", after, re.IGNORECASE)
    if (local and (match := _STATISTIC.search(local.group()))) or (trailing and (match := _STATISTIC.search(trailing.group()))):
        statistic = _named(match)
    elif averaged:
        statistic = "mean"
    side: Side = ""
    if re.search(r"\bfrom\s+(?:an?\s+(?:mean|median)\s+of\s+|approximately\s+)?$", before):
        side = "from"
    elif re.search(r"\bto\s+(?:an?\s+(?:mean|median)\s+of\s+|approximately\s+)?$", before) and re.search(r"\bfrom\s+[^;]{0,80}\d", before):
        side = "to"
    bound = figure.qualifier in (">", "<", ">=", "<=") or (bool(re.match(r"\s*\+", after)) and figure.text[-1:].isdigit())
    return Lifetime(figure.start, figure.end, figure.value, figure.unit, statistic, side, bound)


def _drop_ambiguous(clause: Clause, heads: list[_Head], found: list[Lifetime]) -> list[Lifetime]:
    """Where two endpoints are named together ("PFS and OS were 4 and 11 months"), figures go to them in turn or to none."""
    for first, second in zip(heads, heads[1:], strict=False):
        gap = clause.between(first.end, second.start)
        if (
            re.search(r"\d", gap)
            or not re.fullmatch(r"\s*(?:\([^)]*\)\s*)?(?:,|and|or|/|&)\s*(?:(?:mean|median|overall)\s+)*", gap, re.IGNORECASE)
            or first.life == second.life
        ):
            continue
        times = [f for f in clause.figures if f.start > second.end and f.unit in ("day", "week", "month", "year") and _is_length(clause, f)]
        if len(times) % 2:
            return [f for f in found if f.start < first.start]
        mine = {f.start for f in (times[0::2] if first.life else times[1::2])}
        head = first if first.life else second
        listed = [_lifetime(clause, f, head.statistic) for f in times if f.start in mine]
        return [f for f in found if f.start < first.start] + listed
    return found


def _continued(
    clause: Clause, times: list[Figure], heads: list[_Head], inherited: Statistic | Literal["no"] | None
) -> tuple[Lifetime, ...]:
    """Figures of a sentence without a survival word that plainly goes on with the survival of the one before."""
    if inherited == "no" or heads or _supposed(clause):
        return ()
    goes_on = re.match(
        r"(?:(?:In|For|Among|With|At)\s[^.;]*?,?\s+)?(?:it|this|that|the\s+(?:corresponding\s+)?(?:values?|figures?|times?))\s+(?:was"
        r"|were|reached|rose|fell|increased)\b|"
        r"(?:It|This|The\s+corresponding\s+(?:values?|figures?|times?))\s+(?:was|were|reached|rose|fell|increased)\b",
        clause.text,
    )
    return tuple(_lifetime(clause, f, inherited) for f in times) if goes_on else ()
