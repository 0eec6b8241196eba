"""Question and findings → what the cells of one of the tables give as the question wants: nothing where two tables do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.agent.offline.deriving.cumulative import cumulative
from assistant.agent.offline.deriving.funnel import asks_stages, funnel
from assistant.agent.offline.deriving.grids import Grid, grids
from assistant.agent.offline.deriving.made import Composed
from assistant.agent.offline.deriving.readings import read_off
from assistant.agent.offline.deriving.wanted import Wanted, asks_amount, wanted, wanted_of
from assistant.agent.offline.encoders import Encode
from assistant.agent.offline.findings import Findings
from assistant.agent.offline.sentences.animals import tells_other_animals
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.matching import matches_of
from assistant.agent.offline.sentences.phases import speaks_of_phases
from assistant.agent.offline.sentences.scope import names_in, scope
from assistant.agent.offline.understanding.cues import signals
from assistant.agent.offline.understanding.terms import stem_set
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.units import ACTIVITY_UNITS
from assistant.resources import prompt_table

# "T/M", "T:K", "T/B (blood)".
_TO_ORGAN = re.compile(r"(?<![\w/])T\s?[/:]\s?(?P<organ>[A-Z])\b(?:\s*\((?P<name>[a-z]+)\))?(?:\s+ratio)?")
_MINUS = re.compile(r"\w\s+minus\s+\w", re.IGNORECASE)
_TUMOR_TO = re.compile(r"\btumou?r[- ]to[- ][a-z]+", re.IGNORECASE)
_RATE = re.compile(r"\b[a-z]+ rate\b", re.IGNORECASE)


def tabled(topic: Topic, findings: Findings, encode: Encode) -> Composed | None:
    """The calculation of a table's cells that ``topic`` wants; of two tables that of which the question names more."""
    by_name = signals(topic.question, "tabled") & {"response", "disease_control"}
    if not asks_amount(topic) or ("significance" in topic.signals and not by_name):
        return None
    asked = _asked(topic, findings)
    if asked is None and not asks_stages(topic.question):
        return None  # before sentences are encoded
    within = scope(topic, findings.evidence.sources, whole=True)
    matches = [
        match
        for match in matches_of(topic, findings, encode)
        if findings.document_of(match.unit.source).id in within
        and speaks_of_phases(topic.question, f"{match.unit.meaning} {match.unit.context}")
        and not tells_other_animals(topic.question, match.unit, findings)
    ]
    if (passed := funnel(topic, matches, findings)) or asked is None:
        return passed
    tables = list(grids(matches, findings))
    return cumulative(topic, matches, tables, findings) or _of_one(asked, tables, matches, findings)


def _of_one(asked: Wanted, tables: Sequence[Grid], matches: Sequence[Match], findings: Findings) -> Composed | None:
    """What the table gives of which the question has most words; nothing where two give something else and it has as many of each."""
    read = [(_words_had(asked.question, grid), each) for grid in tables if (each := read_off(asked, grid, _text(grid, matches, findings)))]
    most = max((number for number, _ in read), default=0)
    made = [each for number, each in read if number == most]
    return made[0] if len({each.expression for each in made}) == 1 else None


def _words_had(question: str, grid: Grid) -> int:
    return len(stem_set(question) & stem_set(" ".join([grid.context, grid.corner, *grid.rows, *grid.columns])))


def _text(grid: Grid, matches: Sequence[Match], findings: Findings) -> str:
    """What is found of the document of a table."""
    known = {findings.document_of(each.match.unit.source).id for each in grid.cells.values()}
    return " ".join(match.unit.text for match in matches if findings.document_of(match.unit.source).id in known)


def _asked(topic: Topic, findings: Findings) -> Wanted | None:
    topic = replace(topic, question=_TO_ORGAN.sub(_ratio, topic.question))
    names = names_in(topic, findings.evidence.sources)
    asked = wanted(topic.question, topic.units, topic.figures, names)
    if asked is None and (_RATE.search(topic.question) or signals(topic.question, "tabled") & {"response", "disease_control"}):
        return wanted_of("share", topic.question, names)
    if asked is None and _MINUS.search(topic.question):
        return wanted_of("difference", topic.question, names)
    if asked is None and _TUMOR_TO.search(topic.question):
        return wanted_of("ratio", topic.question, names)
    if asked is None and any(figure.unit in ACTIVITY_UNITS or figure.unit == "Gy" for figure in topic.figures):
        return replace(wanted_of("product", topic.question, names), own=topic.figures, units=topic.units)
    return asked


def _ratio(match: re.Match[str]) -> str:
    """``tumor to muscle ratio`` for "T/M (muscle)"."""
    organ = match["name"] or prompt_table("questions.toml")["tabled_short"].get(match["organ"])
    return f"tumor to {organ} ratio" if organ else match.group()
