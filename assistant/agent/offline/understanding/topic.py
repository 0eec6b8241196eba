"""Question → topic: what is asked, about which studies and arms, in which unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.agent.offline.understanding.administrations import tells_times_dosed, with_doses_counted
from assistant.agent.offline.understanding.aspects import TEXT, aspect_of
from assistant.agent.offline.understanding.bounds import bounded
from assistant.agent.offline.understanding.callings import Calling
from assistant.agent.offline.understanding.cues import content, signals
from assistant.agent.offline.understanding.definitions import thing_to_define
from assistant.agent.offline.understanding.designations import designation
from assistant.agent.offline.understanding.forms import form_of
from assistant.agent.offline.understanding.mentions import Mentions, mentions
from assistant.agent.offline.understanding.naming import is_bounding_time, named_signals
from assistant.agent.offline.understanding.shapes import shapes, tells_several, without_times_dosed
from assistant.agent.offline.understanding.sides import across, sides, two_arms
from assistant.language.ages import named_age, without_age
from assistant.language.figures import Figure
from assistant.language.names import nuclides
from assistant.language.units import ACTIVITY_UNITS, TIME_UNITS, UNIT_PATTERN, canonical_unit, matched_unit
from assistant.studies.facts import Arm, Study

_PARTS = re.compile(
    r"[?;]\s+|,?\s+(?:i\.e\.?|in other words),?\s+(?=(?:is|was|did|does|has|can)\b)"
    r"|,?\s+(?:and|also|plus)\s+(?!by how (?:much|many)(?: \w+){0,2}\s*(?:\?|$))(?=(?:(?:for|in|on|at|to|from|by|of)\s+)?"
    r"(?:what|who|whom|when|where|why|how|which|whose|is|was|were|are|did|does|do|has|have|can)\b)",
    re.IGNORECASE,
)
# Words that open a question whose verb comes with the next: "at what temperature, and for how long, is it kept".
_OPENING = re.compile(
    r"(?:(?:at|by|for|from|in|of|on|to|under|until|with)\s+)?(?:when|where|who|whom|why|(?:how|what|which)(?:\s+(?!(?:\w+ed|is|are|was|were)\b)[\w-]+){0,2})",
    re.IGNORECASE,
)
# "The second dose three times what the first did", "double that of one dose": so many times something, and no number of doses.
_MULTIPLIED = re.compile(r"\s+(?:that|those|what|as (?:much|many|long|large|big)|the (?!dose|amount|activity|number))\b", re.IGNORECASE)
# "In MBq, not in curie".
_NOT_IN = re.compile(r"\b(?:not|rather than|instead of)\s+(?:in\s+)?$", re.IGNORECASE)
_BEFORE_RATE = re.compile(r"(?:\bper|\beach|\bevery|/)(?:\s+(?:extra|additional|added))?\s*$", re.IGNORECASE)
# "CI" is a confidence interval unless something is to be expressed in it.
_CONFIDENCE = "ci"
_INTO = re.compile(r"\b(?:in|into|to|as|many|much)\s*$", re.IGNORECASE)
_WHEN = re.compile(r"\bwhen\b", re.IGNORECASE)
_ONE = re.compile(r"\s+ones?\b", re.IGNORECASE)
_SHORT_NAME = r"[A-Z][A-Z/]+s?"
# Two abbreviations that are asked for at once: "what do PDC and PLE mean?".
_TWO_TERMS = re.compile(
    rf"(?P<ask>\W*(?i:explain|define|meaning of|what(?:['’]s| is| are| does| do)?)\s+)(?P<one>{_SHORT_NAME})"
    rf"\s*(?:and|&|,|or)\s+(?P<two>{_SHORT_NAME})(?P<end>(?:\s+(?:mean|means|stands? for))?\W*)"
)


@dataclass(frozen=True, slots=True)
class Topic:
    """One part of a question, complete.

    ``query`` is what to search for; ``studies`` what the answer is about (all that are ``known`` where none is named);
    ``units`` those to express the result in; ``seen`` has the arms named in this and the topics it follows; ``unclear`` marks a
    follow-up that has nothing to follow, ``quoted`` a question that is answered by a sentence of the text first; ``callings`` are
    the words that call the arms of ``known``, ``sides`` what the question sets side by side, ``spoken_of`` what arms "that" means,
    ``claim`` the yes/no question that a follow-up asks of something else.
    """

    question: str
    query: str
    aspect: str
    signals: frozenset[str]
    named: Mentions
    studies: tuple[Study, ...]
    figures: tuple[Figure, ...]
    units: tuple[str, ...]
    nuclides: tuple[str, ...]
    form: str
    known: tuple[Study, ...]
    seen: Mentions
    follows: bool = False
    unclear: bool = False
    quoted: bool = False
    callings: tuple[Calling, ...] = ()
    sides: tuple[str, ...] = ()
    spoken_of: tuple[tuple[Study, Arm], ...] = ()
    claim: str = ""

    @property
    def unit(self) -> str | None:
        """The last of the units to express the result in, for results that are said in one."""
        return self.units[-1] if self.units else None

    @property
    def rate_unit(self) -> str | None:
        """The activity for each of which something is asked: MBq of "days per MBq"."""
        found = (unit for place, unit in _units_in(self.question) if _BEFORE_RATE.search(self.question, 0, place))
        return next((unit for unit in found if unit in ACTIVITY_UNITS), None)


def parts(question: str) -> tuple[str, ...]:
    """The questions that one message asks: ``"Who is X and when was Y?"`` has two, ``"Who left, and when?"`` one."""
    if both := _TWO_TERMS.fullmatch(question):
        return tuple(f"{both['ask']}{both[name]}{both['end']}" for name in ("one", "two"))
    found: list[str] = []
    for part in (part.strip(" ,") for part in _PARTS.split(question) if part and re.search(r"\w", part)):
        if found and canonical_unit(part.strip(" ?.")):
            found[-1] = f"{found[-1]} {part}"  # "500 uCi = ? mCi"
        elif found and (not content(part) or _OPENING.fullmatch(found[-1])):
            found[-1] = f"{found[-1]} and {part}"
        else:
            found.append(part)
    return tuple(found) or (question,)


def read(question: str, studies: Sequence[Study], known: Sequence[Calling] = ()) -> Topic:
    """The topic of a question by itself; what it leaves out is left out. ``known`` are the words that call the studies' arms."""
    return _read(question, tuple(studies), tuple(known))


