"""Which sentence of the found passages answers a question, if any does: words, names, kinds of answer, and the encoder's opinion."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz

from assistant.agent.evidence import Source
from assistant.agent.offline.cues import light, scaffold, signals, synonyms
from assistant.agent.offline.kinds import Kind, wanted_kinds
from assistant.language.sentences import Sentence, sentences
from assistant.language.stems import Word, stems, words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Encode = Callable[[Sequence[str]], NDArray[np.float32]]
else:
    Encode = Callable[[Sequence[str]], Any]

# How much of a question term counts as found: in the sentence itself, by a synonym there, in its heading or the sentence before.
_EXACT, _SYNONYM, _NEARBY = 1.0, 0.9, 0.5
# A name misspelt by the writer of either text: Cellestar, Cellectar. Names with digits are never taken for one another.
_ALIKE, _LONG_NAME = 80, 7
# A word that begins one of the sentence's words: chemo, chemotherapy.
_PREFIX = 5
_FOCUS_WEIGHT, _LIGHT_WEIGHT = 1.6, 0.25
_LONGEST_PHRASE = 4
_PHRASE_ENDS = frozenset(
    "a an the of in on at to for from by with about as is are was were be been do does did has have had can could will would "
    "may might must should that which who than per given used made they it he she there".split()
)
_FOCUS = re.compile(r"\b(?:what|which|how many|how much|number of)\s+(?P<rest>\w.*)", re.IGNORECASE)
_LONGEST_LINE = 70
_SHORTEST_SENTENCE, _TITLE_MALUS = 8, 0.2
_PRONOUN = re.compile(r"(?:In addition, )?(?:It|Its|They|Their|This|These|He|She)\b")
# What stands before the first verb that is easily told: "CLR 131 is …" begins with its subject.
_SUBJECT = re.compile(r"[^,;.]{2,60}?(?=\s(?:is|are|was|were|has|have|had|utilizes?|uses?|carries|contains?|will|can|may)\b)")


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence of source number ``source``, or a run of short lines such as an address.

    ``meaning`` is what is compared with a question: the text, led by what its first word stands for where that is a pronoun;
    ``context`` is what stands around it.
    """

    source: int
    position: int
    text: str
    meaning: str
    context: str

    @property
    def title(self) -> bool:
        """Whether it is a heading or label, which says little by itself."""
        return len(self.text.split()) < _SHORTEST_SENTENCE and not self.text.rstrip().endswith((".", "!", "?", "”", '"'))

    @property
    def quote(self) -> str:
        """The text on one line."""
        return " ".join(self.text.split())


@dataclass(frozen=True, slots=True)
class Match:
    """A unit with what speaks for it.

    ``coverage`` is the share of the question's words (names aside) that the unit has, ``names`` that of its names, both 0..1
    and 1 where the question has none; ``cosine`` is the encoder's; ``kind`` is 1 where the unit has the kind of answer that is
    wanted, -1 where it lacks it, 0 where none is; ``sure`` that this kind is told by its form alone; ``defines`` whether the unit
    says what the thing is; ``focus`` whether the noun asked for ("which *factors*") is there; ``literal`` whether all words are.
    ``lacks`` are the question's words that are neither in the unit nor near it, ``unsaid`` the concepts that it asks about and
    the unit does not speak of.
    """

    unit: Unit
    coverage: float
    names: float
    cosine: float
    kind: int
    sure: bool
    defines: bool
    focus: bool
    literal: bool
    lacks: tuple[str, ...]
    unsaid: frozenset[str]

    @property
    def score(self) -> float:
        """The weighted sum by which matches are ranked; about 1 for a sentence that repeats the question."""
        evidence = 0.4 * self.coverage + 0.15 * self.names + 0.45 * max(self.cosine, 0.0)
        return evidence + 0.2 * self.kind + 0.15 * self.defines - (_TITLE_MALUS if self.unit.title and self.kind < 1 else 0.0)


def units(sources: Sequence[Source]) -> tuple[Unit, ...]:
    """The sentences of all passages, and each run of short lines as one more unit."""
    found: list[Unit] = []
    for number, source in enumerate(sources, 1):
        text = source.passage.text
        heading, previous = "", ""
        run: list[Sentence] = []
        for position, sentence in enumerate(sentences(text)):
            line = sentence.kind == "heading" or (len(sentence.text) <= _LONGEST_LINE and sentence.text.endswith(":"))
            if line and position == 0:
                heading = sentence.text
            run = [*run, sentence] if line else []
            found.append(Unit(number, position, sentence.text, _meaning(sentence.text, heading, previous), f"{heading} {previous}"))
            previous = sentence.text
            if len(run) > 1:
                joined = text[run[0].start : run[-1].end]
                found.append(Unit(number, position, joined, joined, heading))
    return tuple(found)


def _meaning(text: str, heading: str, previous: str) -> str:
    """``text`` with what a pronoun at its beginning stands for: the subject of the sentence before, else the heading."""
    if not _PRONOUN.match(text):
        return text
    subject = _SUBJECT.match(previous)
    return f"{subject.group() if subject else heading} {text}".strip()


