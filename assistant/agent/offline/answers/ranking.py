"""Why figures of several studies rank nothing: what is said to be missing, with that in which the studies differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.agent.offline.answers.selection import joined
from assistant.agent.offline.phrasing import missing
from assistant.language.names import name_key
from assistant.resources import prompt_table
from assistant.studies.facts import Study

# By the names that prompts/offline.toml has words for; None is what a document does not say, which differs from nothing.
_TRAITS: dict[str, Callable[[Study], object]] = {
    "compound": lambda study: name_key(study.compound) if study.compound else None,
    "model": lambda study: name_key(study.model or study.disease or "") or None,
    "species": lambda study: study.species,
    "activity": lambda study: frozenset(arm.activity for arm in study.arms if arm.activity and not arm.control) or None,
    "schedule": lambda study: frozenset(arm.days for arm in study.arms if arm.days and not arm.control) or None,
}


def is_one_experiment(studies: Sequence[Study]) -> bool:
    """Whether the compounds of the studies were given side by side: in one model of one document, beside the same controls."""
    controls = [{(arm.label, arm.survival) for arm in study.arms if arm.control and arm.survival} for study in studies]
    places = {(study.document, study.model) for study in studies}
    return len(studies) > 1 and len(places) == 1 and bool(set.intersection(*controls))


def no_ranking(studies: Sequence[Study]) -> list[str]:
    """That nothing compares the studies directly; of studies that differ in nothing that is known, that they are apart.

    Nothing is said of compounds that one experiment compares.
    """
    if is_one_experiment(studies):
        return []
    words: dict[str, str] = prompt_table("offline.toml")["differences"]
    differing = [words[name] for name, trait in _TRAITS.items() if len({known for study in studies if (known := trait(study))}) > 1]
    return [missing("direct_comparison", differences=joined(differing)) if differing else missing("joint_experiment")]
