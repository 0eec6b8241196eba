"""Compounds by the emission of their nuclides: those that carry such a nuclide are listed, and no others."""

from __future__ import annotations

import pytest
from made_studies import arm

from assistant.agent.offline.answers.facts import say_carriers
from assistant.agent.offline.understanding.topic import read
from assistant.studies.facts import Nuclide, Study
from tests.unit.agent.offline.worded import found


def study(compound: str, nuclide: str) -> Study:
    return Study(document="d0", compound=compound, nuclide=Nuclide(name=nuclide, stated=True), model="S-9", arms=(arm("single", 40.0),))


STUDIES = (study("QX 7", "Ac-225"), study("QX 8", "Lu-177"), study("QX 9", "At-211"), study("QX 10", "Tb-161"))


@pytest.mark.parametrize(
    ("question", "compounds"),
    [
        ("Which of the compounds carry an alpha emitter?", ["QX 7", "QX 9"]),
        ("which drugs are labelled with beta emitters", ["QX 8", "QX 10"]),
        ("Which of the compounds carry a positron emitter?", []),
    ],
)
def test_compounds_are_listed_by_what_their_nuclides_emit(question, compounds):
    topic = read(question, STUDIES)
    assert topic.aspect == "carriers"
    said = say_carriers(topic, found(("Report", "2031-03-03", "QX 7 and others.")))
    assert [sentence.split(" carries ")[0] for sentence in said] == compounds
