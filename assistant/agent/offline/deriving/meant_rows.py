"""Which rows of a column a question is about: those that have what it tells apart, "of the released batches"."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.agent.offline.deriving.labelled import Labelled
from assistant.agent.offline.understanding.cues import light
from assistant.agent.offline.understanding.terms import forms_of
from assistant.language.negations import NEGATION
from assistant.language.stems import stems, words
from assistant.language.units import canonical_unit


def of_meant_rows(question: str, cells: Sequence[Labelled]) -> tuple[Labelled, ...]:
    """The cells of one column whose rows have every word of ``question`` that some rows have and others have not.

    None where the question denies something that tells rows apart: which are then meant is not certain.
    """
    rows = [_said(cell.unit.text) for cell in cells]
    named = [forms_of(word.stem) for word in words(question) if not canonical_unit(word.text)]
    telling = [forms for forms in named if 0 < sum(bool(forms & row) for row in rows) < len(rows)]
    if telling and NEGATION.search(question):
        return ()
    return tuple(cell for cell, row in zip(cells, rows, strict=True) if all(forms & row for forms in telling))


def _said(row: str) -> frozenset[str]:
    """The words of a row but those that carry little and do not fill a cell by themselves: "released" does."""
    filled = frozenset(stem for cell in row.split("|") if len(own := stems(cell)) == 1 for stem in own)
    return (frozenset(stems(row)) - light()) | filled
