"""What a sentence tells of another case affirms nothing: another property, ordinal, time, thing of a series or exchange."""

from __future__ import annotations

import pytest

from assistant.agent.offline.verdicts.elsewhere import is_of_a_new_one, names_other_code
from tests.unit.agent.offline.test_verdict import verdict


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Are normal cells rich in rafts?", "Cancer cells are rich in rafts."),
        ("Are the dogs in the first trial female?", "In the second trial, the dogs are female."),
        ("Will the ward open in the second quarter of 2031?", "The ward will open in the third quarter of 2031."),
        ("Will the ward open in the second quarter of 2031?", "The ward will open in Q3 2031."),
        ("Is the vaccine QX-7 in Phase I?", "A Phase I trial of the vaccine QX-7 will open in May."),
        ("Is Ada Holm the treasurer?", "Ada Holm left as treasurer in May."),
        ("Is the company listed on NYSE?", "The company is listed on Nasdaq."),
        ("Was cash $9.5 million at June 30?", "Cash was $8.1 million at June 30, compared with $9.5 million at December 31."),
        ("Is QX-7 approved?", "QX-7: agency approval by May 2031"),
        ("Is QX-7 a vaccine?", "QX-9 is a vaccine."),
        ("Was uptake in the kidney higher than in the liver?", "Uptake in the kidney was 3.1, against 9.3 in the liver."),
        ("Was the difference of one dose and vehicle significant?", "The difference of two doses and one dose was significant (p=0.004)."),
        ("Did 177Lu-QX differ significantly from vehicle?", "The difference between 225Ac-QX and vehicle was significant (p=0.004)."),
    ],
)
def test_another_case_is_not_affirmed(question: str, sentence: str) -> None:
    assert verdict(question, sentence) != "Yes:"


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Are cancer cells rich in rafts?", "Cancer cells are rich in rafts."),
        ("Are the dogs in the second trial female?", "In the second trial, the dogs are female."),
        ("Will the ward open in the third quarter of 2031?", "The ward will open in the third quarter of 2031."),
        ("Is Ada Holm the treasurer?", "Ada Holm is the treasurer."),
        ("Is the company listed on Nasdaq?", "The company is listed on Nasdaq."),
        ("Is QX-9 a vaccine?", "QX-9 is a vaccine."),
        ("Was cash $8.1 million at June 30?", "Cash was $8.1 million at June 30, compared with $9.5 million at December 31."),
    ],
)
def test_its_own_case_is(question: str, sentence: str) -> None:
    assert verdict(question, sentence) == "Yes:"


def test_things_of_a_series_are_told_apart() -> None:
    assert names_other_code("Is QX-12 preclinical?", "QX-20 entered Phase 1.")
    assert not names_other_code("Is QX-12 preclinical?", "It entered Phase 1.")
    assert not names_other_code("Is QX-12 preclinical?", "QX-12 entered Phase 1, and so did QX-20.")


@pytest.mark.parametrize(
    ("question", "sentence", "new"),
    [
        ("Was QX-7 randomised?", "A randomised trial is in preparation.", True),
        ("Was QX-7 randomised?", "The trial was randomised.", False),
        ("Was QX-7 randomised?", "A randomised trial, QX-7, was run.", False),
        ("Was it randomised?", "A randomised trial was run.", False),
    ],
)
def test_a_trial_without_a_name_is_not_the_one_that_is_named(question, sentence, new):
    assert is_of_a_new_one(question, sentence) is new
