"""Whether what a sentence dates was before or after the date of a question, or lasts beyond it: "before May?" of "in April"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.numbered import is_of_other_number, names_other_code
from assistant.agent.offline.understanding.cues import light, words_of
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.offline.verdicts.elsewhere import has_opposite, is_of_another_study
from assistant.agent.offline.verdicts.undecided import HAPPENED
from assistant.language.figures import MONTH, MONTHS
from assistant.language.negations import NEGATION
from assistant.language.numerals import ORDINALS
from assistant.language.stems import stem

# So near the sentence is to the question.
_CLOSE = 0.3
_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"(?P<edge>\b(?:end|close|start|beginning) of )?(?:the )?(?:"
    rf"(?P<iso>\b{_YEAR}-\d\d-\d\d\b)"
    rf"|\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<m1>{MONTH})\b\.?(?:,? (?P<y1>{_YEAR})\b)?"
    rf"|\b(?P<m2>{MONTH})\b\.? (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?![.,]\d)(?:,? (?P<y2>{_YEAR})\b)?"
    rf"|\b(?P<m3>{MONTH})\b\.?,? (?P<y3>{_YEAR})\b"
    rf"|\b(?:Q(?P<q>[1-4])|(?P<nth>first|second|third|fourth) (?P<part>quarter|half))(?:,? | of | in | of the year )(?P<y4>{_YEAR})\b"
    rf"|(?<![\d.,/-])(?P<y5>{_YEAR})(?![\d-]|[.,]\d))",
    re.IGNORECASE,
)
# How a question sets its date against what is dated.
_AGAINST = re.compile(
    r"\b(?:(?P<before>before|prior to|earlier than|ahead of|sooner than)|(?P<by>by|no later than|not later than)"
    r"|(?P<after>after|later than|past|beyond|following)|(?P<through>through|until|till|up to|to))\s+(?:the\s+)?$",
    re.IGNORECASE,
)
# What lasts, and what only its end or its beginning tells the date of.
_LASTS = re.compile(
    r"\b(?:last|lasts|fund|funds|cover|covers|runway|enough|get|gets|carry|carries|run|runs|sufficient|valid|good)\b", re.IGNORECASE
)
_IN = re.compile(
    r"\b(?:in|by|before|after|during|of|since|until|till|into|for|through|to|past|beyond|early|late|mid)[\s-]+$", re.IGNORECASE
)
_INTO = re.compile(r"\b(?:into|through|until|till|to|beyond|up to|at least)\s+(?:the\s+)?$", re.IGNORECASE)
_ENDED = re.compile(r"\b(?:end|ends|ended|finish\w*|complet\w+|clos\w+|conclud\w+|over|done|stop\w*)\b", re.IGNORECASE)
_BEGAN = re.compile(r"\b(?:start\w*|beg[aiu]n\w*|open\w*|launch\w*|initiat\w*|commenc\w*)\b", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:and|to|until|through|–|-)\s*(?:the )?", re.IGNORECASE)
# What was is not told by what is to come.
_TO_COME = re.compile(r"\b(?:will|plan\w*|expect\w*|due|scheduled|intend\w*|aim\w*|target\w*)\b", re.IGNORECASE)
# What tells only the time, or that something is in it.
_TIMING = re.compile(
    rf"{MONTH}|end|close|start|beginning|quarter|half|year|first|second|third|fourth|before|prior|earlier|ahead|by|later|after|past|beyond"
    r"|following|(?:last\w* )?(?:through|until|till|to)|last\w*|get|gets|carry|already|still|enough|them|it|date\w*|take place|took place"
    r"|happen\w*|(?:later|earlier) than",
    re.IGNORECASE,
)


class _Span(NamedTuple):
    """The days from ``first`` to ``last``, at ``start``:``end`` of a text; without a year those of one that is not named."""

    first: date
    last: date
    start: int
    end: int
    named: bool


def lies_in_time(topic: Topic, match: Match) -> bool | None:
    """Whether what a sentence dates lies to the side of the question's one date that is asked about; None where neither follows."""
    question, text = topic.question, match.unit.text
    asked = list(_dates(question))
    against = _AGAINST.search(question[: asked[0].start]) if len(asked) == 1 else None
    if against is None or match.cosine < _CLOSE or NEGATION.search(f"{question} {text}") or _is_beside(topic, match, asked[0]):
        return None
    if HAPPENED.match(question) and _TO_COME.search(text):
        return None
    lasting = _LASTS.search(question) is not None
    held = {_held(str(against.lastgroup), asked[0], told, lasting) for told in _told(question, text, asked[0], lasting)}
    return held.pop() if len(held) == 1 else None