@lru_cache(maxsize=16)  # a question is read again when calls have come back, which seldom bring further studies
def _read(question: str, studies: tuple[Study, ...], known: tuple[Calling, ...]) -> Topic:
    age = named_age(question)  # "my 3 year old" is no time
    measured = (figure for figure in bounded(question) if not (age and age.start() <= figure.start < age.end()))
    amounts = tuple(_as_survival(figure, question, studies) for figure in measured if not _counts_doses(figure, question))
    named = mentions(_without_bounds(question, amounts), studies, known)
    if (in_full := with_doses_counted(_in_full(question, amounts, named.studies))) != question:
        return read(in_full, studies, known)
    amounts = tuple(figure for figure in amounts if not _names_compound(figure, named.studies))
    apart = sides(question)
    units = _target_units(without_age(question), amounts) if age else _target_units(question, amounts)
    nuclide_names = tuple(dict.fromkeys(mention.name for mention in nuclides(question)))
    on = set(signals(_without_relative(without_times_dosed(question))) | shapes(question)) | named_signals(
        question, named, amounts, units, nuclide_names
    )
    if not tells_several(question):
        on.discard("two_studies")
    if across(apart, named.studies if len(named.studies) > 1 else studies):
        on.add("sides_across")
    elif any(two_arms(apart, study, known) for study in named.studies or studies if apart):
        on.add("sides")
    survivals = {(arm.survival.value, arm.survival.unit) for s in studies for arm in s.arms if arm.survival}
    if survivals & {(figure.value, figure.unit) for figure in amounts} and ("convert_amount" not in on or named.counts or named.control):
        on |= {"survival", "stated_survival"}
    if "over_all" in on and on & {"how_much", "quantified", "named_unit"}:
        on.add("total")
    if named.designations:
        on.discard("arms_list")  # "what about group E" lists no groups
    return Topic(
        question=question,
        query=thing_to_define(question, named) or question,
        aspect=TEXT if designates_unknown(named, studies) else aspect_of(on),
        signals=frozenset(on),
        named=named,
        studies=named.studies,
        figures=amounts,
        units=units,
        nuclides=nuclide_names,
        form=form_of(question),
        known=studies,
        seen=named,
        callings=known,
        sides=apart,
    )


