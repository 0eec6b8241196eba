"""When something is to be, by another document than the one that was quoted: both are shown, the newest first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from assistant.agent.offline.encoders import Encode
from assistant.agent.offline.findings import Findings
from assistant.agent.offline.sentences.fitness import answers
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.matching import matches_of
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.figures import figures
from assistant.language.periods import Period, periods

# So likely a sentence of another document has to be, beside the likeliest of that which was quoted; so many of each are tried.
_AS_LIKELY, _LIKELY, _TRIED = 0.3, 0.25, 3


def told_otherwise(topic: Topic, cited: Collection[str], findings: Findings, encode: Encode) -> list[Match]:
    """The sentences of documents not ``cited`` that answer when, each with a time that the quoted ones do not tell."""
    if topic.form != "when" or topic.follows:
        return []
    matches = matches_of(topic, findings, encode)
    own = [match for match in matches if findings.document_of(match.unit.source).id in cited]
    if not own or not (told := _times(own[0].unit.text)):
        return []
    found: dict[str, Match] = {}
    for match in _first_of_others(matches, cited, findings):
        document = findings.document_of(match.unit.source).id
        likely = match.chance >= max(_LIKELY, _AS_LIKELY * own[0].chance)
        times = _times(match.unit.text)
        if likely and document not in found and times and not times & told and answers(topic, match, findings):
            found[document] = match
    return list(found.values())


def _first_of_others(matches: Sequence[Match], cited: Collection[str], findings: Findings) -> list[Match]:
    counted: dict[str, int] = {}
    first = []
    for match in matches:
        document = findings.document_of(match.unit.source).id
        counted[document] = counted.get(document, 0) + 1
        if document not in cited and counted[document] <= _TRIED:
            first.append(match)
    return first


def _times(text: str) -> frozenset[Period]:
    """The periods that a text names; a day as its month."""
    days = (date.fromordinal(int(figure.value)) for figure in figures(text) if figure.unit == "date")
    return frozenset(periods(text)) | {Period(day.year, day.month, 12) for day in days}
