"""False premises: names that do not go together, figures that belong to something else. They are corrected first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.agent.offline.answers.claims import contradictions
from assistant.agent.offline.answers.doses import say_schedule
from assistant.agent.offline.answers.facts import say_nuclide, say_species, say_statistic, tested
from assistant.agent.offline.answers.selection import selected
from assistant.agent.offline.findings import Findings
from assistant.agent.offline.phrasing import activity_words, amount, arm_words, number, phrase
from assistant.agent.offline.understanding.arms import given, lived
from assistant.agent.offline.understanding.mentions import mentions, place_of
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.conjunctions import COMPARING
from assistant.language.figures import Figure
from assistant.language.names import fold, name_key
from assistant.language.units import ACTIVITY_UNITS, TIME_UNITS
from assistant.studies.facts import Arm, Study

# Where one thing that is claimed of a study ends and another begins.
_CLAUSES = re.compile(r"[,;]\s|\b(?:and|but|while|whereas|versus|vs|than)\b", re.IGNORECASE)
# What stands between the two sides of a comparison.
_AGAINST = re.compile(COMPARING, re.IGNORECASE)
_COMPARED = re.compile(r"\b(?:outlive[sd]?|outlast(?:s|ed)?|than|as (?:long|much|many) as)\b", re.IGNORECASE)
_ON_DAY = re.compile(r"\bday\s+(\d{1,3})\b", re.IGNORECASE)
# Questions in which a figure is something to compute with and claims nothing.
_COMPUTED = frozenset({"conversion", "arithmetic", "decay", "halved", "half_life", "half_lives", "half_lives_time", "halvings"})


def corrections(topic: Topic, findings: Findings) -> list[str]:
    """A sentence for each premise of the question that the sources contradict."""
    said = _other_nuclide(topic, findings)
    if not (said and topic.signals & {"carry", "nuclide"}):
        strays = [tested(study, findings) for study in topic.studies[:2]] if topic.named.strays else []
        said = [*strays, *(tested(study, findings, "tested_of") for study in topic.named.strays[:2]), *said]
    said += _other_species(topic, findings)
    said += _other_statistic(topic, findings)
    if topic.aspect not in _COMPUTED and not topic.follows:
        said += misplaced(topic, findings)
    said += _other_totals(topic, findings)
    said += _other_days(topic, findings)
    said += contradictions(topic, findings)
    return list(dict.fromkeys(said))


def _other_days(topic: Topic, findings: Findings) -> list[str]:
    """On which days the named study was dosed, where the question takes a day of another one for its."""
    asked = {int(day) for day in _ON_DAY.findall(topic.question)}
    named = [study for study in topic.studies if topic.named.studies]
    own = {day for study in named for arm in study.arms for day in arm.days}
    others = {day for study in topic.known if study not in named for arm in study.arms for day in arm.days}
    dosed = topic.signals & {"given", "second_dose"} and not topic.signals & {"survival", "outcome", "remaining"}
    if not (dosed and asked and own) or asked & own or not asked <= others or topic.form == "yesno":
        return []
    return say_schedule(replace(topic, studies=tuple(named), form="what"), findings)


def _other_nuclide(topic: Topic, findings: Findings) -> list[str]:
    """What a compound carries, where the question gives it another nuclide."""
    named = [study for study in topic.studies if topic.named.studies and study.nuclide and study.nuclide.stated]
    if not topic.nuclides or topic.aspect in ("half_life", "benefit") or not named:
        return []
    return (
        say_nuclide(replace(topic, studies=tuple(named), form="what"), findings)
        if all(s.nuclide.name not in topic.nuclides for s in named if s.nuclide)
        else []
    )


def _other_species(topic: Topic, findings: Findings) -> list[str]:
    """Which animals a study was done in, where the question gives it others that no study of its compound was done in; people are spoken
    of in many other ways.
    """
    asked = topic.named.species if _has_a_survival(topic) else topic.named.species - {"human"}
    of_asked = {name_key(study.compound) for study in topic.known if study.compound and study.species in asked}
    named = [s for s in topic.named.studies if s.species and s.species not in asked and name_key(s.compound or "") not in of_asked]
    if not asked or not named or len(named) < len(topic.named.studies):
        return []
    return say_species(replace(topic, studies=tuple(named)), findings)


def _other_statistic(topic: Topic, findings: Findings) -> list[str]:
    """Whether a survival is a mean or a median, where the question states it as the other."""
    called = topic.signals & {"mean", "median"}
    stated = [figure for figure in topic.figures if figure.unit in TIME_UNITS]
    owners = [(study, arm) for study in topic.known for arm in study.arms if any(_has(arm, figure) for figure in stated)]
    wrong = [arm for _, arm in owners if arm.survival and arm.survival.statistic and arm.survival.statistic not in called]
    if len(called) != 1 or not wrong or len(wrong) < len(owners):
        return []
    arms = replace(topic, query=" ".join(figure.text for figure in stated), question="", named=replace(topic.named, counts=frozenset()))
    return say_statistic(arms, findings)


def _has_a_survival(topic: Topic) -> bool:
    """Whether the question states the survival of an arm of the studies that it names: then it speaks of these animals."""
    return any(_has(arm, figure) for figure in topic.figures if figure.unit in TIME_UNITS for s in topic.named.studies for arm in s.arms)


def misplaced(topic: Topic, findings: Findings) -> Iterator[str]:
    """Figures that the question gives to a study or arm although the sources give them to another one."""
    if not (topic.named.studies or topic.named.arms) or not _names_besides_figures(topic):
        return
    for figure in (figure for figure in topic.figures if not _is_of_the_other_side(topic, figure)):
        meant = _given_to(topic, figure)
        owners = [(study, arm) for study in topic.known for arm in study.arms if _has(arm, figure)]
        if _is_side_of_comparison(topic, figure):
            continue
        if owners and not any((study.name, study.document, arm.label) in meant for study, arm in owners):
            study, arm = owners[0]
            spans = [arm.survival.span if arm.survival else None] if figure.unit in TIME_UNITS else [arm.spans.get("activity")]
            yield phrase(
                "correction_figure",
                amount=amount(number(figure.value), figure.unit),
                arm=arm_words(study, arm),
                marker=findings.cite_of(study, *spans, arm.spans.get("label")),
            )


def _is_of_the_other_side(topic: Topic, figure: Figure) -> bool:
    """Whether a comparison names its studies only on the side where the figure is not: "two of 20 kBq vs lutetium"."""
    sides = _AGAINST.split(topic.question)
    return len(sides) > 1 and any(
        figure.text in side and topic.named.studies and all(place_of(study, side) == len(fold(side)) for study in topic.named.studies)
        for side in sides
    )


def _is_side_of_comparison(topic: Topic, figure: Figure) -> bool:
    """Whether an amount names an arm that a yes/no question compares with others, and so claims nothing of them."""
    compares = topic.form == "yesno" and topic.aspect == "benefit" and _COMPARED.search(topic.question) is not None
    return compares and figure.unit in ACTIVITY_UNITS


def _names_besides_figures(topic: Topic) -> bool:
    """Whether the question names a study or an arm by more than survivals: "was 80 days against 52 significant?" claims nothing."""
    question = topic.question
    for figure in topic.figures:
        if figure.unit in TIME_UNITS:
            question = question.replace(figure.text, " ")
    named = mentions(question, topic.known, topic.callings)
    return bool(named.studies or named.arms)


def _other_totals(topic: Topic, findings: Findings) -> Iterator[str]:
    """What an arm was given, where the question says of all arms that they got in total what only another one of its study did."""
    if not {"both", "named_arms_word", "total"} <= topic.signals:
        return
    for figure in topic.figures:
        owners = [study for study in topic.known for arm in study.arms if figure.unit in ACTIVITY_UNITS and _has_in_all(study, arm, figure)]
        for study in owners:
            for arm in study.arms:
                if arm.activity and not _has_in_all(study, arm, figure):
                    marker = findings.cite_of(study, arm.spans.get("activity"), arm.spans.get("label"))
                    words = {"arm": arm_words(study, arm, capital=True), "activity": activity_words(arm.activity)}
                    yield phrase("dose", schedule="", marker=marker, **words)


def _has_in_all(study: Study, arm: Arm, figure: Figure) -> bool:
    """Whether the doses of an arm come to the figure together."""
    if arm.activity is None or name_key(arm.activity.measure) != name_key(figure.unit):
        return False
    return arm.activity.value * (given(study, arm) or 1) == figure.value


def _given_to(topic: Topic, figure: Figure) -> set[tuple[str, str, str]]:
    """The arms that the question gives a figure to: those it names on the figure's side, of the study named nearest to the figure.

    A figure that is an arm's survival names that arm by itself, so it is left out of the wording.
    """
    clause = next((part for part in _CLAUSES.split(topic.question) if figure.text in part), topic.question)
    named = tuple(study for study in topic.named.studies if place_of(study, clause) < len(fold(clause)))
    studies = named if named and len(topic.named.studies) > 1 else topic.studies
    question = topic.question.replace(figure.text, " ")
    side = next((side for side in topic.sides if figure.text in side), None)
    beside = mentions((side or topic.question).replace(figure.text, " "), topic.known, topic.callings)
    own = mentions(clause.replace(figure.text, " "), topic.known, topic.callings) if clause != topic.question else None
    named_arms = own if own and own.arms else beside if side else replace(topic.named, called=beside.called)
    wording = replace(topic, studies=studies, query=topic.query.replace(figure.text, " "), question=question, named=named_arms)
    return {(study.name, study.document, arm.label) for study, arm in selected(wording).arms}


def _has(arm: Arm, figure: Figure) -> bool:
    if figure.unit in TIME_UNITS:
        return lived(arm, figure)
    if figure.unit in ACTIVITY_UNITS:
        return arm.activity is not None and name_key(arm.activity.measure) == name_key(figure.unit) and arm.activity.value == figure.value
    return False
