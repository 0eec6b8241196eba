"""Puts the studies of a document together, sentence by sentence and table by table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from assistant.studies.extraction.context import Context
from assistant.studies.extraction.design import carry_compounds, conceded, planned, title, told_of_all, told_of_design
from assistant.studies.extraction.designators import designators
from assistant.studies.extraction.drafts import ArmDraft, StudyDraft
from assistant.studies.extraction.endpoints import Lifetime, lifetimes
from assistant.studies.extraction.groups import group_range
from assistant.studies.extraction.heads import last_statistic
from assistant.studies.extraction.lengths import replaces
from assistant.studies.extraction.matching import Match, match
from assistant.studies.extraction.mentions import Clause, Mention, Page, only, within
from assistant.studies.extraction.references import resolved
from assistant.studies.extraction.regimens import traits
from assistant.studies.extraction.remarks import burden, schedule
from assistant.studies.extraction.retold import same_length, told_again
from assistant.studies.extraction.significance import note_tests
from assistant.studies.extraction.stretches import Designator
from assistant.studies.extraction.tables import Row, tables
from assistant.studies.extraction.threads import Thread
from assistant.studies.extraction.traits import Trait
from assistant.studies.extraction.unclaimed import remaining
from assistant.studies.facts import Note, Statistic
from assistant.values import Span

Amount = tuple[float, str]
# How many paragraphs before its results an experiment may be described.
_REACH = 4


class Assembly:
    """Reads one document."""

    def __init__(self, document_id: str, page: Page) -> None:
        self._document = document_id
        self._page = page
        self.context = Context(page)
        self._statistic: Statistic | Literal["no"] | None = "no"
        self._amounts: list[Trait] = []
        self._topic: tuple[int, Trait] | None = None
        self._thread = Thread()
        self._planned: list[tuple[set[Amount], Mention]] = []

    def read(self) -> list[StudyDraft]:
        """The drafts of all experiments of the document, in the order in which they are opened."""
        places = _places(self._page)
        figured = {places[c.block] for c in self._page.clauses if c.kind == "row" or c.block in self.context.reporting}
        reporting = {place + step for place in figured for step in range(-_REACH, 3)}
        grids = tables(self._page)
        mixed = [place for rows in grids.values() if (place := self._of_several(rows))]
        for clause in self._page.clauses:
            self.context.follow(clause, tells_compound=not any(start <= clause.start < end for start, end in mixed))
            if clause.kind != "row":
                self._read(clause, places[clause.block] in reporting)
            elif clause.start in grids:
                for row in grids[clause.start]:
                    self.context.meet(*row.place)
                model = self._model_of(grids[clause.start])
                for row in grids[clause.start]:
                    self._row(clause, row, model)
        note_tests(self._page, self.context.studies)
        return self.context.studies

    def _of_several(self, rows: list[Row]) -> tuple[int, int] | None:
        """Where a table stands whose rows are of several compounds, the last of which the text behind it need not go on with."""
        start, end = min(row.place[0] for row in rows), max(row.place[1] for row in rows)
        return None if len({m.key for m in self.context.substances.within(start, end)}) < 2 else (start, end)

    def _read(self, clause: Clause, reporting: bool) -> None:
        if not self._thread.follow(clause):
            return
        lives = lifetimes(clause, self._statistic, self._thread.unit)
        stated = last_statistic(clause) or (lives[-1].statistic if lives else None)
        self._statistic = stated if stated != "no" else self._statistic if lives else "no"
        found = resolved(traits(clause, self.context.compounds(clause), self.context.models(clause)), self._amounts)
        self._amounts = self._told_amounts(clause, found)
        named, counted = designators(clause, found, lives)
        if (model := self.context.model) and (given := set[Amount]().union(*map(_amounts, named))):
            self._planned.append((given, model))
        named = [d for d in named if not ((control := d.first("control")) and control.name == "historic")]
        titled = self._under_title(clause, named, bool(lives))
        if not lives:
            self._count_each(clause, found)
            if self._limits(clause, named, reporting) or self._tells_of_all(clause, named):
                return
            if self._tells_design(clause, named, reporting) or (titled and reporting and not planned(clause)):
                self._remember(clause, named)
            return
        pairs, loose = match(clause, lives, named)
        open_pairs = [pair for pair in pairs if not self._assign(clause, *pair, counted, ())]
        for life, designator in open_pairs:
            taken = [arm for study in self.context.studies for arm in study.arms if any(arm.life is named for named, _ in pairs)]
            self._assign(clause, life, designator, counted, taken)
        self._loose(clause, loose, named, pairs, counted)
        self._remember(clause, [d for d in named if not conceded(clause, d) or any(d is used for _, used in pairs)])

    def _assign(self, clause: Clause, life: Lifetime, designator: Designator, counted: dict[int, Trait], taken: Sequence[ArmDraft]) -> bool:
        """Gives a figure to the arm that its designator means; where several may be, to the one not ``taken`` by another figure."""
        study = self.context.study(clause, life)
        meant = self._with_compound(clause, designator, study) if study else designator
        arm = study.arm(meant, life, replaces=replaces(clause, life.start)) if study else None
        if arm is None and study and taken:
            left = [one for one in study.fitting(meant, life) if one not in taken and one.life is None]
            arm = left[0] if len(left) == 1 else None
        if arm:
            self._give(arm, life, designator, counted.get(life.start))
        return arm is not None

    def _under_title(self, clause: Clause, named: list[Designator], lives: bool) -> bool:
        """Whether the sentence is told of the group whose name stands before it as a title: "Cohort 1. 20 MBq, 4 patients."."""
        if topic := title(clause, named):
            self._topic = (clause.block, topic)
            return False
        if self._topic is None or self._topic[0] != clause.block or any(d.first("group") for d in named):
            return False
        strong = [d for d in named if d.strong]
        if len(strong) == 1:
            strong[0].traits.append(self._topic[1])
        elif lives and not strong:
            named.insert(0, Designator(clause.start, clause.start, [self._topic[1]]))
        return len(strong) < 2

    def _limits(self, clause: Clause, named: list[Designator], reporting: bool) -> bool:
        """Whether the sentence says something of a run of groups: "a single infusion in cohorts 1 to 4"."""
        run = group_range(clause)
        study = self.context.study(clause) if run and reporting else None
        if run is None or study is None:
            return False
        told = [t for d in named for t in d.traits if t.kind in ("doses", "activity", "days")]
        some = any(d.first("n") and not d.first("group") for d in named)  # "thirteen patients had a second dose": not all of the run
        if not some and len({t.kind for t in told}) == len(told):
            study.limits.append((run, told))
        return True

    def _tells_of_all(self, clause: Clause, named: list[Designator]) -> bool:
        """Whether the sentence says of all animals of a study whose arms are known how often and when they were given something."""
        told = told_of_all(clause, named)
        study = self.context.study(clause) if told else None
        if study is None or len(study.arms) < 2:
            return False
        study.design.take(told)
        return True

    def _count_each(self, clause: Clause, found: tuple[Trait, ...]) -> None:
        """A heading says how many there were in each arm: "Efficacy in mice (n = 9 per arm)"."""
        each = [t for t in found if t.kind == "n" and t.each]
        if clause.kind == "heading" and each and (study := self.context.study(clause)):
            study.design.take(each)

    def _told_amounts(self, clause: Clause, found: tuple[Trait, ...]) -> list[Trait]:
        """The activities that "the same dose" of a later sentence may mean: those of the last sentence on what was given."""
        told = [t for t in found if t.kind == "activity" and t.activity]
        return told if told and not planned(clause) else self._amounts

    def _with_compound(self, clause: Clause, designator: Designator, study: StudyDraft) -> Designator:
        """A treated arm got the one compound of its sentence, or else of its study, unless it says otherwise."""
        drug = designator.first("drug")
        if designator.first("compound") or designator.first("control") or (drug and not drug.each):
            return designator
        named = {m.key: m for m in self.context.compounds(clause)}
        given = [arm.traits["compound"] for arm in study.treated if "compound" in arm.traits]
        if len(named) == 1:
            (mention,) = named.values()
            trait = Trait("compound", mention.start, mention.end, mention.name, name=mention.key)
        elif not named and len({t.name for t in given}) == 1:
            trait = given[0]
        else:
            return designator
        return replace(designator, traits=[*designator.traits, trait])

    def _give(self, arm: ArmDraft, life: Lifetime, designator: Designator | None, counted: Trait | None) -> None:
        """The first figure that is read for an arm stands unless another replaces it; a bound (">120 days") is a remark."""
        if counted:
            arm.take([counted])
        if life.bound:
            span = Span(document=self._document, start=life.start, end=life.end)
            arm.notes.append(Note(kind="survival", text=self._page.raw[life.start : life.end], span=span))
        elif arm.life is None or self._replaces(arm.life, life):
            arm.life = life
            if designator:
                arm.naming = {trait.kind: trait for trait in reversed(designator.traits)}
                arm.traits |= {kind: trait for kind, trait in arm.naming.items() if kind != "control" or trait.name}

    def _replaces(self, known: Lifetime, life: Lifetime) -> bool:
        """Whether a figure corrects the one that is known, or is the same and says of what kind it is."""
        says_more = known.statistic is None and life.statistic is not None and same_length(known, life)
        return says_more or replaces(self._page.clause_at(life.start), life.start)

    def _tells_design(self, clause: Clause, named: list[Designator], reporting: bool) -> bool:
        """Whether a sentence without survival tells which arms there were, of one experiment with results or a named model."""
        compounds, models = {m.key for m in self.context.compounds(clause)}, {m.key for m in self.context.models(clause)}
        carry_compounds(clause, named)
        apart = all(d.first("compound") or d.first("control") or d.first("drug") for d in named if d.strong)
        single = (len(compounds) <= 1 or apart) and len(models) <= 1
        return told_of_design(clause, named) and single and (reporting or bool(models))

    def _remember(self, clause: Clause, named: list[Designator]) -> None:
        """Keeps the arms that a sentence names, and its remarks on schedule and burden."""
        listed: list[ArmDraft] = []
        study: StudyDraft | None = None
        for designator in named:
            study = self.context.study(clause)
            if study is None:
                return
            study.design.take(t for t in designator.traits if t.kind == "n" and t.each)
            if not designator.strong and (animals := designator.first("n")) and not animals.each:
                study.total = study.total or animals
            if not designator.strong and not (designator.first("compound") and designator.first("n")):
                continue
            arm = study.arm(self._with_compound(clause, designator, study), beside=listed)
            if arm:
                listed.append(arm)
                for note in (burden(self._document, clause, designator, named), schedule(self._document, clause, designator)):
                    if note and not any(known.kind == note.kind for known in arm.notes):
                        arm.notes.append(note)
        self._thread.tell(clause, listed)
        if study and len(listed) > 1:
            study.listed = listed

    def _loose(self, clause: Clause, lives: list[Lifetime], named: list[Designator], pairs: list[Match], counted: dict[int, Trait]) -> None:
        """Figures that no designator of the sentence claims go to arms that are already known, where just one reading is left."""
        told = self._thread.goes_on_with(clause)
        free = [d for d in named if d.strong and not any(d is used for _, used in pairs)]
        if not lives or (clause.kind == "item" and not named and not told) or any(clause.bracket_of(d.start) is None for d in free):
            return
        meant: dict[int, tuple[StudyDraft, list[Lifetime]]] = {}
        for life in lives:
            if study := self.context.study(clause, life):
                meant.setdefault(id(study), (study, []))[1].append(life)
        for study, group in meant.values():
            if told and len(group) == 1 and told[0] in study.arms:
                self._give(told[0], group[0], None, counted.get(group[0].start))
                continue
            for arm, life in remaining(clause, group, study, pairs):
                self._give(arm, life, None, counted.get(life.start))

    def _model_of(self, rows: list[Row]) -> Mention | None:
        """The model that a table without names of models tells of: that in which all its amounts were said to be given."""
        given = set[Amount]().union(*(_amounts(row.designator) for row in rows))
        return next((model for told, model in reversed(self._planned) if len(given) > 1 and given <= told), None)

    def _row(self, clause: Clause, row: Row, model: Mention | None) -> None:
        """One row of a table is one arm: the one of prose that it tells of again, or a new one."""
        compound = only(self.context.substances.within(*row.place)) if row.model else None
        study = self.context.study(clause, model=row.model or model, compound=compound)
        if study is None:
            return
        study.species = only(within(self.context.subjects.species, *row.place)) or study.species
        designator = self._with_compound(clause, self._named_in(row), study)
        arm = _same_row(study, row) or told_again(study, designator, row.life)
        if arm is None:
            arm = ArmDraft()
            study.arms.append(arm)
        arm.take(designator.traits)
        arm.label = row.label
        if row.life:
            self._give(arm, row.life, None, None)

    def _named_in(self, row: Row) -> Designator:
        """The designator of a row with the one compound that its cells name."""
        compound = only(self.context.substances.within(*row.place))
        if compound is None or row.designator.first("control"):
            return row.designator
        trait = Trait("compound", compound.start, compound.end, compound.name, name=compound.key)
        return replace(row.designator, traits=[*row.designator.traits, trait])


def _amounts(designator: Designator) -> set[Amount]:
    """The activities that an arm is said to get."""
    return {(t.activity.value, t.activity.measure) for t in designator.traits if t.activity}


def _places(page: Page) -> dict[int, int]:
    """The place of each block where a list counts as one paragraph."""
    places: dict[int, int] = {}
    place, before = 0, ""
    for clause in page.clauses:
        if clause.block not in places:
            place += not (clause.kind == before == "item")
            places[clause.block], before = place, clause.kind
    return places


def _same_row(study: StudyDraft, row: Row) -> ArmDraft | None:
    """The arm that a row of an earlier table bears the name of, where only one of the two tables gives its survival."""
    named = [arm for arm in study.arms if arm.label and arm.label.name == row.label.name]
    return named[0] if len(named) == 1 and not (named[0].life and row.life) else None
