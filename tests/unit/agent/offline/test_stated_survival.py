"""A survival that a question states of a kind of control is not affirmed by that of another kind in another study."""

import pytest
from made_studies import QX, arm

from assistant.agent.evidence import Evidence
from assistant.agent.offline.answers.survival import say
from assistant.agent.offline.findings import Findings
from assistant.agent.offline.understanding.followup import understand

ONE = QX.model_copy(update={"arms": (QX.arms[0], arm("untreated", 40.0, statistic="mean", control=True))})
OTHER = QX.model_copy(
    update={
        "document": "d1",
        "compound": "RX 25",
        "model": "PC-9",
        "arms": (QX.arms[1], arm("saline", 33.0, statistic="mean", control=True)),
    }
)


@pytest.mark.parametrize(
    ("question", "affirmed"),
    [("Did untreated mice live 33 days?", False), ("Did saline mice live 33 days?", True), ("Did untreated mice live 40 days?", True)],
)
def test_a_control_is_of_the_kind_that_is_asked_about(question, affirmed):
    (topic,) = understand((question,), (ONE, OTHER))
    said = say(topic, Findings(Evidence(studies=(ONE, OTHER)), {}, {}))
    assert any(sentence.startswith("Yes:") for sentence in said) is affirmed
