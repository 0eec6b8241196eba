"""Sentences that tell of other animals than those that are asked about."""

from __future__ import annotations

import pytest

from assistant.agent.offline.sentences.animals import animals_in, tells_other_animals
from assistant.agent.offline.sentences.units import units
from tests.unit.agent.offline.worded import found

BOTH = "Uptake was measured. In rats, kidney uptake was 1.4 %IA/g. In mice, kidney uptake was 7.4 %IA/g. Parking is free."


def said_of_others(question: str, text: str) -> list[str]:
    findings = found(("Report on mice and rats", "2031-03-03", text))
    return [unit.text for unit in units(findings.evidence.sources) if tells_other_animals(question, unit, findings)]


@pytest.mark.parametrize(
    ("question", "beside"),
    [
        ("what was the kidney uptake in mice", ["In rats, kidney uptake was 1.4 %IA/g."]),
        ("what was the kidney uptake in rats", ["In mice, kidney uptake was 7.4 %IA/g."]),
        ("what was the kidney uptake in rats and mice", []),
        ("what was the kidney uptake", []),
        ("what was the kidney uptake in dogs", []),
    ],
)
def test_what_is_told_of_the_other_animals_is_beside_the_question(question, beside):
    assert [text for text in said_of_others(question, BOTH) if "kidney" in text] == beside


def test_what_stands_above_a_table_tells_of_which_animals_it_is():
    table = "In rats little was seen.\n\nUptake in mice was:\n\n| Organ | 4 h | 24 h |\n|---|---|---|\n| Kidney | 7.4 | 4.5 |\n"
    assert "| Kidney | 7.4 | 4.5 |" in said_of_others("what was the kidney uptake in rats", table)
    assert "| Kidney | 7.4 | 4.5 |" not in said_of_others("what was the kidney uptake in mice", table)


def test_people_are_no_animals():
    assert animals_in("ten patients and six dogs") == {"dog"}
