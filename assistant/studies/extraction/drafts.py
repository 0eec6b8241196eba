"""Studies and arms while they are being put together from several sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from assistant.studies.extraction.designators import Designator
from assistant.studies.extraction.endpoints import Lifetime
from assistant.studies.extraction.mentions import Mention
from assistant.studies.extraction.regimens import Attribute, Trait
from assistant.studies.facts import Note

_COMPARED: tuple[Attribute, ...] = ("doses", "activity", "group", "drug", "control")


@dataclass(slots=True)
class ArmDraft:
    """One arm: the first trait of each kind that was read, and the words that named it where its survival stands."""

    traits: dict[Attribute, Trait] = field(default_factory=dict)
    naming: dict[Attribute, Trait] = field(default_factory=dict)
    life: Lifetime | None = None
    notes: list[Note] = field(default_factory=list)

    @property
    def control(self) -> bool:
        """Whether the arm is a control."""
        return "control" in self.traits

    def take(self, traits: Iterable[Trait]) -> None:
        """Adds what is not known yet; a specific control word ("vehicle") replaces the general one."""
        for trait in traits:
            known = self.traits.get(trait.kind)
            if known is None or (trait.kind == "control" and trait.name and not known.name):
                self.traits[trait.kind] = trait

    def agrees(self, designator: Designator) -> int:
        """How many defining traits are shared; -1 where one contradicts another."""
        if self.control != (designator.first("control") is not None):
            return -1
        shared = 0
        for kind in _COMPARED:
            mine, other = self.traits.get(kind), designator.first(kind)
            if kind == "drug" and (mine is None) != (other is None):
                return -1
            if mine is None or other is None:
                continue
            if not _same(mine, other):
                return -1
            shared += 1
        return shared


def _same(mine: Trait, other: Trait) -> bool:
    if mine.kind == "control":
        return not mine.name or not other.name or mine.name == other.name
    if mine.kind == "doses":
        return mine.number == other.number
    if mine.kind == "activity" and mine.activity and other.activity:
        return mine.activity.model_copy(update={"approximate": False}) == other.activity.model_copy(update={"approximate": False})
    return mine.name == other.name


@dataclass(slots=True)
class StudyDraft:
    """One experiment: what was given to whom, and its arms so far. ``design`` holds what is said of all its arms."""

    compound: Mention | None
    model: Mention | None
    disease: Mention | None = None
    species: Mention | None = None
    arms: list[ArmDraft] = field(default_factory=list)
    design: ArmDraft = field(default_factory=ArmDraft)

    @property
    def treated(self) -> list[ArmDraft]:
        """The arms that are no controls."""
        return [arm for arm in self.arms if not arm.control]

    @property
    def controls(self) -> list[ArmDraft]:
        """The control arms."""
        return [arm for arm in self.arms if arm.control]

    def arm(self, designator: Designator, create: bool = True) -> ArmDraft | None:
        """The arm that a designator names, made when it is new; None where it is not clear which one is meant."""
        if not designator.strong:
            return self._implied(designator, create)
        rated = [(arm.agrees(designator), arm) for arm in self.arms]
        best = max((score for score, _ in rated), default=-1)
        fitting = [arm for score, arm in rated if score == best and best > 0]
        if len(fitting) == 1:
            fitting[0].take(designator.traits)
            return fitting[0]
        if fitting and not designator.first("control"):
            return None
        if fitting or not create:
            return None
        made = ArmDraft()
        made.take(designator.traits)
        self.arms.append(made)
        return made

    def _implied(self, designator: Designator, create: bool) -> ArmDraft | None:
        """An arm that is named by its compound or its animals alone: the only treated one, if there is just one."""
        arms = self.treated
        if len(arms) == 1:
            arms[0].take(designator.traits)
            return arms[0]
        if arms or not create or not (designator.first("compound") or designator.first("n")):
            return None
        made = ArmDraft()
        made.take(designator.traits)
        self.arms.append(made)
        return made
