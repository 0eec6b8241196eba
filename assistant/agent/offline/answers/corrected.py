"""Figures that another document corrects: its sentence is quoted before the answer, and the answer is said to be the earlier one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from assistant.agent.offline.encoders import Encode
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import is_lack, phrase, quoted, title
from assistant.agent.offline.sentences.candidates import candidates
from assistant.agent.offline.sentences.fitness import is_about
from assistant.agent.offline.sentences.lookup import Wording, rank
from assistant.agent.offline.sentences.units import Unit
from assistant.agent.offline.understanding.mentions import Mentions, mentions
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.brackets import MARKER
from assistant.language.figures import Figure, figures
from assistant.resources import prompt_table

_PASSAGES = 4
# So much of the question's words has a sentence that corrects another figure than the one that was answered with.
_COVERED = 0.5
_KINDS = ("number", "word")


def plan(findings: Findings) -> list[Call]:
    """A search for corrections, where there is more than one document that could correct another."""
    documents = {source.document.id for source in findings.evidence.sources} | {study.document for study in findings.evidence.studies}
    return [call("search_passages", query=phrase("corrections"), k=_PASSAGES)] if len(documents) > 1 else []


def say(topic: Topic, said: Sequence[str], findings: Findings, encode: Encode) -> list[str]:
    """``said`` with what corrects a figure of it before it; ``said`` itself where nothing does."""
    asked_with = {(figure.value, figure.unit) for figure in topic.figures}
    told = [figure for sentence in said for figure in figures(MARKER.sub("", sentence)) if figure.kind in _KINDS and figure.unit]
    stated = [figure for figure in told if (figure.value, figure.unit) not in asked_with]
    if not stated or not findings.cited_in(" ".join(said)):
        return list(said)
    read = candidates(topic.question, topic.query, findings.evidence.sources)
    matches = rank(Wording(topic.question, topic.query, topic.form, topic.follows), [unit for unit in read if _is_plain(unit)], encode)
    cited = findings.cited_in(" ".join(said))
    apart = [match for match in matches if findings.document_of(match.unit.source).id not in cited and is_about(topic, match, findings)]
    asked = [match for match in apart if match.coverage >= _COVERED and _may_mean(topic, match.unit, said, findings)]
    telling = [units_ for match in matches if (units_ := _correcting(match.unit, read, stated, asked=match in asked))]
    if not telling or any(telling[0][-1].quote in sentence for sentence in said):
        return list(said)
    best = telling[0]
    rest = [sentence for sentence in said if not any(unit.quote in sentence for unit in best)]
    return [*_quotes(best, findings), *(_as_earlier(sentence, findings.document_of(best[0].source).id, findings) for sentence in rest)]


def _as_earlier(sentence: str, document: str, findings: Findings) -> str:
    """``sentence`` as one that another document than the correcting one reported."""
    cited = findings.cited_in(sentence)
    return f"{phrase('earlier')} {sentence}" if cited and document not in cited and not is_lack(sentence) else sentence


def _is_plain(unit: Unit) -> bool:
    """Whether a sentence speaks of a correction and has a figure."""
    return not unit.title and _speaks_of_correction(unit.text)


@lru_cache(maxsize=8192)  # asked of each sentence again with every question
def _speaks_of_correction(text: str) -> bool:
    return _correction().search(text) is not None


@cache
def _correction() -> re.Pattern[str]:
    phrases = prompt_table("questions.toml")["corrections"]["phrases"]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, phrases))})(?![\w-])", re.IGNORECASE)


def _may_mean(topic: Topic, unit: Unit, said: Sequence[str], findings: Findings) -> bool:
    """Whether a sentence without the old figure may correct the answer: it names nothing else, and its document is no earlier one."""
    cited = [findings.document(document) for document in findings.cited_in(" ".join(said))]
    dates = [document.date for document in cited if document and document.date]
    date = findings.document_of(unit.source).date
    return not (date and dates and date < min(dates)) and not _names_another(topic, unit, said, findings)


def _names_another(topic: Topic, unit: Unit, said: Sequence[str], findings: Findings) -> bool:
    """Whether a sentence names an arm, a control, a study or a species that neither the question nor the answer speaks of."""
    here, there = (mentions(text, topic.known, topic.callings) for text in (unit.text, " ".join([topic.question, *said])))
    studies = {study.name for study in there.studies or topic.studies}
    cited = findings.cited_in(" ".join(said))
    passages = " ".join(source.passage.text for source in findings.evidence.sources if source.document.id in cited)
    species = there.species | mentions(passages, ()).species | {study.species for study in topic.studies}
    elsewhere = studies.isdisjoint(study.name for study in here.studies) if studies and here.studies else False
    return elsewhere or bool(_arms_named(here) - _arms_named(there)) or bool(here.species - species)


def _arms_named(named: Mentions) -> set[object]:
    """The arms that a text names, by whatever it calls them."""
    control = {"control"} if named.control else set[str]()
    return {*control, *named.counts, *named.levels, *named.designations, *named.called}


def _correcting(unit: Unit, read: Sequence[Unit], stated: Sequence[Figure], *, asked: bool) -> tuple[Unit, ...]:
    """The sentence if it gives another figure beside one of the answer, be that in the sentence before, or for what is ``asked``."""
    known = {(figure.value, figure.unit) for figure in stated}
    own = _amounts(unit)
    before = next((other for other in read if (other.source, other.position) == (unit.source, unit.position - 1) and not other.title), None)
    for quotation in [(unit,), *([(before, unit)] if before else [])]:
        repeated = {amount for each in quotation for amount in _amounts(each)} & known
        if _units(own - known) & _units(repeated):
            return quotation
    return (unit,) if asked and _units(own - known) & _units(known) else ()


def _amounts(unit: Unit) -> set[tuple[float, str]]:
    """The values with their units that a sentence has."""
    return {(figure.value, figure.unit) for figure in figures(unit.text) if figure.kind in _KINDS and figure.unit}


def _units(amounts: set[tuple[float, str]]) -> set[str]:
    return {unit for _, unit in amounts}


def _quotes(said: Sequence[Unit], findings: Findings) -> list[str]:
    document = findings.document_of(said[0].source)
    named = phrase("document", title=title(document.title), date=document.date or phrase("undated"))
    leads = [phrase("corrects", document=named), *("" for _ in said[1:])]
    return [quoted(lead, unit.quote, f"[{unit.source}]") for lead, unit in zip(leads, said, strict=True)]
