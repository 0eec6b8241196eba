"""Question → topic: what is asked, about which studies and arms, in which unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.agent.offline.arithmetic import expression
from assistant.agent.offline.aspects import TEXT, aspect_of
from assistant.agent.offline.callings import Calling
from assistant.agent.offline.cues import asks_to_draw, definition_words, scaffold, signals
from assistant.agent.offline.designations import designation
from assistant.agent.offline.kinds import wanted_kinds
from assistant.agent.offline.mentions import Mentions, mentions
from assistant.agent.offline.offices import names_role
from assistant.agent.offline.sides import across, sides, two_arms
from assistant.language.figures import Figure, figures
from assistant.language.names import nuclides
from assistant.language.stems import stems
from assistant.language.units import ACTIVITY_UNITS, TIME_UNITS, UNIT_PATTERN, canonical_unit, matched_unit
from assistant.studies.facts import Arm, Study

_PARTS = re.compile(
    r"[?;]\s+|,?\s+(?:and|also|plus)\s+(?=(?:(?:for|in|on|at|to|from|by|of)\s+)?"
    r"(?:what|who|whom|when|where|why|how|which|whose|is|was|were|are|did|does|do|has|have|can)\b)",
    re.IGNORECASE,
)
# Words that open a question whose verb comes with the next: "at what temperature, and for how long, is it kept".
_OPENING = re.compile(
    r"(?:(?:at|by|for|from|in|of|on|to|under|until|with)\s+)?(?:when|where|who|whom|why|(?:how|what|which)(?:\s+(?!(?:\w+ed|is|are|was|were)\b)[\w-]+){0,2})",
    re.IGNORECASE,
)
_FORMS = (
    ("why", r"why|how come|what makes|reason|explain why|what explains"),
    ("who", r"who|whom|whose"),
    ("when", r"when|what date|which date|what year|which year|what day was"),
    ("where", r"where|which city|what city|which state|what state|which country|what country"),
    ("how many", r"how many|how much|number of|how often"),
    ("yesno", r"(?:any|is|are|was|were|did|does|do|has|have|had|can|could|will|would|should)(?:n.?t)?(?=\s)"),
)
_BEFORE_RATE = re.compile(r"(?:\bper|\beach|\bevery|/)(?:\s+(?:extra|additional|added))?\s*$", re.IGNORECASE)
# "CI" is a confidence interval unless something is to be expressed in it.
_CONFIDENCE = "ci"
_INTO = re.compile(r"\b(?:in|into|to|as|many|much)\s*$", re.IGNORECASE)
# "How could it be obtained when the burden is high?" asks for no time.
_ASKED_BEFORE = re.compile(r"\b(?:how|what|which|where)\b", re.IGNORECASE)
_ASKED_BEHIND = re.compile(
    r"[,:;]\s*(?:is|has|was|did|does|are|were|have|can|do)\s+(?:it|they|that|this|there|the|any)\b[^?]*\?*$", re.IGNORECASE
)
# A statement that is to be confirmed: "two doses lived longer, right?", "so they got two?".
_TAGGED = re.compile(
    r"(?:[,;]\s*(?:is that |that.?s |am i )?|(?<!\bis)(?<!\bare)(?<!\bwas)(?<!\bwere)(?<!\bbe)\s+)"
    r"(?:right|correct|true|yes|no|ok|okay|eh|huh|innit|(?:is|was|are|were|do|did|does|has|have)n.?t (?:it|they|that|he|she|there))\W*$",
    re.IGNORECASE,
)
_TO_CONFIRM = re.compile(r"\W*(?:so|then|and so)\b(?! (?:far|what|much|many|long)\b)[^?]*\?\W*$", re.IGNORECASE)
_HAS_ONE = re.compile(r"\W*(?:(?:is|are) there|do (?:you|they|we) have|(?:can|could|may) i (?:get|have))\b", re.IGNORECASE)
_THING = r"(?:a |an |the )?(?P<thing{}>[\w()/’' .-]{{2,40}}?)"
_DEFINITION = re.compile(
    r"\W*(?:(?:so|and|ok|hi|hey)\W+)?(?:"
    rf"(?:what|who)(?:\s?[’']?s|\s+is|\s+are)\s+{_THING.format(1)}(?:\s+(?:again|exactly|anyway|really))?(?:,.*)?"
    rf"|what (?:does|do) {_THING.format(2)} (?:stand for|mean)(?: here| in this \w+)?"
    rf"|(?:define|definition of|meaning of|explain)\s+{_THING.format(3)}"
    rf"|{_THING.format(4)}\s+(?:stands? for|means?|is what)(?: what)?)\W*",
    re.IGNORECASE,
)
# "2 x 500 uCi" is what an arm was given, where an arm is spoken of.
_REGIMEN = re.compile(r"(?<!\w)\d+\s*[x×]\s*\d")
# A word that is all capitals, a slash or a plural's s between them.
_ABBREVIATION = re.compile(r"(?<![\w/-])[A-Z](?:/?[A-Z]){1,5}s?(?![\w/-])")
# A compound that no study has: "tell me about QX 9".
_CODE = re.compile(r"(?<!\w)[A-Z]{2,6}[ -]?\d+(?:-\w+)?(?!\w)")
# The title of a document, and not of a person: "what does the title say?", "the headline of the release".
_TITLE = re.compile(
    r"(?<!job )(?<!his )(?<!her )(?<!their )(?<!s )\b(?:headline|title)\b"
    r"(?!\s+of\s+(?!(?:the |this |that )?(?:press |news )?(?:release|article|document|paper|report|abstract|text)\b))",
    re.IGNORECASE,
)
# "Who is Jane Miller?" asks what she is.
_WHO_IS = re.compile(r"\b[Ww]ho(?:'s|’s| is| are| was)\s+(?:[A-Z]|an?\b|the\b)")
# So near a time stands what makes a bound of it: "longer than 90 days".
_BOUND_WITHIN = 20
# What a dose may be stated for one of, and a body may have.
BODY_UNITS = frozenset({"kg", "m2"})
# Signals that the name of a thing may show by itself.
_NAME_SIGNALS = frozenset(["convert", "both", "existence", "compound", "studies", "clinical"])


@dataclass(frozen=True, slots=True)
class Topic:
    """One part of a question, complete.

    ``query`` is what to search for; ``studies`` what the answer is about (all that are ``known`` where none is named);
    ``units`` those to express the result in; ``seen`` has the arms named in this and the topics it follows; ``unclear`` marks a
    follow-up that has nothing to follow, ``quoted`` a question that is answered by a sentence of the text first; ``callings`` are
    the words that call the arms of ``known``, ``sides`` what the question sets side by side, ``spoken_of`` what arms "that" means.
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

    @property
    def unit(self) -> str | None:
        """The last of the units to express the result in, for results that are said in one."""
        return self.units[-1] if self.units else None


