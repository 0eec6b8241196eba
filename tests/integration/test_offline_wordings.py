"""What the offline model makes of clumsy wordings, and of questions that follow on others, over the packaged release."""

from __future__ import annotations

import pytest


class TestConversations:
    """Questions about the release, one after another: what carries over, and what does not."""

    @pytest.fixture
    def ask(self, release, request):
        def asked(*questions: str):
            return [release.ask(question, f"carry {request.node.name}") for question in questions][-1]

        return asked

    def test_a_figure_read_in_a_source_is_not_taken_for_the_users(self, ask):
        answer = ask("Is 135.6 days right for Capan-1?", "How long after the second dose did the Capan-1 mice live?")
        (calculation,) = answer.calculations
        assert {entry.value: entry.source for entry in calculation.inputs} == {135.6: None, 42: None}

    def test_two_compounds_are_both_even_after_one(self, ask):
        text = ask("Half-life of the isotope of CLR 125?", "Compare the two compounds on dosing interval").text
        assert "42 days or 6 weeks" in text
        assert "28 days or 4 weeks" in text

    def test_it_is_who_speaks_where_the_question_names_them(self, ask):
        text = ask("How long did the PC3 controls live?", "Does the company say it is testing more than one dose in patients?").text
        assert "Phase II" in text

    def test_both_are_the_two_arms_spoken_of(self, ask):
        answer = ask("How long did mice in PC3 live with two doses?", "and with one?", "so what is the gain over control for both?")
        gains = [result.value for calculation in answer.calculations for result in calculation.results if result.name == "gain"]
        assert gains == [39, 13]

    def test_what_came_of_one_arm_is_asked_of_the_others_too(self, ask):
        text = ask("What did two doses of CLR 125 achieve in the PC3 model?", "And a single one?", "and the control mice?").text
        assert "122 days" in text
        assert "CLR 131" not in text

    def test_the_other_one_is_spoken_of_from_then_on(self, ask):
        text = ask("Dose of CLR 131?", "and in total?", "what about the other compound?", "how far apart were they given?").text
        assert "28 days or 4 weeks" in text
        assert "42 days" not in text

    def test_which_of_the_last_two_gained_more(self, ask):
        answer = ask("How much longer did mice live with 2 doses of CLR 131 than with one?", "and CLR 125?", "which one gained more?")
        gains = [result.value for calculation in answer.calculations for result in calculation.results if result.name == "gain"]
        assert sorted(gains) == [26, pytest.approx(71)]

    def test_the_gain_is_that_between_the_two_arms_spoken_of(self, ask):
        answer = ask("How long did untreated mice live?", "and with one dose?", "what's the gain?")
        assert [r.value for c in answer.calculations for r in c.results if r.name == "gain"] == [13]

    def test_survival_versus_control_is_a_gain(self, ask):
        answer = ask("how long did the PC3 mice live?", "vs control?", "in weeks")
        assert "39 days" in answer.text
        assert "5.57" in answer.text

    def test_a_study_that_is_only_named_takes_the_place_of_the_other(self, ask):
        assert "18.5 MBq" in ask("dose in study 1?", "convert that to MBq", "what about study 2?").text

    def test_the_other_isotope_decays_over_its_own_interval(self, ask):
        text = ask(
            "half-life of the isotope in the pancreatic study?", "how much is left after the gap between doses?", "and of the other isotope"
        ).text
        assert "I-125" in text
        assert "28 days" in text

    def test_what_somebody_said_is_what_he_is_quoted_with(self, ask):
        answer = ask("Who runs the company?", "what did he say?")
        assert all(citation.quote.startswith('"') for citation in answer.citations)

    def test_the_longest_and_then_the_shortest(self, ask):
        text = ask("which arm lived longest?", "and the shortest?").text
        assert text.index("64.6 days") < text.index("135.6 days")

    def test_when_that_was_is_about_what_was_told(self, ask):
        text = ask("Has CLR 131 orphan status?", "when did they get that?").text
        assert "orphan drug designat" in text
        assert "day 0" not in text


