"""Topic → the studies and arms that it means, and what it asks for that they lack."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.agent.offline.answers.increments import increments, of_each_dose
from assistant.agent.offline.phrasing import missing
from assistant.agent.offline.understanding.arms import arms_of, given, is_plain, strength
from assistant.agent.offline.understanding.arms_meant import are_meant, last_dose_called, side_of
from assistant.agent.offline.understanding.sides import two_arms
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.names import name_key
from assistant.language.units import ACTIVITY_UNITS, TIME_UNITS
from assistant.resources import prompt_table
from assistant.studies.facts import Arm, Study
from assistant.studies.naming import administrations

# "The second 3.7 MBq" calls the arm that got so much a second time.
_ADDED = re.compile(r"\b(?:second|2nd|third|3rd|added|additional|extra|further)\b", re.IGNORECASE)
# More arms than this are not compared one by one.
_FEW_ARMS = 4
# Who was treated is named beside the controls.
_TREATED = re.compile(
    r"\b(?:treated|treatment)\s+(?:(?:arm|group|mice|animals|rats|dogs|patients)s?\s+)?(?:vs?\b|versus|and|or|against|compared)"
    r"|\b(?:vs?\.?|versus|and|or|against|to|with|than)\s+(?:the\s+)?(?:treated|treatment)\b(?!\s+(?:dose|schedule|regimen|plan|was|is))",
    re.IGNORECASE,
)
# Names what is compared with first: "how much longer than controls did treated mice live".
_BEHIND_THAN = re.compile(r"\b(?:longer|more|better|shorter|less)\b[^,;]{0,20}?\bthan\b[^,;]+?\b(?:did|do|does|was|were)\b", re.IGNORECASE)
# Sets two things side by side without saying which is measured against the other.
_EVENLY = re.compile(r"^(?!.*\b(?:over|than|against|relative|minus)\b).*(?:\b(?:vs?|versus)\b|\bbetween\b)", re.IGNORECASE | re.DOTALL)


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
        found = arms_of(study, topic.named)
        if found and all(arm.control for arm in found) and _TREATED.search(topic.question):
            found = study.arms
        arms += [(study, arm) for arm in found]
        if not found:
            without.append(study)
    return Selected(tuple(arms), tuple(without))


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
    if apart := side_by_side(study, topic):
        found = apart if all(arm.survival for arm in apart) else None
    else:
        found = _of_stated_gain(study, topic) or _paired(study, topic)
    return found if found and found[0] is not found[1] and _are_named(topic, study, found) else None


def _are_named(topic: Topic, study: Study, arms: Iterable[Arm]) -> bool:
    """Whether ``arms`` of ``study`` are those that the question names; of two studies that it sets against each other one names its own."""
    if len(topic.named.studies) > 1 or "sides_across" in topic.signals:
        topic = replace(topic, known=(study,))
    return are_meant(topic, [side_of(study, arm) for arm in arms])


def _of_stated_gain(study: Study, topic: Topic) -> tuple[Arm, Arm] | None:
    """The two arms that are as far apart as the question states, where it names none: "why is the 20-day gain hard to judge?"."""
    stated = {(figure.value, figure.unit) for figure in topic.figures if figure.unit in TIME_UNITS}
    if not stated or topic.named.any_arm or topic.signals & {"first_dose", "second_dose", "stated_survival"}:
        return None
    measured = [(arm, arm.survival) for arm in study.arms if arm.survival]
    found = [(more, less) for more, one in measured for less, other in measured if (round(one.value - other.value, 6), one.unit) in stated]
    return found[0] if len(found) == 1 else None


def _paired(study: Study, topic: Topic) -> tuple[Arm, Arm] | None:
    measured = [arm for arm in study.arms if arm.survival]
    meant = arms_of(study, topic.named)
    named = [arm for arm in _least_of_each_activity(study, meant, topic) if arm.survival]
    treated = [arm for arm in measured if not arm.control]
    if "split" in topic.signals and (divided := _divided(study, treated, topic)):
        return divided
    if any(not arm.survival for arm in meant) and len(named) < 2 and len(meant) < len(study.arms):
        return None  # an arm that is named has no survival, and another one would not be what was asked for
    if later := last_dose_called(topic):
        return _of_last_dose(study, measured, later)
    if "second_dose" in topic.signals and not topic.named.control and any(administrations(arm) for arm in treated):
        more = [arm for arm in named if (given(study, arm) or 0) > 1] or [arm for arm in treated if (given(study, arm) or 0) > 1]
        once = [arm for arm in treated if given(study, arm) == 1]
        return _with_same_activity(min(more, key=strength), once) if more and once else None
    return _two_of(study, measured, named, topic)


def _of_last_dose(study: Study, measured: Sequence[Arm], count: int) -> tuple[Arm, Arm] | None:
    """The arm that got ``count`` doses beside the one that got a dose less, where there is one of each."""
    more, less = ([arm for arm in measured if not arm.control and given(study, arm) == number] for number in (count, count - 1))
    return (more[0], less[0]) if len(more) == len(less) == 1 else None


def pairs(study: Study, topic: Topic) -> tuple[tuple[Arm, Arm], ...]:
    """The comparisons that are asked for: what each dose added, each arm named beside the control with it, else the one ``pair``."""
    if of_each_dose(topic) and (added := increments(study, topic)):
        return added if _are_named(topic, study, [arm for compared in added for arm in compared]) else ()
    controls = [arm for arm in study.arms if arm.control and arm.survival]
    if topic.named.control and len(controls) == 1 and side_by_side(study, topic) is None:
        meant = [arm for arm in arms_of(study, topic.named) if arm.survival and not arm.control]
        if 1 < len(meant) <= _FEW_ARMS and len(topic.named.counts) + len(topic.named.designations) + len(topic.named.levels) > 1:
            return tuple((arm, controls[0]) for arm in meant) if _are_named(topic, study, [*meant, controls[0]]) else ()
    found = pair(study, topic)
    return (found,) if found else ()


def side_by_side(study: Study, topic: Topic) -> tuple[Arm, Arm] | None:
    """The two arms that the question sets side by side, the one that gains first; None where it does not name just two.

    It is the first that is named, unless that is a control or said to fall short; of two set "one versus two" it is the one that got
    more. "That" is the arm spoken of before.
    """
    before = next((arm for other, arm in topic.spoken_of if other == study), None)
    found = two_arms(topic.sides, study, topic.callings, before)
    if found is None:
        return None
    one, two = reversed(found) if _BEHIND_THAN.search(topic.question) else found
    if _EVENLY.search(topic.question) and not topic.signals & {"ratio", "percent", "shortfall"} and not (one.control or two.control):
        return _ordered(one, two)
    return (two, one) if (one.control and not two.control) or "shortfall" in topic.signals else (one, two)


def _two_of(study: Study, measured: Sequence[Arm], named: Sequence[Arm], topic: Topic) -> tuple[Arm, Arm] | None:
    """The arms that are named, or the one that is and the least of the others; of none that is named the most and the least."""
    treated = [arm for arm in measured if not arm.control]
    if topic.named.any_arm and len(named) == 2 and named[0].control != named[1].control:
        return (named[1], named[0]) if named[0].control else (named[0], named[1])
    if topic.named.control:
        return _against(study, [arm for arm in measured if arm.control], [arm for arm in named if not arm.control] or treated)
    if (
        len(named) == 1
        and topic.named.called
        and not topic.named.arms
        and not _ADDED.search(topic.question)
        and (alone := _over_control(study, measured, named[0]))
    ):
        return alone
    if len(named) == 1 and (topic.named.arms or len(measured) == 1):
        others = [arm for arm in treated if arm is not named[0]] or [arm for arm in measured if arm is not named[0]]
        return _ordered(named[0], min(others, key=strength)) if others else None
    candidates = [arm for arm in named if not arm.control] if len([arm for arm in named if not arm.control]) > 1 else treated
    if len(candidates) < 2:
        return _against(study, [arm for arm in measured if arm.control], candidates)
    most, least = max(candidates, key=strength), min(candidates, key=strength)
    return _with_same_activity(most, [least, *candidates]) if len(topic.named.counts) == 2 else (most, least)


def _over_control(study: Study, measured: Sequence[Arm], named: Arm) -> tuple[Arm, Arm] | None:
    """An arm that is called by its words alone beside the controls: "by how much did 10 MBq extend survival?"."""
    controls = [arm for arm in measured if arm.control and arm is not named]
    if named.control and len(controls) > 1:
        return None
    return _against(study, controls, [named])


def _least_of_each_activity(study: Study, arms: Sequence[Arm], topic: Topic) -> list[Arm]:
    """The arms without those that got repeatedly what another of them got once: "20 MBq" is no "2 x 20 MBq" unless that is said."""
    if topic.named.several or topic.named.counts or not any(figure.unit in ACTIVITY_UNITS for figure in topic.figures):
        return list(arms)
    once = {arm.activity.value for arm in arms if arm.activity and given(study, arm) == 1}
    return [arm for arm in arms if not (arm.activity and arm.activity.value in once and (given(study, arm) or 0) > 1)]


def _with_same_activity(more: Arm, once: Sequence[Arm]) -> tuple[Arm, Arm]:
    """An arm that was dosed repeatedly beside the one that got the same activity once, or the first that got any."""
    others = [arm for arm in once if arm is not more]
    alike = [arm for arm in others if arm.activity and more.activity and arm.activity.value == more.activity.value]
    return more, (alike or others)[0]


def _divided(study: Study, treated: Sequence[Arm], topic: Topic) -> tuple[Arm, Arm] | None:
    """An arm that got in several doses what another got in one; the amount that the question names, where it names one."""
    amounts = {figure.value for figure in topic.figures if figure.unit in ACTIVITY_UNITS}
    totals = {arm.label: arm.activity.value * (given(study, arm) or 0) for arm in treated if arm.activity}
    found = [
        (more, once)
        for more in treated
        for once in treated
        if (given(study, more) or 0) > 1 and given(study, once) == 1 and totals.get(more.label) == totals.get(once.label)
    ]
    return next(((more, once) for more, once in found if not amounts or totals.get(once.label) in amounts), None)


def _against(study: Study, controls: Iterable[Arm], treated: Iterable[Arm]) -> tuple[Arm, Arm] | None:
    controls, treated = sorted(controls, key=lambda arm: not is_plain(study, arm)), list(treated)
    return (max(treated, key=strength), controls[0]) if controls and treated else None


def _ordered(one: Arm, two: Arm) -> tuple[Arm, Arm]:
    return (one, two) if strength(one) >= strength(two) else (two, one)


def _arm_key(arm: Arm) -> str:
    if arm.control:
        return "control"
    return f"{administrations(arm)}:{arm.activity.value if arm.activity else ''}" if administrations(arm) else name_key(arm.label)


def joined(items: Iterable[str]) -> str:
    """``a, b and c``."""
    found = list(dict.fromkeys(items))
    return found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}" if found else ""
