"""How a text has a question's words: figures with their units, elements, acronyms, words built alike."""

from __future__ import annotations

import pytest

from assistant.agent.offline.sentences.sought import EXACT, SYNONYM, share_found
from assistant.agent.offline.understanding.terms import stem_set, terms_of


def share(question: str, text: str) -> dict[str, float]:
    own = stem_set(text)
    return {term.text: share_found(term, own, frozenset(), text) for term in terms_of(question, ())}


@pytest.mark.parametrize(
    ("question", "term", "text"),
    [
        ("uptake at 24h", "24h", "Uptake at 24 hours was high."),
        ("the 40 uCi group", "40 uci", "Mice got 40 µCi."),
        ("the terbium product", "terbium", "We gave [161Tb]Tb-XY-7."),
        ("copper work", "copper", "Cu-67 was made here."),
        ("uptake after 2 days", "2 days", "At 48 h the liver held 5 %."),
        ("the 50 uCi group", "50 uci", "Mice got 0.05 mCi."),
    ],
)
def test_found_as_it_is(question, term, text):
    assert share(question, text)[term] == EXACT


def test_another_amount_is_not_found():
    assert share("the 40 uCi group", "Mice got 4 µCi.")["40 uci"] == 0.0
    assert share("after 2 days", "At 2 h the liver held 5 %.")["2 days"] == 0.0


def test_an_acronym_is_found_in_the_words_it_stands_for():
    assert share("the CVO", "Ada Lund, Chief Vision Officer")["cvo"] == SYNONYM
    assert share("the CVO", "Ada Lund, Chief Officer of Vision")["cvo"] == 0.0


def test_words_that_mean_one_thing_together_are_one_word():
    assert share("the side effects of it", "Grade 3 adverse events were rare.")["side effects"] == SYNONYM
    assert share("the side effects of it", "The far side of the room.")["side effects"] == 0.0


def test_initials_stand_in_a_row_that_no_figure_divides():
    assert share("a PDC", "phase 1 data for CDL-301")["pdc"] == 0.0


def test_initials_begin_and_end_with_no_small_word():
    assert share("a CTA", "cancer therapy and imaging")["cta"] == 0.0
    assert share("an OTC sale", "of the company")["otc"] == 0.0
    assert share("a LOI", "signed a letter of intent")["loi"] == SYNONYM
