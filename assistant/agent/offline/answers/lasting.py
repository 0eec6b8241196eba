"""How long something lasts or stays: an activity by the half-life that the documents state, cash at the use of it that they state."""

from __future__ import annotations

import re

from assistant.agent.offline.answers.stated import half_life_of
from assistant.agent.offline.answers.told import Told, told
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.formulas import earlier_and_later
from assistant.agent.offline.phrasing import amount, number, phrase, quoted, significant
from assistant.agent.offline.scope import scope
from assistant.agent.offline.topic import Topic
from assistant.language.figures import Figure, figures
from assistant.language.names import elements
from assistant.language.sentences import sentences
from assistant.language.units import ACTIVITY_UNITS, CURRENCIES, TIME_UNITS

_DIGITS = 4
# "Decayed to 10 %" leaves 10 %, where "decayed by 90 %" leaves as much.
_DOWN_TO = re.compile(r"\b(?:to|below|under|than)\s+(?:about\s+|only\s+)?$", re.IGNORECASE)
_CASH_STATED = re.compile(r"\bcash and cash equivalents\b", re.IGNORECASE)
_RUNWAYS_AT_MOST = 2
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


def plan_runway(topic: Topic, findings: Findings) -> list[Call]:
    """Cash divided by what was used of it, for each document that the question means and that states both."""
    return [_runway(cash, used) for cash, used in _sums(topic, findings)]


def say_runway(topic: Topic, findings: Findings) -> list[str]:
    """For how many of the periods that the use is stated for the cash lasts, with the two sentences."""
    said: list[str] = []
    for cash, used in _sums(topic, findings):
        wanted = _runway(cash, used)
        if working := findings.working(wanted):
            value = significant(working.results[0].value, 3)
            said.append(phrase("runway", count=value, mark=findings.mark(wanted)))
            said += [quoted("", each.text, each.marker) for each in dict.fromkeys((cash, used))]
    return said


def _runway(cash: Told, used: Told) -> Call:
    return call("calculate", expression=f"{_written(cash.figure)} / {_written(used.figure)}")


def _sums(topic: Topic, findings: Findings) -> list[tuple[Told, Told]]:
    """The cash and what was used of it, both from one document, the newest first."""
    meant = scope(topic, findings.evidence.sources)
    dates = {source.document.id: source.document.date or "" for source in findings.evidence.sources if source.document.id in meant}
    found = []
    for document in sorted(dates, key=lambda known: dates[known], reverse=True):
        used = told(_USED, findings, _is_money, at_least=3, within=[document])
        cash = told(_CASH, findings, _is_money, within=[document]) or _cash_now(findings, document)
        if cash and used and used.figure.value and cash.figure.unit == used.figure.unit and cash.text != used.text:
            found.append((cash, used))
    return found[:_RUNWAYS_AT_MOST]


def _is_money(figure: Figure) -> bool:
    return figure.unit in CURRENCIES


def _cash_now(findings: Findings, document: str) -> Told | None:
    """The cash of a document's first sentence that sets it beside that of an earlier day."""
    for marker, source in enumerate(findings.evidence.sources, 1):
        for sentence in sentences(source.passage.text) if source.document.id == document else ():
            sums = [figure for figure in figures(sentence.text) if _is_money(figure)]
            if _CASH_STATED.search(sentence.text) and len(sums) == 2 and (now := earlier_and_later(sums[0], sums[1], sentence.text)[1]):
                return Told(" ".join(sentence.text.split()), now, f"[{marker}]")
    return None


def _decay(topic: Topic, findings: Findings) -> Call | None:
    half_life = _half_life(topic, findings)
    times = [figure for figure in topic.figures if figure.unit in TIME_UNITS and figure.value]
    if half_life and not times and (share := _share_left(topic)):
        return call("calculate", expression=f"{_written(half_life.figure)} * ln(100 / {share:.10g}) / ln(2)")
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


def _share_left(topic: Topic) -> float | None:
    """The percentage that is left at the time asked for: 10 of "how long until only 10 % is left" and of "until 90 % has decayed"."""
    shares = [figure for figure in topic.figures if figure.unit == "percent" and 0 < figure.value < 100]
    if len(shares) != 1 or not topic.signals & {"how_long", "schedule"}:
        return None
    (share,) = shares
    gone = "gone" in topic.signals and "left_over" not in topic.signals and not _DOWN_TO.search(topic.question[: share.start])
    return 100 - share.value if gone else share.value


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
