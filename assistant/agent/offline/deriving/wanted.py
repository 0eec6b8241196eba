"""Question → what it may want worked out of stated figures, the likeliest first, with all that tells of which figures."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from assistant.agent.offline.deriving.pairing import ONE_TO_ANOTHER, apart
from assistant.agent.offline.understanding.cues import signals
from assistant.agent.offline.understanding.operation import (
    SHARE_OF,
    Operation,
    calculation_cues,
    falls_by_factor,
    operation_of,
    telling_words,
)
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.designations import ARM_NOUN
from assistant.language.figures import Figure
from assistant.language.parts import parts as told_parts
from assistant.language.periods import tells_earlier
from assistant.language.stems import Word, words
from assistant.language.units import ACTIVITY_UNITS, TIME_UNITS, canonical_unit
from assistant.resources import prompt_table

Kind = Literal[
    "difference",
    "moved",
    "factor",
    "points",
    "change",
    "ratio",
    "share",
    "remainder",
    "total",
    "product",
    "mean",
    "quotient",
    "converted",
    "left",
    "until",
    "elapsed",
]

# Forms that ask for no amount.
_OTHER_FORMS = frozenset(["why", "yesno", "definition"])
# "Per treated patient", "cost/patient": what something is wanted for each of.
_PER = re.compile(r"(?:\b(?:per|for (?:each|every)|each|every)\s+|/)(?P<of>[\w]+(?:\s+[a-z]+)?)", re.IGNORECASE)
# No statistic is asked for by who explains himself.
_I_MEAN = re.compile(r"\b(?:I|you|we|it|this|that)\s+means?\b|\bmean(?:s|t)?\s+(?:by|that|with)\b", re.IGNORECASE)
# "The difference in mean weight loss" is of two means that are stated.
_DIFFERENCE = re.compile(r"\bdifference\b", re.IGNORECASE)
# What a share is of, up to the verb that tells the part: "what share of the women had".
_WHOLE = re.compile(
    r"(?:\b(?:percent|percentage|per cent|pct|share|fraction|proportion|part|slice|how much)|%)\s+(?:of|among)\s+"
    r"(?:the\s+|all\s+|those\s+)*"
    r"(?P<whole>\w+(?:\s+(?!(?:had|have|has|was|were|is|are|got|did|who|that|which|in|at|with|went|gets?|comes?|came|goes)\b)\w+){0,2})",
    re.IGNORECASE,
)
# "The percentage of increase" is no share of it.
_OF_CHANGE = re.compile(
    r"\b(?:percent|percentage|%|rate)\s+of\s+(?:the\s+)?(?:\w+\s+)?(?:increase|decrease|growth|decline|reduction|change|drop|rise|fall|gain|loss)\b",
    re.IGNORECASE,
)
# "R&D as a share of net loss": of two things that are named, and no change of one.
_AS_SHARE = re.compile(r"\bas (?:a |the )?(?:percent|percentage|share|fraction|proportion|part|%)\s+of\b", re.IGNORECASE)
# "The two earlier lots" are known to be two.
_DEFINITE = re.compile(r"\b(?:the|these|those|all|both|last|first|other)\s+$", re.IGNORECASE)
_OF_GROUP = re.compile(rf"[ -](?:{ARM_NOUN})\b", re.IGNORECASE)
# Where a unit of time is one to answer in: "how many more days", "in weeks".
_IN_UNIT = re.compile(r"\b(?:many|much|in|into|as|of|more|extra|further|additional)\s+(?:\w+\s+)?(?P<unit>[a-z]+)\b", re.IGNORECASE)
_UNIT = re.compile(r"[A-Za-zµμ]{2,}")
_MEASURES = frozenset(["Gy", "mGy", "cGy", "mg", "ug", "mL", "mm", "mm3", "cm3", "nM"])


# "What was the average loss" asks for no difference, though what is lost is.
_THE_MEAN = re.compile(
    r"\b(?:what|what's|calculate|compute|give|tell)\b(?:\W+(?:is|was|are|were|me|us|of))*\W+the (?:average|mean|avg)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """``kinds`` are what may be meant, the likeliest first; ``operation`` has the words that tell of which figures, ``sides`` the two
    things that the question sets side by side.

    ``units`` are those to express the result in, ``own`` the amounts that the question brings, ``parts`` the parts of a whole,
    ``each`` the stems and units of what something is wanted for each of, ``whole`` the words for what a share is of.
    ``upwards`` tells that what came of it is taken for larger, or for smaller; None where the question does not say.
    """

    question: str
    kinds: tuple[Kind, ...]
    operation: Operation
    sides: tuple[str, ...]
    units: tuple[str, ...]
    own: tuple[Figure, ...]
    parts: tuple[str, ...]
    each: frozenset[str]
    whole: frozenset[Word]
    upwards: bool | None
    cues: frozenset[str]

    @property
    def share(self) -> bool:
        """Whether the result is a share."""
        return bool(self.cues & {"percent", "part_of"})

    @property
    def only_over_time(self) -> bool:
        """Whether it is asked how something compares with an earlier time, of which other figures tell nothing."""
        return self.kinds == ("change",) and "percent" not in self.cues

    def counts_given(self, own: Figure) -> bool:
        """Whether a number of the question counts what is given several times: "four doses"."""
        behind = " ".join(word.stem for word in words(self.question[own.end :])[:2])
        return "given" in signals(behind, "derivations_named")


def asks_amount(topic: Topic) -> bool:
    """Whether a question may want something worked out: it follows no other one and asks for no reason, verdict or meaning."""
    return not topic.follows and topic.form not in _OTHER_FORMS


def wanted(question: str, units: Sequence[str], own: Sequence[Figure], names: Collection[str]) -> Wanted | None:
    """What ``question`` may want worked out; None where it asks for nothing of the kind.

    ``units`` and ``own`` are the units that the question names to express results in, and its figures.
    """
    cues = calculation_cues(question) | signals(question, "derivations")
    own = tuple(figure for figure in own if not _tells(figure, question))
    kinds = _of_decay(question, own, cues) or _kinds(question, units, own, cues)
    if "left" in cues and not {"left", "until"} & set(kinds):
        kinds = tuple(kind for kind in kinds if kind == "remainder")  # of what decays nothing else tells
    if not kinds:
        return None
    return Wanted(
        question,
        kinds,
        operation_of(question, names),
        tuple(apart(question)[-2:]),
        (*(unit for unit in units if _is_asked(unit, question)), *_measures(question, own)),
        own,
        parts(question),
        each_of(question),
        _whole(question),
        _upwards(question),
        cues,
    )


def wanted_of(kind: Kind, question: str, names: Collection[str]) -> Wanted:
    """What ``question`` wants that has no word for it: a response rate is a share by its name, a dose a product by its amounts."""
    return Wanted(question, (kind,), operation_of(question, names), (), (), (), (), frozenset(), frozenset(), None, frozenset([kind]))


def _of_decay(question: str, own: Sequence[Figure], cues: Collection[str]) -> tuple[Kind, ...]:
    """What is left after a time of the question's, or the time until so much is left."""
    if "left" not in cues and not ("falls" in cues and parts(question)):
        return ()
    if any(figure.unit in TIME_UNITS for figure in own):
        return ("left",)
    return ("until",) if parts(question) or any(figure.unit == "percent" for figure in own) else ()


