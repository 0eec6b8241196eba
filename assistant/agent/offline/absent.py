"""Names, nuclides, groups, arms, amounts and diseases that a question speaks of and no document or known arm has."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from assistant.agent.offline.answers.selection import joined
from assistant.agent.offline.phrasing import doses_words, missing, phrase
from assistant.agent.offline.sentences.organs import asks_of_organs
from assistant.agent.offline.sentences.scope import elements_of
from assistant.agent.offline.understanding.arms import given
from assistant.agent.offline.understanding.bounds import is_bound
from assistant.agent.offline.understanding.designations import spoken_of
from assistant.agent.offline.understanding.mentions import occurs
from assistant.agent.offline.understanding.qualifiers import rivals_unknown
from assistant.agent.offline.understanding.topic import Topic, designates_unknown
from assistant.errors import CalculationError
from assistant.language.figures import Figure, figures
from assistant.language.names import fold, nuclides
from assistant.language.units import ACTIVITY_UNITS
from assistant.studies.facts import Activity, Arm, Study
from assistant.studies.quantities import convert
from assistant.studies.vocabulary import read

# Aspects that are answered from what studies measured, for which a narrowing word makes another question.
MEASURED = frozenset(
    ["survival", "benefit", "benefit_per_activity", "dose", "total", "sample_size", "extreme", "after_dose", "schedule", "statistic"]
)
# Units in which doses are given: activities, and masses for drugs that are not radioactive.
_DOSE_UNITS = ACTIVITY_UNITS | {"mg", "ug", "g"}
_AMOUNT_TOLERANCE = 0.01
# The letters before the number of a name, and so many names that differ from it only there are told.
_LETTERS = re.compile(r"(?P<letters>[A-Z]{2,8})[ -]?\d+[A-Z]?$")
_ALIKE_NAMED = 3


def absent_names(topic: Topic, texts: Sequence[str], common_words: frozenset[str]) -> list[str]:
    """What is said of the compounds and rivals of a question that no text names; ``common_words`` are those of common English."""
    known = " ".join(map(fold, texts))
    carried = frozenset[str]().union(*map(elements_of, texts))
    unknown = [name for name in topic.named.unknown if not occurs(name, known) and name not in carried]
    names = unknown or rivals_unknown(topic.question, texts, common_words)
    spelled = [name.upper() if re.search(r"\d", name) else name for name in names if not _is_alternative(name, topic, carried)]
    alike = sorted({code for name in spelled for code in _alike(name, texts)})
    return [missing("name_alike", name=joined(spelled), alike=joined(alike))] if 0 < len(alike) <= _ALIKE_NAMED else _lacking(spelled)


def _alike(name: str, texts: Iterable[str]) -> frozenset[str]:
    """The names in ``texts`` that differ from this one, letters and a number, in the number alone: QX-7 where QX-9 is asked about."""
    letters = _LETTERS.match(name)
    if letters is None:
        return frozenset()
    alike = re.compile(rf"(?<![\w-]){letters['letters']}[ -]?\d+[A-Za-z]?(?![\w-])", re.IGNORECASE)
    return frozenset(" ".join(code.split()) for text in texts for code in alike.findall(text))


def _is_alternative(name: str, topic: Topic, known: Collection[str]) -> bool:
    """Whether the question offers ``name`` beside an element that the sources have: "is it terbium or lutetium?"."""
    offered = re.search(rf"(?:([\w-]+),?\s+or\s+)?\b{re.escape(name)}\b(?:,?\s+or\s+([\w-]+))?", fold(topic.question))
    return offered is not None and any(other in known for other in offered.groups())


def absent_nuclides(topic: Topic, texts: Sequence[str]) -> list[str]:
    """What is said of the nuclides whose measured effect is asked for and which no text speaks of, nor a compound's name suggests."""
    if topic.aspect not in MEASURED:
        return []
    known = {study.nuclide.name for study in topic.known if study.nuclide} | {m.name for text in texts for m in nuclides(text)}
    return _lacking(name for name in topic.nuclides if name not in known)