def test_of_two_set_evenly_side_by_side_the_larger_dose_gains(release):
    assert "a gain of 26 days" in release.ask("compare one vs two doses for CLR 125").text
    assert "a loss of 26 days" in release.ask("compare one dose against two doses for CLR 125").text


@pytest.mark.parametrize("question", ["mean OS PC3 control?", "What was survival of the PC3 control arm on average?"])
def test_a_survival_that_is_asked_for_by_its_word_is_given(release, question):
    assert "122 days" in release.ask(question).text


def test_a_denial_is_followed_by_what_holds_and_nothing_else(release):
    text = release.ask("Is 135.6 days for CLR 125?").text
    assert text.startswith("No: 135.6 days belongs to two doses of CLR 131")
    assert "161 days" in text
    assert "apart" not in text


def test_what_is_missing_is_named(release):
    (missing,) = release.ask("Is the improvement in survival statistically significant?").missing
    assert missing.startswith("a p-value or another measure of statistical significance")


@pytest.mark.parametrize("question", ["Is it safe for my dad with pancreatic cancer?", "Would it be safe for my aunt?"])
def test_advice_for_somebody_is_refused(release, question):
    assert "cannot give medical" in release.ask(question).text


def test_what_no_document_is_about_gets_no_citation(release):
    answer = release.ask("What's the weather in Madison?")
    assert (answer.status, answer.citations) == ("not_in_sources", ())


def test_survivals_of_two_studies_set_against_each_other_are_not_ranked(release):
    answer = release.ask("Is 161 longer than 135.6, so CLR 125 is better, right?")
    assert not answer.text.startswith("Yes")
    assert any("a direct comparison" in missing for missing in answer.missing)
    assert "135.6 days" in answer.text
    assert "161 days" in answer.text


def test_worth_is_not_affirmed(release):
    assert release.ask("Is the second dose of CLR 125 worth it?").text.startswith("Two doses of CLR 125 in PC3 gave a survival of 161 days")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("what's 39/122", "39 ÷ 122 = 0.3197 [c1]."),
        ("what is left of 500 uCi CLR 125 after two half-lives", "After 2 half-lives, 125 uCi are left [c1]."),
        ("how much I-131 remains after 3 half lives", "After 3 half-lives, 12.5 % are left [c1]."),
        ("how long after the second dose of CLR 125 did the mice die", "133 days of it came after that dose"),
        ("half-life of I-125 in hours", "59.4 days is 1,426 hours [c2]."),
        ("how many months apart were the doses of CLR 131", "42 days or 1.38 months apart [c1][c2]."),
        ("how many curies is 50 uCi", "50 uCi is 0.00005 Ci [c1]."),
        (
            "how long till 99% of the CLR 131 has decayed",
            "By the physical half-life of I-131, 8.021 days [c1], that takes 53.29 days [c2].",
        ),
        ("when are 50 uCi of I-131 down to 1 uCi", "that takes 45.27 days [c2]."),
        ("activity of 500 uCi I-125 after 28 days in MBq", "360.637 uCi is 13.34 MBq [c2]."),
        ("is there a phone number for investors", "“CONTACT: Jules Abraham JQA Partners 917-885-7378” [1]"),
        ("list the xenograft models", "CLR 125 was tested in PC3 (prostate cancer)"),
        ("what year is this from", "“April 27, 2017” [1]"),
        ("what is CLR", "an answer to “what is CLR”."),
        ("hw many mice died", "Not in the sources: an answer to “how many mice died”"),
        ("how much is 500uCi in mCi and in GBq", "500 uCi is 0.5 mCi [c1].\n\n500 uCi is 0.0185 GBq [c2]."),
        ("how many injections all together were given", "two doses (day 0 and day 28) and single dose"),
        ("whats MM", "relapsed or refractory (R/R) multiple myeloma"),
        ("when did the phase II start", "Not in the sources"),
        ("How many days between the last dose and death for PC3 two doses?", "133 days of it came after that dose"),
        ("Did Capan-1 have an untreated group?", "No: the arms that are reported"),
        ("What time to death did the control mice have?", "122 days"),
    ],
)
def test_short_and_clumsy_wordings(release, question, said):
    assert said in release.ask(question).text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What is the ticker symbol and where is it traded?", "Nasdaq:CLRB"),
        ("When was this published, and by whom?", "April 27, 2017"),
        ("What's the date of the release?", "April 27, 2017"),
        ("What is the phone number?", "917-885-7378"),
    ],
)
def test_what_is_found_by_its_form_is_not_explained(release, question, said):
    assert said in release.ask(question).text.partition("\n")[0]


