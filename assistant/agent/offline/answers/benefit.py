"""What an arm gained over another: days, ratio, percent, gain per added activity; whether a claim of it holds."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.agent.offline.answers import facts, survival
from assistant.agent.offline.answers.claimed import verdict
from assistant.agent.offline.answers.increments import increments, of_each_dose
from assistant.agent.offline.answers.multiples import multiple, say_multiple
from assistant.agent.offline.answers.quotient import gain_per_total, rate_in
from assistant.agent.offline.answers.ranking import no_ranking
from assistant.agent.offline.answers.selection import pair, pairs, species_gap
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import (
    amount,
    arm_words,
    decimals,
    doses_words,
    joined_markers,
    missing,
    number,
    phrase,
    reference_words,
    significant,
    survival_words,
    title_words,
)
from assistant.agent.offline.understanding.arms import given
from assistant.agent.offline.understanding.designations import designation
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.stems import stems
from assistant.language.units import TIME_UNITS
from assistant.studies.facts import Arm, Study
from assistant.values import Result

# With more arms than two named, all of them are listed before any are compared.
_COMPARED = 2


def plan(topic: Topic, findings: Findings) -> list[Call]:
    """The comparison for each study; a conversion of its gain once it is known, where another unit is asked for."""
    calls = [comparison(topic, study, *arms) for study in _studies(topic, findings) for arms in pairs(study, topic)]
    gains = [gain for wanted in calls if (gain := findings.result(wanted, "gain"))]
    calls += [converted for gain in gains if (converted := _conversion(topic, gain))]
    calls += [rate for wanted in list(calls) if (rate := _rate_asked(topic, findings, wanted))]
    if shortfall := _shortfall(topic):
        calls.append(shortfall)
    calls += [wanted for study in _studies(topic, findings) for arms in pairs(study, topic) if (wanted := _total_rate(topic, study, arms))]
    calls += [wanted for study in _studies(topic, findings) if (wanted := multiple(topic, pairs(study, topic)))]
    return calls


def say(topic: Topic, findings: Findings) -> list[str]:
    """A sentence for each study, then what keeps the comparison from saying more."""
    if rivals := _set_against(topic):
        return [*_measured(findings, rivals), *no_ranking(rivals)]
    studies = _studies(topic, findings)
    said = [sentence for study in studies for arms in pairs(study, topic) for sentence in _sentences(topic, findings, study, arms)]
    said += [sentence for study in studies for sentence in say_multiple(topic, findings, study, pairs(study, topic))]
    lacks = [sentence for study in studies for sentence in _lacks(topic, findings, study, only=len(studies) == 1)]
    lacks += _absent_counts(topic, studies)
    if _is_ranking(topic, studies):
        lacks += no_ranking(studies)
    if gap := species_gap(topic):
        return [gap, *said]
    if of_each_dose(topic) and not any(increments(study, topic) for study in studies):
        return [*lacks, *said]
    if topic.named.control and not any(pairs(study, topic) for study in studies):
        return [*lacks, *_measured(findings, studies)]
    if topic.form == "why":
        said += facts.say_burden(topic, findings)
    if topic.form == "yesno" and said:
        compared = [comparison(topic, study, *arms) for study in studies for arms in pairs(study, topic)]
        said[0] = f"{verdict(topic, compared, findings, studies)} {said[0]}".strip()
    if len(topic.named.counts) + topic.named.control > _COMPARED and not any(len(pairs(study, topic)) > 1 for study in studies):
        said = [*survival.say(topic, findings), *said]
    return [*said, *lacks]


def _lacks(topic: Topic, findings: Findings, study: Study, *, only: bool) -> list[str]:
    """What keeps a study from being compared as asked."""
    lacks = []
    compared = pairs(study, topic)
    for arms in compared[:1]:
        if refusal := findings.refusals.get(comparison(topic, study, *arms)):
            lacks.append(missing("calculation", reason=refusal))
    if not compared and (topic.named.studies or only):
        lacks.append(missing("comparison", study=study.name))
    if not any(arm.control for arm in study.arms) and (topic.named.control or of_each_dose(topic) or topic.aspect == "claim"):
        lacks.append(missing("control", study=study.name))
    return lacks


def _sentences(topic: Topic, findings: Findings, study: Study, arms: tuple[Arm, Arm]) -> list[str]:
    """What is said of two arms: gain per activity first if that is asked, the gain, the gain in another unit, the shortfall."""
    if findings.working(wanted := comparison(topic, study, *arms)) is None:
        return []
    several = len({other.document for other in topic.studies}) > 1
    said = [_gain_sentence(findings, study, arms, wanted, several=several)]
    labels = {"treatment": arm_words(study, arms[0]), "reference": arm_words(study, arms[1])}
    per_total = _total_rate(topic, study, arms)
    if per_total and (working := findings.working(per_total)):
        rate_result = working.results[0]
        value = phrase("gain_rate", amount=significant(rate_result.value, 3), unit=rate_result.unit.replace("day/", "days/"))
        cited = findings.cite_of(study, arms[0].spans.get("activity"), arms[0].spans.get("label"))
        said.insert(0, phrase("per_total", amount=value, mark=cited + findings.mark(per_total), **labels))
    elif rate := _rate(topic, findings, wanted):
        value, mark = rate
        cited = joined_markers(*(findings.cite_of(study, arm.spans.get("activity"), arm.spans.get("label")) for arm in arms))
        said.insert(0, phrase("per_activity", amount=value, mark=cited + mark, **labels))
    said += _converted_gain(topic, findings, wanted, arms)
    shortfall = _shortfall(topic)
    if shortfall and (result := findings.working(shortfall)) and result.results[0].value > 0:
        percent = amount(number(abs(result.results[0].value), 1), "percent")
        marker = findings.cite_arm(study, arms[1])
        said.append(phrase("shorter", percent=percent, mark=marker + findings.mark(shortfall), **labels))
    return said


def _rate(topic: Topic, findings: Findings, wanted: Call) -> tuple[str, str] | None:
    """The gain per added activity, in the units asked for, and what cites it."""
    rate, asked = findings.result(wanted, "gain per added activity"), _rate_asked(topic, findings, wanted)
    working = findings.working(asked) if asked else None
    if working:
        rate = working.results[0]
    if rate is None:
        return None
    value = phrase("gain_rate", amount=significant(rate.value, 3), unit=rate.unit.replace("day/", "days/"))
    return value, findings.mark(wanted) + (findings.mark_of(working) if working else "")


def _total_rate(topic: Topic, study: Study, arms: tuple[Arm, Arm]) -> Call | None:
    """The gain for each unit of all that was given, where that is asked for and not for each added one."""
    asked = topic.aspect == "benefit_per_activity" and "total" in topic.signals and "added" not in topic.signals
    return gain_per_total(*arms, given(study, arms[0])) if asked else None


def _rate_asked(topic: Topic, findings: Findings, wanted: Call) -> Call | None:
    """The gain for each unit of activity that is asked for, where the comparison has it for another."""
    gain, added = findings.result(wanted, "gain"), findings.result(wanted, "added activity")
    return rate_in(topic, gain, added) if gain and added else None


def _converted_gain(topic: Topic, findings: Findings, wanted: Call, arms: tuple[Arm, Arm]) -> list[str]:
    gain = findings.result(wanted, "gain")
    converted = _conversion(topic, gain) if gain else None
    working = findings.working(converted) if converted else None
    if gain is None or converted is None or working is None:
        return []
    stated = amount(number(gain.value, _places(arms)), gain.unit)
    value = amount(significant(working.results[0].value, 3), working.results[0].unit)
    return [phrase("gain_converted", gain=stated, converted=value, mark=findings.mark(converted))]


def _conversion(topic: Topic, gain: Result) -> Call | None:
    """The conversion of a gain into the unit that is asked for; a loss is left in its own."""
    if topic.unit not in TIME_UNITS or topic.unit == gain.unit or gain.value < 0:
        return None
    return call("convert_activity", value=gain.value, unit=gain.unit, to=topic.unit)


def _gain_sentence(findings: Findings, study: Study, arms: tuple[Arm, Arm], wanted: Call, *, several: bool) -> str:
    treatment, reference = arms
    assert treatment.survival is not None
    assert reference.survival is not None
    gain, ratio, increase = (findings.result(wanted, name) for name in ("gain", "ratio", "increase"))
    assert gain is not None
    assert ratio is not None
    assert increase is not None
    return phrase(
        "benefit",
        treatment=arm_words(study, treatment, capital=True),
        survival=survival_words(treatment.survival),
        reference_survival=amount(number(reference.survival.value), reference.survival.unit),
        reference=reference_words(reference),
        marker=joined_markers(findings.cite_arm(study, treatment), findings.cite_arm(study, reference)),
        gain=phrase("gained" if gain.value >= 0 else "lost", amount=amount(number(abs(gain.value), _places(arms)), gain.unit)),
        ratio=number(ratio.value, 2),
        percent=phrase("more" if increase.value >= 0 else "less", percent=amount(number(abs(increase.value), 1), "percent")),
        mark=findings.mark(wanted),
        document=phrase("of_document", document=title_words(study, findings)) if several else "",
    )


def _studies(topic: Topic, findings: Findings) -> Sequence[Study]:
    """The studies compared; for a claim that names none, the one whose passages share most of its wording, if one does."""
    if topic.form == "yesno" and of_each_dose(topic):
        whole = [study for study in topic.studies if len(increments(study, topic)) > 1]
        if len(whole) == 1:  # only there is what one dose added set against what the other did
            return whole
    called = [study for study in topic.studies if {designation(arm) for arm in study.arms} & topic.named.designations]
    if topic.aspect != "claim" or topic.named.studies or len(topic.studies) < 2 or "always" in topic.signals:
        return called or topic.studies
    overlaps = [(_overlap(topic.question, study, findings), study) for study in topic.studies]
    best = max(overlap for overlap, _ in overlaps)
    closest = [study for overlap, study in overlaps if overlap == best]
    return closest if best > 1 and len(closest) == 1 else topic.studies


def _overlap(question: str, study: Study, findings: Findings) -> int:
    """The longest run of words that the question has in common with a passage the study was measured in."""
    words = stems(question)
    numbers = {findings.cite(arm.survival.span) for arm in study.arms if arm.survival}
    passages = [" ".join(stems(s.passage.text)) for n, s in enumerate(findings.evidence.sources, 1) if f"[{n}]" in numbers]
    runs = [(end - start, " ".join(words[start:end])) for start in range(len(words)) for end in range(start + 1, len(words) + 1)]
    return max((length for length, run in runs if any(f" {run} " in f" {passage} " for passage in passages)), default=0)


def comparison(topic: Topic, study: Study, treatment: Arm, reference: Arm) -> Call:
    """The call that compares two arms of a study; with the gain for each unit of activity only where that is asked for."""
    return call(
        "survival_benefit",
        study=study.name,
        treatment=treatment.label,
        reference=reference.label,
        document=study.document,
        per_activity=topic.aspect == "benefit_per_activity",
    )


def _shortfall(topic: Topic) -> Call | None:
    """The percentage seen from the longer-lived arm, where the question puts it that way: "by how much did controls fall short"."""
    if "shortfall" not in topic.signals or len(topic.studies) != 1 or not (arms := pair(topic.studies[0], topic)):
        return None
    treated, base = arms[0].survival, arms[1].survival
    if treated is None or base is None or treated.unit != base.unit:
        return None
    return call(
        "calculate",
        expression=f"({treated.value:g} {treated.unit} - {base.value:g} {base.unit}) / {treated.value:g} {treated.unit} in percent",
    )


def _places(arms: tuple[Arm, Arm]) -> int:
    return decimals(*(arm.survival.value for arm in arms if arm.survival))


def _is_ranking(topic: Topic, studies: Sequence[Study]) -> bool:
    return (
        len(studies) > 1
        and len({study.compound for study in studies}) > 1
        and ("as_much" in topic.signals or ("cross" in topic.signals and "second_dose" not in topic.signals))
    )


def _set_against(topic: Topic) -> list[Study]:
    """The studies whose survivals the question sets against each other by their figures: "is 80 longer than 52, so is it better?"."""
    stated = {figure.value for figure in topic.figures}
    meant = {
        figure: [study for study in topic.known if any(arm.survival and arm.survival.value == figure for arm in study.arms)]
        for figure in stated
    }
    alone = [studies[0] for studies in meant.values() if len(studies) == 1]
    return [study for study in topic.known if study in alone] if len({study.name for study in alone}) > 1 else []


def _absent_counts(topic: Topic, studies: Sequence[Study]) -> list[str]:
    """What is said of numbers of doses that no arm was given."""
    known = {given(study, arm) for study in studies for arm in study.arms}
    absent = sorted(count for count in topic.named.counts if count not in known)
    return [missing("arm", arm=doses_words(count), study=study.name) for count in absent for study in studies]


def _measured(findings: Findings, studies: Sequence[Study]) -> list[str]:
    """The survival that there is, when the control that was asked for is not."""
    return [
        phrase(
            "survival",
            arm=arm_words(study, arm, capital=True),
            survival=survival_words(arm.survival),
            marker=findings.cite_arm(study, arm),
            document="",
        )
        for study in studies
        for arm in study.arms
        if arm.survival
    ][:4]
