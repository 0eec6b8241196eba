"""Whether what a sentence measures lies beyond a limit that it names itself: "above the alert limit?" of "7 (alert limit 5)"."""

from __future__ import annotations

import re

from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.numbered import names_other_code
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.offline.verdicts.measured import lacks_more
from assistant.language.figures import MONTH, Figure, figures
from assistant.language.negations import NEGATION
from assistant.language.stems import stems

_CLOSE = 0.3
# How a question asks for what lies beyond a limit, or within it, and which limit.
_ASKED = re.compile(
    r"\b(?:(?P<above>exceed\w*|above|over|beyond|past|higher than)|(?P<below>below|under|lower than|short of)|(?P<within>within))"
    r"\s+"
    r"(?:the |its |an? |their )?(?P<name>(?:[\w-]+ ){0,2}?)(?:limits?|thresholds?)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?:\b(?P<name>[a-z-]+) )?\b(?:limit|threshold)(?: (?:of|is|was|being))?:?\s*$", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:to|and|-|–|—)\s*\d", re.IGNORECASE)
_DATED = re.compile(rf"\s*(?:{MONTH})\b", re.IGNORECASE)


def lies_beyond_limit(topic: Topic, match: Match) -> bool | None:
    """Whether all figures of a sentence that may be meant lie to the side of its own limit that is asked about; None where it has none."""
    asked, text = _ASKED.search(topic.question), match.unit.text
    if asked is None or match.cosine < _CLOSE or NEGATION.search(f"{topic.question} {text}") or figures(topic.question[asked.end() :]):
        return None
    if lacks_more(match, None) or names_other_code(topic.question, match.unit.meaning):
        return None
    limits = [figure for figure in figures(text) if _is_limit(figure, text, frozenset(stems(asked["name"])))]
    if len(limits) != 1 or _RANGE.match(text, limits[0].end):
        return None
    values = [figure for figure in figures(text) if figure.kind == "number" and figure.unit == limits[0].unit]
    values = [figure for figure in values if not (_NAMED.search(text[: figure.start]) or _DATED.match(text, figure.end))]
    above = {figure.value > limits[0].value for figure in values}
    below = {figure.value < limits[0].value for figure in values}
    held = below if asked["below"] else above
    return None if len(held) != 1 else not held.pop() if asked["within"] else held.pop()


def _is_limit(figure: Figure, text: str, name: frozenset[str]) -> bool:
    """Whether a figure is the limit of that ``name``, or the one limit that has none."""
    named = _NAMED.search(text[: figure.start])
    return named is not None and (not name or name <= frozenset(stems(named["name"] or "")))
