"""Topic → the studies and arms that it means, and what it asks for that they lack."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.agent.offline.mentions import arms_of
from assistant.agent.offline.phrasing import missing
from assistant.agent.offline.topic import Topic
from assistant.language.names import name_key
from assistant.resources import prompt_table
from assistant.studies.facts import Arm, Study
from assistant.studies.naming import administrations


@dataclass(frozen=True, slots=True)
class Selected:
    """``arms`` are what the topic means; ``without`` are the studies that have no such arm."""

    arms: tuple[tuple[Study, Arm], ...]
    without: tuple[Study, ...]

    @property
    def studies(self) -> tuple[Study, ...]:
        """The studies of the arms, each once."""
        found: list[Study] = []
        for study, _ in self.arms:
            if study not in found:
                found.append(study)
        return tuple(found)

    @property
    def several_documents(self) -> bool:
        """Whether the arms come from more than one document."""
        return len({study.document for study, _ in self.arms}) > 1

    @property
    def conflict(self) -> bool:
        """Whether documents report one arm of one compound and model with different survival."""
        seen: dict[tuple[str, str, str], set[tuple[str, float]]] = {}
        for study, arm in self.arms:
            if arm.survival:
                key = (name_key(study.compound or ""), name_key(study.model or ""), _arm_key(arm))
                seen.setdefault(key, set()).add((study.document, arm.survival.value))
        return any(len({d for d, _ in found}) > 1 and len({v for _, v in found}) > 1 for found in seen.values())


def selected(topic: Topic) -> Selected:
    """The arms that the topic names in its studies; all of them where it names none."""
    arms: list[tuple[Study, Arm]] = []
    without: list[Study] = []
    for study in topic.studies:
        found = arms_of(study, topic.named, _wording(topic))
        arms += [(study, arm) for arm in found]
        if not found:
            without.append(study)
    return Selected(tuple(arms), tuple(without))


def _wording(topic: Topic) -> str:
    """Where labels of arms are looked for: a follow-up that names arms of its own leaves those before it."""
    return topic.question if topic.follows and topic.named.arms else topic.query


def species_gap(topic: Topic) -> str | None:
    """The sentence that says so, when the question asks about a species that none of its studies was done in."""
    asked = topic.named.species
    known = [study for study in topic.studies if study.species]
    if not asked or not known or any(study.species in asked for study in known):
        return None
    words = prompt_table("caveats.toml")["species"]
    study = known[0]
    return missing(
        "species",
        asked=" and ".join(words.get(species, species) for species in sorted(asked)),
        study=study.name,
        species=words.get(study.species, study.species),
    )


def pair(study: Study, topic: Topic) -> tuple[Arm, Arm] | None:
    """The arms to compare: treatment and reference. None where the study has no two such arms with survival.

    The reference is the control if one is asked for, else the arm with the fewest administrations or least activity.
    """
    measured = [arm for arm in study.arms if arm.survival]
    named = [arm for arm in arms_of(study, topic.named, _wording(topic)) if arm.survival]
    treated = [arm for arm in measured if not arm.control]
    if "second_dose" in topic.signals and not topic.named.control and any(administrations(arm) for arm in treated):
        more = [arm for arm in named if (administrations(arm) or 0) > 1] or [arm for arm in treated if (administrations(arm) or 0) > 1]
        once = [arm for arm in treated if administrations(arm) == 1]
        return (min(more, key=_strength), once[0]) if more and once else None
    if topic.named.control:
        return _against([arm for arm in measured if arm.control], [arm for arm in named if not arm.control] or treated)
    if len(named) == 1 and (topic.named.arms or len(measured) == 1):
        others = [arm for arm in treated if arm is not named[0]] or [arm for arm in measured if arm is not named[0]]
        return _ordered(named[0], min(others, key=_strength)) if others else None
    candidates = [arm for arm in named if not arm.control] if len([arm for arm in named if not arm.control]) > 1 else treated
    if len(candidates) < 2:
        return _against([arm for arm in measured if arm.control], candidates)
    return max(candidates, key=_strength), min(candidates, key=_strength)


def _against(controls: Iterable[Arm], treated: Iterable[Arm]) -> tuple[Arm, Arm] | None:
    controls, treated = list(controls), list(treated)
    return (max(treated, key=_strength), controls[0]) if controls and treated else None


def _ordered(one: Arm, two: Arm) -> tuple[Arm, Arm]:
    return (one, two) if _strength(one) >= _strength(two) else (two, one)


def _strength(arm: Arm) -> tuple[bool, float, float]:
    count = administrations(arm) or 0
    return (not arm.control, arm.activity.value * max(count, 1) if arm.activity else 0.0, count)


def _arm_key(arm: Arm) -> str:
    if arm.control:
        return "control"
    return f"{administrations(arm)}:{arm.activity.value if arm.activity else ''}" if administrations(arm) else name_key(arm.label)


def joined(items: Iterable[str]) -> str:
    """``a, b and c``."""
    found = list(dict.fromkeys(items))
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}" if found else ""
