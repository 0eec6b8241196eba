"""Questions worded otherwise than a text, and the text: what the figures of its answering sentence give, or that they give nothing."""

from __future__ import annotations

import pytest

from assistant.agent.offline.deriving.choice import chosen
from assistant.agent.offline.understanding.topic import read
from assistant.language.abbreviations import written_out
from assistant.studies.calculate import calculate
from tests.unit.agent.offline.worded import found, near_answers, searched

BESIDE = "The company was founded in Utrecht by two chemists. Its board meets in May. Parking is free behind the building."


def derived(question, *texts):
    """The kind, value and unit that the question gets from the texts, among sentences beside it; None where it gets nothing."""
    topic = read(question, ())
    findings = searched(topic, found(*(("Report", "2031-03-03", f"{text}\n\n{BESIDE}") for text in texts)))
    candidate = chosen(topic, findings, near_answers)
    if candidate is None:
        return None
    (result,) = calculate(candidate.expression).results
    return candidate.said_as, round(result.value, 2), result.unit


class TestTwoFigures:
    @pytest.mark.parametrize(
        ("question", "text", "expected"),
        [
            ("How many fold did the vial output grow?", "Production rose from 400 to 3,000 vials a month.", ("ratio", 7.5, "ratio")),
            (
                "By what percent did purchases of isotope go up?",
                "Isotope purchases reached $3.0 million against $2.0 million a year earlier.",
                ("increase", 50, "percent"),
            ),
            (
                "tumour to kidney ratio at 24 h",
                "Tumour uptake at 24 hours was 14% of the injected dose per gram, compared with 5.0% in kidney.",
                ("ratio", 2.8, "ratio"),
            ),
            (
                "how many percent did kidney uptake fall",
                "Kidney uptake was 8.0% ID/g at four hours and fell to 2.0% ID/g at 72 hours.",
                ("decrease", 75, "percent"),
            ),
            (
                "what percent of the people tested made antibodies",
                "Antibodies arose in 5 of 25 tested patients; in two of them late.",
                ("share", 20, "percent"),
            ),
            (
                "By what factor did kidney uptake fall between 1 h and 72 h?",
                "Kidney uptake fell from 8.0 ± 1.1 %ID/g at 1 h to 2.0 ± 0.3 %ID/g at 72 h.",
                ("factor", 4, "ratio"),
            ),
            (
                "kidney uptake at 72 h against 4 h, percent drop?",
                "Kidney uptake was 9.0 ± 1.1 %ID/g at 1 h, 8.0 ± 0.9 %ID/g at 4 h and 2.0 ± 0.3 %ID/g at 72 h.",
                ("decrease", 75, "percent"),
            ),
            (
                "what share of sales is vials",
                "Sales were 8 million euros, of which vials were 2 million.",
                ("share", 25, "percent"),
            ),
            (
                "tumor to liver ratio after a day",
                "Mice were dissected 24 hours after injection. Tumor uptake was 12.0 %ID/g, liver uptake 4.0 %ID/g.",
                ("ratio", 3, "ratio"),
            ),
            ("what percent of the dogs did not have a rash", "A rash was seen in 5 of 20 dogs.", ("share", 75, "percent")),
            ("what percent of the dogs responded", "Two of the 20 dogs did not respond.", ("share", 90, "percent")),
            ("what percent of the dogs responded", "Two of the 20 dogs responded, and none died.", ("share", 10, "percent")),
            (
                "how many times the tumour dose per MBq with terbium than with lutetium",
                "The tumour dose was 3.0 Gy per MBq for terbium and 2.0 for lutetium.",
                ("ratio", 1.5, "ratio"),
            ),
        ],
    )
    def test_of_the_answering_sentence_are_put_together(self, question, text, expected):
        assert derived(question, text) == expected

    def test_that_came_of_each_other_are_no_part_and_whole(self):
        assert derived("Total costs of isotope, % up on the year?", "Isotope costs rose to $30 million from $24 million.") == (
            "increase",
            25,
            "percent",
        )

    @pytest.mark.parametrize(
        ("question", "text"),
        [
            ("How many more vials were spoilt than last year?", "On 8 October the court heard it; the decision is due on 17 January."),
            ("By how much did the current exceed the limit?", "It was washed out with 300 µL of solvent from run 52 on."),
            ("What share of the sarcoma patients responded?", "Five partial responses were seen, four of them in sarcoma."),
            ("What percentage of the store's limit is used?", "The store may hold 20 GBq under permit EA/RSR/3308."),
            ("By what percent did the cost of the trial grow?", "The interest rate went up from 9.5% to 11.25%."),
            ("how much of the budget is left", "The firm spent $3 million on the plant and $5 million on the budget office."),
            (
                "how much of the budget is left",
                "The firm spent $3 million of its budget, while the clinic received $5 million from donors.",
            ),
            ("how much does the clinic have left", "The clinic received $8 million, of which $3 million came from a bank."),
            ("how much oil is left", "The depot has 500 mL of oil, of which 100 mL are used each week."),
            ("how much of the target is left", "It raised $2 million towards its target of $5 million by June and $3 million by December."),
            ("how much of the fund is left", "The fund holds 9 GBq, of which 2 GBq has a half-life of 5 days."),
            (
                "tumor to kidney ratio at 24 h",
                "Mice died at 4 h and 24 h. Those of the first had 9 %ID/g in the tumor and 3 %ID/g in the kidney.",
            ),
            ("how much over budget is the clinic", "The budget of the clinic was $18 million. The value of the gift is $2 million."),
        ],
    )
    def test_are_not_taken_from_dates_codes_names_and_other_things(self, question, text):
        assert derived(question, text) is None

    def test_of_a_table_are_taken_where_the_question_names_both(self):
        table = "| Group | Median survival (days) |\n|---|---|\n| Saline | 30 |\n| Antibody once | 44 |\n| Antibody twice | 61 |\n"
        assert derived("How many days longer was median survival with antibody once than with saline?", table) == ("difference", 14, "day")
        assert derived("How many days more was it in the best group of mice?", table) is None

    @pytest.mark.parametrize(("named", "expected"), [("out of 80", ("share", 25, "percent")), ("mean", None)])
    def test_of_a_table_are_a_share_of_the_number_that_the_column_names(self, named, expected):
        table = f"| Reaction | Number of dogs ({named}) |\n|---|---|\n| Fever | 20 |\n| Rash | 8 |"
        assert derived("what percentage of the dogs had fever?", table) == expected

    @pytest.mark.parametrize(
        ("question", "expected"),
        [
            ("tumor to muscle at 72 h", ("ratio", 31.12, "ratio")),
            ("tumor to muscle 72 h blocked", ("ratio", 11, "ratio")),
            ("tumor to spleen at 72 h", None),
        ],
    )
    def test_of_the_column_that_says_no_more_than_the_question(self, question, expected):
        table = "| Tissue | 24 h | 72 h | 72 h, blocked |\n|---|---|---|---|\n| Tumour | 12.6 | 24.9 | 8.8 |\n| Muscle | 1.1 | 0.8 | 0.8 |"
        assert derived(question, table) == expected


