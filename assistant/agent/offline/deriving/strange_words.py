"""Whether a question tells something apart of which the rows and columns taken, and what stands around their table, say nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agent.offline.deriving.labelled import counts
from assistant.agent.offline.deriving.meant_columns import CATEGORIES, names_of
from assistant.agent.offline.deriving.naming_lines import forms, traits_in
from assistant.agent.offline.deriving.reading import TABLE, Reading, times_of
from assistant.agent.offline.understanding.cues import cues, scaffold, words_of
from assistant.agent.offline.understanding.terms import all_forms, is_light, stem_set
from assistant.language.abbreviations import explained
from assistant.language.stems import Word, stems
from assistant.language.units import canonical_unit

_KINDS = ("response", "disease_control", *CATEGORIES)
# A word that weighs less tells how to calculate, or hardly anything.
_TELLING = 0.25


def tells_more(view: Reading, columns: Sequence[int]) -> bool:
    """Whether a word or time of the question is of something else than the rows meant and the ``columns`` taken."""
    rows = (view.grid.rows[row] for side in view.groups.sides for row in side)
    times = frozenset(trait for name in (*rows, *(view.grid.columns[column] for column in columns)) for trait in times_of(name))
    if any(trait[0] == "time" and trait not in times for trait in traits_in(view.question)):
        return True
    grid = view.grid
    around = stem_set(f"{grid.corner} {' '.join(grid.columns)} {grid.context}")
    named = view.groups.words | frozenset(form for column in columns for form in names_of(grid, column))
    plain = _plain(view.question)
    return any(weight >= _TELLING and _is_strange(word, view, named, around, plain) for word, weight in view.asked.operation.words.items())


def _plain(question: str) -> frozenset[str]:
    """What only tells how to calculate, who was treated, or how a kind of response is called."""
    how = words_of(table="operations") | words_of(table="derivations") | words_of(table="directions")
    how |= words_of("plain", "overall", "population", "put", *_KINDS, table=TABLE)
    return how | {stem for name in _KINDS for cue in cues(question, name, TABLE) for stem in cue} | scaffold()


def _is_strange(word: Word, view: Reading, named: frozenset[str], around: frozenset[str], plain: frozenset[str]) -> bool:
    is_sign = len(word.text) == 1 or any(map(str.isdigit, word.text)) or counts(word.text) or canonical_unit(word.text)
    if is_sign or is_light(word.stem):
        return False
    own = all_forms(word) | forms(word.stem)
    telling = [part for part in word.text.split() if stems(part) and not is_light(stems(part)[0])]
    if not own & named and any(_tells_some(part, f"{view.grid.context} {view.text}") for part in telling):
        return True
    known = plain | named | around
    return not own & (named | around) and not all(part in known or is_light(part) or forms(part) & named for part in word.stem.split())


def _tells_some(word: str, text: str) -> bool:
    """Whether the document counts those of whom a word tells, so that they are some of all: "15 PDAC, 9 CRC", "13 men"."""
    if words_of("population", "put", "plain", table=TABLE) & set(stems(word)):
        return False
    joined = rf"\b{re.escape(word)}\s+(?:and|or)\s+\w+|\w\s+(?:and|or)\s+{re.escape(word)}\b"
    if re.search(joined, text, re.IGNORECASE):  # "pancreatic and colorectal cancer"
        return True
    short = [letters for letters, long in explained([text]).items() if any(set(stems(word)) <= set(each) for each in long)]
    return any(re.search(rf"\b\d+\s+{re.escape(each)}\b", text, re.IGNORECASE) for each in (word, *short))
