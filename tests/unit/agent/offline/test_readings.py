"""Questions over the cells of a table whose rows several cells name: what they give, and where they give nothing."""

from __future__ import annotations

import pytest

from assistant.agent.offline.deriving.tabled import tabled
from assistant.agent.offline.understanding.topic import read
from assistant.studies.calculate import calculate
from tests.unit.agent.offline.worded import found, near_answers, searched

MICE = """Results by arm

| Arm | Treatment | Activity per injection | Injections | Animals (n) | Median survival (days) | Complete responses | Mean weight loss |
|---|---|---|---|---|---|---|---|
| 1 | Saline | - | 2 | 8 | 20 | 0 | 2.0% |
| 2 | [177Lu]Lu-KLO-3 | 15 MBq | 1 | 9 | 40 | 1 | 4.0% |
| 3 | [177Lu]Lu-KLO-3 | 15 MBq | 2 | 10 | 60 | 4 | 6.0% |
| 4 | [225Ac]Ac-KLO-3 | 10 kBq | 1 | 7 | 50 | 2 | 9.0% |
| 5 | [225Ac]Ac-KLO-3 | 10 kBq | 2 | 5 | 80 | 3 | 12.0% |

A complete response is the absence of a tumour."""
PATIENTS = """Of 25 treated, 14 had NSCLC and 11 SCLC.

Table 1. Cohorts, DLTs and best response

| Cohort | Activity per cycle | Treated | Cycles given | DLT-evaluable | DLTs | PR | SD | PD |
|---|---|---|---|---|---|---|---|---|
| 1 | 2.0 GBq | 4 | 8 | 3 | 0 | 0 | 1 | 2 |
| 2 | 4.0 GBq | 9 | 27 | 8 | 1 | 2 | 3 | 3 |
| 3 | 6.0 GBq | 12 | 40 | 9 | 3 | 3 | 5 | 3 |
| Total | | 25 | 75 | 20 | 4 | 5 | 9 | 8 |

PR, partial response; SD, stable disease; PD, progressive disease."""
ORGANS = """Table 2. Absorbed dose per unit activity

| Tissue | Mean (Gy/GBq) | SD | Effective half-life (h) |
|---|---|---|---|
| Kidneys | 0.5 | 0.2 | 40 |
| Liver | 0.2 | 0.1 | 50 |
| Tumour (index lesion) | 3.0 | 1.5 | 60 |

The tumour dose ranged from 0.9 to 8.1 Gy/GBq."""


def told(question: str, text: str) -> tuple[str, float] | None:
    """What the cells give, and as what it is said; None where they give nothing."""
    topic = read(question, ())
    made = tabled(topic, searched(topic, found(("Report", "2031-03-03", text))), near_answers)
    return (made.kind, round(calculate(made.expression).results[0].value, 2)) if made else None


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("what percent of the mice that got two shots of 15 MBq lutetium had a complete response?", ("share", 40)),
        ("cr rate in the actinium arm with one injection, %", ("share", 28.57)),
        ("share of all lutetium mice with a complete response", ("share", 26.32)),
        ("complete response rate in all radiolabelled arms, percent", ("share", 32.26)),
        ("total number of animals in the five-arm study?", ("total", 39)),
        ("how many mice got actinium in total", ("total", 12)),
        ("average median survival over the two lutetium arms", ("mean", 50)),
        ("ratio of median survival arm 5 to saline", ("ratio", 4)),
        ("how many percentage points higher was the CR rate with two actinium shots than one", ("points", 31.43)),
    ],
)
def test_all_descriptive_cells_name_a_row(question: str, expected: tuple[str, float]) -> None:
    assert told(question, MICE) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("what percent of patients in cohort three had a DLT?", ("share", 33.33)),
        ("overall dlt rate across all evaluable pts, in %", ("share", 20)),
        ("disease control rate (PR plus SD) among the response-evaluable patients, as a percentage", ("share", 63.64)),
        ("on average how many cycles did each treated patient get?", ("quotient", 3)),
        ("percentage of all treated pts who were evaluable for DLT", ("share", 80)),
        ("DLT rate at 4 GBq and above, percent", ("share", 23.53)),
    ],
)
def test_a_part_is_of_those_who_could_have_had_it(question: str, expected: tuple[str, float]) -> None:
    assert told(question, PATIENTS) == expected


def test_a_dose_is_the_mean_and_no_range_of_a_sentence() -> None:
    assert told("tumor to kidney dose ratio?", ORGANS) == ("ratio", 6)
    assert told("tumour dose minus kidney dose", ORGANS) == ("difference", 2.5)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("what percent of NSCLC patients had a DLT?", PATIENTS),
        ("what percent of women had a DLT?", PATIENTS),
        ("what percent of patients in cohort 6 had a DLT?", PATIENTS),
        ("what percent of the mice that got three shots of lutetium had a complete response?", MICE),
        ("what percent of the mice that got 30 MBq lutetium had a complete response?", MICE),
        ("total number of animals in all nine arms", MICE),
        ("spleen to kidney dose ratio?", ORGANS),
        ("what percent of the mice did not show a complete response in arm 3?", MICE),
        ("what percent of the mice had a complete response and were not in the lutetium arms that lost weight?", MICE),
    ],
)
def test_what_no_cell_tells_gives_nothing(question: str, text: str) -> None:
    assert told(question, text) is None


