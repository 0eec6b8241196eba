"""Whether the activity before the time of the stated one is asked for, or what decay leaves of that."""

import pytest

from assistant.agent.offline.understanding.earlier import asks_earlier


@pytest.mark.parametrize(
    "question",
    [
        "If I need 50 uCi at injection and the vial is calibrated 2 days before, what activity must it hold at calibration?",
        "What activity of I-131 must I order to have 50 uCi in 4 days?",
        "I want to inject 50 uCi three days after calibration. What activity should I order?",
        "How much Lu-177 do we have to start with to have 10 MBq after 5 days?",
        "The vial reads 20 MBq now. What was it 3 days ago?",
        "What activity did the vial have 2 days before the injection if 15 MBq were injected?",
        "What is the initial activity if 50 uCi are left after 2 days?",
        "Which activity at calibration leaves 50 uCi two days later?",
        "What did a 50 uCi dose measure 8 days earlier?",
        "Order size for 50 uCi at use, shipped 5 days ahead?",
        "What activity 6 days before would give 40 uCi?",
        "How much of 3 MBq was there 12 hours earlier?",
    ],
)
def test_what_was_or_must_be_there_before(question):
    assert asks_earlier(question)


@pytest.mark.parametrize(
    "question",
    [
        "The vial was calibrated at 50 uCi two days ago. How much is left now?",
        "What activity was injected if it was calibrated at 50 uCi 2 days before?",
        "How much of the initial 50 uCi is left after 2 days?",
        "If the initial activity is 50 uCi, how much is left after 2 days?",
        "I ordered 50 uCi calibrated for Monday and inject 2 days later. How much do I have?",
        "The vial had 20 MBq three days ago. What is it now?",
        "How much of 50 uCi was left two days before the second dose?",
        "What activity would 40 uCi, prepared 6 days before, give?",
        "What activity 2 days before the second dose is left of 40 MBq to give?",
        "How much of the first dose was there two days before the second?",
    ],
)
def test_what_decay_leaves(question):
    assert not asks_earlier(question)
