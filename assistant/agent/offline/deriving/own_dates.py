"""The day that a document itself is of, where a question counts from it: "days between the letter and the annual meeting"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from assistant.agent.offline.deriving.labelled import Labelled
from assistant.agent.offline.findings import Findings
from assistant.language.dates import dates

# What documents are called, and what may stand around that where nothing else than the document is meant.
_NOUN = r"letter|release|announcement|newsletter|statement|article|memo|notice|abstract|update|report|document"
_DOCUMENT = re.compile(
    rf"(?:(?:the|this|that|its|their|our)\s+)?(?:(?:date|day|publication|issue|issuing)\s+of\s+)?(?:(?:the|this)\s+)?"
    rf"(?:(?:shareholders?|press|news|quarterly|investor)\s+)?(?P<noun>{_NOUN})(?:'s)?"
    rf"(?:\s+itself)?(?:\s+to\s+(?:the\s+)?shareholders)?(?:\s+(?:date|was|is|came|went|got|published|issued|dated|sent|written|out|itself))*",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"\s*(?:/[^/]{2,30}/|\([^()]{2,40}\))?\s*(?:[-–—]{1,2}|:)\s")
# So many characters at the beginning of a text tell what it is.
_HEAD = 300


def own_dates(events: Sequence[str], stated: Sequence[Labelled], findings: Findings) -> Mapping[int, Labelled | None]:
    """For each of the ``events``, by its place, that is a document and nothing else the date of that; None where none is plain."""
    named = {place: match for place, event in enumerate(events) if (match := _DOCUMENT.fullmatch(event.strip()))}
    return {place: _date_of(match["noun"].casefold(), stated, findings) for place, match in named.items()}


def _date_of(noun: str, stated: Sequence[Labelled], findings: Findings) -> Labelled | None:
    """The date of the one document that is called so, where the text states it."""
    documents = {source.document.id: source.document for source in findings.evidence.sources}
    texts = dict.fromkeys(documents, "")
    for source in findings.evidence.sources:
        texts[source.document.id] += f" {source.passage.text}"
    called = [known for known, text in texts.items() if _is_called(noun, f"{documents[known].title} {text[:_HEAD]}", text)]
    meant = called or ([] if noun == "letter" else list(documents))
    if len(meant) != 1:
        return None
    day = documents[meant[0]].date
    value = _ordinal(day) if day else _of_dateline(texts[meant[0]])
    return next((each for each in stated if each.document == meant[0] and each.figure.value == value), None)


def _of_dateline(text: str) -> float | None:
    """The day with which a release begins: "LEIDEN, May 6, 2025 - Halvane today reported"."""
    known = (each for each in dates(text[: 2 * _HEAD]) if each.year and _DATELINE.match(text, each.end))
    day = next((each.within(each.year or 0) for each in known), None)
    return float(day.toordinal()) if day else None


def _is_called(noun: str, head: str, text: str) -> bool:
    """Whether a document says at its beginning, or of itself, that it is a letter, a release."""
    of_itself = re.search(rf"\bthis (?:\w+ )?{noun}\b", text, re.IGNORECASE)
    return of_itself is not None or re.search(rf"\b{noun}\b", head, re.IGNORECASE) is not None


def _ordinal(day: str) -> float | None:
    try:
        return float(date.fromisoformat(day).toordinal())
    except ValueError:
        return None  # a month without a day
