"""Whether a calculation is of what is asked for: of its time, of both sides, of all that is added, in its unit, of its whole."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.agent.offline.bounds import is_bound
from assistant.agent.offline.cues import light, scaffold, signals
from assistant.agent.offline.deriving.candidate import Candidate
from assistant.agent.offline.deriving.inputs import came_of
from assistant.agent.offline.deriving.wanted import Wanted, each_of
from assistant.agent.offline.labelled import NEAR, Labelled
from assistant.agent.offline.operation import telling_words
from assistant.agent.offline.pairing import told_apart
from assistant.agent.offline.surroundings import plain_stems
from assistant.agent.offline.terms import all_forms, forms_of, measure_key, stem_set
from assistant.language.figures import MONTH, YEAR
from assistant.language.periods import is_period
from assistant.language.stems import Word
from assistant.language.units import ACTIVITY_UNITS, CURRENCIES, TIME_UNITS, canonical_unit, measures_alike

# Where these are wanted for each of something, the figures have to be for each of it.
_FOR_EACH = frozenset(["ratio", "factor", "difference", "moved", "change", "share", "converted", "mean", "total"])
# Of these two figures are set side by side, and of those several are added.
_OF_SIDES = frozenset(["difference", "ratio", "factor", "change", "points"])
_ADDED = frozenset(["total", "mean"])
# What is worked out of several activities, or one of them so many times, is of somebody who got all of them.
_OF_ONE_WHO_GOT_ALL = _ADDED | {"product"}
_EXTREMES = frozenset(["most", "least"])
_CHANGED = frozenset(["change", "moved"])
_RESPECTIVELY = re.compile(r"\brespectively\b", re.IGNORECASE)
_STATISTIC = re.compile(r"\b(?:mean|average[ds]?|median)\b", re.IGNORECASE)
_OWN_SUBJECT = re.compile(
    r"\b(?:and|while|but|whereas)\s+(?:the|its|their|an?)\s+[a-z][a-z-]+(?:\s+[a-z-]+)?(?:\s+(?:was|were|is|are|of))?\s*$", re.IGNORECASE
)
# What something lies below or above: "how far below the limit".
_AGAINST = re.compile(r"\b(?:below|above|over|under|beyond|short of|beneath)\s+(?:the|its|their|our|an?)\s+([a-z-]+)", re.IGNORECASE)
_SPREAD = re.compile(r"\s*(?:±|\+/-)")
# What a whole document may be about weighs so much, and tells of a column whose name has it.
_HALF = 0.5
# So many activities that rise in a sentence are levels, where it speaks of them so; not where each has its day.
_LEVELS = 3
_ALTERNATIVES = re.compile(
    r"\b(?:cohorts?|levels?|groups?|escalat\w*|or|respectively|(?:activities|amounts|doses) (?:of|between)|each of)\b", re.IGNORECASE
)
_EACH_ITS_TIME = re.compile(rf"\bon days?\b|\bin (?:{MONTH})\b", re.IGNORECASE)
# "How many mice", "the number of mice": what is counted.
_COUNTED = re.compile(r"\b(?:how many|number of)\s+(?:(?:more|fewer|extra|additional)\s+)?(?P<noun>[a-z]+)\b", re.IGNORECASE)
# Results that are in no unit of their own.
_UNITLESS = frozenset(["ratio", "factor", "share", "change", "points", "quotient"])
_MONEY = re.compile(
    r"\b(?:cost|price|paid?|pays?|fee|bill|owed?|spend|spent|money|cash|budget|sales|euros?|dollars?|pounds?|usd|eur|gbp)|[$€£]",
    re.IGNORECASE,
)


def uses_own(each: Candidate, asked: Wanted, said: set[float]) -> bool:
    """Whether every amount that the question brings either goes into the calculation or is ``said`` there, and so only tells of what."""
    amounts = [own for own in asked.own if own.unit or asked.counts_given(own) or (own.kind == "number" and not YEAR.fullmatch(own.text))]
    return all((own in each.own) != (own.value in said) for own in amounts)


def fits(each: Candidate, asked: Wanted, stated: Sequence[Labelled]) -> bool:
    """Whether the result is of what is asked for: in its unit, for each of it, of the whole and the cells that the question names."""
    if any(part.measure == "percent" and is_bound(part.figure) for part in each.inputs):
        return False  # a share that is only bounded
    if "each" in asked.cues and each.kind in _FOR_EACH and not any("/" in part.measure for part in each.inputs):
        return False
    meant = _is_of_its_time(each, asked) and _is_of_both(each, asked, stated) and _is_of_all(each, asked)
    meant = meant and _is_of_one_thing(each, asked, stated) and not _is_of_levels(each, asked, stated)
    meant = meant and _is_of_extreme(each, asked, stated) and _is_of_plain_columns(each, asked, stated)
    return meant and not _is_stated(each, asked) and _is_in_unit(each, asked) and _is_of_whole(each, asked) and _is_named(each, asked)


def _is_of_its_time(each: Candidate, asked: Wanted) -> bool:
    """Whether each figure that was so at some time was so at one that the question names, if it names any: at 48 h, not at 1 h."""
    times = {measure_key(own) for own in asked.own if own.unit in TIME_UNITS}
    return not times or all(not part.moment or part.moment in times for part in each.inputs)


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


def _is_of_extreme(each: Candidate, asked: Wanted, stated: Sequence[Labelled]) -> bool:
    """Whether one of the figures is the most or the least that the question names, where a sentence of theirs tells it: the maximum, and
    not the mean beside it.
    """
    wanted = signals(asked.question, "directions") & _EXTREMES
    told = [part for part in stated if wanted & signals(" ".join(part.near), "directions") and _is_beside_any(part, each)]
    return not wanted or not told or any(part in told for part in each.inputs)


def _is_of_plain_columns(each: Candidate, asked: Wanted, stated: Sequence[Labelled]) -> bool:
    """Whether no cell is of a column that says more than the question where another of its row says that: no "72 h, blocked"."""
    told = {form for word in asked.operation.words for form in forms_of(word.stem)} | {measure_key(own) for own in asked.own if own.unit}

    def says_more(part: Labelled) -> bool:
        own = stem_set(part.column)
        others = (stem_set(other.column) for other in stated if other.column and other.unit == part.unit)
        return bool(own - told) and any(other < own and other & told == own & told for other in others)

    return not any(map(says_more, each.inputs))


def _is_beside_any(part: Labelled, each: Candidate) -> bool:
    return any(part.place == own.place and not part.column for own in each.inputs)


def _are_alike(texts: Sequence[str], asked: Wanted) -> bool:
    """Whether each of the texts speaks of something that the question names, or all of them of the same."""
    said = [frozenset(word for word in plain_stems(text) - scaffold() - light() if word.isalpha()) for text in texts]
    named = all(any(all_forms(word) & own for word in asked.operation.words) for own in said)
    return named or bool(frozenset.intersection(*said))


def _is_beside(part: Labelled, other: Labelled) -> bool:
    return other is not part and other.place == part.place and other.measure == part.measure


def _near_any(word: Word, figures_of: Sequence[Labelled]) -> bool:
    return any(part.has(word) >= NEAR for part in figures_of)


def _is_of_all(each: Candidate, asked: Wanted) -> bool:
    """Whether all figures that are added are meant, and not only some: "to the kidneys" of one to them and one to the liver."""
    if each.kind not in _ADDED or all(part.column for part in each.inputs):
        return True
    heavy = [word for word, weight in asked.operation.words.items() if weight >= 1]
    having = [{place for place, part in enumerate(each.inputs) if _tells(part, word) >= NEAR} for word in heavy]
    singled = [places for places in having if 0 < len(places) < len(each.inputs)]
    return not singled or set[int]().union(*singled) == set(range(len(each.inputs)))


def _tells(part: Labelled, word: Word) -> float:
    """How well a word is said of a figure, what leads up to several of all that have no subject of their own: "and the purity 98 %"."""
    return part.has(word) if _OWN_SUBJECT.search(part.unit.text[: part.figure.start]) else part.leads(word)


def _is_stated(each: Candidate, asked: Wanted) -> bool:
    """Whether a sentence states what is asked for as it is, a mean, or so much per cycle, or lists figures of several "respectively"."""
    texts = [part.unit.text for part in each.inputs]
    averaged = any(map(_STATISTIC.search, texts)) or any(_is_with_its_spread(part) for part in each.inputs)
    if any(_RESPECTIVELY.search(text) for text in texts) or (each.kind == "mean" and averaged):
        return True
    return each.kind == "quotient" and any(asked.each & each_of(text) for text in texts)


def _is_with_its_spread(part: Labelled) -> bool:
    """Whether a figure of a sentence is a mean itself: "71 ± 6 %"."""
    return not part.column and _SPREAD.match(part.unit.text, part.figure.end) is not None


def _is_in_unit(each: Candidate, asked: Wanted) -> bool:
    if each.kind in _UNITLESS or (each.kind == "left" and asked.share):
        return True
    measure = each.inputs[0].measure.partition("/")[0]
    counted = _COUNTED.search(asked.question)
    if counted and measure and not canonical_unit(counted["noun"]) and not _MONEY.fullmatch(counted["noun"]):
        return False  # so many mice are no activity
    if asked.units:
        return any(unit == measure or measures_alike(unit, measure) for unit in asked.units)
    return measure in CURRENCIES or not _MONEY.search(asked.question)


def _is_of_whole(each: Candidate, asked: Wanted) -> bool:
    """Whether a share is of what the question names as the whole, as far as the words near the larger figure tell."""
    if each.kind != "share" or not asked.whole or len(each.inputs) < 2:
        return True  # of one figure its column tells the whole
    return any(each.inputs[1].has(word) >= NEAR for word in asked.whole)


def _is_named(each: Candidate, asked: Wanted) -> bool:
    """Whether the question names the cells of a table: a word of their rows or columns; of two a word of each that the other lacks,
    unless one of a row is what came of the other.
    """
    if not all(part.column for part in each.inputs):
        return True
    labels = [stem_set(f"{part.row} {part.column}") for part in each.inputs]
    named = {form for word, weight in asked.operation.words.items() if weight >= 1 for form in forms_of(word.stem)}
    if each.kind in ("total", "mean"):
        spoken_of = {form for word, weight in asked.operation.words.items() if weight >= _HALF for form in forms_of(word.stem)}
        return bool(named & frozenset[str]().union(*labels)) or bool(spoken_of & frozenset.intersection(*map(frozenset, labels)))
    if len(each.inputs) != 2 or came_of(*each.inputs):
        return True
    told = {form for word in asked.operation.words for form in forms_of(word.stem)}
    return bool(told & (labels[0] - labels[1])) and bool(told & (labels[1] - labels[0]))
