"""Which words of a sentence belong to one of its figures: those of its clause, as far as the next figure's."""

from __future__ import annotations

import re

from assistant.agent.offline.understanding.terms import measure_key, stem_set
from assistant.language.figures import Figure, figures

_CUT = re.compile(r"[;,]\s|\b(?:and|while|whereas|versus|vs\.?|against|compared|than|but|or)\b", re.IGNORECASE)
# "The yield, corrected for decay, was 71 %": the verb behind an aside, which is cut from its subject twice.
_BEHIND_ASIDE = re.compile(r",\s+(?:was|were|is|are|has|have|had|rose|fell|came|stood|amounted|remained)\b", re.IGNORECASE)
_ASIDE = 2
_BRACKETS = re.compile(r"\([^()]*\)")
# What stands beside figures within brackets that only give the figure of what is named before them: "nausea (12 of 21; 57 %)".
_NAMES_NOTHING = re.compile(r"(?:[\s\d.,;:/=<>~±%-]|\b(?:n|of|to|or|and|about|median|mean|range)\b)*", re.IGNORECASE)


def around(figure: Figure, text: str) -> frozenset[str]:
    """The stems of the clause in which ``figure`` stands in ``text``: within brackets of what they hold, else without brackets."""
    first, last, plain = _clause(figure, text)
    return plain_stems(plain[first : figure.start]) | plain_stems(plain[figure.end : last])


def behind(figure: Figure, text: str) -> str:
    """What follows ``figure`` in its clause."""
    _, last, plain = _clause(figure, text)
    return plain[figure.end : last]


def plain_stems(text: str) -> frozenset[str]:
    """The stems of ``text`` with each amount as one word, so that the 2 of "2 cm" counts nothing."""
    amounts = [figure for figure in figures(text) if figure.unit not in ("", "ratio")]
    plain = text
    for figure in reversed(amounts):
        plain = f"{plain[: figure.start]} {plain[figure.end :]}"
    return stem_set(plain) | {measure_key(figure) for figure in amounts}


def _clause(figure: Figure, text: str) -> tuple[int, int, str]:
    """Where the clause of ``figure`` begins and ends, and ``text`` without the brackets that it does not stand in.

    A figure that stands alone in brackets is of what is named before them.
    """
    inside = next((match for match in _BRACKETS.finditer(text) if match.start() < figure.start < match.end()), None)
    if inside and not _is_alone(inside.group(), inside.start(), text):
        return *_between_cuts(figure, text, inside.start() + 1, inside.end() - 1), text
    plain = _BRACKETS.sub(lambda match: " " * len(match.group()), text)
    return *_between_cuts(figure, plain, 0, len(text)), plain


def _is_alone(bracket: str, start: int, text: str) -> bool:
    """Whether brackets that begin at ``start`` hold nothing but figures behind a word."""
    plain = bracket
    for found in reversed(figures(bracket)):
        plain = f"{plain[: found.start]} {plain[found.end :]}"
    before = text[:start].rstrip()
    restated = any(found.end == len(before) for found in figures(text))  # "7.4 GBq (200 mCi)" gives one amount twice
    return _NAMES_NOTHING.fullmatch(plain, 1, len(plain) - 1) is not None and before[-1:].isalpha() and not restated


def _between_cuts(figure: Figure, text: str, first: int, last: int) -> tuple[int, int]:
    """Where the clause begins and ends; a verb right behind a comma has its subject before what stands between commas."""
    cuts = [first, *(cut.start() for cut in _CUT.finditer(text, first, last)), last]
    before = [cut for cut in cuts if cut <= figure.start]
    if len(before) > _ASIDE and _BEHIND_ASIDE.match(text, before[-1]) and text[before[-_ASIDE]] == ",":
        del before[-_ASIDE:]
    return before[-1], min((cut for cut in cuts if cut >= figure.end), default=last)
