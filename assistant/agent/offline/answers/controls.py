"""Whether a study had a control, and what its controls got."""

from __future__ import annotations

from assistant.agent.offline.answers.facts import cite_study
from assistant.agent.offline.answers.selection import joined, species_gap
from assistant.agent.offline.findings import Findings
from assistant.agent.offline.phrasing import arm_words, missing, phrase, survival_words
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.offline.verdicts.polarity import is_denied, verdict
from assistant.language.stems import stems
from assistant.resources import prompt_table

# Words of a control's label that do not say what it got.
_CALLED = frozenset(stems("control controls ctrl arm group cohort mice animals"))


def say_control(topic: Topic, findings: Findings) -> list[str]:
    """Whether there was a control arm, study by study; of "which study had one?" or "had none?" first those that are meant.

    Nothing where none of the studies was done in the species that is asked about.
    """
    if "which_study" in topic.signals and topic.form != "yesno":
        return _which_controlled(topic, findings)
    if species_gap(topic):  # the studies that are known had mice, and it is asked of the trial in dogs
        return []
    said = []
    for study in topic.studies:
        controls = [arm for arm in study.arms if arm.control]
        for arm in controls:
            if arm.survival:
                marker = findings.cite_arm(study, arm)
                told = phrase("survival", arm=arm_words(study, arm), survival=survival_words(arm.survival), marker=marker, document="")
                said.append(_answered(verdict(topic, held=True), told))
        if not controls:
            labels = joined(arm.label for arm in study.arms)
            told = phrase("control_none", study=study.name, arms=labels, marker=cite_study(study, findings))
            said.append(_answered(verdict(topic, held=False), told))
            said.append(missing("control", study=study.name))
    return said


def _answered(held: str, sentence: str) -> str:
    return f"{held} {sentence}" if held else f"{sentence[:1].upper()}{sentence[1:]}"


def _which_controlled(topic: Topic, findings: Findings) -> list[str]:
    having, lacking = [], []
    for study in topic.studies:
        arms = phrase("arms", study=study.name, arms=joined(arm.label for arm in study.arms), marker=cite_study(study, findings))
        if any(arm.control for arm in study.arms):
            having.append(arms)
        else:
            lacking += [arms, missing("control", study=study.name)]
    return [*lacking, *having] if is_denied(topic.question) else [*having, *lacking]


def say_control_given(topic: Topic, findings: Findings) -> list[str]:
    """What controls got, as far as their labels tell; that it is not said, unless a passage speaks of what controls get."""
    said, lacks = [], []
    for study, arm in [(each, arm) for each in topic.studies for arm in each.arms if arm.control]:
        if frozenset(stems(arm.label)) - _CALLED:
            said.append(phrase("control_given", study=study.name, label=arm.label, marker=findings.cite_of(study, arm.spans.get("label"))))
        else:
            lacks.append(missing("control_given", arm=arm_words(study, arm)))
    got = frozenset(stems(" ".join(word for word in prompt_table("names.toml")["control"]["control"] if " " not in word))) - _CALLED
    if not said and any(got & frozenset(stems(source.passage.text)) for source in findings.evidence.sources):
        return []
    return [*said, *lacks]
