"""Question → which studies and arms its words name, by the names that the library's own documents use."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.agent.evidence import Evidence
from assistant.agent.offline.understanding.administrations import counts, without_names
from assistant.agent.offline.understanding.callings import Calling, called, callings
from assistant.agent.offline.understanding.designations import designations, without_designations
from assistant.language.conjunctions import COMPARING, SET_APART
from assistant.language.figures import figures
from assistant.language.names import element_names, elements, fold, name_key, nuclides
from assistant.language.units import ACTIVITY, ACTIVITY_UNITS, CURRENCIES
from assistant.studies.facts import Study
from assistant.studies.vocabulary import Term, read, same_word

_LEVELLED = frozenset(["activity", "arm", "group", "cohort", "level", "one", "amount"])
_TIMES = re.compile(r"(?<!\w)(\d+)\s*[x×]\s*(?=\d)")
# Symbols of elements that no English word is spelled like: "Tb vs Lu". A mail's "Re: survival" names no rhenium.
_SYMBOL = re.compile(r"(?<![\w-])(?:Ac|Cu|Ga|Ho|Lu|Pb|Ra|Re(?!:)|Sc|Sm|Sn|Tb|Th|Zr)(?![\w-])")
_CODE = re.compile(r"(?<![\w-])(?:[a-z]{2,6}\d{2,5}(?:-[a-z0-9]+)*|[a-z]+-[a-z]+-?\d{2,4})(?![\w])")
# With one digit only capitals tell a code, RX-9, from a word and a number.
_SHORT_CODE = re.compile(r"(?<![\w-])[A-Z]{2,6}[ -]?\d(?![\w-]|[.,]\d)")
# A fiscal year and its form, "FY 10-K", name no compound, nor does a sum, "CHF 100 million".
_FISCAL = re.compile(r"fy\d")
_MONEY = re.compile(rf"(?:{'|'.join(sorted(CURRENCIES))}) ?\d", re.IGNORECASE)
_FOLDED_CODE = re.compile(r"(?P<letters>[a-z]+)\d")


_SIDES = re.compile(SET_APART, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mentions:
    """What a question names.

    ``studies`` fit all the names; ``strays`` are studies that one of the names means although it does not fit the others (a compound
    with another compound's model); ``unknown`` are code names and elements that no study has. ``counts`` are numbers of
    administrations, ``designations`` letters and numbers by which arms are called: ``e`` of "group E"; ``called`` are arms that
    it calls by words of their labels or rows, each as document, study and label.
    """

    studies: tuple[Study, ...] = ()
    strays: tuple[Study, ...] = ()
    unknown: tuple[str, ...] = ()
    counts: frozenset[int] = frozenset()
    several: bool = False
    control: bool = False
    levels: frozenset[str] = frozenset()
    species: frozenset[str] = frozenset()
    diseases: frozenset[str] = frozenset()
    designations: frozenset[str] = frozenset()
    called: frozenset[tuple[str, str, str]] = frozenset()

    @property
    def arms(self) -> bool:
        """Whether an arm is named at all."""
        return bool(self.counts or self.several or self.control or self.levels or self.designations)

    @property
    def any_arm(self) -> bool:
        """Whether an arm is named, or called by words that only the texts have for it."""
        return self.arms or bool(self.called)


def mentions(question: str, studies: Sequence[Study], known: Sequence[Calling] = ()) -> Mentions:
    """The mentions of ``question`` among ``studies``; ``known`` are the words that call their arms, by default those of the labels."""
    question = _TIMES.sub(r"\1x ", question)
    keys = frozenset(calling.key for calling in called(question, known or callings(studies, Evidence())))
    return replace(_by_name(question, tuple(studies)), called=keys)


@lru_cache(maxsize=64)  # a question is read again when calls have come back, and its sides are by several rooms
def _by_name(question: str, studies: tuple[Study, ...]) -> Mentions:
    """The mentions of ``question`` but for the arms that it calls."""
    terms = read(question)
    kinds = [named for named in _named(question, terms, studies) if named] or [_measured(question, studies)]
    kinds = [named for named in kinds if named]
    fitting = _of_one_experiment(question, studies) or _with_given(question, _fitting(kinds, studies), studies)
    strays = tuple(s for named in kinds if not any(f in named for f in fitting) for s in named) if _conflict(kinds, fitting) else ()
    return Mentions(
        studies=fitting,
        strays=tuple(study for position, study in enumerate(strays) if study not in strays[:position]),
        unknown=_unknown_codes(question, studies),
        counts=counts(read(_without_names(question, studies))),
        several=any(term.values("several") for term in terms),
        control=any(term.values("control") for term in terms),
        levels=_levels(terms),
        species=frozenset(value for term in terms for value in term.values("species")),
        diseases=frozenset(value for term in terms for value in term.values("disease")),
        designations=designations(question, studies),
    )


def occurs(name: str, text: str) -> bool:
    """Whether ``name`` stands in ``text`` in any spelling, as a whole word: digits never run on."""
    pattern = _any_spelling(name)
    return pattern is not None and pattern.search(fold(text)) is not None


@lru_cache(maxsize=1024)
def _any_spelling(name: str) -> re.Pattern[str] | None:
    parts = re.findall(r"[a-z]+|\d+", fold(name))
    spelled = r"[\W_]*".join(parts)
    return re.compile(rf"(?<![a-z0-9]){spelled}(?![a-z0-9])") if parts else None


def place_of(study: Study, text: str) -> int:
    """Where ``text`` first names the study's compound or model; its length where it does not."""
    folded = fold(text)
    places = [folded.find(fold(name)) for name in (study.compound, study.model) if name]
    numbers = [
        match.start() for number in re.findall(r"\d{2,}", study.compound or "") for match in re.finditer(rf"(?<!\d){number}(?!\d)", folded)
    ]
    symbol = study.nuclide.name.partition("-")[0] if study.nuclide else ""
    symbols = [match.start() for match in _SYMBOL.finditer(text) if match.group() == symbol]
    symbols += [folded.find(name) for name in (element_names(symbol).split("|") if symbol else ())]
    return min((place for place in (*places, *numbers, *symbols) if place >= 0), default=len(folded))


def _named(question: str, terms: Sequence[Term], studies: Sequence[Study]) -> Iterable[tuple[Study, ...]]:
    nuclide_names = {mention.name for mention in nuclides(question)}
    symbols = {*elements(question), *_SYMBOL.findall(question)}
    diseases = {value for term in terms for value in term.values("disease")}
    words = re.findall(r"[a-z]{5,}", question.casefold())
    checks: tuple[Callable[[Study], bool], ...] = (
        lambda s: bool(s.compound) and _compound_occurs(s.compound or "", question, studies),
        lambda s: bool(s.nuclide and (s.nuclide.name in nuclide_names or s.nuclide.name.partition("-")[0] in symbols)),
        lambda s: bool(s.model) and _model_occurs(s.model or "", question, words),
        lambda s: bool(diseases & {v for term in read(f"{s.disease or ''} {s.model or ''}") for v in term.values("disease")}),
        lambda s: _ordinal_occurs(s, studies, question, terms),
    )
    found = [tuple(study for study in studies if check(study)) for check in checks]
    compounds, carriers, *others = found
    several = len({name_key(_without_nuclide(study.compound or "")) for study in compounds}) > 1
    # A nuclide that stands in the name of one of several compounds leaves out none of the others.
    return [compounds, *([] if several and carriers and set(carriers) <= set(compounds) else [carriers]), *others]


def _of_one_experiment(question: str, studies: Sequence[Study]) -> tuple[Study, ...]:
    """The studies of several compounds side by side that the two sides of a comparison name: "ALV-3 against the lutetium version"."""
    sides = _SIDES.split(question) if len(studies) > 1 else []
    if len(sides) != 2:
        return ()
    one, two = (_fitting([kind for kind in _named(side, read(side), studies) if kind], studies) for side in sides)
    if not one or not two or any(study in one for study in two):
        return ()
    places = {(s.document, s.model) for s in one} & {(s.document, s.model) for s in two}
    return tuple(study for study in studies if study in (*one, *two) and study.model and (study.document, study.model) in places)


def _measured(question: str, studies: Sequence[Study]) -> tuple[Study, ...]:
    """The studies of which the question gives a survival, if it gives one: "the mice that lived 80 days"."""
    times = {(figure.value, figure.unit) for figure in figures(question)}
    return tuple(s for s in studies if any(a.survival and (a.survival.value, a.survival.unit) in times for a in s.arms))


def _with_given(question: str, named: tuple[Study, ...], studies: tuple[Study, ...]) -> tuple[Study, ...]:
    """Of several studies that are ``named`` those of which an arm got every activity of the question, if there are any: "40 kBq in AR42J".

    What is compared with them may be of another study: "was 40 kBq better than the lutetium compound". Where each compound is named an
    activity leaves none of them out: it may be given to the wrong one.
    """
    if len({study.compound for study in named if study.compound and _compound_occurs(study.compound, question, studies)}) > 1:
        return named
    amounts = {(figure.value, figure.unit) for figure in figures(question) if figure.unit in ACTIVITY_UNITS} if named else set()
    if not amounts:
        return named
    given = tuple(s for s in studies if amounts <= {(a.activity.value, a.activity.unit) for a in s.arms if a.activity})
    both = tuple(study for study in named if study in given)
    return both or ((*named, *given) if given and re.search(COMPARING, question, re.IGNORECASE) else named)


def _compound_occurs(compound: str, question: str, studies: Sequence[Study]) -> bool:
    """By the whole name, by its part beside the nuclide, or by its number alone where that tells the compounds apart."""
    if occurs(compound, question):
        return True
    core = _without_nuclide(compound)
    own = {name_key(study.compound or "") for study in studies}  # a compound of that name is another
    carried = {mention.name for mention in nuclides(compound)}
    told = bool(
        carried & {mention.name for mention in nuclides(question)} or {name.partition("-")[0] for name in carried} & {*elements(question)}
    )
    if len(name_key(core)) >= 4 and core != compound and (told or name_key(core) not in own) and occurs(core, question):
        return True
    word = re.match(r"[A-Za-z]{5,}(?=-\d)", compound)
    if (
        word
        and occurs(word.group(), question)
        and not any(occurs(word.group(), s.compound or "") for s in studies if s.compound != compound)
    ):
        return True
    numbers = re.findall(r"\d{2,}", compound)
    others = " ".join(study.compound or "" for study in studies if study.compound != compound)
    return (
        len(numbers) == 1
        and numbers[0] not in others
        and bool(re.search(rf"(?<![\w.-]){numbers[0]}(?![\w.%]| ?%| ?(?:percent|(?i:{ACTIVITY})|days?|d|weeks?)\b)", question))
    )


def _without_nuclide(compound: str) -> str:
    """``ABC-12`` of ``[177Lu]Lu-ABC-12``."""
    core, symbols = compound, set[str]()
    for mention in reversed(nuclides(compound)):
        core = core[: mention.start] + core[mention.end :]
        symbols.add(mention.name.partition("-")[0])
    core = re.sub(r"^[^A-Za-z]+|\[[^\]]*\]", "", core)
    return re.sub(rf"^(?:{'|'.join(symbols)})-(?=[A-Za-z])", "", core) if symbols else core


def _model_occurs(model: str, question: str, words: Sequence[str]) -> bool:
    if occurs(model, question):
        return True
    letters = re.findall(r"[a-z]+", fold(model))
    return len(letters) == 1 and len(letters[0]) >= 5 and any(same_word(word, letters[0]) for word in words)


def _ordinal_occurs(study: Study, studies: Sequence[Study], question: str, terms: Sequence[Term]) -> bool:
    siblings = [other for other in studies if other.document == study.document]
    rank = siblings.index(study)
    ordinals = (("first", "1st"), ("second", "2nd"), ("third", "3rd"))
    if len(siblings) < 2 or rank >= len(ordinals):
        return False
    if any(occurs(f"{word} {noun}", question) for word in ordinals[rank] for noun in ("study", "experiment", "trial")):
        return True
    return any(" " in term.text and str(rank + 1) in term.values("ordinal") for term in terms)  # "study 2"


def _fitting(kinds: Sequence[tuple[Study, ...]], studies: Sequence[Study]) -> tuple[Study, ...]:
    """Studies that every kind of name allows; where none does, those that the first kind, the compound, allows."""
    if not kinds:
        return ()
    fitting = [study for study in studies if all(study in named for named in kinds)]
    return tuple(fitting or kinds[0])


def _conflict(kinds: Sequence[tuple[Study, ...]], fitting: Sequence[Study]) -> bool:
    """Whether some name means only studies that do not fit the other names."""
    return any(not any(study in fitting for study in named) for named in kinds)


def _without_names(question: str, studies: Sequence[Study]) -> str:
    """The question without compounds, models, codes and the names of arms, whose digits count nothing."""
    text = without_designations(without_names(question))
    for name in {name for study in studies for name in (study.compound, study.model) if name}:
        spelled = r"[\W_]*".join(map(re.escape, re.findall(r"[^\W\d_]+|\d+", name)))
        text = re.sub(rf"(?<![^\W_]){spelled}(?![^\W_])", " ", text, flags=re.IGNORECASE)
    return text


def _levels(terms: Sequence[Term]) -> frozenset[str]:
    """Dose levels; "higher" and its like mean one only beside what is given: "the higher dose", not "three times higher"."""
    found: set[str] = set()
    for position, term in enumerate(terms):
        following = terms[position + 1] if position + 1 < len(terms) else None
        if not term.text.endswith("er") or (following and (following.values("administration") or following.text in _LEVELLED)):
            found.update(term.values("level"))
    return frozenset(found)


def _unknown_codes(question: str, studies: Sequence[Study]) -> tuple[str, ...]:
    """Codes that no study has, and elements that no study's compound carries; nuclides are no codes."""
    names = " ".join(fold(f"{study.compound} {study.model} {study.nuclide.name if study.nuclide else ''}") for study in studies)
    known = name_key(names)
    carried = {study.nuclide.name.partition("-")[0] for study in studies if study.nuclide}
    text = question
    for mention in reversed(nuclides(question)):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    for figure in reversed(figures(text)):  # "740 MBq 20 hours later" names no MBq 20
        text = f"{text[: figure.end]}, {text[figure.end :]}" if figure.unit else text
    short = [] if question.isupper() else map(fold, _SHORT_CODE.findall(text))
    coded = (match for code in short if (match := _FOLDED_CODE.fullmatch(code)) and match["letters"] not in _LEVELLED)
    found = [*_CODE.findall(fold(text)), *(match.group() for match in coded)]
    codes = [code for code in found if name_key(code) not in known and not (_FISCAL.match(code) or _MONEY.match(code))]
    return tuple(dict.fromkeys([*codes, *(name for symbol, name in elements(question).items() if symbol not in carried)]))
