"""Puts the studies of a document together, sentence by sentence: a sentence goes on with the study of its paragraph."""

from __future__ import annotations

import re

from assistant.studies.extraction.designators import DIVIDER, Designator, designators
from assistant.studies.extraction.drafts import ArmDraft, StudyDraft
from assistant.studies.extraction.endpoints import Lifetime, last_statistic, lifetimes
from assistant.studies.extraction.matching import match
from assistant.studies.extraction.mentions import Clause, Mention, Page
from assistant.studies.extraction.regimens import schedules, traits
from assistant.studies.extraction.subjects import Subjects
from assistant.studies.extraction.substances import Substances
from assistant.studies.facts import Note, Statistic
from assistant.values import Span

_NEXT_STUDY = re.compile(
    r"\b(?:second|third|fourth|another|separate|further|subsequent|additional|other|follow-up)\s+(?:\w+\s+)?(?:study|experiment|trial)\b"
    r"|\b(?:study|experiment|trial)\s+(?:[2-9]|II|III|B|C)\b",
    re.IGNORECASE,
)
_DESIGN = re.compile(
    r"\b(?:receiv\w+|treated|randomi[sz]ed|assigned|allocated|given|administered|injected|dosed|groups?|arms?|cohorts?|assess\w+|evaluat\w+|compar\w+|enrolled)\b",
    re.IGNORECASE,
)
_NO_DESIGN = re.compile(
    r"\b(?:imag\w+|biodistribution|dosimetr\w+|SPECT\w*|PET\w*|toxicit\w+|tolerat\w+|MTD|dose-limiting|uptake|pharmacokinetic\w*|absorbed|will|would|could|may|plan(?:s|ned)?|expect\w*|previous\w*|histor\w+)\b",
    re.IGNORECASE,
)
_BURDEN = re.compile(
    r"\b(?:(?:initial|baseline|starting|pre-?treatment)\s+(?:disease|tumou?r)\s+(?:burdens?|volumes?|sizes?|loads?)|(?:disease|tumou?r)\s+(?:burdens?|volumes?|sizes?|loads?)\s+(?:at|before|prior\s+to)\s+"
    r"(?:baseline|start|the\s+start|treatment|enrol\w+|randomi[sz]ation|dosing|therapy|day\s+0|study\s+entry))",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:nearly|almost|about|approximately|roughly|more\s+than|over|up\s+to)?\s*(?:double|twice|triple|half|larger|greater|higher|bigger|smaller|lower|less|more|exceed\w*|\d+(?:\.\d+)?(?:-fold|\s+times|x|%)|threefold|twofold)\b",
    re.IGNORECASE,
)
_CLINICAL = frozenset({"human"})


