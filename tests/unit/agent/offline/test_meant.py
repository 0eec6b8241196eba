"""Which of several is meant: rows that a question tells apart, the organ, the arms that were tested, the rate, the time, the document."""

from __future__ import annotations

import pytest

from assistant.agent.offline.answers.text import say
from assistant.agent.offline.deriving.labelled import labelled
from assistant.agent.offline.deriving.misfits import means_everybody
from assistant.agent.offline.deriving.operands import operands
from assistant.agent.offline.sentences.scope import scope
from assistant.agent.offline.understanding.operation import operation
from assistant.agent.offline.understanding.topic import read
from assistant.studies.calculate import calculate
from tests.unit.agent.offline.worded import found, near_answers, ranked, searched

BATCHES = (
    "Batches of QX 9\n\n| Batch | Product (GBq) | Yield (%) | Outcome |\n|---|---|---|---|\n| A-1 | 30.0 | 90 | released |\n"
    "| A-2 | 20.0 | 70 | rejected |\n| A-3 | 40.0 | 80 | released |\n"
)


@pytest.mark.parametrize(
    ("question", "total"),
    [
        ("total product of the released batches", 70.0),
        ("total product of all batches", 90.0),
        ("total product of the rejected batches", None),  # one row is no sum
        ("total product of the batches that were not rejected", None),
    ],
)
def test_only_the_rows_that_a_question_tells_apart_are_added_up(question, total):
    topic, findings = read(question, ()), found(("Memo", "2031-03-03", BATCHES))
    asked = operation(question)
    assert asked is not None
    given = operands(asked, topic, labelled(ranked(topic, findings), findings))
    assert (calculate(given[1].expression).results[0].value if given else None) == total


def first_quote(question, *texts):
    """What is quoted first, as near to the question as words tell; empty where the sources are said to have no answer."""
    topic = read(question, ())
    said = say(topic, searched(topic, found(*texts)), near_answers)
    return said[0] if said and said[0].startswith("“") else ""


UPTAKE = (
    "Poster",
    "2031-03-03",
    "Tumour uptake was 12 %IA/g at 24 h. Kidney uptake was 5 %IA/g at 24 h. Tumor uptake at 96 hours was 9 %IA/g.",
)


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("kidney uptake at 24 h?", "Kidney uptake was 5"),
        ("lung uptake at 24 h?", ""),
        ("bone marrow uptake?", ""),
        ("What was the tumour uptake four days after injection?", "at 96 hours was 9"),
    ],
)
def test_an_uptake_is_that_of_its_organ_and_time(question, quoted):
    said = first_quote(question, UPTAKE)
    assert quoted in said
    assert bool(said) is bool(quoted)


TESTED = (
    "Report",
    "2031-03-03",
    "Two injections of QX 9 differed from vehicle (p = 0.004). A single injection did not differ from vehicle (p = 0.31). "
    "The lutetium-177 arm was compared with nothing.",
)


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("p value of two injections vs vehicle", "p = 0.004"),
        ("p-value for two injections vs the Lu-177 arm?", ""),
    ],
)
def test_a_p_value_is_of_both_sides(question, quoted):
    said = first_quote(question, TESTED)
    assert quoted in said
    assert bool(said) is bool(quoted)


DOSES = (
    "Minutes",
    "2031-03-03",
    "The projected kidney dose at 10 MBq exceeded the limit of 40 Gy. The mean absorbed dose to the kidneys was 0.7 Gy/MBq.",
)


def test_a_rate_that_is_stated_answers_what_comes_per_unit():
    assert "0.7 Gy/MBq" in first_quote("mean kidney dose per MBq", DOSES)


@pytest.mark.parametrize(
    ("question", "carrier"),
    [("which candidate uses lead-212", "QX-3"), ("which candidate uses Ac-225", "QX-4"), ("which nuclide does QX-4 carry", "QX-4")],
)
def test_what_carries_a_nuclide_is_told_by_the_sentence_that_names_both(question, carrier):
    text = "It came late. QX-3 (212Pb, melanoma) is in studies. QX-4 (225Ac, sarcoma) is in the clinic. Actinium-225 is bought."
    assert carrier in first_quote(question, ("Update", "2031-03-03", text))


def test_a_name_tells_documents_apart_and_not_the_year_of_a_title():
    texts = (
        ("Lindmar reports second quarter 2031 results", "2031-08-07", "R&D expense was $31 million. In Lindmar all is well."),
        ("Kestrow announces a trial", "2031-10-06", "The trial of Kestrow went on. Expenses rose at Kestrow."),
    )
    sources = found(*texts).evidence.sources
    assert scope(read("What was Kestrow's R&D expense in 2031?", ()), sources) == {"d1"}
    assert scope(read("What was the R&D expense of Lindmar in 2031?", ()), sources) == {"d0"}


@pytest.mark.parametrize(
    ("question", "everybody"),
    [
        ("total activity over all the animals?", True),
        ("total activity in the whole trial?", True),
        ("total activity that a mouse got over the whole study?", False),
        ("total activity of two doses over the whole study?", False),
    ],
)
def test_what_lasts_a_whole_study_is_not_given_to_everybody(question, everybody):
    assert means_everybody(question) is everybody
