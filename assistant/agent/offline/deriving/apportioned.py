"""What a rate, an allotment, a tolerance or a list of figures of one sentence gives: "20 micrograms for each GBq", "randomised 2:1"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from assistant.agent.offline.deriving.asked_words import asked_words, said, surroundings
from assistant.agent.offline.deriving.made import Composed, amounts
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.organs import has_any, organs_of
from assistant.agent.offline.understanding.terms import measure_key
from assistant.language.figures import Figure, figures
from assistant.language.stems import stems
from assistant.language.units import TIME_UNITS, canonical_unit

_HOW_MUCH = re.compile(
    r"\b(?:how (?:much|many)|what (?:amount|quantity|mass|volume|activity)|amount|quantity|need\w*|require\w*)\b", re.IGNORECASE
)
_FOR_EACH = re.compile(r"(?:\s+(?:of\s+)?[A-Za-z][\w-]*){0,4}?\s*(?:/|\b(?:per|for each|for every|each)\s+)(?P<unit>[A-Za-zµμ]+)\b")
_LEAST = re.compile(r"\b(?:lowest|least|minimum|min|smallest|down to)\b", re.IGNORECASE)
_MOST = re.compile(r"\b(?:highest|most|maximum|max|largest|up to)\b", re.IGNORECASE)
_WITHIN = re.compile(r"\b(?:within|differ by (?:no|not) more than|not differ by more than)\s+(?:±\s*|\+/-\s*)?$", re.IGNORECASE)
_ALLOTTED = re.compile(r"\brandomi[sz]\w*\b[^.;]{0,40}?\b(?P<ratio>\d+(?:\s?:\s?\d+)+)\b(?P<sides>(?:[^.;]|\.(?=\d))*)", re.IGNORECASE)
_HOW_MANY = re.compile(r"\b(?:how many|number of)\b", re.IGNORECASE)
_SIDE = re.compile(r"\s*(?:,\s*(?:and|or)?|\b(?:and|or|versus|vs\.?)\b)\s*(?:to\s+)?", re.IGNORECASE)
_COMPARATOR = re.compile(r"\b(?:placebo|control|chemotherapy|choice|standard|comparator|sham|vehicle|best supportive)\b", re.IGNORECASE)
_COUNTED = re.compile(r"\s+(?:[a-z-]+\s+){0,2}?(?:patients|participants|subjects|people|animals|dogs|volunteers)\b", re.IGNORECASE)
_PLANNED = re.compile(r"\b(?:enrol\w*|randomi[sz]\w*|recruit\w*|includ\w*)\b", re.IGNORECASE)
_MEAN = re.compile(r"\b(?:average|avg|mean)\b", re.IGNORECASE)
_JOINED = re.compile(r"\s*(?:,|;|and|,\s*and|&)\s*(?:[a-z]+\s+){0,2}?", re.IGNORECASE)
_HALF_LIVES = re.compile(r"\bhow many (?:physical )?half[- ]li(?:ves|fes)\b", re.IGNORECASE)
_HALF_LIFE = re.compile(r"\bhalf[- ]life\b", re.IGNORECASE)
_RATIO = re.compile(r"\bratio\b|\b\w+[ -](?:to|versus|vs)[ -]\w+\b|\bhow many times\b", re.IGNORECASE)
_STILL = re.compile(r"\b(?:still|left|remain\w*|retain\w*|of the \d+)", re.IGNORECASE)
_SHARE = re.compile(r"\b(?:percent|percentage|per cent|pct|share|fraction|proportion)\b|%", re.IGNORECASE)
_TO_ITS_TIME = re.compile(r"[^\d,;.]{0,70}?\b(?:at|after|by|on)\s+(?:day\s+)?", re.IGNORECASE)
_TOTAL_OF = re.compile(
    r"\b(?:in all|in total|a total of|altogether|overall)\b,?\s+(?P<count>\d[\d,]*)\s+(?P<noun>[a-z]+)\b"
    r"|(?<![\w.])(?P<other>\d[\d,]*)\s+(?P<thing>[a-z]+)\s+(?:were|have been|had been)\s+"
    r"(?:given|administered|delivered|infused|injected|performed|collected|taken|made)\b",
    re.IGNORECASE,
)
_TREATED = re.compile(
    r"(?<![\w.,/])(?P<count>\d[\d,]*)\s+(?:patients|participants|subjects|people|dogs|animals)?\s*(?:were|have been|had "
    r"been)\s+(?:treated|dosed)\b",
    re.I,
)
_ORDERED = re.compile(r"\b(?:targets?|order\w*|dispens\w*|draw\w*|allow\w*|accept\w*|prescribed|nominal)\b", re.IGNORECASE)
# So much of what a question tells of has to be said in a sentence and around it.
_SAID, _HALF = 0.7, 0.5


def of_rate(question: str, _: Sequence[str], told: Sequence[Match]) -> Iterator[Composed]:
    """A stated amount for each unit of the amount that the question brings: "20 micrograms for each GBq"."""
    own = [
        figure
        for figure in figures(question)
        if figure.unit and figure.kind == "number" and figure.unit not in ("percent", "ratio", "date")
    ]
    if len(own) != 1 or not _HOW_MUCH.search(question) or re.search(r"\bper\b|%|\bpercent", question, re.IGNORECASE):
        return
    asked = asked_words(question, frozenset(stems("need require use add take must")))
    asked = tuple(word for word in asked if word.stem != measure_key(own[0]) and canonical_unit(word.text) is None)
    for match in told:
        text = match.unit.text
        for figure in amounts(text):
            each = _FOR_EACH.match(text, figure.end) if figure.unit and "/" not in figure.unit else None
            unit = canonical_unit(each["unit"]) if each else None
            if unit and unit == own[0].unit and figure.unit != unit and asked and said(asked, text, surroundings(match)) >= _SAID:
                yield Composed("product", f"{figure.written} * {own[0].value:.10g}", (match,))


def of_tolerance(question: str, _: Sequence[str], told: Sequence[Match]) -> Iterator[Composed]:
    """The least or the most of the question's amount that a stated tolerance allows: "within 5 % of the activity ordered"."""
    own = [
        figure
        for figure in figures(question)
        if figure.unit and figure.kind == "number" and figure.unit not in ("percent", "ratio", "date")
    ]
    least, most = _LEAST.search(question), _MOST.search(question)
    if len(own) != 1 or bool(least) == bool(most):
        return
    asked = asked_words(
        _LEAST.sub(" ", _MOST.sub(" ", question)), frozenset(stems("ask asking allow allowed can without acceptable still ok"))
    )
    asked = tuple(word for word in asked if word.stem != measure_key(own[0]) and canonical_unit(word.text) is None)
    found = [
        (said(asked, match.unit.text, surroundings(match)), figure, match)
        for match in told
        for figure in figures(match.unit.text)
        if figure.unit == "percent" and _WITHIN.search(match.unit.text[: figure.start])
    ]
    best = max((rate for rate, *_ in found), default=0.0)
    for rate, figure, match in found:
        if rate == best >= _HALF or (len(found) == 1 and _ORDERED.search(question)):
            yield Composed("converted", f"{own[0].written} * (1 {'-' if least else '+'} {figure.value:.10g} / 100)", (match,))


