"""Evidence of three turns: the release in corpus/, an invented report with three arms and other units, an invented abstract."""

from __future__ import annotations

from assistant.agent.evidence import Evidence, Source
from assistant.resources import folder
from assistant.studies.activity import dose_summary
from assistant.studies.benefit import survival_benefit
from assistant.studies.extract import extract_studies
from assistant.studies.naming import find_arm
from assistant.values import DocumentRef, Operand, Passage, Result, Working

RELEASE = (folder("corpus") / "2017-04-27-multiple-dose-preclinical.txt").read_text(encoding="utf-8")
RELEASE_REF = DocumentRef(
    id="release",
    title="Cellecstar's Radiotherapeutic PDCs Demonstrate an Increased Survival Benefit Using Multiple Doses in Preclinical Studies",
    date="2017-04-27",
    path="corpus/2017-04-27-multiple-dose-preclinical.txt",
)

REPORT = """Lutetium conjugate extends survival of rats in a dose-finding experiment

12 March 2021

Northfield Isotopes reported a preclinical experiment with 177Lu-NFX7 in the CX44 orthotopic glioma model in rats. Animals were randomized into three arms of 12 rats each. Rats treated with 30 MBq of 177Lu-NFX7 on day 0 reached a median survival of 8 weeks, and rats treated with 30 MBq on day 0 and day 21 reached a median survival of 13 weeks, whereas vehicle control rats had a median survival of 5 weeks.

Body weight loss remained below 10 % in all arms. No treatment-related deaths were observed. The survival difference between two doses and vehicle was statistically significant (p = 0.004).

The company believes that NFX7 may be suitable for patients with recurrent glioblastoma and plans to file for a Phase I trial in 2022. NFX7 is not approved in any country. "We were surprised by the durability of the responses," said Ada Lindqvist, chief scientist of Northfield Isotopes.
"""
REPORT_REF = DocumentRef(
    id="report", title="Lutetium conjugate extends survival of rats in a dose-finding experiment", date="2021-03-12", path="report.txt"
)

ABSTRACT = """Background: ZK-204 is a humanized antibody labelled with actinium-225 that binds CEACAM5. Methods: Nude mice bearing LS174T colorectal xenografts (n = 10 per group) received a single intravenous injection of 3.7 kBq, 7.4 kBq or 14.8 kBq of ZK-204, or saline. Results: Median survival was 31 days with saline, 52 days with 3.7 kBq, 77 days with 7.4 kBq and 96 days with 14.8 kBq. Complete responses occurred in 4 of 10 mice at the highest dose. Tumor uptake peaked at 38.2 %ID/g after 72 hours. Transient weight loss of up to 12 % was seen at 14.8 kBq and resolved within two weeks. Conclusions: ZK-204 inhibited tumor growth in a dose-dependent manner and may merit clinical evaluation. Kidney toxicity was not observed.

A second experiment in BxPC3 pancreatic tumors found no difference in median survival between 7.4 kBq of ZK-204 (44 days) and saline (41 days; p = 0.31). The authors suggest that low antigen expression may explain this result."""
ABSTRACT_REF = DocumentRef(
    id="abstract", title="Actinium-labelled ZK-204 in colorectal and pancreatic xenografts", date="2022-06-01", path="abstract.txt"
)


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
            source(RELEASE, RELEASE_REF, "CLR 131 is an investigational", "multiple myeloma.\n\nAbout Phos".removesuffix("\n\nAbout Phos")),
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
