"""Sentences that are near to a question and leave open what it asks: the other one of two, no name, no amount of the kind, another year."""

from __future__ import annotations

import pytest

from assistant.agent.offline.absent import absent_names
from assistant.agent.offline.answers.text import say
from assistant.agent.offline.phrasing import is_lack
from assistant.agent.offline.sentences.fitness import answers
from assistant.agent.offline.sentences.unit_asked import asks_mass
from assistant.agent.offline.understanding.topic import read
from tests.unit.agent.offline.worded import found, near_answers, ranked, searched

TRIAL = (
    "Trial of mucotriol",
    "2031-03-03",
    "Mucotriol was given once daily or twice daily for 26 weeks. Cough was reported by 22% of patients in the once-daily arm. "
    "The inner pond was cleaned at a price of £118,000. The outer pond is left for later. "
    "Of the patients on 10% cream, 16 complained of itching. Cream of 5% was made for the others.\n",
)
WORKS = (
    "Works news",
    "2031-03-03",
    "Marlow, a maker of hooks, tells its news. A plumber has been called. The paper is under review at a veterinary journal. "
    "A new hook has been ordered. The driver had 0.08 mSv; the highest dose was that of Dr. Holm. Grease the spindle once a year. "
    "The gate was painted by Maren Voss. Steward: Dr. Ingrid Sol, Casco House. The finance director bought shares in the market. "
    "The vessels are sterilised at two sites. Cash at the end of June stood at £27 million, against £30 million in June 2029. "
    "The fee of the auditor was £40,000. The fair was held in Lakewood. "
    "Full results of AURIGA will be shown at a medical congress in the autumn.\n",
)


def is_answered(question: str, document: tuple[str, str, str]) -> bool:
    """Whether the sentence that is nearest to the question is taken for its answer."""
    findings = found(document)
    topic = read(question, ())
    return answers(topic, ranked(topic, findings)[0], findings)


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("cough rate in the once daily arm?", True),
        ("cough rate in the twice daily arm?", False),
        ("what did cleaning the inner pond cost", True),
        ("what did cleaning the outer pond cost", False),
        ("how many on the 10% cream complained of itching", True),
        ("how many on the 5% cream complained of itching", False),
    ],
)
def test_the_other_one_of_two_is_no_answer(question, answered):
    assert is_answered(question, TRIAL) is answered


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("who painted the gate", True),
        ("who is Maren Voss", True),
        ("Who is the steward and where?", True),
        ("who was Voss", True),
        ("who ordered the new hook", False),
        ("what's the name of the plumber", False),
        ("what was the name of the driver", False),
        ("whats the name of the plumber who was called", False),
        ("Which journal is reviewing the paper?", False),
        ("At which congress will the results be shown?", False),
        ("which grease for the spindle", False),
        ("how often must the spindle be greased", True),
    ],
)
def test_who_asks_for_a_name_is_not_told_that_there_is_somebody(question, answered):
    assert is_answered(question, WORKS) is answered


def test_the_head_of_a_letter_does_not_tell_who_did_something():
    letter = ("Letter", "2031-03-03", "Dr. Ada Holm, Lakewood Hospital\nTo: Dr. Omar Reyes\n\nYour patient had her knee mended in May.\n")
    findings = found(letter)
    topic = read("who operated on her", ())
    heads = [match for match in ranked(topic, findings) if match.unit.title]
    assert heads
    assert not any(answers(topic, match, findings) for match in heads)


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("what is the salary of the finance director", False),
        ("at what temperature are the vessels sterilised", False),
        ("at how many sites are the vessels sterilised", True),
        ("what was the fee of the auditor", True),
        ("how much did Lakewood pay the auditor", False),
        ("how much did Marlow pay the auditor", True),
        ("how much cash was there in June 2030", False),
        ("how much cash was there in June 2029", True),
    ],
)
def test_what_has_no_such_amount_or_that_of_another_is_no_answer(question, answered):
    assert is_answered(question, WORKS) is answered


def said(question: str, document: tuple[str, str, str]) -> list[str]:
    topic = read(question, ())
    return say(topic, searched(topic, found(document)), near_answers)


def test_what_is_missing_is_named_by_the_words_of_a_short_question():
    lack, *_ = said("cough rate in the twice daily arm?", TRIAL)
    assert is_lack(lack)
    assert "cough rate in the twice daily arm" in lack


def test_a_word_of_the_documents_that_a_concept_has_too_does_not_name_what_is_missing():
    lack, *_ = said("how many volunteers steer the safety boat", ("Minutes", "2031-03-03", "We look for volunteers for the safety boat.\n"))
    assert is_lack(lack)
    assert "side effects" not in lack


def test_what_a_question_takes_for_granted_is_denied_in_the_words_of_the_document():
    quote, *_ = said(
        "For how long did the patient need dialysis?",
        ("Case", "2031-03-03", "The patient had a weak kidney for years. The patient did not need dialysis.\n"),
    )
    assert not is_lack(quote)
    assert "did not need dialysis" in quote


