"""Two quantities that one question asks for together."""

import pytest

from assistant.agent.offline.understanding.paired import quantities


@pytest.mark.parametrize(
    ("question", "aspect", "both"),
    [
        ("activity per dose and dosing interval of both compounds", "interval", ("dose", "interval")),
        ("What was the dose and the interval in the AsPC-1 study?", "dose", ("dose", "interval")),
        ("total activity & number of doses, AsPC-1", "total", ("total", "dose_count")),
        ("dose, interval and number of injections", "dose", ("dose", "interval", "dose_count")),
        ("dose and schedule of QX 177", "dose", ()),  # what was given is told with its days
        ("interval between the first and the second dose", "interval", ()),
        ("dose and survival of QX 177", "survival", ()),
        ("how many days between the first dose and the interval scan", "interval", ()),
    ],
)
def test_quantities_that_stand_side_by_side(question, aspect, both):
    assert quantities(question, aspect) == both
