"""What the offline model ranks, supposes, divides and finds missing over the packaged release, and what each dose added."""

from __future__ import annotations

import pytest


def results(answer, name):
    return [round(r.value, 4) for calculation in answer.calculations for r in calculation.results if r.name == name]


def days(answer):
    """The survivals in the order in which the answer tells them."""
    told = answer.text.split("Not in the sources")[0]
    return [number for number in ("161", "135.6", "135 ", "122", "64.6") if number in told], [told.find(n) for n in ("161", "64.6")]


class TestOrder:
    def test_arms_of_all_studies_stand_in_the_order_asked_for(self, release):
        first, last = days(release.ask("Order the arms by survival, longest first"))[1]
        assert 0 <= first < last
        for question in ("which group fared worst in survival", "Sort all arms from shortest to longest survival"):
            first, last = days(release.ask(question))[1]
            assert 0 <= last < first
        first, last = days(release.ask("Sort all arms from longest to shortest survival"))[1]
        assert 0 <= first < last

    def test_several_studies_rank_nothing(self, release):
        assert "direct comparison" in " ".join(release.ask("Which group had the best survival?").missing)

    def test_the_larger_amount_stands_first(self, release):
        text = release.ask("which compound got the higher activity").text
        assert text.index("500 uCi") < text.index("50 uCi per dose")
        text = release.ask("which compound got less activity").text
        assert text.index("50 uCi per dose") < text.index("500 uCi")


class TestEachDose:
    def test_the_first_dose_is_held_against_the_control(self, release):
        assert results(release.ask("What did the first dose add in PC3?"), "gain") == [13]

    def test_the_first_dose_and_the_second(self, release):
        assert results(release.ask("PC3: what did the first dose gain, and the second dose?"), "gain")[:2] == [13, 26]

    def test_the_gain_that_is_stated_is_the_one_that_is_told(self, release):
        assert results(release.ask("Why might the 39 days gained in PC3 be misleading?"), "gain") == [39]

    def test_what_is_compared_with_may_be_named_first(self, release):
        assert results(release.ask("How much longer than the single dose arm did the two dose PC3 mice live?"), "gain") == [26]

    def test_a_survival_after_the_last_dose_is_told_in_the_unit_asked_for(self, release):
        assert "13.37 weeks" in release.ask("How many weeks before death was the second dose of CLR 131 given?").text

    def test_without_a_control_that_is_said_first(self, release):
        answer = release.ask("How much did the first injection of CLR 131 add?")
        assert answer.text.startswith("Not in the sources: a control arm")


class TestNextDose:
    def test_a_further_dose_falls_so_many_days_after_the_last(self, release):
        answer = release.ask("If a third CLR 131 dose were added and the same interval kept, on which study day would it fall?")
        assert results(answer, "result") == [84]
        assert "an arm with 3 doses" in " ".join(answer.missing)

    def test_without_a_day_asked_for_nothing_is_supposed(self, release):
        assert not release.ask("Would a third CLR 131 dose help more if the interval is kept?").calculations


class TestStatedSurvival:
    def test_one_that_is_put_into_another_unit_is_cited_where_its_arm_is_named(self, release):
        answer = release.ask("135.6 days for the two-dose group is how many weeks?")
        assert "19.37 weeks" in answer.text
        assert any("135.6 days" in citation.quote for citation in answer.citations)


class TestGainOfTwo:
    def test_a_brief_question_asks_it_of_the_arms_spoken_of(self, release):
        for number, question in enumerate(("what's the increase in percent?", "and what is that gain as a percentage?")):
            release.ask("mean survival with two doses of CLR 131?", conversation=f"gain {number}")
            release.ask("and one dose?", conversation=f"gain {number}")
            assert results(release.ask(question, conversation=f"gain {number}"), "increase") == [109.9071]


class TestDivision:
    def test_survival_for_each_unit_of_activity(self, release):
        answer = release.ask("How many days did CLR 125 mice on one dose live per uCi?")
        assert results(answer, "result") == [0.27]

    def test_the_gain_for_each_unit_is_another_thing(self, release):
        assert "added activity" in release.ask("days gained per uCi with two doses of CLR 125").text


