"""A figure of one study against that of another: how much longer an interval, how many times a dose, how much more a gain."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.agent.offline.answers import benefit, doses, facts, survival
from assistant.agent.offline.answers.ranking import is_one_experiment, no_ranking
from assistant.agent.offline.answers.selection import Selected, pair, selected
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import arithmetic
from assistant.agent.offline.understanding.arms import arms_of
from assistant.agent.offline.understanding.arms_meant import are_meant, side_of
from assistant.agent.offline.understanding.mentions import mentions, place_of
from assistant.agent.offline.understanding.shapes import larger_asked
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.offline.verdicts.polarity import verdict
from assistant.language.units import ACTIVITY_UNITS, TIME_UNITS
from assistant.studies.facts import Arm, Study

_LONGER = re.compile(
    r"\b(?:longer|better|greater|higher|more|outliv\w+|outlast\w*|prolong\w*|exceed\w*|beat\w*|surpass\w*)\b", re.IGNORECASE
)
_SHORTER = re.compile(r"\b(?:shorter|worse|less|lower|sooner|earlier)\b", re.IGNORECASE)
_DENIED = re.compile(r"\b(?:not|no|never)\b|n[’']t\b", re.IGNORECASE)
_OUTCOME = re.compile(r"\bsurviv\w*|\blive[ds]?\b|\bgain(?:s|ed)?\b|\bbenefits?\b", re.IGNORECASE)
_FIGURE_ASKED = frozenset(["quantified", "ratio", "percent"])


@dataclass(frozen=True, slots=True)
class Quantity:
    """What is compared: ``plan`` and ``say`` as for each study by itself, ``of`` its figure as ``calculate`` reads it, if known.

    An ``outcome`` ranks studies, which nothing compares directly; what was given may be set side by side.
    """

    plan: Callable[[Topic, Findings], Sequence[Call]]
    say: Callable[[Topic, Findings], Sequence[str]]
    of: Callable[[Topic, Findings, Study], str | None]
    outcome: bool = False


def plan(quantity: Quantity, topic: Topic, findings: Findings) -> list[Call]:
    """The calls for each study, then the comparison of their two figures."""
    topic = _of_all_levels(topic)
    return [*quantity.plan(topic, findings), *_comparisons(quantity, topic, findings)]


def say(quantity: Quantity, topic: Topic, findings: Findings) -> list[str]:
    """The comparison of two figures if one is asked for, then what each study says; of outcomes, that they rank nothing."""
    topic, no_rank = _of_all_levels(topic), no_ranking(topic.studies)
    topic = replace(topic, studies=_largest_first(quantity, topic, findings)) if _is_choice(topic) else topic
    said = [sentence for sentence in quantity.say(topic, findings) if sentence not in no_rank]
    compared = []
    for wanted in _comparisons(quantity, topic, findings):
        if working := findings.working(wanted):
            expression = str(dict(wanted.arguments)["expression"])
            told = arithmetic(expression, working.results[0], findings.mark(wanted))
            compared.append(told)
    if said and (ranked := _ranked(quantity, topic, findings)):
        return [f"{ranked} {said[0]}", *said[1:], *compared]
    told_all = [*said, *compared] if _is_choice(topic) else [*compared, *said]
    return [*told_all, *no_rank] if quantity.outcome and len(topic.studies) > 1 else told_all


def _of_all_levels(topic: Topic) -> Topic:
    """``topic`` about no level of a study's doses where it asks which study had "the higher dose", or whether one had."""
    apart = "which_study" in topic.signals or (topic.form == "yesno" and "sized" in topic.signals)
    return replace(topic, named=replace(topic.named, levels=frozenset())) if apart else topic


def _is_choice(topic: Topic) -> bool:
    """Whether it is asked which of the studies had more, or less, of a quantity."""
    return "which_study" in topic.signals and not topic.named.studies


