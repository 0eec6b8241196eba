"""Which sentences are no answer however near they are: other kinds, units, names and concepts than those that are asked about."""

from __future__ import annotations

import pytest

from assistant.agent.offline.sentences.fitness import answers, asks_share
from assistant.agent.offline.sentences.periods_said import is_of_other_period, untold_periods
from assistant.agent.offline.understanding.topic import read
from assistant.language.periods import called
from tests.unit.agent.offline.worded import found, ranked


def best_answers(question: str, *texts: tuple[str, str, str]) -> bool:
    findings = found(*texts)
    topic = read(question, ())
    return answers(topic, ranked(topic, findings)[0], findings)


NEWS = (
    "Lakewood news",
    "2031-03-03",
    "Lakewood was founded in Ostrava. Its QX 177 is given at 20 MBq. The kidneys got 3 Gy. Adverse events were mild. "
    "The median progression-free survival was 8 months. Ada Holm is head of research. "
    "Data on the duration of response are immature. Write to ir@lakewood.example.\n",
)


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("At which activity is QX 177 given?", True),
        ("At which activity is QX 178 given?", False),
        ("How many Gy did the kidneys get?", True),
        ("How many mm3 did the kidneys have?", False),
        ("Which adverse events were there?", True),
        ("What was the price of QX 177?", False),
        ("What's the e-mail of Lakewood?", True),
        ("What's the ticker of Lakewood?", False),
        ("MTD of QX 177?", False),
        ("median progression-free survival of QX 177?", True),
        ("median overall survival of QX 177?", False),
        ("What is the head of research paid?", False),
        ("What were the quality of life results of QX 177?", False),
        ("median PFS?", True),
        ("duration of response?", True),
        ("ORR?", False),
        ("who is the head of research", True),
        ("who is the auditor of Lakewood", False),
        ("who is the HoR", True),
        ("whos ada holm", True),
        ("whos the new contractor", False),
    ],
)
def test_what_answers(question, answered):
    assert best_answers(question, NEWS) is answered


def test_whom_a_text_speaks_to_is_not_asked_about():
    text = ("Lakewood news", "2031-03-03", "All risks are described in our annual report for 2030. Sales of QX 177 began in May.\n")
    assert best_answers("Which annual report do they point investors to for the risks?", text)
    assert not best_answers("Which investors read the annual report on the risks?", text)


@pytest.mark.parametrize(
    ("question", "answered"),
    [("what if the purity is 94%?", True), ("what if the purity is 96%?", False), ("what about a purity of 950 g?", False)],
)
def test_an_amount_is_found_where_a_bound_takes_it_in(question, answered):
    assert best_answers(question, ("Rule", "2031-03-03", "Do not use a lot of a purity below 95 %. The vial is blue.\n")) is answered


@pytest.mark.parametrize(
    ("question", "text", "answered"),
    [
        ("median PFS with ci?", "Median PFS was 4.9 months (95% CI 3.1-6.6). The vial is blue.", True),
        ("is the product stable for 4 h", "The product is stable for 3 hours. The vial is blue.", True),
        ("is the product stable for 40 GBq", "The product is stable for 3 hours. The vial is blue.", False),
        ("revenue?", "We close the year with cash of $48 million. The vial is blue.", False),
        ("cash?", "We close the year with cash of $48 million. The vial is blue.", True),
        ("shelf life?", "The product is stable for 3 hours. The vial is blue.", True),
        ("when does the Tarn deal start", "The agreement with Tarn holds from January on. The vial is blue.", True),
        ("what does a dose cost", "Doses are bought at £2,950 each. The vial is blue.", True),
        ("what does a dose cost", "A dose was bought. The vial is blue.", False),
        ("what was the rent in 2031?", "Plans for 2031\n\nThe rent was $5 million. The vial is blue.", True),
        ("what was the rent in 2030?", "Plans for 2031\n\nThe rent was $5 million. The vial is blue.", False),
        ("who counted the bolts?", "The bolts were counted by the interns. The vial is blue.", True),
        ("who counted the bolts?", "The bolts were counted by hand. The vial is blue.", False),
        ("what colour is the bench?", "The bench is turquoise. The vial is new.", True),
        ("what percentage of the donors was rejected?", "Of 50 donors, 38 were accepted and 12 were rejected. The vial is new.", True),
        ("who paid for the study", "The study was funded by Havbris. The vial is blue.", True),
    ],
)
def test_what_is_asked_in_other_words_is_found(question, text, answered):
    assert best_answers(question, ("Note", "2031-03-03", f"{text}\n")) is answered


