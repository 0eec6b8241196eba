"""What the cells of a table give at which the rows and columns cross that a question names, what all cycles come to, who came how far."""

from __future__ import annotations

import pytest

from assistant.agent.offline.deriving.grids import grids
from assistant.agent.offline.deriving.misfits import is_against
from assistant.agent.offline.deriving.naming_lines import named_lines
from assistant.agent.offline.deriving.tabled import tabled
from assistant.agent.offline.sentences.matching import matches_of
from assistant.agent.offline.understanding.topic import read
from assistant.studies.calculate import calculate
from tests.unit.agent.offline.test_deriving import BESIDE, derived
from tests.unit.agent.offline.worded import found, near_answers, searched

UPTAKE = """Table 1. Uptake of the tracer (%ID/g)

Organ   |  4 h        |  24 h       |  168 h
Blood   |  6.0 ± 0.5  |  1.5 ± 0.2  |  0.1 ± 0.02
Tumour  |  12 ± 1.9   |  20 ± 2.7   |  5.0 ± 1.6
Kidneys |  16 ± 2.1   |  8.0 ± 1.1  |  1.6 ± 0.3

The tracer was stable."""
DOSES = """Table 2. Absorbed dose

Organ   |  Gy/MBq
Tumour  |  2.0
Kidneys |  0.5

No cross-fire was counted."""
LEVELS = """Phase 1 dose escalation.

| Dose level | Activity per cycle | Enrolled | Evaluable | Responders | DLTs |
|---|---|---|---|---|---|
| DL1 | 2 GBq | 4 | 4 | 0 | 0 |
| DL2 | 3 GBq | 6 | 5 | 1 | 1 |
| DL3 | 6 GBq | 3 | 3 | 1 | 2 |

One cycle was given every 6 weeks, for up to 4 cycles. The recommended phase 2 dose (RP2D) is 3 GBq per cycle. The absorbed dose to the
kidneys was 0.5 Gy/GBq."""
ARMS = """Table 3. Best response

                      | Arm A | Arm B
Enrolled              | 42    | 22
Evaluable             | 40    | 20
Complete response     | 2     | 1
Partial response      | 12    | 10
Stable disease        | 16    | 6
Progressive disease   | 10    | 3

Follow-up goes on."""
EVENTS = """Table 4. Adverse events, n (%)

Event            | Any grade  | Grade 3 or higher
Fatigue          | 31 (44.9%) | 2 (2.9%)
Thrombocytopenia | 20 (30.4%) | 8 (11.6%)

Nobody died."""
GROUPS = """Table 5. Therapy

Group          |  n  |  Median survival (days)  |  Complete regressions
Vehicle        |  8  |  20                      |  0
5 MBq once     |  8  |  40                      |  1
10 MBq once    |  8  |  60                      |  3
10 MBq twice   |  8  |  90                      |  6

Mice were weighed weekly."""


def worked_out(question, text):
    """The kind, value and unit that the question gets from the tables of a text; None where it gets nothing."""
    topic = read(question, ())
    outcome = tabled(topic, searched(topic, found(("Report", "2031-03-03", f"{text}\n\n{BESIDE}"))), near_answers)
    if outcome is None:
        return None
    (result,) = calculate(outcome.expression).results
    return outcome.kind, round(result.value, 2), result.unit


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("tumor to kidney ratio at 24 h?", UPTAKE, ("ratio", 2.5, "ratio")),
        ("What is the kidney-to-blood ratio at 4 h?", UPTAKE, ("ratio", 2.67, "ratio")),
        ("By what percentage did blood uptake drop between 4 and 24 hours?", UPTAKE, ("decrease", 75, "percent")),
        ("blood fell how many fold from 4h to 24h?", UPTAKE, ("factor", 4, "ratio")),
        ("how much of the tumour signal at 24 h had gone by day 7, in percent", UPTAKE, ("decrease", 75, "percent")),
        ("what percentage of the tumour uptake at 24 h was left at 168 h", UPTAKE, ("share", 25, "percent")),
        ("Therapeutic index: tumour vs kidney absorbed dose?", DOSES, ("ratio", 4, "ratio")),
        ("What absorbed dose would the tumour get from 10 MBq?", DOSES, ("product", 20, "Gy")),
        ("how many MBq to give a tumor dose of 40 Gy?", DOSES, ("until", 20, "MBq")),
        ("escalation factor DL1 to DL2", LEVELS, ("factor", 1.5, "ratio")),
        ("By what percent was the activity raised going from dose level 2 to dose level 3?", LEVELS, ("increase", 100, "percent")),
        ("DLT rate at the highest dose level in %", LEVELS, ("share", 66.67, "percent")),
        ("response rate over all levels, evaluable patients", LEVELS, ("share", 16.67, "percent")),
        ("ORR arm A?", ARMS, ("share", 35, "percent")),
        ("What percentage of evaluable patients in arm B responded", ARMS, ("share", 55, "percent")),
        ("Pooled response rate for both arms?", ARMS, ("share", 41.67, "percent")),
        ("disease control rate arm A (CR+PR+SD)", ARMS, ("share", 75, "percent")),
        ("What share of arm B evaluable patients progressed?", ARMS, ("share", 15, "percent")),
        ("How many percentage points higher was the response rate in Arm B than in Arm A?", ARMS, ("points", 20, "percent")),
        ("out of everybody with low platelets what percentage was grade 3+?", EVENTS, ("share", 40, "percent")),
        ("What is the complete regression rate in the 10 MBq once group, in percent?", GROUPS, ("share", 37.5, "percent")),
        ("overall CR rate across all groups together (not vehicle), percent", GROUPS, ("share", 41.67, "percent")),
        ("median survival 5 MBq relative to control, fold", GROUPS, ("factor", 2, "ratio")),
    ],
)
def test_cells_are_put_together_as_the_question_wants(question, text, expected):
    assert worked_out(question, text) == expected


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("what is the tumour to pancreas ratio at 24h?", UPTAKE),  # no such row
        ("Tumor to kidney ratio at 48 hours?", f"{UPTAKE}\n\n{DOSES}"),  # no such column, in either table
        ("tumor to kidney ratio?", UPTAKE),  # at which time?
        ("tumour to kidney ratio at 24 h in the blocking group?", UPTAKE),  # of whom no table tells
        ("DLT rate at dose level 7 in %", LEVELS),
        ("What percentage of evaluable women in arm B responded", ARMS),
        ("What is the response rate in the low-dose group?", ARMS),
    ],
)
def test_nothing_is_said_where_the_table_leaves_it_open(question, text):
    assert worked_out(question, text) is None


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("max cumulative activity for a patient who gets every cycle at the RP2D?", ("total", 12, "GBq")),
        ("If a patient at DL3 gets all the cycles, how much activity in total?", ("total", 24, "GBq")),
        ("Cumulative kidney dose after 4 cycles at the RP2D, in Gy?", ("total", 6, "Gy")),
        ("Cumulative liver dose after 4 cycles at the RP2D, in Gy?", None),
        ("total activity administered across all patients in all cycles?", None),
    ],
)
def test_all_cycles_are_added_of_one_who_gets_them(question, expected):
    assert worked_out(question, LEVELS) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("what percentage of the screened patients were treated?", ("share", 60, "percent")),
        ("what share of the people screened ended up enrolled?", ("share", 80, "percent")),
        ("How many of the screened patients were not treated?", ("rest", 20, "")),
        ("what percentage of the screened women were treated?", None),
    ],
)
def test_who_was_screened_is_the_whole_of_who_was_treated(question, expected):
    text = "Of 50 patients screened by PET, 40 were enrolled and 30 were treated at six centres. Cohort 2: 8 patients were treated."
    assert worked_out(question, text) == expected


