"""The time between two dates that the sources state: of one sentence, "from 9 January to 22 February 2023", or of one for each event."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from assistant.agent.offline.deriving.candidate import Candidate
from assistant.agent.offline.deriving.labelled import Labelled
from assistant.agent.offline.deriving.own_dates import own_dates
from assistant.agent.offline.encoders import Encode
from assistant.agent.offline.findings import Findings
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.surroundings import around
from assistant.agent.offline.understanding.lapse import clauses, events, in_unit
from assistant.agent.offline.understanding.operation import telling_words
from assistant.agent.offline.understanding.terms import stem_set
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.dates import are_joined, dates, is_period
from assistant.language.figures import MONTHS, Figure
from assistant.language.stems import stems
from assistant.studies.expression import DATE

# What asks for the date of an event, as the encoder of answers knows questions.
_DATE_OF = "the date of {}"
# Which of several: "the second hearing" is no first one.
_WHICH = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|last|final|next|previous|\d(?:st|nd|rd|th))\b(?!\s(?:day|date|time)s?\b)", re.IGNORECASE
)
# Nothing but the parts of a date, which is one of the calendar or none.
_NO_EVENT = re.compile(rf"(?:\d+(?:st|nd|rd|th)?|{'|'.join(MONTHS)}|\W)+", re.IGNORECASE)
# Where two dates of a kind are meant: "how far apart", "the interval between the doses".
_BETWEEN = re.compile(r"\b(?:between|apart|interval|gap|lie|lay)\b", re.IGNORECASE)
# The numbers below were chosen on the questions of tests/evals/worked and documents_fourth.jsonl that ask for such times.
# So near each event has to be to the words before its date: nearer where fewer of its own words stand there, 1, or at least around, 0.
_NEAR = ((0.4, 0.7), (0.48, 0.12), (0.55, 0.0))
# By so much both have to be nearer than to the words before any other pair.
_MARGIN = 0.05
# A sentence as a whole tells less well which of its dates is meant.
_WHOLE = 0.85
# One of so many sentences, the likeliest ones, that is so likely may have both dates.
_TRIED, _CHANCE = 3, 0.05


def elapsed(topic: Topic, matches: Sequence[Match], findings: Findings, encode: Encode) -> Candidate | None:
    """The later date less the earlier one; None where the two dates are not plain."""
    stated = [each for match in matches for each in _dated(match, findings)]
    named = events(topic.question)
    own = [figure for figure in topic.figures if figure.unit == DATE]
    if any(_NO_EVENT.fullmatch(event) and not any(figure.text in event for figure in own) for event in named):
        return None  # a date that is none, "31 April"
    if dated := own_dates(named, stated, findings):
        return _since_document(topic.question, dated, named, stated, encode) if not own else None
    if own:
        others = [event for event in named if own[0].text not in event]
        return _since(topic.question, own[0], others[0], stated, encode) if len(own) == 1 and others else None
    if named:
        pair = _of_events(named, stated, encode)
    else:
        pair = _of_one_sentence(topic.question, matches, stated) or _of_events(clauses(topic.question), stated, encode)
    return Candidate("elapsed", _expression(topic.question, *(each.figure for each in pair)), pair) if pair else None


def _expression(question: str, one: Figure, two: Figure) -> str:
    """The later day less the earlier one, in the unit that is asked for."""
    days = sorted((one.value, two.value), reverse=True)
    return " - ".join(date.fromordinal(int(day)).isoformat() for day in days) + in_unit(question)


def _dated(match: Match, findings: Findings) -> Iterator[Labelled]:
    """The dates of a sentence, those without a year in that of their document, or in the next one where another date precedes."""
    document, text = findings.document_of(match.unit.source), match.unit.text
    year = int(document.date[:4]) if document.date else None
    before = date.min
    for each in dates(text):
        day = each.within(year or 0) if each.year or year else None
        if day and not each.year and day < before:
            day = each.within(before.year + 1)
        if day:
            before = day
            figure = Figure(each.start, each.end, float(day.toordinal()), DATE, "date", "", each.text)
            said, context = stem_set(text), stem_set(match.unit.meaning) | stem_set(match.unit.context)
            yield Labelled(figure, match, DATE, around(figure, text), said, context, document.id)


def _of_one_sentence(question: str, matches: Sequence[Match], stated: Sequence[Labelled]) -> tuple[Labelled, Labelled] | None:
    """The dates of a likely sentence that has just two, where they are a period or two of a kind."""
    for match in matches[:_TRIED]:
        found = [each for each in stated if each.match is match]
        if match.chance >= _CHANCE and len(found) == 2 and _differ(*found):
            one, two = found
            told = are_joined if _BETWEEN.search(question) else is_period
            return (one, two) if told(match.unit.text, one.figure.end, two.figure.start) else None
    return None


def _of_events(named: Sequence[str], stated: Sequence[Labelled], encode: Encode) -> tuple[Labelled, Labelled] | None:
    """For each of two events the date whose words are nearest to it; None where no pair of dates is by far the nearest."""
    if len(named) < 2:
        return None
    near = _nearness(named, stated, encode)
    pairs = [(near[0][i] + near[1][j], i, j) for i, one in enumerate(stated) for j, two in enumerate(stated) if _differ(one, two)]
    if not pairs:
        return None
    best, i, j = max(pairs)
    values = {stated[i].figure.value, stated[j].figure.value}
    others = (score for score, *places in pairs if {stated[place].figure.value for place in places} != values)
    meant = _is_of(named[0], stated[i], near[0][i]) and _is_of(named[1], stated[j], near[1][j])
    return (stated[i], stated[j]) if meant and best - max(others, default=0.0) >= _MARGIN else None


def _nearness(named: Sequence[str], stated: Sequence[Labelled], encode: Encode) -> list[list[float]]:
    """How near each event is to each date, by the words that lead up to this and by its sentence."""
    leads = [_lead(each) for each in stated]
    wholes = [" ".join(each.unit.meaning.split()) for each in stated]
    vectors = encode([*(_DATE_OF.format(event) for event in named), *leads, *wholes])
    first, rest = vectors[: len(named)], vectors[len(named) :]
    of_leads, of_wholes = rest[: len(stated)], rest[len(stated) :]
    return [
        [max(float(event @ lead), _WHOLE * float(event @ whole)) for lead, whole in zip(of_leads, of_wholes, strict=True)]
        for event in first
    ]


def _since(question: str, own: Figure, event: str, stated: Sequence[Labelled], encode: Encode) -> Candidate | None:
    """The time between the question's own date and the date of the event that it names."""
    if not stated:
        return None
    (near,) = _nearness((event,), stated, encode)
    best, place = max((score, place) for place, score in enumerate(near))
    nearest = stated[place].figure
    other = max((score for each, score in zip(stated, near, strict=True) if each.figure.value != nearest.value), default=0.0)
    if not _is_of(event, stated[place], best) or best - other < _MARGIN or nearest.value == own.value:
        return None
    return Candidate("elapsed", _expression(question, own, nearest), (stated[place],), (own,))


