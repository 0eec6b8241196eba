"""The words of a question that an answer should have, and how a text has them: as they are, by other words, built alike, as an acronym."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from assistant.agent.offline.abbreviations import implied, is_abbreviation
from assistant.agent.offline.cues import scaffold, synonyms
from assistant.agent.offline.kinds import Kind
from assistant.agent.offline.thesaurus import related
from assistant.language.figures import Figure, figures
from assistant.language.names import element_names, nuclides
from assistant.language.stems import Word, stem, stems, words

# How much of a question term counts as found: in the sentence itself, by a synonym there, by what the thesaurus has for it, in its
# heading or the sentence before.
EXACT, SYNONYM, RELATED, NEARBY = 1.0, 0.9, 0.7, 0.5
# A name misspelt by the writer of either text: Lakewoodd, Lakewood. Names with digits are never taken for one another.
_ALIKE, _LONG_NAME = 80, 7
# A word that begins one of the sentence's words: chemo, chemotherapy.
# Up to so many letters it has to be there whole: approved is no approach.
_PREFIX, _WHOLE, _ENDING, _HALF = 5, 6, 2, 4
_LONGEST_PHRASE = 4
# A number that counts what is asked for, "the 4 benefits", is in no sentence that lists them.
_COUNT = re.compile(r"\d{1,2}")
_NUMBERED = frozenset(["phase", "cohort", "group", "arm", "study", "stage", "grade", "part", "level", "day", "week", "month", "form"])
_ACRONYM = re.compile(r"[a-z]{3,5}")
_SMALL_WORDS = frozenset(["of", "the", "and", "for", "to", "in", "on", "a", "an"])
_PHRASE_ENDS = frozenset(
    "a an the of in on at to for from by with about as is are was were be been do does did has have had can could will would "
    "may might must should that which who than per given used made they it he she there".split()
)
_FOCUS = re.compile(r"\b(?:what|which|how many|how much|number of)\s+(?P<rest>\w.*)", re.IGNORECASE)


def terms_of(question: str, kinds: Sequence[Kind]) -> tuple[Word, ...]:
    """The question's words that carry content, each once; words that only say which kind of answer is wanted are left out.

    A figure with its unit is one word, so that "24h" is found in "24 hours".
    """
    for kind in kinds:
        question = kind.rest(question)
    found: dict[str, Word] = {}
    for figure in _measures(question):
        found.setdefault(_key(figure), Word(figure.text.casefold(), _key(figure)))
        question = question[: figure.start] + " " * (figure.end - figure.start) + question[figure.end :]
    before = ""
    for word in _with_phrases(words(question)):
        numbered = before in _NUMBERED or not _COUNT.fullmatch(word.text)
        before = word.text
        if word.stem not in scaffold() and numbered:
            found.setdefault(word.stem, word)
    return tuple(found.values())


def _with_phrases(found: Sequence[Word]) -> list[Word]:
    """The words with those in a row that mean one thing together as one: "side effects", for which texts say "adverse events"."""
    joined: list[Word] = []
    place = 0
    while place < len(found):
        stretch = next((n for n in (3, 2) if _phrase(found[place : place + n], n) in synonyms()), 1)
        joined.append(
            Word(" ".join(word.text for word in found[place : place + stretch]), _phrase(found[place : place + stretch], stretch))
        )
        place += stretch
    return joined


def _phrase(found: Sequence[Word], length: int) -> str:
    return " ".join(word.stem for word in found) if len(found) == length else ""


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


@lru_cache(maxsize=4096)  # the words of a question are weighed for each sentence
def is_name(term: Word) -> bool:
    """Whether the word has a digit, as names, codes and figures have, and is no abbreviation such as RP2D."""
    return any(character.isdigit() for character in term.text) and not is_abbreviation(term.text)


def share_found(
    term: Word,
    own: frozenset[str],
    around: frozenset[str],
    text: str = "",
    abbreviations: Mapping[str, tuple[frozenset[str], ...]] | None = None,
) -> float:
    """How much of ``term`` counts as found in a ``text`` with the stems ``own``, and ``around`` it."""
    if term.stem in own or any(long <= own for long in (abbreviations or {}).get(term.text, ())):
        return EXACT
    forms = forms_of(term.stem)
    if own & forms or any(member <= own for member in _phrases_of(term.stem)) or _has_kin(term, own):
        return SYNONYM
    if _ACRONYM.fullmatch(term.text) and any(_begins_words(term.text, initials) for initials in _initials(text)):
        return SYNONYM
    if any(phrase <= own for phrase in related(term.stem)):
        return RELATED
    if term.stem in around or any(member <= around for member in _phrases_of(term.stem)):
        return NEARBY
    return 0.0


@lru_cache(maxsize=4096)
def forms_of(stem: str) -> frozenset[str]:
    """The stem and all that means the same."""
    return synonyms().get(stem, frozenset()) | {stem}


@lru_cache(maxsize=4096)
def _phrases_of(stem: str) -> tuple[frozenset[str], ...]:
    """The words of each of its forms."""
    return tuple(frozenset(form.split()) for form in forms_of(stem))


@lru_cache(maxsize=16384)  # sentences of documents are looked at again with every question
def _has_kin(term: Word, own: frozenset[str]) -> bool:
    """Whether a stem is built like the word, or is a spelling of one long name."""
    if not term.text.isalpha():
        return False
    return _begins(term, own) or _is_half(term, own) or (len(term.stem) >= _LONG_NAME and any(_alike(term.stem, stem) for stem in own))


def _begins(term: Word, own: frozenset[str]) -> bool:
    """Whether a stem is built on the word's beginning: chemo, chemotherapy; diagnosis, diagnostic."""
    begin = term.stem[: max(_WHOLE, len(term.stem) - _ENDING)]
    return len(term.text) >= _PREFIX and any(stem.startswith(begin) for stem in own)


