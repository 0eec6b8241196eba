"""Which disease an experiment is about: the one named nearest to its model, else that of its sentence, paragraph, title or document."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.studies.extraction.drafts import StudyDraft
from assistant.studies.extraction.mentions import Clause, Mention, Page, only, within
from assistant.studies.extraction.subjects import Subjects

# "Ovarian cancer models" says it of all models of the document.
_MODELS = re.compile(r"\s+(?:xenograft\s+|tumou?r\s+|mouse\s+)?models\b", re.IGNORECASE)
_PLANNED = re.compile(r"\b(?:planned|plans?|will|next|future|intend\w*|expect\w*)\b", re.IGNORECASE)
_MODEL_OF = re.compile(r"\bmodels?\s+of\s+(?:(?:human|disseminated|metastatic|advanced|murine|orthotopic)\s+){0,2}$", re.IGNORECASE)


class Diseases:
    """The diseases of a document, looked up for one experiment after another."""

    def __init__(self, page: Page, subjects: Subjects) -> None:
        self._page = page
        self._subjects = subjects
        # By model, as every clause that names it asks for the same.
        self._holders: dict[str, tuple[Clause, ...]] = {}
        self._first: dict[str, Mention | None] = {}

    def of(self, clause: Clause, study: StudyDraft, studies: Sequence[StudyDraft]) -> Mention | None:
        """The disease named nearest to the model; without a model, the one of the sentence or its paragraph."""
        if study.model:
            return self._of_model(clause, study.model, studies)
        for start, end in ((clause.start, clause.end), self._page.block(clause), (0, len(self._page.text))):
            here = within(self._subjects.diseases, start, end)
            if here and (only(here) or start == clause.start):
                return here[0]
            if start != clause.start and (titled := self._titled()):
                return titled
        return None

    def _modelled(self, disease: Mention) -> bool:
        """Whether the text speaks of a model of the disease."""
        return _MODEL_OF.search(self._page.text, max(0, disease.start - 40), disease.start) is not None

    def _in_full(self, disease: Mention) -> Mention:
        """ "leukemia" is the "acute myeloid leukemia" of the document, where it speaks of no other leukemia."""
        fuller = tuple(m for m in self._subjects.diseases if _ends_with(m, disease))
        return disease if " " in disease.name else only(fuller) or disease

    def _is_planned(self, disease: Mention) -> bool:
        """Whether the sentence speaks of a trial to come, which may be in another disease than the experiment."""
        return _PLANNED.search(self._page.clause_at(disease.start).text) is not None

    def _titled(self) -> Mention | None:
        """The one disease that the title names, as the document calls it in full."""
        title = self._page.clauses[0]
        named = only(within(self._subjects.diseases, *self._page.block(title)))
        return _one_disease(tuple(d for d in self._subjects.diseases if d.key.endswith(named.key))) if named else None

    def _of_model(self, clause: Clause, model: Mention, studies: Sequence[StudyDraft]) -> Mention | None:
        block, subjects = self._page.block(clause), self._subjects
        holders = self._clauses_of(model)
        for place in (clause, *(c for c in holders if c.block == clause.block)):
            if beside := self._beside(model, place):
                return self._in_full(beside)
        if model.key not in self._first:
            self._first[model.key] = next((d for place in holders if (d := self._beside(model, place))), None)
        if first := self._first[model.key]:
            return self._in_full(first)
        if site := next((s for place in holders for s in within(subjects.sites, place.start, place.end)), None):
            return next((d for d in subjects.diseases if site.key in d.key), None)
        here = tuple(d for d in within(subjects.diseases, *block) if not self._is_planned(d))
        if {m.key for m in within(subjects.models, *block)} == {model.key} and only(here):
            return here[0]
        return self._general(studies)

    def _clauses_of(self, model: Mention) -> tuple[Clause, ...]:
        """The clauses that name the model, in order; the same for each of the many that ask."""
        if model.key not in self._holders:
            held = (self._page.clause_at(m.start) for m in self._subjects.models if m.key == model.key)
            self._holders[model.key] = tuple({clause.start: clause for clause in held}.values())
        return self._holders[model.key]

    def _beside(self, model: Mention, place: Clause) -> Mention | None:
        """The disease that a clause names nearest to the model, unless another model stands nearer to it."""
        named = within(self._subjects.models, place.start, place.end)
        own, others = [m for m in named if m.key == model.key], [m for m in named if m.key != model.key]
        here = [
            d
            for d in within(self._subjects.diseases, place.start, place.end)
            if own and not any(_distance(d, o) < min(_distance(d, m) for m in own) for o in others)
        ]
        return min(here, key=lambda d: min(_distance(d, m) for m in own), default=None)

    def _general(self, studies: Sequence[StudyDraft]) -> Mention | None:
        """The disease that the document speaks of throughout; that of patients is not that of a model."""
        diseases = self._subjects.diseases
        if any(other.clinical and other.arms for other in studies):
            return None
        modelled = tuple(d for d in diseases if self._modelled(d))
        if only(self._subjects.models):
            return only(modelled) or self._titled() or _one_disease(tuple(d for d in diseases if not self._is_planned(d)))
        general = modelled or tuple(d for d in diseases if _MODELS.match(self._page.text, d.end))
        return _one_disease(diseases) if general and only(diseases) else None


def _ends_with(longer: Mention, shorter: Mention) -> bool:
    return longer.key != shorter.key and longer.key.endswith(shorter.key)


def _one_disease(mentions: tuple[Mention, ...]) -> Mention | None:
    """The disease that all mentions name, in full or in short: as it is called most often."""
    full = max(mentions, key=lambda m: len(m.key), default=None)
    if full is None or not all(full.key.endswith(m.key) for m in mentions):
        return None
    counts = Counter(m.key for m in mentions)
    usual = max(mentions, key=lambda m: (" " in m.name, counts[m.key], -m.start))
    return next((m for m in mentions if m.key == usual.key and m.name.islower()), usual)


def _distance(one: Mention, other: Mention) -> int:
    return max(one.start - other.end, other.start - one.end, 0)