@pytest.mark.parametrize(
    ("question", "answered"),
    [("Was QX-7 active in brain metastases?", False), ("Was QX-7 active in the head of the mouse?", True)],
)
def test_of_a_disease_that_no_document_has_nothing_is_told(question, answered):
    first, *_ = said(question, ("News", "2031-03-03", "QX-7 was active in lymphomas and in the liver of mice.\n"))
    assert is_lack(first) is not answered


@pytest.mark.parametrize(
    ("question", "answered"),
    [("When was QX-7 granted its status as a rare drug?", False), ("When did mice get two doses of QX-7?", True)],
)
def test_the_day_of_something_else_is_not_when_it_was(question, answered):
    text = "The agency granted QX-7 the status of a rare drug. Mice got two doses of QX-7 on day 0 and day 21.\n"
    first, *_ = said(question, ("News", "2031-03-03", text))
    assert is_lack(first) is not answered


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("What did QX-9 weigh?", "what they speak of is QX-7"),
        ("What did VQ-9 weigh?", "anything on VQ9."),
    ],
)
def test_a_name_that_no_document_has_is_told_with_one_that_differs_in_its_number(asked, told):
    [lack] = absent_names(read(asked, ()), ["QX-7 was given to mice, QZ to none."], frozenset())
    assert told in lack


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("What was the p-value of the two-dose arm versus the single 30 kBq arm?", False),
        ("What was the p-value of the 10 kBq arm versus vehicle?", True),
    ],
)
def test_p_values_against_the_control_tell_nothing_of_two_other_arms(question, answered):
    text = "Each QX 177 arm differed from vehicle (p=0.004 for 10 kBq; p<0.001 for the other two arms)."
    topic, findings = read(question, ()), found(("Report", "2031-03-03", text))
    assert answers(topic, ranked(topic, findings)[0], findings) is answered


def test_a_phase_of_another_of_a_series_does_not_deny_that_one_is_preclinical():
    text = "We made 14 lots of CND-12 this quarter. CND-20 entered Phase 1 in September. Parking is free."
    topic = read("Is CND-12 preclinical?", ())
    assert not any(said.startswith("No:") for said in say(topic, searched(topic, found(("Letter", "2031-03-03", text))), near_answers))


LABORATORY = (
    "Laboratory news",
    "2031-03-03",
    "Tumor uptake of QX-7 was 18% of injected activity per gram. Kidney uptake was 6% at 4 hours.\n\n"
    "The planned Phase 1 trial, named TERRACE-1, will enroll 36 patients. The pump was mended on Monday. "
    "The red marrow dose in humans is put at 0.04 Gy/GBq. Each dose is logistics and has its price.\n",
)


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("kidney uptake of QX-9", False),
        ("kidney uptake of QX-7", True),
        ("Which hospitals will take part in TERRACE-1?", False),
        ("What dose do the salivary glands get in humans?", False),
        ("What dose does the red marrow get in humans?", True),
        ("what will each dose of it cost", False),
        ("how many micrograms did each of the patients in TERRACE-1 get", False),
        ("was the pump under warranty", False),
        ("was the pump mended", True),
    ],
)
def test_what_is_said_of_another_code_organ_or_thing_is_no_answer(question, answered):
    first, *_ = said(question, LABORATORY)
    assert is_lack(first) is not answered


def test_what_goes_on_about_another_code_is_not_shown_as_the_nearest_thing():
    assert not any("Kidney uptake" in sentence for sentence in said("kidney uptake of QX-9", LABORATORY))


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("how many micrograms of antibody did each mouse get", True),
        ("how much peptide was given, in mg?", True),
        ("who got 30 mg/kg", False),
        ("how many MBq did each mouse get", False),
    ],
)
def test_micrograms_ask_for_a_mass(question, asked):
    assert asks_mass(read(question, ())) is asked


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("strain of rats?", "Male Lewis rats weighed 250 g."),
        ("which grant number paid for the pond", "The pond was paid for by the Lakewood Fund (grant LCF-2291)."),
        ("what's a minipump", "The QX-31 is a *minipump*: a pump of 80 g made of two parts."),
        ("what did the CMO say", '"It is more than we had hoped for in all these years of work," said Ada Holm, Chief Medical Officer.'),
        ("as of when do these statements hold", "These statements are made only as of the date hereof."),
        ("who funded the pump", "The authors thank the Marr Trust, which paid for the pump."),
        ("what share of the activity per gram sat in the kidneys", "Kidney uptake was 42 %IA/g at 4 hours."),
        (
            "Why might big ponds need more than one treatment?",
            "A single treatment may do little, and more comes of a multi-dose treatment in big ponds.",
        ),
    ],
)
def test_what_is_said_in_other_words_is_an_answer(question, text):
    first, *_ = said(question, ("News", "2031-03-03", f"{text} Parking is free.\n"))
    assert not is_lack(first)


def test_what_a_sentence_denies_may_be_what_is_asked_in_other_words():
    quote, *_ = said("did the pump throw any alarms", ("Minutes", "2031-03-03", "There were no alarms on the pump.\n"))
    assert "no alarms" in quote


def test_what_somebody_said_is_not_what_another_did():
    text = '"It is more than we had hoped for in all these years of work," said Ada Holm, Chief Medical Officer.\n'
    lack, *_ = said("what did the FDA say", ("News", "2031-03-03", text))
    assert is_lack(lack)
