"""Question → what is to be worked out of stated figures, a change, a ratio, a share, a sum, and the words that tell of which."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from assistant.agent.offline.understanding.cues import light, signals, words_of
from assistant.agent.offline.understanding.terms import terms_of
from assistant.language.abbreviations import written_out
from assistant.language.designations import ARM_NOUN
from assistant.language.figures import YEAR, figures
from assistant.language.negations import NEGATION
from assistant.language.stems import Word, words
from assistant.language.units import TIME_UNITS, canonical_unit
from assistant.studies.vocabulary import read

Kind = Literal["ratio", "change", "difference", "share", "rest", "sum"]

_TABLE = "operations"
# How much a word weighs that carries little, one that says how to calculate, and a year or name, which a whole document may be about.
_LIGHT, _HOW, _OF_ALL = 0.25, 0.1, 0.5
# "percentage of patients who" asks for a share, "percentage by which" for a change.
SHARE_OF = re.compile(
    r"(?<!\bby what )(?:\b(?:percent|percentage|per cent|pct|share|fraction|proportion|portion|rate|part|slice)|%)\s+(?:of|among|in)\b",
    re.IGNORECASE,
)
# Which quarter is meant is said once for many figures.
_PERIOD = re.compile(
    r"\b(?P<which>first|second|third|fourth|last|1st|2nd|3rd|4th)\s+(?:quarter|half|six months|nine months)\b", re.IGNORECASE
)
_LETTERED = re.compile(rf"\b(?:{ARM_NOUN}|batch|lot|stage|patient)\s+(?P<sign>[A-Z])\b")
_AMONG = re.compile(r"\b(?:among|amongst|out of|relative to)\b(?P<whole>.+)", re.IGNORECASE)
# "How much of the annual limit was it, in percent?"
_HOW_MUCH_OF = re.compile(
    r"\bhow much of (?:the|its|our|their)\s+(?P<whole>[^,?]+?)\s+(?:was|is|were|are|has|have|had|did|does|do)\b", re.IGNORECASE
)
# "How does it differ" asks in what, and not by how much.
_MANNER = re.compile(
    r"^\W*(?:and |so )?how (?:do|does|did|is|are|was|were)\b(?!.*\b(?:much|many|percent(?:age)?|times|factor|ratio)\b)", re.IGNORECASE
)
_INITIALS = re.compile(r"\b[A-Za-z]{1,2}&[A-Za-z]{1,2}\b")
# "The small one" counts nothing.
_PRONOUN = re.compile(r"(?<=\w)\s+ones?\b(?=\W*(?:$|[,;:?!.]|(?:in|at|by|is|was|than|and|or|to|cost|costs)\b))", re.IGNORECASE)
POOLED = re.compile(
    r"\bpool\w*|\b(?:across|over|of|in) (?:all|the|both)\b[^,;?]{0,20}\b(?:arms|groups)\b(?: together| combined)?"
    r"|\ball (?:\w+ )?(?:arms|groups)\b(?: together| combined)?|\b(?:arms|groups) together\b",
    re.IGNORECASE,
)
"""What asks for all groups at once."""
_HOW_MANY = re.compile(r"\bhow many\b|\bnumber of\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Operation:
    """``kinds`` are what may be meant, the likeliest first; ``words`` tell which figures, each with its weight.

    ``enough`` is the share of the words that has to be said of the figures; ``points`` that percentage points are wanted, ``counts``
    that it is asked how many there are; ``whole`` are the words for all of whom a share is asked, where the question tells them apart;
    ``denied`` that it asks for those of whom something does not hold, ``falls`` by which factor something fell.
    """

    kinds: tuple[Kind, ...]
    words: Mapping[Word, float]
    enough: float = 0.6
    points: bool = False
    counts: bool = False
    whole: frozenset[Word] = frozenset()
    denied: bool = False
    falls: bool = False


def operation(question: str, names: Collection[str] = ()) -> Operation | None:
    """What ``question`` wants worked out; None where it asks for what a text may state as it is. ``names`` are of what it is about."""
    kinds = _kinds(question, calculation_cues(question)) if not _MANNER.search(question) else ()
    return operation_of(question, names, kinds) if kinds else None


def operation_of(question: str, names: Collection[str], kinds: tuple[Kind, ...] = ()) -> Operation:
    """The words of ``question`` that tell of which figures something of the ``kinds`` is to be worked out."""
    among = _AMONG.search(question) or _HOW_MUCH_OF.search(question)
    return Operation(
        kinds,
        _weighed(question, names, _TABLE),
        points="points" in calculation_cues(question),
        counts=_HOW_MANY.search(question) is not None,
        whole=frozenset(telling_words(among["whole"])) if among else frozenset(),
        denied=NEGATION.search(question) is not None,
        falls=falls_by_factor(question),
    )


def pools_groups(question: str) -> bool:
    """Whether a share of all groups together is asked for, which no group's own count gives."""
    return POOLED.search(question) is not None and _kinds(question, calculation_cues(question)) == ("share",)