def _kinds(question: str, units: Sequence[str], own: Sequence[Figure], cues: frozenset[str]) -> tuple[Kind, ...]:
    found = [] if "mean" in cues and _THE_MEAN.search(question) else list(_of_two(question, cues))
    others: tuple[tuple[bool, tuple[Kind, ...]], ...] = (
        ("rest" in cues and not cues & {"percent", "ratio"}, ("remainder",)),
        ("each" in cues and "ratio" not in cues, ("quotient",)),
        ("mean" in cues and not _I_MEAN.search(question), ("difference",) if _DIFFERENCE.search(question) else ("mean",)),
        ("together" in cues and "percent" not in cues, ("total", "product")),
        (not ACTIVITY_UNITS.isdisjoint(units), ("product",) if "together" in cues else ("converted", "product")),
    )
    found += [kind for on, kinds in others if on for kind in kinds]
    if not found and own and "how_much" in cues:
        found = ["product"]
    return tuple(dict.fromkeys(found))


def _of_two(question: str, cues: frozenset[str]) -> tuple[Kind, ...]:
    """What two figures that are set side by side give. Points are those of two percentages that are stated."""
    differ = bool(cues & {"apart", "change", "difference"})
    if "points" in cues:
        return ("points",)
    if cues & {"percent", "part_of"}:
        if _AS_SHARE.search(question) or (SHARE_OF.search(question) and _WHOLE.search(question) and not _OF_CHANGE.search(question)):
            return ("share",)
        if differ and not SHARE_OF.search(question):
            return ("change", "share")
        return ("share", "change") if differ or cues & {"moved", "compare"} else ("share",)
    if "ratio" in cues or ONE_TO_ANOTHER.search(question):
        return ("factor",) if falls_by_factor(question) else ("ratio",)
    over_time = tells_earlier(question) and bool(cues & {"moved", "compare"})
    others: tuple[tuple[bool, Kind], ...] = (
        ("difference" in cues, "difference"),
        (cues >= {"moved", "how_much"}, "moved"),
        (over_time, "change"),
    )
    return tuple(kind for on, kind in others if on)[:1]