def test_lines_are_named_by_as_many_traits_as_any_that_shares_them():
    labels = ["Vehicle", "5 MBq once", "10 MBq once", "10 MBq twice"]

    def named(question):
        return [labels[line.place] for line in named_lines(question, labels)]

    assert named("the 10 MBq once group") == ["10 MBq once"]
    assert named("mice given 0.01 GBq twice against controls") == ["10 MBq twice", "Vehicle"]
    assert named("the two-injection group") == ["10 MBq twice"]
    assert named("mice given 20 MBq") == []


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Difference in kidney uptake between blocked and other mice?", "Tumour uptake was 3.2 %ID/g, while kidney uptake was 9.1 %ID/g."),
        ("tumour to kidney ratio at 24 h?", "The absorbed dose was 0.4 Gy/MBq to the tumour and 0.1 Gy/MBq to the kidneys."),
        ("What is the age difference between arm A and arm B?", "Median follow-up was 9 months in arm A and 7 months in arm B."),
        ("what percent of control dogs vomited", "Vomiting was reported in seven treated dogs and two control dogs."),
        ("By what percent had the volume shrunk?", "The mean volume was 118 mm3 before and 1,240 mm3 on day 21."),
        ("What is 4 times the cumulative dose in Gy?", "The protocol limits the cumulative kidney dose to 23 Gy."),
    ],
)
def test_figures_of_something_else_are_left_alone(question, text):
    assert derived(question, text) is None


def test_what_is_told_of_two_parts_stands_behind_the_last():
    text = "At one year, 9 of 36 treated dogs and 1 of 18 control dogs were alive."
    assert derived("What percentage of the treated dogs were alive at one year?", text) == ("share", 25, "percent")


def test_what_is_taken_to_have_fallen_did_not_rise():
    assert is_against("how much did costs fall, in percent?", "increase")
    assert not is_against("how much did costs rise, in percent?", "increase")


FINDINGS = """Findings in rats.

| Dose (mg/kg) | Tubular change | Remission, n (%) |
|---|---|---|
| 1 | 0/20 | 8 (10.0) |
| 2 | 3/20 | 17 (21.0) |
| 8 | 14/20 | 25 (31.6) |
"""


def _of_findings(question: str) -> float | None:
    topic = read(question, ())
    made = tabled(topic, searched(topic, found(("Report", "2031-03-03", FINDINGS))), near_answers)
    return round(calculate(made.expression).results[0].value, 2) if made and made.expression else None


def test_of_counts_out_of_so_many_a_cell_holds_the_part():
    topic = read("tubular change", ())
    findings = searched(topic, found(("Report", "2031-03-03", FINDINGS)))
    (grid,) = grids(matches_of(topic, findings, near_answers), findings)
    assert [cell.figure.value for row in range(3) if (cell := grid.cell(row, 0))] == [0, 3, 14]
    assert {cell.measure for row in range(3) if (cell := grid.cell(row, 1))} == {""}


def test_no_ratio_is_told_of_counts_beside_their_shares():
    assert _of_findings("ratio of remission at 8 mg/kg to 1 mg/kg") is None