def rank(question: str, query: str, form: str, candidates: Sequence[Unit], encode: Encode) -> tuple[Match, ...]:
    """The candidates with what speaks for them, best first; ``query`` is the question with what it leaves out."""
    if not candidates:
        return ()
    kinds = wanted_kinds(question, form)
    terms = _terms(question, kinds) or (() if kinds else _terms(query, kinds))
    asked = _Asked(terms, focus(question), kinds, _frequencies(candidates), form, _concepts(question))
    vectors = encode([" ".join(query.split()), *(" ".join(unit.meaning.split()) for unit in candidates)])
    cosines = vectors[1:] @ vectors[0]
    matches = [_match(unit, asked, float(cosine)) for unit, cosine in zip(candidates, cosines, strict=True)]
    return tuple(sorted(matches, key=lambda match: -match.score))


@dataclass(frozen=True, slots=True)
class _Asked:
    terms: tuple[Word, ...]
    focus: str | None
    kinds: tuple[Kind, ...]
    frequencies: Mapping[str, float]
    form: str
    concepts: frozenset[str]


def _match(unit: Unit, asked: _Asked, cosine: float) -> Match:
    own, around = _stem_set(unit.meaning), _stem_set(unit.context)
    sums = {True: [0.0, 0.0], False: [0.0, 0.0]}
    lacks, focus = [], True
    for term in asked.terms:
        share = _found(term, own, around)
        named = any(character.isdigit() for character in term.text)
        weight = _weight(term.stem, asked)
        sums[named][0] += weight * share
        sums[named][1] += weight
        if share < _NEARBY:
            lacks.append(term.text)
            focus = focus and term.stem != asked.focus
    coverage, names = (found / total if total else 1.0 for found, total in (sums[False], sums[True]))
    has_kind = any(kind.found_in(unit.text, asked.focus) for kind in asked.kinds)
    return Match(
        unit=unit,
        coverage=coverage,
        names=names,
        cosine=cosine,
        kind=0 if not asked.kinds else 1 if has_kind else -1,
        sure=has_kind and any(kind.sure for kind in asked.kinds),
        defines=asked.form == "definition" and _defines(unit, asked.terms),
        focus=focus,
        literal=all(term.stem in own for term in asked.terms),
        lacks=tuple(lacks),
        unsaid=asked.concepts - _concepts(unit.text),
    )


def _weight(stem: str, asked: _Asked) -> float:
    if stem == asked.focus:
        return _FOCUS_WEIGHT
    return _LIGHT_WEIGHT if stem in light() else 1.0 - 0.5 * asked.frequencies.get(stem, 0.0)


def _found(term: Word, own: frozenset[str], around: frozenset[str]) -> float:
    if term.stem in own:
        return _EXACT
    group = synonyms().get(term.stem, frozenset())
    if any(set(member.split()) <= own for member in group):
        return _SYNONYM
    if len(term.text) >= _PREFIX and term.text.isalpha() and any(stem.startswith(term.text) for stem in own):
        return _SYNONYM
    if len(term.stem) >= _LONG_NAME and term.stem.isalpha() and any(_alike(term.stem, stem) for stem in own):
        return _SYNONYM
    if term.stem in around or any(set(member.split()) <= around for member in group):
        return _NEARBY
    return 0.0


def _alike(one: str, other: str) -> bool:
    return len(other) >= _LONG_NAME and other[:4] == one[:4] and fuzz.ratio(one, other) >= _ALIKE


def _defines(unit: Unit, terms: Sequence[Word]) -> bool:
    """Whether the unit opens with the thing as its subject, or explains it in parentheses beside its name."""
    opening = [word.stem for word in words(unit.text)[:6]]
    thing = [term.stem for term in terms]
    if thing and all(stem in opening for stem in thing) and re.search(r"\b(?:is|are|means|stands for)\b", unit.text[:80]):
        return True
    bracketed = frozenset(stem.rstrip("s") for group in re.findall(r"\(([^)]{2,30})\)", unit.text) for stem in _stem_set(group))
    return bool(thing) and {stem.rstrip("s") for stem in thing} <= bracketed


def _terms(question: str, kinds: Sequence[Kind]) -> tuple[Word, ...]:
    """The question's words that carry content, each once; words that only say which kind of answer is wanted are left out."""
    for kind in kinds:
        question = kind.asked.sub(" ", question)
    found: dict[str, Word] = {}
    for word in words(question):
        if word.stem not in scaffold():
            found.setdefault(word.stem, word)
    return tuple(found.values())


def focus(question: str) -> str | None:
    """The stem of the noun that is asked for: "results" of "what were the Phase II results for", "factors" of "what factors could"."""
    match = _FOCUS.search(question)
    if match is None:
        return None
    phrase: list[Word] = []
    for word in words(match["rest"]):
        if (word.text in _PHRASE_ENDS or word.text.endswith("ed")) and phrase:
            break
        if word.text not in _PHRASE_ENDS and word.stem not in scaffold():
            phrase.append(word)
    return phrase[-1].stem if phrase and len(phrase) <= _LONGEST_PHRASE else None


def _frequencies(candidates: Sequence[Unit]) -> dict[str, float]:
    """For each stem the share of units that have it, on a square-root scale: common words weigh less."""
    counts: dict[str, int] = {}
    for unit in candidates:
        for stem in _stem_set(unit.text):
            counts[stem] = counts.get(stem, 0) + 1
    return {stem: math.sqrt(count / len(candidates)) for stem, count in counts.items()}


@lru_cache(maxsize=20_000)
def _concepts(text: str) -> frozenset[str]:
    return signals(text, "concepts")


@lru_cache(maxsize=20_000)
def _stem_set(text: str) -> frozenset[str]:
    return frozenset(stems(text))
