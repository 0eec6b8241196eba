"""True sentences in other words that rules of words once refused, beside false ones that differ from them in one respect."""

from __future__ import annotations

import pytest
from made_evidence import source

from assistant.agent.evidence import Evidence
from assistant.agent.grounding import verify
from assistant.agent.grounding.amounts import amounts
from assistant.agent.grounding.sums import of_heading
from assistant.agent.grounding.tables import known_amounts
from assistant.values import DocumentRef, Operand, Result, Working

_TEXT = """The starting dose is 40 MBq. Part A will enrol up to 36 patients in five cohorts at sites in Portugal, Spain and Australia.
Part B will treat a further 24 patients at the dose selected in Part A. A dosimetry substudy is in preparation.

For the full year the company expects revenue of €38 to 41 million. The previous guidance was €35 to 38 million. Most people return to
work after 4 days. If you work with children, wait 10 days. The target is 210 patients. By March 137 had been randomised.

Of the dogs, 47 (73.4%) finished all cycles. Nosebleeds were seen in 30 of 64 dogs. The measured activity must be within
10% of the target. Mean absorbed dose was 1.9 Gy/GBq. Counts were lowest on d 9-13. No dog had surgery during the trial.

The trial met its goal, since the lower limit exceeded the prespecified threshold of 15%. The board recommends unanimously that it continue.
It rejected a proposal by Dr Karahan to cool the glands. The minutes are kept by Quillmark Analytics until the database is locked.

The one death, from pneumonia, was judged unrelated to the drug. Of two fistulas, one was closed with a flap. QX-131 holds orphan
designation for glioma; QX-225 has none. Shiomi will also pay for a bridging study.

| € million | H1 2026 | H1 2025 |
|---|---|---|
| Revenue | 18.6 | 14.2 |
| of which product sales | 15.1 | 13.4 |

| Test | Limit | Result |
|---|---|---|
| Purity | at least 95 % | 98.2 % |
"""
_DOCUMENT = DocumentRef(id="note", title="Harrow Isotopes reports", path="note.txt", date=None)


def _dropped(said: str) -> tuple[str, ...]:
    evidence = Evidence(sources=(source(_TEXT, _DOCUMENT, "The starting", "98.2 % |"),), workings=(), studies=(), documents=())
    return verify(f"{said} [1].", evidence, "?").verification.dropped


@pytest.mark.parametrize(
    "said",
    [
        "In Part A, a maximum of 36 patients will be treated in five cohorts",
        "Part A will run in three countries",
        "The revenue expected for the full year is €38–41 million",
        "Most return to work after four days, those who work with children wait ten",
        "By March, 137 of the planned 210 patients had been randomised",
        "All cycles were finished by 47 of 64 dogs",
        "The activity may be off the target by no more than 10%",
        "Per GBq, 1.9 Gy were absorbed on average",
        "Counts were lowest between days 9 and 13",
        "None of the dogs underwent surgery while on the trial",
        "The goal was met since the lower limit was above 15%",
        "All of the board recommend that it continue",
        "Only QX-131 holds orphan designation, for glioma",
        "Revenue was €18.6 million in H1 2026",
        "Purity was 98.2 %, above the required 95 %",
        "The minutes are kept by Quillmark until the database is locked",
    ],
)
def test_a_true_sentence_stays(said: str) -> None:
    assert _dropped(said) == ()


@pytest.mark.parametrize(
    "said",
    [
        "Part A will run in four countries",
        "The previous guidance was €38 to 41 million",
        "Most return to work after four days, those who work with children wait seven",
        "All cycles were finished by 47 of 60 dogs",
        "The activity may be off the target by no more than 5%",
        "The goal was met since the lower limit was above 25%",
        "The board adopted a proposal by Dr Karahan to cool the glands",
        "The one death was from pneumonia and was attributed to the drug",
        "Both fistulas were closed with a flap",
        "QX-225 holds orphan designation for glioma",
        "Harrow Isotopes will also pay for a bridging study",
        "Revenue was €15.1 million in H1 2026",
        "A dosimetry substudy has begun",
        "One of the dogs had surgery during the trial",
    ],
)
def test_a_false_one_goes(said: str) -> None:
    assert _dropped(said) == (f"{said} [1].",)


