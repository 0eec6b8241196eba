"""Which sentence of the found passages answers a question, if any does: words, names, kinds of answer, and the encoder's opinion."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import mul
from typing import NamedTuple

from assistant.agent.offline.encoders import Encode
from assistant.agent.offline.sentences.levels import meets
from assistant.agent.offline.sentences.likelihood import likelihoods
from assistant.agent.offline.sentences.sought import NEARBY, RELATED, Sought, share_found, sought
from assistant.agent.offline.sentences.units import Unit
from assistant.agent.offline.understanding.cues import light, signals
from assistant.agent.offline.understanding.kinds import Kind, wanted_kinds
from assistant.agent.offline.understanding.terms import amount_of, focus, forms_of, frequencies, is_light, is_name, stem_set, terms_of
from assistant.agent.offline.understanding.things import tells_price
from assistant.language.abbreviations import explained, spelled_out
from assistant.language.ages import without_age
from assistant.language.stems import Word, stems, words

# The letters of a code are no word: the "p" of "P-112" asks for no p-value.
_CODE = re.compile(r"\b[A-Za-z]{1,8}-\d[\w-]*")
_FOCUS_WEIGHT, _LIGHT_WEIGHT = 1.6, 0.25
# So many sentences, the likeliest ones, are compared with the question stretch by stretch of so many words.
_READ_CLOSELY, _STRETCH = 10, 10
# A sentence about a person that has so many of the words of a "who" question leaves no room for agencies.
_OF_A_PERSON = 0.5
# "Who paid for it?" asks for no price, and "who funds it?" for no figure of a firm's finances.
_PRICE = frozenset(["price"])
_MONEY = _PRICE | {"finance"}
# What is stated for a mass is no mass: an uptake per gram.
_PER_MASS = re.compile(r"\bper (?:gram|kg|kilo|kilogram)\b", re.IGNORECASE)
# Whom a text speaks to is nothing that is asked about: "which filing does it point investors to?".
_ADDRESSED = re.compile(
    r"\b(?P<verb>(?:point|direct|refer|guide|tell|warn|advise|remind|invite|caution|urge)s?)"
    r" (?:the |its )?(?:investors|shareholders|stockholders)\b",
    re.IGNORECASE,
)
# A name within a sentence, or an acronym anywhere.
_AGENCY = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+|\b[A-Z]{2,}\b")


class Match(NamedTuple):
    """A unit with what speaks for it.

    ``coverage`` is the share of the question's words (names aside) that the unit has, ``names`` that of its names, both 0..1
    and 1 where the question has none; ``cosine`` is the encoder's, ``closest`` that of the stretch of the unit which is closest to the
    question; ``kind`` is 1 where the unit has the kind of answer that is
    wanted, -1 where it lacks it, 0 where none is; ``sure`` that this kind is told by its form alone; ``defines`` whether the unit
    says what the thing is; ``focus`` whether the noun asked for ("which *factors*") is there; ``literal`` whether all words are.
    ``lacks`` are the question's words that are neither in the unit nor near it; ``elsewhere`` is the share of its words that only
    other units have, ``nowhere`` that of words with content that none has. ``unsaid`` are the concepts that it asks about and the
    unit does not speak of. ``chance`` is how likely the unit answers the question, as offline/sentences/likelihood.py estimates it.
    """

    unit: Unit
    coverage: float
    names: float
    cosine: float
    closest: float
    kind: int
    sure: bool
    defines: bool
    focus: bool
    literal: bool
    lacks: tuple[str, ...]
    elsewhere: float
    nowhere: float
    unsaid: frozenset[str]
    chance: float = 0.0

    @property
    def heading(self) -> bool:
        """Whether the unit is a heading or label without the kind of answer that is wanted."""
        return self.unit.title and self.kind < 1


@dataclass(frozen=True, slots=True)
class Wording:
    """A question as it was put, its ``query`` with what it leaves out, its form; one that ``follows`` another wants the words of both."""

    question: str
    query: str
    form: str = "what"
    follows: bool = False


def rank(wording: Wording, candidates: Sequence[Unit], encode: Encode) -> tuple[Match, ...]:
    """The candidates with what speaks for them, best first."""
    return _ranked(wording, tuple(candidates), encode)


@lru_cache(maxsize=16)  # the steps of one turn, and the answers that are tried in turn, ask for the same again
def _ranked(wording: Wording, candidates: tuple[Unit, ...], encode: Encode) -> tuple[Match, ...]:
    question, query, form = wording.question, wording.query, wording.form
    if not candidates:
        return ()
    kinds = wanted_kinds(question, form)
    terms = terms_of(query if wording.follows else question, kinds) or (() if kinds else terms_of(query, kinds))
    asked = _asked(wording, terms, kinds, candidates)
    vectors = encode([spelled_out(" ".join(query.split())), *(" ".join(unit.meaning.split()) for unit in candidates)])
    cosines = vectors[1:] @ vectors[0]
    matches = [_match(unit, asked, float(cosine)) for unit, cosine in zip(candidates, cosines, strict=True)]
    if asked.agent and any(match.kind > 0 and match.coverage >= _OF_A_PERSON for match in matches):
        matches = [match._replace(kind=-1) if match.kind == 0 else match for match in matches]
    read = _read_closely(_by_chance(matches, likelihoods(matches)), query, encode)
    chances = likelihoods(read)
    return tuple(_by_chance([match._replace(chance=chance) for match, chance in zip(read, chances, strict=True)], chances))


def _by_chance(matches: Sequence[Match], chances: Sequence[float]) -> list[Match]:
    """The matches that are so likely, the likeliest first."""
    return [matches[place] for place in sorted(range(len(matches)), key=lambda place: -chances[place])]


def _read_closely(matches: Sequence[Match], query: str, encode: Encode) -> list[Match]:
    """The matches with how close the closest stretch of each of the first is: a long sentence answers in a few of its words."""
    stretches = [_stretches(match.unit.text) for match in matches[:_READ_CLOSELY]]
    vectors = encode([spelled_out(" ".join(query.split())), *(stretch for of_one in stretches for stretch in of_one)])
    closeness = iter(vectors[1:] @ vectors[0])
    read = [
        match._replace(closest=max(match.cosine, *(float(next(closeness)) for _ in of_one)))
        for match, of_one in zip(matches, stretches, strict=False)
    ]
    return [*read, *matches[_READ_CLOSELY:]]


def texts_to_encode(units: Sequence[Unit]) -> tuple[str, ...]:
    """Every text of the units whose vector ``rank`` may ask for."""
    texts = (text for unit in units for text in (" ".join(unit.meaning.split()), *_stretches(unit.text)))
    return tuple(dict.fromkeys(texts))


def _stretches(text: str) -> list[str]:
    """Runs of so many words that a clause fits in, each beginning in the middle of the one before."""
    found = text.split()
    starts = range(0, max(1, len(found) - _STRETCH // 2), _STRETCH // 2)
    return [" ".join(found[start : start + _STRETCH]) for start in starts]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question as its candidates are compared with it: its terms and what they may be in these.

    ``names`` are the weights of those that are names, ``common`` of the others; each has 0 for the rest. ``levels`` are the places of
    numbers and amounts, of which a sentence may tell by its bounds.
    """

    question: str

    terms: tuple[Word, ...]
    names: tuple[float, ...]
    common: tuple[float, ...]
    sought: tuple[Sought, ...]
    levels: frozenset[int]
    focus: str | None
    kinds: tuple[Kind, ...]
    known: frozenset[str]
    form: str
    concepts: frozenset[str]
    thing: str
    abbreviations: Mapping[str, tuple[frozenset[str], ...]]

    @property
    def agent(self) -> bool:
        """Whether a "who" is asked for, which may be an agency or a company too."""
        return any(kind.name == "person" for kind in self.kinds)


