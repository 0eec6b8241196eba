"""Which sentence of the found passages answers a question, if any does: words, names, kinds of answer, and the encoder's opinion."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz

from assistant.agent.evidence import Source
from assistant.agent.offline.cues import light, scaffold, signals, synonyms
from assistant.agent.offline.kinds import Kind, wanted_kinds
from assistant.agent.offline.likelihood import likelihoods
from assistant.language.sentences import Sentence, sentences
from assistant.language.stems import Word, stems, words
from assistant.studies.facts import Study

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Encode = Callable[[Sequence[str]], NDArray[np.float32]]
else:
    Encode = Callable[[Sequence[str]], Any]

# How much of a question term counts as found: in the sentence itself, by a synonym there, in its heading or the sentence before.
_EXACT, _SYNONYM, _NEARBY = 1.0, 0.9, 0.5
# A name misspelt by the writer of either text: Lakewoodd, Lakewood. Names with digits are never taken for one another.
_ALIKE, _LONG_NAME = 80, 7
# A word that begins one of the sentence's words: chemo, chemotherapy.
_PREFIX, _ENDING, _HALF = 5, 3, 4
_FOCUS_WEIGHT, _LIGHT_WEIGHT = 1.6, 0.25
_LONGEST_PHRASE, _SEVERAL = 4, 2
# A sentence about a person that has so many of the words of a "who" question leaves no room for agencies.
_OF_A_PERSON = 0.8
_EXPLAINED = re.compile(r"\((?P<short>[A-Z][A-Za-z]{1,6})\)")
# What is in no set of words.
_NOTHING = frozenset(["\0"])
_PHRASE_ENDS = frozenset(
    "a an the of in on at to for from by with about as is are was were be been do does did has have had can could will would "
    "may might must should that which who than per given used made they it he she there".split()
)
_FOCUS = re.compile(r"\b(?:what|which|how many|how much|number of)\s+(?P<rest>\w.*)", re.IGNORECASE)
_LONGEST_LINE = 70
_SHORTEST_SENTENCE = 8
_PRONOUN = re.compile(r"(?:In addition, )?(?:It|Its|They|Their|This|These|He|She)\b")
_POINTED_AT = re.compile(r"(?:These|Those|This|Such) (?P<noun>[a-z]{4,})\b")
# A name within a sentence, or an acronym anywhere.
_AGENCY = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+|\b[A-Z]{2,}\b")
_OPENING_QUOTES = ('"', "“")
_SPEAKER = re.compile(r"\b(?:said|says|added|commented|according to)\b[^\"”“]*$")
# What stands before the first verb that is easily told: "QX 177 is …" begins with its subject.
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
    says what the thing is; ``focus`` whether the noun asked for ("which *factors*") is there; ``literal`` whether all words are;
    ``repeats`` whether it has, in some form, all of the question's words, two or more of which carry content.
    ``lacks`` are the question's words that are neither in the unit nor near it; ``elsewhere`` is the share of its words that only
    other units have, ``nowhere`` that of words with content that none has. ``unsaid`` are the concepts that it asks about and the
    unit does not speak of. ``chance`` is how likely the unit answers the question, as offline/likelihood.py estimates it.
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
    repeats: bool
    lacks: tuple[str, ...]
    elsewhere: float
    nowhere: float
    unsaid: frozenset[str]
    chance: float = 0.0

    @property
    def heading(self) -> bool:
        """Whether the unit is a heading or label without the kind of answer that is wanted."""
        return self.unit.title and self.kind < 1


def subjects(studies: Sequence[Study]) -> dict[str, str]:
    """From each document to the one compound that its studies are about; documents on several compounds have none."""
    compounds: dict[str, set[str]] = {}
    for study in studies:
        compounds.setdefault(study.document, set()).add(study.compound or "")
    return {document: next(iter(names)) for document, names in compounds.items() if len(names) == 1}


def units(sources: Sequence[Source], about: Mapping[str, str] | None = None) -> tuple[Unit, ...]:
    """The sentences of all passages, and each run of short lines as one more unit; headings of tables say nothing.

    ``about`` names what a whole document is about, which stands around each of its sentences.
    """
    found: list[Unit] = []
    for number, source in enumerate(sources, 1):
        text = source.passage.text
        subject = (about or {}).get(source.document.id, "")
        heading, previous = "", ""
        run: list[Sentence] = []
        for position, sentence in enumerate(sentences(text)):
            if sentence.kind == "row" and not re.search(r"\d", sentence.text):
                continue
            line = sentence.kind == "heading" or (len(sentence.text) <= _LONGEST_LINE and sentence.text.endswith(":"))
            if line and position == 0:
                heading = sentence.text
            run = [*run, sentence] if line else []
            found.append(
                Unit(
                    number,
                    position,
                    sentence.text,
                    _meaning(sentence.text, heading, previous, text[: sentence.start]),
                    f"{heading} {previous} {subject}",
                )
            )
            previous = sentence.text
            if len(run) > 1:
                joined = text[run[0].start : run[-1].end]
                found.append(Unit(number, position, joined, joined, f"{heading} {subject}"))
    return tuple(found)


def _meaning(text: str, heading: str, previous: str, before: str) -> str:
    """``text`` with what a pronoun at its beginning stands for: the subject of the sentence before, else the heading.

    "These statements" are led by what was called so ``before``; speech that goes on after "said …" gets its speaker.
    """
    if text.startswith(_OPENING_QUOTES) and (speaker := _SPEAKER.search(previous)):
        return f"{text} {speaker.group()}"
    named = _POINTED_AT.match(text)
    if named and (
        described := re.findall(rf"\b(?!these|those|this|such|the|our|its)[\w-]+ {re.escape(named['noun'])}\b", before, re.IGNORECASE)
    ):
        return f"{described[-1]}: {text}"
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
    known = frozenset[str]().union(*(_stem_set(unit.text) for unit in candidates))
    asked = _Asked(
        terms,
        focus(question),
        kinds,
        _frequencies(candidates),
        known,
        form,
        _concepts(question),
        _thing(query, form),
        _abbreviations(candidates),
    )
    vectors = encode([" ".join(query.split()), *(" ".join(unit.meaning.split()) for unit in candidates)])
    cosines = vectors[1:] @ vectors[0]
    matches = [_match(unit, asked, float(cosine)) for unit, cosine in zip(candidates, cosines, strict=True)]
    if asked.agent and any(match.kind > 0 and match.coverage >= _OF_A_PERSON for match in matches):
        matches = [replace(match, kind=-1) if match.kind == 0 else match for match in matches]
    chances = likelihoods(matches)
    ranked = (replace(match, chance=chance) for match, chance in zip(matches, chances, strict=True))
    return tuple(sorted(ranked, key=lambda match: -match.chance))


@dataclass(frozen=True, slots=True)
class _Asked:
    terms: tuple[Word, ...]
    focus: str | None
    kinds: tuple[Kind, ...]
    frequencies: Mapping[str, float]
    known: frozenset[str]
    form: str
    concepts: frozenset[str]
    thing: str
    abbreviations: Mapping[str, frozenset[str]]

    @property
    def agent(self) -> bool:
        """Whether a "who" is asked for, which may be an agency or a company too."""
        return any(kind.name == "person" for kind in self.kinds)


def covers(unit: Unit, terms: Sequence[Word]) -> bool:
    """Whether the unit has most of the words, as they are or by others that mean the same."""
    own, around = _stem_set(unit.meaning), _stem_set(unit.context)
    return 2 * sum(_found(term, own, around) > _NEARBY for term in terms) > len(terms)


def _match(unit: Unit, asked: _Asked, cosine: float) -> Match:
    own, around = _stem_set(unit.meaning), _stem_set(unit.context)
    shares = {term: _found(term, own, around, asked.abbreviations) for term in asked.terms}
    lacks = [term for term, share in shares.items() if share < _NEARBY]
    elsewhere = [term for term in lacks if asked.known & _forms(term.stem)]
    nowhere = [term for term in lacks if term not in elsewhere and term.stem not in light()]
    has_kind = any(kind.found_in(unit.text, asked.focus) for kind in asked.kinds)
    return Match(
        unit=unit,
        coverage=_covered(shares, asked, named=False),
        names=_covered(shares, asked, named=True),
        cosine=cosine,
        kind=1 if has_kind else 0 if not asked.kinds or (asked.agent and not lacks and _AGENCY.search(unit.text)) else -1,
        sure=has_kind and any(kind.sure for kind in asked.kinds),
        defines=asked.form == "definition" and _defines(unit, asked),
        focus=all(term.stem != asked.focus for term in lacks),
        literal=all(term.stem in own for term in asked.terms),
        repeats=not lacks and sum(term.stem not in light() for term in asked.terms) >= _SEVERAL,
        lacks=tuple(term.text for term in lacks),
        elsewhere=len(elsewhere) / max(1, len(asked.terms)),
        nowhere=len(nowhere) / max(1, len(asked.terms)),
        unsaid=asked.concepts - _concepts(unit.text),
    )


def _covered(shares: Mapping[Word, float], asked: _Asked, *, named: bool) -> float:
    """The weighted share of the question's names, or of its other words, that is found; 1 where it has none."""
    weights = {term: _weight(term.stem, asked) for term in shares if _is_name(term) is named}
    total = sum(weights.values())
    return sum(weight * shares[term] for term, weight in weights.items()) / total if total else 1.0