def test_the_ends_of_a_range_share_currency_and_scale() -> None:
    assert [(a.value, a.unit) for a in amounts("€35–38 million, up from $2.0 to $1.5 million")] == [
        (35e6, "EUR"), (38e6, "EUR"), (2e6, "USD"), (1.5e6, "USD"),
    ]  # fmt: skip
    assert [(a.value, a.unit) for a in amounts("between €300 and 400 million")] == [(3e8, "EUR"), (4e8, "EUR")]
    assert [(a.value, a.unit) for a in amounts("it cost €300 and 2 million were sold")] == [(300.0, "EUR"), (2e6, "")]
    assert [(a.value, a.unit) for a in amounts("it paid EUR 300 and 2 million people came")] == [(300.0, "EUR"), (2e6, "")]


@pytest.mark.parametrize(
    ("heading", "meant"),
    [
        ("€ million", (1e6, "EUR")),
        ("USD thousands", (1e3, "USD")),
        ("in millions of euros", (1e6, "EUR")),
        ("In Millions of Euros", (1e6, "EUR")),
        ("€ Million", (1e6, "EUR")),
        ("USD Thousands", (1e3, "USD")),
        ("$ '000s", (1e3, "USD")),
        ("€m", (1e6, "EUR")),
        ("$M", None),
        ("EUR (millions)", None),
        ("Amounts, millions, USD", None),
        ("A$ million", None),
        ("Neurotoxicity", None),
        ("Price (EUR)", (1.0, "EUR")),
        ("Nadir (10^9/L)", (1e9, "")),
        ("Platelets (x10⁹/L)", (1e9, "")),
        ("Patients", None),
        ("Sales above $5 million", None),
    ],
)
def test_a_heading_tells_what_bare_numbers_are_of(heading: str, meant: tuple[float, str] | None) -> None:
    assert of_heading(heading) == meant


def test_a_cell_has_the_scale_of_the_head_of_its_rows() -> None:
    cells = known_amounts("| $ thousands | 2024 |\n|---|---|\n| Revenue | 1,250 |")
    assert (1.25e6, "USD") in [(a.value, a.unit) for a in cells]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("half a dozen mice", [(6.0, "", "")]),
        ("Two dose-limiting toxicities", [(2.0, "", "")]),
        ("a purity above the required 95 %", [(95.0, "percent", "limit>")]),
        ("split in three and kept", [(3.0, "", "")]),
        ("Once labelled, it keeps for 5 hours", [(5.0, "hour", "")]),
    ],
)
def test_figures_in_words_are_read(text: str, meant: list[tuple[float, str, str]]) -> None:
    assert [(a.value, a.unit, a.qualifier) for a in amounts(text)] == meant
    assert not any("dose" in a.nouns for a in amounts(text))


def test_a_calculated_figure_is_not_held_to_the_places_of_one_that_rounds_to_it() -> None:
    text = "Median survival was 31 days in the vehicle group and 83 days in the split group. A single dose gave 52.5 days."
    operands = (Operand(name="a", value=83, unit="day"), Operand(name="b", value=31, unit="day"))
    gain = Working(tool="calculate", formula="83 day - 31 day", operands=operands, results=(Result(name="result", value=52, unit="day"),))
    evidence = Evidence(sources=(source(text, _DOCUMENT, "Median", "52.5 days."),), workings=(gain,), studies=(), documents=())
    said = "Against the vehicle group the gain was 52 days [1][c1]."
    assert verify(said, evidence, "?").verification.dropped == ()
    assert verify(said.replace("52", "54"), evidence, "?").verification.dropped != ()