def test_who_is_in_a_role_is_found_by_what_it_is_short_for():
    assert best_answers("who is the qp", ("Note", "2031-03-03", "I will inform the Qualified Person (Dr. Ada Holm). The van is here.\n"))


def test_a_name_like_a_unit_asks_for_none():
    letter = ("The Becquerel", "2031-03-03", "The Becquerel is edited by Ada Holm, chief officer of the society. It is free.\n")
    assert best_answers("Who edits the Becquerel?", letter)


def test_what_is_not_there_is_not_defined():
    assert not best_answers("what is a PDC", ("Lakewood news", "2031-03-03", "In 2026 we decide on a phase 2 trial of CDL-301.\n"))


def test_a_heading_gives_no_reason():
    assert not best_answers("Why was rhenium used?", ("Report", "2031-03-03", "Rhenium used\n\nThe animals were fed daily.\n"))


def test_an_abbreviation_that_looks_like_a_unit_is_none():
    news = ("Lakewood news", "2031-03-03", "QX 177 has the orphan status for multiple myeloma. A trial in MM is open.\n")
    assert best_answers("Has QX 177 the orphan status for MM?", news)
    assert not best_answers("How many mm3 has QX 177?", news)


@pytest.mark.parametrize("animals", ["mice", "rabbits", "monkeys", "women"])
def test_a_share_may_be_asked_of_any_animals_or_patients(animals: str) -> None:
    assert asks_share(f"What percent of the {animals} died?")
    assert not asks_share(f"How long did the {animals} live?")


@pytest.mark.parametrize(
    ("question", "text", "answered"),
    [
        ("How much revenue did Lakewood report?", "Revenue of Lakewood: report of the third quarter of 2031.", False),
        ("How much revenue did Lakewood report?", "Lakewood reported a revenue of 4 million.", True),
        ("How much revenue did Lakewood report?", "Lakewood reported no revenue.", True),
        ("How many patients died in Ostrava?", "None of the patients in Ostrava died.", True),
    ],
)
def test_an_amount_is_told_by_a_figure_or_by_none(question, text, answered):
    assert best_answers(question, ("Lakewood", "2031-11-03", text)) is answered


SUMMARY = ("Summary of the OTTER trial", "2031-03-03", "On average the cancer did not get worse for 9 months (the median).\n")


@pytest.mark.parametrize(("endpoint", "answered"), [("overall survival", False), ("progression-free survival", True)])
def test_a_time_without_worsening_is_no_survival(endpoint: str, answered: bool) -> None:
    assert best_answers(f"median {endpoint} in OTTER?", SUMMARY) is answered


ENDPOINTS = (
    "OTTER",
    "2031-03-03",
    "Secondary endpoints were PFS, objective response rate (ORR) and safety. Median OS was 14 months and 10 months (HR 0.70). "
    "Median PFS was 7 months and 4 months (HR 0.60). ORR was 40% with the drug and 20% without it.\n",
)


@pytest.mark.parametrize(
    ("question", "start"),
    [("hazard ratio for PFS", "Median PFS"), ("compare the response rates in the two arms", "ORR was"), ("hazard ratio for ORR", None)],
)
def test_a_statistic_is_that_of_the_endpoint_asked_about(question: str, start: str | None) -> None:
    findings = found(ENDPOINTS)
    topic = read(question, ())
    quotes = [match.unit.quote for match in ranked(topic, findings) if answers(topic, match, findings)]
    assert quotes[:1] == [quote for quote in quotes if start and quote.startswith(start)]


