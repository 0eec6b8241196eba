"""Cells of tables: whether a question names one by its row and column, or asks about another row."""

from __future__ import annotations

from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.sought import NEARBY, share_found
from assistant.agent.offline.understanding.cues import content, light
from assistant.agent.offline.understanding.terms import forms_of, stem_set, terms_of
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.abbreviations import written_out
from assistant.language.figures import figures
from assistant.language.stems import stems, words
from assistant.language.tables import cells
from assistant.language.units import TIME_UNITS


def names_cell(topic: Topic, match: Match) -> bool:
    """Whether the question names a row of a table in full, and one of its columns: "tumor uptake at 4 h"; the caption has the rest."""
    if not match.unit.columns or match.lacks or match.unsaid:
        return False
    asked = frozenset[str]().union(*(forms_of(stem) for stem in stems(topic.question)))
    told = content(cells(match.unit.text)[0]) - light()
    return bool(told) and told <= asked and any(_names_column(topic, asked, name) for name in cells(match.unit.columns)[1:])


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
    rest = content(written_out(name)) - light()
    return bool(times or rest) and rest <= asked