class TestComparisons:
    @pytest.mark.parametrize(
        ("question", "verdict"),
        [
            ("Was survival with one dose of CLR 125 above 130 days?", "Yes"),
            ("Did two doses add at least 30 days in PC3?", "No"),
            ("Did the second dose of CLR 131 add about 70 days?", "Yes"),
            ("Was the gain with two doses of CLR 131 larger than 120 percent?", "No"),
            ("Did survival rise by more than half with the second dose of CLR 131?", "Yes"),
            ("Did the first dose add more than the second in PC3?", "No"),
            ("Was the second dose's gain in PC3 twice that of the first dose?", "Yes"),
            ("Did two doses of CLR 125 live 50 days longer than controls?", "No"),
            ("Did mice on one dose of CLR 131 live no more than 64.6 days?", "Yes"),
            ("So the dosing interval was 4 weeks in both studies?", "No"),
        ],
    )
    def test_a_figure_is_held_against_what_the_question_states(self, release, question, verdict):
        assert release.ask(question).text.startswith(f"{verdict}:")

    def test_two_studies_are_compared_in_what_is_asked(self, release):
        assert results(release.ask("By what factor did the activity per dose differ between the two studies?"), "result") == [10]

    def test_arms_of_two_studies_are_set_side_by_side(self, release):
        text = release.ask("Did one dose of CLR 125 outlast two doses of CLR 131?").text
        assert "135 days" in text
        assert "135.6 days" in text
        assert "64.6" not in text
        assert not text.startswith(("Yes", "No:"))

    def test_what_is_exaggerated_is_no_yes(self, release):
        assert release.ask("Is it exaggerated that the second dose of CLR 131 doubled survival?").text.startswith("No:")

    def test_half_lives_are_compared(self, release):
        answer = release.ask("which isotope has the longer half-life and by how much?")
        assert answer.text.index("59.4") < answer.text.index("8.021")
        assert results(answer, "result") == [51.3793]


class TestMissing:
    def test_what_a_study_leaves_out(self, release):
        lacks = " ".join(release.ask("What are the weaknesses of the Capan-1 study?").missing)
        assert all(thing in lacks for thing in ("control arm", "number of mice", "side effects", "significance"))

    def test_the_burden_weakens_a_comparison(self, release):
        answer = release.ask("What are the limitations of the PC3 study?")
        assert "nearly double the initial disease burden" in answer.text
        assert "means or medians" in " ".join(answer.missing)

    @pytest.mark.parametrize("question", ["What share of the animals died?", "what % of mice survived"])
    def test_a_share_of_the_animals_is_no_survival_time(self, release, question):
        answer = release.ask(question)
        assert answer.status == "not_in_sources"
        assert "share of the animals" in " ".join(answer.missing)

    @pytest.mark.parametrize("word", ["xenograft", "adenocarcinoma"])
    def test_a_word_that_is_only_used_is_not_defined(self, release, word):
        assert release.ask(f"what is a {word}").missing == (f"what “{word}” means",)

    def test_a_hazard_ratio_is_not_worked_out(self, release):
        assert release.ask("What was the hazard ratio of two doses versus one?").status == "not_in_sources"

    def test_a_word_that_is_explained_is_defined(self, release):
        assert release.ask("what is a lipid raft").status == "answered"

    def test_what_is_nowhere_mentioned(self, release):
        answer = release.ask("does it mention melanoma at all?")
        assert answer.status == "not_in_sources"
        assert "melanoma" in " ".join(answer.missing)


class TestPremises:
    def test_a_negated_question_is_answered_by_what_is_so(self, release):
        assert release.ask("Has CLR 131 not got an orphan drug designation?").text.startswith("Yes:")

    def test_a_total_is_no_single_dose(self, release):
        assert "an arm that was given 100 uCi" in " ".join(release.ask("Survival after a single 100 uCi injection of CLR 131?").missing)

    def test_what_all_arms_are_said_to_have_got_in_total(self, release):
        text = release.ask("Both arms got 100 uCi in total, so why did two doses help more?").text
        assert text.startswith("Single dose of CLR 131 in Capan-1: 50 uCi per dose")


