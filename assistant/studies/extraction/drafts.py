"""Studies and arms while they are being put together from several sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from assistant.studies.extraction.activities import becquerels
from assistant.studies.extraction.comparators import COMBINATION
from assistant.studies.extraction.endpoints import Lifetime
from assistant.studies.extraction.groups import FORMER, ORDINAL, REFERRING, REPEATED, TREATED
from assistant.studies.extraction.headcounts import FURTHER, HEADS
from assistant.studies.extraction.mentions import Mention
from assistant.studies.extraction.stretches import Designator
from assistant.studies.extraction.traits import Attribute, Trait
from assistant.studies.facts import Note

_COMPARED: tuple[Attribute, ...] = ("doses", "activity", "group", "drug", "control", "days", "compound")
_REGIMEN: tuple[Attribute, ...] = ("doses", "activity", "days")
_LEVELS = {"low-dose": 0, "high-dose": -1}


@dataclass(slots=True, eq=False)
class ArmDraft:
    """One arm: the first trait of each kind that was read, and the words that named it where its survival stands."""

    traits: dict[Attribute, Trait] = field(default_factory=dict)
    naming: dict[Attribute, Trait] = field(default_factory=dict)
    life: Lifetime | None = None
    notes: list[Note] = field(default_factory=list)
    label: Trait | None = None

    @property
    def control(self) -> bool:
        """Whether the arm is a control."""
        return "control" in self.traits

    @property
    def compound(self) -> str | None:
        """The key of the compound that was given."""
        return self.traits["compound"].name if "compound" in self.traits else None

    def take(self, traits: Iterable[Trait]) -> None:
        """Adds what is not known yet; a specific control word ("vehicle") replaces the general one."""
        for trait in traits:
            known = self.traits.get(trait.kind)
            if known is None or (trait.kind == "control" and trait.name and not known.name):
                self.traits[trait.kind] = trait

    def blank(self) -> ArmDraft:
        """The same arm without results: what was planned for several models."""
        return ArmDraft(traits=dict(self.traits))

    def is_another(self, designator: Designator, life: Lifetime | None, listed: bool) -> bool:
        """Whether a designator with a survival of its own, or in one list with this arm, means another: "2 x 1 MBq" beside "1 MBq"."""
        alive = self.life is not None and life is not None and self.life.value != life.value
        if not alive and not listed:
            return False
        return self.kinds != kinds_of(designator)

    @property
    def reference(self) -> bool:
        """Whether the arm got nothing radioactive: a control, or another treatment alone."""
        drug = self.traits.get("drug")
        return self.control or (drug is not None and not drug.each and not self.traits.keys() & {"activity", "compound"})

    @property
    def several(self) -> bool:
        """Whether more than one dose was given."""
        doses, days = self.traits.get("doses"), self.traits.get("days")
        return doses.number > 1 if doses else days is not None and len(days.days) > 1

    @property
    def apart(self) -> bool:
        """Whether it was added beside the arms told of before."""
        return "n" in self.traits and self.traits["n"].name == FURTHER

    @property
    def kinds(self) -> set[Attribute]:
        """Which of the traits that tell treated arms apart are known."""
        return {kind for kind in _REGIMEN if kind in self.traits}

    def _got(self, drug: Trait | None) -> bool:
        """Whether the arm is the control that got another treatment, which a text calls by either name."""
        mine = self.traits.get("drug")
        return bool(mine and drug and not mine.each and not drug.each and mine.name == drug.name)

    def _other_heads(self, n: Trait) -> bool:
        """Whether another number of animals was counted for the arm: "six cats had the same dose" are not the ten told of before."""
        mine = self.traits["n"]
        return mine.name == n.name == HEADS and mine.number != n.number and not mine.each and not n.each

    def agrees(self, designator: Designator) -> int:
        """How many defining traits are shared; -1 where one contradicts another."""
        mine, other = self.traits.get("group"), designator.first("group")
        if mine and other and mine.name == other.name:
            return len(_COMPARED)
        n = designator.first("n")
        if n and self.traits.get("n", n) != n and (n.name == FURTHER or self._other_heads(n)):
            return -1
        if self.control != (designator.first("control") is not None) and not self._got(designator.first("drug")):
            return -1
        shared = 0
        for kind in _COMPARED:
            mine, other = self.traits.get(kind), designator.control if kind == "control" else designator.first(kind)
            if kind == "doses":
                mine, other = mine or counted(self.traits.get("days")), other or counted(designator.first("days"))
            if kind == "drug" and (mine is not None, mine and mine.each) != (other is not None, other and other.each):
                return -1
            if mine is None or other is None:
                continue
            if not same(mine, other):
                return -1
            shared += kind != "compound"
        return shared


def counted(days: Trait | None) -> Trait | None:
    """The number of doses that a list of days tells; a single day may be but the first."""
    return replace(days, kind="doses", number=len(days.days)) if days and len(days.days) > 1 else None


def _only_refers(designator: Designator) -> bool:
    """Whether a designator names nothing but a place or that something was repeated: it makes no arm without a result."""
    telling = [t for t in designator.traits if t.kind not in ("compound", "n") or t.name == FURTHER]
    return all(t.kind == "group" and (t.name == REPEATED or ORDINAL.match(t.text) is not None) for t in telling)


def kinds_of(designator: Designator) -> set[Attribute]:
    """Which of the traits that tell treated arms apart a designator names."""
    return {kind for kind in _REGIMEN if designator.first(kind)}


def same(mine: Trait, other: Trait) -> bool:
    """Whether two traits of one kind say the same."""
    if mine.kind == "control":
        return mine.name.startswith(other.name) or other.name.startswith(mine.name)
    if mine.kind == "drug" and COMBINATION in (mine.name, other.name):
        return mine.each and other.each
    if mine.kind == "doses":
        return mine.number == other.number
    if mine.kind == "days":
        return mine.days == other.days
    if mine.activity and other.activity:
        one, two = becquerels(mine.activity), becquerels(other.activity)
        return mine.activity.per == other.activity.per and abs(one - two) <= 0.02 * one
    return mine.name == other.name


@dataclass(slots=True, eq=False)
class StudyDraft:
    """One experiment: what was given to whom, and its arms so far.

    ``design`` holds what is said of all its arms, ``tested`` where a p-value is stated for their survival.
    """

    compound: Mention | None
    model: Mention | None
    disease: Mention | None = None
    species: Mention | None = None
    clinical: bool = False
    arms: list[ArmDraft] = field(default_factory=list)
    design: ArmDraft = field(default_factory=ArmDraft)
    total: Trait | None = None
    tested: Mention | None = None
    listed: list[ArmDraft] = field(default_factory=list)
    limits: list[tuple[tuple[str, ...], list[Trait]]] = field(default_factory=list)

    @property
    def treated(self) -> list[ArmDraft]:
        """The arms that are no controls."""
        return [arm for arm in self.arms if not arm.control]

    @property
    def controls(self) -> list[ArmDraft]:
        """The control arms."""
        return [arm for arm in self.arms if arm.control]

    def arm(
        self, designator: Designator, life: Lifetime | None = None, beside: Sequence[ArmDraft] = (), *, replaces: bool = False
    ) -> ArmDraft | None:
        """The arm that a designator names, made when it is new; None where it is not clear which one is meant.

        With another survival than ``life`` an arm is only meant when the designator says no more and no less than is known of it,
        unless the figure ``replaces`` that survival; so are the arms ``beside`` it, which the same sentence lists.
        """
        if not designator.strong:
            return self._implied(designator, life)
        if (group := designator.first("group")) and group.name in REFERRING:
            return self._referred(group.name, designator)
        fitting = self.fitting(designator, None if replaces else life, beside)
        if len(fitting) > 1:
            return None
        if fitting:
            fitting[0].take(t for t in designator.traits if t.kind != "compound" or not fitting[0].reference)
            return fitting[0]
        placed = self._in_place(designator) if life else None
        return placed or (None if life is None and _only_refers(designator) else self._made(designator))

    def fitting(self, designator: Designator, life: Lifetime | None, beside: Sequence[ArmDraft] = ()) -> list[ArmDraft]:
        """The arms that a designator may mean; several where it does not tell which."""
        rated = [(arm.agrees(designator), arm) for arm in self.arms if not arm.is_another(designator, life, arm in beside)]
        best = max((score for score, _ in rated), default=-1)
        fitting = [arm for score, arm in rated if score == best and best > 0]
        if not fitting and (level := self._level(designator) or self._repeated(designator)):
            return [level]
        if not fitting and (control := designator.control) and not control.name and not self.controls:
            return [arm for arm in self.arms if arm.reference][:2]
        alike = [arm for arm in fitting if arm.kinds == kinds_of(designator)]
        single = [] if kinds_of(designator) != {"activity"} else [arm for arm in fitting if not arm.several]
        return next((one for one in (alike, single) if len(fitting) > 1 and len(one) == 1), fitting)

    def _referred(self, name: str, designator: Designator) -> ArmDraft | None:
        """The arm that "the former", "the latter" or "treated mice" means, where that is but one."""
        meant = (
            [arm for arm in self.treated if "drug" not in arm.traits or arm.traits["drug"].each]
            if name == TREATED
            else self.listed[:1]
            if name == FORMER
            else self.listed[1:]
        )
        if len(meant) != 1 or (name != TREATED and len(self.listed) != 2):
            return None
        meant[0].take(t for t in designator.traits if t.kind != "group")
        return meant[0]

    def _in_place(self, designator: Designator) -> ArmDraft | None:
        """ "Cats of the first group" are those told of first, where no group was numbered."""
        group = designator.first("group")
        if group is None or kinds_of(designator) or not ORDINAL.match(group.text):
            return None
        told = [arm for arm in self.arms if arm.control or arm.kinds]
        for number, arm in enumerate(told, 1):
            if (known := arm.traits.get("group")) and known.name[-1].isdigit() and known.name[-1] != str(number):
                return None
        place = int(group.name.rpartition(" ")[2]) - 1
        return told[place] if place < len(told) and len(told) > 1 else None

    def _made(self, designator: Designator) -> ArmDraft:
        made = ArmDraft()
        made.take(designator.traits)
        self.arms.append(made)
        return made

    def _level(self, designator: Designator) -> ArmDraft | None:
        """ "The high-dose group" is the arm with the most activity, where the arms were told apart by activity."""
        group = designator.first("group")
        place = _LEVELS.get(group.name) if group else None
        rated = [(becquerels(a), arm) for arm in self.treated if (t := arm.traits.get("activity")) and (a := t.activity)]
        if place is None or designator.first("activity") or len({amount for amount, _ in rated}) != len(rated) or len(rated) < 2:
            return None
        arm = sorted(rated, key=lambda pair: pair[0])[place][1]
        return arm if group and arm.traits.get("group", group).name == group.name else None

    def _repeated(self, designator: Designator) -> ArmDraft | None:
        """ "The repeat-dose group" is the one arm that was given several doses."""
        group = designator.first("group")
        several = [arm for arm in self.treated if arm.several]
        if group is None or group.name != REPEATED or len(several) != 1:
            return None
        return several[0] if not kinds_of(designator) else None

    def _implied(self, designator: Designator, life: Lifetime | None) -> ArmDraft | None:
        """An arm that is named by its compound or its animals alone: the only treated one that it can be."""
        compound = designator.first("compound")
        given = [arm for arm in self.treated if not arm.reference and (compound is None or arm.compound in (None, compound.name))]
        arms = [arm for arm in given if "drug" not in arm.traits] or given
        if len(arms) == 1 and life and arms[0].life and arms[0].life.value != life.value:
            return None
        if len(arms) == 1:
            arms[0].take(designator.traits)
            return arms[0]
        if arms or compound is None:
            return None
        return self._made(designator)
