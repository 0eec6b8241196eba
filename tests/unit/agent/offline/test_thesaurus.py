"""The thesaurus: what stands for what, one way for kinds, and that it equates nothing that differs in fact."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from assistant.agent.offline.sentences.sought import EXACT, RELATED, share_found
from assistant.agent.offline.understanding.terms import stem_set
from assistant.language.names import nuclides
from assistant.language.stems import stems, words
from assistant.language.thesaurus import contraries, groups, related

# Two of one row may never answer for one another.
DIFFERENT = (
    ("median", "mean"), ("alpha", "beta", "gamma"), ("rise", "fall"), ("maximum", "minimum"), ("male", "female"),
    ("before", "after"), ("survival", "progression", "response"), ("mouse", "rat", "dog", "cat"), ("start", "stop"), ("allow", "forbid"),
    ("sensitivity", "specificity"), ("accuracy", "precision"), ("buyer", "seller"), ("parent", "daughter"),
    ("complete response", "partial response"), ("becquerel", "curie"), ("gray", "sievert"), ("increase", "decrease"),
)  # fmt: skip


def share(asked: str, text: str) -> float:
    (term,) = words(asked)
    return share_found(term, stem_set(text), frozenset(), text)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("vendor", "Precursors come from a supplier in Ghent."),
        ("canine", "Twelve dogs were treated."),
        ("euthanised", "Two animals were put down on day 9."),
        ("tumor", "The tumour was measured weekly."),
        ("organs", "Uptake in the liver was low."),
        ("taxane", "Paclitaxel was attached."),
    ],
)
def test_a_sentence_has_a_word_by_another_that_stands_for_it(asked: str, text: str) -> None:
    assert share(asked, text) >= RELATED


def test_the_word_itself_counts_more_and_a_strange_one_nothing() -> None:
    assert share("vendor", "The vendor is in Ghent.") == EXACT > share("vendor", "The supplier is in Ghent.") == RELATED
    assert share("vendor", "Twelve dogs were treated.") == 0.0


def test_a_kind_has_its_members_and_no_member_its_kind_or_its_siblings() -> None:
    liver, organ = frozenset(["liver"]), frozenset(["organ"])
    assert liver in related("organ")
    assert organ not in related("liver")
    assert frozenset(["kidney"]) not in related("liver")


def test_a_phrase_is_there_only_as_a_whole() -> None:
    assert share("euthanised", "Notes were put into a drawer.") == 0.0


@pytest.mark.parametrize(("one", "other"), [pair for row in DIFFERENT for pair in combinations(row, 2)])
def test_nothing_stands_for_what_differs_in_fact(one: str, other: str) -> None:
    assert frozenset(stems(other)) not in related(" ".join(stems(one)))
    assert frozenset(stems(one)) not in related(" ".join(stems(other)))


def test_nuclides_are_left_to_the_table_of_nuclides() -> None:
    assert not [entry for group in groups() for entry in group if nuclides(entry)]


def test_no_group_equates_names_that_differ_by_a_number() -> None:
    for group in groups():
        numbers = {frozenset(re.findall(r"\d{2,}", entry)) for entry in group} - {frozenset()}
        assert len(numbers) <= 1, group


def test_contraries_are_pairs_of_which_no_side_has_a_word_of_the_other() -> None:
    pairs = contraries()
    assert len(pairs) > 200
    assert not [one & other for one, other in pairs if one & other]
    assert (frozenset({"in use", "oper", "in servic"}), frozenset({"out of use", "out of servic", "decommiss"})) in pairs
