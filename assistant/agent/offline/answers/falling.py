"""When an activity has fallen to a share or to an amount: by the half-life of the question, of the documents, else of the tables."""

from __future__ import annotations

import re

from assistant.agent.offline.answers.decays import given_half_life
from assistant.agent.offline.answers.half_life import half_life, look_up
from assistant.agent.offline.answers.lasting import nuclide_of
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import amount, phrase, quoted, significant
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.figures import Figure
from assistant.language.units import ACTIVITY_UNITS, TIME_UNITS

_DIGITS = 4
# "Decayed to 10 %" leaves 10 %, where "decayed by 90 %" leaves as much.
_HOW_OLD = re.compile(
    r"\bhow old\b|\b(?:after|at|by|in) (?:what|which) time\b|\b(?:after|in|within) how (?:many \w+s|long)\b",
    re.IGNORECASE,
)
_DOWN_TO = re.compile(r"\b(?:to|below|under|than)\s+(?:about\s+|only\s+)?$", re.IGNORECASE)


def plan(topic: Topic, findings: Findings) -> list[Call]:
    """The time that it takes, once the half-life is known; nothing where no such time is asked for or no one nuclide is meant."""
    own, nuclide, falls = given_half_life(topic), _nuclide(topic), _falls(topic)
    if falls is None or (own is None and nuclide is None):
        return []
    known = half_life(findings, nuclide or "", own)
    target = f" in {topic.unit}" if topic.unit in TIME_UNITS else ""
    taken = [call("calculate", expression=f"{known.written} * ln({falls}) / ln(2){target}")] if known else []
    return [*look_up(findings, nuclide or "", own), *taken]


def say(topic: Topic, findings: Findings) -> list[str]:
    """The time, with the half-life that it was worked out from and, where a document states this, its sentence."""
    own, nuclide, calls = given_half_life(topic), _nuclide(topic) or "", plan(topic, findings)
    working = findings.working(calls[-1]) if calls and calls[-1].name == "calculate" else None
    known = half_life(findings, nuclide, own)
    if working is None or known is None:
        return []
    takes, mark = amount(significant(working.results[0].value, _DIGITS), working.results[0].unit), findings.mark(calls[-1])
    if own:
        return [phrase("falls_assumed", half_life=known.words, amount=takes, mark=mark)]
    if known.text:
        return [phrase("falls", half_life=known.words, amount=takes, mark=known.marker + mark), quoted("", known.text, known.marker)]
    return [phrase("falls_by_table", nuclide=nuclide, half_life=known.words, marker=known.marker, amount=takes, mark=mark)]


def asks_when(topic: Topic) -> bool:
    """Whether it is asked when so much is left or gone, so that what is left at a time is no answer."""
    shares = [figure for figure in topic.figures if figure.unit == "percent"]
    activities = [figure for figure in topic.figures if figure.unit in ACTIVITY_UNITS]
    down_to = len(activities) == 1 and _DOWN_TO.search(topic.question[: activities[0].start]) is not None
    return topic.form != "yesno" and _asks_time(topic) and (len(shares) == 1 or len(activities) > 1 or down_to)


def _asks_time(topic: Topic) -> bool:
    return bool(topic.signals & {"how_long", "schedule"} or _HOW_OLD.search(topic.question))


def times_smaller(topic: Topic, share: Figure) -> str:
    """How many times smaller what decays has become, as an expression, when ``share``, in percent, is left or is gone."""
    gone = "gone" in topic.signals and "left_over" not in topic.signals and not _DOWN_TO.search(topic.question[: share.start])
    return f"100 / (100 - {share.value:.10g})" if gone else f"100 / {share.value:.10g}"


def _nuclide(topic: Topic) -> str | None:
    """The nuclide of the question, else the one that the studies it names used."""
    used = {study.nuclide.name for study in topic.named.studies if study.nuclide}
    return nuclide_of(topic) or (used.pop() if len(used) == 1 else None)


def _falls(topic: Topic) -> str | None:
    """How many times smaller the activity is at the time asked for, as an expression: ``100 / (100 - 90)`` of "until 90 % has decayed"."""
    own = given_half_life(topic)
    if not _asks_time(topic) or any(figure.unit in TIME_UNITS and figure != own for figure in topic.figures):
        return None
    shares = [figure for figure in topic.figures if figure.unit == "percent" and 0 < figure.value < 100]
    if len(shares) == 1:
        return times_smaller(topic, shares[0])
    activities = sorted((figure for figure in topic.figures if figure.unit in ACTIVITY_UNITS), key=lambda figure: -figure.value)
    if len(activities) != 2 or not all(figure.value for figure in activities) or len({figure.unit for figure in activities}) != 1:
        return None
    before, after = activities
    return (
        f"{before.value:.10g} {before.unit} / ({after.value:.10g} {after.unit})" if _DOWN_TO.search(topic.question[: after.start]) else None
    )
