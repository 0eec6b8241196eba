"""How many times one gain is another: which is divided by which, and where no multiple of gains is asked for."""

import pytest
from made_studies import ALL, QX

from assistant.agent.offline.answers.multiples import multiple
from assistant.agent.offline.answers.quotient import gain_per_total
from assistant.agent.offline.answers.selection import pairs
from assistant.agent.offline.understanding.followup import understand

TWO, ONE = "150 day - 100 day", "120 day - 100 day"


@pytest.mark.parametrize(
    ("question", "expression"),
    [
        ("LNCaP: days gained over control with 2 doses divided by days gained over control with 1, what multiple?", f"({TWO}) / ({ONE})"),
        ("LNCaP: gain of one dose over control divided by the gain of two doses over control", f"({ONE}) / ({TWO})"),
        ("How many times larger was the gain over control with two doses than with one in LNCaP?", f"({TWO}) / ({ONE})"),
        ("ratio of the gain of two doses over control to that of one dose in LNCaP", f"({TWO}) / ({ONE})"),
        ("LNCaP: gain over control with two doses and with one?", None),
        ("LNCaP: ratio of two-dose survival to control", None),
    ],
)
def test_the_gain_that_is_divided(question, expression):
    (topic,) = understand((question,), ALL)
    (study,) = topic.studies
    wanted = multiple(topic, pairs(study, topic))
    assert (dict(wanted.arguments)["expression"] if wanted else None) == expression


def test_a_gain_is_divided_by_all_that_was_given_only_where_the_other_arm_got_something_too():
    two, one = QX.arms
    wanted = gain_per_total(two, one, 2)
    assert wanted is not None
    assert dict(wanted.arguments)["expression"] == "(90 day - 60 day) / (2 * 40 uCi)"
    two, _, control = ALL[1].arms
    assert gain_per_total(two, control, 2) is None  # the comparison tells that by itself