def test_an_amount_that_is_restated_in_brackets_is_taken_once():
    course = "The usual course is six infusions of 7.4 GBq (200 mCi), given eight weeks apart."
    assert derived("what is the total activity of all six infusions in GBq?", course) == ("product", 44.4, "GBq")


LOTS = "| Lot | Start activity (GBq) | Yield (%) |\n|---|---|---|\n| L-31 | 70 | 81 |\n| L-32 | 80 | 85 |\n| L-33 | 60 | 71 |"


class TestAmounts:
    @pytest.mark.parametrize(
        ("question", "expected"),
        [("average yield of the lots", ("mean", 79, "percent")), ("total start activity of the lots in GBq", ("total", 210, "GBq"))],
    )
    def test_of_the_column_that_is_named(self, question, expected):
        assert derived(question, LOTS) == expected

    @pytest.mark.parametrize(
        ("question", "text", "expected"),
        [
            (
                "how much of the budget is left",
                "The firm spent $3 million on the plant out of a total budget of $5 million.",
                ("remainder", 2e6, "USD"),
            ),
            ("how much of the budget is left", "The budget is $5 million, of which $3 million has been spent.", ("remainder", 2e6, "USD")),
            ("how many dogs are still to enrol", "So far 30 dogs have enrolled, against a target of 50.", ("remainder", 20, "")),
            (
                "total activity that the dogs received",
                "The dogs received 3.7 GBq in cycle 1, 5.5 GBq in cycle 2 and 7.4 GBq in cycle 3.",
                ("total", 16.6, "GBq"),
            ),
            ("total activity given to the mice", "The mice were given 5 MBq, 10 MBq and 20 MBq on days 1, 8 and 15.", ("total", 35, "MBq")),
            ("mean purity of the two lots", "The purity of the lots was 98.6% and 98.2%.", ("mean", 98.4, "percent")),
            ("average number of patients per centre", "The trial enrolled 60 patients at 12 centres in Belgium.", ("quotient", 5, "ratio")),
            (
                "the overdose in mCi please",
                "An overdose happened once: a participant received 11.1 GBq by mistake.",
                ("converted", 300, "mCi"),
            ),
            (
                "How many GBq does a patient get in all three injections?",
                "Treatment consisted of three injections of 5.5 GBq.",
                ("product", 16.5, "GBq"),
            ),
        ],
    )
    def test_give_what_is_asked_for(self, question, text, expected):
        assert derived(question, text) == expected

    def test_that_alone_are_told_as_given_are_converted(self):
        assert derived("What is the dose in mCi?", "Each infusion contained 3.7 GBq. The vial is kept cold.") == ("converted", 100, "mCi")
        assert derived("What is the dose in mCi?", "The first infusion contained 3.7 GBq. Later infusions had 5.0 GBq.") is None
        assert derived("What is the kidney dose in mCi?", "Each infusion contained 3.7 GBq. The vial is kept cold.") is None

    def test_are_not_made_up_where_the_question_brings_one_that_does_not_fit(self):
        text = "We now cap the cumulative activity at 32 megabecquerels, and 40 of 60 patients reached it."
        assert derived("He had four doses of 7 MBq. How much more can he get?", text) is None

    def test_of_a_case_that_nobody_has_stated_give_nothing(self):
        text = "The highest reading was 84 mSv, against a yearly limit of 500 mSv."
        assert derived("If the same person got that again, how far below the limit would they be?", text) is None