def _is_beside(topic: Topic, match: Match, asked: _Span) -> bool:
    """Whether the sentence is of another thing than the question, or lacks words of it that do not tell the time."""
    question, meaning = topic.question, match.unit.meaning
    other = is_of_another_study(topic, meaning) or names_other_code(question, meaning) or has_opposite(question, meaning)
    if other or is_of_other_number(question, match.unit):
        return True
    own, free = set(re.findall(r"\d+", question[asked.start : asked.end])), words_of("whom", table="reference_figures") | light()
    for word in match.lacks:
        digits = set(re.findall(r"\d+", word))
        if (digits and not digits <= own) or (not digits and not _TIMING.fullmatch(word) and stem(word) not in free):
            return True
    return False


def _told(question: str, text: str, asked: _Span, lasting: bool) -> Sequence[_Span]:
    """The spans that a text tells, of a range its end where it is asked what ended, or lasts, and its beginning where what began."""
    found = [span if span.named is asked.named else _of_year(span, asked) for span in _dates(text)]
    if lasting:
        return [span for span in found if _INTO.search(text[: span.start])]
    if len(found) > 1 and _RANGE.fullmatch(text[found[0].end : found[1].start]):
        one, two = found[:2]
        whole = two if _ENDED.search(question) else one if _BEGAN.search(question) else two._replace(first=one.first, start=one.start)
        return [whole, *found[2:]]
    return found


def _of_year(span: _Span, other: _Span) -> _Span:
    """A span as one of the year of ``other``, where one of the two names no year."""
    return span._replace(first=_in(span.first, other.first.year), last=_in(span.last, other.first.year))


def _in(day: date, year: int) -> date:
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))


def _held(against: str, asked: _Span, told: _Span, lasting: bool) -> bool | None:
    """Whether ``told`` lies to the side of ``asked`` that a question means; None where it may lie on either."""
    if against == "before":
        return True if told.last < asked.first else False if told.first >= asked.first else None
    if against == "through" and lasting and told.last == asked.last:
        return True
    if against == "by" or (against == "through" and not lasting):
        return True if told.last <= asked.last else False if told.first > asked.last else None
    return True if told.first > asked.last else False if told.last <= asked.last else None


def _dates(text: str) -> Iterator[_Span]:
    """The dates, months, quarters, halves and years of a text."""
    for match in _DATE.finditer(text):
        try:
            first, last = _days(match)
        except ValueError:  # 31 February
            continue
        if match["y5"] and not (match["edge"] or _IN.search(text[: match.start("y5")])):  # "the 2025 minimum"
            continue
        edge = (match["edge"] or "").casefold()
        if edge.startswith(("end", "close")):
            first = last
        elif edge:
            last = first
        yield _Span(first, last, match.start(), match.end(), any(match[name] for name in ("iso", "y1", "y2", "y3", "y4", "y5")))


# A day without a year is compared with others of this one, which has a 29 February.
_ANY_YEAR = 2000


def _days(match: re.Match[str]) -> tuple[date, date]:
    if match["iso"]:
        return (day := date.fromisoformat(match["iso"])), day
    year = int(match["y1"] or match["y2"] or match["y3"] or match["y4"] or match["y5"] or _ANY_YEAR)
    if number := match["d1"] or match["d2"]:
        return (day := date(year, MONTHS[(match["m1"] or match["m2"]).casefold()], int(number))), day
    if match["m3"]:
        month = MONTHS[match["m3"].casefold()]
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    if match["q"] or match["nth"]:
        months = 6 if (match["part"] or "").casefold() == "half" else 3
        last = months * (int(match["q"] or 0) or ORDINALS[match["nth"].casefold()])
        return date(year, last - months + 1, 1), date(year, last, monthrange(year, last)[1])
    return date(year, 1, 1), date(year, 12, 31)
