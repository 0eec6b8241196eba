"""Which experiment a sentence speaks of: the one of its paragraph, unless it names another compound, model or study."""

from __future__ import annotations

import re

from assistant.studies.extraction.diseases import Diseases
from assistant.studies.extraction.drafts import StudyDraft
from assistant.studies.extraction.endpoints import Lifetime, lifetimes
from assistant.studies.extraction.mentions import Clause, Mention, Page, only, within
from assistant.studies.extraction.subjects import Subjects
from assistant.studies.extraction.substances import Substances

_TRIAL = re.compile(r"\b(?:[Pp]hase\s+(?:[1-4]|I{1,3}V?)\w?\b|(?:clinical|randomi[sz]ed)\s+trial|[A-Z]{4,}(?:-\d)?\s+trial)")
_NEXT_STUDY = re.compile(
    r"\b(?:second|third|fourth|another|separate|further|subsequent|additional|other|follow-up)\s+(?:\w+\s+)?(?:study|experiment|trial)\b"
    r"|\b(?:study|experiment|trial)\s+(?:[2-9]|II|III|B|C)\b",
    re.IGNORECASE,
)
_NUMBERED_STUDY = re.compile(
    r"\b(?:[Ss]tudy|[Ee]xperiment|STUDY|EXPERIMENT)\s+(?P<place>\d{1,3}|I{1,3}|IV|one|two|three|four|[A-D])\b(?![-/.]\w)"
)
_PLACES = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "one": "1", "two": "2", "three": "3", "four": "4"}
# Where a sentence about several models changes from one to the next: the coarse cuts first.
_CUTS = (re.compile(r";|\b(?:while|whereas)\b|,\s*(?:and|but)\b"), re.compile(r"[,;]|\b(?:and|while|whereas|versus|vs)\b"))
# A survival that was not reached, and a heading over a list of survivals, are results too.
_OUTCOME = re.compile(
    r"\bsurvival\s+(?:(?:had|has|was|is)\s+)?not\s+(?:yet\s+)?(?:been\s+)?(?:yet\s+)?reached\b"
    r"|\A\W*(?:(?:mean|median|overall)\s+){0,2}survival(?:\s+(?:times?|by\s+(?:group|arm|cohort)))?\W*\Z",
    re.IGNORECASE,
)

_IMAGED_WITH = re.compile(r"\b(?:PET|SPECT|scan(?:ned|s)?|imag(?:ed|ing))\s+(?:\w+\s+)?(?:with|using)\s+(?:the\s+)?$")


