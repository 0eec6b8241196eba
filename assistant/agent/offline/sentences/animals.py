"""The animals that questions name and sentences speak of: uptake in rats tells nothing of mice."""

from __future__ import annotations

from assistant.agent.offline.findings import Findings
from assistant.agent.offline.sentences.units import Unit
from assistant.language.kept import kept_for_passages
from assistant.studies.vocabulary import read


@kept_for_passages
def animals_in(text: str) -> frozenset[str]:
    """The species of animals that a text names: ``{"mouse", "rat"}``; people are spoken of in many other ways."""
    return frozenset(value for term in read(text) for value in term.values("species")) - {"human"}


def tells_other_animals(question: str, unit: Unit, findings: Findings) -> bool:
    """Whether a sentence, or else what stands around it, names animals, and none of those that ``question`` names, of which another tells.

    The title is of the whole document, and not of the sentence.
    """
    asked = animals_in(question)
    if not asked:
        return False
    around = f"{unit.meaning} {unit.context}".replace(findings.document_of(unit.source).title, " ")
    said = animals_in(unit.text) or animals_in(around)
    return bool(said) and asked.isdisjoint(said) and any(asked & animals_in(each.passage.text) for each in findings.evidence.sources)
