"""False sentences that readings of words and lists once took for true, and true ones that they once refused, each beside its source."""

from __future__ import annotations

import pytest
from made_evidence import source

from assistant.agent.evidence import Evidence
from assistant.agent.grounding import verify
from assistant.agent.grounding.names import occurs
from assistant.values import DocumentRef

_DOCUMENT = DocumentRef(id="note", title="Harrow Isotopes reports", path="note.txt", date=None)


def _dropped(text: str, said: str) -> tuple[str, ...]:
    lines = text.strip().splitlines()
    evidence = Evidence(sources=(source(text, _DOCUMENT, lines[0], lines[-1]),), workings=(), studies=(), documents=())
    return verify(f"{said} [1].", evidence, "?").verification.dropped


_FEVER = "Adverse events were fatigue, nausea, rash and fever in the treated mice."
_DOSES = "The mice were given two doses, on day 0 and day 42, of CLR 131."
_SITES = "Part A will enrol patients at sites in Portugal, Spain and Australia."
_WAIT = "However, patients, staff and visitors wait in the hall."
_COHORTS = """The cohorts of mice got these doses.

| Cohort | Dose |
|---|---|
| A | 2 MBq |
| B | 4 MBq |
| C | 6 MBq |
| D | 8 MBq |"""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (_FEVER, "Fever was seen in four treated mice"),
        (_DOSES, "Three mice were given two doses"),
        (_SITES, "Part A will enrol three patients"),
        (_WAIT, "Four patients wait in the hall"),
        (_SITES, "Part A will enrol at three sites"),
        (_SITES, "Part A will enrol in four countries"),
        ("Part A will enrol at sites in Lund, Oslo and Bergen.", "Part A will enrol in three countries"),
        ("The mice were weighed, scanned and fed in the morning.", "In the morning three mice were fed"),
        (_COHORTS, "Five cohorts of mice got doses"),
        (_COHORTS, "Three cohorts of mice got doses"),
        ("The trial met its goal, for the lower limit exceeded the threshold of 15%.", "The lower limit was below 15%"),
        ("The lower limit did not reach the required 15%.", "The lower limit was above 15%"),
        ("The limit of at most 5% was exceeded by impurities.", "Impurities were below 5%"),
        ("The threshold of 15% was not met by the response rate.", "The response rate was above 15%"),
        ("The response rate stayed below the threshold of 15%.", "The response rate was above 15%"),
        ("The scanner costs €300 and 2 million were sold.", "The scanner costs €300 million"),
        ("Most patients fasted before the scan.", "Patients must fast before the scan"),
        ("Only patients of Harrow fasted before the scan.", "Patients must fast before the scan"),
        ("The drug was tested for toxicity in mice. The trial was stopped in May.", "The trial was stopped because of toxicity"),
        ("The mice were watched closely for toxicity. The trial was stopped in May.", "The trial was stopped because of toxicity"),
        ("Ada Birch paid for it and Joe Doe wrote the safety report in May.", "Ada Birch wrote the safety report in May"),
        ("The patients died within 30 days.", "The patients died after at most 30 days"),
        ("The mice received nothing.", "The mice received saline"),
        ("The mice received nothing but saline.", "The mice did not receive saline"),
    ],
)
def test_a_false_sentence_goes(text: str, said: str) -> None:
    assert _dropped(text, said) == (f"{said} [1].",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (_SITES, "Part A will enrol patients at sites in three countries"),
        ("However, patients in Portugal, Spain, the United Kingdom and Australia wait.", "Patients wait in four countries"),
        ("The drug had these side effects: rash, dry mouth and fever.", "The drug had three side effects"),
        ("Mice in groups A, B and C were scanned.", "Mice in three groups were scanned"),
        (_COHORTS, "Four cohorts of mice got doses"),
        ("The trial met its goal, for the lower limit exceeded the threshold of 15%.", "The lower limit was above 15%"),
        ("Impurities did not exceed the limit of 5%.", "Impurities were at most 5%"),
        ("Revenue was between €300 and 400 million.", "Revenue was between €300 million and €400 million"),
        ("Patients fasted for at least 4 hours before the scan.", "Patients had to fast for at least 4 hours before the scan"),
        ("The trial was stopped for toxicity in May.", "The trial was stopped because of toxicity"),
        ("The activity must be within 10% of the target.", "The activity may be off the target by no more than 10%"),
        ("The mice received only saline.", "The mice received nothing but saline"),
        ("The mice received nothing but saline.", "The mice received only saline"),
        ("The mice received nothing except saline.", "The mice received nothing but saline"),
        (
            "Halvard expects to submit it to the U.S. Food and Drug Administration in the fourth quarter of 2024.",
            "Halvard expects to submit it in the fourth quarter of 2024",
        ),
        ("Ada Birch, Joe Doe and Ann Lee wrote the safety report in May.", "Ada Birch wrote the safety report in May"),
        ("Ada Birch and Joe Doe wrote the safety report in May.", "Ada Birch wrote the safety report in May"),
        ("Ada Birch and Joe Doe wrote the safety report in May.", "Joe Doe wrote the safety report in May"),
        ("The samples were analysed by Lund with mass spectrometry.", "The samples were analysed by mass spectrometry"),
        ("The database was locked by the sponsor's team at Harrow.", "The database was locked by Harrow"),
    ],
)
def test_a_true_sentence_stays(text: str, said: str) -> None:
    assert _dropped(text, said) == ()


def test_an_m_is_the_median_of_an_endpoint_only() -> None:
    assert occurs("OS", frozenset({"mos"}))
    assert not occurs("RNA", frozenset({"mrna"}))


def test_significance_beside_a_bound_is_judged_by_the_bound():
    text = "The treated mice lived significantly longer than the controls (p < 0.05)."
    assert not _dropped(text, "The treated mice lived significantly longer than the controls (p < 0.05)")
    assert _dropped(text, "The treated mice did not live significantly longer than the controls (p < 0.05)")