@pytest.mark.parametrize("question", ["what does IND mean", "what's CTA", "fax number?"])
def test_nothing_is_near_to_what_no_text_has(release, question):
    answer = release.ask(question)
    assert answer.status == "not_in_sources"
    assert not answer.citations


def _apart(answer):
    """Whether an answer says that nothing compares the studies, and the results of what it computed."""
    told = any(lack.startswith("a direct comparison of these studies") for lack in answer.missing)
    return told, [round(result.value, 4) for calculation in answer.calculations for result in calculation.results]


@pytest.mark.parametrize(
    "question",
    [
        "Did the animals on CLR 125 survive longer than those on CLR 131?",
        "Did two doses of CLR 125 outlive two doses of CLR 131?",
        "Is survival in the PC3 study longer than in the Capan-1 study?",
        "Set the survival in PC3 against the one in Capan-1, single dose",
    ],
)
def test_survivals_of_two_studies_are_told_and_not_ranked(release, question):
    answer = release.ask(question)
    assert _apart(answer) == (True, []), answer.text
    assert not answer.text.startswith(("Yes", "No,", "No."))
    assert "161 days" in answer.text or "135 days" in answer.text


@pytest.mark.parametrize(
    ("question", "result"),
    [
        ("By how many days is survival on two doses of CLR 125 longer than on two doses of CLR 131?", 25.4),
        ("By how many days did the second injection prolong life more in Capan-1 than in PC3?", 45.0),
    ],
)
def test_a_difference_of_two_studies_is_computed_where_it_is_asked_for_and_ranks_nothing(release, question, result):
    told, results = _apart(release.ask(question))
    assert told
    assert result in results


def test_intervals_of_two_studies_are_set_against_each_other(release):
    told, results = _apart(release.ask("By how many days is the gap between doses longer with CLR 131 than with CLR 125?"))
    assert not told
    assert 14.0 in results


@pytest.mark.parametrize(
    ("question", "beginning", "figure"),
    [
        ("so the pancreatic mice on one shot made it past 100 days right?", "No:", "64.6 days"),
        ("the PC3 controls lived 122 days, correct", "Yes:", "122 days"),
        ("they gave the doses 5 weeks apart in the pancreatic model, correct?", "No:", "42 days or 6 weeks"),
        ("so the doses were 28 days apart in PC3?", "Yes:", "28 days"),
        ("so 161 minus 122 is 38?", "No:", "39"),
    ],
)
def test_a_statement_is_confirmed_or_denied(release, question, beginning, figure):
    text = release.ask(question).text
    assert text.startswith(beginning)
    assert figure in text


def test_gains_of_two_studies_are_not_called_equal(release):
    text = release.ask("did a second dose help the prostate mice as much as the pancreatic ones").text
    assert not text.startswith(("Yes", "No:"))
    assert "a gain of 26 days" in text
    assert "Not in the sources: a direct comparison" in text


@pytest.mark.parametrize(
    "question", ["compare CLR 131 and CLR 125", "how do the two compounds compare", "compare the two studies in a table"]
)
def test_compared_as_wholes_the_studies_are_told_and_not_ranked(release, question):
    text = release.ask(question).text
    assert all(figure in text for figure in ("135.6 days", "64.6 days", "161 days", "135 days", "122 days"))
    assert "Not in the sources: a direct comparison" in text


def test_which_study_had_the_larger_dose_or_interval(release):
    text = release.ask("in which study was the dose larger and by what factor").text
    assert "500 uCi ÷ 50 uCi = 10" in text
    text = release.ask("interval between doses longer in which study").text
    assert "42 days" in text
    assert "survival" not in text