def of_allotment(question: str, _: Sequence[str], told: Sequence[Match]) -> Iterator[Composed]:
    """How many of those who are enrolled come to the arm that the question names: 64 of 96 who are randomised 2:1."""
    if (
        _MEAN.search(question)
        or not _HOW_MANY.search(question)
        or _SHARE.search(question)
        or not re.search(r"\b(?:arms?|groups?|get|receive|assigned|on|placebo)\b", question, re.I)
    ):
        return
    for match in told:
        text = match.unit.text
        allotted = _ALLOTTED.search(text)
        counts = [f for f in figures(text) if not f.unit and f.kind == "number" and _COUNTED.match(text, f.end) and f.value > 1]
        if allotted is None or len(counts) != 1 or not _PLANNED.search(text):
            continue
        parts = [int(part) for part in re.split(r"\s?:\s?", allotted["ratio"])]
        if not re.match(r"\W*(?:ratio\W+)?to\b", allotted["sides"]) and len(set(parts)) > 1:
            continue  # which side gets more is not told
        sides = [side for side in _SIDE.split(re.sub(r"^\W*(?:to\b)?", "", allotted["sides"])) if side.strip()]
        place = _side(question, sides[: len(parts)], parts)
        if place is not None:
            yield Composed("product", f"{counts[0].value:.10g} * {parts[place]} / ({' + '.join(map(str, parts))})", (match,))


