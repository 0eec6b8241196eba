"""An operation and the figures that the sources state → those that it is on, and what they give: nothing where two choices fit."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Literal

from assistant.agent.offline.deriving.formulas import Formula, of_pair, of_sum
from assistant.agent.offline.deriving.labelled import NEAR, Labelled
from assistant.agent.offline.deriving.linking import changed, latest
from assistant.agent.offline.deriving.pairing import (
    Pair,
    apart,
    is_listed,
    is_number,
    is_of_another,
    is_time,
    is_untimed,
    paired,
    told_apart,
)
from assistant.agent.offline.deriving.sharing import is_denied, part_and_whole
from assistant.agent.offline.deriving.summing import summed
from assistant.agent.offline.deriving.untold import are_of_no_side, tell_days
from assistant.agent.offline.understanding.operation import Kind, Operation, joined_names
from assistant.agent.offline.understanding.terms import forms_of
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.offline.verdicts.contrary import is_contrary
from assistant.language.figures import YEAR, Figure, figures
from assistant.language.periods import periods
from assistant.language.stems import stem
from assistant.language.units import CURRENCIES, TIME_UNITS, canonical_unit, measures_alike

# So many words tell what is compared, and so much of them is said of the two figures, where the groups are called otherwise there.
_OF_QUANTITY, _SURE = 2, 0.85
# So well a word is said of a figure that stands elsewhere in its sentence.
_IN_SENTENCE = 0.5
_WITHIN_NAME = re.compile(r"\b(?P<one>\w+) and (?P<two>\w+)\b")


def operands(
    asked: Operation, topic: Topic, stated: Sequence[Labelled], spoken: Mapping[str, frozenset[str]] = MappingProxyType({})
) -> tuple[tuple[Labelled, ...], Formula] | None:
    """The figures of ``stated`` that are meant, with what they give; of the kinds that may be meant the first that has its figures.

    ``spoken`` are the stems of each document's sentences, by its id.
    """
    stated = [each for each in stated if _is_meant(each, asked) and _is_of_its_time(each, asked, stated)]
    if len(periods(topic.question)) > 1:
        stated = [each for each in stated if _is_of_its_period(each, topic.question)]
    question = _with_names(joined_names(topic.question), stated)
    for kind in asked.kinds:
        if kind == "sum":
            parts = summed(asked, question, [each for each in latest(stated) if _may_be_added(each, asked, topic.unit)])
            wanted = of_sum(parts, topic.unit) if parts else None
        else:
            pair = _pair(kind, asked, question, _in_unit(kind, topic.unit, stated), spoken)
            parts, wanted = pair or (), of_pair(_as_asked(kind, asked, pair), *pair, topic.unit) if pair else None
        if wanted:
            return parts, wanted
    return None


def _as_asked(kind: Kind, asked: Operation, pair: Pair) -> Literal["others", "factor"] | Kind:
    """The kind as the question means it: those of whom something does not hold, the factor by which something fell."""
    if kind == "share" and asked.denied is not is_denied(*pair):
        return "others"
    return "factor" if kind == "ratio" and asked.falls else kind


def _is_meant(each: Labelled, asked: Operation) -> bool:
    """Whether a figure may go in: it is no time of another one, and one for each share or dose if such a one is asked for."""
    if each.tells_when:
        return False
    currency, _, of = each.measure.partition("/")
    if currency not in CURRENCIES:
        return True
    named = any(word.stem == stem(of) for word in asked.words)
    return bool(of) is named or (canonical_unit(of) in TIME_UNITS)  # of what costs so much a year few ask for a year


def _is_of_its_time(each: Labelled, asked: Operation, stated: Sequence[Labelled]) -> bool:
    """Whether a figure that was so at some time was so at one that the question names, if it names any: at 24 h, not at 4 h."""
    times = {word.stem for word in asked.words if is_time(word)}
    return not times or (each.moment in times if each.moment else not is_untimed(each, stated))


def _is_of_its_period(each: Labelled, question: str) -> bool:
    """Whether the column of a cell is of a period that the question names, as far as both name any: of one of its two quarters."""
    asked, told = periods(question), periods(each.column)
    return not asked or len(told) != 1 or any(told[0].is_meant_by(period) for period in asked)


def _may_be_added(each: Labelled, asked: Operation, unit: str | None) -> bool:
    """Whether a figure is in the unit that is asked for, or counts where it is asked how many there are."""
    if unit:
        return measures_alike(each.measure, unit)
    return not each.measure if asked.counts else bool(each.measure or each.column)


def _with_names(question: str, stated: Sequence[Labelled]) -> str:
    """``question`` with a sign for each "and" that belongs to a name which a text has so: "research and development"."""
    texts = {each.unit.text.casefold() for each in stated}
    named = [m for m in _WITHIN_NAME.finditer(question) if any(m.group().casefold() in text for text in texts)]
    for match in reversed(named):
        question = f"{question[: match.start()]}{match['one']} & {match['two']}{question[match.end() :]}"
    return question


def _in_unit(kind: Kind, unit: str | None, stated: Sequence[Labelled]) -> Sequence[Labelled]:
    """The figures of which a difference may be told in the ``unit`` that is asked for."""
    return [each for each in stated if kind != "difference" or unit is None or measures_alike(each.measure, unit)]


def _pair(kind: Kind, asked: Operation, question: str, stated: Sequence[Labelled], spoken: Mapping[str, frozenset[str]]) -> Pair | None:
    if kind in ("share", "rest"):
        found = part_and_whole(asked, stated)
        others = found and (is_of_another(asked, found, stated) or is_listed(found, stated))
        excluded = others or (found and is_contrary(question, found[0].unit.text, instead=True))
        return found if found and not excluded and all(_is_there(number, found) for number in _numbers(question)) else None
    sides = apart(question)
    both = paired(asked, sides, stated) or paired(asked, sides, latest(stated)) or paired(asked, sides, _undated(question, stated))
    ordered = kind != "difference" and not asked.points
    came = None if both else changed(asked, stated, ordered=ordered)
    if came and (is_of_another(asked, came, stated) or not _has_both(came, asked, sides, stated)):
        came = None
    if came and ((kind == "ratio" and are_of_no_side(came, asked, sides, stated)) or tell_days(came, question)):
        came = None
    return both or came or _of_named_groups(asked, sides, stated, spoken)


def _undated(question: str, stated: Sequence[Labelled]) -> list[Labelled]:
    """The figures without those of sentences that speak of a year which the question does not name: what cost so much in 2029."""
    named = set(YEAR.findall(question))
    return [each for each in stated if not set(YEAR.findall(each.unit.text)) - named]


def _has_both(pair: Pair, asked: Operation, sides: Sequence[str], stated: Sequence[Labelled]) -> bool:
    """Whether two figures that a text sets in relation are of both sides of the question, as far as any figure is: of April and of May."""
    for side in told_apart(asked, sides):
        known = [word for word in side if any(each.has(word) >= NEAR for each in stated)]
        if known and not any(each.leads(word) >= _IN_SENTENCE for word in known for each in pair):
            return False
    return True


def _numbers(question: str) -> list[Figure]:
    """The numbers of a question that count something: "all 46 patients"; years are of whole documents."""
    return [figure for figure in figures(question) if figure.kind == "number" and not figure.unit and not YEAR.fullmatch(figure.text)]


def _is_there(number: Figure, pair: Pair) -> bool:
    """Whether a number of the question is one of the figures or stands in their sentences."""
    stated = {figure.value for each in pair for figure in figures(f"{each.unit.text} {each.unit.columns}")}
    return number.value in stated


def _of_named_groups(
    asked: Operation, sides: Sequence[str], stated: Sequence[Labelled], spoken: Mapping[str, frozenset[str]]
) -> Pair | None:
    """The one pair that is of what is compared, where the text calls the groups otherwise there: "A 17 months vs B 9 months".

    The groups have to be known to the document, and none may be told by a number.
    """
    groups = {word for side in told_apart(asked, sides) for word in side}
    quantity = {word: weight for word, weight in asked.words.items() if word not in groups}
    if not groups or any(map(is_number, groups)) or sum(weight >= 1 for weight in quantity.values()) < _OF_QUANTITY:
        return None
    pair = changed(replace(asked, words=quantity, enough=_SURE), stated, ordered=True)
    return pair if pair and all(forms_of(word.stem) & spoken.get(pair[0].document, frozenset()) for word in groups) else None
