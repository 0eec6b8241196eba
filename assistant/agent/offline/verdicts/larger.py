"""Whether there is more, or less, of something on one side than on another, by the figures that a sentence tells of both."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.sentences.numbered import names_other_code
from assistant.agent.offline.sentences.surroundings import around, behind
from assistant.agent.offline.understanding.cues import content, light, signals
from assistant.agent.offline.understanding.terms import all_forms
from assistant.agent.offline.understanding.topic import Topic
from assistant.agent.offline.verdicts.elsewhere import is_of_another_study
from assistant.agent.offline.verdicts.measured import is_set, lacks_more
from assistant.language.figures import Figure, figures
from assistant.language.negations import NEGATION
from assistant.language.stems import words
from assistant.language.tables import cells
from assistant.studies.quantities import scale

_THAN = re.compile(r"\bthan\b", re.IGNORECASE)
# "Twice as many", "10 % more": by how much, which these do not tell.
_HOW_MANY_TIMES = re.compile(r"\b(?:times|fold|percent|twice|double|half|triple|significant\w*)\b|%|-fold\b|\d\s*$", re.IGNORECASE)
_NAMED = re.compile(r"\b(?P<kind>arm|group|cohort|level|stage|phase|site|batch)\s+(?P<sign>[A-Z]|\d{1,2})\b", re.IGNORECASE)
_LED = re.compile(r"\W*(?P<by>in|with|at|on|for|of|after|under|from|by|among)\b", re.IGNORECASE)
_MORE_OR_LESS = frozenset(["up", "down"])

Said = frozenset[str]


def is_larger(topic: Topic, match: Match) -> bool | None:
    """Whether the figure of the side that a question names first is larger, or smaller, as it asks, than that of the other; None where a
    sentence or row does not tell one figure of each.
    """
    sides = _THAN.split(topic.question)
    if len(sides) != 2 or NEGATION.search(f"{topic.question} {match.unit.text}") or _HOW_MANY_TIMES.search(topic.question):
        return None
    wanted = signals(sides[0], "directions") & _MORE_OR_LESS
    if len(wanted) != 1 or figures(sides[1]) or _is_of_another(topic, match) or lacks_more(match, None):
        return None
    one, two = _said(_named_side(*sides)), _said(sides[1])
    told = list(_told(match))
    first, second = _of(one - two, two - one, told), _of(two - one, one - two, told)
    if first is None or second is None or scale(first.unit)[0] != scale(second.unit)[0] or first.value == second.value:
        return None
    more = first.value * scale(first.unit)[1] > second.value * scale(second.unit)[1]
    return more is (wanted == {"up"})


def _named_side(before: str, behind: str) -> str:
    """Of what stands before "than" the side that is compared with what stands behind: "spring" of "more rain in spring than in autumn"."""
    led = _LED.match(behind)
    places = [found.end() for found in re.finditer(rf"\b{led['by']}\b", before, re.IGNORECASE)] if led else []
    named = before[places[-1] :] if places else before
    signs = [found.group() for found in _NAMED.finditer(named)]
    return " ".join(signs) if signs and _NAMED.search(behind) else named


def _is_of_another(topic: Topic, match: Match) -> bool:
    return is_of_another_study(topic, match.unit.meaning) or names_other_code(topic.question, match.unit.meaning)


def _said(text: str) -> Said:
    """What tells one side from another: words with content by all their forms, and arms by their letter or number."""
    named = frozenset(f"{found['kind']} {found['sign']}".casefold() for found in _NAMED.finditer(text))
    plain = _NAMED.sub(" ", text)
    asked = content(plain) - light()
    return named | frozenset(form for word in words(plain) if word.stem in asked for form in all_forms(word))


def _told(match: Match) -> Iterator[tuple[Figure, Said]]:
    """The figures of a sentence or row, each with what it is of: what stands behind it in its clause, else around it; its column."""
    if match.unit.columns:
        row, columns = cells(match.unit.text), cells(match.unit.columns)
        for cell, column in zip(row[1:], columns[1:], strict=False):
            own = figures(cell)
            if len(own) == 1 and len(row) == len(columns):
                yield own[0], _said(column)
        return
    for figure in figures(match.unit.text):
        if figure.unit != "date" and not is_set(figure, match.unit.text):
            yield figure, _said(behind(figure, match.unit.text)) or around(figure, match.unit.text)


def _of(own: Said, other: Said, told: list[tuple[Figure, Said]]) -> Figure | None:
    """The one figure that is of a side by what only that side has, and has nothing of the other; None where there are several."""
    shared = frozenset.intersection(*(said for _, said in told)) if told else frozenset()
    of_it = [figure for figure, said in told if (own - shared) & said and not (other - shared) & said]
    return of_it[0] if len(of_it) == 1 else None
