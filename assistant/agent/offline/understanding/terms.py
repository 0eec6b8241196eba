"""The words of a question that an answer should have, and those of a text."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from assistant.agent.offline.understanding.cues import light, scaffold, synonyms
from assistant.agent.offline.understanding.kinds import Kind
from assistant.language.abbreviations import implied, is_abbreviation
from assistant.language.ages import ages, named_age
from assistant.language.figures import Figure, figures
from assistant.language.names import element_names, nuclides
from assistant.language.stems import Word, stem, stems, words
from assistant.language.thesaurus import related
from assistant.studies.quantities import scale

_LONGEST_PHRASE = 4
# A number that counts what is asked for, "the 4 benefits", is in no sentence that lists them.
_COUNT = re.compile(r"\d{1,2}")
_NUMBERED = frozenset(["phase", "cohort", "group", "arm", "study", "stage", "grade", "part", "level", "day", "week", "month", "form"])
_PHRASE_ENDS = frozenset(
    "a an the of in on at to for from by with about as is are was were be been do does did has have had can could will would "
    "may might must should that which who than per given used made they it he she there".split()
)
# With these a verb or noun is another thing than alone: "kept out", "in charge of".
_PARTICLES = frozenset("up out off down in on over back away apart through of for to by at under".split())
_FOCUS = re.compile(r"\b(?:what|which|how many|how much|number of)\s+(?P<rest>\w.*)", re.IGNORECASE)


def terms_of(question: str, kinds: Sequence[Kind]) -> tuple[Word, ...]:
    """The question's words that carry content, each once; words that only say which kind of answer is wanted are left out.

    A figure with its unit is one word, so that "24h" is found in "24 hours".
    """
    for kind in kinds:
        question = kind.rest(question)
    found: dict[str, Word] = {}
    if age := named_age(question):
        word = Word(age.group().casefold(), _age_key(int(age["age"] or age["aged"])))
        found[word.stem] = word
        question = f"{question[: age.start()]} {question[age.end() :]}"
    for figure in _measures(question):
        found.setdefault(measure_key(figure), Word(figure.text.casefold(), measure_key(figure)))
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
        stretch = next((n for n in (3, 2) if _is_one(found[place : place + n], n)), 1)
        joined.append(
            Word(" ".join(word.text for word in found[place : place + stretch]), _phrase(found[place : place + stretch], stretch))
        )
        place += stretch
    return joined


def _is_one(found: Sequence[Word], length: int) -> bool:
    """Whether so many words are a phrase of the synonyms, or one of the thesaurus that is more than its words: "came back"."""
    phrase = _phrase(found, length)
    if not phrase or phrase in synonyms():
        return bool(phrase)
    small = [word for word in found if word.stem in scaffold() or word.stem in light() or word.stem in _PARTICLES]
    particles = [word for word in small if word.stem in _PARTICLES]
    return 0 < len(particles) < length and all(word in particles or word.stem in light() for word in small) and bool(related(phrase))


def is_light(stem: str) -> bool:
    """Whether a word carries so little that a text may lack it, or a phrase is made of such words only: "look at"."""
    return all(part in light() or part in _PARTICLES for part in stem.split())


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


@lru_cache(maxsize=4096)
def forms_of(stem: str) -> frozenset[str]:
    """The stem and all that means the same."""
    return synonyms().get(stem, frozenset()) | {stem}


def all_forms(word: Word) -> frozenset[str]:
    """The stems of the single words that stand for ``word``, by the questions' synonyms and by the thesaurus."""
    return forms_of(word.stem) | frozenset(one for group in related(word.stem) if len(group) == 1 for one in group)


def frequencies(texts: Sequence[str]) -> dict[str, float]:
    """For each stem the share of texts that have it, on a square-root scale: common words weigh less."""
    counts = Counter(chain.from_iterable(map(stem_set, texts)))
    return {each: math.sqrt(count / len(texts)) for each, count in counts.items()}


@lru_cache(maxsize=20_000)
def stem_set(text: str) -> frozenset[str]:
    """The stems of a text, what its capitals are short for, its figures with their units, the elements of its nuclides and the
    ages that it tells of: "[67Cu]Cu-XY-7" speaks of copper, "children under 5" of one aged 3.
    """
    elements = (stem(name) for mention in nuclides(text) for name in element_names(mention.name).split("|"))
    return frozenset(stems(text)).union(implied(text), map(measure_key, _measures(text)), elements, map(_age_key, ages(text)))


def _measures(text: str) -> list[Figure]:
    return [figure for figure in figures(text) if figure.unit and figure.kind in ("number", "word") and figure.unit != "ratio"]


def _age_key(years: int) -> str:
    """An age as a text has it that tells it as a time, "five years old", or by whom it is of, "children under 10"."""
    base, factor = scale("year")
    return f"{years * factor:.10g} {base}"


def amount_of(term: Word) -> tuple[float, str] | None:
    """The value of a term that is an amount, and its base unit; None for any other."""
    value, _, base = term.stem.partition(" ")
    return (float(value), base) if base and re.fullmatch(r"[\d.]+(?:e[+-]?\d+)?", value) else None


def measure_key(figure: Figure) -> str:
    """A figure in the base unit of what it measures, so that two days are found in 48 hours and 50 uCi in 0.05 mCi."""
    base, factor = scale(figure.unit)
    return f"{figure.value * factor:.10g} {base}"
