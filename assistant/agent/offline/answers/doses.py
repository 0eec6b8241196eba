"""What was given: activity per dose, number of doses, days, intervals, totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.agent.offline.answers.given_as import of_activity, of_day, of_total
from assistant.agent.offline.answers.selection import joined, selected
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import (
    activity_words,
    amount,
    arm_words,
    days_words,
    missing,
    phrase,
    significant,
)
from assistant.agent.offline.understanding.bounds import holds
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.offline.verdicts.polarity import verdict
from assistant.language.units import ACTIVITY_UNITS, TIME_UNITS
from assistant.studies.facts import Activity, Arm, Study
from assistant.studies.quantities import convert
from assistant.values import Result


def plan_dose(topic: Topic, findings: Findings) -> list[Call]:
    """A conversion for every activity, where another unit than the text's is asked for; totals where several doses are meant."""
    if _means_total(topic):
        return plan_total(topic, findings)
    return [wanted for _, arm in _dosed(topic) if (wanted := _conversion(topic, arm))]


def say_dose(topic: Topic, findings: Findings) -> list[str]:
    """The activity of one dose for each arm, with its days; the total where "in two doses" asks for it."""
    if _means_total(topic) and (totals := say_total(topic, findings)):
        return totals
    said, lacks = [], []
    for study, arm in _dosed(topic):
        if arm.activity is None:
            lacks.append(missing("activity", study=study.name))
            continue
        marker = findings.cite_of(study, arm.spans.get("activity"), arm.spans.get("days"), arm.spans.get("label"))
        values = {"arm": arm_words(study, arm, capital=True), "activity": activity_words(arm.activity), "marker": marker}
        wanted = _conversion(topic, arm)
        working = findings.working(wanted) if wanted else None
        if wanted and working:
            result = working.results[0]
            converted = amount(significant(result.value), result.unit)
            said.append(
                phrase("dose_converted", converted=converted, mark=findings.mark(wanted), approximately=_about(arm.activity), **values)
            )
        else:
            said.append(phrase("dose", schedule=phrase("schedule", days=days_words(arm.days)) if arm.days else "", **values))
    if said and not lacks:
        said[0] = f"{of_activity(topic, [arm.activity for _, arm in _dosed(topic) if arm.activity])} {said[0]}".strip()
    return said or lacks


def _means_total(topic: Topic) -> bool:
    return "how_much" in topic.signals and any(count > 1 for count in topic.named.counts)


def plan_total(topic: Topic, findings: Findings) -> list[Call]:
    """The dose summary of every arm that the topic names; a conversion of its total where one is asked for."""
    arms = [(study, arm) for study, arm in _dosed(topic) if arm.activity]
    calls = [summary(study, arm) for study, arm in arms]
    for wanted in list(calls):
        total = findings.result(wanted, "total activity")
        if total and topic.unit in ACTIVITY_UNITS and topic.unit not in (total.unit, "MBq"):
            calls.append(call("convert_activity", value=total.value, unit=total.unit, to=topic.unit))
    return calls


def say_total(topic: Topic, findings: Findings) -> list[str]:
    """The total activity of each arm."""
    said = []
    stated: list[Result] = []
    for study, arm in _dosed(topic):
        wanted = summary(study, arm)
        working = findings.working(wanted)
        if arm.activity is None or working is None:
            continue
        totals = [result for result in working.results if "total" in result.name]
        if not totals:
            continue
        stated.append(totals[0])
        mark = findings.mark(wanted)
        shown = [amount(significant(total.value, 6), total.unit) for total in totals]
        if topic.unit in ACTIVITY_UNITS:
            converted = call("convert_activity", value=totals[0].value, unit=totals[0].unit, to=topic.unit)
            if result := findings.working(converted):
                shown = [shown[0], amount(significant(result.results[0].value), result.results[0].unit)]
                mark += findings.mark(converted)
        values = {
            "arm": arm_words(study, arm, capital=True),
            "activity": activity_words(arm.activity),
            "approximately": _about(arm.activity),
            "marker": findings.cite_of(study, arm.spans.get("activity"), arm.spans.get("label")),
        }
        name = "total_converted" if len(shown) > 1 else "total"
        said.append(phrase(name, total=shown[0], converted=shown[-1], mark=mark, **values))
    return [f"{of_total(topic, stated)} {said[0]}".strip(), *said[1:]] if said else []


def say_schedule(topic: Topic, findings: Findings) -> list[str]:
    """The days on which doses were given; which arms' days are not stated."""
    said, lacks = [], []
    for study, arm in _dosed(topic):
        if arm.days:
            marker = findings.cite_of(study, arm.spans.get("days"), arm.spans.get("label"))
            said.append(phrase("days_given", arm=arm_words(study, arm), days=days_words(arm.days), marker=marker))
        elif topic.named.arms or not any(other.days for other in study.arms):
            lacks.append(missing("days", findings.cite_of(study, arm.spans.get("label")), arm=arm_words(study, arm)))
    if said and not lacks:
        said[0] = f"{of_day(topic, [arm for _, arm in _dosed(topic) if arm.days])} {said[0]}".strip()
    return [*said, *lacks]


def plan_interval(topic: Topic, findings: Findings) -> list[Call]:
    """The dose summary of every arm with more than one day, and its interval in the unit asked for where the summary has another."""
    summaries = [summary(study, arm) for study, arm in _dosed(topic) if len(arm.days) > 1]
    return [*summaries, *(wanted for each in summaries if (wanted := _interval_asked(topic, _intervals(findings, each))))]


