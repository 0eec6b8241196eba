"""What a question names beside a figure, and which of several figures of a text has all of that."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.agent.offline.sentences.alignment import Told
from assistant.agent.offline.sentences.keys import Key, numbered, sort_of
from assistant.agent.offline.understanding.cues import content, light, scaffold, words_of
from assistant.agent.offline.understanding.terms import all_forms, measure_key
from assistant.language.abbreviations import written_out
from assistant.language.figures import Figure, figures
from assistant.language.periods import Period, periods
from assistant.language.stems import Word, stems, words

_OF_YEAR = frozenset(stems("first second third fourth quarter half"))
Asked = Sequence[frozenset[Key]]
"""What a question names, each by all its forms."""

_NOUN = re.compile(r"\s+(?:(?:new|other|more|of the|evaluable|treated)\s+)?(?P<noun>[a-z][a-z-]+)", re.IGNORECASE)
_NO_NOUN = re.compile(
    r"(?:in|on|at|of|to|for|with|without|from|by|and|or|against|had|has|have|was|were|is|are|did|do|does|per|after|before|than|as|under|over|\w+ed|\w+ing)"
)


def asked_of(question: str, beside: Sequence[Figure] = ()) -> Asked:
    """What a question names, each by all its forms, without the figures ``beside``, which it states or holds something to."""
    plain = question
    for figure in sorted(beside, key=lambda each: -each.start):
        plain = f"{plain[: figure.start]} {plain[figure.end :]}"
    amounts = [figure for figure in figures(plain) if figure.unit and figure.kind in ("number", "word") and figure.unit != "ratio"]
    named: list[frozenset[Key]] = [frozenset[Key]([measure_key(figure)]) for figure in amounts]
    named += [frozenset[Key]([f"date {figure.value:.0f}"]) for figure in figures(plain) if figure.kind == "date"]
    named += [frozenset[Key]([each]) for each in numbered(plain)]
    named += [frozenset[Key]([each]) for each in periods(plain)]
    for figure in reversed(figures(plain)):
        plain = f"{plain[: figure.start]} {plain[figure.end :]}"
    plain = written_out(plain)
    part_of_year = _OF_YEAR if periods(question) else frozenset[str]()
    telling = content(plain) - part_of_year - light() - scaffold() - words_of("whom", table="reference_figures")
    named += [frozenset[Key](all_forms(word)) for word in words(plain) if word.stem in telling and not any(map(str.isdigit, word.text))]
    return named


def hits(asked: Asked, own: frozenset[Key]) -> frozenset[int]:
    """Which of the things asked are among ``own``."""
    return frozenset(place for place, forms in enumerate(asked) if forms & own or any(_is_period(each, own) for each in forms))


def _is_period(asked: Key, own: frozenset[Key]) -> bool:
    return isinstance(asked, Period) and any(isinstance(each, Period) and each.is_meant_by(asked) for each in own)


def meant(asked: Asked, some: Sequence[Told]) -> list[Told]:
    """Those of several figures of one kind of which all is said that is asked and said of any of them; none where one has what another
    lacks and lacks what that has.
    """
    said = [hits(asked, each.said) for each in some]
    own = [hits(asked, each.own) for each in some]
    most = max(said, key=len, default=frozenset[int]())
    if not all(each <= most for each in said):
        return []
    whole = [place for place, each in enumerate(said) if each == most]
    nearest = max((own[place] for place in whole), key=len, default=frozenset[int]())
    if not all(own[place] <= nearest for place in whole):
        return []
    return [some[place] for place in whole if own[place] == nearest]


def with_noun(question: str, figure: Figure) -> Figure:
    """A number of a question together with what it counts; any other figure as it is."""
    noun = None if figure.unit else noun_behind(question, figure.end)
    found = _NOUN.match(question, figure.end)
    return replace(figure, end=found.end()) if noun and found else figure


def noun_behind(text: str, end: int) -> Word | None:
    """The word right behind a number, where it may be what this counts."""
    found = _NOUN.match(text, end)
    word = words(found["noun"])[-1:] if found else ()
    return word[0] if word and word[0].stem not in scaffold() and not _NO_NOUN.fullmatch(word[0].text) else None


def rivals(each: Told, every: Sequence[Told]) -> list[Told]:
    """The other figures that may be meant in the place of one: of its kind, of another value, and in another part of the sentence."""
    return [
        other
        for other in every
        if other.part != each.part and sort_of(other.figure) == sort_of(each.figure) and other.figure.value != each.figure.value
    ]
