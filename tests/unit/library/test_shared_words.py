"""What a shared store's search leaves unscored could not come among the best."""

from __future__ import annotations

import re
from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from assistant.library.shared.words import _Clause, _left

MOST = st.lists(st.floats(0.1, 9.0), min_size=1, max_size=6)


def matches(query: str, terms: frozenset[str]) -> bool:
    """Whether a passage with these terms is found by a query of one operator."""
    stand = [term in terms for term in re.findall(r"\w+", query)]
    return all(stand) if "&" in query else any(stand)


@given(MOST, st.floats(0.0, 40.0))
def test_what_can_score_more_is_asked_for(most: list[float], least: float) -> None:
    clauses = [_Clause(f"t{number}", "", (), each, number) for number, each in enumerate(most)]
    query = _left(clauses, least)
    passages = chain.from_iterable(combinations(clauses, size) for size in range(1, len(clauses) + 1))
    missed = [some for some in passages if not matches(query, frozenset(clause.query for clause in some))]
    assert all(sum(clause.most for clause in some) <= least + 1e-9 for some in missed)


def test_no_more_is_asked_for_than_can_score_more() -> None:
    rare, common, everywhere = (_Clause(name, "", (), most, 0) for name, most in (("rare", 5.0), ("common", 2.0), ("everywhere", 0.5)))
    assert _left([rare, common, everywhere], 7.5) == ""
    assert _left([rare, common, everywhere], 6.0) == "(rare) & (common)"
    assert _left([rare, common, everywhere], 2.5) == "(rare)"
    assert _left([common, common, everywhere], 1.0) == "(common) | (common)"
