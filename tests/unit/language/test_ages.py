"""Ages of people: those that a text tells of, by bounds and ranges, and the one that a question names."""

import pytest

from assistant.language.ages import ages, named_age, without_age


@pytest.mark.parametrize(
    ("text", "youngest", "oldest"),
    [
        ("Children under 5: 21 days", 0, 4),
        ("Children 5 to 16: 14 days", 5, 16),
        ("keep away from children under 10 and from pregnant women", 0, 9),
        ("Patients aged 18 or older were enrolled.", 18, 120),
        ("patients over 65", 66, 120),
        ("aged 18 to 75 years", 18, 75),
        ("children up to 12", 0, 12),
    ],
)
def test_ages_of_a_text(text, youngest, oldest):
    assert ages(text) == frozenset(range(youngest, oldest + 1))


@pytest.mark.parametrize(
    "text",
    [
        "adults over 40 kg",
        "patients 5 to 16",
        "men under 5 %",
        "children under 30 mL/min",
        "for 7 days",
        "children under 12 months",
        "patients from 12 centres",
        "women more than 12 weeks pregnant",
        "those above 50 °C",
        "ages of 5 samples",
    ],
)
def test_other_figures_are_no_ages(text):
    assert ages(text) == frozenset()


@pytest.mark.parametrize(
    ("question", "age"), [("my 3 yr old", 3), ("a 10-year-old", 10), ("somebody 80 years of age", 80), ("a child aged 12", 12)]
)
def test_the_age_that_a_question_names(question, age):
    found = named_age(question)
    assert found is not None
    assert int(found["age"] or found["aged"]) == age
    assert not any(character.isdigit() for character in without_age(question))


@pytest.mark.parametrize(
    "question", ["after 3 years", "children aged 5 to 16", "the 3 old lots", "mice aged 8 weeks", "a 10-year-old licence"]
)
def test_a_time_or_a_range_is_nobodys_age(question):
    assert named_age(question) is None
