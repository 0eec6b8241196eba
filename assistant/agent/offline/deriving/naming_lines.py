"""Which rows or columns of a table a question names, and where: by words, a time, an amount, a number of doses, a sign."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.agent.offline.understanding.cues import light, scaffold
from assistant.agent.offline.understanding.terms import all_forms, terms_of
from assistant.language.designations import ARM_NOUN
from assistant.language.figures import Figure, figures
from assistant.language.stems import Word, words
from assistant.language.units import ACTIVITY_UNITS, TIME_UNITS, canonical_unit
from assistant.resources import prompt_table
from assistant.studies.quantities import convert
from assistant.studies.vocabulary import read

# What a label is known by: the kind, and the value in its base unit, the number, the letters or the stem.
Trait = tuple[str, str]

_TOKEN = re.compile(r"[^\W_]+(?:[.'’][^\W_]+)*")
_DAY = re.compile(r"\bday\s+(?P<day>\d+)\b", re.IGNORECASE)
_NOUN = rf"(?:{ARM_NOUN}|dose level|DL|batch|lot|patient|subject)"
_SIGN = r"(?:[A-Za-z]\d{0,2}|\d{1,2})"
# "Arms A and B", "cohort 3", "dose level 3 to dose level 4".
_FURTHER = rf"(?:\s*(?:,|/|and|or|to|vs\.?|versus|&|\+|through)\s*(?:{_NOUN}s?\s+)?{_SIGN}\b)*"
_SIGNED = re.compile(rf"\b{_NOUN}s?\s+(?P<sign>{_SIGN})\b(?P<more>{_FURTHER})", re.IGNORECASE)
_MORE_SIGNS = re.compile(rf"(?:^|[\s,/+&])(?:{_NOUN}s?\s+)?(?P<sign>{_SIGN})(?=$|[\s,/+&])", re.IGNORECASE)
_JOINTS = frozenset(["and", "or", "to", "vs", "versus", "through", "a"])
_CODE = re.compile(r"\b(?=[A-Za-z]*\d)(?P<letters>[A-Za-z]{1,4})-?(?P<number>\d{1,2})\b")
# A label that is a sign alone, or one behind a noun: "3", "Arm A", "DL2", "Cohort 3 (n = 4)".
_LABEL_SIGN = re.compile(rf"(?:(?:(?i:{_NOUN}))\s+)?(?P<sign>[A-Z]\d{{0,2}}|\d{{1,2}})|[A-Z]{{1,4}}-?(?P<of_code>\d{{1,2}})")
_GRADE = re.compile(r"\bgrades?\s*(?:≥|>=|>)?\s*(?P<sign>[1-5])\b", re.IGNORECASE)
# What stands behind the head of a name: "activity per cycle", "responders at week 8".
_BEHIND_HEAD = re.compile(r"(?<=\w)\s+(?:per|by|at|after|in|for|of|over|on|during|with)\s", re.IGNORECASE)
# Words of names that tell nothing beside others.
_BESIDE = frozenset(["diseas", "event"])
_BRACKETS = re.compile(r"\([^()]*\)")
_TWO_TIMES = re.compile(
    r"(?P<one>\d+(?:\.\d+)?)\s*(?P<joint>and|to|or|vs\.?|[-–])\s*(?P<two>\d+(?:\.\d+)?)\s*"
    r"(?P<unit>h|hours?|d|days?|min|weeks?)\b"
)
_ADVERBS = re.compile(r"\b(?:once|twice|single|double|one|two|three|four|2x|3x)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """The line number ``place`` of an axis, which the question names at character ``at`` by ``traits``."""

    place: int
    at: int
    traits: frozenset[Trait]


def named_lines(question: str, labels: Sequence[str]) -> tuple[Named, ...]:
    """The lines of an axis that ``question`` names, in its order: each by as many of its traits as any that shares these.

    Words name a line only all together, unless a time, an amount or a sign does.
    """
    asked = traits_in(question)
    own = [traits_of(label) for label in labels]
    kinds = {kind for each in own for kind, _ in each}
    spoken = {kind for kind, _ in asked}
    exact = {value for each in own for kind, value in each if kind == "word"} & {word for kind, word in asked if kind == "word"}
    found = []
    for place, each in enumerate(own):
        had = {trait: at for trait in each if (at := _at(trait, asked, exact)) is not None}
        if had and _is_named(each, frozenset(had), kinds & spoken):
            found.append(Named(place, min(had.values()), frozenset(had)))
    best = [one for one in found if not any(one.traits < other.traits for other in found)]
    return tuple(sorted(best, key=lambda each: each.at))


def _is_named(label: frozenset[Trait], had: frozenset[Trait], asked: frozenset[str] | set[str]) -> bool:
    """Whether all words of a label are there, or what else tells it, and nothing else that the question has of a kind tells another."""

    def of(kind: str, traits: frozenset[Trait]) -> set[Trait]:
        return {trait for trait in traits if trait[0] == kind}

    for kind in ("time", "amount", "sign"):
        if of(kind, label) and kind in asked and not of(kind, had):
            return False
    if of("count", label) and "count" in asked and not of("count", had):
        return False
    told = any(of(kind, had) for kind in ("time", "amount", "sign", "count", "initials"))
    return of("word", label) <= had or told


def _at(trait: Trait, asked: dict[Trait, int], exact: set[str]) -> int | None:
    if trait in asked:
        return asked[trait]
    kind, value = trait
    if kind == "amount":
        return next((at for (other, number), at in asked.items() if other == "number" and number == value.partition(" ")[0]), None)
    if kind != "word":
        return None
    return next((at for (other, word), at in asked.items() if other == "word" and word not in exact and value in forms(word)), None)


@lru_cache(maxsize=2048)
def forms(stem: str) -> frozenset[str]:
    """The stems that name the same in a table."""
    families = (frozenset(family) for family in prompt_table("questions.toml")["tabled_families"]["families"])
    own = next((family for family in families if stem in family), frozenset[str]())
    return own or all_forms(Word(stem, stem))


def _with_units(text: str) -> str:
    return _TWO_TIMES.sub(lambda match: f"{match['one']} {match['unit']} {match['joint']} {match['two']} {match['unit']}", text)


@lru_cache(maxsize=256)
def traits_in(question: str) -> dict[Trait, int]:
    """What a question names things by, each with the place of its first character."""
    text = _with_units(question)
    found: dict[Trait, int] = {}
    for trait, at in (*_amounts(text), *_signs(text), *_counts(text), *_words(_without_amounts(text))):
        found.setdefault(trait, at)
    return found


def _amounts(text: str) -> Iterator[tuple[Trait, int]]:
    for figure in figures(text):
        if figure.unit and figure.unit != "ratio":
            yield from ((trait, figure.start) for trait in _measured(figure))
        elif figure.kind == "number":
            yield ("number", f"{figure.value:.6g}"), figure.start
    yield from ((_day(match), match.start()) for match in _DAY.finditer(text))


def _signs(text: str) -> Iterator[tuple[Trait, int]]:
    for match in _SIGNED.finditer(text):
        yield ("sign", match["sign"].casefold()), match.start()
        for more in _MORE_SIGNS.finditer(match["more"]):
            if more["sign"].casefold() not in _JOINTS:
                yield ("sign", more["sign"].casefold()), match.start("more") + more.start("sign")
    yield from ((("sign", f"grade {match['sign']}"), match.start()) for match in _GRADE.finditer(text))
    yield from ((("sign", match["number"]), match.start()) for match in _CODE.finditer(text) if not canonical_unit(match["letters"]))


def _counts(text: str) -> Iterator[tuple[Trait, int]]:
    for match in _ADVERBS.finditer(text):
        adverb = match.group().replace("2x", "twice").replace("3x", "three")
        yield from ((("count", count), match.start()) for term in read(adverb) for count in term.values("count"))


def _words(text: str) -> Iterator[tuple[Trait, int]]:
    for term in terms_of(text, ()):
        if " " in term.stem and not any(map(str.isdigit, term.stem)):  # "low platelets" is one thing
            yield ("word", term.stem), max(0, text.casefold().find(term.text))
    for match in _TOKEN.finditer(text):
        yield from ((("word", word.stem), match.start()) for word in words(match.group()) if word.stem not in scaffold())
        if match.group().isupper() and len(match.group()) > 1:
            yield ("initials", match.group()), match.start()


def _without_amounts(text: str) -> str:
    """``text`` with blanks for its amounts and days."""
    for figure in figures(text):
        if figure.unit and figure.unit != "ratio":
            text = _blank(text, figure.start, figure.end)
    for match in _DAY.finditer(text):
        text = _blank(text, match.start(), match.end())
    return text


def _day(match: re.Match[str]) -> Trait:
    return "time", f"{convert(float(match['day']), 'day', 'minute'):.6g}"


def _blank(text: str, start: int, end: int) -> str:
    return f"{text[:start]}{' ' * (end - start)}{text[end:]}"


def _measured(figure: Figure) -> Sequence[Trait]:
    """A time in minutes; an amount in its own unit first, an activity in the other units of its kind too."""
    if figure.unit in TIME_UNITS:
        return [("time", f"{convert(figure.value, figure.unit, 'minute'):.6g}")]
    units = [figure.unit, *(unit for unit in ("kBq", "MBq", "GBq", "uCi", "mCi") if figure.unit in ACTIVITY_UNITS and unit != figure.unit)]
    return [("amount", f"{convert(figure.value, figure.unit, unit):.6g} {unit}") for unit in units]


@lru_cache(maxsize=4096)
def traits_of(label: str) -> frozenset[Trait]:
    """What a row or column is known by."""
    name = " ".join(_BRACKETS.sub(" ", label).split()) or label
    if sign := _LABEL_SIGN.fullmatch(name):
        return frozenset([("sign", (sign["sign"] or sign["of_code"]).casefold())])
    measured = {_measured(figure)[0] for figure in figures(name) if figure.unit and figure.unit != "ratio"}
    measured |= {_day(match) for match in _DAY.finditer(name)}
    rest = _without_amounts(name)
    given = {trait for trait, _ in _counts(rest)} | {("sign", f"grade {match['sign']}") for match in _GRADE.finditer(rest)}
    head = _BEHIND_HEAD.split(_ADVERBS.sub(" ", rest), maxsplit=1)[0]
    own = {word.stem for word in words(head) if word.stem not in scaffold() | light()}
    own = own - _BESIDE or own
    initials = "".join(word[0].upper() for word in re.findall(r"[A-Za-z-]+", name))
    known = {("initials", initials)} if 2 <= len(initials) <= 3 and len(own) > 1 else set[Trait]()
    return frozenset(measured | given | {("word", stem) for stem in own} | known)