def parts(question: str) -> tuple[str, ...]:
    """The questions that one message asks: ``"Who is X and when was Y?"`` has two, ``"Who left, and when?"`` one."""
    found: list[str] = []
    for part in (part.strip(" ,") for part in _PARTS.split(question) if part and re.search(r"\w", part)):
        if found and canonical_unit(part.strip(" ?.")):
            found[-1] = f"{found[-1]} {part}"  # "500 uCi = ? mCi"
        elif found and (not content(part) or _OPENING.fullmatch(found[-1])):
            found[-1] = f"{found[-1]} and {part}"
        else:
            found.append(part)
    return tuple(found) or (question,)


def content(text: str) -> frozenset[str]:
    """The stems of ``text`` that carry content of their own."""
    return frozenset(stems(text)) - scaffold()


def read(question: str, studies: Sequence[Study], known: Sequence[Calling] = ()) -> Topic:
    """The topic of a question by itself; what it leaves out is left out. ``known`` are the words that call the studies' arms."""
    amounts = tuple(_as_survival(figure, studies) for figure in figures(question))
    named = mentions(_without_bounds(question, amounts), studies, known)
    apart = sides(question)
    units = _target_units(question, amounts)
    nuclide_names = tuple(dict.fromkeys(mention.name for mention in nuclides(question)))
    on = set(signals(question)) | _named_signals(question, named, amounts, units, nuclide_names)
    if any(two_arms(apart, study, known) for study in named.studies or studies if apart):
        on.add("sides")
    elif across(apart, studies):
        on.add("sides_across")
    survivals = {(arm.survival.value, arm.survival.unit) for s in studies for arm in s.arms if arm.survival}
    if survivals & {(figure.value, figure.unit) for figure in amounts} and "convert_amount" not in on:
        on |= {"survival", "stated_survival"}
    if "over_all" in on and on & {"how_much", "quantified", "named_unit"}:
        on.add("total")
    if named.designations:
        on.discard("arms_list")  # "what about group E" lists no groups
    return Topic(
        question=question,
        query=_thing_to_define(question, named) or question,
        aspect=TEXT if designates_unknown(named, studies) else aspect_of(on),
        signals=frozenset(on),
        named=named,
        studies=named.studies,
        figures=amounts,
        units=units,
        nuclides=nuclide_names,
        form=_form(question),
        known=tuple(studies),
        seen=named,
        callings=tuple(known),
        sides=apart,
    )


