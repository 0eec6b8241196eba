"""An activity for each kilogram of body is no other's, though the numbers and units before the stroke are the same."""

from __future__ import annotations

import pytest
from made_studies import activity, arm

from assistant.agent.evidence import Evidence
from assistant.agent.grounding.mentions import Registry
from assistant.agent.offline.answers.doses import plan_total, summary
from assistant.agent.offline.findings import Findings
from assistant.agent.offline.understanding.arms import arms_of
from assistant.agent.offline.understanding.followup import understand
from assistant.agent.offline.understanding.mentions import mentions
from assistant.studies.facts import Arm, Study


def study(compound: str, *arms: Arm) -> Study:
    return Study(document=compound, compound=compound, model="SK-9", species="mouse", arms=arms)


WHOLE = study("KV-4", arm("whole", 30.0, activity=activity(20), doses=2), arm("buffer", 20.0, control=True))
WEIGHED = study("KV-5", arm("weighed", 30.0, activity=activity(20, per="kg"), doses=2), arm("buffer", 20.0, control=True))
MIXED = study("KV-6", arm("first", 30.0, activity=activity(20)), arm("second", 40.0, activity=activity(20, per="kg")))


def test_the_measure_of_an_activity_is_its_whole_unit() -> None:
    assert [activity(20).measure, activity(20, "uCi", per="m2").measure] == ["MBq", "uCi/m2"]


@pytest.mark.parametrize("asked", ["20 MBq", "20 MBq/kg"])
def test_what_a_dose_comes_to_is_counted_for_the_arms_that_got_it(asked: str) -> None:
    (topic,) = understand([f"What is the total activity given in two injections of {asked}?"], (WHOLE, WEIGHED))
    of = WEIGHED if "kg" in asked else WHOLE
    assert topic.aspect == "total"
    assert plan_total(topic, Findings(Evidence(), {}, {})) == [summary(of, of.arms[0])]


def test_a_follow_up_on_a_converted_activity_is_on_the_study_that_gave_it() -> None:
    (topic,) = understand(["Convert 20 MBq to uCi", "and for both shots?"], (WHOLE, WEIGHED))
    assert (topic.aspect, topic.studies) == ("total", (WHOLE,))


def test_amounts_of_different_measures_have_no_highest() -> None:
    uneven = study("KV-7", arm("first", 30.0, activity=activity(5)), arm("second", 40.0, activity=activity(10, per="kg")))
    assert arms_of(uneven, mentions("survival at the highest dose", (uneven,))) == ()


def test_an_arm_is_told_apart_by_the_measure_of_its_activity() -> None:
    (mention,) = Registry((MIXED,), [None]).arm_mentions("Mice given 20 MBq/kg lived 40 days.")
    assert mention.pairs == {(0, 1)}


def test_each_registry_reads_a_text_by_its_own_studies() -> None:
    text = "Mice given 20 MBq/kg of KV-6 lived 40 days."
    named = [
        (len(registry.study_mentions(text)), len(registry.arm_mentions(text)))
        for registry in (Registry((MIXED,), [None]), Registry((WHOLE,), [None]))
    ]
    assert named == [(1, 1), (0, 0)]
