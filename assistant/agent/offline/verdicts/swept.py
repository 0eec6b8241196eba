"""Whether any or all rows of a table lie beyond a bound that a question sets to one of its columns: "did any batch go over 5 EU/mL?"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.scope import codes
from assistant.agent.offline.understanding.bounds import bounded, holds, is_above, is_bound
from assistant.agent.offline.understanding.cues import content, light
from assistant.agent.offline.understanding.terms import all_forms
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.offline.verdicts.measured import in_cells, lacks_more
from assistant.language.figures import Figure, figures
from assistant.language.negations import NEGATION
from assistant.language.stems import stem, words
from assistant.language.tables import cells

_ALL = re.compile(r"\b(?:all|every|each)\b", re.IGNORECASE)
_ANY = re.compile(r"\b(?:any|ever|one of|some of|a single)\b", re.IGNORECASE)
# "Reached the minimum of 32", "reach 32" is to be at least so much.
_REACHED = re.compile(r"\breach\w*\b[^.?]*$|\bminimum\b[^.?]*$", re.IGNORECASE)
_SEVERAL = 2
_UNIT = re.compile(r"\([^()]*\)")


def sweeps(topic: Topic, matches: Sequence[Match]) -> tuple[Match, bool] | None:
    """Whether it is so of any row, or of all, of the one table whose column the question names, and the row that tells it best: one beyond
    the bound or the one that is nearest to it; None where it is not asked of all rows, or a row has no figure in that column.
    """
    every = _ALL.search(topic.question) is not None
    bounds = [bound for bound in _bounds(topic.question) if is_bound(bound)]
    if topic.form != "yesno" or every is (_ANY.search(topic.question) is not None) or len(bounds) != 1 or NEGATION.search(topic.question):
        return None
    bound, rows = bounds[0], _rows(topic, matches, bounds[0])
    if len(rows) < _SEVERAL:
        return None
    held = [(match, holds(figure.value, bound)) for match, figure in rows]
    told = all(holding for _, holding in held) if every else any(holding for _, holding in held)
    # Of all that hold the last to do so, of those that do not the one that is furthest beyond.
    nearest = min if every is is_above(bound) else max
    best, _ = nearest(rows, key=lambda row: row[1].value)
    return best, told


def _bounds(question: str) -> Iterator[Figure]:
    for figure in bounded(question):
        reached = not figure.qualifier and figure.kind == "number" and _REACHED.search(question[: figure.start])
        yield replace(figure, qualifier=">=") if reached else figure


def _rows(topic: Topic, matches: Iterable[Match], bound: Figure) -> list[tuple[Match, Figure]]:
    """The rows of the table that the question is about, each with its figure in the column that it names; none where there are several
    tables, or a row has no such figure.
    """
    asked = frozenset(form for word in words(topic.question) for form in all_forms(word))
    tables = defaultdict[tuple[int, str], list[Match]](list)
    for match in matches:
        row, columns = cells(match.unit.text), cells(match.unit.columns) if match.unit.columns else ()
        if columns and len(row) == len(columns) and asked & content(columns[0]) and _is_meant(topic, match, bound):
            tables[match.unit.source, match.unit.columns].append(match)
    found = [each for (_, columns), rows in tables.items() if (each := _in_column(bound, rows, _column(columns, asked)))]
    return found[0] if len(found) == 1 else []


def _in_column(bound: Figure, rows: Sequence[Match], place: int | None) -> list[tuple[Match, Figure]]:
    """Each row with its figure in the column at ``place``, or in the only one in the bound's unit; none where one has no such figure."""
    told = [dict(in_cells(bound, match)) for match in rows]
    if place is None and bound.unit and all(len(each) == 1 for each in told):
        place = next(iter(told[0]))
    own = [each[place] for each in told if place in each] if place is not None else []
    return list(zip(rows, own, strict=True)) if len(own) == len(rows) else []


def _is_meant(topic: Topic, match: Match, bound: Figure) -> bool:
    """Whether a row lacks nothing of the question but the bound, what its label says, and no code."""
    label = frozenset(stem(word.text) for word in words(cells(match.unit.columns)[0]))
    around = f"{match.unit.meaning} {match.unit.context}"
    lacking = match._replace(lacks=tuple(word for word in match.lacks if stem(word) not in label and not figures(word)))
    return codes(topic.question) <= codes(around) and not lacks_more(lacking, bound)


def _column(columns: str, asked: frozenset[str]) -> int | None:
    """The place of the one column, but the first, of whose name the question has most words."""
    names = [content(_UNIT.sub("", name)) - light() for name in cells(columns)[1:]]
    counts = [len(name & asked) for name in names]
    most = max(counts, default=0)
    return counts.index(most) + 1 if most and counts.count(most) == 1 else None