def _as_survival(figure: Figure, studies: Sequence[Study]) -> Figure:
    """A bare number that is the survival of an arm and nothing else of the studies, with its unit: "who got 52.5?"."""
    arms = [arm for study in studies for arm in study.arms]
    units = {arm.survival.unit for arm in arms if arm.survival and arm.survival.value == figure.value}
    others = {float(value) for arm in arms for value in (*arm.days, arm.n) if value is not None}
    others |= {arm.activity.value for arm in arms if arm.activity}
    return replace(figure, unit=units.pop()) if not figure.unit and len(units) == 1 and figure.value not in others else figure


def designates_unknown(named: Mentions, studies: Sequence[Study]) -> bool:
    """Whether an arm is called by a letter or number that no arm of the studies goes by: only the text may know it."""
    known = {sign for study in named.studies or studies for arm in study.arms if (sign := designation(arm))}
    return bool(named.designations) and not named.designations & known


def _named_signals(
    question: str, named: Mentions, amounts: Sequence[Figure], asked: Sequence[str], nuclide_names: Sequence[str]
) -> set[str]:
    units = {figure.unit for figure in amounts}
    arms = len(named.counts) + named.several + named.control + len(named.levels) + len(named.designations)
    checks = {
        "named_study": bool(named.studies),
        "named_arm": named.arms,
        "named_two_arms": arms > 1,
        "named_two_studies": len({study.name for study in named.studies}) > 1,
        "named_nuclide": bool(nuclide_names),
        "named_activity": bool(units & ACTIVITY_UNITS),
        "named_time": bool(units & TIME_UNITS),
        "convert_amount": any(unit in family and units & family - {unit} for family in (ACTIVITY_UNITS, TIME_UNITS) for unit in asked),
        "named_unit": bool(asked),
        "named_time_unit": not TIME_UNITS.isdisjoint(asked),
        "named_body": bool(units & BODY_UNITS),
        "named_share": "percent" in units,
        "yesno": _form(question) == "yesno",
        "chart": asks_to_draw(question),
        "named_disease": bool(named.diseases),
        "named_model": any(study.model for study in named.studies),
        "operators": expression(question) is not None and not ((named.arms or named.studies) and _REGIMEN.search(question)),
        "definition": bool(_thing_to_define(question, named)),
        "many_compared": len(re.findall(r"\b(?:vs\.?|versus)(?=\s)", question, re.IGNORECASE)) > 1 and arms < 3,
        "why": _form(question) == "why",
        "title": bool(_TITLE.search(question)),
        "list": bool(re.search(r"\b(?:list|every|all|table of|each)\b", question, re.IGNORECASE)),
        "named_arms_word": bool(re.search(r"\b(?:arms|groups|cohorts)\b", question, re.IGNORECASE)),
    }
    return {name for name, on in checks.items() if on}.union(*(_bound_by(question, figure) for figure in amounts))