class TestDecay:
    TEXT = "Lead-212 decays with a half-life of 10.6 hours."

    def test_leaves_of_the_questions_activity_what_the_stated_half_life_tells(self):
        assert derived("I draw up 740 kBq and forget it for 21.2 hours, what activity is still there?", self.TEXT) == ("left", 185, "kBq")

    def test_leaves_a_share(self):
        assert derived("which fraction of it is left after 21.2 hours", self.TEXT) == ("left", 25, "percent")

    def test_takes_so_long_until_a_part_is_left(self):
        assert derived("How many hours until only a quarter of the isotope is left?", self.TEXT) == ("until", 21.2, "hour")


class TestDates:
    """The report is of 2031, which is the year of dates that have none."""

    @pytest.mark.parametrize(
        ("question", "text", "expected"),
        [
            (
                "How many days from the filing of the dossier until approval?",
                "The dossier was filed on 3 February. Approval was granted on 5 March 2031.",
                (30, "day"),
            ),
            ("how many weeks apart were the two infusions", "He had two infusions, on 7 May and 4 June 2030.", (4, "week")),
            (
                "How many days between the tender's publication and its closing?",
                "The tender was published on 2 May 2031 and, after two letters from bidders, closed on 11 June.",
                (40, "day"),
            ),
            (
                "number of days from the hearing to the ruling",
                "The court held its hearing on 20 December, and the ruling is due on 9 January.",
                (20, "day"),
            ),
            ("How many days after 1 March 2031 was the plant opened?", "The plant was opened on 15 April.", (45, "day")),
            (
                "weeks from the filing of the dossier until approval",
                "The dossier was filed on 3 February. Approval was granted on 17 March 2031.",
                (6, "week"),
            ),
            (
                "How many days are there between the press release and the Antwerp poster?",
                "FOR IMMEDIATE RELEASE\n\nGHENT, March 3, 2031 - Quill Inc. reported sales.\n\nThe poster is in Antwerp on April 2, 2031.",
                (30, "day"),
            ),
        ],
    )
    def test_have_so_much_time_between_them(self, question, text, expected):
        assert derived(question, text) == ("elapsed", *expected)

    @pytest.mark.parametrize(
        ("question", "text"),
        [
            (
                "How many days from the filing until the appeal?",
                "The dossier was filed on 3 February. Approval was granted on 5 March 2031.",
            ),
            (
                "How many days between the filing and the second hearing?",
                "It was filed on 3 February; the first hearing was on 5 March 2031.",
            ),
            ("How many weeks are there between infusions?", "Infusions are eight weeks apart. The rule was made on 3 May and 1 June 2031."),
            ("How many days between 2030-02-30 and 2030-03-01?", "The grant runs from 28 February 2031 to 28 May 2031."),
            ("How long is the shop closed?", "The shop is closed on 24 December and 1 January."),
            ("How long will the money last?", "Cash was $9 million as of June 30, 2031, compared with $12 million as of March 31, 2031."),
            (
                "How many days between approval by the FDA and the opening?",
                "Approval was granted on 3 May; the opening was on 5 June 2031.",
            ),
            ("How long does an infusion take?", "An infusion takes four hours. Received 2 May 2031, accepted 9 July 2031."),
            (
                "days from the letter to the Antwerp poster",
                "The report was made on March 3, 2031. The poster is shown in Antwerp on April 2, 2031.",
            ),
            ("When was the dossier filed and when was it approved?", "The dossier was filed on 3 February, and approved on 5 March 2031."),
        ],
    )
    def test_that_are_not_meant_give_none(self, question, text):
        assert derived(question, text) is None