def _side(question: str, sides: Sequence[str], parts: Sequence[int]) -> int | None:
    """Which side of an allotment a question names; any where all are equal."""
    if len(set(parts)) == 1:
        return 0
    if len(sides) != len(parts):
        return None
    asked = set(stems(question))
    named = [
        place for place, side in enumerate(sides) if asked & (set(stems(side)) - {"week", "every", "cycl", "to", "at", "of", "for", "the"})
    ]
    control = [place for place, side in enumerate(sides) if _COMPARATOR.search(side)]
    if _COMPARATOR.search(question):
        return control[0] if len(control) == 1 else None
    tested = [place for place in range(len(sides)) if place not in control]
    return named[0] if len(named) == 1 else tested[0] if len(tested) == 1 else None


def of_list(question: str, _: Sequence[str], told: Sequence[Match]) -> Iterator[Composed]:
    """The mean of figures of one measure that one sentence lists: "97.2 %, 98.1 % and 98.4 %"."""
    if not _MEAN.search(question) or _SHARE.search(_MEAN.sub(" ", question)):
        return
    asked = asked_words(question)
    rated = []
    for match in told:
        listed = _listed(match.unit.text)
        if len(listed) > 1 and asked and (rate := said(asked, match.unit.text, surroundings(match))) >= _SAID:
            rated.append((rate, listed, match))
    most = max((rate for rate, *_ in rated), default=0.0)
    for rate, listed, match in rated:
        if rate == most:
            percents = " in percent" if listed[0].unit == "percent" else ""
            yield Composed("mean", f"mean({', '.join(each.written for each in listed)}){percents}", (match,))


def _listed(text: str) -> list[Figure]:
    """The figures of the one list of a text; none where it has several or further figures of their measure."""
    found = [
        figure for figure in figures(text) if figure.kind == "number" and figure.unit and figure.unit not in {"date", "ratio"} | TIME_UNITS
    ]
    for unit in {figure.unit for figure in found}:
        own = [figure for figure in found if figure.unit == unit]
        if len(own) > 2 and all(_JOINED.fullmatch(text[one.end : two.start]) for one, two in pairwise(own)):
            return own
    return []


def of_half_lives(question: str, _: Sequence[str], told: Sequence[Match]) -> Iterator[Composed]:
    """How many half-lives a time is that a sentence states, by the one half-life that the documents tell."""
    if not _HALF_LIVES.search(question) or any(figure.unit in TIME_UNITS for figure in figures(question)):
        return
    lives = {measure_key(f): (f, m) for m in told if _HALF_LIFE.search(m.unit.text) for f in amounts(m.unit.text) if f.unit in TIME_UNITS}
    asked = asked_words(
        _HALF_LIVES.sub(" ", question), frozenset(stems("half-life half lives decay minimum least maximum physical period"))
    )
    asked = tuple(word for word in asked if not re.fullmatch(r"[A-Z][a-z]?-?\d{2,3}|\d{2,3}-?[A-Z][a-z]?", word.text, re.I))
    rated = []
    for match in told:
        times = [figure for figure in amounts(match.unit.text) if figure.unit in TIME_UNITS]
        if len(times) == 1 and not _HALF_LIFE.search(match.unit.text) and asked:
            rated.append((said(asked, match.unit.text), times[0], match))
    most = max((rate for rate, *_ in rated), default=0.0)
    for rate, time, match in rated:
        if rate == most >= _HALF and len(lives) == 1:
            ((life, source),) = lives.values()
            yield Composed("converted", f"{time.written} / ({life.written})", tuple(dict.fromkeys((match, source))))