def test_what_speaks_for_the_other_side_affirms_nothing(release):
    text = release.ask("so the control mice had twice the tumor burden?").text
    assert not text.startswith("Yes")
    assert text.count("nearly double the initial disease burden") == 1


def test_when_is_answered_by_no_sentence_without_a_time(release):
    answer = release.ask("when did the Phase II trial begin?")
    assert answer.status == "not_in_sources"
    assert "initiated a Phase II clinical study" in answer.text


def test_a_phase_is_no_number_of_doses(release):
    assert "single-dose treatment in a Phase I clinical trial" in release.ask("phase 1 dosing schedule?").text


def test_models_are_counted_and_no_activity_is_added_up(release):
    answer = release.ask("how many xenograft models were tested in total")
    assert "more than 80" in answer.text
    assert answer.calculations == ()


def test_the_statistic_of_the_survival_that_is_stated(release):
    text = release.ask("is 161 a mean or a median?").text
    assert text.count("Not in the sources: whether") == 1
    assert "CLR 131" not in text


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("does CLR 131 have fast-track designation?", "orphan"),
        ("were the tumors measured by MRI?", "tumor volume"),
        ("does CLR 125 have breakthrough status?", "CLR 125"),
        ("any data in breast cancer?", "nothing there speaks of “breast”"),
    ],
)
def test_a_sentence_without_the_very_thing_answers_no_yes_or_no(release, question, word):
    answer = release.ask(question)
    assert answer.status == "not_in_sources"
    assert word in answer.text


@pytest.mark.parametrize("question", ["what does the title say?", "what's the headline?", "give me the title of the press release"])
def test_the_title_is_quoted(release, question):
    (citation,) = release.ask(question).citations
    assert citation.quote.startswith("Cellecstar's Radiotherapeutic PDCs Demonstrate")


@pytest.mark.parametrize(
    ("question", "beginning"),
    [
        ("was the 122 day figure for mice treated with one dose?", "No: 122 days belongs to the control arm"),
        ("was 64.6 the control?", "No: 64.6 days belongs to single dose of CLR 131"),
        ("does a second dose always double survival?", "No:"),
    ],
)
def test_what_is_taken_for_granted_is_denied(release, question, beginning):
    assert release.ask(question).text.startswith(beginning)


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("did dose 2 of CLR 125 add twice as many days as the first?", "Yes: "),
        ("is the gain of the second injection of CLR 125 double that of the first injection?", "Yes: "),
        ("was what CLR 125's 2nd dose added three times that of the first", "No: "),
        ("did the second dose of CLR 125 over one dose gain double the extra days of one dose over control?", "Yes: "),
        ("did one dose of CLR 125 over vehicle gain twice what the second dose gained over one dose?", "No: "),
        ("Did one dose over control add more than the second dose over one dose?", "No: "),
    ],
)
def test_gains_are_held_against_each_other_and_no_survival_against_one(release, question, verdict):
    text = release.ask(question).text
    assert text.startswith(verdict)
    assert "13 days" in text
    assert "26 days" in text


@pytest.mark.parametrize(
    ("question", "beginning"),
    [
        ("did one shot of CLR 125 beat control by 3 weeks?", "No: "),
        ("did one shot of CLR 125 beat control by more than a week?", "Yes: "),
        ("did one shot of CLR 125 beat control by 2 weeks?", "Single dose"),
    ],
)
def test_a_gain_is_held_against_a_time_in_another_unit(release, question, beginning):
    assert release.ask(question).text.startswith(beginning)


def test_a_bare_total_follows_what_was_given(release):
    conversation = "a bare total"
    release.ask("what was the dose in Capan-1?", conversation)
    release.ask("in MBq?", conversation)
    assert "in total 100 uCi" in release.ask("total?", conversation).text
    assert "1,000 uCi" in release.ask("and for the other study", conversation).text


def test_of_every_animal_a_survival_says_nothing(release):
    assert not release.ask("did every mouse survive to day 135?").text.startswith("Yes")


