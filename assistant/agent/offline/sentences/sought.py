"""How a text has a word of a question: as it is, by other words, built alike, as an acronym."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from assistant.agent.offline.understanding.bounds import meets_bound
from assistant.agent.offline.understanding.terms import amount_of, forms_of
from assistant.language.stems import Word
from assistant.language.thesaurus import related

Stems = frozenset[str]

# How much of a question term counts as found: in the sentence itself, by a synonym there, by what the thesaurus has for it, in its
# heading or the sentence before.
EXACT, SYNONYM, RELATED, NEARBY = 1.0, 0.9, 0.7, 0.5
# A name misspelt by the writer of either text: Lakewoodd, Lakewood. Names with digits are never taken for one another.
_ALIKE, _LONG_NAME = 80, 7
# A word of at least this many letters finds those that begin as it does, chemotherapy for chemo, without the letters of an ending;
# so many of its first letters have to be there in any case: approved is no approach.
_PREFIX, _ENDING, _WHOLE = 5, 2, 6
# One of at least so many letters finds what is as much longer and ends in it; so many first letters of misspelt names are the same.
_HALF = 4
_ACRONYM = re.compile(r"[a-z]{3,5}")
_SMALL_WORDS = frozenset(["of", "the", "and", "for", "to", "in", "on", "a", "an"])


@dataclass(frozen=True, slots=True)
class Sought:
    """A word of a question as the texts of a collection may have it.

    ``exact`` are phrases that are the word itself, written out; ``forms`` single stems that mean the same, with those of the texts that
    are built like it; ``phrases`` several that do; ``related`` what the thesaurus has for it; ``near`` and ``near_phrases`` are the stems
    and phrases that mean the same, whether or not the texts have them. ``acronym`` is the word where it may be one,
    ``amount`` its value and base unit where it is one.
    """

    stem: str
    exact: tuple[Stems, ...]
    forms: Stems
    phrases: tuple[Stems, ...]
    related: tuple[Stems, ...]
    near: Stems
    near_phrases: tuple[Stems, ...]
    acronym: str
    amount: tuple[float, str] | None

    def share(self, own: Stems, around: Stems, text: str) -> float:
        """How much of the word counts as found in a ``text`` with the stems ``own``, and ``around`` it, 0..1."""
        if self.stem in own or any(map(own.issuperset, self.exact)):
            return EXACT
        if not self.forms.isdisjoint(own) or any(map(own.issuperset, self.phrases)) or (self.acronym and _abbreviates(self.acronym, text)):
            return SYNONYM
        if any(map(own.issuperset, self.related)) or (self.amount and meets_bound(*self.amount, text)):
            return RELATED
        return NEARBY if not self.near.isdisjoint(around) or any(map(around.issuperset, self.near_phrases)) else 0.0


def sought(term: Word, known: Stems, abbreviations: Mapping[str, tuple[Stems, ...]] | None = None) -> Sought:
    """What ``term`` may be in texts that have the stems ``known`` together, ``abbreviations`` telling what it may be short for."""
    single, several = _forms(term.stem)
    return Sought(
        stem=term.stem,
        exact=_possible((abbreviations or {}).get(term.text, ()), known),
        forms=(single | _kin(term, known)) & known,
        phrases=_possible(several, known),
        related=_possible(related(term.stem), known),
        near=single,
        near_phrases=several,
        acronym=term.text if _ACRONYM.fullmatch(term.text) else "",
        amount=amount_of(term),
    )


def share_found(
    term: Word, own: Stems, around: Stems, text: str = "", abbreviations: Mapping[str, tuple[Stems, ...]] | None = None
) -> float:
    """How much of ``term`` counts as found in one ``text`` with the stems ``own``, and ``around`` it."""
    return sought(term, own, abbreviations).share(own, around, text)


def _possible(phrases: Iterable[Stems], known: Stems) -> tuple[Stems, ...]:
    return tuple(phrase for phrase in phrases if phrase <= known)


@lru_cache(maxsize=4096)
def _forms(stem: str) -> tuple[Stems, tuple[Stems, ...]]:
    """The stems that mean the same, the stem itself included, and the words of each phrase that does."""
    forms = [frozenset(form.split()) for form in forms_of(stem)]
    return frozenset(stem for form in forms if len(form) == 1 for stem in form), tuple(form for form in forms if len(form) > 1)


def _kin(term: Word, known: Stems) -> Stems:
    """The stems that are built like the word, or are spellings of one long name."""
    if not term.text.isalpha():
        return frozenset()
    stem = term.stem
    found: list[str] = [each for each in (f"{stem}s", stem.removesuffix("s")) if each != stem and len(each) >= _ENDING]  # PDC, PDCs
    if len(term.text) >= _PREFIX:
        begin = stem[: max(_WHOLE, len(stem) - _ENDING)]
        found += [other for other in known if other.startswith(begin)]
    if len(term.text) >= _HALF:  # the second half of a longer word: wire, newswire
        found += [other for other in known if other.endswith(stem) and len(other) >= len(stem) + _HALF]
    if len(stem) >= _LONG_NAME:
        found += [other for other in known if other.startswith(stem[:_HALF]) and _alike(stem, other)]
    return frozenset(found)


def _alike(one: str, other: str) -> bool:
    return len(other) >= _LONG_NAME and fuzz.ratio(one, other) >= _ALIKE


def _abbreviates(short: str, text: str) -> bool:
    """Whether ``short`` is an acronym of words of ``text`` in a row."""
    letters, rows = _initials(text)
    return short in letters and any(_begins_words(short, row) for row in rows)


def _begins_words(short: str, initials: str) -> bool:
    """Whether the letters of ``short`` stand in a row, with a word that is no small one at either end."""
    if short not in initials.casefold():
        return False
    return any(initials[m.start()].islower() and initials[m.end() - 1].islower() for m in re.finditer(short, initials, re.IGNORECASE))


@lru_cache(maxsize=20_000)
def _initials(text: str) -> tuple[str, tuple[str, ...]]:
    """The initials of the words in a row, with the small words, as capitals, and without, of each stretch with no figure or mark;
    before these all of them in lower case, one row a line.
    """
    stretches = [re.findall(r"[a-z]+", stretch) for stretch in re.split(r"[^a-z\s'’-]+", text.casefold())]
    whole = ("".join(word[0].upper() if word in _SMALL_WORDS else word[0] for word in stretch) for stretch in stretches)
    rows = (*whole, *("".join(word[0] for word in stretch if word not in _SMALL_WORDS) for stretch in stretches))
    return "\n".join(rows).casefold(), rows