class Assembly:
    """Reads one document. ``studies`` holds the drafts in the order in which they were opened."""

    def __init__(self, document_id: str, page: Page) -> None:
        self._document = document_id
        self._page = page
        self.subjects = Subjects(page)
        self.substances = Substances(page, frozenset(m.key for m in self.subjects.models))
        self.studies: list[StudyDraft] = []
        self._study: StudyDraft | None = None
        self._compound: Mention | None = None
        self._model: Mention | None = None
        self._species: Mention | None = None
        self._series = 0
        self._keys: dict[tuple[int, str, str], StudyDraft] = {}
        self._statistic: Statistic | str | None = "no"
        self._latest: ArmDraft | None = None

    def read(self) -> list[StudyDraft]:
        """The drafts of all studies of the document."""
        blocks_with_figures = {c.block for c in self._page.clauses if c.kind != "row" and lifetimes(c)}
        previous: Clause | None = None
        for clause in self._page.clauses:
            if clause.kind == "row":
                continue
            if previous is None or clause.block != previous.block:
                self._latest = None
            self._follow(clause)
            self._read(clause, clause.block in blocks_with_figures)
            previous = clause
        return self.studies

    def _follow(self, clause: Clause) -> None:
        """Moves the context on to what the sentence names."""
        compounds = self.substances.within(clause.start, clause.end)
        models = self.subjects.within(self.subjects.models, clause.start, clause.end)
        species = [m for m in self.subjects.within(self.subjects.species, clause.start, clause.end)]
        if _NEXT_STUDY.search(clause.text):
            self._series += 1
            self._compound = self._model = None
        if species:
            to_clinic = all(m.name == "human" for m in species)
            if self._species and to_clinic != (self._species.name == "human"):
                self._model = None
            self._species = species[0]
        if len({m.key for m in compounds}) == 1:
            self._compound = compounds[0]
        if len({m.key for m in models}) == 1:
            self._model = models[0]

    def _read(self, clause: Clause, figures_near: bool) -> None:
        statistic = self._statistic
        lives = lifetimes(clause, statistic)  # type: ignore[arg-type]
        self._statistic = last_statistic(clause) if last_statistic(clause) != "no" else (statistic if lives else "no")
        compounds = self.substances.within(clause.start, clause.end)
        models = self.subjects.within(self.subjects.models, clause.start, clause.end)
        named, counted = designators(clause, traits(clause, compounds, models), lives)
        named = [d for d in named if not ((c := d.first("control")) and c.name == "historic")]
        if not lives:
            self._design(clause, named, figures_near)
            return
        pairs, loose = match(clause, lives, named)
        for life, designator in pairs:
            study = self._study_of(clause, designator, life)
            if study is None:
                continue
            arm = study.arm(designator)
            if arm:
                self._give(arm, life, designator)
                if trait := counted.get(life.start):
                    arm.take([trait])
        used = [d for _, d in pairs]
        self._loose(clause, loose, [d for d in named if not any(d is u for u in used)], pairs)
        self._remember(clause, [d for d in named if d.strong])

    def _give(self, arm: ArmDraft, life: Lifetime, designator: Designator | None) -> None:
        """The first figure that is read for an arm stands; a bound is a remark."""
        if life.bound:
            arm.notes.append(Note(kind="survival", text=self._page.raw[life.start : life.end], span=self._span(life.start, life.end)))
            return
        if arm.life is None:
            arm.life = life
            if designator:
                arm.naming = {trait.kind: trait for trait in reversed(designator.traits)}
                arm.traits |= {kind: trait for kind, trait in arm.naming.items() if kind != "control" or trait.name}
        self._latest = arm

    def _study_of(self, clause: Clause, designator: Designator | None, life: Lifetime | None) -> StudyDraft | None:
        compound, model = self._compound, self._model
        trait = designator.first("compound") if designator else None
        if trait:
            compound = Mention(trait.start, trait.end, trait.text, trait.name)
        models = self.subjects.within(self.subjects.models, clause.start, clause.end)
        if len({m.key for m in models}) > 1:
            model = self._nearest_model(clause, models, life)
            if model is None:
                return None
        compound = compound or _only(self.substances.mentions)
        clinical = self._species is not None and self._species.name == "human"
        if not clinical:
            model = model or self._ahead(clause) or _only(self.subjects.models)
        else:
            model = None
        if compound is None and model is None:
            return None
        key = (self._series, compound.key if compound else "", model.key if model else "clinic" if clinical else "")
        if key not in self._keys:
            self._keys[key] = StudyDraft(compound, model)
            self.studies.append(self._keys[key])
        self._study = self._keys[key]
        self._describe(clause, self._study)
        return self._study

    def _nearest_model(self, clause: Clause, models: tuple[Mention, ...], life: Lifetime | None) -> Mention | None:
        if life is None:
            return None
        cuts = [m.start() for m in re.finditer(r"[,;]|\b(?:and|while|whereas|versus|vs)\b", clause.text)]
        first = max((clause.start + c for c in cuts if clause.start + c < life.start), default=clause.start)
        last = min((clause.start + c for c in cuts if clause.start + c > life.end), default=clause.end)
        inside = [m for m in models if first <= m.start < last]
        return inside[0] if len({m.key for m in inside}) == 1 else None

    def _ahead(self, clause: Clause) -> Mention | None:
        """The one model that the paragraph names, also where it comes later."""
        block = [c for c in self._page.clauses if c.block == clause.block]
        return _only(self.subjects.within(self.subjects.models, block[0].start, block[-1].end))

    def _describe(self, clause: Clause, study: StudyDraft) -> None:
        """Fills disease and species from the sentence, then from its paragraph."""
        if study.species is None:
            study.species = self._species_for(clause, study)
        if study.disease is None:
            study.disease = self._disease_for(clause, study)

    def _species_for(self, clause: Clause, study: StudyDraft) -> Mention | None:
        block = [c for c in self._page.clauses if c.block == clause.block]
        for start, end in ((clause.start, clause.end), (block[0].start, block[-1].end), (0, len(self._page.text))):
            here = self.subjects.within(self.subjects.species, start, end)
            if study.model:
                here = tuple(m for m in here if m.key not in _CLINICAL)
            if here and len({m.key for m in here}) == 1:
                return here[0]
        return None

    def _disease_for(self, clause: Clause, study: StudyDraft) -> Mention | None:
        """The disease named nearest to the model; without a model, the one of the sentence or its paragraph."""
        block = [c for c in self._page.clauses if c.block == clause.block]
        if study.model:
            places = [
                c
                for c in self._page.clauses
                for m in self.subjects.within(self.subjects.models, c.start, c.end)
                if m.key == study.model.key
            ]
            for place in [clause, *block, *places]:
                mentions = [m for m in self.subjects.within(self.subjects.models, place.start, place.end) if m.key == study.model.key]
                here = self.subjects.within(self.subjects.diseases, place.start, place.end)
                if mentions and here:
                    return min(here, key=lambda d: min(_distance(d, m) for m in mentions))
        for start, end in ((clause.start, clause.end), (block[0].start, block[-1].end)):
            here = self.subjects.within(self.subjects.diseases, start, end)
            if here and (len({m.key for m in here}) == 1 or not study.model):
                return here[0]
        return None

    def _design(self, clause: Clause, named: list[Designator], figures_near: bool) -> None:
        """A sentence without survival may tell which arms there were, and remark on them."""
        if not named or _NO_DESIGN.search(clause.text) or not _DESIGN.search(clause.text):
            return
        if len({m.key for m in self.substances.within(clause.start, clause.end)}) > 1 and not all(
            d.first("compound") or d.first("control") for d in named
        ):
            return
        models = self.subjects.within(self.subjects.models, clause.start, clause.end)
        if not (figures_near or models) or len({m.key for m in models}) > 1:
            return
        self._remember(clause, named)

    def _remember(self, clause: Clause, named: list[Designator]) -> None:
        """Keeps the arms that a sentence names beside those with figures, and its remarks on schedule and burden."""
        for designator in named:
            study = self._study_of(clause, designator, None) if self._model or self._compound else self._study
            if study is None:
                continue
            if not designator.strong:
                study.design.take(t for t in designator.traits if t.kind == "n" and t.each)
                continue
            arm = study.arm(designator)
            if arm:
                self._schedule(clause, designator, arm)
                self._burden(clause, designator, arm, named)

    def _schedule(self, clause: Clause, designator: Designator, arm: ArmDraft) -> None:
        doses = designator.first("doses")
        if doses is None or doses.number < 2:
            return
        for start, end in schedules(clause):
            gap = clause.between(designator.end, start) if start >= designator.end else ""
            if (
                not DIVIDER.search(gap)
                and len(gap) < 40
                and not re.search(r"\d", gap)
                and not any(note.kind == "schedule" for note in arm.notes)
            ):
                arm.notes.append(Note(kind="schedule", text=self._page.raw[start:end], span=self._span(start, end)))

    def _burden(self, clause: Clause, designator: Designator, arm: ArmDraft, named: list[Designator]) -> None:
        """A remark that an arm began with more or less disease belongs to the arm that is its subject."""
        burden = next(clause.find(_BURDEN), None)
        if burden is None or designator is not max((d for d in named if d.end <= burden.start()), key=lambda d: d.end, default=None):
            return
        more = [m for m in clause.find(_MORE) if m.end() <= burden.start() and m.start() >= designator.end] or [
            m for m in clause.find(_MORE) if m.start() >= burden.end()
        ]
        if not more:
            return
        start = min(more[0].start() + len(more[0].group()) - len(more[0].group().lstrip()), burden.start())
        stop = re.compile(r",\s*(?:which|who|and|but|with)\b|;|\.$").search(self._page.text, max(burden.end(), more[0].end()), clause.end)
        end = stop.start() if stop else clause.end
        arm.notes.append(Note(kind="burden", text=self._page.raw[start:end], span=self._span(start, end)))

    def _loose(self, clause: Clause, lives: list[Lifetime], named: list[Designator], pairs: list[tuple[Lifetime, Designator]]) -> None:
        """Figures that no designator of the sentence claims go to arms that are already known, where just one reading is left."""
        if not lives or any(d.strong for d in named):
            return
        study = self._study if self._study and pairs else self._study_of(clause, None, lives[0])
        if study is None:
            return
        for arm, life in self._read_loose(clause, lives, study, pairs):
            self._give(arm, life, None)

    def _read_loose(
        self, clause: Clause, lives: list[Lifetime], study: StudyDraft, pairs: list[tuple[Lifetime, Designator]]
    ) -> list[tuple[ArmDraft, Lifetime]]:
        free = [arm for arm in study.arms if arm.life is None]
        if len(lives) == 1 and pairs:
            other = [arm for arm in study.arms if arm.life is not None and any(arm.life is life for life, _ in pairs)]
            sides = study.treated if other and other[0].control else study.controls
            return [(sides[0], lives[0])] if len(sides) == 1 and len(other) == 1 and sides[0].life is None else []
        if len(lives) == 1 and not DIVIDER.search(clause.text):
            return [(free[0], lives[0])] if len(study.arms) == 1 and free else []
        if len(lives) == len(study.arms) == len(free):
            compared = len(lives) == 2 and DIVIDER.search(clause.between(lives[0].end, lives[1].start))
            if lives[0].side == "from":
                ordered = [*study.controls, *study.treated]
            elif compared and "respectively" not in clause.text:
                ordered = [*study.treated, *study.controls]
            elif "respectively" in clause.text:
                ordered = study.arms
            else:
                return []
            if len(study.controls) == 1 or "respectively" in clause.text:
                return list(zip(ordered, lives, strict=True))
        return []

    def _span(self, start: int, end: int) -> Span:
        return Span(document=self._document, start=start, end=end)


def _only(mentions: tuple[Mention, ...]) -> Mention | None:
    """The one thing that all mentions name."""
    return mentions[0] if mentions and len({m.key for m in mentions}) == 1 else None


def _distance(one: Mention, other: Mention) -> int:
    return max(one.start - other.end, other.start - one.end, 0)
