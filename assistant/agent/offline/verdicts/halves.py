"""The part of a sentence that a yes/no question is about: one half of two, what is told without its reason."""

from __future__ import annotations

import re

from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.understanding.cues import content, light
from assistant.agent.offline.understanding.terms import all_forms, measure_key, stem_set
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.stems import words

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_HALF = re.compile(r";\s|,?\s\b(?:whereas|while)\b", re.IGNORECASE)
# What gives the reason, or what stands against it, behind what is told.
_REASON = re.compile(r",?\s\b(?:because(?! of)|since(?= the| it| they| no)|although|even though)\b", re.IGNORECASE)


def of_its_half(topic: Topic, match: Match) -> Match:
    """The match of that half of its sentence alone which has every word and amount of the question that the whole has: what is denied in
    the other half is of something else. The match itself where neither half, or each, has them.
    """
    text = match.unit.text
    asked = [all_forms(word) for word in words(topic.question) if word.stem in content(topic.question) - light()]
    asked += [frozenset([measure_key(figure)]) for figure in topic.figures if figure.unit]
    stated = [forms for forms in asked if forms & stem_set(text)]
    halves = _parts(_HALF, text)
    own = [half for half in halves if all(forms & stem_set(half) for forms in stated)]
    told = own[0] if len(halves) > 1 and len(own) == 1 else text
    main = _parts(_REASON, told)[0]
    told = main if all(forms & stem_set(main) for forms in stated) else told
    return match if told == text or not stated else match._replace(unit=match.unit._replace(text=told.strip()))


def _parts(between: re.Pattern[str], text: str) -> list[str]:
    """The parts of a text, none of which begins or ends within brackets."""
    plain = _BRACKETS.sub(lambda found: "_" * len(found.group()), text)
    ends = [found.start() for found in between.finditer(plain)]
    starts = [found.end() for found in between.finditer(plain)]
    return [text[start:end] for start, end in zip([0, *starts], [*ends, len(text)], strict=True)]