class TestFollowingUp:
    @pytest.fixture
    def ask(self, release, request):
        return lambda *questions: [release.ask(question, f"reckon {request.node.name}") for question in questions][-1]

    def test_how_much_more_is_the_gain_between_what_was_spoken_of(self, ask):
        answer = ask("Survival with two doses of CLR 131?", "and one?", "so how much more?")
        assert results(answer, "gain") == [71]

    def test_with_two_goes_on(self, ask):
        assert "161 days" in ask("How long did control mice live in PC3?", "with two?").text

    def test_each_dose_of_what_was_spoken_of(self, ask):
        assert results(ask("Survival of the PC3 controls?", "with two?", "so each dose added how much?"), "gain") == [13, 26]

    def test_the_ratio_of_two_amounts_is_no_survival(self, ask):
        assert results(ask("Activity per dose of CLR 125?", "and the other compound?", "the ratio of the two?"), "result") == [10]

    def test_a_bare_number_takes_the_place_of_the_one_before(self, ask):
        answer = ask("What is left of 50 uCi of I-131 after 10 days?", "and 30?")
        assert 7.4 < results(answer, "remaining")[0] < 7.6

    def test_the_number_of_a_compound_is_no_time(self, ask):
        answer = ask("What is left of 50 uCi of I-131 after 10 days?", "and for the 125 one?")
        assert results(answer, "half-lives elapsed") == [round(10 / 59.4, 4)]

    def test_both_shots_are_doses_and_no_studies(self, ask):
        text = ask("Which dose did the PC3 mice get?", "total for both shots?").text
        assert "1,000 uCi" in text
        assert "CLR 131" not in text

    def test_the_number_in_a_model_counts_no_doses(self, ask):
        assert "42 days" in ask("What was the interval in PC3?", "and for Capan-1?").text

    def test_a_gain_is_divided_on_request(self, ask):
        answer = ask("How much did two doses of CLR 125 gain over control?", "per uCi?")
        assert results(answer, "gain per added activity") == [0.039]

    def test_a_reason_that_is_asked_for_is_no_follow_up(self, ask):
        assert "cholesterol" in ask("How long did CLR 125 mice live?", "why lipid rafts?").text

    def test_an_interjection_is_nothing_to_look_for(self, ask):
        assert results(ask("Survival with two doses of CLR 131?", "and one?", "hm ok. by what percent?"), "increase") == [109.9071]


class TestGivenHalfLives:
    """A half-life that the question brings along is no time that has passed."""

    @pytest.mark.parametrize(
        "question",
        [
            "With a half-life of 10 days, how much of a 50 uCi dose of CLR 131 is left on day 30?",
            "If 10 days is taken as the half-life, what remains of 50 uCi of CLR 131 after 30 days?",
        ],
    )
    def test_it_decays_by_it(self, release, question):
        answer = release.ask(question)
        assert [round(calculation.results[0].value, 6) for calculation in answer.calculations] == [6.25, 12.5]
        assert "half-life of 10 days that the question gives" in answer.text

    def test_without_one_the_tables_have_it(self, release):
        (calculation,) = release.ask("How much of 50 uCi of CLR 131 is left after 30 days?").calculations
        assert calculation.tool == "decay"

    @pytest.mark.parametrize(
        ("question", "left"),
        [
            ("With its half-life, what is left after 42 days of 50 uCi of CLR 131?", 1.3265),
            ("How much of 50 uCi of I-131 is left after 1 half-life of 8 days?", 25.0),
        ],
    )
    def test_what_passes_is_no_half_life(self, release, question, left):
        assert [round(each, 1) for each in results(release.ask(question), "remaining activity")] == [round(left, 1)]

    def test_that_of_plasma_is_in_no_table_of_nuclides(self, release):
        assert release.ask("what's the plasma half-life of CLR 131").status == "not_in_sources"


