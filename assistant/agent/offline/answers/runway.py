"""How long cash lasts: what there is, divided by what was used of it, both as one document states them."""

from __future__ import annotations

import re

from assistant.agent.offline.answers.told import Told, told
from assistant.agent.offline.deriving.linking import earlier_and_later
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import phrase, quoted, significant
from assistant.agent.offline.sentences.scope import scope
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.figures import Figure, figures
from assistant.language.sentences import sentences
from assistant.language.units import CURRENCIES

_CASH_STATED = re.compile(r"\bcash\b(?! (?:out)?flow| used)", re.IGNORECASE)
_RUNWAYS_AT_MOST = 2
# Words by which statements of accounts tell what there is, and what was used.
_CASH, _USED = "cash cash equivalents at the end", "net cash used outflow in operations operating activities"


def plan(topic: Topic, findings: Findings) -> list[Call]:
    """Cash divided by what was used of it, for each document that the question means and that states both."""
    return [_runway(cash, used) for cash, used in _sums(topic, findings)]


def say(topic: Topic, findings: Findings) -> list[str]:
    """For how many of the periods that the use is stated for the cash lasts, with the two sentences."""
    said: list[str] = []
    for cash, used in _sums(topic, findings):
        wanted = _runway(cash, used)
        if working := findings.working(wanted):
            value = significant(working.results[0].value, 3)
            said.append(phrase("runway", count=value, mark=findings.mark(wanted)))
            said += [quoted("", each.text, each.marker) for each in dict.fromkeys((cash, used))]
    return said


def _runway(cash: Told, used: Told) -> Call:
    return call("calculate", expression=f"{cash.figure.written} / {used.figure.written}")


def _sums(topic: Topic, findings: Findings) -> list[tuple[Told, Told]]:
    """The cash and what was used of it, both from one document, the newest first."""
    meant = scope(topic, findings.evidence.sources)
    dates = {source.document.id: source.document.date or "" for source in findings.evidence.sources if source.document.id in meant}
    found = []
    for document in sorted(dates, key=lambda known: dates[known], reverse=True):
        used = told(_USED, findings, _is_money, at_least=3, within=[document])
        cash = told(_CASH, findings, _is_money, within=[document]) or _cash_now(findings, document)
        if cash and used and used.figure.value and cash.figure.unit == used.figure.unit and cash.text != used.text:
            found.append((cash, used))
    return found[:_RUNWAYS_AT_MOST]


def _is_money(figure: Figure) -> bool:
    return figure.unit in CURRENCIES


def _cash_now(findings: Findings, document: str) -> Told | None:
    """The cash of a document's first sentence that sets it beside that of an earlier day."""
    for marker, source in enumerate(findings.evidence.sources, 1):
        for sentence in sentences(source.passage.text) if source.document.id == document else ():
            sums = [figure for figure in figures(sentence.text) if _is_money(figure)]
            if _CASH_STATED.search(sentence.text) and len(sums) == 2 and (now := earlier_and_later(sums[0], sums[1], sentence.text)[1]):
                return Told(" ".join(sentence.text.split()), now, f"[{marker}]")
    return None
