"""A figure of one study against that of another: how much longer an interval, how many times a dose, how much more a gain."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.agent.offline.answers import benefit, doses, facts, survival
from assistant.agent.offline.answers.ranking import no_ranking
from assistant.agent.offline.answers.selection import pair, selected
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.mentions import place_of
from assistant.agent.offline.phrasing import arithmetic
from assistant.agent.offline.topic import Topic
from assistant.language.units import ACTIVITY_UNITS, TIME_UNITS
from assistant.studies.facts import Arm, Study

_TWO = 2
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
    return [*quantity.plan(topic, findings), *_comparisons(quantity, topic, findings)]


def say(quantity: Quantity, topic: Topic, findings: Findings) -> list[str]:
    """What each study says, then the comparison of two figures if one is asked for; of outcomes, that they rank nothing."""
    no_rank = no_ranking(topic.studies)
    said = [sentence for sentence in quantity.say(topic, findings) if sentence != no_rank]
    for wanted in _comparisons(quantity, topic, findings):
        if working := findings.working(wanted):
            said.append(arithmetic(str(dict(wanted.arguments)["expression"]), working.results[0], findings.mark(wanted)))
    return [*said, no_rank] if quantity.outcome and len(topic.studies) > 1 else said


def say_studies(topic: Topic, findings: Findings) -> list[str]:
    """Each study with its arms, and that nothing ranks them."""
    said = facts.say_studies(topic, findings)
    return [*said, no_ranking(topic.studies)] if len(said) > 1 else said


def _comparisons(quantity: Quantity, topic: Topic, findings: Findings) -> list[Call]:
    """A ratio or percentage in the order in which the studies are named; a difference of the larger and the smaller figure.

    Of outcomes only where a figure is asked for: a subtraction under "was it longer?" would say yes.
    """
    if quantity.outcome and (topic.form == "yesno" or not topic.signals & _FIGURE_ASKED):
        return []
    studies = sorted(topic.studies, key=lambda study: place_of(study, topic.question))
    figures = [figure for study in studies if (figure := quantity.of(topic, findings, study))]
    if len(figures) != _TWO:
        return []
    one, two = figures
    smaller, larger = sorted(figures, key=lambda figure: float(figure.split()[0]))
    if "ratio" in topic.signals and "percent" not in topic.signals:
        return [call("calculate", expression=f"{one} / {two}" if topic.named.studies else f"{larger} / {smaller}")]
    unit = topic.unit if topic.unit in ACTIVITY_UNITS | TIME_UNITS and topic.unit != larger.split()[1] else None
    apart = call("calculate", expression=f"{larger} - {smaller}" if unit is None else f"({larger} - {smaller}) in {unit}")
    if "percent" not in topic.signals:
        return [apart]
    relative = call("calculate", expression=f"({one} - {two}) / {two} in percent")
    return [apart, relative] if "change" in topic.signals else [relative]


def _of_survival(topic: Topic, _: Findings, study: Study) -> str | None:
    """The survival of the one arm that is named, else the longest."""
    arms = [arm for each, arm in selected(topic).arms if each == study and arm.survival]
    if not arms:
        return None
    longest = max(arms, key=lambda arm: arm.survival.value if arm.survival else 0.0)
    assert longest.survival is not None
    return f"{longest.survival.value:g} {longest.survival.unit}"


def _of_dose(topic: Topic, _: Findings, study: Study) -> str | None:
    activities = {(arm.activity.value, arm.activity.unit) for arm in _treated(topic, study) if arm.activity and not arm.activity.per}
    return "{:g} {}".format(*activities.pop()) if len(activities) == 1 else None


def _of_total(topic: Topic, findings: Findings, study: Study) -> str | None:
    totals = [total for arm in _treated(topic, study) if (total := findings.result(doses.summary(study, arm), "total activity"))]
    largest = max(totals, key=lambda total: total.value, default=None)
    return f"{largest.value:g} {largest.unit}" if largest else None


def _of_interval(topic: Topic, findings: Findings, study: Study) -> str | None:
    for arm in _treated(topic, study):
        working = findings.working(doses.summary(study, arm)) if len(arm.days) == _TWO else None
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


# By the names that offline/aspects.py has for them, before "_contrast".
QUANTITIES = {
    "survival": Quantity(survival.plan, survival.say, _of_survival, outcome=True),
    "dose": Quantity(doses.plan_dose, doses.say_dose, _of_dose),
    "total": Quantity(doses.plan_total, doses.say_total, _of_total),
    "interval": Quantity(doses.plan_interval, doses.say_interval, _of_interval),
    "gain": Quantity(benefit.plan, benefit.say, _of_gain, outcome=True),
}
