"""Whether studies have something in common: "was the same compound used in both?"."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.agent.offline.answers import doses, facts
from assistant.agent.offline.answers.selection import selected
from assistant.agent.offline.findings import Call, Findings
from assistant.agent.offline.phrasing import is_lack
from assistant.agent.offline.understanding.arms import given
from assistant.agent.offline.understanding.shapes import shared
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.offline.verdicts.polarity import verdict
from assistant.studies.facts import Study

Say = Callable[[Topic, Findings], Sequence[str]]

_DIFFERENT = re.compile(r"\b(?:different|distinct|differ)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Attribute:
    """What studies may share: ``of`` a study its values, none where it states none; ``say`` what each of them has.

    ``given`` is what arms of one study may differ in.
    """

    of: Callable[[Study], frozenset[Hashable]]
    say: Say
    plan: Callable[[Topic, Findings], Sequence[Call]] = lambda _, __: []
    given: bool = False


def plan(topic: Topic, findings: Findings) -> list[Call]:
    """What is looked up of the attribute that is asked about."""
    topic = topic if _is_of_arms(topic) else _of_all(topic)
    return list(_attribute(topic).plan(topic, findings))


def say(topic: Topic, findings: Findings) -> list[str]:
    """Yes or no, then what each study, or each of the arms that are meant, has; no verdict where one of them does not state it."""
    of_arms = _is_of_arms(topic)
    topic = topic if of_arms else _of_all(topic)
    attribute = _attribute(topic)
    said = list(attribute.say(topic, findings))
    groups = [_of_arms(attribute, topic, study) for study in topic.studies] if of_arms else [[attribute.of(s) for s in topic.studies]]
    if not said or is_lack(said[0]) or not all(len(values) >= 2 and all(values) for values in groups):
        return said
    same = {len(set(values)) == 1 for values in groups}
    return (
        [f"{verdict(topic, held=same == {_DIFFERENT.search(topic.question) is None})} {said[0]}".strip(), *said[1:]]
        if len(same) == 1
        else said
    )


def _is_of_arms(topic: Topic) -> bool:
    """Whether it is asked of the arms of a study, and not of studies: "did both arms of the S-9 study get the same dose?"."""
    return len(topic.named.studies) == 1 or (len(topic.named.studies) < 1 and "named_two_arms" in topic.signals)


def _of_arms(attribute: Attribute, topic: Topic, study: Study) -> list[frozenset[Hashable]]:
    """What each of the treated arms that are meant was given; nothing of what is the study's own."""
    arms = [arm for each, arm in selected(topic).arms if each == study and not arm.control]
    return [attribute.of(study.model_copy(update={"arms": (arm,)})) for arm in arms] if attribute.given else []


def _of_all(topic: Topic) -> Topic:
    """``topic`` about every study, where it names less than two."""
    return topic if len(topic.named.studies) > 1 else replace(topic, studies=topic.known)


def _attribute(topic: Topic) -> Attribute:
    return ATTRIBUTES[shared(topic.question)]


def _tested(topic: Topic, findings: Findings) -> list[str]:
    return [facts.tested(study, findings) for study in topic.studies if study.compound]


def _values(*of: Hashable) -> frozenset[Hashable]:
    return frozenset(value for value in of if value is not None)


def _intervals(study: Study) -> frozenset[Hashable]:
    return _values(*(second - first for arm in study.arms for first, second in zip(arm.days, arm.days[1:], strict=False)))


def _activities(study: Study) -> frozenset[Hashable]:
    return _values(*((arm.activity.value, arm.activity.measure) for arm in study.arms if arm.activity))


def _counts(study: Study) -> frozenset[Hashable]:
    return _values(*(given(study, arm) for arm in study.arms if not arm.control))


# By the names that offline/understanding/shapes.py has for them.
ATTRIBUTES: Mapping[str, Attribute] = {
    "interval": Attribute(_intervals, doses.say_interval, doses.plan_interval),
    "dose_count": Attribute(_counts, doses.say_count, given=True),
    "schedule": Attribute(lambda study: _values(*(arm.days or None for arm in study.arms)), doses.say_schedule),
    "nuclide": Attribute(lambda study: _values(study.nuclide.name if study.nuclide and study.nuclide.stated else None), facts.say_nuclide),
    "species": Attribute(lambda study: _values(study.species), facts.say_species),
    "model": Attribute(lambda study: _values(study.model), _tested),
    "disease": Attribute(lambda study: _values(study.disease), _tested),
    "compound": Attribute(lambda study: _values(study.compound), _tested),
    "dose": Attribute(_activities, doses.say_dose, doses.plan_dose, given=True),
}
