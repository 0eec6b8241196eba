"""The words of a question that tell of which figures something is wanted, and how many of them a text says."""

from __future__ import annotations

from functools import cache

from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.understanding.cues import light, scaffold, words_of
from assistant.agent.offline.understanding.operation import joined_names, telling_words
from assistant.agent.offline.understanding.terms import all_forms, stem_set
from assistant.language.figures import YEAR
from assistant.language.stems import Word, stems
from assistant.language.units import ACTIVITY_UNITS, TIME_UNITS, canonical_unit
from assistant.resources import prompt_table

# What only stands around a sentence, or near another figure of it, is said less well.
_AROUND = 0.6
# Words that tell how something is put, beside those that prompts/questions.toml has.
_PUT = frozenset(
    stems(
        "percent percentage pct share rate ratio fraction proportion portion part slice number count average avg mean amount "
        "figure value total overall "
        "work out calculate reach reached achieve achieved end start begin far so till until until now status whole entire all "
        "together add adding "
        "incl including include inclusive term terms case had have has having received receive recieve roughly about "
        "approximately stated reported "
        "taken taking thousand million eur euro euros usd answer express expressed using used use come came"
    )
)
_UNITS = frozenset(unit.casefold() for unit in ACTIVITY_UNITS)
# Texts that tell of adverse events call them events.
_ADVERSE, _EVENT = frozenset([" ".join(stems("side effects")), " ".join(stems("adverse events"))]), frozenset(stems("events"))


@cache
def _how() -> frozenset[str]:
    tables = words_of(table="operations") | words_of(table="derivations") | words_of("overall", table="tabled")
    return (
        tables | _PUT | light() | scaffold() | words_of("whom", table="reference_figures") | frozenset(stems("pt pts mouse mice dog dogs"))
    )


def asked_words(question: str, beside: frozenset[str] = frozenset()) -> tuple[Word, ...]:
    """The words that tell of what it is, without those that say how it is put and without the stems ``beside``."""
    left_out = _how() | beside
    return tuple(
        word
        for word in telling_words(joined_names(question))
        if word.stem not in left_out
        and word.text not in _UNITS
        and not all(part in left_out for part in word.stem.split())
        and canonical_unit(word.text) not in TIME_UNITS | {"percent", "ratio"}
        and not YEAR.fullmatch(word.text)
    )


def said(asked: tuple[Word, ...], text: str, around: str = "") -> float:
    """The share of the words that ``text`` says, 0..1, those that only stand ``around`` it less; 0 where there is no word."""
    own, rest = stem_set(text), stem_set(around)
    found = (1.0 if _is_in(word, own) else _AROUND if _is_in(word, rest) else 0.0 for word in asked)
    return sum(found) / len(asked) if asked else 0.0


def _is_in(word: Word, own: frozenset[str]) -> bool:
    forms = all_forms(word) | {form for family in _families() if word.stem in family for form in family}
    if _ADVERSE & forms:
        forms |= _EVENT
    return bool(forms & own)


@cache
def _families() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(family) for family in prompt_table("questions.toml")["tabled_families"]["families"])


def surroundings(match: Match) -> str:
    """What a sentence means and what stands around it."""
    return f"{match.unit.meaning} {match.unit.context}"
