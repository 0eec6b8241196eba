"""Which row of a table has the largest or smallest figure, or figures beyond a bound: the rows, quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.agent.offline.answers.compared import bound_of, value_in
from assistant.agent.offline.answers.text import quotes
from assistant.agent.offline.deriving.labelled import Labelled, labelled
from assistant.agent.offline.deriving.summing import column
from assistant.agent.offline.encoders import Encode
from assistant.agent.offline.findings import Findings
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.matching import matches_of
from assistant.agent.offline.sentences.scope import names_in
from assistant.agent.offline.understanding.bounds import holds, without
from assistant.agent.offline.understanding.cues import light, signals
from assistant.agent.offline.understanding.operation import comparison
from assistant.agent.offline.understanding.terms import stem_set
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.figures import Figure
from assistant.language.stems import stem

_CONSIDERED = 60
_OF_FIGURES = frozenset(["what", "how much", "how long", "how many"])
_LIMIT = re.compile(r"\b(?:max|min)(?:imum)?\b|\bat (?:the )?(?:most|least)\b", re.IGNORECASE)
# "The most common impurity": the most of what the word behind tells.
_MOST_SO = re.compile(r"\b(?:most|least) (?P<so>[a-z]+)", re.IGNORECASE)
_TOTAL = re.compile(
    r"\W*(?:(?:grand |sub)?total|sum|all|overall|mean|average|median|combined|both|pooled|change|difference)\b", re.IGNORECASE
)
_STATISTIC = re.compile(r"\b(?:mean|average|median|total|limit|specification|target)\b", re.IGNORECASE)
_EXTREMES = frozenset(["most", "least"])
_MOVED = frozenset(["moved"])
_WHICH = re.compile(r"\b(?:which|what)\b(?!\s+(?:is|was|are|were|did|does)\b)|\b(?:who|where)\b", re.IGNORECASE)


def say(topic: Topic, findings: Findings, encode: Encode) -> list[str]:
    """The rows that stand out in the column which the question names; nothing where it names none or asks for no such thing."""
    on, bound = signals(topic.question, "directions") & _EXTREMES, bound_of(topic)
    # "The highest yield?" asks for no sort of row; what is the most or least that may be is a limit, and no figure of a row.
    plain = bound is None and topic.form in _OF_FIGURES and not _LIMIT.search(topic.question)
    if not (plain or _WHICH.search(topic.question)) or len(on) + (bound is not None) != 1:
        return []
    question = without(topic.question, bound) if bound else topic.question
    matches = matches_of(replace(topic, form="what", question=question), findings, encode)[:_CONSIDERED]
    cells = column(comparison(question, names_in(topic, findings.evidence.sources)), labelled(matches, findings))
    if not _WHICH.search(topic.question):
        cells = () if _is_said(on, matches) else tuple(cell for cell in cells if _is_meant(cell, topic.question))
    if _MOVED & signals(topic.question, "derivations") and not any(_MOVED & signals(cell.column, "derivations") for cell in cells):
        return []  # what rose most is not what is largest
    cells = tuple(cell for cell in cells if not _TOTAL.match(cell.row) and not (topic.form == "how many" and cell.measure))
    chosen = _beyond(cells, bound) if bound else _extreme(cells, largest="most" in on)
    return quotes(tuple(dict.fromkeys(cell.match for cell in chosen)), "", findings)


def _is_said(extremes: frozenset[str], matches: Sequence[Match]) -> bool:
    """Whether a sentence that is as likely as any row tells of the most or least itself: "the maximum tolerated dose was 8 MBq"."""
    likely = max((match.chance for match in matches if match.unit.columns), default=0.0)
    said = (match for match in matches if not match.unit.columns and (match.chance >= likely or not match.lacks))
    return any(extremes & signals(match.unit.text, "directions") for match in said)


def _is_meant(cell: Labelled, question: str) -> bool:
    """Whether a cell has all of the question but that it is the most or least, in a column of just that: no median, no limit."""
    lacks = (word for word in cell.match.lacks if stem(word) not in light() and not signals(word, "directions"))
    so, own = _MOST_SO.search(question), stem_set(f"{cell.row} {cell.column}")
    other = {word.casefold() for word in _STATISTIC.findall(cell.column)} - set(question.casefold().split())
    return not any(lacks) and not other and (so is None or stem(so["so"].casefold()) in own)


def _extreme(cells: Sequence[Labelled], *, largest: bool) -> list[Labelled]:
    if len({cell.measure for cell in cells}) > 1:
        return []
    values = [cell.figure.value for cell in cells] or [0.0]
    return [cell for cell in cells if cell.figure.value == (max(values) if largest else min(values))]


def _beyond(cells: Sequence[Labelled], bound: Figure) -> list[Labelled]:
    values = [(cell, value_in(cell, bound.unit)) for cell in cells]
    return [cell for cell, value in values if value is not None and holds(value, bound)]