@pytest.mark.parametrize("question", ["PC3 survival: treated vs control", "how long did untreated PC3 mice live and the treated?"])
def test_the_treated_are_told_beside_the_controls(release, question):
    text = release.ask(question).text
    assert all(figure in text for figure in ("161 days", "135 days", "122 days"))


def test_no_dose_is_the_control(release):
    assert "a gain of 13 days" in release.ask("prostate mice on 1 dose vs 0 dose, gain?").text


def test_a_yes_is_not_said_twice(release):
    text = release.ask("Did the two-dose PC3 mice live 39 days longer than untreated, and what is that in percent?").text
    assert text.count("a gain of 39 days") == 1


def test_a_choice_between_a_known_element_and_another(release):
    assert release.ask("is CLR 131 labelled with lutetium or iodine?").text.startswith("CLR 131 carries I-131")
    assert release.ask("anything on lutetium?").text == "Not in the sources: anything on lutetium."


def test_each_arm_in_the_unit_that_is_asked_for(release):
    assert release.ask("In weeks: how long did each group live?").text.count(" weeks") == 5


def test_the_order_of_half_lives_is_said_with_the_first(release):
    answer = release.ask("half-life of I-131 vs I-125, which decays slower")
    assert answer.verification.dropped == ()
    assert answer.text.index("I-131") < answer.text.index("I-125")
    assert answer.text.startswith("The fastest to decay first:")


@pytest.mark.parametrize("question", ["tell me about CLR 1602", "CLR 1602?"])
def test_a_compound_is_known_by_the_first_part_of_its_code(release, question):
    answer = release.ask(question)
    assert answer.status == "answered"
    assert "paclitaxel (CLR 1602-PTX)" in answer.citations[0].quote


@pytest.mark.parametrize("question", ["Is CLR 131 an approved drug?", "is CLR 131 on the market", "has the FDA approved CLR 131?"])
def test_what_is_investigational_is_not_approved(release, question):
    answer = release.ask(question)
    assert answer.text.startswith("No: “CLR 131 is an investigational compound")


def test_survival_of_patients_is_missing_before_that_of_mice_is_told(release):
    answer = release.ask("What overall survival did the myeloma patients in the Phase I trial reach?")
    assert answer.status == "not_in_sources"
    assert answer.text.startswith("Not in the sources: survival of humans")


def test_the_disease_of_animals_that_are_named_by_their_survival(release):
    assert "prostate cancer" in release.ask("What kind of cancer did the mice have that lived 161 days?").text


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("What does the company say about going beyond 2 doses in the pancreatic model?", "additional doses could further enhance"),
        ("what do the authors conclude from the prostate model?", "increased disease burden may impact"),
        ("how did the company describe the effect of the second dose in the pancreatic model?", "challenging disease model"),
    ],
)
def test_an_opinion_is_quoted(release, question, quote):
    answer = release.ask(question)
    assert answer.status == "answered"
    assert any(quote in citation.quote for citation in answer.citations)


def test_what_is_measured_is_told_whoever_is_said_to_say_it(release):
    assert "135.6 days" in release.ask("how long does the company say the mice lived with 2 doses of CLR 131?").text


def test_no_overview_of_studies_tells_where_they_were_published(release):
    assert release.ask("Have these findings been peer reviewed or published, and where?").status == "not_in_sources"


@pytest.mark.parametrize(
    ("question", "near"),
    [
        ("When will Phase II be completed?", "initiated a Phase II"),
        ("What is the shelf life of CLR 131?", "stability or shelf life"),
        ("What is the progression-free survival in Phase I?", "progression-free survival"),
        ("What did the FDA say about Phase II?", "Phase II"),
        ("What was the survival on day 200?", "survival"),
        ("how many survived at week 20", "survival"),
    ],
)
def test_what_is_spoken_of_and_not_told_is_missing(release, question, near):
    answer = release.ask(question)
    assert answer.status == "not_in_sources"
    assert near in answer.text


