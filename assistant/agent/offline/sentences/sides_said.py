"""Whether a sentence speaks of both sides of a comparison of which a p-value is asked: of the arms that were tested against each other."""

from __future__ import annotations

import re

from assistant.agent.offline.sentences.lookup import Match
from assistant.agent.offline.understanding.cues import content, light
from assistant.agent.offline.understanding.terms import forms_of
from assistant.agent.offline.understanding.topic import Topic
from assistant.language.conjunctions import COMPARING
from assistant.language.designations import ARM_NOUN
from assistant.language.names import elements, nuclides
from assistant.language.stems import stems, words
from assistant.studies.vocabulary import read

_NOUN = re.compile(ARM_NOUN, re.IGNORECASE)
# What the question says of the test and not of the arms.
_OF_THE_TEST = frozenset(stems("p value significance significant statistical statistically difference survival versus model study"))


def lacks_a_side(topic: Topic, match: Match) -> bool:
    """Whether a p-value is asked for of one thing against another, and the sentence has no word, count or nuclide of one of them."""
    if "significance" not in topic.signals or topic.form == "yesno" or topic.follows:
        return False
    sides = re.split(COMPARING, topic.question, flags=re.IGNORECASE)
    told = [_telling(side) for side in sides if not _names_control(side)]  # by whatever name
    said = _telling(f"{match.unit.text} {match.unit.columns}")
    # Of the arms that a sentence sets against its control "the other two arms" may be any: all that names a side has to be there.
    enough = all if _names_control(match.unit.text) and not _names_control(topic.question) else any
    return len(sides) > 1 and any(side and not enough(forms_of(word) & said for word in side) for side in told)


def _names_control(text: str) -> bool:
    return any(term.values("control") for term in read(text))


def _telling(text: str) -> frozenset[str]:
    """The stems of what names an arm: its words but those for arms and tests, how often it was dosed, its nuclides."""
    counts = {f"{value} times" for term in read(text) for value in term.values("count")}
    carried = frozenset(elements(text)) | {mention.name.partition("-")[0] for mention in nuclides(text)}
    of_elements = {word.stem for word in words(text) if elements(word.text)}
    named = content(_NOUN.sub(" ", text)) - light() - _OF_THE_TEST - of_elements
    return frozenset(named | counts | {symbol.casefold() for symbol in carried})