def _bound_by(question: str, figure: Figure) -> frozenset[str]:
    """Whether a time of the question is a bound, "longer than 90 days", and to which side."""
    before = question[max(0, figure.start - _BOUND_WITHIN) : figure.start]
    return signals(before, "bounds") if figure.unit in TIME_UNITS else frozenset()


def _without_bounds(question: str, amounts: Sequence[Figure]) -> str:
    """``question`` without the times that are bounds, which name no arm that lived just so long."""
    for figure in amounts:
        if _bound_by(question, figure):
            question = f"{question[: figure.start]}{' ' * (figure.end - figure.start)}{question[figure.end :]}"
    return question


def _thing_to_define(question: str, named: Mentions) -> str:
    """What a question asks to define, if it names nothing but that: ``PDC`` of "what's a PDC?", ``QX 9`` of "about QX 9"; else empty."""
    code = _CODE.search(question) if named.unknown and not named.studies else None
    if code and not content(_CODE.sub(" ", question)):
        return code.group()
    short = _ABBREVIATION.findall(question)
    if len(short) == 1 and not content(_ABBREVIATION.sub(" ", question)) - definition_words():
        return str(short[0])
    match = _DEFINITION.fullmatch(question.strip())
    thing = next((group for group in match.groups() if group), "") if match else ""
    plainly = (
        bool(content(thing) or re.search(r"[A-Z]", thing))
        and not signals(thing) - _NAME_SIGNALS
        and not names_role(thing)  # "who is the CEO" asks for a person and not for what a CEO is
        and not _asks_for_kind(question)
        and not any(figure.unit for figure in figures(thing))
    )
    return thing if plainly else ""


def _asks_for_kind(question: str) -> bool:
    """Whether what looks like a definition asks for a thing of some kind: "what's the ticker", "who's quoted", not "what is a ticker"."""
    kinds = wanted_kinds(question, "what")
    return (
        bool(kinds)
        and not re.search(r"\ban?\s", question)
        and (kinds[0].sure or kinds[0].items is not None or kinds[0].name in ("date", "money"))
        and not _WHO_IS.search(question)
    )


def _target_units(question: str, amounts: Sequence[Figure]) -> tuple[str, ...]:
    """The units of activity or time that no number stands before: "in mCi and MBq", "how many weeks"."""
    found = []
    for match in re.finditer(r"[A-Za-zµμ]{2,}", question):
        unit_match = UNIT_PATTERN.fullmatch(match.group())
        unit = matched_unit(unit_match) if unit_match else None
        inside = any(figure.start <= match.start() < figure.end for figure in amounts)
        if match.group().casefold() == _CONFIDENCE and not _INTO.search(question, 0, match.start()):
            continue
        if unit in ACTIVITY_UNITS | TIME_UNITS and not inside and not _BEFORE_RATE.search(question, 0, match.start()):
            found.append(unit)
    return tuple(dict.fromkeys(unit for unit in found if unit))


def _form(question: str) -> str:
    for form, pattern in _FORMS:
        if form == "yesno":
            if _HAS_ONE.match(question) and any(kind.sure for kind in wanted_kinds(question, "what")):
                return "what"  # "is there a phone number" wants it
            if re.match(rf"\W*(?:(?:so|and|but|ok|hey|hi|since\b.*,|if\b.*,)\W*)*(?:{pattern})", question, re.IGNORECASE):
                return form
            if _ASKED_BEHIND.search(question):
                return form
        elif (asked := re.search(rf"\b(?:{pattern})\b", question, re.IGNORECASE)) and not (
            form == "when" and _ASKED_BEFORE.search(question[: asked.start()])
        ):
            return form
    return "yesno" if _is_to_be_confirmed(question) else "what"


def _is_to_be_confirmed(question: str) -> bool:
    """Whether what is put as a question is a statement, which the sources may deny."""
    asks = re.search(r"\b(?:what|which)\b", question, re.IGNORECASE)
    return not asks and any(form.search(question) for form in (_TAGGED, _TO_CONFIRM))
