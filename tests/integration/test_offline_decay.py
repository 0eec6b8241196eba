"""Decay, half-lives, totals and schedules over the packaged release, as a radiochemist asks for them."""

from __future__ import annotations

import pytest


def close_to(answer, value, unit):
    return any(
        abs(result.value - value) < 0.001 * value and result.unit == unit for working in answer.calculations for result in working.results
    )


@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        ("Straight after the second CLR 131 shot, what activity is on board in total if I-131 only decays physically?", 51.33, "uCi"),
        ("Take T1/2 = 4.2 d and ignore excretion. Right after the second CLR 131 dose, what total activity is there?", 50.04883, "uCi"),
        ("How much CLR 131 activity is in the mouse 5 days after the second injection?", 33.32, "uCi"),
        ("What's left of the first CLR 131 dose when the second one is given? T1/2 of I-131 = 4.2 d", 0.04883, "uCi"),
        ("Mice treated once with CLR 131 lived 64.6 days. How many kBq of the 50 uCi of I-131 would be left by then?", 6.96, "kBq"),
        ("How much of the 50 uCi is left when the single-dose CLR 131 mice died?", 0.18812, "uCi"),
        ("I draw up 1.85 MBq of iodine-131 and it sits for 6 h. How many MBq do I have then?", 1.8105, "MBq"),
        ("To inject 50 uCi of I-131 two days after calibration, what activity must the vial hold at calibration?", 59.43, "uCi"),
        ("I want to inject 50 uCi of I-131 three days after calibration. What activity should I order?", 64.8, "uCi"),
        ("Decay in storage: ten half-lives of I-131 is how many days?", 80.2, "day"),
        ("500 uCi after 3 half lives", 62.5, "uCi"),
        ("How many half-lives until 1 % remains?", 6.644, "ratio"),
        ("If the I-131 is 20% decayed at injection, how old is it?", 2.582, "day"),
        ("How much of the first CLR 131 dose has decayed by the second?", 97.35, "percent"),
        ("PC3: days gained over control w/ 2 doses divided by days gained over control w/ 1 - what multiple?", 3, "ratio"),
        ("cum. activity given to panc 2-dose mice, uCi", 100, "uCi"),
        ("pc3 delta 2 dose vs ctl in days", 39, "day"),
        ("In PC3, take two-dose minus control survival and divide by the total activity given. Days per uCi?", 0.039, "day/uCi"),
        ("In Capan-1, take two-dose minus single-dose survival and divide by the total activity. Days per uCi?", 0.71, "day/uCi"),
    ],
)
def test_what_is_calculated(release, question, value, unit):
    answer = release.ask(question)
    assert answer.status == "answered"
    assert close_to(answer, value, unit)


@pytest.mark.parametrize(
    ("question", "verdict", "told"),
    [
        ("Had more than five physical half-lives of I-131 gone by before the second CLR 131 dose?", "Yes", "5.24"),
        ("Had six half-lives of I-131 gone by before the second CLR 131 dose?", "No", "5.24"),
        ("Would half of the first CLR 125 dose have decayed by the second injection, taking I-125 at 59.407 days?", "No", "72.1 %"),
        ("Had the first CLR 131 dose decayed to 1 uCi by day 42?", "No", "1.33 uCi"),
        ("Was less than 5% of the first CLR 131 dose left at the second?", "Yes", "2.65 %"),
    ],
)
def test_a_stated_decay_is_confirmed_or_denied(release, question, verdict, told):
    text = release.ask(question).text
    assert text.startswith(f"{verdict}:")
    assert told in text


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("panc study - when did they redose", "42"),
        ("timing of 2nd injection, pancreatic model", "42"),
        ("day of re-treatment in PC3", "28"),
    ],
)
def test_the_day_of_the_second_dose(release, question, day):
    assert f"day {day}" in release.ask(question).text.partition("\n")[0]


def test_two_quantities_are_told_together(release):
    text = release.ask("CLR 131 vs CLR 125 mouse studies: activity per dose and dosing interval").text
    assert all(told in text for told in ("50 uCi", "approximately 500 uCi", "42 days", "28 days"))


@pytest.mark.parametrize("question", ["So how many days apart are those two?", "How far apart are they?"])
def test_two_survivals_that_were_told_are_subtracted(release, question):
    release.ask("How long did the prostate mice on two doses survive?", question)
    release.ask("And the control arm?", question)
    assert close_to(release.ask(question, question), 39, "day")