def _tells(figure: Figure, question: str) -> bool:
    """Whether a number of the question only tells what is meant: "ward 6", "the two earlier lots", "when one takes"."""
    before = question[: figure.start]
    known = not figure.unit and figure.kind == "word" and (_DEFINITE.search(before) or figure.text.casefold() == "one")
    period = figure.unit in TIME_UNITS and _DEFINITE.search(before)  # "in the first nine months"
    named = not figure.unit and _OF_GROUP.match(question, figure.end)  # "the 450 group"
    return bool(known or period or named or numbered().search(before))


@cache
def numbered() -> re.Pattern[str]:
    """What stands before a number that numbers and does not count: "section 4", "ward 6"."""
    nouns = prompt_table("questions.toml")["derivations_named"]["numbered"]
    return re.compile(rf"\b(?:{'|'.join(nouns)})s?\.?\s*$", re.IGNORECASE)


def _is_asked(unit: str, question: str) -> bool:
    """Whether a result is wanted in ``unit``: a day that something happened on is none."""
    return unit not in TIME_UNITS or any(canonical_unit(match["unit"]) == unit for match in _IN_UNIT.finditer(question))


def _measures(question: str, own: Sequence[Figure]) -> tuple[str, ...]:
    """The units, beside those of activity and time, that no number stands before: the "Gy" of "how many Gy"."""
    free = (match for match in _UNIT.finditer(question) if not any(figure.start <= match.start() < figure.end for figure in own))
    return tuple(unit for match in free if (unit := canonical_unit(match.group())) in _MEASURES)


def parts(text: str) -> tuple[str, ...]:
    """The parts of a whole that words tell, as expressions: ``2 / 3`` of "two thirds"."""
    return tuple(f"{count} / {whole}" for count, whole in told_parts(text))


def each_of(text: str) -> frozenset[str]:
    """The stems or units of what a question wants something for each of, or a sentence states it for."""
    return frozenset(canonical_unit(word.text) or word.stem for match in _PER.finditer(text) for word in words(match["of"]))


def _whole(question: str) -> frozenset[Word]:
    match = _WHOLE.search(question)
    return frozenset(telling_words(match["whole"])) if match else frozenset()


def _upwards(question: str) -> bool | None:
    on = signals(question, "directions") & {"up", "down"}
    return "up" in on if len(on) == 1 else None