def calculation_cues(question: str) -> frozenset[str]:
    """What the words of ``question`` ask to work out; a share that it brings asks for none: "at a purity of 93 %"."""
    for figure in reversed([figure for figure in figures(question) if figure.unit == "percent"]):
        question = f"{question[: figure.start]} {question[figure.end :]}"
    return signals(question, _TABLE)


def falls_by_factor(question: str) -> bool:
    """Whether it is asked by what factor something fell, which is the larger figure over the smaller: from 6 to 2 by three."""
    return "factor" in signals(question, "derivations") and signals(question, "directions") & {"up", "down"} == {"down"}


def comparison(question: str, names: Collection[str] = ()) -> Operation:
    """What ``question`` compares, whatever of it: that one is larger, the largest, or above a bound."""
    return Operation(("difference",), _weighed(question, names, _TABLE, "directions", "frequencies"), counts=True)


def _weighed(question: str, names: Collection[str], *tables: str) -> Mapping[Word, float]:
    """The telling words, those of ``tables`` as words that say how, ``names`` as words that a whole document may be about."""
    how = words_of("then", table="reference_figures").union(*(words_of(table=table) for table in tables))
    telling = (word for word in telling_words(joined_names(question)) if canonical_unit(word.text) not in TIME_UNITS | {"percent", "ratio"})
    periods = frozenset(match["which"].casefold() for match in _PERIOD.finditer(question))
    return {word: _HOW if word.text in periods else min(_weight(word, how), _OF_ALL if word.text in names else 1.0) for word in telling}


def joined_names(question: str) -> str:
    """``question`` with what two initials that are joined are short for: "R&D" is one thing, of which no letter tells."""
    return _INITIALS.sub(lambda match: written_out(match.group()), question)


def telling_words(text: str) -> tuple[Word, ...]:
    """The words of ``text`` that carry content, those that count, "one injection" or "twice", and letters of groups, each once."""
    counts = (word for word in words(_PRONOUN.sub(" ", _without_amounts(text))) if any(term.values("count") for term in read(word.text)))
    letters = (Word(match["sign"].casefold(), match["sign"].casefold()) for match in _LETTERED.finditer(text))
    return tuple(dict.fromkeys([*terms_of(text, ()), *counts, *letters]))


def _without_amounts(text: str) -> str:
    for figure in reversed([figure for figure in figures(text) if figure.unit]):
        text = f"{text[: figure.start]} {text[figure.end :]}"
    return text


def _kinds(question: str, on: frozenset[str]) -> tuple[Kind, ...]:
    relative = bool(on & {"percent", "points"})
    if "ratio" in on and not relative:
        return ("ratio",)
    of_something = SHARE_OF.search(question) is not None or "apart" not in on
    if relative or ("share" in on and of_something):
        return ("share",) if of_something else ("change",)
    found: list[Kind] = []
    if "rest" in on and _HOW_MANY.search(question):
        found.append("rest")
    if "apart" in on and "quantified" in on:
        found.append("difference")
    if "sum" in on:
        found.append("sum")
    return tuple(found)


def _weight(word: Word, how: frozenset[str]) -> float:
    if YEAR.fullmatch(word.text) or word.stem in words_of("measured", table=_TABLE):
        return _OF_ALL
    if word.stem in how or canonical_unit(word.text):
        return _HOW
    return _LIGHT if word.stem in light() | words_of("whom", table="reference_figures") else 1.0
