"""What language models make of a text: other words for the same stay, the same words for something else go."""

from __future__ import annotations

import pytest
from made_evidence import source

from assistant.agent.evidence import Evidence
from assistant.agent.grounding import verify
from assistant.values import DocumentRef, Operand, Result, Working

_TEXT = """Adverse events of any grade in the 12 treated patients were fatigue (7 patients) and nausea. Low platelet counts were the most
frequent finding, in 9 patients. The trial met no DLT at 4 GBq. Patients got the drug through a drip into a vein, up to 6 times.

The lot failed because the stabiliser was added at 25 mg/mL instead of 50 mg/mL. A typical ampoule yields 20 GBq. General and administrative
expense was $17.4 million, up from $15.2 million. Topline data are expected in Q4 2028. Net loss was $0.75 per share.

Factors that might cause such a difference include competition and product pricing. It is too early to speak about efficacy. The data
committee held its planned safety review and recommended that the trial continue without modification. On-target effects could not be
assessed. Bone marrow rather than kidney was the limiting organ.

| Measure | Arm A | Arm B |
|---|---|---|
| Mice randomised | 14 | 10 |
| Complete regressions | 0 | 4 |
"""


def _evidence(*workings: Working) -> Evidence:
    document = DocumentRef(id="note", title="Note", path="note.txt", date=None)
    return Evidence(sources=(source(_TEXT, document, "Adverse", "0 | 4 |"),), workings=workings, studies=(), documents=())


@pytest.mark.parametrize(
    "said",
    [
        "The commonest side effect was fatigue, in seven of the 12 patients",
        "No dose-limiting toxicity was met at 4 GBq",
        "The drug was given intravenously",
        "Sodium aside, the stabiliser was added at 25 rather than 50 mg/mL",
        "One ampoule yields 20 GBq",
        "One ampoule typically yields 20 GBq",
        "G&A rose to $17.4 million from $15.2 million",
        "Topline data are expected in the fourth quarter of 2028",
        "The net loss was 75 cents per share",
        "Competition and product pricing are among the factors",
        "The limiting organ was the bone marrow and not the kidney",
        "Four of the ten mice in Arm B had complete regressions",
    ],
)
def test_the_same_in_other_words_is_kept(said: str) -> None:
    checked = verify(f"{said} [1].", _evidence(), "?").verification
    assert checked.dropped == (), checked.sentences[0].reason


@pytest.mark.parametrize(
    "said",
    [
        "The commonest side effect was fatigue, in nine of the 12 patients",
        "The drug was effective in 9 patients",
        "The drug was given by mouth",
        "The stabiliser was added at 25 rather than 60 mg/mL",
        "One ampoule typically yields 25 GBq",
        "R&D rose to $17.4 million from $15.2 million",
        "Topline data are expected in the third quarter of 2028",
        "The net loss was 85 cents per share",
        "Five of the ten mice in Arm B had complete regressions",
        "Four of the 14 mice had complete regressions",
        "One patient died",
        "One committee stopped the trial at 4 GBq",
    ],
)
def test_something_else_in_the_same_words_is_refused(said: str) -> None:
    assert verify(f"{said} [1].", _evidence(), "?").verification.dropped == (f"{said} [1].",)


@pytest.mark.parametrize(
    ("said", "kept"),
    [("by $2.2 million", True), ("by $2.2 billion", False), ("by 2.2 dollars", False)],
)
def test_a_calculation_may_leave_away_the_million_of_its_inputs(said: str, kept: bool) -> None:
    operands = tuple(Operand(name=f"{value}", value=value, unit="", span=None) for value in (17.4, 15.2))
    rise = Working(tool="calculate", formula="17.4 - 15.2", operands=operands, results=(Result(name="result", value=2.2, unit=""),))
    draft = f"G&A rose {said} [c1]."
    assert (verify(draft, _evidence(rise), "?").verification.dropped == ()) is kept