class TestParts:
    @pytest.mark.parametrize(
        ("question", "text", "expected"),
        [
            (
                "What percentage of the sarcoma patients responded?",
                "Among the 20 patients with sarcoma, 5 responded.",
                ("share", 25, "percent"),
            ),
            (
                "highest planned dose in MBq?",
                "The first dose is 10 mCi, and the highest planned dose is 20 mCi.",
                ("converted", 740, "MBq"),
            ),
            (
                "If a patient gets all four infusions, what is the total activity?",
                "The usual course is four infusions of 5 GBq.",
                ("product", 20, "GBq"),
            ),
        ],
    )
    def test_of_what_is_stated_are_worked_out(self, question, text, expected):
        assert derived(question, text) == expected


class TestWhatIsNotMeant:
    @pytest.mark.parametrize(
        ("question", "text"),
        [
            (
                "What do the three injections add up to, in kBq?",
                "Animals had either one injection of 400 kBq or three injections of 150 kBq.",
            ),
            ("Ratio of the median OS in group 2 to that in group 1?", "Median PFS was 8 months in group 1 and 12 months in group 2."),
            ("How many patients had a drop of at least 50%?", "A drop of 50% or more was recorded in 2 of 6 and in 4 of 6 patients."),
            ("max cumulative activity of a dog", "Activities of 3, 5 and 7 GBq were given to dogs every week for up to four cycles."),
            ("how much activity in all does a dog get", "Activities of 3, 5 and 7 GBq were given to dogs every week for four cycles."),
            ("activity per cycle at the start?", "The starting activity will be 3.6 GBq per cycle, for up to four cycles."),
            ("total number of mice", "Mice receiving two doses of 500 uCi lived for 161 days."),
            ("worst mean weight loss?", "The greatest mean loss of weight was 6% on day 10 and 4% on day 17."),
            ("How many days longer did they live with two doses?", "Of the mice one had one dose and nine had two doses."),
            ("what absorbed dose did the kidneys get in total?", "The dose was 0.4 Gy/MBq to the tumor and 0.1 Gy/MBq to the kidneys."),
            ("What share of all 40 dogs had a rash?", "In the first group 5 of 20 dogs had a rash."),
            ("wages as a share of the net loss?", "The net loss was $6.0 million, compared with a net loss of $4.5 million."),
            ("molar activity in mCi/nmol?", "Molar activity was 37 GBq/µmol."),
            ("how far below the limit was the max dose", "Doses averaged 42 kg, with a maximum of 118 kg."),
            ("average yield of the lots", "The yield, corrected for decay, was 71 ± 6 % and the purity 98 ± 1 %."),
            ("average yield", "The yield, corrected for decay, was 71 % and the purity 98 %."),
            ("purity 93 % - discard?", "A lot with a purity of 92 to 95 % is purified again; below 92 % it is discarded."),
            ("what share of the roof money is spent", "The roof came to EUR 70,000 and the doors to EUR 30,000."),
            ("what share of the control patients left early", "Left early: two patients on the drug and five in the control arm."),
            ("response rate in percent?", "Responses were seen in 12 patients on the drug and in 3 patients in the control arm."),
            ("number of patients per hospital", "Patients came from 12 hospitals in four countries."),
            ("percent increase for the narrow bed", "The narrow bed was EUR 100 and the wide bed EUR 150."),
            (
                "by how much did the nine month loss widen",
                "The loss was EUR 5.0 million, against a loss of EUR 4.0 million a year earlier.",
            ),
            (
                "how many times more patients at 2.5 than at 1.5?",
                "We treated 9 patients at 1.5 MBq/kg, 15 at 2.0 MBq/kg and 24 at 2.5 MBq/kg.",
            ),
            (
                "by how many percent did feed get dearer",
                "Feed cost EUR 1,300 and bedding EUR 600; in May it was EUR 1,200 and EUR 650.",
            ),
            (
                "what % of mice survived",
                "Mice receiving two doses achieved survival of 160 days compared to 130 days for mice with one dose.",
            ),
            ("surplus in 2031?", "Income was GBP 2.8 million, up from GBP 2.6 million in 2030. Spending was GBP 2.5 million."),
            ("percent increase for big berths over 12 m", "| Berth | 2031 | 2032 |\n|---|---|---|\n| 8 to 12 m | 100 | 120 |\n"),
            ("how many times more than controls did the 30 kBq mice live", "The 30 kBq mice lived 40 days, the controls lived 20 days."),
            ("which box got cheaper and by how much", "| Item | Price 2030 (EUR) | Price 2031 (EUR) |\n|---|---|---|\n| Box | 60 | 70 |\n"),
            ("total price of the B9 with a cover", "| Item | B9 | B7 |\n|---|---|---|\n| Price (EUR) | 90 | 70 |\n"),
            ("how many percent of the visitors were late", "45 of 60 visitors were on time."),
            ("ratio of liver uptake to kidney uptake at 72 h?", "Kidney uptake fell from 8.0 %ID/g at 1 h to 2.0 %ID/g at 72 h."),
        ],
    )
    def test_is_not_worked_out(self, question, text):
        assert derived(question, text) is None


