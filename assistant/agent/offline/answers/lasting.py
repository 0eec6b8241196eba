"""What is left of an activity after a time, by the half-life that the documents state."""

from __future__ import annotations

from assistant.agent.offline.answers.held import share_held
from assistant.agent.offline.answers.stated import half_life_of
from assistant.agent.offline.answers.told import Told, told
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import amount, phrase, quoted, significant
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.names import elements
from assistant.language.units import ACTIVITY_UNITS, TIME_UNITS
from assistant.studies.quantities import convert
from assistant.values import Result

_DIGITS = 4


def plan(topic: Topic, findings: Findings) -> list[Call]:
    """What is left; nothing where the documents state no half-life or it is not asked to be used."""
    return [wanted for wanted in [_decay(topic, findings), _gone(topic, findings)] if wanted]


def say(topic: Topic, findings: Findings) -> list[str]:
    """The result, then the sentences that half-life and activity were taken from."""
    wanted, half_life = _decay(topic, findings), _half_life(topic, findings)
    working = findings.working(wanted) if wanted else None
    if wanted is None or working is None or half_life is None:
        return []
    result = working.results[0]
    value = amount(significant(result.value, _DIGITS), result.unit)
    said = [phrase("left", amount=value, nuclide=nuclide_of(topic), mark=half_life.marker + findings.mark(wanted))]
    if (gone := _gone(topic, findings)) and (decayed := findings.working(gone)):
        lost = amount(significant(decayed.results[0].value, _DIGITS), decayed.results[0].unit)
        said.append(phrase("gone", amount=lost, mark=findings.mark(gone)))
    given = None if _fraction(topic) else _activity(topic, findings)
    if held := share_held(topic, [(result, _in_percent(result, given))]):
        said[0] = f"{held} {said[0]}"
    return [*said, quoted("", half_life.text, half_life.marker), *([quoted("", given.text, given.marker)] if given and given.text else [])]


def _in_percent(result: Result, given: Told | None) -> Result:
    """What is left as a share of what was given; ``result`` itself where that is a share."""
    share = (
        100 * convert(result.value, result.unit, given.figure.unit) / given.figure.value if given and given.figure.value else result.value
    )
    return result.model_copy(update={"value": share, "unit": "percent"})


def _decay(topic: Topic, findings: Findings) -> Call | None:
    half_life = _half_life(topic, findings)
    times = [figure for figure in topic.figures if figure.unit in TIME_UNITS and figure.value]
    if half_life is None or len(times) != 1:
        return None
    left = f"0.5 ^ ({times[0].written} / {half_life.figure.written})"
    if _fraction(topic):
        return call("calculate", expression=f"{left} in percent")
    given = _activity(topic, findings)
    if given is None:
        return None
    target = f" in {topic.unit}" if topic.unit in ACTIVITY_UNITS and topic.unit != given.figure.unit else ""
    return call("calculate", expression=f"{given.figure.written} * {left}{target}")


def _gone(topic: Topic, findings: Findings) -> Call | None:
    """What is no more there, where a share is asked for by its decay: "what fraction has decayed"."""
    wanted = _decay(topic, findings) if _fraction(topic) and "gone" in topic.signals and "left_over" not in topic.signals else None
    left = str(dict(wanted.arguments)["expression"]).removesuffix(" in percent") if wanted else ""
    return call("calculate", expression=f"(1 - {left}) in percent") if wanted else None


def _half_life(topic: Topic, findings: Findings) -> Told | None:
    """The half-life that the sources state of the question's one nuclide, where the question speaks of a half-life or of no dose."""
    of_an_arm = topic.named.any_arm or bool({"dose", "named_activity"} & topic.signals)
    nuclide = nuclide_of(topic)
    if nuclide is None or (of_an_arm and "half_life" not in topic.signals):
        return None
    return half_life_of(findings, nuclide)


def nuclide_of(topic: Topic) -> str | None:
    """The nuclide of the question, else that of the element in it which a study's compound carries: "37 MBq of actinium"."""
    named = elements(topic.question)
    carried = {study.nuclide.name for study in topic.known if study.nuclide and study.nuclide.name.partition("-")[0] in named}
    found = set(topic.nuclides) or carried
    return found.pop() if len(found) == 1 else None


def _fraction(topic: Topic) -> bool:
    """Whether a share is asked for and no activity is given."""
    return bool({"share", "percent"} & topic.signals) and not any(figure.unit in ACTIVITY_UNITS for figure in topic.figures)


def _activity(topic: Topic, findings: Findings) -> Told | None:
    """The activity of the question, else the one that a sentence with its words states."""
    own = [figure for figure in topic.figures if figure.unit in ACTIVITY_UNITS]
    if own:
        return Told("", own[0], "") if len(own) == 1 else None
    return told(topic.query, findings, lambda figure: figure.unit in ACTIVITY_UNITS, at_least=3)
