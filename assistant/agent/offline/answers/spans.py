"""How long so many half-lives are: "ten half-lives of I-131 in days"."""

from __future__ import annotations

from assistant.agent.offline.answers.decays import given_half_life
from assistant.agent.offline.answers.half_life import half_life, look_up
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import amount, half_lives_words, phrase, significant
from assistant.agent.offline.understanding.naming import half_lives
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.units import TIME_UNITS

_DIGITS = 4


def plan(topic: Topic, findings: Findings) -> list[Call]:
    """The half-life that the question gives so many times; else that of each nuclide which is meant, looked up before."""
    own, calls = given_half_life(topic), list[Call]()
    for nuclide in _nuclides(topic):
        wanted = _span(topic, findings, nuclide)
        calls += [*look_up(findings, nuclide, own), *([wanted] if wanted else [])]
    return calls


def say(topic: Topic, findings: Findings) -> list[str]:
    """How long that is, with the half-life it was worked out from."""
    own, count = given_half_life(topic), half_lives(topic.question)
    said = []
    for nuclide in _nuclides(topic):
        wanted, known = _span(topic, findings, nuclide), half_life(findings, nuclide, own)
        working = findings.working(wanted) if wanted else None
        if wanted is None or known is None or working is None or count is None:
            continue
        said.append(
            phrase(
                "half_lives_time_assumed" if own else "half_lives_time",
                nuclide=nuclide,
                half_life=known.words,
                marker=known.marker,
                count=half_lives_words(count),
                amount=amount(significant(working.results[0].value, _DIGITS), working.results[0].unit),
                mark=findings.mark(wanted),
            )
        )
    return said


def _nuclides(topic: Topic) -> list[str]:
    """The nuclides of the question, else those of the studies that it means; one without a name where it gives the half-life itself."""
    if given_half_life(topic):
        return [""]
    return list(topic.nuclides) or list(dict.fromkeys(study.nuclide.name for study in topic.studies if study.nuclide))


def _span(topic: Topic, findings: Findings, nuclide: str) -> Call | None:
    """So many times the half-life, in the unit asked for; None while it is not known."""
    known, count = half_life(findings, nuclide, given_half_life(topic)), half_lives(topic.question)
    if known is None or count is None:
        return None
    target = f" in {topic.unit}" if topic.unit in TIME_UNITS and topic.unit != known.unit else ""
    return call("calculate", expression=f"{count:.10g} * {known.written}{target}")