class TestSeries:
    def test_end_with_their_clause_and_leave_out_limits(self):
        text = "The dose to the hand was 200 units on Monday and 150 units on Tuesday; the limit is 900 units."
        assert derived("hand dose in total?", text) is None  # without a unit nothing tells that these are no counts

    def test_are_of_the_clause_that_the_question_names(self):
        text = "The input was 600 MBq for lot 1, 500 MBq for lot 2 and 400 MBq for lot 3; the losses were 100 MBq, 90 MBq and 80 MBq."
        assert derived("total input of the three lots", text) == ("total", 1500, "MBq")

    def test_may_be_for_each_of_what_the_sentence_names(self):
        text = "The material for each run was EUR 600 for the box and EUR 150 for the kit."
        assert derived("how much was the material per run altogether", text) is None  # prices may be of one thing and its part

    @pytest.mark.parametrize(
        ("question", "text"),
        [
            ("average purity of batch 1", "Ascorbate raised the purity of batch 1 from 93.0% to 97.0%."),
            (
                "average purity of the three batches at 24 h",
                "| Time | Batch 1 (%) | Batch 2 (%) |\n|---|---|---|\n| 0 h | 99 | 98 |\n| 24 h | 97 | 96 |\n",
            ),
        ],
    )
    def test_that_are_no_series_have_no_mean(self, question, text):
        assert derived(question, text) is None

    def test_of_two_days_are_as_far_apart_as_the_period_that_is_named(self):
        text = "Cash was EUR 5.0 million as of 30 September 2031, compared with EUR 9.0 million as of 31 December 2030."
        assert derived("how much did cash fall in the first nine months", text) == ("difference", 4e6, "EUR")

    def test_of_several_periods_are_not_added_where_one_is_named(self):
        table = "| Cost | Q3 2031 | Q3 2030 | Q2 2031 |\n|---|---|---|---|\n| Wages | 5 | 4 | 3 |\n"
        assert derived("wages in total in Q3 2031", table) is None