class Context:
    """Follows a document sentence by sentence. ``studies`` holds the experiments in the order in which they were opened."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.subjects = Subjects(page)
        self.substances = Substances(page, frozenset(m.key for m in self.subjects.models))
        self.reporting = {c.block for c in page.clauses if c.kind != "row" and (_OUTCOME.search(c.text) or lifetimes(c))}
        self.studies: list[StudyDraft] = []
        self.current: StudyDraft | None = None
        self._compound: Mention | None = None
        self._model: Mention | None = None
        self._human: bool | None = None
        self._animal = ""
        self._series = ""
        self._numbers = {_place(m) for m in _NUMBERED_STUDY.finditer(page.text)}
        self._opened: dict[tuple[str, str], list[StudyDraft]] = {}
        self._compounds: dict[int, set[str]] = {}
        self._blocks: dict[int, int] = {}
        self._diseases = Diseases(page, self.subjects)
        self._own_models = self._models_of_compounds()

    def follow(self, clause: Clause, *, tells_compound: bool = True) -> None:
        """Moves on to what the sentence names, which a row of a table of several compounds does not with its own."""
        compounds, models = self.compounds(clause), self.models(clause)
        if numbered := self._numbered_study(clause):
            self._series = numbered
        elif _NEXT_STUDY.search(clause.text):
            self._series = f"next {len(self._opened)}"
            self._compound = self._model = None
        self.meet(clause.start, clause.end, trial=_TRIAL.search(clause.text) is not None)
        compound = self._sole_compound(compounds) if tells_compound else None
        if compound and not self._is_twin(compound) and not self._only_images(compound):
            self._compound = compound
        if len({m.key for m in models}) == 1:
            self._model = models[0]

    def meet(self, start: int, end: int, trial: bool = False) -> None:
        """Moves on to the species named between two offsets, or to the patients of a trial."""
        species = within(self.subjects.species, start, end)
        if species or trial:
            human = all(m.name == "human" for m in species)
            if self._human is not None and human != self._human:
                self._model = None
            self._human = human

    def _models_of_compounds(self) -> dict[str, Mention]:
        """The model of each compound that is named in one sentence with no other compound, and with no model but that one."""
        beside: dict[str, list[Mention]] = {}
        for clause in self.page.clauses:
            compound, model = self._sole_compound(self.compounds(clause)), only(self.models(clause))
            if compound and model:
                beside.setdefault(compound.key, []).append(model)
        return {key: found for key, models in beside.items() if (found := only(tuple(models)))}

    def _numbered_study(self, clause: Clause) -> str | None:
        """The number of the study that a sentence opens with or returns to: "study 2", in a document that numbers several."""
        named = next(clause.find(_NUMBERED_STUDY), None) if len(self._numbers) > 1 else None
        return f"study {_place(named)}" if named else None

    @property
    def model(self) -> Mention | None:
        """The model that was named last."""
        return self._model

    def compounds(self, clause: Clause) -> tuple[Mention, ...]:
        """The compounds that the sentence names."""
        return self.substances.within(clause.start, clause.end)

    def models(self, clause: Clause) -> tuple[Mention, ...]:
        """The disease models that the sentence names."""
        return within(self.subjects.models, clause.start, clause.end)

    def study(
        self, clause: Clause, life: Lifetime | None = None, model: Mention | None = None, compound: Mention | None = None
    ) -> StudyDraft | None:
        """The experiment that the sentence, or one figure of it, belongs to; None where the text does not tell.

        ``model`` and ``compound`` are those that the row of a table names.
        """
        named = (model,) if model else self.models(clause)
        model = model or self._model
        if len({m.key for m in named}) > 1:
            model = self._nearest(clause, named, life)
            if model is None:
                return None
        clinical = bool(self._human) and not named
        model = None if clinical else model or self._block_model(clause) or self._sole_model(clause)
        if model and not named and self._grows_elsewhere(clause, model):
            model = None
        here = self.substances.within(*self.page.block(clause))
        compound = compound or self._compound or self._sole_compound(here) or self._sole_compound(self.substances.mentions)
        if compound and not named and not clinical and not within(self.subjects.models, *self.page.block(clause)):
            model = self._own_models.get(compound.key, model)
        if compound is None and model is None and not (clinical and self.substances.mentions):
            return None
        self.current = self._open(clause, compound, model, clinical)
        self._describe(clause, self.current)
        return self.current

    def _open(self, clause: Clause, compound: Mention | None, model: Mention | None, clinical: bool) -> StudyDraft:
        """The draft of this series and model; another compound in another paragraph is another experiment."""
        key = (self._series, model.key if model else "patients" if clinical else self._animals(clause))
        if not model and not clinical and key not in self._opened and (unsaid := self._opened.pop((self._series, ""), None)):
            self._opened[key] = unsaid  # whose animals are told only now
        drafts = self._opened.setdefault(key, [])
        here = {m.key for m in self.compounds(clause)} or ({compound.key} if compound else set())
        for draft in reversed(drafts):
            known = self._compounds[id(draft)]
            if not here or not known or here & known or self._blocks[id(draft)] == clause.block:
                known |= here
                draft.compound = draft.compound or compound
                self._blocks[id(draft)] = clause.block
                return draft
        draft = StudyDraft(compound, model, clinical=clinical)
        if general := next((d for d in self._opened.get((self._series, self._animal), []) if self._compounds[id(d)] & here), None):
            draft.arms = [arm.blank() for arm in general.arms]
        drafts.append(draft)
        self.studies.append(draft)
        self._compounds[id(draft)], self._blocks[id(draft)] = set(here), clause.block
        return draft

    def _animals(self, clause: Clause) -> str:
        """The one species of animals that the paragraph is on, or else that of the last experiment without a model."""
        here = tuple(m for m in within(self.subjects.species, *self.page.block(clause)) if m.key != "human")
        self._animal = here[0].key if here and only(here) else self._animal
        return self._animal

    def _sole_compound(self, mentions: tuple[Mention, ...]) -> Mention | None:
        """The one compound that mentions name, beside its counterparts for imaging."""
        return only(mentions) or only(tuple(m for m in mentions if not self.substances.is_for_imaging(m.key)))

    def _is_twin(self, compound: Mention) -> bool:
        """Whether a compound serves imaging beside one that does not, of which a paragraph on uptake goes on to tell."""
        is_for_imaging = self.substances.is_for_imaging
        return self._compound is not None and is_for_imaging(compound.key) and not is_for_imaging(self._compound.key)

    def _only_images(self, compound: Mention) -> bool:
        """Whether another compound is spoken of, and this one is named as what is imaged with: "selected by PET with ABC-124"."""
        other = self._compound is not None and self._compound.key != compound.key
        return other and _IMAGED_WITH.search(self.page.text, max(0, compound.start - 40), compound.start) is not None

    def _grows_elsewhere(self, clause: Clause, model: Mention) -> bool:
        """Whether the sentence speaks of another species than all sentences that name the model."""
        here = {m.key for m in within(self.subjects.species, clause.start, clause.end)}
        holders = [self.page.clause_at(m.start) for m in self.subjects.models if m.key == model.key]
        there = {m.key for c in holders for m in within(self.subjects.species, c.start, c.end)}
        return bool(here and there) and not here & there

    def _nearest(self, clause: Clause, models: tuple[Mention, ...], life: Lifetime | None) -> Mention | None:
        if life is None:
            return None
        for pattern in _CUTS:
            cuts = [clause.start + m.start() for m in pattern.finditer(clause.text)]
            first = max((cut for cut in cuts if cut < life.start), default=clause.start)
            last = min((cut for cut in cuts if cut > life.end), default=clause.end)
            if found := only(tuple(m for m in models if first <= m.start < last)):
                return found
        return None

    def _block_model(self, clause: Clause) -> Mention | None:
        """The one model that the paragraph names, also where it comes later."""
        return only(within(self.subjects.models, *self.page.block(clause)))

    def _sole_model(self, clause: Clause) -> Mention | None:
        """The one model of the document, unless a later paragraph with results of its own brings it in."""
        sole = only(self.subjects.models)
        if sole and sole.start > clause.end and self.page.clause_at(sole.start).block in self.reporting:
            return None
        return sole

    def _describe(self, clause: Clause, study: StudyDraft) -> None:
        """Fills disease and species from the sentence, then from its paragraph, then from the document where it knows but one."""
        study.species = study.species or self._species(clause, study)
        study.disease = study.disease or self._diseases.of(clause, study, self.studies)

    def _species(self, clause: Clause, study: StudyDraft) -> Mention | None:
        own = [m for m in self.subjects.models if study.model and m.key == study.model.key]
        holders = [(c.start, c.end) for c in (self.page.clause_at(m.start) for m in own)]
        for start, end in ((clause.start, clause.end), self.page.block(clause), *holders, (0, len(self.page.text))):
            here = within(self.subjects.species, start, end)
            if study.model or study.clinical:
                here = tuple(m for m in here if (m.key == "human") == study.clinical)
            if here and (found := only(here)):
                return found
        return None


def _place(match: re.Match[str]) -> str:
    """The number of a study, however it is written."""
    return _PLACES.get(match["place"].casefold(), match["place"].casefold())
