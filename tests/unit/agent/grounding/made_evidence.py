"""Evidence of five turns: the release in corpus/, and an invented report, abstract, congress note and Markdown sheet."""

from __future__ import annotations

from pathlib import Path

from assistant.agent.evidence import Evidence, Source
from assistant.resources import folder
from assistant.studies.activity import dose_summary
from assistant.studies.benefit import survival_benefit
from assistant.studies.extract import extract_studies
from assistant.studies.naming import find_arm
from assistant.values import DocumentRef, Operand, Passage, Result, Working

_TEXTS = Path(__file__).parent / "texts"

RELEASE = (folder("corpus") / "2017-04-27-multiple-dose-preclinical.txt").read_text(encoding="utf-8")
RELEASE_REF = DocumentRef(
    id="release",
    title="Cellecstar's Radiotherapeutic PDCs Demonstrate an Increased Survival Benefit Using Multiple Doses in Preclinical Studies",
    date="2017-04-27",
    path="corpus/2017-04-27-multiple-dose-preclinical.txt",
)

REPORT = (_TEXTS / "report.txt").read_text(encoding="utf-8")
REPORT_REF = DocumentRef(
    id="report", title="Lutetium conjugate extends survival of rats in a dose-finding experiment", date="2021-03-12", path="report.txt"
)

CONGRESS = (_TEXTS / "congress.txt").read_text(encoding="utf-8")
CONGRESS_REF = DocumentRef(
    id="congress",
    title="Tolerability and survival with repeated 212Pb-HX9 in ovarian cancer models",
    date="2023-11-02",
    path="congress.txt",
)

ABSTRACT = (_TEXTS / "abstract.txt").read_text(encoding="utf-8")
ABSTRACT_REF = DocumentRef(
    id="abstract", title="Actinium-labelled ZK-204 in colorectal and pancreatic xenografts", date="2022-06-01", path="abstract.txt"
)

SHEET = (_TEXTS / "sheet.md").read_text(encoding="utf-8")
SHEET_REF = DocumentRef(id="sheet", title="[177Lu]Lu-QV-8 in bile duct cancer: one shot or two", date="2022-05-09", path="sheet.md")


def source(text: str, document: DocumentRef, first: str, last: str) -> Source:
    """The passage of ``text`` from the words ``first`` to the words ``last``."""
    start = text.index(first)
    end = text.index(last, start) + len(last)
    return Source(
        passage=Passage(id=f"{document.id}-{start}", document=document.id, start=start, end=end, text=text[start:end]), document=document
    )


def conversion(value: float, unit: str, to: str, result: float) -> Working:
    """A conversion as the tool makes it."""
    return Working(
        tool="convert_activity",
        formula=f"amount in {to} = amount × ({unit} → {to})",
        operands=(Operand(name="amount", value=value, unit=unit),),
        results=(Result(name=f"amount in {to}", value=result, unit=to),),
    )


def decay(nuclide: str, half_life: float, activity: float, unit: str, days: float) -> Working:
    """A decay as the tool makes it, without the import of its library."""
    left = 0.5 ** (days / half_life)
    period = Operand(name=f"half-life({nuclide})", value=half_life, unit="day", source="radioactivedecay 0.6.1, decay data of ICRP-107")
    return Working(
        tool="decay",
        formula=f"remaining activity = activity × 2^(−elapsed / {period.name})",
        operands=(Operand(name="activity", value=activity, unit=unit), Operand(name="elapsed", value=days, unit="day"), period),
        results=(
            Result(name="remaining activity", value=activity * left, unit=unit),
            Result(name="remaining", value=100 * left, unit="percent"),
            Result(name="half-lives elapsed", value=days / half_life, unit=""),
            Result(name="half-life", value=half_life, unit="day"),
        ),
        notes=("physical decay only, no biological clearance",),
    )


def release_turn() -> Evidence:
    """[1] both studies, [2] the conclusions, [3] CLR 131, [4] PDCs, [5] the company, [6] the head; seven calculations."""
    studies = extract_studies("release", RELEASE)
    capan, pc3 = studies
    return Evidence(
        sources=(
            source(RELEASE, RELEASE_REF, "The company conducted two studies", "122 days of survival."),
            source(RELEASE, RELEASE_REF, "The data from both", 'Phase II clinical study."'),
            source(RELEASE, RELEASE_REF, "CLR 131 is an investigational", "treatment of multiple myeloma."),
            source(RELEASE, RELEASE_REF, "Cellectar's product candidates", "xenograft models of cancer."),
            source(RELEASE, RELEASE_REF, "Cellectar Biosciences is developing", "R&D efforts."),
            source(RELEASE, RELEASE_REF, "MADISON, Wis.", "multi-dose treatment."),
        ),
        workings=(
            survival_benefit(capan, find_arm(capan, "two doses"), find_arm(capan, "single dose")),
            survival_benefit(pc3, find_arm(pc3, "two doses"), find_arm(pc3, "control")),
            survival_benefit(pc3, find_arm(pc3, "two doses"), find_arm(pc3, "single dose")),
            conversion(50, "uCi", "MBq", 1.85),
            dose_summary(pc3, find_arm(pc3, "two doses")),
            decay("I-131", 8.02070, 50, "uCi", 42),
            conversion(999, "uCi", "MBq", 36.963),
        ),
        studies=studies,
    )


def report_turn() -> Evidence:
    """[1] the experiment, [2] its safety, [3] the outlook; two calculations."""
    studies = extract_studies("report", REPORT)
    study = studies[0]
    return Evidence(
        sources=(
            source(REPORT, REPORT_REF, "Northfield Isotopes reported", "of 5 weeks."),
            source(REPORT, REPORT_REF, "Body weight", "(p = 0.004)."),
            source(REPORT, REPORT_REF, "The company believes", "Northfield Isotopes."),
        ),
        workings=(
            survival_benefit(study, find_arm(study, "two doses"), find_arm(study, "control")),
            conversion(30, "MBq", "uCi", 810.81),
        ),
        studies=studies,
    )


def abstract_turn() -> Evidence:
    """[1] the first experiment, [2] the second; as after a search: no calculations, and no studies from tools."""
    return Evidence(
        sources=(
            source(ABSTRACT, ABSTRACT_REF, "Background", "was not observed."),
            source(ABSTRACT, ABSTRACT_REF, "A second", "this result."),
        )
    )


def congress_turn() -> Evidence:
    """[1] the company, [2] survival, [3] tolerability, [4] the outlook; as after a search."""
    return Evidence(
        sources=(
            source(CONGRESS, CONGRESS_REF, "HelixRad GmbH", "Vienna."),
            source(CONGRESS, CONGRESS_REF, "In the SKOV3", "day 120."),
            source(CONGRESS, CONGRESS_REF, "Absorbed dose", "weight loss."),
            source(CONGRESS, CONGRESS_REF, '"Repeated', "2024."),
        )
    )


def sheet_turn() -> Evidence:
    """[1] the compound, [2] the table of results, [3] remarks on it, [4] purity, [5] people and money, [6] the rest; as after a search."""
    return Evidence(
        sources=(
            source(SHEET, SHEET_REF, "QV-8 is a", "beta emitter."),
            source(SHEET, SHEET_REF, "| Group", "4/9 |"),
            source(SHEET, SHEET_REF, "- The difference", "recovered."),
            source(SHEET, SHEET_REF, "| Property", "95.4 |"),
            source(SHEET, SHEET_REF, "The work was done", "31 people."),
            source(SHEET, SHEET_REF, "Of 26 rats", "mid-2024."),
        ),
        studies=extract_studies("sheet", SHEET),
    )