def _asked(wording: Wording, terms: Sequence[Word], kinds: Sequence[Kind], candidates: Sequence[Unit]) -> _Asked:
    texts = [unit.text for unit in candidates]
    abbreviations = explained(texts)
    vocabulary = frozenset[str]().union(*(stem_set(unit.meaning) for unit in candidates))
    noun, common = focus(wording.question), frequencies(texts)
    weights = [_weight(term.stem, noun, common) for term in terms]
    return _Asked(
        question=wording.question,
        terms=tuple(terms),
        names=tuple(weight if is_name(term) else 0.0 for term, weight in zip(terms, weights, strict=True)),
        common=tuple(0.0 if is_name(term) else weight for term, weight in zip(terms, weights, strict=True)),
        sought=tuple(sought(term, vocabulary, abbreviations) for term in terms),
        levels=frozenset(place for place, term in enumerate(terms) if term.text.replace(".", "", 1).isdigit() or amount_of(term)),
        focus=noun,
        kinds=tuple(kinds),
        known=frozenset(common),
        form=wording.form,
        concepts=_concepts_asked(wording),
        thing=_thing(wording.query, wording.form),
        abbreviations=abbreviations,
    )


def _concepts_asked(wording: Wording) -> frozenset[str]:
    text = _PER_MASS.sub(" ", _ADDRESSED.sub(r"\g<verb>", without_age(wording.question)))
    return _concepts(text) - (_MONEY if wording.form == "who" else frozenset())


