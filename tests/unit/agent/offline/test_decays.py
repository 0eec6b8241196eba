"""Which decays a question means: of which activity, over which time, by which half-life; and whether that is as it states."""

import pytest
from made_studies import ALL, QX

from assistant.agent.evidence import Evidence
from assistant.agent.offline.answers.decays import decays
from assistant.agent.offline.answers.held import passed_held, share_held
from assistant.agent.offline.answers.physics import plan_half_life, say_half_life
from assistant.agent.offline.answers.stated import half_life_of
from assistant.agent.offline.findings import Findings
from assistant.agent.offline.understanding.followup import understand
from assistant.agent.offline.understanding.lifetimes import own_half_life
from assistant.agent.offline.understanding.physical import plainly
from assistant.language.figures import figures
from assistant.values import Result
from tests.unit.agent.offline.worded import found

NOTHING = Findings(Evidence(), {}, {})


def meant(question):
    (topic,) = understand((plainly(question),), ALL)
    return topic.aspect, [
        (each.nuclide, each.activity.value, each.elapsed, each.half_life.value if each.half_life else None)
        for each in decays(topic, NOTHING)
    ]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How much of the first QX 177 dose is left at the second?", [("Lu-177", 40, 21, None)]),
        ("How much QX 177 activity is on board just before the second dose?", [("Lu-177", 40, 21, None)]),
        ("How much of the first QX 177 dose is left at the second, taking Lu-177 at 6.6 days?", [("Lu-177", 40, 21, 6.6)]),
        ("How much of the first QX 177 dose is left 5 days after the second dose?", [("Lu-177", 40, 26, None)]),
        ("How much of the first QX 177 dose is left 5 days before the second dose?", [("Lu-177", 40, 16, None)]),
        ("How much QX 177 activity is in the mouse 5 days after the second dose?", [("Lu-177", 40, 26, None), ("Lu-177", 40, 5, None)]),
        ("How much of the QX 177 dose is left when the single-dose mice died?", [("Lu-177", 40, 60, None)]),
        ("Was more than 1 uCi of the first QX 177 dose left at the second?", [("Lu-177", 40, 21, None)]),
        ("How much of the single QX 177 dose was left at 60 days?", [("Lu-177", 40, 60, None)]),
        ("How much of the second QX 177 dose was left on day 30?", [("Lu-177", 40, 9, None)]),
        ("How much of the first QX 177 dose was left at the third dose?", []),
        ("What activity of two doses of QX 177 was left on day 30?", [("Lu-177", 40, 30, None), ("Lu-177", 40, 9, None)]),
        ("How much of the 40 MBq of QX 177 is still there at the time of the second injection?", [("Lu-177", 40, 21, None)]),
        ("What must be shipped 4 days before to have 3 MBq of Tb-161 on day 0?", [("Tb-161", 3, 4, None)]),
        ("What activity 4 days before would give 3 MBq of Tb-161?", [("Tb-161", 3, 4, None)]),
        ("I draw up 3 MBq of Tb-161 and it sits for 12 h. How many MBq do I have then?", [("Tb-161", 3, 0.5, None)]),
    ],
)
def test_what_decays_and_how_long(question, expected):
    assert meant(question) == ("decay", expected)


@pytest.mark.parametrize(
    ("question", "aspect"),
    [
        ("500 uCi after 3 half lives", "halved"),
        ("what fraction after 4 half-lives", "halved"),
        ("how much of 50 uCi Tb-161 is there after 2 half lives, in kBq", "halved"),
        ("ten half-lives of Tb-161 is how many days?", "half_lives_time"),
        ("decay-in-storage: how long is ten half-lives of Tb-161?", "half_lives_time"),
        ("Had more than three half-lives of Lu-177 gone by before the second QX 177 dose?", "half_lives"),
        ("How many half-lives of Lu-177 pass in 14 days?", "half_lives"),
        ("How much of the tumour was left after the second dose?", "dose"),
        ("How many mice were left on day 45 after the dose?", "text"),
        ("How much of the dose was left in the blood after 24 h?", "text"),
        ("Does Tb-161 lose more than 10 % within 8 hours?", "decay"),
    ],
)
def test_what_is_asked_of_half_lives(question, aspect):
    (topic,) = understand((plainly(question),), ALL)
    assert topic.aspect == aspect


LEFT = (Result(name="left", value=4.0, unit="uCi"), Result(name="remaining", value=10.0, unit="percent"))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Was less than a quarter of the first dose left?", "Yes:"),
        ("Was more than a quarter of the first dose left?", "No:"),
        ("Was less than 5 % of the first dose left?", "No:"),
        ("Had half of the first dose decayed by the second?", "Yes:"),
        ("Had 95 % of the first dose decayed by the second?", "No:"),
        ("Is half of the first dose still there at the second?", "No:"),
        ("Was more than 3 uCi of the first dose left?", "Yes:"),
        ("Was more than 5 uCi of the first dose left?", "No:"),
        ("Is any of the 40 uCi left on day 21?", ""),
        ("Was the third dose still there?", ""),
        ("How much of the first dose is left?", ""),
    ],
)
def test_a_share_or_an_activity_that_is_stated(question, said):
    (topic,) = understand((question,), (QX,))
    assert share_held(topic, [LEFT]) == said


