"""How long something lasts or stays: an activity by the half-life that the documents state, cash at the use of it that they state."""

from __future__ import annotations

import re

from assistant.agent.offline.answers.stated import half_life_of
from assistant.agent.offline.answers.told import Told, told
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.formulas import compared
from assistant.agent.offline.phrasing import amount, number, phrase, quoted, significant
from assistant.agent.offline.topic import Topic
from assistant.language.figures import Figure, figures
from assistant.language.names import elements
from assistant.language.units import ACTIVITY_UNITS, CURRENCIES, TIME_UNITS

_DIGITS = 4
# Words by which statements of accounts tell what there is, and what was used.
_CASH, _USED = "cash cash equivalents at the end", "net cash used in operations operating activities"


def plan(topic: Topic, findings: Findings) -> list[Call]:
    """What is left, or when it has fallen so far; nothing where the documents state no half-life or it is not asked to be used."""
    return [wanted for wanted in [_decay(topic, findings)] if wanted]


def say(topic: Topic, findings: Findings) -> list[str]:
    """The result, then the sentences that half-life and activity were taken from."""
    wanted, half_life = _decay(topic, findings), _half_life(topic, findings)
    working = findings.working(wanted) if wanted else None
    if wanted is None or working is None or half_life is None:
        return []
    result = working.results[0]
    if _share_left(topic):
        takes = phrase(
            "falls",
            half_life=amount(number(half_life.figure.value), half_life.figure.unit),
            amount=amount(significant(result.value, _DIGITS), result.unit),
            mark=half_life.marker + findings.mark(wanted),
        )
        return [takes, quoted("", half_life.text, half_life.marker)]
    value = amount(significant(result.value, _DIGITS), result.unit)
    said = [phrase("left", amount=value, nuclide=_nuclide(topic), mark=half_life.marker + findings.mark(wanted))]
    given = None if _fraction(topic) else _activity(topic, findings)
    return [*said, quoted("", half_life.text, half_life.marker), *([quoted("", given.text, given.marker)] if given and given.text else [])]


def plan_runway(_: Topic, findings: Findings) -> list[Call]:
    """Cash divided by what was used of it, where the documents state both."""
    cash, used = _sums(findings)
    if cash is None or used is None or not used.figure.value:
        return []
    return [call("calculate", expression=f"{_written(cash.figure)} / {_written(used.figure)}")]


def say_runway(topic: Topic, findings: Findings) -> list[str]:
    """For how many of the periods that the use is stated for the cash lasts, with the two sentences."""
    cash, used = _sums(findings)
    for wanted in plan_runway(topic, findings):
        if (working := findings.working(wanted)) and cash and used:
            value = significant(working.results[0].value, 3)
            quotes = [quoted("", each.text, each.marker) for each in dict.fromkeys((cash, used))]
            return [phrase("runway", count=value, mark=findings.mark(wanted)), *quotes]
    return []


def _sums(findings: Findings) -> tuple[Told | None, Told | None]:
    used = told(_USED, findings, lambda figure: figure.unit in CURRENCIES, at_least=3)
    cash = told(_CASH, findings, lambda figure: figure.unit in CURRENCIES) or _cash_now(findings)
    same = cash and used and cash.figure.unit == used.figure.unit and cash.text != used.text
    return (cash, used) if same else (None, None)


def _cash_now(findings: Findings) -> Told | None:
    """The cash of the sentence that sets it beside that of an earlier day."""
    for marker, source in enumerate(findings.evidence.sources, 1):
        for text in re.split(r"(?<=[.!?])\s+", source.passage.text):
            sums = [figure for figure in figures(text) if figure.unit in CURRENCIES]
            if re.search(r"\bcash and cash equivalents\b", text, re.IGNORECASE) and len(sums) == 2:
                now = compared(sums[0], sums[1], text)[1]
                return Told(" ".join(text.split()), now, f"[{marker}]") if now else None
    return None


def _decay(topic: Topic, findings: Findings) -> Call | None:
    half_life = _half_life(topic, findings)
    times = [figure for figure in topic.figures if figure.unit in TIME_UNITS and figure.value]
    if half_life and not times and (share := _share_left(topic)):
        return call("calculate", expression=f"{_written(half_life.figure)} * ln(100 / {share.value:.10g}) / ln(2)")
    if half_life is None or len(times) != 1:
        return None
    left = f"0.5 ^ ({_written(times[0])} / {_written(half_life.figure)})"
    if _fraction(topic):
        return call("calculate", expression=f"{left} in percent")
    given = _activity(topic, findings)
    if given is None:
        return None
    target = f" in {topic.unit}" if topic.unit in ACTIVITY_UNITS and topic.unit != given.figure.unit else ""
    return call("calculate", expression=f"{_written(given.figure)} * {left}{target}")


def _share_left(topic: Topic) -> Figure | None:
    """The percentage of which it is asked when no more than that is left: "how long until only 10 % is left"."""
    shares = [figure for figure in topic.figures if figure.unit == "percent" and 0 < figure.value < 100]
    return shares[0] if len(shares) == 1 and topic.signals & {"how_long", "schedule"} else None


def _half_life(topic: Topic, findings: Findings) -> Told | None:
    """The half-life that the sources state of the question's one nuclide, where the question speaks of a half-life or of no dose."""
    of_an_arm = topic.named.any_arm or bool({"dose", "named_activity"} & topic.signals)
    nuclide = _nuclide(topic)
    if nuclide is None or (of_an_arm and "half_life" not in topic.signals):
        return None
    return half_life_of(findings, nuclide)


def _nuclide(topic: Topic) -> str | None:
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


def _written(figure: Figure) -> str:
    return f"{figure.value:.10g} {figure.unit}".strip()
