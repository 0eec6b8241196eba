"""What the offline model computes and lists over documents of a user's own: doses for a body, arms set side by side, arms not reached."""

from __future__ import annotations

import shutil

import pytest

from assistant import Assistant

NOTE = """Abstract 512: split dosing of 177Lu-QV-9 in dogs with osteosarcoma

Dogs with osteosarcoma were allotted to (A) saline, n=8; (B) 177Lu-QV-9 10 MBq/kg once, n=9; (C) 20 MBq/kg once, n=9;
(D) 20 MBq/kg twice, n=7.

Median survival: A 40 d; B 61 d; C 83 d. Survival was not reached with D. The median body weight was 30 kg (range 22-41).

The recommended activity for the next trial, QUILL-2, is 15 MBq/kg.
"""


@pytest.fixture(scope="module")
def note(home, tmp_path_factory):
    folder = tmp_path_factory.mktemp("note")
    shutil.copytree(home, folder / "home", ignore=shutil.ignore_patterns("conversations*", "history*", "feedback*"))
    path = folder / "abstract-512.txt"
    path.write_text(NOTE, encoding="utf-8")
    with Assistant.open(folder / "home") as assistant:
        assistant.add(path)
        yield assistant


@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        ("How many MBq is one dose of group B for a dog of 24 kg?", 240.0, "MBq"),
        ("A dog weighs 25 kg and is in group C. How many GBq of QV-9 would it get per dose?", 0.5, "GBq"),
        ("For a dog of the median body weight, how many MBq is one dose in group B?", 300.0, "MBq"),
        ("How much longer did dogs of group C live than those of group B?", 22.0, "day"),
        ("ratio of survival of group B vs saline in abstract 512", 1.525, "ratio"),
        ("By how many days did 20 MBq/kg once exceed 10 MBq/kg?", 22.0, "day"),
    ],
)
def test_a_figure_is_computed_from_what_is_named(note, question, value, unit):
    answer = note.ask(question)
    results = [(round(result.value, 6), result.unit) for calculation in answer.calculations for result in calculation.results]
    assert (value, unit) in results, answer.text
    inputs = [entry for calculation in answer.calculations for entry in calculation.inputs]
    assert all(entry.citation is not None or entry.source for entry in inputs)


def test_an_arm_is_called_by_a_lone_a_beside_another_letter(note):
    answer = note.ask("512: fold increase in survival, C over A")
    assert [round(r.value, 3) for c in answer.calculations for r in c.results if r.name == "ratio"] == [2.075], answer.text


REPORT = """Quillmark Radiopharma: report on the third quarter of 2024

The company ended the quarter with $27 million in cash and cash equivalents, against $33 million on June 30, 2024. Net cash used in
operations was $6 million. Net loss was $7.5 million, or $0.30 per share (third quarter of 2023: $6.0 million, or $0.25 per share).

In QUILL-1 the starting dose was 3.0 GBq, repeated every eight weeks for up to four cycles. At 5.0 GBq one of four patients had a
dose-limiting toxicity. Median PFS: A 12.5 mo (95% CI 9.9-15.0) vs B 8.0 mo (95% CI 6.4-9.2); HR 0.6.

Lutetium-177 has a half-life of 6.6 days. The reactor at Odda yields 40 GBq in each run at the end of irradiation.
"""


@pytest.fixture(scope="module")
def report(home, tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    shutil.copytree(home, folder / "home", ignore=shutil.ignore_patterns("conversations*", "history*", "feedback*"))
    path = folder / "quillmark-q3.txt"
    path.write_text(REPORT, encoding="utf-8")
    with Assistant.open(folder / "home") as assistant:
        assistant.add(path)
        yield assistant


@pytest.mark.parametrize(
    ("question", "value", "unit"),
    [
        ("At the burn of the last quarter, how many more quarters does Quillmark's cash last?", 4.5, "ratio"),
        ("By what percentage did Quillmark's net loss increase?", 25.0, "percent"),
        ("QUILL-1: a patient gets all four cycles at the starting dose, how many GBq altogether?", 12.0, "GBq"),
        ("What share of patients at 5.0 GBq had a DLT, in percent?", 25.0, "percent"),
        ("absolute gain in median PFS, A over B, in months", 4.5, "month"),
        ("If a whole run of Lu-177 from the reactor at Odda sits for 13.2 days after irradiation, how much is left?", 10.0, "GBq"),
        ("how long until only 25 % of the Lu-177 is left", 13.2, "day"),
        ("What fraction of the Lu-177 is left after 6.6 days, with the half-life of the report?", 50.0, "percent"),
    ],
)
def test_what_sentences_state_is_put_together_as_asked(report, question, value, unit):
    answer = report.ask(question)
    results = [(round(result.value, 6), result.unit) for calculation in answer.calculations for result in calculation.results]
    assert (value, unit) in results, answer.text
    assert answer.citations, answer.text
    assert answer.verification.verdict == "verified", answer.verification


def test_no_dose_is_made_up_for_a_body_where_none_is_named(note):
    assert not note.ask("How many MBq would a dog of 24 kg get?").calculations


def test_an_arm_whose_survival_was_not_reached_is_told_with_the_others(note):
    text = note.ask("How long did the dogs on QV-9 survive?").text
    assert "61 days" in text
    assert "83 days" in text
    assert "not reached with D" in text


def test_arms_that_were_not_reached_are_listed_alone(note):
    text = note.ask("In which groups was survival not reached?").text
    assert "not reached with D" in text
    assert "83 days" not in text


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

    def test_the_other_one_is_spoken_of_from_then_on(self, ask):
        text = ask("Dose of CLR 131?", "and in total?", "what about the other compound?", "how far apart were they given?").text
        assert "28 days or 4 weeks" in text
        assert "42 days" not in text

    def test_which_of_the_last_two_gained_more(self, ask):
        answer = ask("How much longer did mice live with 2 doses of CLR 131 than with one?", "and CLR 125?", "which one gained more?")
        gains = [result.value for calculation in answer.calculations for result in calculation.results if result.name == "gain"]
        assert sorted(gains) == [26, pytest.approx(71)]

    def test_when_that_was_is_about_what_was_told(self, ask):
        assert "day 0" not in ask("Has CLR 131 orphan status?", "when did they get that?").text


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
    assert not release.ask("Is the second dose of CLR 125 worth it?").text.startswith("Yes")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("what's 39/122", "39 ÷ 122 = 0.3197 [c1]."),
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
