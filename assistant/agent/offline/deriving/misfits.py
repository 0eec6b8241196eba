"""What tells that figures are not those that a question means: another organ, another direction, a limit, everybody together."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agent.offline.deriving.asked_words import asked_words
from assistant.agent.offline.deriving.asked_words import said as said_of
from assistant.agent.offline.deriving.labelled import Labelled
from assistant.agent.offline.sentences.organs import has_any, organs_of
from assistant.agent.offline.understanding.cues import signals, words_of
from assistant.agent.offline.understanding.terms import forms_of, measure_key, stem_set
from assistant.language.figures import figures
from assistant.language.stems import stem, stems
from assistant.language.tables import cells
from assistant.language.units import ACTIVITY_UNITS, TIME_UNITS, canonical_unit

# "Over all the animals", "across all patients": what each got is not what they got together.
_OF_EVERYBODY = re.compile(
    r"\b(?:across|over|for|in|to|by|between|among)\s+(?:all|the whole|every|the entire)\s+(?:(?:of\s+)?(?:the|these|those|our)\s+)?"
    r"(?:[\w-]+\s+){0,3}?(?:patients|animals|mice|rats|dogs|men|women|people|participants|subjects|groups?|arms|cohorts)\b"
    r"|\b(?:across|for|in|to|by)\s+(?:all|the whole|the entire)\s+(?:[\w-]+\s+){0,3}?(?:study|trial)\b"  # over it is as long as it lasts
    r"|\ball (?:groups|arms|animals|mice|patients)\b",
    re.IGNORECASE,
)
_OF_ONE = re.compile(r"\b(?:an?|each|per|one|single)\s+(?:[\w-]+\s+)?(?:mouse|animal|rat|dog|patient|subject)\b(?!'?s\b)", re.IGNORECASE)
_LEVEL = re.compile(r"\b(?:cohorts?|levels?|groups?|arms?)\b|\bDL-?\d", re.IGNORECASE)
_SIGNED = re.compile(r"\W*\b(?:cohort|arm|group|(?:dose )?level)s?\s+(?:[A-Z]|\d{1,2})\b", re.IGNORECASE)
# What is only allowed, or counted up already, is given no second time: "limits the cumulative dose to 23 Gy".
_NOT_EACH = re.compile(r"\b(?:limit\w*|cumulative|in total|altogether|maximum|threshold|tolerance|ceiling|cap)\b[^.;,]*$", re.IGNORECASE)
# What is asked of one quantity is told of no other: an age is no follow-up.
_QUANTITY = re.compile(r"\b(?:ages?|weights?|heights?|price|costs?)\b", re.IGNORECASE)
# "Seven treated dogs and two control dogs".
_BESIDE = re.compile(
    r"\s+(?!out\b)(?:(?!(?:were|was|had|have|has|are|is|received|got|did|could|who|whom|that|which|completed|of)\b)"
    r"[\w%-]+[ \n]+){1,4}?"
    r"(?:and|versus|vs\.?|compared (?:with|to)|against)\s+(?:only\s+|in\s+)?",
    re.IGNORECASE,
)


def misfit(question: str, inputs: Sequence[Labelled], said_as: str) -> bool:
    """Whether a result of ``inputs``, of the kind ``said_as``, is none of what ``question`` means."""
    if said_as == "total" and _are_levels(inputs):
        return True
    if said_as in ("share", "rest", "remainder") and _of_one_group(question, inputs):
        return True
    if said_as == "share" and _tells_nothing_asked(question, inputs):
        return True
    if said_as == "product" and means_everybody(question):
        return True
    return _of_other_organs(question, inputs) or _of_another_quantity(question, inputs) or is_against(question, said_as)


def means_everybody(question: str) -> bool:
    """Whether it is asked what all who were treated got together."""
    return _OF_EVERYBODY.search(question) is not None and _OF_ONE.search(question) is None


def is_no_single(each: Labelled) -> bool:
    """Whether an amount is a limit or a sum already, so that it is not multiplied by how often something was given."""
    return not each.column and _NOT_EACH.search(each.unit.text[: each.figure.start]) is not None


def _are_levels(inputs: Sequence[Labelled]) -> bool:
    """Whether activities of several rows are added: nobody got those of all levels."""
    given = all(each.column and each.measure in ACTIVITY_UNITS for each in inputs)
    named = all(_LEVEL.search(f"{cells(each.unit.columns)[0]} {each.row}") for each in inputs)
    return given and named and len({each.place for each in inputs}) > 1


def _of_other_organs(question: str, inputs: Sequence[Labelled]) -> bool:
    """Whether the question names an organ of which no figure is told, or figures of two organs of which it names one."""
    asked = organs_of(frozenset(stems(question)))
    told = [organs_of(each.near) for each in inputs]
    if len(inputs) < 2 or not asked:
        return False
    said = frozenset[str]().union(*(each.near | each.said | each.around for each in inputs))
    if any(not has_any(frozenset([organ]), said) for organ in asked):
        return True
    if len(asked) > 1 and len({(each.place, each.measure) for each in inputs}) == 1 and not inputs[0].column:
        return not all(has_any(frozenset([organ]), inputs[0].said) for organ in asked)  # the bounds of one organ's range
    apart = all(told) and not frozenset.intersection(*map(frozenset, told))
    return apart and not all(has_any(asked, each.near) for each in inputs)


def _of_another_quantity(question: str, inputs: Sequence[Labelled]) -> bool:
    """Whether an age, a weight or a price is asked for, of which nothing near the figures speaks, or how it was at a time that no sentence
    or column of figures of organs has.
    """
    said = frozenset[str]().union(*(each.near | each.said | each.around for each in inputs))
    named = [stem(word.casefold()) for word in _QUANTITY.findall(question)]
    if any(not forms_of(word) & said and canonical_unit(word) is None for word in named):
        return True
    times = {measure_key(figure) for figure in figures(question) if figure.unit in TIME_UNITS}
    of_organs = bool(organs_of(frozenset(stems(question)))) and len(inputs) > 1
    told = (each.near | each.said | (stem_set(each.unit.columns) | each.around if each.column else frozenset()) for each in inputs)
    return of_organs and bool(times) and not times & frozenset[str]().union(*told)


def _of_one_group(question: str, inputs: Sequence[Labelled]) -> bool:
    """Whether a sentence opens with a group, "Cohort 4: 7 patients treated", and the question names none."""
    return not _SIGNED.search(question) and any(not each.column and _SIGNED.match(each.unit.text) for each in inputs)


def are_set_beside(one: Labelled, two: Labelled) -> bool:
    """Whether a sentence joins two counts as counts of two things, so that neither is a part of the other: "3 complete and 19 partial
    responses", "the median was 4; 47 patients".
    """
    first, last = sorted((one, two), key=lambda each: each.figure.start)
    if one.place != two.place or one.column:
        return False
    between = one.unit.text[first.figure.end : last.figure.start]
    return ";" in between or _BESIDE.fullmatch(between) is not None


def _tells_nothing_asked(question: str, inputs: Sequence[Labelled]) -> bool:
    """Whether no word for what a share is asked of is said with the figures or near them: of "alive" the vomiting is no share."""
    asked = asked_words(question, words_of("population", table="tabled"))
    texts = " ".join(f"{each.unit.text} {each.unit.meaning} {each.unit.columns}" for each in inputs)
    return bool(asked) and not any(each.column for each in inputs) and said_of(asked, texts) == 0.0


def is_against(question: str, said_as: str) -> bool:
    """Whether the question takes something to have fallen that rose, or the other way round."""
    on = signals(question, "directions") & {"up", "down"}
    return (on == {"down"} and said_as == "increase") or (on == {"up"} and said_as == "decrease")