RESPONSES = """Table 3. Best response

| | Arm A | Arm B |
|---|---|---|
| Enrolled | 42 | 22 |
| Evaluable | 40 | 20 |
| Complete response | 2 | 1 |
| Partial response | 12 | 10 |
| Stable disease | 16 | 6 |
| Progressive disease | 10 | 3 |

Follow-up goes on."""
LEVELS = """Table 4. Escalation

| Dose level | Activity per cycle | Evaluable | DLTs |
|---|---|---|---|
| DL1 | 2 GBq | 4 | 0 |
| DL2 | 3 GBq | 5 | 1 |
| DL3 | 6 GBq | 3 | 2 |

DLT, dose-limiting toxicity."""


@pytest.mark.parametrize(
    ("question", "text", "row", "instead"),
    [
        (
            "What percent of the mice that got two injections of 10 kBq had a complete response?",
            MICE,
            "| 4 |",
            "| 4 | [225Ac]Ac-KLO-3 | 10 kBq |",
        ),
        ("complete response rate in all radiolabelled arms, percent", MICE, "| 3 |", "| 3 | [177Lu]Lu-KLO-3 | 15 MBq | 2 | 10 | 60 |"),
        ("total number of animals in the five-arm study?", MICE, "| 2 |", "| 2 |"),
        ("total number of animals in the five-arm study?", MICE, "| 2 |", "| 2 | [177Lu]Lu-KLO-3 | 15 MBq | 1 | | 40 | 1 | 4.0% |"),
        (
            "what percent of mice in arm 3 had a complete response?",
            MICE,
            "| 3 |",
            "| 3 | 3 | [177Lu]Lu-KLO-3 | 15 MBq | 2 | 10 | 60 | 4 | 6.0% |",
        ),
        ("ORR arm A?", RESPONSES, "| Partial", "| Partial response |"),
        ("ORR arm A?", RESPONSES, "| Partial", "| Partial response | | |"),
        ("Pooled response rate for both arms?", RESPONSES, "| Partial", "| 12 | 10 |"),
        ("What percentage of evaluable patients in arm B responded", RESPONSES, "| Evaluable", "| Evaluable | 40 | |"),
        ("DLT rate at the highest dose level in %", LEVELS, "| DL3", "| DL3 |"),
        ("DLT rate at the highest dose level in %", LEVELS, "| DL3", "| DL3 | | 3 | 2 |"),
        ("DLT rate at 3 GBq and above, percent", LEVELS, "| DL2", "| DL2 | 3 GBq | 5 |"),
        ("escalation factor DL1 to DL2", LEVELS, "| DL2", "| DL1 | 3 GBq | 5 | 1 |"),
        ("escalation factor DL1 to DL2", LEVELS, "| Dose", "| Dose level |"),
        ("escalation factor DL1 to DL2", LEVELS, "| Dose", "| Dose level | n | n | DLTs |"),
    ],
)
def test_a_cell_that_is_missing_is_not_passed_over(question: str, text: str, row: str, instead: str) -> None:
    whole = "\n".join(instead if line.startswith(row) else line for line in text.split("\n"))
    assert told(question, text) is not None
    assert told(question, whole) is None


@pytest.mark.parametrize(
    "table",
    [
        "| Arm |\n|---|\n| A |\n| 3 |",
        "| |\n|---|\n| |",
        "| Arm | n |\n|---|---|",
        "| Arm | Treatment |\n|---|---|\n| 1 | Saline |\n| 2 | none |",
        "| Arm | n | n |\n|---|---|---|\n| 1 | 3 | 4 |\n| 1 | 3 | 4 |",
        "| Arm | n | CR |\n|---|---|---|\n| 1 |\n| 2 | 3 | 1 | 7 | 9 |\n| | | |\n|---|",
        "| Arm | Gy/MBq |\n|---|---|\n| Tumour | 0 |\n| Kidneys | 0 |",
    ],
    ids=["one column", "nothing", "no rows", "no numbers", "names twice", "ragged", "zeros"],
)
@pytest.mark.parametrize(
    "question",
    [
        "what percent of patients in arm 2 had a CR?",
        "total number of patients in all arms?",
        "average number of patients over the arms",
        "ratio of CR in arm 1 to arm 2",
        "how many MBq to give a tumor dose of 40 Gy?",
        "tumor to kidney dose ratio?",
    ],
)
def test_a_table_of_any_shape_is_read(table: str, question: str) -> None:
    assert told(question, f"Results by arm\n\n{table}\n\nThat is all.") is None


def test_a_heading_among_the_rows_is_no_row() -> None:
    parted = LEVELS.replace("| DL2", "| Expansion of levels | | | |\n| DL2")
    assert told("DLT rate at the highest dose level in %", parted) == ("share", 66.67)
    assert told("overall DLT rate across all evaluable patients, percent", parted) == ("share", 25)