def _largest_first(quantity: Quantity, topic: Topic, findings: Findings) -> tuple[Study, ...]:
    """The studies by their figures, the smallest first where that is asked for; as they are where a figure is not known."""
    figures = {study.name: quantity.of(topic, findings, study) for study in topic.studies}
    known = {name: float(figure.split()[0]) for name, figure in figures.items() if figure}
    if quantity.outcome or len(known) < len(topic.studies):
        return topic.studies
    return tuple(sorted(topic.studies, key=lambda study: known[study.name], reverse=not (topic.signals & {"shortfall", "lesser_amount"})))


def _ranked(quantity: Quantity, topic: Topic, findings: Findings) -> str:
    """Yes or no to which of two studies had more of what was given: "was the gap longer in S-9 than in T-4?"."""
    up = larger_asked(topic.question)
    if quantity.outcome:
        up = _lived_longer(topic.question) if is_one_experiment(topic.studies) else None
    up = up if topic.form == "yesno" else None
    named = [[s for s in mentions(side, topic.known, topic.callings).studies if s in topic.studies] for side in topic.sides]
    sides = [meant[0] for meant in named if len(meant) == 1]
    known = [figure.split(" ", 1) for study in sides if (figure := quantity.of(topic, findings, study))]
    if up is None or len(known) != 2 or known[0][1] != known[1][1]:
        return ""
    one, two = (float(value) for value, _ in known)
    return verdict(topic, held=one > two if up else one < two)


def _lived_longer(question: str) -> bool | None:
    """Whether the first of two is asked to have lived longer, and not shorter; None where neither is plainly asked."""
    longer, shorter = _LONGER.search(question), _SHORTER.search(question)
    return None if _DENIED.search(question) or bool(longer) == bool(shorter) else bool(longer)


def say_studies(topic: Topic, findings: Findings) -> list[str]:
    """Each study with its arms, and that nothing ranks them."""
    said = facts.say_studies(topic, findings)
    return [*said, *no_ranking(topic.studies)] if len(said) > 1 else said


def _comparisons(quantity: Quantity, topic: Topic, findings: Findings) -> list[Call]:
    """A ratio or percentage in the order in which the studies are named; a difference of the larger and the smaller figure.

    Of outcomes only where a figure is asked for: a subtraction under "was it longer?" would say yes.
    """
    if quantity.outcome and (topic.form == "yesno" or not topic.signals & _FIGURE_ASKED):
        return []
    if not quantity.outcome and _OUTCOME.search(topic.question):
        return []  # of survivals no activity is the difference
    studies = sorted(topic.studies, key=lambda study: place_of(study, topic.question))
    figures = [figure for study in studies if (figure := quantity.of(topic, findings, study))]
    if len(figures) != 2:
        return []
    one, two = figures
    smaller, larger = sorted(figures, key=lambda figure: float(figure.split()[0]))
    if "ratio" in topic.signals and "percent" not in topic.signals:
        of_larger = topic.signals & {"which_study", "gain"} or not topic.named.studies
        return [call("calculate", expression=f"{larger} / {smaller}" if of_larger else f"{one} / {two}")]
    unit = topic.unit if topic.unit in ACTIVITY_UNITS | TIME_UNITS and topic.unit != larger.split()[1] else None
    apart = call("calculate", expression=f"{larger} - {smaller}" if unit is None else f"({larger} - {smaller}) in {unit}")
    if "percent" not in topic.signals:
        return [apart]
    relative = call("calculate", expression=f"({one} - {two}) / {two} in percent")
    return [apart, relative] if "change" in topic.signals else [relative]


def _on_sides(topic: Topic) -> list[tuple[Study, Arm]]:
    """The arms of two studies that the question sets side by side, one each; none where a side names no single arm."""
    found: list[tuple[Study, Arm]] = []
    for side in topic.sides:
        named = mentions(side, topic.known, topic.callings)
        meant = [study for study in named.studies if study in topic.studies]
        found += [(study, arms[0]) for study in meant if named.any_arm and len(arms := arms_of(study, named)) == 1]
    return found if len(found) == len({study.name for study, _ in found}) == 2 else _alike(topic)


