"""What a dose per kilogram or square metre comes to for one body: the product, with the text's and the question's figures as inputs."""

from __future__ import annotations

from assistant.agent.offline.answers.selection import selected
from assistant.agent.offline.answers.told import told
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import arithmetic, number, quoted
from assistant.agent.offline.understanding.arms import given
from assistant.agent.offline.understanding.naming import BODY_UNITS
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.figures import Figure
from assistant.language.units import ACTIVITY_UNITS
from assistant.studies.facts import Arm, Study

_Found = tuple[str, Figure, str]


def plan(topic: Topic, findings: Findings) -> list[Call]:
    """The product of the dose, the body and, where the total of an arm is asked for, the number of doses."""
    dose, body = _dose(topic, findings), _body(topic, findings)
    if dose is None or body is None or dose[0].rpartition("/")[2] != body[1].unit:
        return []
    product = f"{dose[0]} * {number(body[1].value).replace(',', '')} {body[1].unit}"
    unit = topic.unit if topic.unit in ACTIVITY_UNITS else dose[0].split()[1].partition("/")[0]
    return [call("calculate", expression=f"{_times(topic, dose[2])}{product} in {unit}")]


def say(topic: Topic, findings: Findings) -> list[str]:
    """The product with the sentences that its figures were taken from; nothing where it cannot be told which figures are meant."""
    dose, body = _dose(topic, findings), _body(topic, findings)
    for wanted in plan(topic, findings):
        working = findings.working(wanted)
        if working is None or dose is None or body is None:
            return []
        quotes = [quoted("", text, marker) for text, marker in ((dose[1], dose[3]), (body[0], body[2])) if text]
        return [arithmetic(str(dict(wanted.arguments)["expression"]), working.results[0], findings.mark(wanted)), *quotes]
    return []


def _dose(topic: Topic, findings: Findings) -> tuple[str, str, tuple[Study, Arm] | None, str] | None:
    """The dose for each unit of body as ``calculate`` reads it, its sentence, its arm and its marker.

    It is that of the question, else that of the one arm or level that is meant, else that of the sentence most like the question.
    """
    arms = [(study, arm) for study, arm in selected(topic).arms if arm.activity and arm.activity.per and "activity" in arm.spans]
    arms = [(s, a) for s, a in arms if (s.document, s.name, a.label) in topic.named.called] or arms
    rates = {f"{arm.activity.value:g} {arm.activity.measure}": (study, arm) for study, arm in arms if arm.activity}
    asked = [figure for figure in topic.figures if _is_rate(figure)]
    if asked:
        rate = f"{number(asked[0].value).replace(',', '')} {asked[0].unit}"
        return rate, "", rates.get(rate), ""
    if len(rates) == 1:
        ((rate, (study, arm)),) = rates.items()
        return rate, findings.sentence_at(arm.spans["activity"]), (study, arm), findings.cite_of(study, arm.spans["activity"])
    found = told(topic.query, findings, _is_rate) or told(topic.query, findings, _is_rate, at_least=1)
    return (f"{number(found.figure.value).replace(',', '')} {found.figure.unit}", found.text, None, found.marker) if found else None


def _body(topic: Topic, findings: Findings) -> _Found | None:
    """The weight or surface of the question, else the one that a sentence with the question's words gives."""
    own = [figure for figure in topic.figures if figure.unit in BODY_UNITS]
    if own:
        return "", own[0], ""
    found = told(topic.query, findings, lambda figure: figure.unit in BODY_UNITS)
    return (found.text, found.figure, found.marker) if found else None


def _is_rate(figure: Figure) -> bool:
    unit, _, per = figure.unit.partition("/")
    return unit in ACTIVITY_UNITS and per in BODY_UNITS


def _times(topic: Topic, of: tuple[Study, Arm] | None) -> str:
    """``4 * `` where a total is asked for of an arm that was dosed four times, or four doses of the question's own amount."""
    if any(map(_is_rate, topic.figures)) and len(topic.named.counts) == 1:
        count: int | None = next(iter(topic.named.counts))
    else:
        count = given(*of) if of and "total" in topic.signals else None
    return f"{count} * " if count and count > 1 else ""