def _is_name(term: Word) -> bool:
    return any(character.isdigit() for character in term.text)


def _weight(stem: str, asked: _Asked) -> float:
    if stem == asked.focus:
        return _FOCUS_WEIGHT
    return _LIGHT_WEIGHT if stem in light() else 1.0 - 0.5 * asked.frequencies.get(stem, 0.0)


def _found(term: Word, own: frozenset[str], around: frozenset[str], abbreviations: Mapping[str, frozenset[str]] | None = None) -> float:
    if term.stem in own or (abbreviations and abbreviations.get(term.text, _NOTHING) <= own):
        return _EXACT
    forms = _forms(term.stem)
    if own & forms or any(set(member.split()) <= own for member in forms) or any(_is_kin(term, stem) for stem in own):
        return _SYNONYM
    if term.stem in around or any(set(member.split()) <= around for member in forms):
        return _NEARBY
    return 0.0


def _is_kin(term: Word, stem: str) -> bool:
    """Whether two words are built alike, or are spellings of one long name."""
    if not term.text.isalpha():
        return False
    return _begins_alike(term, stem) or _is_compound(term, stem) or (len(term.stem) >= _LONG_NAME and _alike(term.stem, stem))


def _begins_alike(term: Word, stem: str) -> bool:
    """Whether one word is built on the other's beginning: chemo, chemotherapy; diagnosis, diagnostic."""
    begin = term.text[: max(_PREFIX, len(term.text) - _ENDING)]
    return len(term.text) >= _PREFIX and stem.startswith(begin)


