"""What an answer must be read with: species, inference and calculation notes that bear on the evidence it used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assistant.language.names import name_key
from assistant.resources import prompt_table
from assistant.studies.facts import Study
from assistant.values import Calculation, Citation, Span


def caveats(text: str, citations: Sequence[Citation], calculations: Sequence[Calculation], studies: Sequence[Study]) -> tuple[str, ...]:
    """Caveats for an answer ``text`` that rests on ``citations`` and ``calculations``, each once."""
    words = prompt_table("caveats.toml")
    found: list[str] = []
    for study in studies:
        if not _used(study, citations):
            continue
        if study.species and study.species != "human":
            found.append(words["preclinical"].format(species=words["species"].get(study.species, study.species)))
        if study.nuclide and not study.nuclide.stated and _names(text, calculations, study.nuclide.name):
            found.append(words["inferred_nuclide"].format(compound=study.compound, nuclide=study.nuclide.name))
    for calculation in calculations:
        found += calculation.notes
    return tuple(dict.fromkeys(found))


def _used(study: Study, citations: Iterable[Citation]) -> bool:
    """Whether a citation quotes what one of the study's measurements was read from."""
    return any(
        citation.document.id == span.document and citation.start <= span.start < citation.end
        for span in _measurements(study)
        for citation in citations
    )


def _measurements(study: Study) -> Iterator[Span]:
    for arm in study.arms:
        if arm.survival:
            yield arm.survival.span
        yield from arm.spans.values()
    if "model" in study.spans:
        yield study.spans["model"]


def _names(text: str, calculations: Iterable[Calculation], nuclide: str) -> bool:
    inputs = " ".join(entry.name for calculation in calculations for entry in calculation.inputs)
    return name_key(nuclide) in name_key(text + inputs)