@pytest.mark.parametrize(("question", "answered"), [("how many %ID/g in the kidney", True), ("how many mGy in the kidney", False)])
def test_the_unit_of_a_row_stands_in_its_caption(question, answered):
    table = "Table 1. Uptake, %IA/g, mean ± SD.\n\n| Organ | 4 h | 24 h |\n|---|---|---|\n| Kidney | 96 ± 12 | 58 ± 8 |\n"
    assert best_answers(question, ("Poster", "2031-03-03", table)) is answered


@pytest.mark.parametrize(
    ("question", "row"),
    [("how long do I keep away from my 3 yr old?", "under 5"), ("my son is 12 years old, how long do we sleep apart?", "5 to 16")],
)
def test_a_row_for_an_age_is_found_by_an_age_within(question, row):
    table = "| Who | Keep away | Sleep apart |\n|---|---|---|\n| Children under 5 | 21 d | 21 d |\n| Children 5 to 16 | 14 d | 14 d |"
    findings = found(("Leaflet", "2031-03-03", table))
    topic = read(question, ())
    best = ranked(topic, findings)[0]
    assert row in best.unit.text
    assert answers(topic, best, findings)


@pytest.mark.parametrize(
    ("question", "answered"),
    [("In which phase is QX 177?", True), ("In which phase is QX 1602-PTX?", False)],
)
def test_a_code_with_letters_behind_is_another_of_its_series(question, answered):
    assert best_answers(question, ("News", "2031-03-03", "QX 177 is evaluated in a Phase I trial. Other things were said.")) is answered


@pytest.mark.parametrize(
    ("question", "answered"), [("net loss in the second quarter?", True), ("net loss of the first six months?", False)]
)
def test_a_quarter_tells_nothing_of_half_a_year(question, answered):
    text = "Net loss was $33 million, compared with $23 million in the second quarter of 2030. All is well in Lakewood."
    assert best_answers(question, ("News", "2031-03-03", text)) is answered


@pytest.mark.parametrize(
    ("question", "answered"), [("At which activity is it given?", True), ("At which ECOG activity is it given?", False)]
)
def test_what_the_question_has_in_capitals_is_somewhere_in_the_sources(question, answered):
    assert best_answers(question, NEWS) is answered


BALANCES = (
    "Report",
    "2031-11-03",
    "Net loss was $9 million for the third quarter of 2031, compared with $7 million for the third quarter of 2030. "
    "Cash was $40 million as of September 30, 2031, compared with $46 million as of June 30, 2031 and $60 million on December 31, 2030.\n",
)


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("What was the net loss in Q3 2031?", True),
        ("What was the net loss in Q3 2030?", True),
        ("What was the net loss in Q2 2031?", False),
        ("What was the net loss in the fourth quarter of 2030?", False),
        ("What was cash on September 30, 2031?", True),
        ("What was cash on Sept 30 2031?", True),
        ("What was cash at the end of the second quarter of 2031?", True),
        ("What was cash on March 31, 2031?", False),
        ("What was cash on September 30, 2030?", False),
    ],
)
def test_a_sentence_of_other_quarters_or_months_is_no_answer(question, answered):
    assert best_answers(question, BALANCES) is answered


def test_a_sentence_that_names_only_the_period_it_compares_with_leaves_its_own_open():
    topic = read("sales in the second quarter of 2031?", ())
    compared = "Sales were $9 million, compared with $7 million in the second quarter of 2030.\n"
    nine = "Sales for the nine months were $20 million, compared with $18 million in 2030.\n"
    for text, other in ((compared, False), (nine, True), (compared.replace("million,", "million in the first quarter of 2031,"), True)):
        assert is_of_other_period(topic, ranked(topic, found(("Report", "2031-08-03", text)))[0].unit) is other


def test_a_period_that_nothing_tells_of_is_named():
    topic, findings = read("What was cash on March 31, 2031?", ()), found(BALANCES)
    assert [called(period) for period in untold_periods(topic, findings.evidence.sources)] == ["March 2031"]
    topic = read("What was cash on June 30, 2031?", ())
    assert not untold_periods(topic, findings.evidence.sources)