def of_organs(question: str, _: Sequence[str], told: Sequence[Match]) -> Iterator[Composed]:
    """What two organs took up at one time, one over the other, or one organ at the later of two times as a share of the earlier."""
    asked = organs_of(frozenset(stems(question)))
    times = {measure_key(figure): figure for figure in figures(question) if figure.unit in TIME_UNITS}
    known = [(organ, time, figure, match) for match in told for organ, time, figure in _timed(match.unit.text)]
    if len(asked) == 2 and len(times) == 1 and _RATIO.search(question):
        first, second = sorted(asked, key=lambda organ: min(stems(question).index(word) for word in organ))
        pairs = [
            [each for each in known if has_any(frozenset([organ]), frozenset(each[0])) and each[1] in times] for organ in (first, second)
        ]
    elif len(asked) == 1 and len(times) == 2 and _SHARE.search(question) and _STILL.search(question):
        late, early = sorted(times, key=lambda key: -float(key.split()[0]))
        pairs = [[each for each in known if has_any(asked, frozenset(each[0])) and each[1] == time] for time in (late, early)]
    else:
        return
    if any(len({figure.value for _, _, figure, _ in found}) != 1 for found in pairs):
        return
    (one,), (two,) = (found[:1] for found in pairs)
    if one[2].unit == two[2].unit and two[2].value:
        share = len(asked) == 1
        expression = f"{one[2].value:.10g} / {two[2].value:.10g}{' in percent' if share else ''}"
        yield Composed("share" if share else "ratio", expression, tuple(dict.fromkeys((one[3], two[3]))))


def _timed(text: str) -> Iterator[tuple[frozenset[str], str, Figure]]:
    """Each figure of a text that tells of one organ, with the time at which it was so."""
    organs = organs_of(frozenset(stems(text)))
    if len(organs) != 1:
        lead = organs_of(frozenset(stems(re.split(r"\b(?:uptake|activity|dose|concentration)\b", text)[0].split(",")[-1])))
        organs = lead if len(lead) == 1 else frozenset()
    found = [figure for figure in figures(text) if figure.kind == "number"]
    for one, two in pairwise(found) if organs else ():
        if two.unit in TIME_UNITS and one.unit not in TIME_UNITS and _TO_ITS_TIME.fullmatch(text, one.end, two.start):
            yield next(iter(organs)), measure_key(two), one


def for_each_patient(question: str, _: Sequence[str], told: Sequence[Match]) -> Iterator[Composed]:
    """How many of what was given in all there are for each who was treated."""
    if not re.search(r"\b(?:average|avg|mean|per|each)\b", question, re.I) or not re.search(
        r"\b(?:patients?|participants?|subjects?|dogs?|animals?|person)\b", question, re.I
    ):
        return
    if not re.search(r"\bhow many\b|\b(?:average|mean|avg) number\b|\bper\b", question, re.I) or figures(question):
        return
    asked = set(stems(question))
    totals = [
        (each["count"] or each["other"], match)
        for match in told
        for each in _TOTAL_OF.finditer(match.unit.text)
        if set(stems(each["noun"] or each["thing"])) & asked
        and not re.search(r"\b(?:patients?|participants|subjects|animals)\b", each.group(), re.I)
    ]
    wholes = [(each["count"], match) for match in told for each in _TREATED.finditer(match.unit.text)]
    if len({count for count, _ in totals}) == 1 and len({count for count, _ in wholes}) == 1:
        (total, one), (whole, two) = totals[0], wholes[0]
        yield Composed("quotient", f"{total.replace(',', '')} / {whole.replace(',', '')}", tuple(dict.fromkeys((one, two))))