@pytest.mark.parametrize(
    ("question", "passed", "said"),
    [
        ("Had more than three half-lives of Lu-177 gone by?", 3.2, "Yes:"),
        ("Had more than five physical half-lives of Lu-177 gone by?", 3.2, "No:"),
        ("Had two half-lives of Lu-177 passed?", 3.2, "Yes:"),
        ("Did less than two half-lives of Lu-177 pass?", 3.2, "No:"),
        ("How many half-lives of Lu-177 passed?", 3.2, ""),
    ],
)
def test_so_many_half_lives_that_are_stated(question, passed, said):
    (topic,) = understand((question,), (QX,))
    assert passed_held(topic, [passed]) == said


@pytest.mark.parametrize(
    ("question", "aspect"),
    [
        ("How many half-lives until under 1 % remains?", "halvings"),
        ("How many days for 50 uCi of Tb-161 to fall to 5 uCi?", "decay"),
        ("After the second QX 177 injection, how much total Lu-177 activity was present?", "decay"),
        ("total activity immediately post dose 2, QX 177", "decay"),
        ("total activity of both QX 177 doses", "total"),
    ],
)
def test_what_is_asked_of_decay(question, aspect):
    (topic,) = understand((plainly(question),), ALL)
    assert topic.aspect == aspect


@pytest.mark.parametrize(
    ("question", "half_life"),
    [
        ("How many half-lives of Lu-177 (6.6 days) pass in 60 days?", "6.6 days"),
        ("What was left of the first QX 177 dose at the second with 6.6 days?", "6.6 days"),
        ("How much is left after 6.6 days?", None),
        ("How much is left at the second dose (21 days)?", None),
        ("What was left with 6.6 days between the doses?", None),
    ],
)
def test_a_time_may_be_a_half_life_without_being_called_so(question, half_life):
    found = own_half_life(question, figures(question))
    assert (found and found.text) == half_life


def test_a_follow_up_takes_no_half_life_for_the_time_that_passes():
    asked = ("How much of the first QX 177 dose was left at the second with a half-life of 6.6 days?", "And in the QX 177 study?")
    *_, topic = understand(asked, ALL)
    assert [decay.elapsed for decay in decays(topic, NOTHING)] == [21]


def test_a_decay_goes_by_the_half_life_that_a_document_states_before_that_of_the_tables():
    text = "QX 177 delivers Lu-177 (half-life 6.65 days) to tumors.\n"
    (topic,) = understand(("How much of the first QX 177 dose is left at the second?",), ALL)
    (decay,) = decays(topic, found(("QX 177", "2031-03-03", text)))
    assert (decay.half_life.value, decay.stated, decay.own_half_life) == (6.65, "[1]", None)
    asked = "How much of the first QX 177 dose is left at the second, taking Lu-177 at 6.6 days?"
    (topic,) = understand((plainly(asked),), ALL)
    (decay,) = decays(topic, found(("QX 177", "2031-03-03", text)))
    assert (decay.half_life.value, decay.stated) == (6.6, "")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The half-life of lutetium-177 is 6.65 days and that of actinium-225 is 9.92 days.", 9.92),
        ("We used Lu-177 (half-life 6.65 d) and Ac-225 (half-life 9.9 d).", 9.9),
        ("Actinium-225 has a longer half-life than lutetium-177: 9.92 and 6.65 days.", None),
        ("The blood half-life of [225Ac]Ac-QX was 3 hours.", None),
        ("The half-lives are 9.92 days (actinium-225) and 6.65 days (lutetium-177).", 9.92),
        ("The half-lives are 6.65 days for lutetium-177 and 9.92 days for actinium-225.", 9.92),
    ],
)
def test_the_half_life_of_one_of_two_nuclides(text, value):
    stated = half_life_of(found(("Report", "2031-03-03", text)), "Ac-225")
    assert (stated.figure.value if stated else None) == value


def test_a_half_life_is_told_as_the_document_has_it_and_not_by_the_tables():
    (topic,) = understand(("What is the half-life of Pb-212 in minutes?",), ())
    told = found(("Report", "2031-03-03", "Lead-212 has a half-life of 10.6 hours.\n"))
    calls = plan_half_life(topic, told)
    told = Findings(told.evidence, dict.fromkeys(calls, None), {})
    assert [(wanted.name, dict(wanted.arguments).get("value")) for wanted in plan_half_life(topic, told)] == [
        ("search_passages", None),
        ("convert_activity", 10.6),
    ]
    assert say_half_life(topic, told) == ["“Lead-212 has a half-life of 10.6 hours.” [1]"]
