"""What leads in to a figure in a cited sentence: "by" or "to", a range, an earlier period. A right figure behind the wrong one is false."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from assistant.agent.grounding.agreement import stated
from assistant.agent.grounding.amounts import Amount, amounts
from assistant.agent.grounding.ground import Ground
from assistant.agent.grounding.vocabulary import content, reason, stems, table
from assistant.language.conjunctions import COMPARING
from assistant.language.schedule import numbers_a_day

_BY_OR_TO = re.compile(
    r"\b(by|to)\s(?:(?:about|some|nearly|only|just|almost|around|roughly|approximately|a further|as much as)\s)?$", re.IGNORECASE
)
_STATISTIC = re.compile(r"\b(?:mean|averag\w+|median|typical(?:ly)?)\b", re.IGNORECASE)
_SPREAD = re.compile(r"\b(?:rang(?:e|es|ed|ing)|CI|interval|IQR|between)\b[^;()]{0,40}$", re.IGNORECASE)
# "from 3 to 5 million", with a few words behind each figure
_FROM = re.compile(r"\bfrom\s(?:\w+\s){0,2}$", re.IGNORECASE)
_ON_TO = re.compile(r"[^;.]{0,60}?\bto\s(?:\w+\s){0,2}", re.IGNORECASE)
_PERIOD = r"\b(?:19|20)\d\d\b|\b(?:quarter|half|period|months|year)\b"
# "2.4 million (2023: 2.6 million)", "2.4 million, compared with 2.6 million in the same period of 2023"
_BEFORE_IT = re.compile(rf"\([^()]*(?:{_PERIOD})[^()]*:\s*$", re.IGNORECASE)
_COMPARED = re.compile(rf"(?:{COMPARING}|\bfrom\b)[^.;]{{0,15}}$", re.IGNORECASE)
_OF_A_PERIOD = re.compile(rf"[^.;]{{0,50}}?(?:{_PERIOD})", re.IGNORECASE)
# So far before a figure its sentence tells that something changed.
_NEAR = 60


def changed(claimed: str, ground: Ground) -> str | None:
    """A change "by" a figure where every cited sentence that has it changes "to" it, or the other way round."""
    for figure in amounts(claimed):
        here = _change(claimed, figure)
        there = {_change(text, other) for text, other in _told(figure, ground)} if here else set()
        if there and here not in there and None not in there:
            return reason("direction", name=claimed[max(0, figure.start - 3) : figure.end])
    return None


def _change(text: str, figure: Amount) -> str | None:
    """Whether the figure is by how much something rises or falls, or to what: "by" or "to"; None where it is neither."""
    before = text[max(0, figure.start - _NEAR) : figure.start]
    found = _BY_OR_TO.search(before)
    rises = content(before) & (stems(table("meaning")["up"]) | stems(table("meaning")["down"]))
    return found[1].lower() if found and rises else None


def spread(claimed: str, ground: Ground) -> str | None:
    """A mean or median that the cited sentences have only as an end of a range or interval."""
    for figure in amounts(claimed) if _STATISTIC.search(claimed) else ():
        spoken = claimed[: figure.start]
        if not figure.unit or numbers_a_day(claimed, figure.start) or _SPREAD.search(spoken):
            continue
        told = list(_told(figure, ground))
        if told and all(_SPREAD.search(text[: other.start]) for text, other in told):
            return reason("statistic", name=figure.text, other="mean or median")
    return None


def backward(claimed: str, ground: Ground) -> str | None:
    """A change "from" the later of two figures "to" the earlier, as a cited sentence dates them."""
    figures = amounts(claimed)
    for one, two in pairwise(figures):
        if not _FROM.search(claimed[: one.start]) or not _ON_TO.fullmatch(claimed[one.end : two.start]):
            continue
        pairs = [(text, now, then) for text, now in _told(one, ground) for other, then in _told(two, ground) if other == text]
        if any(now.end <= then.start and _is_earlier(text, then) for text, now, then in pairs):
            return reason("time", name=claimed[one.start : two.end])
    return None


def _is_earlier(text: str, figure: Amount) -> bool:
    """Whether a sentence gives the figure for an earlier period, beside one for the period that it reports."""
    before = text[: figure.start]
    compared = _COMPARED.search(before) and _OF_A_PERIOD.match(text, figure.end)
    return _BEFORE_IT.search(before) is not None or compared is not None


def _told(figure: Amount, ground: Ground) -> Iterator[tuple[str, Amount]]:
    """Each cited sentence that has the figure, with it."""
    for line in ground.lines:
        yield from ((line.reading, other) for other in amounts(line.reading) if stated(figure, other))
