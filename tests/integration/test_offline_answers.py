"""What the offline model computes and lists over documents of a user's own: doses for a body, arms set side by side, arms not reached."""

from __future__ import annotations

from contextlib import contextmanager

import pytest
from homes import copied

from assistant import Assistant

NOTE = """Abstract 512: split dosing of 177Lu-QV-9 in dogs with osteosarcoma

Dogs with osteosarcoma were allotted to (A) saline, n=8; (B) 177Lu-QV-9 10 MBq/kg once, n=9; (C) 20 MBq/kg once, n=9;
(D) 20 MBq/kg twice, n=7.

Median survival: A 40 d; B 61 d; C 83 d. Survival was not reached with D. The median body weight was 30 kg (range 22-41).

The absorbed dose to the kidneys was 12 Gy in group B and 18 Gy in group C.

The recommended activity for the next trial, QUILL-2, is 15 MBq/kg.
"""


@contextmanager
def library_with(home, folder, name, text):
    """An Assistant whose library has one more document."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    with Assistant.open(copied(home, folder / "home")) as assistant:
        assistant.add(file)
        yield assistant


@pytest.fixture(scope="module")
def note(home, tmp_path_factory):
    with library_with(home, tmp_path_factory.mktemp("note"), "abstract-512.txt", NOTE) as assistant:
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
        ("By how many Gy was the kidney dose in group C larger than in group B?", 6.0, "Gy"),
        ("How many dogs were there in total in groups B, C and D?", 25.0, ""),
    ],
)
def test_a_figure_is_computed_from_what_is_named(note, question, value, unit):
    answer = note.ask(question)
    results = [(round(result.value, 6), result.unit) for calculation in answer.calculations for result in calculation.results]
    assert (value, unit) in results, answer.text
    inputs = [entry for calculation in answer.calculations for entry in calculation.inputs]
    assert all(entry.citation is not None or entry.source for entry in inputs)


def test_survival_with_a_nuclide_that_no_document_has_is_missing(note):
    answer = note.ask("What was the median survival with At-211?")
    assert answer.status == "not_in_sources"
    assert "At-211" in " ".join(answer.missing)


def test_an_arm_is_called_by_a_lone_a_beside_another_letter(note):
    answer = note.ask("512: fold increase in survival, C over A")
    assert [round(r.value, 3) for c in answer.calculations for r in c.results if r.name == "ratio"] == [2.075], answer.text


REPORT = """Quillmark Radiopharma: report on the third quarter of 2024

The company ended the quarter with $27 million in cash and cash equivalents, against $33 million on June 30, 2024. Net cash used in
operations was $6 million. Net loss was $7.5 million, or $0.30 per share (third quarter of 2023: $6.0 million, or $0.25 per share).

In QUILL-1 the starting dose was 3.0 GBq, repeated every eight weeks for up to four cycles. At 5.0 GBq one of four patients had a
dose-limiting toxicity. Median PFS: A 12.5 mo (95% CI 9.9-15.0) vs B 8.0 mo (95% CI 6.4-9.2); HR 0.6.

Lutetium-177 has a half-life of 6.6 days. The reactor at Odda yields 40 GBq in each run at the end of irradiation.

The hot cell at Alta made 400 vials a month before the new robot came and 3,000 afterwards. The tumour dose was 3.0 Gy per MBq with
samples of terbium and 2.0 with those of lutetium. The hall at Alta cost NOK 48 million, of which the county paid a quarter.
"""


@pytest.fixture(scope="module")
def report(home, tmp_path_factory):
    with library_with(home, tmp_path_factory.mktemp("report"), "quillmark-q3.txt", REPORT) as assistant:
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


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Terbium to lutetium, how many times the tumor Gy for each MBq?", "That is 1.5 times as much"),
    ],
)
def test_what_is_worded_otherwise_is_worked_out_of_the_sentence_that_answers(report, question, said):
    answer = report.ask(question)
    assert said in answer.text, answer.text
    assert answer.verification.verdict == "verified", answer.verification
    (calculation,) = answer.calculations
    assert all(entry.citation == 1 for entry in calculation.inputs if entry.citation), calculation


def test_what_a_follow_up_puts_in_the_place_of_another_is_quoted_alone(report):
    assert "$27 million" in report.ask("how much cash did Quillmark have?", "cash").text
    text = report.ask("and the net loss?", "cash").text
    assert "$7.5 million" in text
    assert "$27 million" not in text


def test_a_total_of_so_many_cycles_at_most_is_said_to_be_a_bound(report):
    answer = report.ask("QUILL-1: how many GBq does a patient get altogether at the starting dose?")
    assert "At most so many are given, which is 12 GBq in all" in answer.text, answer.text
    assert answer.verification.verdict == "verified", answer.verification


def test_no_dose_is_made_up_for_a_body_where_none_is_named(note):
    assert not note.ask("How many MBq would a dog of 24 kg get?").calculations


def test_an_arm_whose_survival_was_not_reached_is_told_with_the_others(note):
    text = note.ask("How long did the dogs on QV-9 survive?").text
    assert "61 days" in text
    assert "83 days" in text
    assert "not reached with D" in text


@pytest.mark.parametrize(
    ("question", "told", "other"),
    [
        ("Which groups in abstract 512 lived longer than 50 days?", ("61 days", "83 days"), "40 days"),
        ("List the groups of abstract 512 with survival under 62 days", ("40 days", "61 days"), "83 days"),
        ("Which group of abstract 512 survived 61 days?", ("61 days",), "40 days"),
        ("Did any group of abstract 512 live at least 83 days?", ("Yes:", "83 days"), "61 days"),
        ("Did any group of abstract 512 live over 83 days?", ("61 days", "83 days", "not reached with D"), "No:"),
        ("Did any group of abstract 512 live less than 30 days?", ("40 days", "61 days"), "Yes:"),
        ("Which dogs in abstract 512 survived more than 300 days?", ("a survival above 300 days",), "61 days"),
    ],
)
def test_arms_are_listed_by_how_long_they_lived(note, question, told, other):
    text = note.ask(question).text
    assert all(part in text for part in told), text
    assert other not in text, text


def test_arms_that_were_not_reached_are_listed_alone(note):
    text = note.ask("In which groups was survival not reached?").text
    assert "not reached with D" in text
    assert "83 days" not in text
