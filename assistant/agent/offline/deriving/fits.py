"""Whether a calculation is of what is asked for: of its time, of both sides, of all that is added, in its unit, of its whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agent.offline.deriving.candidate import Candidate
from assistant.agent.offline.deriving.in_unit import is_in_unit
from assistant.agent.offline.deriving.inputs import came_of, in_text, of_two_wholes, told_as_part
from assistant.agent.offline.deriving.labelled import NEAR, Labelled, counts
from assistant.agent.offline.deriving.over_time import NUMBER
from assistant.agent.offline.deriving.pairing import is_listed, is_of_another, is_untimed, told_apart
from assistant.agent.offline.deriving.singled import is_with_its_spread, of_extreme, of_plain_columns, says
from assistant.agent.offline.deriving.untold import are_of_no_side, tell_days
from assistant.agent.offline.deriving.wanted import Wanted, each_of
from assistant.agent.offline.sentences.surroundings import plain_stems
from assistant.agent.offline.understanding.bounds import is_bound
from assistant.agent.offline.understanding.cues import light, scaffold, signals
from assistant.agent.offline.understanding.operation import telling_words
from assistant.agent.offline.understanding.terms import all_forms, forms_of, measure_key, stem_set
from assistant.agent.offline.verdicts.contrary import is_contrary
from assistant.language.figures import MONTH, YEAR, Figure
from assistant.language.periods import is_period, periods
from assistant.language.stems import Word
from assistant.language.units import ACTIVITY_UNITS, CURRENCIES, TIME_UNITS

# Where these are wanted for each of something, the figures have to be for each of it.
_FOR_EACH = frozenset(["ratio", "factor", "difference", "moved", "change", "share", "converted", "mean", "total"])
# Of these two figures are set side by side, and of those several are added.
_OF_SIDES = frozenset(["difference", "ratio", "factor", "change", "points"])
_ADDED = frozenset(["total", "mean"])
# What is worked out of several activities, or one of them so many times, is of somebody who got all of them.
_OF_ONE_WHO_GOT_ALL = _ADDED | {"product"}
# "Feed 1,380 and bedding 620": another thing, and not what became of the first.
_AND = re.compile(
    r"\s+(?:and|but|while|whereas)\s+(?!(?:then|now|later|by|at|after|before|in|fell|rose|grew)\b)[^\d;.]{1,40}", re.IGNORECASE
)
_MONTHS = re.compile(rf"\b{MONTH}\b", re.IGNORECASE)
# "The three lots", "all four": so many are added.
_SO_MANY = re.compile(r"\b(?:the|all|these|those)\s+(?P<count>two|three|four|five|six|seven|eight|nine|ten)\b", re.IGNORECASE)
_MOVED = frozenset(["difference", "moved", "points"])
_RATIOS = frozenset(["ratio", "factor"])
_CHANGED = frozenset(["change", "moved"])
_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
_STATISTIC = re.compile(r"\b(?:mean|average[ds]?|median)\b", re.IGNORECASE)
# What something lies below or above: "how far below the limit".
_AGAINST = re.compile(r"\b(?:below|above|over|under|beyond|short of|beneath)\s+(?:the|its|their|our|an?)\s+([a-z-]+)", re.IGNORECASE)
# What a whole document may be about weighs so much, and tells of a column whose name has it.
_HALF = 0.5
# So many activities that rise in a sentence are levels, where it speaks of them so; not where each has its day.
_LEVELS = 3
_ALTERNATIVES = re.compile(
    r"\b(?:cohorts?|levels?|groups?|escalat\w*|or|respectively|(?:activities|amounts|doses) (?:of|between)|each of)\b", re.IGNORECASE
)
_EACH_ITS_TIME = re.compile(rf"\bon days?\b|\bin (?:{MONTH})\b", re.IGNORECASE)
# Sums of so long a time are no sums of a quarter.
_LENGTH = re.compile(r"\b(?:(?:six|nine|6|9)[ -]?(?:months?|M)|half[- ]years?|(?:first|second) half|full[- ]years?)\b", re.IGNORECASE)
_HALVES = {"hal": "six", "fir": "six", "sec": "six", "6 m": "six", "6-m": "six", "6m": "six", "9 m": "nin", "9-m": "nin", "9m": "nin"}


def uses_own(each: Candidate, asked: Wanted, said: set[float]) -> bool:
    """Whether every amount that the question brings either goes into the calculation or is ``said`` there, and so only tells of what."""
    amounts = [own for own in asked.own if own.unit or asked.counts_given(own) or (own.kind == "number" and not YEAR.fullmatch(own.text))]
    return all((own in each.own) != (own.value in said) for own in amounts)


def fits(each: Candidate, asked: Wanted, stated: Sequence[Labelled]) -> bool:
    """Whether the result is of what is asked for: in its unit, for each of it, of the whole and the cells that the question names."""
    if any(part.measure == "percent" and is_bound(part.figure) for part in each.inputs):
        return False  # a share that is only bounded
    if (
        "each" in asked.cues
        and each.kind in _FOR_EACH
        and not any("/" in part.measure or _is_for_each(part, asked) for part in each.inputs)
    ):
        return False
    if (
        (each.kind == "share" and of_two_wholes(each.inputs, stated))
        or _is_of_levels(each, asked, stated)
        or not (_is_of_both(each, asked, stated) and _is_of_one_thing(each, asked, stated) and _is_of_all(each, asked, stated))
    ):
        return False
    if (
        len(each.inputs) == 2
        and each.kind not in _ADDED
        and (is_listed(each.inputs, stated) or is_of_another(asked.operation, each.inputs, stated))
    ):
        return False
    if not (
        _is_told(each, asked, stated)
        and _is_at_numbers(each, asked, stated)
        and of_extreme(each, asked, stated)
        and of_plain_columns(each, asked, stated)
    ):
        return False
    excluding = (_is_stated, _is_of_periods, _is_of_others, _is_excluded, is_other_way)
    meant = (_is_of_its_time, _is_of_its_length, is_in_unit, _is_of_whole, _is_named)
    return all(is_so(each, asked) for is_so in meant) and not any(is_so(each, asked) for is_so in excluding)


def _is_for_each(part: Labelled, asked: Wanted) -> bool:
    """Whether a sentence tells of just that for each of which something is asked: "each cubic metre costs", "the cost per run was"."""
    return not part.column and bool(asked.each & each_of(part.unit.text))


def _is_of_its_time(each: Candidate, asked: Wanted) -> bool:
    """Whether each figure that was so at some time was so at one that the question names, if it names any: at 48 h, not at 1 h."""
    times = {measure_key(own) for own in asked.own if own.unit in TIME_UNITS}
    return not times or all(not part.moment or part.moment in times for part in each.inputs)


def _is_told(each: Candidate, asked: Wanted, stated: Sequence[Labelled]) -> bool:
    """Whether no figure is of one of several times, a count of other things, or a day on which something was done."""
    if any(own.unit in TIME_UNITS for own in asked.own) and any(is_untimed(part, stated) for part in each.inputs):
        return False
    if each.kind in _RATIOS and are_of_no_side(each.inputs, asked.operation, asked.sides, stated):
        return False
    return each.kind not in _MOVED or not tell_days(each.inputs, asked.question)


def _is_of_both(each: Candidate, asked: Wanted, stated: Sequence[Labelled]) -> bool:
    """Whether neither of two things that the question sets side by side is told of other figures only: of the tumor's, not the kidneys'."""
    if len(each.inputs) != 2 or each.kind not in _OF_SIDES:
        return True
    others = [part for part in stated if part not in each.inputs and part.measure == each.inputs[0].measure]
    words = (word for side in told_apart(asked.operation, asked.sides) for word in side)
    against = telling_words(" ".join(_AGAINST.findall(asked.question)))
    if against and not any(_near_any(word, each.inputs) for word in against):
        return False
    return not any(_near_any(word, others) and not _near_any(word, each.inputs) for word in words)


def _is_of_one_thing(each: Candidate, asked: Wanted, stated: Sequence[Labelled]) -> bool:
    """Whether what is set side by side or changed over time is one thing, where two sentences tell it.

    Both have a word of the question, or one in common. A figure whose sentence says what it was before changed from no other sentence's.
    """
    if len({part.place for part in each.inputs}) < 2 or any(part.column for part in each.inputs):
        return True
    if each.kind in _OF_SIDES and not _are_alike([part.unit.meaning for part in each.inputs], asked):
        return False
    over_time = each.kind in _CHANGED or any(map(is_period, asked.sides))
    return not over_time or not any(came_of(part, other) for part in each.inputs for other in stated if _is_beside(part, other))


def _is_of_levels(each: Candidate, asked: Wanted, stated: Sequence[Labelled]) -> bool:
    """Whether activities are added up, or one of them multiplied, of which a sentence tells several, one higher than the other: who got one
    of these levels got no other, and the question names none.
    """
    given = [part for part in each.inputs if part.measure in ACTIVITY_UNITS and not part.column]
    named = {own.value for own in asked.own} & {part.figure.value for part in given}
    if each.kind not in _OF_ONE_WHO_GOT_ALL or not given or named:
        return False
    text, (first, *_) = given[0].unit.text, given
    levels = [part.size for part in stated if part.place == first.place and part.measure == first.measure]
    alternative = _ALTERNATIVES.search(text) is not None and _EACH_ITS_TIME.search(text) is None
    return alternative and len(levels) >= _LEVELS and levels == sorted(set(levels))


def _is_of_its_length(each: Candidate, asked: Wanted) -> bool:
    """Whether sums of money are of as long a time as the question names, if it names nine months, half a year or a full one."""
    lengths = _lengths(asked.question)
    on_days = len(_MONTHS.findall(each.inputs[0].unit.text)) > 1  # what was held on two days, so long apart
    money = [] if on_days else [part for part in each.inputs if part.measure.partition("/")[0] in CURRENCIES or part.column]
    return not lengths or all(lengths & _lengths(f"{part.unit.meaning} {part.column} {part.unit.context}") for part in money)


def _lengths(text: str) -> set[str]:
    return {_HALVES.get(length := match.group().casefold()[:3], length) for match in _LENGTH.finditer(text)}


def _is_of_periods(each: Candidate, asked: Wanted) -> bool:
    """Whether cells of several periods in a row are added or averaged, where the question names one."""
    of_row = each.kind in _ADDED and len({part.place for part in each.inputs}) == 1 and all(part.column for part in each.inputs)
    return of_row and any(periods(asked.question))


def _is_of_others(each: Candidate, asked: Wanted) -> bool:
    """Whether a change is told of two things that a sentence sets side by side, of which the question names one: "for the small bin"."""
    if each.kind not in _CHANGED or len(each.inputs) != 2 or came_of(*each.inputs) or all(told_apart(asked.operation, asked.sides)):
        return False
    one, two = each.inputs
    heavy = [word for word, weight in asked.operation.words.items() if weight >= 1]
    near = [{word for word in heavy if part.has(word) >= NEAR} for part in (one, two)]
    if one.place != two.place or one.column or near[0] == near[1]:
        return False
    return bool(near[0] & near[1]) or _AND.fullmatch(one.unit.text, *_between(one, two)) is not None


def _between(one: Labelled, two: Labelled) -> tuple[int, int]:
    first, second = in_text(one, two)
    return first.figure.end, second.figure.start


def is_other_way(each: Candidate, asked: Wanted) -> bool:
    """Whether it rose where the question takes it to have fallen, or fell: what got cheaper is not what got dearer."""
    if each.kind not in _MOVED or len(each.inputs) != 2 or asked.upwards is None or any(told_apart(asked.operation, asked.sides)):
        return False
    if YEAR.search(asked.question) or "then" in signals(asked.question, "reference_figures"):
        return False  # what the old one had more is no fall
    known = came_of(*each.inputs)
    return known is not None and (known[0].size > known[1].size) is not asked.upwards


def _is_excluded(each: Candidate, asked: Wanted) -> bool:
    """Whether the part is told of what excludes that which is asked for: those back in time of those that came late."""
    return each.kind == "share" and is_contrary(asked.question, each.inputs[0].unit.text, instead=True)


def _are_alike(texts: Sequence[str], asked: Wanted) -> bool:
    """Whether each of the texts speaks of something that the question names, or all of them of the same."""
    said = [frozenset(word for word in plain_stems(text) - scaffold() - light() if word.isalpha()) for text in texts]
    named = all(any(all_forms(word) & own for word in asked.operation.words) for own in said)
    return named or bool(frozenset.intersection(*said))


def _is_beside(part: Labelled, other: Labelled) -> bool:
    return other is not part and other.place == part.place and other.measure == part.measure


def _near_any(word: Word, figures_of: Sequence[Labelled]) -> bool:
    return any(part.has(word) >= NEAR for part in figures_of)


def _is_at_numbers(each: Candidate, asked: Wanted, stated: Sequence[Labelled]) -> bool:
    """Whether each plain number of the question that tells figures of a sentence apart tells one of the two: "at 2.5 than at 1.5"."""
    place = each.inputs[0].place
    beside = [part for part in stated if part.place == place and not part.column and part.measure == each.inputs[0].measure]
    for own in asked.own if len(each.inputs) == 2 else ():
        told = [part for part in beside if not own.unit and own.kind == "number" and _has_number(part, own)]
        if told and not any(part in told for part in each.inputs):
            return False
    return True


def _has_number(part: Labelled, own: Figure) -> bool:
    return any(word.partition(" ")[0] == f"{own.value:.10g}" for word in part.near)


def _is_of_all(each: Candidate, asked: Wanted, stated: Sequence[Labelled]) -> bool:
    """Whether all figures that are added are meant, and not only some: "to the kidneys" of one to them and one to the liver."""
    of_column = all(part.column for part in each.inputs) and len({part.place for part in each.inputs}) > 1
    if each.kind not in _ADDED:
        return True
    number = str(len(each.inputs))  # "the three lots" has no third one in mind
    if (said := _SO_MANY.search(asked.question)) and number not in counts(said["count"].casefold()):
        return False
    heavy = [word for word, weight in asked.operation.words.items() if weight >= 1 and number not in counts(word.stem)]
    if of_column:
        return True
    if is_of_another(asked.operation, each.inputs, stated):
        return False
    having = [{place for place, part in enumerate(each.inputs) if says(part, word) >= NEAR} for word in heavy]
    singled = [places for places in having if 0 < len(places) < len(each.inputs)]
    return not singled or set[int]().union(*singled) == set(range(len(each.inputs)))


def _is_stated(each: Candidate, asked: Wanted) -> bool:
    """Whether a sentence states what is asked for as it is, a mean, or so much per cycle, or lists figures of several "respectively"."""
    texts = [part.unit.text for part in each.inputs]
    averaged = any(map(_STATISTIC.search, texts)) or any(is_with_its_spread(part) for part in each.inputs)
    if any(_RESPECTIVELY.search(text) for text in texts) or (each.kind == "mean" and averaged):
        return True
    return each.kind == "quotient" and any(asked.each & each_of(text) for text in texts)


def _is_of_whole(each: Candidate, asked: Wanted) -> bool:
    """Whether a share is of what the question names as the whole, as far as the words near the larger figure tell."""
    if each.kind == "share" and len(each.inputs) > 1 and each.inputs[0].size > each.inputs[1].size:
        return False
    if each.kind != "share" or not asked.whole or len(each.inputs) < 2:
        return True  # of one figure its column tells the whole
    return any(each.inputs[1].has(word) >= NEAR for word in asked.whole)


def _is_named(each: Candidate, asked: Wanted) -> bool:
    """Whether the question names the cells of a table: a word of their rows or columns; of two a word of each that the other lacks,
    unless one of a row is what came of the other.
    """
    if not all(part.column for part in each.inputs):
        return True
    asked_for = frozenset(NUMBER.findall(asked.question))
    if (
        len(each.inputs) == 2
        and len({part.place for part in each.inputs}) == 1
        and asked_for
        and frozenset(NUMBER.findall(each.inputs[0].row)) - asked_for
    ):
        return False  # "8 to 12 m" is not "over 12 m"
    labels = [stem_set(f"{part.row} {part.column}") for part in each.inputs]
    named = {form for word, weight in asked.operation.words.items() if weight >= 1 for form in forms_of(word.stem)}
    if each.kind in ("total", "mean"):
        spoken_of = {form for word, weight in asked.operation.words.items() if weight >= _HALF for form in forms_of(word.stem)}
        return bool(named & frozenset[str]().union(*labels)) or bool(spoken_of & frozenset.intersection(*map(frozenset, labels)))
    if len(each.inputs) != 2 or came_of(*each.inputs) or told_as_part(*sorted(each.inputs, key=lambda part: part.figure.value)):
        return True
    told = {form for word in asked.operation.words for form in forms_of(word.stem)}
    return bool(told & (labels[0] - labels[1])) and bool(told & (labels[1] - labels[0]))
