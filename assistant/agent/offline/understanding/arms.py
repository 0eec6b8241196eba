"""Which arms of a study a question means: by number of doses, level, letter, amount, what was measured, or words of the label."""

from __future__ import annotations

from assistant.agent.offline.understanding.designations import designation
from assistant.agent.offline.understanding.mentions import Mentions
from assistant.language.figures import Figure
from assistant.studies.facts import Arm, Study
from assistant.studies.naming import administrations, level
from assistant.studies.vocabulary import read


def arms_of(study: Study, named: Mentions) -> tuple[Arm, ...]:
    """The arms of ``study`` that the mentions mean; empty when they name an arm that the study lacks, all when they name none."""
    designated = tuple(arm for arm in study.arms if designation(arm) in named.designations)
    if designated and not named.control:
        return designated
    by_words = [arm for arm in study.arms if (study.document, study.name, arm.label) in named.called]
    by_label = tuple(arm for arm in study.arms if arm in designated or arm in by_words)
    if not named.arms and not by_label:
        return study.arms
    own_control = any(arm.control for arm in by_words)
    by_name = [arm for arm in study.arms if _is_named(study, arm, named) and (arm in by_words or not (arm.control and own_control))]
    # "A single 20 MBq dose" names an arm twice over; "group B against control" names two arms.
    both = [arm for arm in by_name if arm in by_label and not arm.control]
    if both and len(named.counts) <= 1 and any(not arm.control for arm in by_name):
        return tuple(arm for arm in study.arms if arm in both or (arm.control and arm in (*by_name, *by_words)))
    return tuple(arm for arm in study.arms if arm in by_name or arm in by_label)


def given(study: Study, arm: Arm) -> int | None:
    """How often the arm was dosed; once where nothing says so but another arm of the study was dosed repeatedly: 20 MBq, 2 x 20 MBq."""
    stated = administrations(arm)
    if stated is not None or arm.control or arm.activity is None:
        return stated
    return 1 if any((administrations(other) or 0) > 1 for other in study.arms) else None


def _is_named(study: Study, arm: Arm, named: Mentions) -> bool:
    if arm.control:
        return named.control and is_plain(study, arm)
    doses = given(study, arm)
    if doses in named.counts:
        return True
    if named.several and (doses or 0) > 1:
        return True
    return bool(named.levels) and level(study, arm) in named.levels


def is_plain(study: Study, arm: Arm) -> bool:
    """Whether a control is one by its name, vehicle or untreated, and no other agent's where the study has controls of both kinds."""
    plain = [other for other in study.arms if other.control and any(term.values("control") for term in read(other.label))]
    return not plain or arm in plain


def strength(arm: Arm) -> tuple[bool, float, float]:
    """What orders treatments: controls first, then the activity given in all, then how often."""
    count = administrations(arm) or 0
    return (not arm.control, arm.activity.value * max(count, 1) if arm.activity else 0.0, count)


def lived(arm: Arm, figure: Figure) -> bool:
    """Whether a figure, in its unit, is how long the arm lived."""
    return arm.survival is not None and (arm.survival.value, arm.survival.unit) == (figure.value, figure.unit)
