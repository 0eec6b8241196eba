"""Cells of tables: whether a question names one by its row and column, or asks about another row."""

from __future__ import annotations

import re

from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.row_names import amount_named, arm_of_none, without_unit
from assistant.agent.offline.sentences.sought import NEARBY, share_found
from assistant.agent.offline.sentences.units import Unit
from assistant.agent.offline.understanding.cues import content, light
from assistant.agent.offline.understanding.terms import forms_of, measure_key, stem_set, terms_of
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.abbreviations import written_out
from assistant.language.figures import figures
from assistant.language.stems import stems, words
from assistant.language.tables import cells
from assistant.language.units import TIME_UNITS

# What the thing that a row tells of is besides what it is called: "the vehicle group".
_CALLED_SO = frozenset(["group", "groups", "arm", "arms", "cohort", "dose", "level", "value", "animals", "batch"])
# What makes a cell more than a figure; a unit or mark of a few letters does not.
_WORD = re.compile(r"[^\W\d_]{4,}")


def names_cell(topic: Topic, match: Match) -> bool:
    """Whether the question names a row of a table in full, and one of its columns: "tumor uptake at 4 h"; the caption has the rest."""
    if not match.unit.columns or match.unsaid or set(match.lacks) - _CALLED_SO:
        return False
    asked = frozenset[str]().union(*(forms_of(stem) for stem in stem_set(topic.question)))
    named = any(told and told <= asked for told in _names_of_row(match.unit))
    return named and any(_names_column(topic, asked, name) for name in cells(match.unit.columns)[1:])


def tells_figures_only(unit: Unit) -> bool:
    """Whether a row has nothing but figures behind its name, which the names of its columns do not make true: 0 deaths are none."""
    return bool(unit.columns) and not any(_WORD.search(cell) for cell in cells(unit.text)[1:])


def calls_row(question: str, unit: Unit) -> bool:
    """Whether a question calls a row by the amount that its first cell is, or by the arm that gets none; True where that is none."""
    known = stem_set(question)
    return not amount_named(unit.columns, unit.text) or any(told and told <= known for told in _names_of_row(unit))


def _names_of_row(unit: Unit) -> list[frozenset[str]]:
    """The stems of what a row is called: its first cell, or where that is an amount this with its unit, and the arm that gets none."""
    amount = amount_named(unit.columns, unit.text)
    if not amount:
        return [content(cells(unit.text)[0]) - light()]
    before = unit.meaning.partition(unit.columns)[0]  # the arm that gets none of it stands there
    return [frozenset(map(measure_key, figures(amount))), frozenset(stems(arm_of_none(amount, [f"0 ({before.strip()})"])))]


def is_other_row(topic: Topic, match: Match) -> bool:
    """Whether a row of a table is named otherwise than what the question asks about, which it lacks: "liver" where it is the spleen's.

    No other sentence may have what is lacking: it may call the row otherwise.
    What follows another question leaves out what it asks about, and a clipped word is the beginning of one: "rev" of "revenue".
    """
    lacking = content(" ".join(match.lacks)) - light()
    if not match.unit.columns or not lacking or not match.nowhere or topic.follows:
        return False
    label = cells(match.unit.text)[0]
    own = stem_set(label)
    if any(stem.startswith(word) for stem in own for word in match.lacks):
        return False
    asked = [word for word in words(topic.question) if word.stem in content(topic.question) - light()]
    asked += [term for term in terms_of(topic.question, ()) if " " in term.stem]  # an age, a time
    return not any(share_found(word, own, frozenset(), label) > NEARBY for word in asked)


def _names_column(topic: Topic, asked: frozenset[str], name: str) -> bool:
    """Whether the question has the time, the period and every word that a column's name consists of."""
    times = [figure for figure in figures(name) if figure.unit in TIME_UNITS]
    if any((time.value, time.unit) not in {(own.value, own.unit) for own in topic.figures} for time in times):
        return False
    for time in reversed(times):
        name = f"{name[: time.start]} {name[time.end :]}"
    rests = [content(form) - light() for form in (without_unit(name), written_out(without_unit(name)))]
    return any((times or rest) and rest <= asked for rest in rests)
