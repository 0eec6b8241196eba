"""Remarks on an arm that bear on comparisons: its disease burden at the start, and how its doses followed each other."""

from __future__ import annotations

import re

from assistant.studies.extraction.doses import schedules
from assistant.studies.extraction.mentions import Clause
from assistant.studies.extraction.stretches import DIVIDER, Designator
from assistant.studies.facts import Note
from assistant.values import Span

_LOAD = r"(?:disease|tumou?r)\s+(?:burdens?|volumes?|sizes?|loads?)"
_BURDEN = re.compile(
    rf"\b(?:(?:initial|baseline|starting|pre-?treatment)\s+{_LOAD}|{_LOAD}\s+(?:at|before|prior\s+to)\s+(?:the\s+)?"
    r"(?:baseline|start|treatment|enrol\w+|randomi[sz]ation|dosing|therapy|first\s+dose|day\s+0|study\s+entry|outset))",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:(?:nearly|almost|about|approximately|roughly|more\s+than|over)\s+)?(?:double|twice|triple|half|larger"
    r"|greater|higher|bigger|smaller|lower|"
    r"exceed\w*|\d+(?:\.\d+)?(?:-fold|\s+times|x|%)|threefold|twofold)",
    re.IGNORECASE,
)
_STOP = re.compile(r",\s*(?:which|who|and|but|with)\b|;|\.$")


def burden(document: str, clause: Clause, designator: Designator, named: list[Designator]) -> Note | None:
    """A remark that an arm began with more or less disease, where ``designator`` is its subject."""
    load = next(clause.find(_BURDEN), None)
    if load is None or designator is not max((d for d in named if d.end <= load.start()), key=lambda d: d.end, default=None):
        return None
    leading = [m for m in clause.find(_MORE) if designator.end <= m.start() and m.end() <= load.start()]
    more = leading or [m for m in clause.find(_MORE) if m.start() >= load.end()]
    if not more:
        return None
    stop = _STOP.search(clause.page.text, max(load.end(), more[0].end()), clause.end)
    return _note(document, clause, "burden", min(more[0].start(), load.start()), stop.start() if stop else clause.end)


def schedule(document: str, clause: Clause, designator: Designator) -> Note | None:
    """How the doses of an arm with several follow each other: "two weeks apart", "q3w x 4"."""
    doses = designator.first("doses")
    if doses is None or doses.number < 2:
        return None
    for start, end in schedules(clause):
        gap = clause.between(designator.end, start) if start >= designator.end else ""
        if start >= designator.start and not DIVIDER.search(gap) and len(gap) < 40 and not re.search(r"\d", gap):
            return _note(document, clause, "schedule", start, end)
    return None


def _note(document: str, clause: Clause, kind: str, start: int, end: int) -> Note:
    return Note(kind=kind, text=clause.page.raw[start:end], span=Span(document=document, start=start, end=end))
