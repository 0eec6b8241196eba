"""Which question pools groups, and which wants one group's share."""

from __future__ import annotations

import pytest

from assistant.agent.offline.understanding.operation import pools_groups


@pytest.mark.parametrize(
    "question",
    [
        "Pooling all four arms, what percent of the mice responded?",
        "what share of the mice in all arms together responded, in percent?",
        "across the groups, what percentage of the patients responded?",
    ],
)
def test_a_share_of_all_groups_is_asked_for(question: str) -> None:
    assert pools_groups(question)


@pytest.mark.parametrize(
    "question", ["what percent of the mice responded with saline?", "how many arms were there?", "did all arms respond?"]
)
def test_no_share_of_all_groups_is_asked_for(question: str) -> None:
    assert not pools_groups(question)
