"""Which words of a sentence belong to one of its figures: those of its clause, as far as the next figure's."""

from __future__ import annotations

import re

from assistant.agent.offline.terms import stem_set
from assistant.language.figures import Figure, figures

_CUT = re.compile(r"[;,]\s|\b(?:and|while|whereas|versus|vs\.?|against|compared|than|but|or)\b", re.IGNORECASE)


def around(figure: Figure, text: str) -> frozenset[str]:
    """The stems of the clause in which ``figure`` stands in ``text``."""
    first, last = _clause(figure, text)
    return plain_stems(text[first : figure.start]) | plain_stems(text[figure.end : last])


def before(figure: Figure, text: str) -> frozenset[str]:
    """The stems of what stands before that clause, to which an elliptic one refers: "and after two it was 80 days"."""
    return plain_stems(text[: _clause(figure, text)[0]])


def plain_stems(text: str) -> frozenset[str]:
    """The stems of ``text`` with each amount as one word, so that the 2 of "2 cm" counts nothing."""
    amounts = [figure for figure in figures(text) if figure.unit not in ("", "ratio")]
    plain = text
    for figure in reversed(amounts):
        plain = f"{plain[: figure.start]} {plain[figure.end :]}"
    return stem_set(plain) | {f"{figure.value:.10g} {figure.unit}" for figure in amounts}


def _clause(figure: Figure, text: str) -> tuple[int, int]:
    cuts = [0, *(cut.start() for cut in _CUT.finditer(text)), len(text)]
    return max(cut for cut in cuts if cut <= figure.start), min((cut for cut in cuts if cut >= figure.end), default=len(text))
