"""Questions of decay in plain words, and what is told before them."""

import pytest

from assistant.agent.offline.understanding.cues import signals
from assistant.agent.offline.understanding.message import read_message
from assistant.agent.offline.understanding.physical import plainly

LEFT = "how much of the first dose is left at the second"


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        (f"Physical decay only, no washout: {LEFT}? Tb-161 T1/2 = 6.9 d", f"{LEFT} with a half-life of Tb-161 of 6.9 d?"),
        (f"{LEFT}? Use T1/2 = 6.9 d", f"{LEFT} with a half-life of 6.9 d?"),
        (f"Taking 6.9 d for Tb-161, {LEFT}?", f"{LEFT} with a half-life of Tb-161 of 6.9 d?"),
        (f"{LEFT}, taking Tb-161 at 6.9 days?", f"{LEFT} with a half-life of Tb-161 of 6.9 days?"),
        (f"Tb-161 half-life 6.9 d: {LEFT}?", f"{LEFT} with a half-life of Tb-161 of 6.9 d?"),
        (f"{LEFT}? Tb-161: 6.9 d half-life", f"{LEFT} with a half-life of Tb-161 of 6.9 d?"),
        (f"Assume t½ = 6.9 d for Tb-161. {LEFT}?", f"{LEFT} with a half-life of Tb-161 of 6.9 d?"),
        (f"Half-life of Tb-161: 6.9 d. No washout. {LEFT}?", f"Half-life of Tb-161: 6.9 d. {LEFT}?"),
        (f"Ignoring biological clearance, {LEFT}?", f"{LEFT}?"),
        (f"{LEFT} (physical decay only)?", f"{LEFT}?"),
    ],
)
def test_a_half_life_is_told_in_one_way_and_asides_go(question, plain):
    assert plainly(question) == plain


@pytest.mark.parametrize(
    "question",
    [
        "Is the half-life of Tb-161 6.9 days?",
        "what is the T1/2 of Tb-161",
        "How much of the first dose is still there on day 35? physical decay is fine",
        "If nothing is lost other than by physical decay, how much of the first dose is left at the second?",
        "Tb-161 half-life is 6.9 d, right?",
        "Assuming a half-life of 8 days, how much of 40 MBq is left after 10 days?",
        "Does the paper ignore biological clearance?",
        "Was there no elimination of controls?",
        "How is the drug cleared, and how fast is its washout?",
        "Is the activity left in the tumour due to decay of the nuclide?",
    ],
)
def test_a_question_of_another_thing_stays_as_it_is(question):
    assert plainly(question) == question


@pytest.mark.parametrize(
    "message",
    [
        "I draw up 2 MBq of Tb-161 and it sits for 6 h. How many MBq do I have then?",
        "Mice treated once lived 60 days. How many kBq of the 40 uCi of Lu-177 would be left by then?",
        "Single-dose mice lived 60 days. What percentage of the Lu-177 is left at that point?",
        "We received 5 mCi of Lu-177. It was stored for 30 days. What activity is left?",
        "The Tb-161 vial reads 20 MBq now. What was it 3 days ago?",
        "I want to inject 50 MBq of Tb-161 three days after calibration. What activity should I order?",
    ],
)
def test_what_decays_is_told_before_the_question(message):
    assert read_message(message).questions == (message,)


@pytest.mark.parametrize(
    "message",
    [
        "Mice got 40 uCi of Lu-177 on day 0. How long did they live then?",
        "Mice got 40 uCi of Lu-177 on day 0. How many mice were there then?",
        "The second dose of 40 uCi Lu-177 came on day 21. Was survival better then?",
        "The dose was 40 uCi. What was the survival then?",
    ],
)
def test_what_is_told_before_another_question_stays_apart(message):
    assert len(read_message(message).questions[0]) < len(message)


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("total QX 177 given in mCi (ignore decay)?", "total QX 177 given in mCi?"),
        ("total given, not counting decay", "total given"),
        ("how much is left after decay?", "how much is left after decay?"),
    ],
)
def test_decay_that_is_left_aside_is_not_asked_for(question, plain):
    assert "decay" not in plainly(question) or question == plain
    assert ("remaining" in signals(plainly(question))) is ("remaining" in signals(plain))
