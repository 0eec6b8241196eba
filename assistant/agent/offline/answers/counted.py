"""Counts of each group, "0/12 with vehicle and 5/12 with both": whether any of a group were so, and the share of all groups together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from assistant.agent.offline.answers.text import quotes
from assistant.agent.offline.encoders import Encode
from assistant.agent.offline.findings import Call, Findings, call
from assistant.agent.offline.phrasing import amount, phrase, significant
from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.matching import matches_of
from assistant.agent.offline.understanding.cues import content, light
from assistant.agent.offline.understanding.operation import POOLED, pools_groups
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.figures import figures
from assistant.language.stems import stems
from assistant.language.tables import cells

_COUNT = re.compile(r"(?<![\d.,/])(?P<part>\d{1,4})\s*(?:/|\s(?:out )?of (?:the )?)\s*(?P<whole>[1-9]\d{0,3})(?![\d.,/%])")
_UNIT = re.compile(r"\((?P<unit>[^()]{1,12})\)")
_NONE = re.compile(r"\b(?:none|no|not|neither|nor|never|without)\b", re.IGNORECASE)
_ANY = re.compile(r"\b(?:any|a single|at least one|even one|one or more)\b", re.IGNORECASE)
# So many sentences are looked through, of which each has so much of the question.
_TRIED, _COVERED, _COVERED_POOLED = 8, 0.5, 0.35
_DIGITS = 4


class _Counted(NamedTuple):
    """So many of so many, ``near`` whom and what these words tell; ``thing`` are those that tell what is counted."""

    part: int
    whole: int
    near: frozenset[str]
    thing: frozenset[str]
    match: Match


def plan(topic: Topic, findings: Findings, encode: Encode) -> list[Call]:
    """The share of all groups together, where that is asked for."""
    found = _pooled(topic, findings, encode)
    return [_share(found)] if found else []


def say(topic: Topic, findings: Findings, encode: Encode) -> list[str]:
    """Yes or no to whether any of a group were so, with the sentence that counts them, or the share of all groups together."""
    if topic.form == "yesno" and _ANY.search(topic.question):
        found = _of_group(topic, matches_of(topic, findings, encode))
        return quotes([found.match], phrase("yes" if found.part else "no"), findings) if found else []
    pooled = _pooled(topic, findings, encode)
    working = findings.working(_share(pooled)) if pooled else None
    if not working:
        return []
    value = amount(significant(working.results[0].value, _DIGITS), working.results[0].unit)
    return [
        *quotes([pooled[0].match], "", findings),
        phrase("worked_share", amount=value, reference="", mark=findings.mark(_share(pooled))),
    ]


def _pooled(topic: Topic, findings: Findings, encode: Encode) -> list[_Counted]:
    """The counts of the groups of the likeliest sentence that counts several, where the share of all is asked for."""
    if not pools_groups(topic.question):
        return []
    thing = replace(topic, question=POOLED.sub(" ", topic.question))
    for match in matches_of(thing, findings, encode)[:_TRIED]:
        found = _in_sentence(match) if not match.unit.columns else []
        if len(found) > 1 and match.coverage >= _COVERED_POOLED:
            return found
    return []


def _share(found: Sequence[_Counted]) -> Call:
    parts, wholes = (" + ".join(str(each[place]) for each in found) for place in (0, 1))
    return call("calculate", expression=f"({parts}) / ({wholes}) in percent")


def _of_group(topic: Topic, matches: Sequence[Match]) -> _Counted | None:
    """The count of the one group that the question names, of what it names; None where no group is named or several fit."""
    asked = content(topic.question) - light()
    stated = [each for match in matches[:_TRIED] for each in (_in_row(match) if match.unit.columns else _in_sentence(match))]
    given = frozenset(stem for figure in topic.figures if figure.unit for stem in stems(figure.text))
    # "None were seen at 10 kBq" counts a group, too.
    stated = [each for each in stated if not _NONE.search(each.match.unit.text) or (given and given <= each.near)]
    stated = [each for each in stated if each.thing & asked and (each.match.unit.columns or each.match.coverage >= _COVERED)]
    stated = [each for each in stated if not _is_of_another_amount(topic, each.match)]
    common = frozenset.intersection(*(each.near for each in stated)) if len(stated) > 1 else frozenset[str]()
    rated = [(len((each.near - common) & asked), each) for each in stated]
    most = max((rate for rate, _ in rated), default=0)
    best = [each for rate, each in rated if rate == most > 0]
    return best[0] if len({(each.part > 0) for each in best}) == 1 else None


def _is_of_another_amount(topic: Topic, match: Match) -> bool:
    """Whether a row gives another amount than the question in a column of that unit: 8 of "Dose (mg/kg)" where 2 mg/kg is asked about."""
    asked = {figure.unit: figure.value for figure in topic.figures if figure.unit}
    named = [(cell, _UNIT.search(name)) for cell, name in zip(cells(match.unit.text), cells(match.unit.columns), strict=False)]
    given = [own[0] for cell, unit in named if unit and len(own := figures(f"{cell} {unit['unit']}")) == 1]
    return any(figure.unit in asked and figure.value != asked[figure.unit] for figure in given)


def _in_sentence(match: Match) -> list[_Counted]:
    """The counts of a sentence, each with the words behind it as far as the next one; what leads up to them tells what is counted."""
    text = match.unit.text
    found = list(_COUNT.finditer(text))
    ends = [*(each.start() for each in found), len(text)]
    lead = frozenset(stems(text[: ends[0]]))
    denied = _NONE.search(text)
    ends = [min(end, denied.start()) if denied and place else end for place, end in enumerate(ends)]
    return [
        _Counted(int(each["part"]), int(each["whole"]), frozenset(stems(text[each.end() : end])), lead, match)
        for each, (_, end) in zip(found, pairwise(ends), strict=True)
    ]


def _in_row(match: Match) -> list[_Counted]:
    """The counts of a table's row, of whom its cells of words tell, and of what the names of their columns."""
    row, names = cells(match.unit.text), cells(match.unit.columns)
    whom = frozenset(stem for cell in row if not _COUNT.fullmatch(cell) for stem in stems(cell))
    return [
        _Counted(int(found["part"]), int(found["whole"]), whom, frozenset(stems(name)), match)
        for cell, name in zip(row, names, strict=False)
        if (found := _COUNT.fullmatch(cell))
    ]