class TestColumns:
    TABLE = "| Item | Approved | Spent to date |\n|---|---|---|\n| Roof | 500 | 200 |\n| Doors | 90 | 60 |\n"

    @pytest.mark.parametrize(
        ("question", "expected"),
        [
            ("what's left for the roof", ("remainder", 300, "")),
            ("what share of what was approved for the roof is spent", ("share", 40, "percent")),
            ("what percent of the doors is spent", ("share", 66.67, "percent")),
            ("what share of the garden budget is spent", None),
        ],
    )
    def test_tell_what_is_spent_of_what_was_approved(self, question, expected):
        assert derived(question, self.TABLE) == expected

    def test_of_two_things_are_no_part_and_whole(self):
        assert derived("what's left for the roof", "| Item | North | South |\n|---|---|---|\n| Roof | 500 | 200 |\n") is None


def test_the_row_is_the_one_whose_numbers_the_question_has():
    table = "| Berth | Fee 2031 | Fee 2032 |\n|---|---|---|\n| up to 8 m | 90 | 96 |\n| 8 to 12 m | 100 | 120 |\n| over 12 m | 20 | 22 |\n"
    assert derived("how much more does an 8 to 12 m berth cost in 2032 than in 2031", table) == ("difference", 20, "")


class TestRest:
    def test_is_told_without_an_apostrophe_too(self):
        text = "The repair was EUR 9.0 million, of which the insurer paid EUR 5.0 million."
        assert derived(written_out("how much of the repair wasnt paid by the insurer"), text) == ("remainder", 4e6, "EUR")


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("total median survival of the groups?", "| Measure | A | B |\n|---|---|---|\n| Median survival (days) | 27 | 36 |"),
        ("rent per square foot of the hall", "The hall covers 3,000 square feet and is leased for 36 months."),
    ],
)
def test_medians_are_not_added_and_no_term_is_a_rent(question, text):
    assert derived(question, text) is None


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("by how much did the pressure exceed what is permitted", "Pressure rose to 4.5 bar against a limit of 3.0 bar."),
        ("which share of the money lost was for the isotope", "The loss came to EUR 60,000, of which EUR 45,000 was for isotope."),
        ("How many percentage points did the vote miss the bar by?", "The vote got 71.0%, short of the 75% required."),
        ("How much did the loss widen year on year?", "The loss was $6.0 million, compared with a loss of $4.5 million."),
        ("What remains of the fee once the instalment is paid?", "The fee is GBP 40,000, of which a quarter falls due at signature."),
        ("How much of the bill is left after the agency's part?", "The study cost SEK 2.0 million, of which the agency paid 60%."),
        ("Total sales, % up on the year?", "Sales rose to $30 million from $24 million."),
        ("How many trucks were repaired?", "A truck costs EUR 40,000, of which EUR 9,000 is for the engine."),
        ("What share of the trucks was sold?", "A truck costs EUR 40,000, of which EUR 9,000 is for the engine."),
        ("What share of the night shift was ill?", "Seven of the day shift and 1 of the night shift were ill."),
        ("How many had coughs in total?", "Coughs were seen in 6 of 12 of the day shift and in 2 of 9 of the night shift."),
        ("Ratio of coughs to colds", "Colds were seen in 9; grade 3 coughs were seen in 2."),
        ("How much did rents rise?", "Sales were EUR 7.9 million (5.2), and rents EUR 3.6 million (1.7)."),
        (
            "How much did rents fall in the fourth quarter?",
            "Rents were $9 million in the fourth quarter ($10 million) and $38 million in the year ($40 million).",
        ),
        (
            "tumor to liver ratio at 72 h",
            "Tumor uptake was 11.6% and 8.7% at 24 and 72 hours, liver uptake 2.9% and 2.2% at the same times.",
        ),
        ("How much did QX-31 cost more in May than in April?", "QX-12 cost 80 euros in May and 60 euros in April."),
        ("How much did the profit per share grow?", "Profit grew to $30 million from $24 million."),
        (
            "How much did sales rise from the second quarter of 2031 to the third?",
            "Sales were $11 million in the second quarter of 2031, compared with $9 million in the second quarter of 2030.",
        ),
    ],
)
def test_what_the_question_names_and_no_sentence_says_of_the_figures_stays_unsaid(question, text):
    assert derived(question, text) is None