def _alike(topic: Topic) -> list[tuple[Study, Arm]]:
    """The one arm of each of two compounds that one experiment compares, or those that got as much of them; none where that is unclear."""
    if len(topic.studies) != 2 or not is_one_experiment(topic.studies):
        return []
    one, two = ([arm for arm in study.arms if arm.survival and not arm.control] for study in topic.studies)
    asked = {(figure.value, figure.unit) for figure in topic.figures if figure.unit in ACTIVITY_UNITS}
    both = [(a, b) for a in one for b in two if _given_to(a) == _given_to(b) and (not asked or asked & {_given_to(a)})]
    found = both if len(both) == 1 else [(one[0], two[0])] if len(one) == len(two) == 1 else []
    return [(topic.studies[0], found[0][0]), (topic.studies[1], found[0][1])] if found else []


def _given_to(arm: Arm) -> tuple[float, str] | None:
    return (arm.activity.value, arm.activity.measure) if arm.activity else None


def _say_survival(topic: Topic, findings: Findings) -> list[str]:
    arms = _on_sides(topic)
    return survival.sentences_on(topic, findings, Selected(tuple(arms), ())) if arms else survival.say(topic, findings)


def _of_survival(topic: Topic, _: Findings, study: Study) -> str | None:
    """The survival of the arm that is set against another study's, or of the one that is named, else the longest."""
    meant = _on_sides(topic) or selected(topic).arms
    arms = [arm for each, arm in meant if each == study and arm.survival]
    if not arms or not are_meant(topic, [side_of(each, arm) for each, arm in meant]):
        return None
    longest = max(arms, key=lambda arm: arm.survival.value if arm.survival else 0.0)
    assert longest.survival is not None
    return f"{longest.survival.value:g} {longest.survival.unit}"


def _of_dose(topic: Topic, _: Findings, study: Study) -> str | None:
    if max(topic.named.counts, default=1) > 1:
        return None  # what was given in several doses is no single one
    activities = {(arm.activity.value, arm.activity.unit) for arm in _treated(topic, study) if arm.activity and not arm.activity.per}
    return "{:g} {}".format(*activities.pop()) if len(activities) == 1 else None


def _of_total(topic: Topic, findings: Findings, study: Study) -> str | None:
    totals = [total for arm in _treated(topic, study) if (total := findings.result(doses.summary(study, arm), "total activity"))]
    largest = max(totals, key=lambda total: total.value, default=None)
    return f"{largest.value:g} {largest.unit}" if largest else None


def _of_interval(topic: Topic, findings: Findings, study: Study) -> str | None:
    for arm in _treated(topic, study):
        working = findings.working(doses.summary(study, arm)) if len(arm.days) == 2 else None
        interval = next((r for r in working.results if "interval" in r.name), None) if working else None
        if interval:
            return f"{interval.value:g} {interval.unit}"
    return None


def _of_gain(topic: Topic, findings: Findings, study: Study) -> str | None:
    arms = pair(study, topic)
    gain = findings.result(benefit.comparison(topic, study, *arms), "gain") if arms else None
    return f"{gain.value:.6g} {gain.unit}" if gain else None


def _treated(topic: Topic, study: Study) -> list[Arm]:
    return [arm for each, arm in selected(topic).arms if each == study and not arm.control]


# By the names that offline/understanding/aspects.py has for them, before "_contrast".
QUANTITIES = {
    "survival": Quantity(survival.plan, _say_survival, _of_survival, outcome=True),
    "dose": Quantity(doses.plan_dose, doses.say_dose, _of_dose),
    "total": Quantity(doses.plan_total, doses.say_total, _of_total),
    "interval": Quantity(doses.plan_interval, doses.say_interval, _of_interval),
    "gain": Quantity(benefit.plan, benefit.say, _of_gain, outcome=True),
}
