"""A wrong answer fails its case, a wrong extraction loses points, and a figure without evidence is found."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import UsageError
from assistant.evaluation import Case, CaseResult, Report, evaluate_extraction, read_cases, unsupported_figures
from assistant.evaluation.checks import failures
from assistant.evaluation.extraction import StatedStudy, Tally
from assistant.studies.facts import Activity, Arm, Nuclide, Study, Survival
from assistant.values import Answer, Calculation, CalculationInput, Citation, DocumentRef, Result, Span, Verification

QUOTE = "Mice given two doses of approximately 400 µCi (day 0 and day 21)\nlived 90.5 days against 61 days with a single dose."


def answer(text, *, status="answered", question="How long did they live?", quote=QUOTE, results=(), inputs=(), date="2020-03-03"):
    document = DocumentRef(id="d1", title="QX 177 in mice", date=date, path="note.txt")
    citation = Citation(id=1, document=document, quote=quote, start=0, end=len(quote), passage=quote)
    calculation = Calculation(id="c1", tool="survival_benefit", formula="gain = a − b", inputs=inputs, results=results)
    return Answer(
        question=question,
        text=text,
        status=status,
        citations=(citation,),
        calculations=(calculation,) if results else (),
        verification=Verification(verdict="verified"),
        model="offline",
        elapsed_ms=1,
        library_generation="gen-000001",
        created_at="2026-01-01T00:00:00Z",
    )


GAIN = {
    "inputs": (CalculationInput(name="a", value=90.5, unit="day", citation=1), CalculationInput(name="half-life", value=6.647, unit="day")),
    "results": (Result(name="gain", value=29.5, unit="day"), Result(name="ratio", value=1.4836, unit="ratio")),
}


def case(**fields):
    return Case.model_validate({"id": "x", "kind": "lookup", "question": "How long?", **fields})


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"status": "answered"},
        {"status": ["clarify", "answered"]},
        {"must": [["90\\.5", "nothing"], ["DAYS"]]},
        {"must_not": ["61", "\\bweeks\\b"]},
        {"quote": ["day 21) lived 90.5 days", "approximately400 µCi"]},
        {"calc": [{"value": 29.4, "unit": "day", "tol": 0.2}, {"value": 1.48, "unit": "ratio", "tol": 0.01}]},
        {"calc": [{"value": 29.4, "tol": 0.2}]},
    ],
)
def test_an_answer_that_holds_all_checks_passes(fields):
    assert failures(case(**fields), answer("They lived 90.5 days [1].", **GAIN)) == ()


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"status": "clarify"}, "status is answered, not needs_clarification"),
        ({"status": ["not_in_sources", "needs_clarification"]}, "status is answered, not not_in_sources or needs_clarification"),
        ({"must": [["90\\.5"], ["61", "weeks"]]}, "text lacks 61 or weeks"),
        ({"must_not": ["DAYS"]}, "text has DAYS"),
        ({"quote": ["lived 90.6 days"]}, "no citation quotes 'lived 90.6 days'"),
        ({"calc": [{"value": 29.5, "unit": "week", "tol": 1}]}, "no calculation gives 29.5 week within 1"),
        ({"calc": [{"value": 29.0, "unit": "day", "tol": 0.4}]}, "no calculation gives 29 day within 0.4"),
        ({"calc": [{"value": 29.0, "tol": 0.4}]}, "no calculation gives 29 within 0.4"),
    ],
)
def test_each_broken_check_is_a_reason(fields, reason):
    assert failures(case(**fields), answer("They lived 90.5 days [1].", **GAIN)) == (reason,)


def test_reading_cases(tmp_path):
    file = tmp_path / "cases.jsonl"
    file.write_text(
        '{"id": "a", "kind": "lookup", "question": "How long?", "status": "clarify", "why": "unclear"}\n\n'
        '{"id": "b", "kind": "followup", "turns": ["How long?", "And then?"], "documents": ["documents/x.md"]}\n',
        encoding="utf-8",
    )
    one, two = read_cases(file)
    assert (one.turns, one.status) == (("How long?",), ("needs_clarification",))
    assert (two.turns, two.documents, two.status) == (("How long?", "And then?"), ("documents/x.md",), ())


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "line 2 is no case"),
        ('{"id": "b", "kind": "lookup"}', "turns: Field required"),
        ('{"id": "b", "kind": "lookup", "turns": []}', "asks nothing"),
        ('{"id": "b", "kind": "lookup", "question": "q", "turns": ["q"]}', "both a question and turns"),
        ('{"id": "b", "kind": "lookup", "question": "q", "status": "maybe"}', "line 2 is no case: status"),
        ('{"id": "b", "kind": "lookup", "question": "q", "must": [["("]]}', "no regular expression"),
        ('{"id": "b", "kind": "lookup", "question": "q", "mustnt": ["x"]}', "mustnt: Extra inputs"),
        ('{"id": "a", "kind": "lookup", "question": "q"}', "stands there already"),
    ],
)
def test_a_malformed_line_is_named(tmp_path, line, reason):
    file = tmp_path / "cases.jsonl"
    file.write_text('{"id": "a", "kind": "lookup", "question": "q"}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(UsageError, match=reason) as caught:
        read_cases(file)
    assert "line 2" in str(caught.value)


def test_missing_empty_and_binary_files_are_refused(tmp_path):
    for name, content in (("empty.jsonl", b"\n"), ("binary.jsonl", b"\xff\xfe\x00")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(UsageError, match=name):
            read_cases(tmp_path / name)
    with pytest.raises(UsageError, match=r"absent\.jsonl cannot be read"):
        read_cases(tmp_path / "absent.jsonl")


def test_scores_by_kind_and_in_total():
    results = (
        CaseResult(id="1", kind="lookup"),
        CaseResult(id="2", kind="compute", reasons=("text lacks 61",)),
        CaseResult(id="3", kind="lookup", reasons=("status is answered, not not_in_sources",), unsupported=("12 days",)),
    )
    report = Report(path="cases.jsonl", model="offline", results=results)
    assert [(score.kind, score.passed, score.total) for score in report.scores] == [("compute", 0, 1), ("lookup", 1, 2)]
    assert (report.total.passed, report.total.total) == (1, 3)
    assert [result.id for result in report.failed] == ["2", "3"]
    assert [result.id for result in report.unsupported] == ["3"]


@pytest.mark.parametrize(
    "text",
    [
        "They lived 90.5 days against 61 days [1].",
        "Two doses of about 400 uCi, 14.8 MBq each [1].",
        "They lived 90.5 and 61 days on one or two doses [1].",
        "That is 29.5 days, 1.48 times, about 48 % more [c1].",
        "In 2020, on March 3, 2020, QX 177 was tested [1].",
        "1. The first arm got a single dose [1].\n2. The second got both doses [1].",
        "The half-life is 6.6 days [c1].",
        "CLR 999 and PC-7 are names, Phase 2 too.",
        "The gain was 4.2 weeks [c1].",
    ],
)
def test_figures_with_evidence_are_left_alone(text):
    gain = {**GAIN, "results": (*GAIN["results"], Result(name="increase", value=48.36, unit="percent"))}
    assert unsupported_figures(answer(text, **gain)) == []


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("They lived 90.6 days [1].", "90.6 days"),
        ("They lived 9 days [1].", "9 days"),
        ("They lived 90.5 weeks [1].", "90.5 weeks"),
        ("They got 401 uCi [1].", "401 uCi"),
        ("They got 400 mCi [1].", "400 mCi"),
        ("Of 12 mice none died [1].", "12"),
        ("That is 1.5 times and 2 % [1].", "1.5 times"),
        ("Survival rose threefold [c1].", "threefold"),
        ("On April 4, 2020 [1].", "April 4, 2020"),
        ("Three doses [1].", "Three"),
        ("A p-value of 0.03 [1].", "0.03"),
    ],
)
def test_a_figure_without_evidence_is_named(text, figure):
    found = unsupported_figures(answer(text, results=(Result(name="gain", value=29.5, unit="day"),)))
    assert figure in found


def test_a_figure_at_the_end_of_a_clause_has_the_unit_before_it_and_no_other():
    text = "Treated mice lived 66 days; littermates that were left alone survived 47. Of these, 12 were weighed at 20 g."
    assert unsupported_figures(answer("They lived 47 days [1].", quote=text)) == []
    assert unsupported_figures(answer("They lived 12 days [1].", quote=text)) == ["12 days"]
    assert unsupported_figures(answer("They lived 47 weeks [1].", quote=text)) == ["47 weeks"]


def test_a_loss_is_a_gain_below_zero():
    assert unsupported_figures(answer("A loss of 5.8 days [c1].", results=(Result(name="gain", value=-5.8, unit="day"),))) == []


def test_figures_of_the_questions_are_known():
    said = answer("No source tells of 77 mice or 12 rats.", question="Did 77 mice live longer?")
    assert unsupported_figures(said) == ["12"]
    assert unsupported_figures(said, ["Were there 12 rats?"]) == []


def test_no_figure_is_supported_by_an_answer_without_evidence():
    bare = answer("They lived 90.5 days.", quote="Mice lived long.", date=None)
    assert unsupported_figures(bare) == ["90.5 days"]


@given(st.floats(1, 1e5), st.integers(0, 2))
def test_any_rounding_of_a_result_is_supported_and_its_double_is_not(value, digits):
    known = (Result(name="gain", value=value, unit="day"),)
    right, wrong = round(value, digits), round(2 * value + 1, digits)
    if abs(right - value) <= 0.04 * value:
        assert unsupported_figures(answer(f"It gained {right:.{digits}f} days [c1].", quote="none", results=known)) == []
    assert unsupported_figures(answer(f"It gained {wrong:.{digits}f} days [c1].", quote="none", results=known)) != []


def survival(value, statistic=None):
    return Survival(value=value, unit="day", statistic=statistic, span=Span(document="d", start=0, end=1))


ABOUT_400 = Activity(value=400, unit="uCi", approximate=True)
EXTRACTED = Study(
    document="d",
    compound="QX-177",
    nuclide=Nuclide(name="Lu-177", stated=True),
    model="LNCaP",
    disease="human prostate cancer",
    species="mouse",
    arms=(
        Arm(
            label="two doses",
            activity=Activity(value=400, unit="uCi", approximate=True),
            doses=2,
            days=(0, 21),
            survival=survival(90, "mean"),
        ),
        Arm(label="single dose", activity=ABOUT_400, doses=1, survival=survival(61, "mean")),
        Arm(label="vehicle", control=True, survival=survival(40)),
    ),
)
STATED = {
    "compound": "QX 177",
    "nuclide": {"name": "Lu-177", "stated": True},
    "model": "LNCaP",
    "disease": "prostate cancer",
    "species": "mouse",
    "arms": [
        {
            "label": "control",
            "control": True,
            "n": None,
            "activity": None,
            "doses": None,
            "days": [],
            "survival": {"value": 40, "unit": "day", "statistic": None},
        },
        {
            "label": "one",
            "control": False,
            "activity": {"value": 14.8, "unit": "MBq", "approximate": True, "per": None},
            "doses": 1,
            "days": [0],
            "survival": {"value": 61, "unit": "day", "statistic": "mean"},
        },
        {
            "label": "two",
            "control": False,
            "n": 8,
            "activity": {"value": 400, "unit": "uCi", "approximate": False, "per": None},
            "doses": 2,
            "days": [0, 21],
            "survival": {"value": 90, "unit": "day", "statistic": "median"},
        },
    ],
}


def counts(stated, extracted):
    tally = Tally()
    tally.compare("", [StatedStudy.model_validate(study) for study in stated], extracted)
    return {score.field: (score.right, score.wrong, score.missed) for score in tally.scores()}, tally


def test_extraction_is_scored_field_by_field():
    found, tally = counts([STATED], [EXTRACTED])
    assert found == {
        "study": (1, 0, 0), "compound": (1, 0, 0), "nuclide": (1, 0, 0), "model": (1, 0, 0), "disease": (1, 0, 0), "species": (1, 0, 0),
        "arm": (3, 0, 0), "control": (1, 0, 0), "n": (0, 0, 1), "activity": (2, 0, 0), "approximate": (1, 1, 0), "doses": (2, 0, 0),
        "days": (1, 0, 1), "survival": (3, 0, 0), "statistic": (1, 1, 1),
    }  # fmt: skip
    assert len(tally.differences) == 4
    score = next(score for score in tally.scores() if score.field == "statistic")
    assert (score.precision, score.recall) == (0.5, 0.5)


def test_a_study_that_is_not_there_and_one_that_was_missed():
    other = EXTRACTED.model_copy(update={"compound": "ZZ 9", "model": "A549", "disease": "lung cancer", "arms": ()})
    found, _ = counts([], [other])
    assert found["study"] == (0, 1, 0)
    found, _ = counts([STATED], [])
    assert found["study"] == (0, 0, 1)
    assert found["arm"] == (0, 0, 3)
    assert found["survival"] == (0, 0, 3)


def test_swapped_survivals_cost_points_whichever_arms_are_paired():
    two, one, control = EXTRACTED.arms
    swapped = (two.model_copy(update={"survival": one.survival}), one.model_copy(update={"survival": two.survival}), control)
    found, _ = counts([STATED], [EXTRACTED.model_copy(update={"arms": swapped})])
    assert found["survival"][1] + found["doses"][1] == 2


def test_extraction_files_that_cannot_be_used_are_refused(tmp_path):
    file = tmp_path / "studies.json"
    for content, reason in (("{", "no table of studies"), ('{"a.txt": {}}', "no table of studies"),
                            (json.dumps({"a.txt": {"studies": []}}), "a.txt, which is neither beside it nor a packaged one")):  # fmt: skip
        file.write_text(content, encoding="utf-8")
        with pytest.raises(UsageError, match=reason):
            evaluate_extraction(file)
    with pytest.raises(UsageError, match="cannot be read"):
        evaluate_extraction(tmp_path / "absent.json")