def _intervals(findings: Findings, wanted: Call) -> list[Result]:
    """The intervals that the dose summary ``wanted`` has brought."""
    working = findings.working(wanted)
    return [result for result in working.results if "interval" in result.name] if working else []


def _interval_asked(topic: Topic, intervals: Sequence[Result]) -> Call | None:
    """The conversion of the first interval into the unit asked for, where it is given in others only."""
    if topic.unit not in TIME_UNITS or not intervals or topic.unit in {interval.unit for interval in intervals}:
        return None
    return call("convert_activity", value=intervals[0].value, unit=intervals[0].unit, to=topic.unit)


def say_interval(topic: Topic, findings: Findings) -> list[str]:
    """How far apart doses were given, in days and weeks; whether that is what the question states."""
    said, lacks = [], []
    apart: set[float] = set()
    for study, arm in _dosed(topic):
        intervals = _intervals(findings, summary(study, arm))
        if not intervals:
            if topic.named.arms or not any(len(other.days) > 1 for other in study.arms):
                lacks.append(missing("days", findings.cite_of(study, arm.spans.get("label")), arm=arm_words(study, arm)))
            continue
        wanted = _interval_asked(topic, intervals)
        asked = findings.working(wanted) if wanted else None
        told = [intervals[0], *(asked.results if asked else intervals[1:])]
        shown = [amount(significant(result.value), result.unit) for result in told]
        said.append(
            phrase(
                "interval",
                arm=arm_words(study, arm),
                days=days_words(arm.days),
                marker=findings.cite_of(study, arm.spans.get("days"), arm.spans.get("label")),
                interval=phrase("or").join(shown) if len(shown) < 2 else f"{shown[0]} or {shown[1]}",
                mark=findings.mark(summary(study, arm)) + (findings.mark_of(asked) if asked else ""),
            )
        )
        apart.add(intervals[0].value)
    if said and (held := _verdict(topic, apart)):
        said[0] = f"{held} {said[0][:1].lower()}{said[0][1:]}"
    return said or lacks


def _verdict(topic: Topic, days: set[float]) -> str:
    """Yes or no to an interval that the question states, of one arm or of all: "was it four weeks for both?"."""
    stated = [replace(f, value=convert(f.value, f.unit, "day"), unit="day") for f in topic.figures if f.unit in TIME_UNITS]
    if topic.form != "yesno" or len(stated) != 1 or (len(days) > 1 and "both" not in topic.signals):
        return ""
    return verdict(topic, held=all(holds(each, stated[0]) for each in days))


def say_count(topic: Topic, findings: Findings) -> list[str]:
    """How many doses the arms got: their labels and schedules."""
    said = []
    for study in topic.studies:
        arms = [arm for s, arm in selected(topic).arms if s is study] or list(study.arms)
        treated = [arm for arm in arms if not arm.control] or arms
        marker = findings.cite_of(study, *(arm.spans.get("doses") or arm.spans.get("label") for arm in treated))
        if marker:
            said.append(phrase("arms", study=study.name, arms=joined(_counted(arm) for arm in treated), marker=marker))
    return said


def _counted(arm: Arm) -> str:
    return f"{arm.label} ({days_words(arm.days)})" if arm.days else arm.label


def _dosed(topic: Topic) -> list[tuple[Study, Arm]]:
    """The arms that the topic names, controls aside unless one is asked for; one arm where all got the same."""
    arms = [(study, arm) for study, arm in selected(topic).arms if not arm.control or topic.named.control]
    if not arms:
        arms = [(study, arm) for study in topic.studies for arm in study.arms if not arm.control]
    if not topic.named.studies:
        arms = _of_amount(topic, arms) or arms
    of_arms = topic.aspect == "sameness" and len(topic.studies) == 1
    if topic.named.arms or of_arms or topic.aspect in ("total", "interval", "schedule", "total_contrast", "interval_contrast"):
        return arms
    kept: dict[tuple[str, str], tuple[Study, Arm]] = {}
    for study, arm in arms:
        key = (study.document + study.name, arm.activity.model_dump_json() if arm.activity else arm.label)
        if key not in kept or len(arm.days) > len(kept[key][1].days):
            kept[key] = (study, arm)
    return list(kept.values())


def _of_amount(topic: Topic, arms: Sequence[tuple[Study, Arm]]) -> list[tuple[Study, Arm]]:
    """The arms that were given an activity which the question states."""
    stated = {(figure.value, figure.unit) for figure in topic.figures}
    return [(study, arm) for study, arm in arms if arm.activity and (arm.activity.value, arm.activity.measure) in stated]


def summary(study: Study, arm: Arm) -> Call:
    """The call that counts and adds up what an arm was given."""
    return call("dose_summary", study=study.name, arm=arm.label, document=study.document)


def _conversion(topic: Topic, arm: Arm) -> Call | None:
    if topic.unit not in ACTIVITY_UNITS or arm.activity is None or arm.activity.unit == topic.unit:
        return None
    per = f"/{arm.activity.per}" if arm.activity.per else ""
    return call("convert_activity", value=arm.activity.value, unit=arm.activity.measure, to=f"{topic.unit}{per}")


def _about(activity: Activity) -> str:
    return "approximately" if activity.approximate else ""
