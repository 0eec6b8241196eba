"""A time for each unit of activity, in the units that are asked for."""

import pytest
from made_studies import ALL

from assistant.agent.offline.answers.quotient import rate_in
from assistant.agent.offline.understanding.followup import understand
from assistant.studies.calculate import calculate
from assistant.values import Result


@pytest.mark.parametrize(
    ("question", "activity", "value"),
    [
        ("days per MBq of the second dose?", Result(name="added", value=40, unit="uCi"), (20.27, "day/MBq")),
        ("how many weeks per MBq did the second dose give?", Result(name="added", value=40, unit="uCi"), (2.896, "week/MBq")),
        ("days per uCi of the second dose?", Result(name="added", value=40, unit="uCi"), None),
        ("days gained by the second dose?", Result(name="added", value=40, unit="uCi"), None),
        ("days per MBq of the second dose?", Result(name="added", value=40, unit="MBq/kg"), None),
    ],
)
def test_a_rate_in_the_units_asked_for(question, activity, value):
    (topic,) = understand((question,), ALL)
    wanted = rate_in(topic, Result(name="gain", value=30, unit="day"), activity)
    found = calculate(str(dict(wanted.arguments)["expression"])).results[0] if wanted else None
    assert (found and (float(f"{found.value:.4g}"), found.unit)) == value
