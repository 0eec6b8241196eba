"""What a follow-up carries over from the question before it: aspect, arms, studies, figures, unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.agent.offline.understanding.administrations import bare_counts, without_pronouns
from assistant.agent.offline.understanding.aspects import TEXT
from assistant.agent.offline.understanding.cues import content
from assistant.agent.offline.understanding.designations import without_designations
from assistant.agent.offline.understanding.lifetimes import own_half_life
from assistant.agent.offline.understanding.mentions import Mentions
from assistant.agent.offline.understanding.shapes import shared
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.figures import Figure, figures
from assistant.studies.facts import Study

# What puts an arm in the place of the one compared with: "and over one dose?".
_AGAINST = re.compile(r"\b(?:over|versus|vs|than|against|compared|relative)\b", re.IGNORECASE)
_OTHER = re.compile(
    r"\b(?:the )?other (?:one|compound|drug|study|model|agent|experiment|arm|isotope|nuclide|radionuclide|radioisotope)?\b", re.IGNORECASE
)
_THIS_STUDY = re.compile(r"\b(?:this|that|the same|that same|this same) (?:study|experiment|trial)\b", re.IGNORECASE)
_EACH_STUDY = re.compile(r"\b(?:both|each|all|every|either)(?: of)?(?: the)? (?:stud|compound|drug|model|experiment|agent)", re.IGNORECASE)
_TWO_STUDIES = re.compile(r"\btwo (?:studies|experiments|compounds|drugs|agents|models)\b", re.IGNORECASE)


def follow(topic: Topic, previous: Topic, studies: Sequence[Study]) -> Topic:
    """``previous`` with what ``topic``, a question that does not stand by itself, puts in its places; ``studies`` are all there are."""
    aspect = shared(previous.question) if previous.aspect == "sameness" else previous.aspect
    if topic.signals & {"percent", "ratio"} and aspect in ("survival", "benefit", "claim"):
        aspect = "benefit"
    if topic.signals & {"over_all", "total"} and aspect in ("dose", "conversion"):
        previous = replace(previous, studies=_of_amounts(previous) if aspect == "conversion" else previous.studies)
        aspect = "total"
    if "per_activity" in topic.signals and aspect in ("survival", "benefit"):
        aspect = "benefit_per_activity"
    if aspect == "survival" and topic.named.control and "compare" in topic.signals:
        aspect = "benefit"
    if aspect == "statistic" and (topic.named.arms or bare_counts(topic.question)):
        aspect = "survival"  # which says whether it is a mean or a median, too
        previous = replace(previous, signals=previous.signals - {"mean", "median", "statistic"})
    arms_meant = both_arms(topic, previous)
    everything = not arms_meant and means_all(topic) and not topic.studies and not _OTHER.search(topic.question)
    named = _named(topic, previous, aspect, both=arms_meant)
    if topic.form == "why" and not content(topic.question):
        aspect = TEXT
    others = _others(topic, previous, studies)
    return replace(
        previous,
        question=topic.question,
        query=f"{topic.question} {without_designations(previous.query) if topic.named.designations else previous.query}",
        aspect=aspect,
        signals=topic.signals | (previous.signals - {"named_arm", "named_two_arms", "both"}),
        named=replace(named, studies=topic.studies or others or previous.named.studies, unknown=topic.named.unknown, strays=()),
        studies=tuple(studies) if everything else topic.studies or others or previous.studies,
        figures=_figures(topic, previous),
        units=topic.units or (previous.units if not topic.signals & {"percent", "ratio"} else ()),
        nuclides=topic.nuclides or (() if any(study.nuclide for study in topic.studies or others) else previous.nuclides),
        form=topic.form if topic.form != "what" or _asks_figure(topic) else previous.form,
        follows=True,
        claim="" if topic.form == "yesno" else previous.claim or previous.question,
        seen=together(previous.seen, named),
        sides=topic.sides,
    )


def _of_amounts(previous: Topic) -> tuple[Study, ...]:
    """The studies that gave the activity which was converted, or all where none did."""
    amounts = {(figure.value, figure.unit) for figure in previous.figures}
    given = (s for s in previous.studies if any(arm.activity and (arm.activity.value, arm.activity.measure) in amounts for arm in s.arms))
    return tuple(given) or previous.studies


def _asks_figure(topic: Topic) -> bool:
    """Whether a follow-up wants what was said in another form, "per uCi?", which no yes or no answers."""
    return bool(topic.units or topic.signals & {"percent", "ratio", "per_activity"})


def _named(topic: Topic, previous: Topic, aspect: str, *, both: bool) -> Mentions:
    """The arms that a follow-up means: its own, ``both`` of those spoken of, or the ones before; the control where it is compared with."""
    own = topic.named if topic.named.any_arm else replace(topic.named, counts=bare_counts(topic.question))
    if own.arms and previous.named.control and aspect in ("benefit", "benefit_per_activity") and not _AGAINST.search(topic.question):
        own = replace(own, control=True)
    named = own if own.any_arm else previous.named
    if both:
        named = replace(named, counts=previous.seen.counts, control=own.control)
    if aspect == "benefit" and previous.aspect == "survival" and not own.arms:
        named = replace(
            named,
            counts=previous.seen.counts,
            control=previous.seen.control,
            levels=previous.seen.levels,
            designations=previous.seen.designations,
            called=previous.seen.called,
        )
    if aspect in ("benefit", "claim") and topic.named.control:
        counts = topic.named.counts or (previous.seen if both else previous.named).counts
        named = replace(previous.named, control=True, counts=counts)
    return named


def _others(topic: Topic, previous: Topic, studies: Sequence[Study]) -> tuple[Study, ...]:
    """The studies that "the other one" means: all but those that were spoken of."""
    if not _OTHER.search(topic.question):
        return ()
    return tuple(study for study in studies if study not in previous.studies)


def _figures(topic: Topic, previous: Topic) -> tuple[Figure, ...]:
    """The figures of a follow-up; a bare number takes the place of the last one, in its unit: "and after 60?"."""
    counted = figures(without_pronouns(topic.question))
    own = tuple(figure for figure in topic.figures if any((figure.value, figure.unit) == (c.value, c.unit) for c in counted))
    if not own or not previous.figures or any(figure.unit for figure in own):
        return own or _without_half_life(previous)
    return (*previous.figures[:-1], replace(previous.figures[-1], value=own[0].value))


def _without_half_life(previous: Topic) -> tuple[Figure, ...]:
    """The figures that are carried over, without a half-life: it is no time that passes, and may be that of another nuclide."""
    half_life = own_half_life(previous.question, previous.figures)
    return tuple(figure for figure in previous.figures if figure != half_life)


def both_arms(topic: Topic, previous: Topic) -> bool:
    """Whether "both" are the two arms of one study that were spoken of, and not two studies."""
    several = len(previous.seen.counts) == 2 and len(previous.named.studies) == 1
    return several and not topic.studies and re.search(r"\bboth\b(?! (?:stud|comp|drug|mod))", topic.question, re.IGNORECASE) is not None


def means_all(topic: Topic) -> bool:
    """Whether a question speaks of all studies at once, whatever was spoken of before; "both shots" are doses."""
    of_doses = topic.signals & {"over_all", "each_dose"} and not _EACH_STUDY.search(topic.question)
    one = _THIS_STUDY.search(topic.question)  # whose stem is that of "studies"
    return ("both" in topic.signals and not of_doses and not one) or _TWO_STUDIES.search(topic.question) is not None


def together(one: Mentions, other: Mentions) -> Mentions:
    """``other`` with the arms of both."""
    return replace(
        other,
        counts=one.counts | other.counts,
        control=one.control or other.control,
        levels=one.levels | other.levels,
        designations=one.designations | other.designations,
        called=one.called | other.called,
    )
