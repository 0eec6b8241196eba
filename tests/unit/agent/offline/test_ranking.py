"""What studies differ in is said where their figures would have to be ranked, and nothing that no document says."""

from __future__ import annotations

from made_studies import activity, arm

from assistant.agent.offline.answers.ranking import is_one_experiment, no_ranking
from assistant.studies.facts import Study

ONE = Study(
    document="d1", compound="QX 7", model="S-9", arms=(arm("single", 40.0, activity=activity(20), days=(0,)), arm("none", control=True))
)


def test_what_is_known_to_differ_is_named():
    other = ONE.model_copy(update={"document": "d2", "compound": "QX 9", "arms": (arm("single", 50.0, activity=activity(30), days=(0,)),)})
    assert "they differ in compound and activity, so" in no_ranking((ONE, other))[0]
    assert "they differ in model, so" in no_ranking((ONE, ONE.model_copy(update={"model": "T-2"})))[0]


def test_another_spelling_and_what_a_document_leaves_out_are_no_differences():
    other = ONE.model_copy(update={"document": "d2", "compound": "QX-7", "model": None, "species": "mouse"})
    (said,) = no_ranking((ONE, other))
    assert "differ" not in said
    assert "a direct comparison of these studies" in said


def test_compounds_beside_the_same_controls_are_of_one_experiment_which_ranks_them():
    vehicle = arm("vehicle", 20.0, control=True)
    one, two = (
        Study(document="d1", compound=name, model="S-9", arms=(vehicle, arm("once", days, activity=activity(20))))
        for name, days in (("[177Lu]Lu-QX-7", 31.0), ("QX-7", 44.0))
    )
    assert is_one_experiment((one, two))
    assert no_ranking((one, two)) == []
    assert not is_one_experiment((one, two.model_copy(update={"model": "T-2"})))
    assert not is_one_experiment((one, two.model_copy(update={"arms": two.arms[1:]})))
