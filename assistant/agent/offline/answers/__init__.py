"""For each aspect of a question: which tools to call, and what to say of what they brought."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from assistant.agent.offline.answers import (
    after_dose,
    beforehand,
    benefit,
    bounded,
    chart,
    contrast,
    controls,
    conversion,
    doses,
    everybody,
    expressions,
    facts,
    falling,
    fraction,
    gaps,
    halved,
    lasting,
    next_dose,
    overview,
    physics,
    quotient,
    runway,
    sameness,
    scaled,
    spans,
    survival,
    titles,
)
from assistant.agent.offline.findings import Call, Findings
from assistant.agent.offline.understanding.aspects import CONTRAST
from assistant.agent.offline.understanding.earlier import asks_earlier
from assistant.agent.offline.understanding.topic import Topic


def _nothing(_: Topic, __: Findings) -> list[Call]:
    return []


class Aspect(NamedTuple):
    """``plan`` gives the calls wanted, more of them once earlier ones are answered; ``say`` gives sentences, none where it cannot."""

    say: Callable[[Topic, Findings], Sequence[str]]
    plan: Callable[[Topic, Findings], Sequence[Call]] = _nothing


def _plan_decay(topic: Topic, findings: Findings) -> list[Call]:
    if asks_earlier(topic.question):
        return beforehand.plan(topic, findings)
    if falling.asks_when(topic):
        return falling.plan(topic, findings)
    return (
        falling.plan(topic, findings)
        or lasting.plan(topic, findings)
        or physics.plan_decay(topic, findings)
        or fraction.plan(topic, findings)
    )


def _say_decay(topic: Topic, findings: Findings) -> list[str]:
    """What it was before, or when it has fallen so far; else what is left, by the half-life of the documents or by that of the tables."""
    if asks_earlier(topic.question):
        return beforehand.say(topic, findings)
    if falling.asks_when(topic):
        return falling.say(topic, findings)
    return (
        falling.say(topic, findings) or lasting.say(topic, findings) or physics.say_decay(topic, findings) or fraction.say(topic, findings)
    )


def _plan_total(topic: Topic, findings: Findings) -> list[Call]:
    return everybody.plan(topic, findings) if everybody.asks(topic) else doses.plan_total(topic, findings)


def _say_total(topic: Topic, findings: Findings) -> list[str]:
    """What each arm got, or all of them together."""
    return everybody.say(topic, findings) if everybody.asks(topic) else doses.say_total(topic, findings)


# By the names that offline/understanding/aspects.py gives; `text` is answered by offline/answers/text.py.
ASPECTS = {
    "survival": Aspect(survival.say, survival.plan),
    "next_dose": Aspect(next_dose.say, next_dose.plan),
    "gaps": Aspect(gaps.say, gaps.plan),
    "chart": Aspect(chart.say, chart.plan),
    "extreme": Aspect(survival.say_extreme, survival.plan),
    "bounded": Aspect(bounded.say, survival.plan),
    "unreached": Aspect(survival.say_unreached),
    "after_dose": Aspect(after_dose.say, after_dose.plan),
    "benefit": Aspect(benefit.say, benefit.plan),
    "benefit_per_activity": Aspect(benefit.say, benefit.plan),
    "survival_per_activity": Aspect(quotient.say, quotient.plan),
    "claim": Aspect(benefit.say, benefit.plan),
    **{
        f"{name}{CONTRAST}": Aspect(partial(contrast.say, quantity), partial(contrast.plan, quantity))
        for name, quantity in contrast.QUANTITIES.items()
    },
    "sameness": Aspect(sameness.say, sameness.plan),
    "dose": Aspect(doses.say_dose, doses.plan_dose),
    "dose_count": Aspect(doses.say_count),
    "scaled": Aspect(scaled.say, scaled.plan),
    "total": Aspect(_say_total, _plan_total),
    "schedule": Aspect(doses.say_schedule),
    "interval": Aspect(doses.say_interval, doses.plan_interval),
    "decay": Aspect(_say_decay, _plan_decay),
    "runway": Aspect(runway.say, runway.plan),
    "halved": Aspect(halved.say, halved.plan),
    "half_lives": Aspect(physics.say_half_lives, physics.plan_half_lives),
    "halvings": Aspect(halved.say_count, halved.plan_count),
    "half_lives_time": Aspect(spans.say, spans.plan),
    "half_life": Aspect(physics.say_half_life, physics.plan_half_life),
    "conversion": Aspect(conversion.say, conversion.plan),
    "arithmetic": Aspect(expressions.say, expressions.plan),
    "sample_size": Aspect(facts.say_sample_size, facts.plan_sample_size),
    "statistic": Aspect(facts.say_statistic),
    "control": Aspect(controls.say_control),
    "control_given": Aspect(controls.say_control_given),
    "burden": Aspect(facts.say_burden),
    "model": Aspect(facts.say_model),
    "disease": Aspect(facts.say_model),
    "species": Aspect(facts.say_species),
    "compound": Aspect(facts.say_compound),
    "nuclide": Aspect(facts.say_nuclide),
    "carriers": Aspect(facts.say_carriers),
    "arms_list": Aspect(facts.say_arms),
    "overview": Aspect(overview.say, overview.plan),
    "study_list": Aspect(facts.say_studies),
    "studies_counted": Aspect(facts.say_studies_counted),
    "title": Aspect(titles.say, titles.plan),
    "studies_compared": Aspect(contrast.say_studies),
}
