"""The figures of two things that a question sets side by side: whose is told by the words around them, or none is taken."""

from __future__ import annotations

import pytest

from assistant.agent.offline.deriving.labelled import labelled
from assistant.agent.offline.deriving.pairing import apart, paired
from assistant.agent.offline.understanding.operation import Operation, operation
from assistant.agent.offline.understanding.terms import terms_of
from assistant.agent.offline.understanding.topic import read
from tests.unit.agent.offline.worded import found, ranked


def amounts(question: str, text: str) -> tuple[float, float] | None:
    topic, findings = read(question, ()), found(("Report", "2031-03-03", text))
    asked = operation(question) or Operation((), dict.fromkeys(terms_of(question, ()), 1.0))
    pair = paired(asked, apart(question), labelled(ranked(topic, findings), findings))
    return (pair[0].figure.value, pair[1].figure.value) if pair else None


TWO_SENTENCES = (
    "The cats on aspirin survived for a median of 40 days. After one injection the median was 80 days, and after two it was 120 days. "
    "Cats with less than 2 cm of tumour lived 150 days in the median.\n"
)
ONE_SENTENCE = "Median PFS was 7 months (95% CI 5-9) in group 1, 10 months (8-12) in group 2 and 5 months in the registry.\n"
TABLE = """Uptake in mice

| Tissue | 4 h (%ID/g) | 24 h (%ID/g) | Dose (Gy) |
|---|---|---|---|
| Tumour | 22 | 19.5 | 30 |
| Kidneys | 24 | 13 | 11 |
| Liver | 3 | 2 | 1 |
"""


@pytest.mark.parametrize(
    ("question", "text", "figures"),
    [
        ("How much longer did cats live with two injections than on aspirin?", TWO_SENTENCES, (120, 40)),
        ("How much longer did cats live with one injection than on aspirin?", TWO_SENTENCES, (80, 40)),
        ("What is the ratio of median PFS in group 2 to that of the registry?", ONE_SENTENCE, (10, 5)),
        ("median PFS, group 1 versus group 2?", ONE_SENTENCE, (7, 10)),
        ("tumour-to-kidney ratio of uptake at 24 h?", TABLE, (19.5, 13)),
        ("What is the ratio of tumour uptake to liver uptake at 4 h?", TABLE, (22, 3)),
        (
            "By what percentage did revenue grow between 2023 and 2024?",
            "Revenue was $12 million in 2023 and $15 million in 2024.\n",
            (15e6, 12e6),
        ),
        ("By what factor does tumour uptake at 24 h exceed that of the kidneys?", TABLE, (19.5, 13)),
    ],
)
def test_each_side_gets_its_own_figure(question, text, figures):
    assert amounts(question, text) == figures


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How much longer did cats live with three injections than on aspirin?", TWO_SENTENCES),  # no such group
        ("How much longer did cats live with two injections than on steroids?", TWO_SENTENCES),
        ("How much longer did cats live with two injections?", TWO_SENTENCES),  # than what?
        ("median PFS, group 1 versus group 2?", "Group 1 had a mean PFS of 7 months, group 2 a median PFS of 10 months.\n"),
        ("median PFS, group 1 versus group 2?", "Group 1 had a PFS of more than 7 months, group 2 a PFS of 10 months.\n"),
        ("weight in group 1 versus group 2?", "The tumor dose was 7 Gy in group 1 and 10 Gy in group 2.\n"),
    ],
)
def test_nothing_is_guessed(question, text):
    assert amounts(question, text) is None