def _as_survival(figure: Figure, question: str, studies: Sequence[Study]) -> Figure:
    """A bare number that is the survival of an arm and nothing else of the studies, with its unit: "who got 52.5?"."""
    arms = [arm for study in studies for arm in study.arms]
    units = {arm.survival.unit for arm in arms if arm.survival and arm.survival.value == figure.value}
    others = {float(value) for arm in arms for value in (*arm.days, arm.n) if value is not None}
    others |= {arm.activity.value for arm in arms if arm.activity}
    around = question[: figure.start][-1:] + question[figure.end :][:1]
    joined = any(mark.isalnum() or mark in "/#-" for mark in around)  # "patient 03-011"
    alone = not figure.unit and not joined and figure.value not in others
    return replace(figure, unit=units.pop()) if alone and len(units) == 1 else figure


def _names_compound(figure: Figure, named: Sequence[Study]) -> bool:
    """Whether a bare number is that of a compound which the question names by it: "what about the 177 one?"."""
    own = {number for study in named for number in re.findall(r"\d{2,}", study.compound or "")}
    return not figure.unit and figure.text in own


def _counts_doses(figure: Figure, question: str) -> bool:
    """Whether a figure that reads as a ratio says how often an arm was dosed: "the double-dosed mice"."""
    return figure.unit == "ratio" and tells_times_dosed(question, figure.start, figure.end)


def _in_full(question: str, amounts: Sequence[Figure], named: Sequence[Study]) -> str:
    """``question`` with the name of the compound for a bare number that it goes by: "has 177 got a designation?"."""
    for figure in reversed(amounts):
        compounds = {study.compound for study in named if study.compound and _names_compound(figure, [study])}
        before = question[: figure.start]
        if _ONE.match(question, figure.end):
            continue  # "the 125 one" is read as it is
        if len(compounds) == 1 and not before.rstrip(" -").casefold().endswith(_letters(compound := compounds.pop())):
            question = f"{before}{compound}{question[figure.end :]}"
    return question


def _letters(compound: str) -> str:
    """The letters before the number of a compound's name: ``qx`` of QX 177."""
    return re.split(r"[\W\d]", compound.casefold(), maxsplit=1)[0]


def designates_unknown(named: Mentions, studies: Sequence[Study]) -> bool:
    """Whether an arm is called by a letter or number that no arm of the studies goes by: only the text may know it."""
    known = {sign for study in named.studies or studies for arm in study.arms if (sign := designation(arm))}
    return bool(named.designations) and not named.designations & known


def _without_relative(question: str) -> str:
    """A yes/no question without the "when" that only tells of which case: "did they live past day 60 when they got two?"."""
    return _WHEN.sub(" ", question) if form_of(question) == "yesno" else question


def _without_bounds(question: str, amounts: Sequence[Figure]) -> str:
    """``question`` without the times that are bounds, which name no arm that lived just so long, and without what only multiplies."""
    for figure in amounts:
        if is_bounding_time(figure) or (figure.unit == "ratio" and _MULTIPLIED.match(question, figure.end)):
            question = f"{question[: figure.start]}{' ' * (figure.end - figure.start)}{question[figure.end :]}"
    return question


def _target_units(question: str, amounts: Sequence[Figure]) -> tuple[str, ...]:
    """The units of activity or time that no number stands before: "in mCi and MBq", "how many weeks"."""
    found = []
    for place, unit in _units_in(question):
        inside = any(figure.start <= place < figure.end for figure in amounts)
        unasked = inside or _BEFORE_RATE.search(question, 0, place) or _NOT_IN.search(question, 0, place)
        if unit in ACTIVITY_UNITS | TIME_UNITS and not unasked:
            found.append(unit)
    return tuple(dict.fromkeys(found))


def _units_in(question: str) -> Iterator[tuple[int, str]]:
    """The units that a question names, each with its place."""
    for match in re.finditer(r"[A-Za-zµμ]{2,}", question):
        if match.group().casefold() == _CONFIDENCE and not _INTO.search(question, 0, match.start()):
            continue
        unit_match = UNIT_PATTERN.fullmatch(match.group())
        if unit_match and (unit := matched_unit(unit_match)):
            yield match.start(), unit