def _is_compound(term: Word, stem: str) -> bool:
    """Whether the word is the second half of a longer one: wire, newswire."""
    return len(term.text) >= _HALF and len(stem) >= len(term.stem) + _HALF and stem.endswith(term.stem)


def _forms(stem: str) -> frozenset[str]:
    """The stem and all that means the same."""
    return synonyms().get(stem, frozenset()) | {stem}


def _alike(one: str, other: str) -> bool:
    return len(other) >= _LONG_NAME and other[:4] == one[:4] and fuzz.ratio(one, other) >= _ALIKE


def _defines(unit: Unit, asked: _Asked) -> bool:
    """Whether the unit opens with the thing as its subject, or explains it in parentheses beside its name."""
    if asked.thing and re.search(rf"\(\s*{re.escape(asked.thing)}s?\s*\)", " ".join(unit.text.split()), re.IGNORECASE):
        return True
    opening = [word.stem for word in words(unit.text)[:6]]
    thing = [term.stem for term in asked.terms]
    return bool(thing) and all(stem in opening for stem in thing) and bool(re.search(r"\b(?:is|are|means|stands for)\b", unit.text[:80]))


def _thing(question: str, form: str) -> str:
    """What is to be defined, without its article and plural."""
    return re.sub(r"^(?:an?|the)\s+|s$", "", question.strip(" ?.!\"'"), flags=re.IGNORECASE) if form == "definition" else ""


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


def _abbreviations(candidates: Sequence[Unit]) -> dict[str, frozenset[str]]:
    """From abbreviations that the texts explain in parentheses to the stems of what they stand for: "tumor volume (TV)"."""
    found: dict[str, frozenset[str]] = {}
    for unit in candidates:
        for match in _EXPLAINED.finditer(unit.text):
            letters = match["short"].rstrip("s").casefold()
            before = re.findall(r"[A-Za-z]+", unit.text[: match.start()])[-len(letters) :]
            if "".join(word[0] for word in before).casefold() == letters:
                found[letters] = frozenset(stems(" ".join(before)))
                found[f"{letters}s"] = found[letters]
    return found


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
