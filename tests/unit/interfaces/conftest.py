"""An answer with everything in it, for the renderers."""

from __future__ import annotations

import pytest

from assistant.values import (
    Answer,
    Calculation,
    CalculationInput,
    CheckedSentence,
    Citation,
    DocumentRef,
    Result,
    Verification,
)


@pytest.fixture
def answer() -> Answer:
    """A quote cut by a line break, a calculation with a quoted and an outside input, and a dropped sentence."""
    document = DocumentRef(id="ab12cd34ef56ab78", title="Mice live longer with two doses", date="2031-05-07", path="news.txt")
    quote = "mice receiving two doses\nlived 90 days,\n\n  those receiving one 60 days"
    return Answer(
        question="How much longer?",
        text="They lived 30 days longer [1], half as long again [c1].",
        status="answered",
        missing=("no p-value",),
        citations=(Citation(id=1, document=document, quote=quote, start=1045, end=1045 + len(quote), passage=quote),),
        calculations=(
            Calculation(
                id="c1",
                tool="survival_benefit",
                formula="gain = treatment - reference",
                inputs=(
                    CalculationInput(name="two doses", value=90.0, unit="day", citation=1),
                    CalculationInput(name="half-life", value=6.6443, unit="day", source="ICRP-107"),
                ),
                results=(Result(name="gain", value=30.0, unit="day"), Result(name="per activity", value=0.123456, unit="day/uCi")),
                notes=("no control arm",),
            ),
        ),
        caveats=("preclinical, in mice",),
        verification=Verification(
            verdict="partly_verified",
            sentences=(CheckedSentence(text="All mice were cured.", supported=False, reason="no source says cured"),),
            dropped=("All mice were cured.",),
        ),
        model="offline",
        elapsed_ms=12,
        library_generation="gen-000001",
        created_at="2031-05-08T00:00:00+00:00",
    )