def _is_half(term: Word, own: frozenset[str]) -> bool:
    """Whether the word is the second half of a longer one: wire, newswire."""
    least = len(term.stem) + _HALF
    return len(term.text) >= _HALF and any(len(stem) >= least and stem.endswith(term.stem) for stem in own)


def _alike(one: str, other: str) -> bool:
    return len(other) >= _LONG_NAME and other[:4] == one[:4] and fuzz.ratio(one, other) >= _ALIKE


def frequencies(texts: Sequence[str]) -> dict[str, float]:
    """For each stem the share of texts that have it, on a square-root scale: common words weigh less."""
    counts: dict[str, int] = {}
    for text in texts:
        for each in stem_set(text):
            counts[each] = counts.get(each, 0) + 1
    return {each: math.sqrt(count / len(texts)) for each, count in counts.items()}


@lru_cache(maxsize=20_000)
def stem_set(text: str) -> frozenset[str]:
    """The stems of a text, what its capitals are short for, its figures with their units, and the elements of its nuclides:
    "[67Cu]Cu-XY-7" speaks of copper.
    """
    elements = (stem(name) for mention in nuclides(text) for name in element_names(mention.name).split("|"))
    return frozenset(stems(text)).union(implied(text), map(_key, _measures(text)), elements)


def _measures(text: str) -> list[Figure]:
    return [figure for figure in figures(text) if figure.unit and figure.kind in ("number", "word") and figure.unit != "ratio"]


def _key(figure: Figure) -> str:
    return f"{figure.value:.10g} {figure.unit}"


def _begins_words(short: str, initials: str) -> bool:
    """Whether the letters of ``short`` stand in a row, with a word that is no small one at either end."""
    if short not in initials.casefold():
        return False
    return any(initials[m.start()].islower() and initials[m.end() - 1].islower() for m in re.finditer(short, initials, re.IGNORECASE))


@lru_cache(maxsize=20_000)
def _initials(text: str) -> tuple[str, ...]:
    """The initials of the words in a row, with the small words, as capitals, and without, of each stretch with no figure or mark."""
    stretches = [re.findall(r"[a-z]+", stretch) for stretch in re.split(r"[^a-z\s'’-]+", text.casefold())]
    whole = ("".join(word[0].upper() if word in _SMALL_WORDS else word[0] for word in stretch) for stretch in stretches)
    return (*whole, *("".join(word[0] for word in stretch if word not in _SMALL_WORDS) for stretch in stretches))
