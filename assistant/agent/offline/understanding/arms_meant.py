"""Whether the arms that are compared are those that a question names: its combination, numbers of doses, activities, agents, compounds."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.agent.offline.understanding.administrations import administrations_in
from assistant.agent.offline.understanding.arms import given
from assistant.agent.offline.understanding.bounds import is_bound
from assistant.agent.offline.understanding.mentions import occurs
from assistant.agent.offline.understanding.topic import Topic
from assistant.errors import CalculationError
from assistant.language.figures import Figure, figures
from assistant.language.numerals import ORDINALS
from assistant.language.stems import stems
from assistant.language.units import ACTIVITY_UNITS
from assistant.studies.facts import Arm, Study
from assistant.studies.quantities import convert
from assistant.studies.vocabulary import read

_COMBINED = re.compile(
    r"\b(?:combi(?:n\w+|s)?|combos?|plus|together with|add(?:ed|ing) [^,;.?]{1,40}? to|in addition to)\b|(?<=\s)\+(?=\s)", re.IGNORECASE
)
_GIVEN = r"(?:doses?|injections?|infusions?|administrations?|shots?|cycles?|treatments?)\b"
# "The third dose", "from the second to the third dose": each dose that is called by its place.
_NTH = re.compile(rf"\b(?P<nth>second|2nd|third|3rd|fourth|4th|fifth|5th)\s+(?=(?:[\w-]+\s+){{0,3}}?{_GIVEN})", re.IGNORECASE)
# What lengthens a survival is named before it: "did the antibody extend survival?".
_LENGTHENS = re.compile(r"\b(?:extend|prolong|lengthen|improve|increase|raise|double|triple)[sd]?\b", re.IGNORECASE)
_BESIDE_ONE = re.compile(
    r"\b(?:over|than|against|versus|vs\.?|to|from|with|beyond|and|or|between)\s+(?:a\s+|the\s+|just\s+|only\s+)*(?:one|single|1)\b",
    re.IGNORECASE,
)
_THAN_ONE = re.compile(r"\b(?:over|than|against|versus|vs\.?)\s+(?:(?:a|the|just|only)\s+)*(?:one|single|1)\b", re.IGNORECASE)
_CARDINALS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_DOSES = re.compile(rf"(?<![\w.])(?P<count>{'|'.join(_CARDINALS)}|\d)[\s-]+(?:[\w-]+\s+){{0,2}}?{_GIVEN}", re.IGNORECASE)
_NUMBERS = {**ORDINALS, "2nd": 2, "3rd": 3, "4th": 4, "5th": 5}
# Words of labels by which no agent is told: what every group may be called.
_OF_ANY_ARM = frozenset(
    [
        *stems("alone only single dose doses dosing arm arms group groups cohort activity other"),
        *stems("mice mouse rats animals control controls treated treatment injection injected infusion administration shot cycle"),
    ]
)
_PAIR, _LETTERS = 2, 3


@dataclass(frozen=True, slots=True)
class Side:
    """What is known of one of the arms that are compared: its study's ``compound``, how it is called, ``counts`` of doses, activities.

    ``told`` where it is known by no more than the sentence of its figure, which is then its ``label``.
    """

    label: str
    compound: str = ""
    counts: frozenset[int] = frozenset()
    amounts: tuple[tuple[float, str], ...] = ()
    control: bool = False
    told: bool = False


def tells_combination(text: str) -> bool:
    """Whether a text speaks of a combination."""
    return _COMBINED.search(text) is not None


def side_of(study: Study, arm: Arm) -> Side:
    """An arm as it is known."""
    count = given(study, arm)
    counts = frozenset([1 if count is None else count]) if not arm.control else frozenset()
    amounts = [(arm.activity.value * times, arm.activity.unit) for times in {1, count or 1}] if arm.activity else []
    return Side(arm.label, study.compound or "", counts, tuple(amounts), arm.control)


def told_side(text: str) -> Side:
    """A figure of which only the sentence is known."""
    amounts = tuple((figure.value, figure.unit) for figure in figures(text) if figure.unit in ACTIVITY_UNITS)
    return Side(text, text, administrations_in(text), amounts, any(term.values("control") for term in read(text)), told=True)


def are_meant(topic: Topic, compared: Sequence[Side]) -> bool:
    """Whether ``compared``, the one that gained first, has every arm that the question names, and of combinations none that it does not."""
    return (
        _has_combination(topic, compared)
        and _has_counts(topic, compared)
        and all(any(_is_amount(figure, side) for side in compared) for figure in _amounts(topic))
        and _has_labels(topic, compared)
        and _has_compounds(topic, compared)
        and not (len(compared) == _PAIR and _is_turned(topic, *compared))
    )


def _is_turned(topic: Topic, treatment: Side, reference: Side) -> bool:
    """Whether the question names as what gains the one that another arm is compared with: "did cisplatin extend survival?", "one dose"."""
    # A follow-up may have its count from before; what died sooner is what another arm outlived.
    own = topic.named.counts == {1} and not topic.follows and "shortfall" not in topic.signals
    if own and "second_dose" not in topic.signals and not _BESIDE_ONE.search(topic.question):
        return 1 not in treatment.counts
    if own and _THAN_ONE.search(topic.question) and 1 not in reference.counts:
        return True
    verb = _LENGTHENS.search(topic.question)
    if verb is None:
        return False
    before = frozenset(stems(topic.question[: verb.start()]))
    amounts = [figure for figure in _amounts(topic) if figure.end <= verb.start()]
    named = [bool(_telling(side.label) & before or any(_is_amount(figure, side) for figure in amounts)) for side in (treatment, reference)]
    return named == [False, True]


def _has_combination(topic: Topic, compared: Sequence[Side]) -> bool:
    asked = _COMBINED.search(topic.question) is not None
    combined = [side for side in compared if _COMBINED.search(side.label)]
    return bool(combined) if asked else not combined or not _names_anything(topic)


def _names_anything(topic: Topic) -> bool:
    """Whether the question names an arm or a compound; where it names none, all that there are may be meant."""
    return (
        topic.named.any_arm
        or bool(topic.named.unknown)
        or any(occurs(study.compound, topic.question) for study in topic.known if study.compound)
    )


def _has_counts(topic: Topic, compared: Sequence[Side]) -> bool:
    known = frozenset[int]().union(*(side.counts for side in compared))
    every = {given(study, arm) for study in topic.known for arm in study.arms}
    counted = {
        int(match["count"]) if match["count"].isdigit() else _CARDINALS[match["count"].casefold()]
        for match in _DOSES.finditer(topic.question)
    }
    if not {count for count in topic.named.counts if count in every or count in counted} <= known:
        return False  # of other numbers none may count doses: "to 3 decimals"
    called = doses_called(topic)
    alone = not topic.named.control and topic.named.counts <= called
    return all((count in known and (not alone or count - 1 in known)) or (count == _PAIR and max(known, default=0) > 1) for count in called)


def doses_called(topic: Topic) -> frozenset[int]:
    """The doses that the question calls by their place: 3 of "what did the third dose add?"."""
    return frozenset(_NUMBERS[match["nth"].casefold()] for match in _NTH.finditer(topic.question))


def last_dose_called(topic: Topic) -> int | None:
    """The last of the doses that the question calls by their place and sets against nothing else, behind a second one; None without."""
    called = doses_called(topic)
    last = max(called, default=0)
    return last if last > _PAIR and not topic.named.control and topic.named.counts <= called else None


def _amounts(topic: Topic) -> list[Figure]:
    """The activities by which the question calls arms: those that some arm got, each or in all."""
    every = [side_of(study, arm) for study in topic.known for arm in study.arms]
    own = [figure for figure in topic.figures if figure.unit in ACTIVITY_UNITS and not is_bound(figure)]
    return [figure for figure in own if any(_is_amount(figure, side) for side in every)]


def _is_amount(figure: Figure, side: Side) -> bool:
    return any(math.isclose(_in(value, unit, figure.unit), figure.value, rel_tol=5e-3) for value, unit in side.amounts)


def _in(value: float, unit: str, other: str) -> float:
    try:
        return convert(value, unit, other)
    except CalculationError:
        return math.nan


def _has_labels(topic: Topic, compared: Sequence[Side]) -> bool:
    """Whether what only some arms are called by, and the question too, calls one of those that are compared: cisplatin, saline."""
    asked = frozenset(stems(topic.question))
    names = frozenset(word for study in topic.known for name in (study.model, study.disease, study.compound) for word in stems(name or ""))
    telling = frozenset[str]().union(*(_telling(arm.label) for study in topic.known for arm in study.arms)) & asked - names
    return telling <= frozenset[str]().union(*(stems(side.label) for side in compared))


def _telling(label: str) -> frozenset[str]:
    """The words of a label that tell an agent, or how it was given."""
    words = frozenset(stems(label)) - _OF_ANY_ARM
    return frozenset(word for word in words if word.isalpha() and len(word) > _LETTERS and not _says_how(word))


def _says_how(word: str) -> bool:
    """Whether a word counts doses or tells a combination, which are looked at by themselves."""
    return _COMBINED.fullmatch(word) is not None or any(term.values("count") or term.values("administration") for term in read(word))


def _has_compounds(topic: Topic, compared: Sequence[Side]) -> bool:
    named = {study.compound for study in topic.known if study.compound and occurs(study.compound, topic.question)}
    return all(any(occurs(name, f"{side.compound} {side.label}") for side in compared) for name in (*named, *topic.named.unknown))