def test_a_choice_is_answered_by_no_yes(release):
    text = release.ask("Was the gain in PC3 bigger with the first or the second dose?").text
    assert not text.startswith(("Yes", "No:"))
    assert "26 days" in text


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("did the controls live longer than the treated mice", "No"),
        ("did control mice outlive those with two doses of CLR 125", "No"),
        ("did the control mice live shorter than the mice with two doses of CLR 125", "Yes"),
        ("did treated mice live longer than controls in the prostate study", "Yes"),
    ],
)
def test_controls_that_are_named_first_are_held_against_the_others(release, question, verdict):
    assert release.ask(question).text.startswith(verdict)


@pytest.mark.parametrize("question", ["does the stuff shrink tumors", "did the tumors shrink"])
def test_numbers_of_doses_tell_nothing_of_tumors(release, question):
    assert release.ask(question).status == "not_in_sources"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("How many cancer models have the conjugates been put through?", "80 different xenograft models"),
        ("Please spell out the acronym PLE as the company uses it.", "phospholipid ether (PLE)"),
        ("what is the name of their paclitaxel programme?", "CLR 1602-PTX"),
        ("Name the risks that could make results differ from what is stated.", "raise additional capital"),
        ("How do phase I and phase II differ in dosing?", "one- or two-dose treatment"),
        ("who is in charge of the company", "Jim Caruso"),
        ("tel no of the press contact", "917-885-7378"),
    ],
)
def test_lookups_in_other_words(release, question, said):
    answer = release.ask(question)
    assert answer.status == "answered"
    assert said in answer.text


def test_a_role_is_no_order_to_the_assistant(release):
    assert "instructions inside a question" not in release.ask("Who acts as the press contact?").text


def test_a_break_between_doses_is_no_gain(release):
    text = release.ask("pause between dose 1 and dose 2, CLR 131 vs CLR 125?").text
    assert "42 days" in text
    assert "28 days" in text
    assert "ratio" not in text


def test_extra_days_per_extra_activity_are_a_gain(release):
    assert "1.42 days/uCi" in release.ask("Extra days of survival per extra uCi for CLR 131?").text


def test_days_per_activity_are_those_of_an_arm(release):
    assert "1.36 days/uCi of total activity" in release.ask("Survival days per uCi in total for two doses of CLR 131?").text


@pytest.mark.parametrize(
    ("question", "opening"),
    [
        ("does CLR 131 use radioactive iodine?", "Yes"),
        ("Is the isotope of CLR 131 anything other than iodine?", "CLR 131"),
        ("did mice with just one dose in the pancreas study make it to 100 days on average", "No"),
        ("Did the control mice live to 122 days?", "Yes"),
        ("is there a phone number for the press contact?", "Yes"),
        ("did they kick off a phase 2 study yet?", "Yes"),
        ("Is the orphan drug designation for pancreatic cancer?", "No"),
    ],
)
def test_yes_or_no_comes_first(release, question, opening):
    assert release.ask(question).text.startswith(opening)


def test_what_is_missing_follows_what_is_there(release):
    answer = release.ask("What was the p-value, and who is the CEO?")
    assert answer.status == "answered"
    assert "Caruso" in answer.text.split("Not in the sources")[0]
    assert answer.missing
    hanging = release.ask("Have these findings been peer reviewed or published, and where?")
    assert hanging.status == "not_in_sources"


def test_days_between_dates_that_are_counted_otherwise_are_no_calendar(release):
    assert not release.ask("Between 3 May 2022 and 14 June 2022, how many days of rain were there?").calculations


@pytest.mark.parametrize("question", ["Ph1 vs Ph2 of 131, whats different on dosing", "How many more doses in phase II than phase I?"])
def test_what_mice_got_answers_nothing_of_trials(release, question):
    answer = release.ask(question)
    assert "in a Phase II clinical trial" in answer.text
    assert answer.calculations == ()


def test_the_figures_of_another_study_are_no_answer_about_the_one_that_is_named(release):
    assert "161 days" not in release.ask("What did the company learn about CLR 131 from mice receiving two doses?").text