def _since_document(
    question: str, dated: Mapping[int, Labelled | None], named: Sequence[str], stated: Sequence[Labelled], encode: Encode
) -> Candidate | None:
    """The time between the day that a document is of and the date of the other event; None where both are documents."""
    ((place, document), *others) = dated.items()
    if document is None or others:
        return None
    found = _since(question, document.figure, named[1 - place], stated, encode)
    return Candidate("elapsed", found.expression, (document, *found.inputs)) if found else None


def _is_of(event: str, dated: Labelled, near: float) -> bool:
    """Whether a date is that of the event: near to it, and its words stand there or around, or nearer without them."""
    if not _which(event) <= _which(dated.unit.text):
        return False
    told = telling_words(event)
    if not told or not all(dated.has(word) for word in told if word.text.upper() in event and len(word.text) > 1):
        return False  # an abbreviation tells who did it: approval by the FDA is none by a hospital's board
    said = sum(map(dated.has, told)) / len(told) if told else 0.0
    return any(near >= least and said >= share for least, share in _NEAR)


def _which(text: str) -> frozenset[str]:
    return frozenset(match.group().casefold() for match in _WHICH.finditer(text))


def _differ(one: Labelled, two: Labelled) -> bool:
    return one.document == two.document and one.figure.value != two.figure.value


def _lead(each: Labelled) -> str:
    """The words that lead up to a date from the date before it, or the whole sentence where they are few."""
    text = each.unit.text
    before = max((other.end for other in dates(text) if other.end <= each.figure.start), default=0)
    lead = text[before : each.figure.end]
    return " ".join((lead if len(stems(lead)) > 2 else text).split())
