"""What all cycles come to that somebody gets: so often, the activity of one, and the dose that an organ gets of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.agent.offline.deriving.grids import Grid
from assistant.agent.offline.deriving.labelled import Labelled, labelled
from assistant.agent.offline.deriving.made import Composed
from assistant.agent.offline.deriving.misfits import means_everybody
from assistant.agent.offline.deriving.naming_lines import named_lines
from assistant.agent.offline.findings import Findings
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.organs import has_any, organs_of
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.stems import stems
from assistant.language.units import ACTIVITY_UNITS

_GIVEN = r"(?:cycles?|doses?|infusions?|injections?|administrations?|treatments?|courses?|fractions?)"
# "If someone gets all the cycles", "after four cycles", "the maximum cumulative activity", "completes every planned cycle".
_ALL = re.compile(
    rf"\b(?:all|every|each|full|whole|complete[sd]?|planned|both|(?:two|three|four|five|six|seven|eight|\d))\s+(?:\w+\s+){{0,3}}?{_GIVEN}\b"
    r"|\b(?:max(?:imum)?|planned|full)\s+(?:total|cumulative)\b|\b(?:total|cumulative)\s+(?:planned|max(?:imum)?)\b",
    re.IGNORECASE,
)
_TOGETHER = re.compile(r"\b(?:cumulative|total|in all|altogether|together|add(?:s|ed)? up|sum|overall)\b", re.IGNORECASE)
_COURSE = re.compile(
    rf"\b(?:cycles?|infusions?|injections?|courses?|administrations?|schedule|treatment course)\b|\b{_GIVEN}\b", re.IGNORECASE
)
# By these names documents call the activity that is given in the end.
_CHOSEN = (
    re.compile(r"\bRP2D\b|\brecommended (?:\w+ ){0,2}?(?:dose|activity)\b|\brecommended phase (?:2|II|two)\b", re.IGNORECASE),
    re.compile(r"\bMTD\b|\bmaximum tolerated (?:dose|activity)\b", re.IGNORECASE),
)
_NUMBER_OF = re.compile(
    r"(?<!phase )(?<!phases )(?<!grade )(?<!cohort )(?<!level )\b(?P<count>\d|two|three|four|five|six|seven|eight)"
    rf"\s+(?:(?!and\b|or\b|of\b)[a-z-]+\s+)?{_GIVEN}\b",
    re.IGNORECASE,
)
_AT_MOST = re.compile(r"\b(?:up to|a maximum of|at most|no more than|a total of|all)\s+$", re.IGNORECASE)
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_EACH_TIME = re.compile(
    r"\b(?:per|each|every)\s+(?:cycle|dose|infusion|injection|administration|treatment|fraction|(?:\w+\s+)?(?:weeks?|months?|days?))\b",
    re.IGNORECASE,
)


def cumulative(topic: Topic, matches: Sequence[Match], tables: Iterable[Grid], findings: Findings) -> Composed | None:
    """None where it is not asked for, or the sources leave open how often or how much is given, or how much of it an organ takes."""
    question = topic.question
    if not (_ALL.search(question) and _TOGETHER.search(question) and _COURSE.search(question)) or means_everybody(question):
        return None
    plain = [match for match in matches if not match.unit.title and not match.unit.columns]
    stated = labelled(plain, findings)
    level = _of_level(question, tables)
    activity = level or _of_chosen(question, stated) or _only([each for each in stated if _is_of_each(each)])
    rate = _rate(topic, stated)
    if activity is None or activity.measure not in ACTIVITY_UNITS or (rate is None and _asks_dose(topic)):
        return None
    counted = _count(question, [match for match in plain if findings.document_of(match.unit.source).id == activity.document])
    if counted is None:
        return None
    number, sentence = counted
    target = f" in {topic.unit}" if not rate and topic.unit in ACTIVITY_UNITS and topic.unit != activity.measure else ""
    by_rate = f" * {rate.written}" if rate else ""
    told = [*([sentence] if sentence else []), activity.match, *([rate.match] if rate else [])]
    return Composed("total", f"{number} * {activity.written}{by_rate}{target}", tuple(dict.fromkeys(told)))


def _of_level(question: str, tables: Iterable[Grid]) -> Labelled | None:
    """The activity of the one level, cohort or arm that the question names in a table."""
    found = []
    for grid in tables:
        named = named_lines(question, grid.rows)
        given = [cell for line in named for cell in grid.activities(line.place)]
        if len(named) == 1 and len(given) == 1 and any(kind in ("sign", "amount", "count") for kind, _ in named[0].traits):
            found += given
    return _only(found)


def _of_chosen(question: str, stated: Sequence[Labelled]) -> Labelled | None:
    """The activity that a sentence calls recommended, or the most that was tolerated, where the question does."""
    for name in _CHOSEN:
        if name.search(question):
            return _only([each for each in stated if each.measure in ACTIVITY_UNITS and _is_named(each, name, stated)])
    return None


def _is_named(each: Labelled, name: re.Pattern[str], stated: Sequence[Labelled]) -> bool:
    alone = len({other.size for other in stated if other.place == each.place and other.measure in ACTIVITY_UNITS}) == 1
    return alone and name.search(each.unit.text) is not None


def _is_of_each(each: Labelled) -> bool:
    return each.measure in ACTIVITY_UNITS and _EACH_TIME.search(each.unit.text, each.figure.end) is not None


def _only(found: Sequence[Labelled]) -> Labelled | None:
    return found[0] if len({(each.size, each.document) for each in found}) == 1 else None


def _asks_dose(topic: Topic) -> bool:
    """Whether it is asked which dose an organ gets."""
    return bool(organs_of(frozenset(stems(topic.question)))) or any(unit == "Gy" for unit in topic.units) or " Gy" in topic.question


def _rate(topic: Topic, stated: Sequence[Labelled]) -> Labelled | None:
    """What the organ that is asked about gets of each activity."""
    asked = organs_of(frozenset(stems(topic.question)))
    rates = [each for each in stated if each.measure.startswith(("Gy/", "mGy/")) and each.measure.partition("/")[2] in ACTIVITY_UNITS]
    return _only([each for each in rates if asked and has_any(asked, each.near)])


def _count(question: str, plain: Sequence[Match]) -> tuple[int, Match | None] | None:
    """How often it is given, with the sentence that tells it where the question does not."""
    own = {count for found in _NUMBER_OF.finditer(question) if (count := _number(found["count"])) > 1}
    if len(own) == 1:
        return own.pop(), None
    told: dict[int, Match] = {}
    at_most: dict[int, Match] = {}
    for match in reversed(plain):
        for found in _NUMBER_OF.finditer(match.unit.text):
            told[_number(found["count"])] = match
            if _AT_MOST.search(match.unit.text[: found.start()]):
                at_most[_number(found["count"])] = match
    chosen = at_most or told
    return next(iter(chosen.items())) if len(chosen) == 1 else None


def _number(written: str) -> int:
    return _COUNTS.get(written.casefold()) or int(written)