def absent_groups(topic: Topic, texts: Sequence[str]) -> list[str]:
    """What is said of the letters and numbers of a question that neither an arm nor a text has."""
    if not designates_unknown(topic.named, topic.studies):
        return []
    return _lacking(phrase("group", label=sign.upper()) for sign in sorted(topic.named.designations) if not spoken_of(sign, texts))


def _lacking(names: Iterable[str]) -> list[str]:
    named = joined(names)
    return [missing("name", name=named)] if named else []


def absent_diseases(topic: Topic, texts: Sequence[str]) -> list[str]:
    """What is said of the diseases of a question that names no study, of which no text speaks."""
    if topic.named.studies or not topic.named.diseases or asks_of_organs(topic):
        return []
    known = " ".join(map(fold, texts))
    named = [term.text for term in read(topic.question) if term.values("disease") and term.text not in known]
    return [missing("disease", asked=joined(named))] if named else []


def absent_amounts(topic: Topic, texts: Sequence[str]) -> list[str]:
    """What is said of a dose in the question, 30 mg/kg, that neither a known arm nor anybody a text tells of was given.

    One of another arm is corrected elsewhere.
    """
    unknown = [figure for figure in ungiven(topic) if not states(texts, figure)]
    return [missing("amount", amount=joined(" ".join(figure.text.split()) for figure in unknown))] if unknown else []


def ungiven(topic: Topic) -> list[Figure]:
    """The doses in a question about what was measured that no known arm was given."""
    if topic.aspect not in MEASURED or topic.follows:
        return []
    asked = [figure for figure in topic.figures if figure.unit.partition("/")[0] in _DOSE_UNITS and _is_dose(figure, topic)]
    known = [activity for study in topic.known for arm in study.arms for activity in _activities(study, arm, topic)]
    return [figure for figure in asked if not any(_same_amount(figure, activity) for activity in known)]


def _is_dose(figure: Figure, topic: Topic) -> bool:
    """Whether a figure is not what an activity is held to, "was it over 20 MBq?", and no number of a compound, "QX 125 kBq"."""
    named = f"{topic.question[: figure.start]}{figure.text.split()[0]}".casefold()
    held_to = is_bound(figure) and topic.form == "yesno" and topic.aspect in ("dose", "total")
    return not held_to and not any(study.compound and named.endswith(study.compound.casefold()) for study in topic.known)


def states(texts: Sequence[str], amount: Figure) -> bool:
    """Whether a text has the amount as a question puts it."""
    return any((figure.value, figure.unit) == (amount.value, amount.unit) for text in texts for figure in figures(text))


def _activities(study: Study, arm: Arm, topic: Topic) -> list[Activity]:
    """What the arm was given at once, and in all where that is spoken of."""
    if arm.activity is None:
        return []
    count = given(study, arm) or 1
    return [arm.activity, *([arm.activity.model_copy(update={"value": arm.activity.value * count})] if "total" in topic.signals else [])]


def _same_amount(figure: Figure, activity: Activity) -> bool:
    working = _amount_in(activity.value, activity.unit, figure.unit.partition("/")[0])
    return working is not None and abs(working - figure.value) <= _AMOUNT_TOLERANCE * figure.value


def _amount_in(value: float, unit: str, to: str) -> float | None:
    """``value`` of ``unit`` in ``to``; None where the two measure different things."""
    try:
        return convert(value, unit, to)
    except CalculationError:
        return None


def absent_arms(topic: Topic) -> list[str]:
    """What is said of numbers of doses that no arm of the topic's studies was given, where none of those named was."""
    counts = {given(study, arm) for study in topic.studies for arm in study.arms}
    repeated = topic.named.several and not any((count or 0) > 1 for count in counts)
    if not repeated and (not topic.named.counts or topic.named.counts & counts or not any(counts)):
        return []
    stated = {figure.value for figure in figures(topic.question)}
    wordings = (doses_words(count) if count in stated or not stated else phrase("more_doses") for count in sorted(topic.named.counts))
    asked = joined([phrase("repeated")] if repeated else wordings)
    return [missing("arm", arm=asked, study=study.name) for study in topic.studies]