class TestSides:
    """Which of two is compared with the other, and whether what is said of them holds."""

    def test_what_opens_the_question_is_what_is_compared_with(self, release):
        answer = release.ask("Relative to one dose of CLR 125, how many days were gained with two?")
        assert results(answer, "gain") == [26]

    @pytest.mark.parametrize(
        ("question", "verdict"),
        [
            ("Did the single-dose PC3 mice die sooner than the controls?", "No"),
            ("Did the PC3 controls die sooner than mice on a single dose?", "Yes"),
            ("Did the two-dose PC3 mice live shorter than the controls?", "No"),
        ],
    )
    def test_who_died_sooner(self, release, question, verdict):
        text = release.ask(question).text
        assert text.startswith(verdict)
        assert verdict == "Yes" or "fell short" not in text

    @pytest.mark.parametrize(
        ("question", "verdict"),
        [
            ("At the start, did the two-dose PC3 mice have smaller tumors than the controls?", "No"),
            ("Did the PC3 controls begin with smaller tumors than the two-dose mice?", "Yes"),
        ],
    )
    def test_whose_tumors_were_larger(self, release, question, verdict):
        assert release.ask(question).text.startswith(verdict)

    def test_which_was_given_more_and_how_many_times_as_much(self, release):
        answer = release.ask("Which got the stronger dose, CLR 131 or CLR 125, and by how many times?")
        assert results(answer, "result") == [10]

    def test_figures_set_side_by_side_claim_nothing(self, release):
        answer = release.ask("Was 161 against 135 days statistically significant?")
        assert answer.status == "not_in_sources"
        assert "belongs" not in answer.text


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Were both studies done with the same compound?", "No"),
        ("Was the interval between doses the same in both studies?", "No"),
        ("Were the two studies done in the same species?", "Yes"),
        ("Were different doses used in the two studies?", "Yes"),
    ],
)
def test_what_studies_have_in_common(release, question, verdict):
    assert release.ask(question).text.startswith(verdict)


@pytest.mark.parametrize(
    "question",
    [
        "Do both compounds bind the same target?",
        "Was the route of dosing the same in both studies?",
        "Did both compounds show the same efficacy?",
        "Were the mice in both studies of different ages at the first dose?",
        "Were both studies not done with the same compound?",
    ],
)
def test_the_same_something_else_gets_no_verdict(release, question):
    assert not release.ask(question).text.startswith(("Yes", "No:"))


def test_what_one_study_has_is_told_after_what_both_share(release):
    answers = [release.ask(question, "shared") for question in ("Were both studies done in the same species?", "what about CLR 125?")]
    assert "CLR 131" not in answers[-1].text
    assert not answers[-1].text.startswith("Yes")


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("Were the survivals recorded in people?", "answered"),
        ("Did any patient in the Phase I trial die after one dose?", "not_in_sources"),
        ("Are there no survival data in humans?", "not_in_sources"),
    ],
)
def test_mice_answer_for_no_patients(release, question, status):
    answer = release.ask(question)
    assert answer.status == status
    assert answer.text.startswith("No:") is (status == "answered")


def test_both_parts_are_answered(release):
    text = release.ask("Who is the CEO and by how many days did two doses of CLR 131 beat one?").text
    assert "Caruso" in text
    assert "71.0 days" in text


def test_a_drug_class_is_in_trials_though_one_of_it_is_not(release):
    assert not release.ask("Are PDCs in human trials?").text.startswith("No")
    assert release.ask("Is the paclitaxel conjugate in human trials?").text.startswith("No")


def test_what_is_not_stated_is_compared_with_nothing(release):
    assert not release.ask("Do both compounds carry the same isotope?").text.startswith(("Yes", "No"))


def test_dosed_so_many_times_is_no_ratio(release):
    text = release.ask("how many weeks did the mice given CLR 131 two times live on average").text
    assert "19.37 weeks" in text
    assert "gain" not in text


def test_both_doses_together_are_a_total(release):
    answers = [release.ask(question, "together") for question in ("Dose of CLR 131 in MBq?", "and both doses together?")]
    assert "3.7 MBq" in answers[-1].text