def covers(unit: Unit, terms: Sequence[Word]) -> bool:
    """Whether the unit has most of the words, as they are or by others that mean the same."""
    own, around = stem_set(unit.meaning), stem_set(unit.context)
    return 2 * sum(share_found(term, own, around, unit.text) > NEARBY for term in terms) > len(terms)


def _match(unit: Unit, asked: _Asked, cosine: float) -> Match:
    own, around = stem_set(unit.meaning), stem_set(unit.context)
    shares = [each.share(own, around, unit.text) for each in asked.sought]
    if asked.levels and meets(asked.question, unit.text):
        shares = [max(share, RELATED) if place in asked.levels else share for place, share in enumerate(shares)]
    lacks = [term for term, share in zip(asked.terms, shares, strict=True) if share < NEARBY]
    elsewhere = [term for term in lacks if asked.known & forms_of(term.stem)]
    nowhere = [term for term in lacks if term not in elsewhere and term.stem not in light()]
    nouns = forms_of(asked.focus) if asked.focus else frozenset[str]()
    has_kind = any(kind.found_in(unit.meaning if unit.spoken else unit.text, nouns) for kind in asked.kinds)
    return Match(
        unit=unit,
        coverage=_covered(shares, asked.common),
        names=_covered(shares, asked.names),
        cosine=cosine,
        closest=cosine,
        kind=1 if has_kind else 0 if _goes_without(unit, asked, lacks) else -1,
        sure=has_kind and any(kind.sure for kind in asked.kinds),
        defines=asked.form == "definition" and _defines(unit, asked),
        focus=all(term.stem != asked.focus for term in lacks),
        literal=all(term.stem in own for term in asked.terms),
        lacks=tuple(term.text for term in lacks),
        elsewhere=len(elsewhere) / max(1, len(asked.terms)),
        nowhere=len(nowhere) / max(1, len(asked.terms)),
        unsaid=asked.concepts - _concepts(unit.meaning) - _captioned(unit) - _priced(unit) if lacks or asked.kinds else frozenset(),
    )


def _captioned(unit: Unit) -> frozenset[str]:
    """What the rows of a table speak of as its caption says it: no row of "Uptake, % IA/g" has the word."""
    return _concepts(unit.context) if unit.columns else frozenset()


def _priced(unit: Unit) -> frozenset[str]:
    """A sum for each of something is a price without the word: "bought at £60 each"."""
    return _PRICE if tells_price(unit.text) else frozenset()


def _goes_without(unit: Unit, asked: _Asked, lacks: Sequence[Word]) -> bool:
    """Whether the sentence may answer without the kind of answer that is wanted: a reason needs no "because".

    A "who" may be a company or an agency that the sentence names beside most of the question's words.
    """
    if not asked.kinds or asked.form == "why":
        return True
    return asked.agent and not unit.title and 2 * len(lacks) < len(asked.terms) and _AGENCY.search(unit.text) is not None


def _covered(shares: Sequence[float], weights: Sequence[float]) -> float:
    """The weighted share of the words that is found; 1 where none has a weight."""
    total = sum(weights)
    return sum(map(mul, shares, weights)) / total if total else 1.0


def _weight(stem: str, noun: str | None, common: Mapping[str, float]) -> float:
    """How much a term counts: the noun asked for most, words that many of the candidates have less, small words least."""
    if stem == noun:
        return _FOCUS_WEIGHT
    return _LIGHT_WEIGHT if is_light(stem) else 1.0 - 0.5 * common.get(stem, 0.0)


def _defines(unit: Unit, asked: _Asked) -> bool:
    """Whether the unit opens with the thing as its subject, explains it in parentheses beside its name, or has it short and in full."""
    if asked.thing and re.search(rf"\(\s*{re.escape(asked.thing)}s?\s*\)", " ".join(unit.text.split()), re.IGNORECASE):
        return True
    in_full = any(long <= frozenset(stems(unit.text)) for long in asked.abbreviations.get(asked.thing.casefold(), ()))
    if in_full and re.search(rf"(?<![\w-]){re.escape(asked.thing.upper())}s?(?![\w-])", unit.text):
        return True
    opening = [word.stem for word in words(unit.text)[:6]]
    thing = [term.stem for term in asked.terms]
    return bool(thing) and all(stem in opening for stem in thing) and bool(re.search(r"\b(?:is|are|means|stands for)\b", unit.text[:80]))


def _thing(question: str, form: str) -> str:
    """What is to be defined, without its article and plural."""
    return re.sub(r"^(?:an?|the)\s+|s$", "", question.strip(" ?.!\"'"), flags=re.IGNORECASE) if form == "definition" else ""


@lru_cache(maxsize=20_000)
def _concepts(text: str) -> frozenset[str]:
    return signals(_CODE.sub(" ", text), "concepts")
